/* PostgreSQL as a backend: transactions, and the statements that are common. */
#include <stdio.h>
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

/* pg_type.h */
enum { OID_BOOL = 16, OID_INT8 = 20, OID_TEXT = 25, OID_DATE = 1082 };

static PostgresStore *postgres_of(const WmStore *self)
{
    return (PostgresStore *)self;
}

static PostgresQuery *query_of(StoreQuery *self)
{
    return (PostgresQuery *)self;
}

static void reset(StoreQuery *base)
{
    PostgresQuery *self = query_of(base);
    g_clear_pointer(&self->result, PQclear);
    for (int i = 0; i < self->n; i++)
        g_clear_pointer(&self->values[i], g_free);
    self->n = 0;
}

static void close_store(WmStore *base)
{
    PostgresStore *self = postgres_of(base);
    for (int i = 0; i < N_STATEMENTS; i++)
        reset(&self->queries[i].base);
    PQfinish(self->connection);
    g_clear_pointer(&self->own, g_hash_table_unref);
    g_free(self->engine);
    postgres_ahead_free(self->ahead);
    g_hash_table_unref(self->series);
    g_ptr_array_unref(self->notes);
    g_hash_table_unref(self->note_numbers);
    g_hash_table_unref(self->written);
    g_byte_array_unref(self->rows);
    g_byte_array_unref(self->names);
}

static gboolean is_read_only(const WmStore *self)
{
    return postgres_of(self)->is_read_only;
}

