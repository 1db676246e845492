/* Long CSV in. */
#include "engine/data/backtest/long_csv.h"

#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/core/answers/batch_group.h"
#include "engine/data/backtest/long_rows.h"

enum { SERIES, PERIOD, VALUE, NUMERATOR, DENOMINATOR, N_COLUMNS };

static const char *const COLUMNS[N_COLUMNS] = {"series", "period", "value", "numerator", "denominator"};

typedef struct {
    const char *path;
    const LongCsvOptions *options;
    int column_of[N_COLUMNS];
    gboolean has_header;
    GArray *series;    /* of LongSeries */
    GHashTable *index; /* id -> position + 1 */
} Reader;

static gboolean read_header(Reader *self, const SheetRow *row, GError **error)
{
    self->has_header = TRUE;
    for (int i = 0; i < N_COLUMNS; i++)
        self->column_of[i] = long_rows_find(row, COLUMNS[i]);
    const gboolean has_ratio = self->column_of[NUMERATOR] >= 0 && self->column_of[DENOMINATOR] >= 0;
    const char *const missing = self->column_of[SERIES] < 0                ? COLUMNS[SERIES]
                                : self->column_of[PERIOD] < 0              ? COLUMNS[PERIOD]
                                : self->column_of[VALUE] < 0 && !has_ratio ? COLUMNS[VALUE]
                                                                           : NULL;
    return !missing || long_rows_miss(self->path, row, missing,
                                      "the header is series,period,value or series,period,numerator,denominator", error);
}

static const char *text_of(const Reader *self, const SheetRow *row, int column)
{
    return long_rows_text(row, self->column_of[column]);
}

static gboolean read_figure(const Reader *self, const SheetRow *row, int column, WmValueText *out, GError **error)
{
    const char *text = text_of(self, row, column);
    if (wm_value_parse(text, out) || g_ascii_strcasecmp(text, "NA") == 0)
        return TRUE;
    return long_rows_fail(self->path, row->line, self->column_of[column] + 1, "write a number, or leave it empty", error,
                          "%s “%s” is no figure", COLUMNS[column], text);
}

static gboolean read_period(const Reader *self, const SheetRow *row, WmPeriod *out, GError **error)
{
    const char *text = text_of(self, row, PERIOD);
    const WmPeriodKind kind = self->options->period_kind;
    if (!wm_period_parse(text, kind == WM_PERIOD_ACADEMIC_YEAR ? kind : WM_PERIOD_FINANCIAL_YEAR, out))
        return long_rows_fail(self->path, row->line, self->column_of[PERIOD] + 1, "write it as 2021-07, 2021 or Q2 2021/22", error,
                              "“%s” is no period", text);
    if (kind != WM_PERIOD_NONE && out->kind != kind)
        *out = wm_period_containing(kind, wm_period_end(*out));
    return TRUE;
}

static LongSeries *series_of(Reader *self, const char *id)
{
    const gsize known = GPOINTER_TO_SIZE(g_hash_table_lookup(self->index, id));
    if (known)
        return &g_array_index(self->series, LongSeries, known - 1);
    const LongSeries one = {g_strdup(id), g_array_new(FALSE, FALSE, sizeof(WmReading))};
    g_array_append_val(self->series, one);
    g_hash_table_insert(self->index, one.id, GSIZE_TO_POINTER(self->series->len));
    return &g_array_index(self->series, LongSeries, self->series->len - 1);
}

static gboolean on_row(const SheetRow *row, gpointer data, GError **error)
{
    Reader *self = data;
    if (!self->has_header)
        return read_header(self, row, error);

    WmValueText value = {.value = NAN, .state = WM_MISSING}, numerator = value, denominator = value;
    WmReading reading;
    if (!read_period(self, row, &reading.period, error) || !read_figure(self, row, VALUE, &value, error) ||
        !read_figure(self, row, NUMERATOR, &numerator, error) || !read_figure(self, row, DENOMINATOR, &denominator, error))
        return FALSE;
    reading.numerator = numerator.value;
    reading.denominator = denominator.value;
    reading.value = value.value;
    reading.state = value.state;
    if (isnan(reading.value) && denominator.value > 0 && !isnan(numerator.value)) {
        reading.value = numerator.value / denominator.value * (self->options->is_percent ? 100 : 1);
        reading.state = WM_FINAL;
    }
    g_array_append_val(series_of(self, text_of(self, row, SERIES))->readings, reading);
    return TRUE;
}

static gint by_period(gconstpointer a, gconstpointer b)
{
    return wm_period_compare(((const WmReading *)a)->period, ((const WmReading *)b)->period);
}

static gboolean sort_series(const Reader *self, GError **error)
{
    char text[WM_PERIOD_TEXT];
    for (guint i = 0; i < self->series->len; i++) {
        const LongSeries *one = &g_array_index(self->series, LongSeries, i);
        g_array_sort(one->readings, by_period);
        for (guint k = 1; k < one->readings->len; k++) {
            const WmReading *reading = &g_array_index(one->readings, WmReading, k);
            if (wm_period_compare(reading[-1].period, reading->period) == 0)
                return long_rows_fail(self->path, 0, 0, "keep one of them", error, "series %s has two rows for %s", one->id,
                                      wm_period_format(reading->period, text));
        }
    }
    return TRUE;
}

/* No model and no chart sets a month beside a year. A quarter is the same of whichever year it is named. */
static gboolean check_lengths(const Reader *self, GError **error)
{
    char one[WM_PERIOD_TEXT], other[WM_PERIOD_TEXT];
    for (guint i = 0; i < self->series->len; i++) {
        const LongSeries *series = &g_array_index(self->series, LongSeries, i);
        for (guint k = 1; k < series->readings->len; k++) {
            const WmReading *reading = &g_array_index(series->readings, WmReading, k);
            if (wm_period_kind_usual(reading->period.kind) != wm_period_kind_usual(reading[-1].period.kind))
                return long_rows_fail(self->path, 0, 0, "split it in two, or say --frequency if all cover the same", error,
                                      "series “%s” mixes periods of different lengths, %s and %s", series->id,
                                      wm_period_format_iso(reading[-1].period, one), wm_period_format_iso(reading->period, other));
        }
    }
    return TRUE;
}

static void clear_series(gpointer data)
{
    LongSeries *series = data;
    g_free(series->id);
    g_array_unref(series->readings);
}

GArray *long_csv_read(const char *path, const LongCsvOptions *options, GError **error)
{
    g_autoptr(GArray) series = g_array_new(FALSE, FALSE, sizeof(LongSeries));
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
    g_array_set_clear_func(series, clear_series);
    Reader self = {.path = path, .options = options, .series = series, .index = index};
    if (!source_read_table(path, on_row, &self, error) || !sort_series(&self, error) || !check_lengths(&self, error))
        return NULL;
    if (!self.has_header) {
        long_rows_fail(path, 0, 0, "the header is series,period,value", error, "there is nothing to read");
        return NULL;
    }
    return g_steal_pointer(&series);
}
