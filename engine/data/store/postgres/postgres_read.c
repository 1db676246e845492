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

/* Where readings are laid out over servers, one may have those of a drop that is not known here yet, or never came to be. */
#define LIST                                                                                               \
    "SELECT drop_id, series, period_key, value, numerator, denominator, state, note FROM waymark.readings" \
    " WHERE drop_id <= (SELECT max(id) FROM waymark.drops) AND "
#define OF_RANGE "series BETWEEN $1 AND $2 AND period_key BETWEEN $3 AND $4"

gboolean postgres_take_reading(PostgresStore *self, const PGresult *list, int i, gint64 *content, BlockReading *out)
{
    *content = postgres_int(list, i, COLUMN_CONTENT);
    *out = (BlockReading){
        .series = (guint32)postgres_int(list, i, COLUMN_SERIES),
        .period = (guint32)postgres_int(list, i, COLUMN_PERIOD),
        .note = postgres_note_number(self, PQgetvalue(list, i, COLUMN_NOTE)),
        .value = postgres_double(list, i, COLUMN_VALUE),
        .numerator = postgres_double(list, i, COLUMN_NUMERATOR),
        .denominator = postgres_double(list, i, COLUMN_DENOMINATOR),
    };
    return wm_reading_state_parse(PQgetvalue(list, i, COLUMN_STATE), &out->state);
}

static gboolean hand_over(PostgresStore *self, const PGresult *result, ReadingFunc func, gpointer data)
{
    gint64 content;
    BlockReading reading;
    for (int i = 0; i < PQntuples(result); i++)
        if (!postgres_take_reading(self, result, i, &content, &reading) || !func(content, &reading, data))
            return FALSE;
    return TRUE;
}

/* Asked often: prepared once. */
PGresult *postgres_list(PostgresStore *self, ReadingList which, const char *const *values, int n, GError **error)
{
    static const struct {
        const char *name, *sql;
    } LISTS[N_READING_LISTS] = {
        [LIST_RANGE] = {"readings", LIST OF_RANGE},
        [LIST_RANGE_OF_CONTENT] = {"readings_of", LIST OF_RANGE " AND drop_id = $5"},
        [LIST_OF_SERIES] = {"readings_of_series", LIST "series = ANY ($1::integer[]) ORDER BY series"},
    };
    if (!postgres_end_copy(self, error))
        return NULL;
    if (!self->is_list_prepared[which]) {
        PGresult *prepared = PQprepare(self->connection, LISTS[which].name, LISTS[which].sql, 0, NULL);
        self->is_list_prepared[which] =
            PQresultStatus(prepared) == PGRES_COMMAND_OK || postgres_fail(self, prepared, "read the store", error);
        PQclear(prepared);
        if (!self->is_list_prepared[which])
            return NULL;
    }
    PGresult *result = PQexecPrepared(self->connection, LISTS[which].name, n, values, NULL, NULL, 1);
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        return result;
    postgres_fail(self, result, "read the store", error);
    PQclear(result);
    return NULL;
}

static PGresult *list_range(PostgresStore *self, const ReadingRange *range, GError **error)
{
    const gboolean is_of = range->content != 0;
    const gint64 first = (gint64)range->first_bunch * BUNCH_SERIES, last = ((gint64)range->last_bunch + 1) * BUNCH_SERIES - 1;
    const gint64 numbers[] = {range->series ? range->series : first, MIN(range->series ? range->series : last, G_MAXINT32),
                              range->first_period, MIN(range->last_period, (guint32)G_MAXINT32), range->content};
    char texts[G_N_ELEMENTS(numbers)][24];
    const char *values[G_N_ELEMENTS(numbers)];
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        snprintf(texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, numbers[i]);
        values[i] = texts[i];
    }
    return postgres_list(self, is_of ? LIST_RANGE_OF_CONTENT : LIST_RANGE, values, (int)G_N_ELEMENTS(numbers) - !is_of, error);
}

/* Whether all of one series is asked for, at a moment that holds. */
static gboolean is_series_read(const PostgresStore *self, const ReadingRange *range)
{
    return self->is_reading && range->series && !range->content && range->first_period == 0 && range->last_period == G_MAXUINT32;
}

gboolean postgres_each_reading(WmStore *base, const ReadingRange *range, ReadingFunc func, gpointer data, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    if (is_series_read(self, range))
        return postgres_each_of_series(self, range->series, func, data, error);
    if (range->content && range->content == self->drop && !postgres_may_have_written(self, range))
        return TRUE;
    PGresult *result = list_range(self, range, error);
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
