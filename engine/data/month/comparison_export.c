/* areas.csv: a row a unit of each measure. */
#include <math.h>
#include <waymark/comparison.h>

#include "engine/data/text/number_text.h"

static const char *const SIDE_NAMES[] = {"below_998", "below_95", "within", "above_95", "above_998"};

const char *wm_funnel_side_name(int side)
{
    return SIDE_NAMES[side + 2];
}

static const char *const HEADER[] = {
    "indicator", "unit",          "cohort",        "as_at",          "type",         "period",
    "value",     "numerator",     "denominator",   "lower",          "upper",        "rank",
    "n_ranked",  "quartile",      "funnel",        "national",       "gap_national", "region",
    "regional",  "gap_regional",  "neighbours",    "gap_neighbours", "n_neighbours", "n_neighbours_named",
    "median",    "best_quartile", "period_before", "before",         "change",       "caution",
};

/* A field of each row, in the header's order. */
typedef struct {
    const char *fields[G_N_ELEMENTS(HEADER)];
    char texts[G_N_ELEMENTS(HEADER)][G_ASCII_DTOSTR_BUF_SIZE];
    size_t n;
} Row;

static void put_text(Row *row, const char *text)
{
    row->fields[row->n++] = text;
}

static void put_number(Row *row, double value)
{
    put_text(row, isfinite(value) ? number_text(value, row->texts[row->n]) : "");
}

static void put_count(Row *row, size_t count, bool is_known)
{
    g_snprintf(row->texts[row->n], G_ASCII_DTOSTR_BUF_SIZE, "%zu", count);
    put_text(row, is_known ? row->texts[row->n] : "");
}

static void put_level(Row *row, const WmComparedMeasure *measure, double value, double level)
{
    put_number(row, level);
    put_number(row, wm_compared_gap(measure, value, level));
}

static void append_area(GString *csv, const WmComparison *self, const WmComparedMeasure *measure, const WmComparedArea *area)
{
    char as_at[WM_PERIOD_TEXT], period[WM_PERIOD_TEXT], before[WM_PERIOD_TEXT];
    const double value = area->figure.value;
    const bool has_before = isfinite(area->before), is_ranked = area->rank > 0;
    Row row = {.n = 0};
    put_text(&row, area->series->indicator);
    put_text(&row, area->series->unit);
    put_text(&row, area->series->cohort);
    put_text(&row, wm_day_format_iso(self->month->as_at, as_at));
    put_text(&row, measure->type);
    put_text(&row, wm_period_format_iso(measure->period, period));
    put_number(&row, value);
    put_number(&row, area->figure.numerator);
    put_number(&row, area->figure.denominator);
    put_number(&row, area->interval.low);
    put_number(&row, area->interval.high);
    put_count(&row, area->rank, is_ranked);
    put_count(&row, measure->n_ranked, true);
    put_count(&row, (size_t)area->quartile, area->quartile > 0);
    put_text(&row, isfinite(area->interval.low) ? wm_funnel_side_name(area->funnel) : "");
    put_level(&row, measure, value, measure->nation.value);
    put_text(&row, area->region);
    put_level(&row, measure, value, area->regional);
    put_level(&row, measure, value, area->neighbours);
    put_count(&row, area->n_neighbours, area->n_named > 0);
    put_count(&row, area->n_named, area->n_named > 0);
    put_number(&row, measure->quartiles.median);
    put_number(&row, measure->best_quartile);
    put_text(&row, has_before ? wm_period_format_iso(measure->period_before, before) : "");
    put_number(&row, area->before);
    put_number(&row, value - area->before);
    put_text(&row, area->is_small ? "few_cases" : "");
    csv_append_row(csv, row.fields, row.n);
}

char *wm_comparison_to_csv(const WmComparison *self)
{
    GString *csv = g_string_new(NULL);
    csv_append_row(csv, HEADER, G_N_ELEMENTS(HEADER));
    for (size_t i = 0; i < self->n_measures; i++)
        for (size_t k = 0; k < self->measures[i].n_areas; k++)
            append_area(csv, self, &self->measures[i], &self->measures[i].areas[k]);
    return g_string_free(csv, FALSE);
}
