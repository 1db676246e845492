/* Assessments by the extension, in the server that has the readings. */
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

#define DOING "assess on the server"

/* The schema of an extension that makes records, and lets this role ask for them, as SQL writes it; "" without one. New. */
static char *find_schema(PostgresStore *self, GError **error)
{
    PGresult *result =
        postgres_ask(self,
                     "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
                     " JOIN pg_proc p ON p.pronamespace = n.oid AND p.proname = 'waymark_assess_record'"
                     " WHERE e.extname = 'waymark' AND has_schema_privilege(n.oid, 'USAGE')"
                     " AND has_function_privilege(p.oid, 'EXECUTE')",
                     NULL, 0, DOING, error);
    if (!result)
        return NULL;
    char *schema = g_strdup(PQntuples(result) ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    return schema;
}

static gboolean is_same_method(PostgresStore *self, const char *schema, gboolean *out, GError **error)
{
    g_autofree char *sql = g_strdup_printf("SELECT (%s.waymark_method() = $1)::integer", schema);
    PGresult *result = POSTGRES_ASK(self, sql, DOING, error, WM_METHOD_VERSION);
    *out = result && postgres_int(result, 0, 0) != 0;
    const gboolean is_read = result != NULL;
    PQclear(result);
    return is_read;
}

gboolean postgres_can_assess(WmStore *base, gboolean *can, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    if (!self->engine) {
        g_autofree char *schema = find_schema(self, error);
        gboolean is_same = FALSE;
        if (!schema || (*schema && !is_same_method(self, schema, &is_same, error)))
            return FALSE;
        self->engine = g_strdup(is_same ? schema : "");
    }
    *can = *self->engine != 0;
    return TRUE;
}

static char *array_of(const GArray *numbers)
{
    GString *array = g_string_new("{");
    for (guint i = 0; i < numbers->len; i++)
        g_string_append_printf(array, "%s%" G_GINT64_FORMAT, i ? "," : "", g_array_index(numbers, gint64, i));
    return g_string_free(g_string_append_c(array, '}'), FALSE);
}

/* The contents that count at a day's end, in the order in which they do: each at the place of the last drop that has it. New. */
static char *contents_on(PostgresStore *self, WmDay day, GError **error)
{
    PGresult *result =
        POSTGRES_ASK(self,
                     "SELECT content FROM waymark.drops, (SELECT DATE '1970-01-01' + $1::integer AS day) AS d WHERE NOT is_silent "
                     "AND content IS NOT"
                     " NULL AND since <= day AND (withdrawn IS NULL OR withdrawn > day) ORDER BY received DESC, file DESC, id DESC",
                     DOING, error, day);
    if (!result)
        return NULL;
    g_autoptr(GArray) latest = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
    for (int i = 0; i < PQntuples(result); i++) {
        const gint64 content = postgres_int(result, i, 0);
        if (g_hash_table_add(seen, GSIZE_TO_POINTER((gsize)content)))
            g_array_prepend_val(latest, content);
    }
    PQclear(result);
    return array_of(latest);
}

/* A reading's place among the drops stands for the day of its receipt, so that of two of one day the later counts. With the unit
 * said, only the server that has it is asked where readings are laid out over several. */
static PGresult *ask(PostgresStore *self, const AssessQuestion *question, GError **error)
{
    g_autofree char *contents = contents_on(self, question->day, error), *series = array_of(question->series);
    if (!contents)
        return NULL;
    g_autofree char *sql = g_strdup_printf(
        "SELECT indicator, cohort, %s.waymark_assess_record(period, value, numerator, denominator, state, DATE '1900-01-01' +"
        " array_position($3::integer[], drop_id), $4::jsonb -> indicator -> cohort) FROM waymark.readings WHERE unit = $1 AND "
        "series ="
        " ANY ($2::integer[]) AND drop_id = ANY ($3::integer[]) GROUP BY indicator, unit, cohort",
        self->engine);
    const char *const values[] = {question->unit, series, contents, question->options};
    PGresult *result = PQexecParams(self->connection, sql, G_N_ELEMENTS(values), NULL, values, NULL, NULL, 1);
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        return result;
    postgres_fail(self, result, DOING, error);
    PQclear(result);
    return NULL;
}

gboolean postgres_assess(WmStore *base, const AssessQuestion *question, AssessedFunc func, gpointer data, GError **error)
{
    PGresult *result = ask((PostgresStore *)base, question, error);
    if (!result)
        return FALSE;
    for (int i = 0; i < PQntuples(result); i++)
        func(PQgetvalue(result, i, 0), PQgetvalue(result, i, 1), (const guint8 *)PQgetvalue(result, i, 2),
             (gsize)PQgetlength(result, i, 2), data);
    PQclear(result);
    return TRUE;
}
