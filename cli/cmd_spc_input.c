/* Reading long files for `waymark spc`. */
#include "cli/cmd_spc_input.h"

#include <math.h>
#include <string.h>

#include <waymark/value.h>

#include "engine/data/csv_file.h"

#define MAX_FIELDS 8

/* Where the columns that we know stand in a row; -1 when absent. */
typedef struct {
    const char *path;
    const char *const *names;
    size_t n_names;
    int at[MAX_FIELDS];
    gboolean has_header;
} Header;

static void take_header(Header *self, const CsvRow *row)
{
    for (size_t i = 0; i < self->n_names; i++)
        self->at[i] = -1;
    for (size_t i = row->n_fields; i-- > 0;) {
        const int found = wm_names_find(self->names, self->n_names, row->fields[i]);
        if (found >= 0)
            self->at[found] = (int)i;
    }
    self->has_header = TRUE;
}

static const char *field_of(const Header *self, const CsvRow *row, int column)
{
    const int at = self->at[column];
    return at >= 0 && (size_t)at < row->n_fields ? row->fields[at] : "";
}

static gboolean fail_field(const Header *self, const CsvRow *row, int column, const char *what, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = self->path, .line = row->line, .column = self->at[column] + 1, .advice = what},
                 "cannot read %s “%s”", self->names[column], field_of(self, row, column));
    return FALSE;
}

static gboolean fail_header(const Header *self, const char *needs, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->path, .line = 1, .advice = "see `waymark spc --help`"},
                 "the columns %s are needed", needs);
    return FALSE;
}

/* A plain number keeps every digit; anything else is read as published figures are, so that a marker is no number and no error. */
static gboolean read_number(const Header *self, const CsvRow *row, int column, double *out, GError **error)
{
    const char *text = field_of(self, row, column);
    char *end = NULL;
    const double value = g_ascii_strtod(text, &end);
    WmValueText published = {.value = NAN};
    if (*text && *end == '\0' && isfinite(value))
        *out = value;
    else if (*text == '\0' || strcmp(text, "NA") == 0)
        *out = NAN;
    else if (wm_value_parse(text, &published))
        *out = published.value;
    else
        return fail_field(self, row, column, "a number, a marker such as [c], or nothing", error);
    return TRUE;
}

/* ---- readings ---- */

enum { SERIES, PERIOD, VALUE, NUMERATOR, DENOMINATOR, N_READING_COLUMNS };

typedef struct {
    Header header;
    WmDay as_at;
    GPtrArray *all;      /* of LongSeries */
    GHashTable *by_name; /* of LongSeries, borrowed */
} SeriesReader;

static void series_free(gpointer data)
{
    LongSeries *self = data;
    g_free(self->name);
    g_array_unref(self->readings);
    g_free(self);
}

static LongSeries *series_named(SeriesReader *self, const char *name)
{
    LongSeries *series = g_hash_table_lookup(self->by_name, name);
    if (series)
        return series;
    series = g_new0(LongSeries, 1);
    series->name = g_strdup(name);
    series->readings = g_array_new(FALSE, FALSE, sizeof(LongReading));
    g_ptr_array_add(self->all, series);
    g_hash_table_insert(self->by_name, series->name, series);
    return series;
}

static gboolean take_reading(const CsvRow *row, gpointer data, GError **error)
{
    SeriesReader *self = data;
    const Header *header = &self->header;
    if (!header->has_header) {
        take_header(&self->header, row);
        const gboolean has_ratio = header->at[NUMERATOR] >= 0 && header->at[DENOMINATOR] >= 0;
        if (header->at[SERIES] < 0 || header->at[PERIOD] < 0 || (header->at[VALUE] < 0 && !has_ratio))
            return fail_header(header, "series, period, and value or numerator and denominator", error);
        return TRUE;
    }

    LongReading reading = {.line = row->line, .point = {.target = NAN}};
    if (!wm_period_parse(field_of(header, row, PERIOD), WM_PERIOD_FINANCIAL_YEAR, &reading.period))
        return fail_field(header, row, PERIOD, "a period such as 2026-04, Q1 2026/27 or 2026", error);
    if (!read_number(header, row, VALUE, &reading.point.value, error) ||
        !read_number(header, row, NUMERATOR, &reading.point.numerator, error) ||
        !read_number(header, row, DENOMINATOR, &reading.point.denominator, error))
        return FALSE;
    LongSeries *series = series_named(self, field_of(header, row, SERIES));
    if (self->as_at == WM_NO_DAY || wm_period_end(reading.period) <= self->as_at)
        g_array_append_val(series->readings, reading);
    return TRUE;
}

