/* Readings on their way into the database, through COPY in its binary form (PostgreSQL documentation, SQL command COPY, “Binary
 * Format”): figures go as the bits that they are. */
#include <math.h>
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

#define COLUMNS   "series, period_key, drop_id, value, numerator, denominator, indicator, unit, cohort, period, state, note"
#define N_COLUMNS 12
#define CHUNK     (64 * 1024) /* bytes gathered before they are sent, so that the server works while more are gathered */

static const guint8 HEADER[] = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
static const guint8 TRAILER[] = {0xff, 0xff};

/* Where one bunch has readings of the drop. */
typedef struct {
    guint32 first, last; /* block_period_key */
} WrittenRange;

void postgres_forget_drop(PostgresStore *self)
{
    self->drop = 0;
    self->has_part = FALSE;
    self->is_copying = FALSE; /* the next statement cuts off what is still on its way */
    g_hash_table_remove_all(self->written);
    g_byte_array_set_size(self->rows, 0);
}

/* ---- a row's bytes ---- */

static guint8 *put(guint8 *at, const void *bytes, gsize n)
{
    memcpy(at, bytes, n);
    return at + n;
}

static guint8 *put_length(guint8 *at, gint32 length)
{
    const guint32 big = GUINT32_TO_BE((guint32)length);
    return put(at, &big, sizeof big);
}

static guint8 *put_int(guint8 *at, guint32 number)
{
    const guint32 big[] = {GUINT32_TO_BE((guint32)sizeof number), GUINT32_TO_BE(number)};
    return put(at, big, sizeof big);
}

static guint8 *put_figure(guint8 *at, double figure)
{
    if (isnan(figure))
        return put_length(at, -1); /* NULL */
    guint64 bits;
    memcpy(&bits, &figure, sizeof bits);
    bits = GUINT64_TO_BE(bits);
    return put(put_length(at, sizeof bits), &bits, sizeof bits);
}

static guint8 *put_text(guint8 *at, const char *text, gsize length)
{
    return put(put_length(at, (gint32)length), text, length);
}

enum { N_NAMES = 3, FIELD_LENGTH = 4, FIXED_BYTES = 2 + 3 * 8 + 3 * 12 }; /* all but the texts */

/* The names of a series as fields, once for all its rows. */
static void take_names(PostgresStore *self, const char *key)
{
    gsize lengths[N_NAMES], n = 0;
    for (size_t i = 0; i < N_NAMES; i++)
        n += FIELD_LENGTH + (lengths[i] = strlen(names_text(key, i)));
    g_byte_array_set_size(self->names, (guint)n);
    guint8 *at = self->names->data;
    for (size_t i = 0; i < N_NAMES; i++)
        at = put_text(at, names_text(key, i), lengths[i]);
}

#define KEY_STEP 16 /* from a period's key to that of the next one of its kind */

/* A drop has few periods, and many readings of each: 256 in a row have a place each. */
static const PeriodField *period_field(PostgresStore *self, guint32 key)
{
    PeriodField *field = &self->periods[key / KEY_STEP % G_N_ELEMENTS(self->periods)];
    if (field->n && field->key == key)
        return field;
    char text[WM_PERIOD_TEXT];
    wm_period_format_iso(block_period(key), text);
    field->key = key;
    field->n = (guint8)(put_text(field->bytes, text, strlen(text)) - field->bytes);
    return field;
}

static void put_row(PostgresStore *self, const BlockReading *reading)
{
    GByteArray *rows = self->rows;
    const PeriodField *period = period_field(self, reading->period);
    const char *state = wm_reading_state_name(reading->state);
    const char *note = reading->note ? g_ptr_array_index(self->notes, reading->note - 1) : "";
    const gsize n_state = strlen(state), n_note = strlen(note);
    const gsize room = FIXED_BYTES + self->names->len + period->n + FIELD_LENGTH + n_state + FIELD_LENGTH + n_note;
    const guint16 n_columns = GUINT16_TO_BE(N_COLUMNS);
    const guint before = rows->len;
    g_byte_array_set_size(rows, before + (guint)room);
    guint8 *at = put(rows->data + before, &n_columns, sizeof n_columns);
    at = put_int(at, reading->series);
    at = put_int(at, reading->period);
    at = put_int(at, (guint32)self->drop);
    at = put_figure(at, reading->value);
    at = put_figure(at, reading->numerator);
    at = put_figure(at, reading->denominator);
    at = put(at, self->names->data, self->names->len);
    at = put(at, period->bytes, period->n);
    at = put_text(at, state, n_state);
    at = put_text(at, note, n_note);
    g_byte_array_set_size(rows, (guint)(at - rows->data)); /* figures that are NULL take less */
}

static void note_written(PostgresStore *self, const BlockReading *readings, size_t n)
{
    gpointer bunch = GUINT_TO_POINTER(readings[0].series / BUNCH_SERIES);
    WrittenRange *range = g_hash_table_lookup(self->written, bunch);
    if (!range) {
        range = g_new(WrittenRange, 1);
        *range = (WrittenRange){G_MAXUINT32, 0};
        g_hash_table_insert(self->written, bunch, range);
    }
    for (size_t i = 0; i < n; i++) {
        range->first = MIN(range->first, readings[i].period);
        range->last = MAX(range->last, readings[i].period);
    }
}

gboolean postgres_may_have_written(const PostgresStore *self, const ReadingRange *range)
{
    for (guint32 bunch = range->first_bunch; bunch <= range->last_bunch; bunch++) {
        const WrittenRange *written = g_hash_table_lookup(self->written, GUINT_TO_POINTER(bunch));
        if (written && written->first <= range->last_period && written->last >= range->first_period)
            return TRUE;
    }
    return FALSE;
}

