/* Opening a store on a server, by an address without a secret. */
#include <string.h>

#include "engine/data/store/postgres/postgres_schema.h"
#include "engine/data/store/postgres/postgres_store.h"

#define ADDRESS "write postgresql://USER@HOST:PORT/DATABASE, each part as needed"
#define SECRETS "leave it out: a service file (?service=NAME), a passfile (~/.pgpass) or PGPASSWORD has it"

/* An address stands in plan.ini, in scripts and in messages. It is shown up to its secret alone. */
gboolean postgres_check_address(const char *url, GError **error)
{
    char *wrong = NULL;
    if (!wm_store_is_address(url)) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = ADDRESS}, "the store's address is no address of a database");
        return FALSE;
    }
    const size_t scheme = strcspn(url, "/") + 2;
    g_autofree char *shown = g_strndup(url, scheme + strcspn(url + scheme, ":@?"));
    PQconninfoOption *options = PQconninfoParse(url, &wrong);
    if (!options) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = shown, .advice = ADDRESS},
                     "the store's address cannot be read");
        PQfreemem(wrong);
        return FALSE;
    }
    gboolean has_secret = FALSE;
    for (const PQconninfoOption *one = options; one->keyword; one++)
        has_secret |= one->val && strchr(one->dispchar, '*'); /* what libpq itself would hide */
    PQconninfoFree(options);
    if (has_secret)
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = shown, .advice = SECRETS},
                     "the store's address has a password in it");
    return !has_secret;
}

static void say_nothing(void *data, const char *message)
{
    (void)data;
    (void)message;
}

/* A server that is not there is given up after a while, unless the address or the environment says otherwise; so is one that goes
 * without a word. What the address says comes after, and wins. */
static gboolean connect(PostgresStore *self, const char *url, GError **error)
{
    static const char *const NAMES[] = {"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                                        "keepalives_count", "tcp_user_timeout", "fallback_application_name",
                                        "dbname",           "client_encoding",  NULL};
    const char *timeout = g_getenv("PGCONNECT_TIMEOUT");
    const char *const values[] = {timeout ? timeout : "10", "10", "5", "3", "30000", "waymark", url, "UTF8", NULL};
    self->connection = PQconnectdbParams(NAMES, values, 1);
    if (PQstatus(self->connection) == CONNECTION_OK) {
        PQsetNoticeProcessor(self->connection, say_nothing, NULL);
        return TRUE;
    }
    const char *advice = PQconnectionNeedsPassword(self->connection)
                             ? "a passfile (~/.pgpass), a service file or PGPASSWORD has the password"
                             : "look at host, port, database and role, and whether the server runs";
    g_autofree char *text = g_strdelimit(g_strstrip(g_strdup(PQerrorMessage(self->connection))), "\n\t", ' ');
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = url, .advice = advice}, "cannot open the store: %s", text);
    return FALSE;
}

/* Names mean the store's own, never another's of the same name; a lock is waited for, but not for ever. */
static gboolean settle(PostgresStore *self, GError **error)
{
    return postgres_execute(self,
                            "SET search_path = waymark, pg_temp; SET DateStyle = 'ISO, YMD'; SET client_min_messages = error;"
                            "SET standard_conforming_strings = on;"
                            "SELECT set_config('lock_timeout', '60s', false) WHERE current_setting('lock_timeout') = '0'",
                            "open the store", error);
}

/* A submitter's units (partners.sql). The database holds to them; who is refused wants to know which unit it was. */
static gboolean look_at_units(PostgresStore *self, GError **error)
{
    PGresult *result = postgres_ask(self,
                                    "SELECT unit FROM waymark.partner WHERE role = current_user"
                                    " AND pg_has_role('waymark_submitter', 'USAGE')",
                                    NULL, 0, "open the store", error);
    for (int i = 0; result && i < PQntuples(result); i++) {
        if (!self->own)
            self->own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_hash_table_add(self->own, g_strdup(PQgetvalue(result, i, 0)));
    }
    const gboolean is_read = result != NULL;
    PQclear(result);
    return is_read;
}

static gboolean look_at_role(PostgresStore *self, GError **error)
{
    PGresult *result = postgres_ask(
        self,
        "SELECT (pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean"
        " OR NOT has_any_column_privilege('waymark.drops', 'INSERT'))::integer, row_security_active('waymark.readings')::integer,"
        " EXISTS (SELECT FROM pg_class WHERE relnamespace = 'waymark'::regnamespace AND relname = 'partner')::integer,"
        " EXISTS (SELECT FROM pg_class WHERE relnamespace = 'waymark'::regnamespace AND relname = 'readings' AND relkind = "
        "'p')::integer",
        NULL, 0, "open the store", error);
    if (!result)
        return FALSE;
    self->is_read_only = postgres_int(result, 0, 0) != 0;
    const gboolean is_secured = postgres_int(result, 0, 1) != 0, may_be_partner = is_secured && postgres_int(result, 0, 2) != 0;
    self->is_laid_out = postgres_int(result, 0, 3) != 0;
    self->is_guarded = is_secured || self->is_laid_out;
    PQclear(result);
    return !may_be_partner || look_at_units(self, error);
}

/* Connected, whatever is there. */
static PostgresStore *reach(const char *url, GError **error)
{
    if (!postgres_check_address(url, error))
        return NULL;
    PostgresStore *self = g_new0(PostgresStore, 1);
    g_autoptr(WmStore) base = &self->base;
    self->base.backend = &POSTGRES_BACKEND;
    self->base.path = g_strdup(url);
    self->series = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    self->notes = g_ptr_array_new_with_free_func(g_free);
    self->note_numbers = g_hash_table_new(g_str_hash, g_str_equal);
    self->written = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    self->rows = g_byte_array_new();
    self->names = g_byte_array_new();
    self->ahead = postgres_ahead_new();
    if (!connect(self, url, error) || !settle(self, error))
        return NULL;
    g_steal_pointer(&base);
    return self;
}

WmStore *postgres_store_open(const char *url, GError **error)
{
    PostgresStore *self = reach(url, error);
    g_autoptr(WmStore) base = self ? &self->base : NULL;
    return self && postgres_migrate(self, error) && look_at_role(self, error) ? g_steal_pointer(&base) : NULL;
}

gboolean postgres_store_exists(const char *url, bool *exists, GError **error)
{
    int version = 0;
    PostgresStore *self = reach(url, error);
    g_autoptr(WmStore) base = self ? &self->base : NULL;
    const gboolean is_read = self && postgres_read_version(self, &version, error);
    *exists = version != 0;
    return is_read;
}
