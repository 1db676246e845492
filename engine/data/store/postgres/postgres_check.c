/* A store on a server, looked over from within; its pages are for the server's own tools to check. */
#include "engine/data/store/postgres/postgres_store.h"
#include "engine/data/store/sqlite/sqlite_store.h"

static void check_counts(WmStore *self, const PGresult *result, int row, WmProblems *problems)
{
    store_report(self, problems, "wrong_count", "drop %s says %s readings and %s refused rows, and holds %s and %s",
                 PQgetvalue(result, row, 0), PQgetvalue(result, row, 1), PQgetvalue(result, row, 2), PQgetvalue(result, row, 3),
                 PQgetvalue(result, row, 4));
}

static void check_span(WmStore *self, const PGresult *result, int row, WmProblems *problems)
{
    store_report(self, problems, "wrong_count", "drop %s says that its readings span other periods than they do",
                 PQgetvalue(result, row, 0));
}

static void check_reference(WmStore *self, const PGresult *result, int row, WmProblems *problems)
{
    store_report(self, problems, "broken_reference", "%s readings of drop %s have no drop, or not their series' names",
                 PQgetvalue(result, row, 1), PQgetvalue(result, row, 0));
}

static void check_figures(WmStore *self, const PGresult *result, int row, WmProblems *problems)
{
    store_report(self, problems, "damaged_reading", "%s readings of drop %s have a figure that is no number",
                 PQgetvalue(result, row, 1), PQgetvalue(result, row, 0));
}

static void check_period(WmStore *self, const PGresult *result, int row, WmProblems *problems)
{
    char text[WM_PERIOD_TEXT];
    const WmPeriod period = block_period((guint32)g_ascii_strtoull(PQgetvalue(result, row, 0), NULL, 10));
    const gboolean is_known = period.kind > WM_PERIOD_NONE && period.kind < WM_N_PERIOD_KINDS;
    if (!is_known || g_strcmp0(wm_period_format_iso(period, text), PQgetvalue(result, row, 1)) != 0)
        store_report(self, problems, "damaged_reading", "readings of “%s” have another period's number",
                     PQgetvalue(result, row, 1));
}

static void check_state(WmStore *self, const PGresult *result, int row, WmProblems *problems)
{
    WmReadingState state;
    if (!wm_reading_state_parse(PQgetvalue(result, row, 0), &state))
        store_report(self, problems, "damaged_reading", "there is no state “%s” of a reading", PQgetvalue(result, row, 0));
}

#define IS_NO_NUMBER(column) column " IN ('NaN', 'Infinity', '-Infinity')"

gboolean postgres_check(WmStore *base, WmProblems *problems, GError **error)
{
    static const struct {
        const char *sql;
        void (*found)(WmStore *self, const PGresult *result, int row, WmProblems *problems);
    } CHECKS[] = {
        {"SELECT r.drop_id, count(*) FROM waymark.readings r WHERE NOT EXISTS (SELECT FROM waymark.series s WHERE s.id = r.series "
         "AND"
         " s.indicator = r.indicator AND s.unit = r.unit AND s.cohort = r.cohort) OR NOT EXISTS (SELECT FROM waymark.drops d"
         " WHERE d.id = r.drop_id) GROUP BY 1 ORDER BY 1",
         check_reference},
        {"SELECT drop_id, count(*) FROM waymark.readings WHERE " IS_NO_NUMBER("value") " OR " IS_NO_NUMBER(
             "numerator") " OR " IS_NO_NUMBER("denominator") " GROUP BY 1 ORDER BY 1",
         check_figures},
        {"SELECT DISTINCT period_key, period FROM waymark.readings ORDER BY 1, 2", check_period},
        {"SELECT DISTINCT state FROM waymark.readings ORDER BY 1", check_state},
        {"SELECT d.id, d.n_loaded - d.n_repeated, d.n_quarantined, coalesce(r.n, 0), coalesce(q.n, 0) FROM waymark.drops d"
         " LEFT JOIN (SELECT drop_id, count(*) AS n FROM waymark.readings GROUP BY 1) r ON r.drop_id = d.content"
         " LEFT JOIN (SELECT drop_id, count(*) AS n FROM waymark.quarantine GROUP BY 1) q ON q.drop_id = d.content"
         " WHERE d.n_loaded - d.n_repeated <> coalesce(r.n, 0) OR d.n_quarantined <> coalesce(q.n, 0) ORDER BY 1",
         check_counts},
        {"SELECT d.id FROM waymark.drops d LEFT JOIN (SELECT drop_id, min(period_key) AS first, max(period_key) AS last"
         " FROM waymark.readings GROUP BY 1) r ON r.drop_id = d.content"
         " WHERE (d.first, d.last) <> (coalesce(r.first, 0), coalesce(r.last, 0)) ORDER BY 1",
         check_span},
    };
    PostgresStore *self = (PostgresStore *)base;
    for (size_t i = 0; i < G_N_ELEMENTS(CHECKS); i++) {
        PGresult *result = PQexec(self->connection, CHECKS[i].sql);
        const gboolean is_read = PQresultStatus(result) == PGRES_TUPLES_OK || postgres_fail(self, result, "read the store", error);
        for (int row = 0; is_read && row < PQntuples(result); row++)
            CHECKS[i].found(base, result, row, problems);
        PQclear(result);
        if (!is_read)
            return FALSE;
    }
    return TRUE;
}

/* A copy to try things on, and a copy to keep, are SQLite's. */
WmStore *postgres_copy(WmStore *self, GError **error)
{
    g_autoptr(WmStore) copy = sqlite_store_new(self->path, error);
    return copy && wm_store_transfer(self, copy, NULL, error) ? g_steal_pointer(&copy) : NULL;
}

gboolean postgres_backup(WmStore *self, const char *part, const char *path, GError **error)
{
    (void)path;
    g_autoptr(WmStore) copy = sqlite_store_open(part, error);
    return copy && wm_store_transfer(self, copy, NULL, error);
}