static gint by_period(gconstpointer a, gconstpointer b)
{
    const LongReading *left = a, *right = b;
    const int order = wm_period_compare(left->period, right->period);
    return order ? order : left->line - right->line;
}

static gboolean put_in_order(const char *path, LongSeries *series, GError **error)
{
    g_array_sort(series->readings, by_period);
    for (guint i = 1; i < series->readings->len; i++) {
        const LongReading *one = &g_array_index(series->readings, LongReading, i);
        if (wm_period_compare(one[-1].period, one->period) != 0)
            continue;
        char text[WM_PERIOD_TEXT];
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .line = one->line, .advice = "keep one of the two"},
                     "series “%s” has a reading of %s on line %d already", series->name, wm_period_format(one->period, text),
                     one[-1].line);
        return FALSE;
    }
    return TRUE;
}

GPtrArray *long_series_read(const char *path, WmDay as_at, GError **error)
{
    static const char *const NAMES[N_READING_COLUMNS] = {"series", "period", "value", "numerator", "denominator"};
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(series_free);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    SeriesReader reader = {{path, NAMES, N_READING_COLUMNS, {0}, FALSE}, as_at, all, by_name};
    if (!csv_file_read(path, take_reading, &reader, NULL, error))
        return NULL;
    if (!reader.header.has_header) {
        fail_header(&reader.header, "series, period and value", error);
        return NULL;
    }
    for (guint i = 0; i < all->len; i++)
        if (!put_in_order(path, g_ptr_array_index(all, i), error))
            return NULL;
    return g_steal_pointer(&all);
}

/* ---- targets ---- */

enum { TARGET_SERIES, TARGET_DUE, TARGET_TARGET, TARGET_POLARITY, N_TARGET_COLUMNS };

typedef struct {
    Header header;
    GArray *targets;
} TargetReader;

static void target_clear(gpointer data)
{
    g_free(((LongTarget *)data)->series);
}

static gboolean take_target(const CsvRow *row, gpointer data, GError **error)
{
    TargetReader *self = data;
    const Header *header = &self->header;
    if (!header->has_header) {
        take_header(&self->header, row);
        if (header->at[TARGET_SERIES] < 0 || header->at[TARGET_DUE] < 0 || header->at[TARGET_TARGET] < 0)
            return fail_header(header, "series, due and target", error);
        return TRUE;
    }

    LongTarget target = {.polarity = WM_N_POLARITIES};
    const char *polarity = field_of(header, row, TARGET_POLARITY);
    if (!wm_day_parse(field_of(header, row, TARGET_DUE), WM_PERIOD_FINANCIAL_YEAR, &target.due))
        return fail_field(header, row, TARGET_DUE, "a date or a period such as 2026-03-31 or Mar 2026", error);
    if (*polarity && !wm_polarity_parse(polarity, &target.polarity))
        return fail_field(header, row, TARGET_POLARITY, "higher, lower, plan or none", error);
    if (!read_number(header, row, TARGET_TARGET, &target.target, error))
        return FALSE;
    target.series = g_strdup(field_of(header, row, TARGET_SERIES));
    g_array_append_val(self->targets, target);
    return TRUE;
}

static gint by_due(gconstpointer a, gconstpointer b)
{
    const LongTarget *left = a, *right = b;
    return (left->due > right->due) - (left->due < right->due);
}

GArray *long_targets_read(const char *path, GError **error)
{
    static const char *const NAMES[N_TARGET_COLUMNS] = {"series", "due", "target", "polarity"};
    g_autoptr(GArray) targets = g_array_new(FALSE, FALSE, sizeof(LongTarget));
    g_array_set_clear_func(targets, target_clear);
    TargetReader reader = {{path, NAMES, N_TARGET_COLUMNS, {0}, FALSE}, targets};
    if (!csv_file_read(path, take_target, &reader, NULL, error))
        return NULL;
    if (!reader.header.has_header) {
        fail_header(&reader.header, "series, due and target", error);
        return NULL;
    }
    g_array_sort(targets, by_due);
    return g_steal_pointer(&targets);
}
