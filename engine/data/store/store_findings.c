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

static void read_finding(StoreQuery *query, GArray *out)
{
    const Finding finding = {
        query_int(query, 0),
        query_int(query, 1),
        query_int(query, 2),
        {query_dup_text(query, 3), query_dup_text(query, 4), query_dup_text(query, 5), query_dup_text(query, 6)}};
    g_array_append_val(out, finding);
}

bool wm_store_findings(WmStore *self, gint64 drop, const char *file, WmProblems *problems, GError **error)
{
    StoreQuery *query = STORE_BOUND(self, LIST_FINDINGS, error, drop);
    g_autoptr(GArray) findings = store_gather(query, sizeof(Finding), clear_finding, read_finding, error);
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
