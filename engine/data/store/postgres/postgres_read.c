/* Readings out of the database. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

gint32 postgres_int(const PGresult *result, int row, int column)
{
    guint32 big;
    memcpy(&big, PQgetvalue(result, row, column), sizeof big);
    return (gint32)GUINT32_FROM_BE(big);
}

double postgres_double(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return NAN;
    guint64 bits;
    double figure;
    memcpy(&bits, PQgetvalue(result, row, column), sizeof bits);
    bits = GUINT64_FROM_BE(bits);
    memcpy(&figure, &bits, sizeof figure);
    return figure;
}

enum {
    COLUMN_CONTENT,
    COLUMN_SERIES,
    COLUMN_PERIOD,
    COLUMN_VALUE,
    COLUMN_NUMERATOR,
    COLUMN_DENOMINATOR,
    COLUMN_STATE,
    COLUMN_NOTE
};

#define LIST                                                                                               \
    "SELECT drop_id, series, period_key, value, numerator, denominator, state, note FROM waymark.readings" \
    " WHERE series BETWEEN $1 AND $2 AND period_key BETWEEN $3 AND $4"

static gboolean hand_over(PostgresStore *self, const PGresult *result, ReadingFunc func, gpointer data)
{
    for (int i = 0; i < PQntuples(result); i++) {
        BlockReading reading = {
            .series = (guint32)postgres_int(result, i, COLUMN_SERIES),
            .period = (guint32)postgres_int(result, i, COLUMN_PERIOD),
            .note = postgres_note_number(self, PQgetvalue(result, i, COLUMN_NOTE)),
            .value = postgres_double(result, i, COLUMN_VALUE),
            .numerator = postgres_double(result, i, COLUMN_NUMERATOR),
            .denominator = postgres_double(result, i, COLUMN_DENOMINATOR),
        };
        if (!wm_reading_state_parse(PQgetvalue(result, i, COLUMN_STATE), &reading.state) ||
            !func(postgres_int(result, i, COLUMN_CONTENT), &reading, data))
            return FALSE;
    }
    return TRUE;
}

/* Asked often: prepared once. */
static PGresult *list(PostgresStore *self, const ReadingRange *range, GError **error)
{
    static const struct {
        const char *name, *sql;
    } STATEMENTS[] = {{"readings", LIST}, {"readings_of", LIST " AND drop_id = $5"}};
    const gboolean is_of = range->content != 0;
    if (!self->is_list_prepared[is_of]) {
        PGresult *prepared = PQprepare(self->connection, STATEMENTS[is_of].name, STATEMENTS[is_of].sql, 0, NULL);
        self->is_list_prepared[is_of] =
            PQresultStatus(prepared) == PGRES_COMMAND_OK || postgres_fail(self, prepared, "read the store", error);
        PQclear(prepared);
        if (!self->is_list_prepared[is_of])
            return NULL;
    }
    const gint64 first = (gint64)range->first_bunch * BUNCH_SERIES, last = ((gint64)range->last_bunch + 1) * BUNCH_SERIES - 1;
    const gint64 numbers[] = {range->series ? range->series : first, MIN(range->series ? range->series : last, G_MAXINT32),
                              range->first_period, MIN(range->last_period, (guint32)G_MAXINT32), range->content};
    char texts[G_N_ELEMENTS(numbers)][24];
    const char *values[G_N_ELEMENTS(numbers)];
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        snprintf(texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, numbers[i]);
        values[i] = texts[i];
    }
    PGresult *result =
        PQexecPrepared(self->connection, STATEMENTS[is_of].name, (int)G_N_ELEMENTS(numbers) - !is_of, values, NULL, NULL, 1);
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        return result;
    postgres_fail(self, result, "read the store", error);
    PQclear(result);
    return NULL;
}

gboolean postgres_each_reading(WmStore *base, const ReadingRange *range, ReadingFunc func, gpointer data, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    if (range->content && range->content == self->drop && !postgres_may_have_written(self, range))
        return TRUE;
    PGresult *result = list(self, range, error);
    if (!result)
        return FALSE;
    const gboolean is_read = hand_over(self, result, func, data) || store_fail_damaged(base, error);
    PQclear(result);
    return is_read;
}

gboolean postgres_list_ranges(WmStore *base, gint64 content, GArray *out, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    if (content == self->drop) {
        postgres_list_written(self, out);
        return TRUE;
    }
    PGresult *result = POSTGRES_ASK(self,
                                    "SELECT (series / $2)::integer, min(period_key), max(period_key) FROM waymark.readings"
                                    " WHERE drop_id = $1 GROUP BY 1 ORDER BY 1",
                                    "read the store", error, content, RANGE_BUNCHES * BUNCH_SERIES);
    if (!result)
        return FALSE;
    for (int i = 0; i < PQntuples(result); i++) {
        const guint32 first = (guint32)postgres_int(result, i, 0) * RANGE_BUNCHES;
        const ReadingRange range = {.first_bunch = first,
                                    .last_bunch = first + RANGE_BUNCHES - 1,
                                    .first_period = (guint32)postgres_int(result, i, 1),
                                    .last_period = (guint32)postgres_int(result, i, 2)};
        g_array_append_val(out, range);
    }
    PQclear(result);
    return TRUE;
}

gboolean postgres_has_others(WmStore *base, const ReadingRange *range, gint64 content, gboolean *out, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    PGresult *result =
        POSTGRES_ASK(self,
                     "SELECT 1 WHERE EXISTS (SELECT FROM waymark.drops WHERE id <> $5) AND EXISTS (SELECT FROM"
                     " waymark.readings WHERE series BETWEEN $1 AND $2 AND period_key BETWEEN $3 AND $4 AND drop_id <> $5)",
                     "read the store", error, (gint64)range->first_bunch * BUNCH_SERIES,
                     ((gint64)range->last_bunch + 1) * BUNCH_SERIES - 1, range->first_period, range->last_period, content);
    if (!result)
        return FALSE;
    *out = PQntuples(result) > 0;
    PQclear(result);
    return TRUE;
}
