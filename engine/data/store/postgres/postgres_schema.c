/* A store's tables are made, and brought up, by the files of postgres/store. */
#include "engine/data/store/postgres/postgres_schema.h"

#include "engine/data/store/postgres/postgres_store.h"

static int newest(void)
{
    int n = 0;
    while (POSTGRES_VERSIONS[n])
        n++;
    return n;
}

static gboolean read_number(PostgresStore *self, const char *sql, int *out, GError **error)
{
    PGresult *result = postgres_ask(self, sql, NULL, 0, "read the store", error);
    if (!result)
        return FALSE;
    *out = PQntuples(result) == 1 ? postgres_int(result, 0, 0) : -1;
    PQclear(result);
    return TRUE;
}

/* From the catalogue's rows: to_regclass() would answer from a cache, of before another made the schema. */
gboolean postgres_read_version(PostgresStore *self, int *out, GError **error)
{
    int kind;
    if (!read_number(self,
                     "SELECT CASE WHEN EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                     " WHERE n.nspname = 'waymark' AND c.relname = 'store') THEN 2"
                     " WHEN EXISTS (SELECT FROM pg_namespace WHERE nspname = 'waymark') THEN 1 ELSE 0 END",
                     &kind, error))
        return FALSE;
    *out = kind == 1 ? -1 : 0;
    return kind != 2 || read_number(self, "SELECT version FROM waymark.store", out, error);
}

static gboolean fail(const PostgresStore *self, const char *advice, const char *what, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->base.path, .advice = advice}, "%s", what);
    return FALSE;
}

static gboolean is_known(const PostgresStore *self, int version, GError **error)
{
    g_autofree char *newer = g_strdup_printf("it was written by a newer Waymark (schema %d, this one knows %d)", version, newest());
    if (version < 0)
        return fail(self, "give the store a database of its own", "the database has a schema “waymark” that is no store", error);
    return version <= newest() || fail(self, "use that newer Waymark", newer, error);
}

static gboolean can_hold_texts(PostgresStore *self, GError **error)
{
    int is_utf8;
    return read_number(self, "SELECT (current_setting('server_encoding') = 'UTF8')::integer", &is_utf8, error) &&
           (is_utf8 ||
            fail(self, "make it so: createdb --encoding=UTF8 --template=template0", "the database is not in UTF-8", error));
}

/* Looked at again with the lock held: another Waymark may have done it meanwhile. */
static gboolean apply(PostgresStore *self, GError **error)
{
    static const char DOING[] = "make the store's tables";
    int version;
    if (!postgres_execute(self, "BEGIN; " POSTGRES_LOCK, DOING, error) || !postgres_read_version(self, &version, error) ||
        !is_known(self, version, error))
        return FALSE;
    for (; POSTGRES_VERSIONS[version]; version++)
        if (!postgres_execute(self, POSTGRES_VERSIONS[version], DOING, error))
            return FALSE;
    g_autofree char *mark = g_strdup_printf("UPDATE waymark.store SET version = %d; COMMIT", version);
    return postgres_execute(self, mark, DOING, error);
}

gboolean postgres_migrate(PostgresStore *self, GError **error)
{
    int version;
    if (!postgres_read_version(self, &version, error) || !is_known(self, version, error))
        return FALSE;
    if (version == newest())
        return TRUE;
    if (can_hold_texts(self, error) && apply(self, error))
        return TRUE;
    postgres_execute(self, "ROLLBACK", "open the store", NULL);
    return FALSE;
}
