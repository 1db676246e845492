/* Findings about a drop's file as a whole: kept when it is read, shown ever after. */
#include "engine/data/store/store_private.h"

typedef struct {
    int line, column, severity;
    char *texts[4]; /* code, message, advice, indicator */
} Finding;

static void clear_finding(gpointer data)
{
    for (int i = 0; i < 4; i++)
        g_free(((Finding *)data)->texts[i]);
}

static void read_finding(sqlite3_stmt *statement, GArray *out)
{
    const Finding finding = {
        sqlite3_column_int(statement, 0),
        sqlite3_column_int(statement, 1),
        sqlite3_column_int(statement, 2),
        {store_text(statement, 3), store_text(statement, 4), store_text(statement, 5), store_text(statement, 6)}};
    g_array_append_val(out, finding);
}

bool wm_store_findings(WmStore *self, gint64 drop, const char *file, WmProblems *problems, GError **error)
{
    sqlite3_stmt *statement = STORE_BOUND(self, LIST_FINDINGS, error, drop);
    g_autoptr(GArray) findings =
        statement ? store_gather(self, statement, sizeof(Finding), clear_finding, read_finding, error) : NULL;
    for (guint i = 0; findings && i < findings->len; i++) {
        const Finding *one = &g_array_index(findings, Finding, i);
        wm_problems_add(problems, &(WmProblem){.file = file,
                                               .line = one->line,
                                               .column = one->column,
                                               .severity = (WmSeverity)CLAMP(one->severity, 0, WM_N_SEVERITIES - 1),
                                               .code = one->texts[0],
                                               .message = one->texts[1],
                                               .advice = one->texts[2],
                                               .indicator = one->texts[3]});
    }
    return findings != NULL;
}