static gboolean has_worked(const PGresult *result)
{
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

gboolean postgres_execute(PostgresStore *self, const char *sql, const char *doing, GError **error)
{
    if (!postgres_end_copy(self, error))
        return FALSE;
    PGresult *result = PQexec(self->connection, sql);
    const gboolean is_done = has_worked(result) || postgres_fail(self, result, doing, error);
    PQclear(result);
    return is_done;
}

PGresult *postgres_ask(PostgresStore *self, const char *sql, const gint64 *numbers, int n, const char *doing, GError **error)
{
    char texts[MAX_PARAMETERS][24];
    const char *values[MAX_PARAMETERS];
    Oid types[MAX_PARAMETERS];
    g_assert(n <= MAX_PARAMETERS);
    if (!postgres_end_copy(self, error))
        return NULL;
    for (int i = 0; i < n; i++) {
        snprintf(texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, numbers[i]);
        values[i] = texts[i];
        types[i] = OID_INT8;
    }
    PGresult *result = PQexecParams(self->connection, sql, n, types, values, NULL, NULL, 1);
    if (has_worked(result))
        return result;
    postgres_fail(self, result, doing, error);
    PQclear(result);
    return NULL;
}

/* To write, each statement sees what was committed before the lock was had. To read, all of them see one moment. */
static gboolean begin(WmStore *base, StoreAccess access, const char *doing, GError **error)
{
    PostgresStore *self = postgres_of(base);
    self->n_transactions++;
    self->is_reading = access == TO_READ;
    postgres_forget_drop(self);
    postgres_ahead_forget(self->ahead);
    if (postgres_execute(self,
                         access == TO_WRITE ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " POSTGRES_LOCK
                                            : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                         doing, error))
        return TRUE;
    postgres_execute(self, "ROLLBACK", doing, NULL);
    return FALSE;
}

/* A transaction in which something failed is ended by COMMIT without an error, and nothing of it is kept. */
static gboolean commit(WmStore *base, const char *doing, GError **error)
{
    PostgresStore *self = postgres_of(base);
    postgres_forget_drop(self);
    postgres_ahead_forget(self->ahead);
    PGresult *result = PQexec(self->connection, "COMMIT");
    const gboolean is_done = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
    if (!is_done)
        postgres_fail(self, result, doing, error);
    PQclear(result);
    return is_done;
}

static void rollback(WmStore *base)
{
    postgres_forget_drop(postgres_of(base));
    postgres_execute(postgres_of(base), "ROLLBACK", "undo", NULL);
}

static gboolean version(WmStore *self, gint64 *out, GError **error)
{
    (void)error;
    *out = postgres_of(self)->n_transactions;
    return TRUE;
}

static StoreQuery *query(WmStore *base, Statement which, GError **error)
{
    (void)error;
    PostgresQuery *one = &postgres_of(base)->queries[which];
    one->base.store = base;
    one->which = which;
    reset(&one->base);
    return &one->base;
}

static void set(StoreQuery *base, int i, Oid type, char *taken)
{
    PostgresQuery *self = query_of(base);
    g_assert(i <= MAX_PARAMETERS);
    g_free(self->values[i - 1]);
    self->values[i - 1] = taken;
    self->types[i - 1] = type;
    self->n = MAX(self->n, i);
}

static void set_whole(StoreQuery *self, int i, gint64 number)
{
    set(self, i, OID_INT8, g_strdup_printf("%" G_GINT64_FORMAT, number));
}

static void set_null(StoreQuery *self, int i)
{
    set(self, i, OID_INT8, NULL);
}

static void set_day(StoreQuery *self, int i, WmDay day)
{
    char text[WM_PERIOD_TEXT];
    set(self, i, OID_DATE, day == WM_NO_DAY ? NULL : g_strdup(day == INT32_MAX ? "infinity" : wm_day_format_iso(day, text)));
}

static void set_flag(StoreQuery *self, int i, gboolean flag)
{
    set(self, i, OID_BOOL, g_strdup(flag ? "t" : "f"));
}

static void set_text(StoreQuery *self, int i, const char *text)
{
    set(self, i, OID_TEXT, text ? g_utf8_make_valid(text, -1) : NULL);
}

/* SQLite's ?1 is PostgreSQL's $1. A statement is prepared once, when its parameters' types are known. */
static gboolean prepare(PostgresStore *self, PostgresQuery *one, const char *name, const char *doing, GError **error)
{
    if (one->is_prepared)
        return TRUE;
    g_autofree char *sql = g_strdelimit(g_strdup(STORE_STATEMENTS[one->which]), "?", '$');
    PGresult *result = PQprepare(self->connection, name, sql, one->n, one->types);
    one->is_prepared = has_worked(result) || postgres_fail(self, result, doing, error);
    PQclear(result);
    return one->is_prepared;
}

static gboolean run(PostgresStore *self, PostgresQuery *one, const char *doing, GError **error)
{
    char name[16];
    snprintf(name, sizeof name, "s%d", (int)one->which);
    if (!postgres_end_copy(self, error) || !prepare(self, one, name, doing, error))
        return FALSE;
    one->row = -1;
    one->result = PQexecPrepared(self->connection, name, one->n, (const char *const *)one->values, NULL, NULL, 0);
    return has_worked(one->result) || postgres_fail(self, one->result, doing, error);
}

static StoreStep step(StoreQuery *base, const char *doing, GError **error)
{
    PostgresQuery *self = query_of(base);
    if (!self->result && !run(postgres_of(base->store), self, doing, error)) {
        reset(base);
        return STEP_FAILED;
    }
    return ++self->row < PQntuples(self->result) ? STEP_ROW : STEP_DONE;
}

static const char *text(StoreQuery *base, int i)
{
    const PostgresQuery *self = query_of(base);
    return PQgetisnull(self->result, self->row, i) ? NULL : PQgetvalue(self->result, self->row, i);
}

static gint64 whole(StoreQuery *self, int i)
{
    const char *value = text(self, i);
    return value ? g_ascii_strtoll(value, NULL, 10) : 0;
}

static WmDay day(StoreQuery *self, int i)
{
    const char *value = text(self, i);
    WmDay out = WM_NO_DAY;
    return value && wm_day_parse(value, WM_PERIOD_FINANCIAL_YEAR, &out) ? out : WM_NO_DAY;
}

static gboolean flag(StoreQuery *self, int i)
{
    const char *value = text(self, i);
    return value && *value == 't';
}

const StoreBackend POSTGRES_BACKEND = {
    .max_drops = G_MAXINT32,
    .max_parts = G_MAXUINT32,
    STORE_BACKEND_BASICS,
    .learn_series = postgres_learn_series,
    .learn_notes = postgres_learn_notes,
    .read_note = postgres_read_note,
    .add_readings = postgres_add_readings,
    .end_part = postgres_end_part,
    .each_reading = postgres_each_reading,
    .expect = postgres_expect,
    .list_ranges = postgres_list_ranges,
    .has_others = postgres_has_others,
    .can_assess = postgres_can_assess,
    .assess = postgres_assess,
    .check = postgres_check,
    .copy = postgres_copy,
    .backup = postgres_backup,
};