static gint by_bunch(gconstpointer a, gconstpointer b)
{
    const ReadingRange *x = a, *y = b;
    return (x->first_bunch > y->first_bunch) - (x->first_bunch < y->first_bunch);
}

void postgres_list_written(const PostgresStore *self, GArray *out)
{
    GHashTableIter iter;
    gpointer bunch, value;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(ReadingRange));
    g_hash_table_iter_init(&iter, self->written);
    while (g_hash_table_iter_next(&iter, &bunch, &value)) {
        const WrittenRange *written = value;
        const ReadingRange one = {.first_bunch = GPOINTER_TO_UINT(bunch),
                                  .last_bunch = GPOINTER_TO_UINT(bunch),
                                  .first_period = written->first,
                                  .last_period = written->last};
        g_array_append_val(all, one);
    }
    g_array_sort(all, by_bunch);
    for (guint i = 0; i < all->len; i++) {
        const ReadingRange *one = &g_array_index(all, ReadingRange, i);
        ReadingRange *last = out->len ? &g_array_index(out, ReadingRange, out->len - 1) : NULL;
        if (!last || one->first_bunch / RANGE_BUNCHES != last->first_bunch / RANGE_BUNCHES) {
            g_array_append_val(out, *one);
            continue;
        }
        last->last_bunch = one->last_bunch;
        last->first_period = MIN(last->first_period, one->first_period);
        last->last_period = MAX(last->last_period, one->last_period);
    }
}

/* ---- COPY: begun by the first full chunk, ended by whatever else is asked of the connection ---- */

static const char DOING[] = "add readings";

#define OWN_TABLE "pg_temp.readings_part"

/* COPY does not look at rows one by one, as row-level security has to: then they go by way of a table of one's own. */
static gboolean begin_copy(PostgresStore *self, GError **error)
{
    if (self->is_guarded &&
        !postgres_execute(self, "CREATE TEMPORARY TABLE IF NOT EXISTS readings_part (LIKE waymark.readings) ON COMMIT DELETE ROWS",
                          DOING, error))
        return FALSE;
    PGresult *result =
        PQexec(self->connection, self->is_guarded ? "COPY " OWN_TABLE " (" COLUMNS ") FROM STDIN (FORMAT binary)"
                                                  : "COPY waymark.readings (" COLUMNS ") FROM STDIN (FORMAT binary)");
    self->is_copying = PQresultStatus(result) == PGRES_COPY_IN || postgres_fail(self, result, DOING, error);
    PQclear(result);
    return self->is_copying &&
           (PQputCopyData(self->connection, (const char *)HEADER, sizeof HEADER) == 1 || postgres_fail(self, NULL, DOING, error));
}

/* What is gathered goes on its way. */
static gboolean send_rows(PostgresStore *self, GError **error)
{
    if (self->rows->len == 0)
        return TRUE;
    if (!self->is_copying && !begin_copy(self, error))
        return FALSE;
    const gboolean is_sent = PQputCopyData(self->connection, (const char *)self->rows->data, (int)self->rows->len) == 1;
    g_byte_array_set_size(self->rows, 0);
    if (!is_sent && postgres_end_copy(self, error)) /* which has what the server said, if it did */
        postgres_fail(self, NULL, DOING, error);
    return is_sent;
}

gboolean postgres_end_copy(PostgresStore *self, GError **error)
{
    if (!self->is_copying)
        return TRUE;
    self->is_copying = FALSE;
    const gboolean is_sent =
        PQputCopyData(self->connection, (const char *)TRAILER, sizeof TRAILER) == 1 && PQputCopyEnd(self->connection, NULL) == 1;
    gboolean is_done = TRUE;
    PGresult *result;
    while ((result = PQgetResult(self->connection))) {
        if (is_done && PQresultStatus(result) != PGRES_COMMAND_OK)
            is_done = postgres_fail(self, result, DOING, error);
        PQclear(result);
    }
    return is_done && (is_sent || postgres_fail(self, NULL, DOING, error));
}

/* A drop whose servers did not all keep it was undone here, and its number is free again: what some have kept goes. */
static gboolean remove_strays(PostgresStore *self, gint64 drop, GError **error)
{
    if (!self->is_laid_out)
        return TRUE;
    PGresult *result = POSTGRES_ASK(self, "DELETE FROM waymark.readings WHERE drop_id >= $1", DOING, error, drop);
    const gboolean is_done = result != NULL;
    PQclear(result);
    return is_done;
}

gboolean postgres_add_readings(WmStore *base, gint64 drop, guint32 part, const BlockReading *readings, size_t n, GError **error)
{
    (void)part;
    PostgresStore *self = (PostgresStore *)base;
    if (self->drop != drop) {
        postgres_forget_drop(self);
        if (!remove_strays(self, drop, error))
            return FALSE;
    }
    self->drop = drop;
    self->has_part = TRUE;
    note_written(self, readings, n);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || readings[i].series != readings[i - 1].series)
            take_names(self, g_hash_table_lookup(self->series, GSIZE_TO_POINTER((gsize)readings[i].series)));
        put_row(self, &readings[i]);
    }
    return self->rows->len < CHUNK || send_rows(self, error);
}

gboolean postgres_end_part(WmStore *base, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    if (!self->has_part)
        return TRUE;
    self->has_part = FALSE;
    if (!send_rows(self, error) || !postgres_end_copy(self, error))
        return FALSE;
    return !self->is_guarded ||
           postgres_execute(self,
                            "INSERT INTO waymark.readings (" COLUMNS ") SELECT " COLUMNS " FROM " OWN_TABLE "; TRUNCATE " OWN_TABLE,
                            DOING, error);
}
