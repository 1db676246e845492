/* Readings on their way into the database: a part of a drop at a time, through COPY in its binary form (PostgreSQL documentation,
 * SQL command COPY, “Binary Format”): figures go as the bits that they are. */
#include <math.h>
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

#define COLUMNS   "series, period_key, drop_id, value, numerator, denominator, indicator, unit, cohort, period, state, note"
#define N_COLUMNS 12
#define CHUNK     (256 * 1024) /* bytes handed to libpq at once */

static const guint8 HEADER[] = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0};
static const guint8 TRAILER[] = {0xff, 0xff};

/* Where one bunch has readings of the drop. */
typedef struct {
    guint32 first, last; /* block_period_key */
} WrittenRange;

void postgres_forget_drop(PostgresStore *self)
{
    self->drop = 0;
    g_hash_table_remove_all(self->written);
    g_byte_array_set_size(self->rows, 0);
}

static void put(GByteArray *rows, const void *bytes, guint n)
{
    g_byte_array_append(rows, bytes, n);
}

static void put_length(GByteArray *rows, gint32 length)
{
    const guint32 big = GUINT32_TO_BE((guint32)length);
    put(rows, &big, sizeof big);
}

static void put_int(GByteArray *rows, guint32 number)
{
    const guint32 big[] = {GUINT32_TO_BE((guint32)sizeof number), GUINT32_TO_BE(number)};
    put(rows, big, sizeof big);
}

static void put_figure(GByteArray *rows, double figure)
{
    if (isnan(figure)) {
        put_length(rows, -1); /* NULL */
        return;
    }
    guint64 bits;
    memcpy(&bits, &figure, sizeof bits);
    bits = GUINT64_TO_BE(bits);
    put_length(rows, sizeof bits);
    put(rows, &bits, sizeof bits);
}

static void put_text(GByteArray *rows, const char *text)
{
    const guint length = (guint)strlen(text);
    put_length(rows, (gint32)length);
    put(rows, text, length);
}

static void put_row(PostgresStore *self, const BlockReading *reading, const char *key)
{
    GByteArray *rows = self->rows;
    char period[WM_PERIOD_TEXT];
    const guint16 n_columns = GUINT16_TO_BE(N_COLUMNS);
    put(rows, &n_columns, sizeof n_columns);
    put_int(rows, reading->series);
    put_int(rows, reading->period);
    put_int(rows, (guint32)self->drop);
    put_figure(rows, reading->value);
    put_figure(rows, reading->numerator);
    put_figure(rows, reading->denominator);
    for (size_t i = 0; i < 3; i++)
        put_text(rows, names_text(key, i));
    put_text(rows, wm_period_format_iso(block_period(reading->period), period));
    put_text(rows, wm_reading_state_name(reading->state));
    put_text(rows, reading->note ? g_ptr_array_index(self->notes, reading->note - 1) : "");
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

gboolean postgres_add_readings(WmStore *base, gint64 drop, guint32 part, const BlockReading *readings, size_t n, GError **error)
{
    (void)part;
    (void)error;
    PostgresStore *self = (PostgresStore *)base;
    if (self->drop != drop)
        postgres_forget_drop(self);
    self->drop = drop;
    if (self->rows->len == 0)
        put(self->rows, HEADER, sizeof HEADER);
    note_written(self, readings, n);
    const char *key = NULL;
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || readings[i].series != readings[i - 1].series)
            key = g_hash_table_lookup(self->series, GSIZE_TO_POINTER((gsize)readings[i].series));
        put_row(self, &readings[i], key);
    }
    return TRUE;
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

static gboolean send_rows(PostgresStore *self)
{
    for (guint at = 0; at < self->rows->len; at += CHUNK)
        if (PQputCopyData(self->connection, (const char *)self->rows->data + at, (int)MIN(CHUNK, self->rows->len - at)) != 1)
            return FALSE;
    return PQputCopyEnd(self->connection, NULL) == 1;
}

static gboolean copy_into(PostgresStore *self, const char *table, GError **error)
{
    static const char DOING[] = "add readings";
    g_autofree char *sql = g_strdup_printf("COPY %s (" COLUMNS ") FROM STDIN (FORMAT binary)", table);
    PGresult *result = PQexec(self->connection, sql);
    gboolean is_done = PQresultStatus(result) == PGRES_COPY_IN || postgres_fail(self, result, DOING, error);
    PQclear(result);
    if (!is_done)
        return FALSE;
    const gboolean is_sent = send_rows(self);
    while ((result = PQgetResult(self->connection))) {
        if (is_done && PQresultStatus(result) != PGRES_COMMAND_OK)
            is_done = postgres_fail(self, result, DOING, error);
        PQclear(result);
    }
    return is_done && (is_sent || postgres_fail(self, NULL, DOING, error));
}

/* COPY does not look at rows one by one, as row-level security has to: then they go by way of a table of one's own. */
static gboolean copy_guarded(PostgresStore *self, GError **error)
{
    static const char DOING[] = "add readings";
    return postgres_execute(self,
                            "CREATE TEMPORARY TABLE IF NOT EXISTS readings_part (LIKE waymark.readings) ON COMMIT DELETE ROWS",
                            DOING, error) &&
           copy_into(self, "pg_temp.readings_part", error) &&
           postgres_execute(self,
                            "INSERT INTO waymark.readings (" COLUMNS ") SELECT " COLUMNS
                            " FROM pg_temp.readings_part; TRUNCATE pg_temp.readings_part",
                            DOING, error);
}

gboolean postgres_end_part(WmStore *base, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    if (self->rows->len == 0)
        return TRUE;
    put(self->rows, TRAILER, sizeof TRAILER);
    const gboolean is_done = self->is_guarded ? copy_guarded(self, error) : copy_into(self, "waymark.readings", error);
    g_byte_array_set_size(self->rows, 0);
    return is_done;
}
