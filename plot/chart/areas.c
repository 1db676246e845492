/* What the charts of areas share. */
#include "plot/chart/areas.h"

#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"

WmEventLaw wm_areas_law(const WmAreas *areas)
{
    return areas->measure.kind == WM_KIND_PERCENT ? WM_EVENTS_BINOMIAL : WM_EVENTS_POISSON;
}

bool wm_area_has_counts(const WmArea *area)
{
    return isfinite(area->value) && isfinite(area->numerator) && area->numerator >= 0 && isfinite(area->denominator) &&
           area->denominator > 0;
}

static int by_size(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double wm_areas_per(const WmAreas *areas)
{
    if (areas->measure.kind == WM_KIND_PERCENT)
        return 100;
    g_autoptr(GArray) pers = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t i = 0; i < areas->n_areas; i++) {
        const WmArea *area = &areas->areas[i];
        const double per = area->value * area->denominator / area->numerator;
        if (wm_area_has_counts(area) && area->numerator > 0 && isfinite(per) && per > 0)
            g_array_append_val(pers, per);
    }
    g_array_sort(pers, by_size);
    return pers->len ? g_array_index(pers, double, pers->len / 2) : 1;
}

bool wm_area_is_focus(const WmAreas *areas, const WmArea *area)
{
    return areas->focus && strcmp(areas->focus, area->name) == 0;
}

WmEffect wm_areas_effect(const WmAreas *areas, int side)
{
    const int sign = wm_polarity_sign(areas->measure.polarity);
    if (side == 0)
        return WM_EFFECT_COMMON;
    if (sign == 0)
        return side > 0 ? WM_EFFECT_NEUTRAL_HIGH : WM_EFFECT_NEUTRAL_LOW;
    return side * sign > 0 ? WM_EFFECT_IMPROVEMENT : WM_EFFECT_CONCERN;
}

const char *wm_areas_value(const WmAreas *areas, double value, char text[WM_VALUE_TEXT])
{
    return wm_value_format(value, &areas->measure, areas->measure_unit, text);
}

char *wm_areas_subject(const WmAreas *areas)
{
    char period[WM_PERIOD_TEXT];
    wm_period_format(areas->period, period);
    const char *within = areas->within ? areas->within : "";
    return g_strconcat(areas->subject, *within ? ", " : "", within, *period ? ", " : "", period, NULL);
}

WmRect wm_areas_header(WmCanvas *canvas, const WmChartStyle *style, const WmAreas *areas, GStrv findings)
{
    g_autofree char *subject = wm_areas_subject(areas);
    g_autofree char *as_at = wm_frame_as_at(areas->as_at);
    const WmHeader header = {.findings = findings,
                             .subject = subject,
                             .as_at = as_at,
                             .source = areas->source,
                             .is_illustrative = areas->is_illustrative};
    return wm_frame_header(canvas, style, &header);
}

char *wm_areas_without_note(size_t n, const char *what)
{
    return n ? g_strdup_printf("%zu area%s without %s", n, n == 1 ? "" : "s", what) : g_strdup("");
}

/* ---- from series ---- */

/* What a WmAreas made here owns. */
typedef struct {
    WmAreas areas;
    GArray *list; /* WmArea */
    char *subject, *benchmark_name;
} Gathered;

static const WmReading *reading_in(const WmSeries *series, WmPeriod period)
{
    for (size_t i = series->n_readings; i-- > 0;)
        if (wm_period_compare(series->readings[i].period, period) == 0)
            return &series->readings[i];
    return NULL;
}

static WmPeriod latest_period(const WmChartSelection *selection)
{
    WmPeriod latest = {WM_PERIOD_NONE, 0};
    for (size_t i = 0; i < selection->n_series; i++) {
        const WmReading *reading = wm_series_latest(selection->series[i]);
        if (reading && (latest.kind == WM_PERIOD_NONE || wm_period_end(reading->period) > wm_period_end(latest)))
            latest = reading->period;
    }
    return latest;
}

/* Whether a national figure suits the areas' period better than another: its own, else the later one; undated ones come last. */
static bool suits_better(const WmComparator *one, const WmComparator *other, WmPeriod period)
{
    if (!other)
        return true;
    const bool is_own = wm_period_compare(one->period, period) == 0, is_others = wm_period_compare(other->period, period) == 0;
    if (is_own != is_others || is_own)
        return is_own && !is_others;
    if (one->period.kind == WM_PERIOD_NONE || other->period.kind == WM_PERIOD_NONE)
        return other->period.kind == WM_PERIOD_NONE && one->period.kind != WM_PERIOD_NONE;
    return wm_period_compare(one->period, other->period) > 0;
}

static const WmComparator *national_of(const WmChartSelection *selection, WmPeriod period)
{
    const WmComparator *found = NULL;
    for (size_t i = 0; i < selection->n_series; i++)
        for (size_t j = 0; j < selection->series[i]->n_comparators; j++) {
            const WmComparator *one = &selection->series[i]->comparators[j];
            if (g_ascii_strcasecmp(one->name, "national") == 0 && isfinite(one->value) && suits_better(one, found, period))
                found = one;
        }
    return found;
}

/* The national figure where the series know one, with its period where that is another; else the milestone in force. */
static void find_benchmark(const WmChartSelection *selection, Gathered *self)
{
    WmAreas *areas = &self->areas;
    const WmComparator *national = national_of(selection, areas->period);
    if (national) {
        char period[WM_PERIOD_TEXT];
        const bool is_other = national->period.kind != WM_PERIOD_NONE && wm_period_compare(national->period, areas->period) != 0;
        self->benchmark_name =
            is_other ? g_strconcat("National ", wm_period_format(national->period, period), NULL) : g_strdup("National");
        areas->benchmark = national->value;
        areas->benchmark_name = self->benchmark_name;
        return;
    }
    const double target = wm_series_target_at(selection->series[0], areas->period);
    for (size_t i = 1; i < selection->n_series; i++)
        if (wm_series_target_at(selection->series[i], areas->period) != target)
            return;
    areas->benchmark = target;
    areas->benchmark_name = "Target";
}

static const char *name_of(const WmSeries *series)
{
    return *series->unit_name ? series->unit_name : *series->unit ? series->unit : series->title;
}

static void add_area(Gathered *self, const WmSeries *series, const char *focus)
{
    const double none = nan("");
    const WmReading *reading = reading_in(series, self->areas.period);
    const WmArea area = {name_of(series), reading ? reading->value : none, reading ? reading->numerator : none,
                         reading ? reading->denominator : none};
    g_array_append_val(self->list, area);
    self->areas.is_illustrative |= series->is_illustrative;
    if (focus && (strcmp(focus, series->unit) == 0 || strcmp(focus, area.name) == 0))
        self->areas.focus = area.name;
}

void *wm_areas_gather(const WmChartSelection *selection)
{
    if (selection->n_series == 0)
        return NULL;
    const WmSeries *first = selection->series[0];
    Gathered *self = g_new0(Gathered, 1);
    self->list = g_array_new(FALSE, TRUE, sizeof(WmArea));
    const bool are_units = *first->unit_name || *first->unit || selection->n_series == 1;
    const char *title = are_units ? first->title : selection->title; /* a file without ids has names for its areas alone */
    self->subject = *first->measure_unit ? g_strdup_printf("%s (%s)", title, first->measure_unit) : g_strdup(title);
    self->areas = (WmAreas){.subject = self->subject,
                            .measure_unit = first->measure_unit,
                            .source = first->source,
                            .measure = first->measure,
                            .period = latest_period(selection),
                            .as_at = selection->as_at,
                            .benchmark = nan(""),
                            .benchmark_name = "",
                            .within = selection->within ? selection->within->name : NULL,
                            .overdispersion = selection->overdispersion};
    for (size_t i = 0; i < selection->n_series; i++)
        add_area(self, selection->series[i], selection->focus);
    self->areas.areas = (const WmArea *)(const void *)self->list->data;
    self->areas.n_areas = self->list->len;
    find_benchmark(selection, self);
    return &self->areas;
}

void wm_areas_release(void *areas)
{
    Gathered *self = areas; /* its first member */
    g_array_unref(self->list);
    g_free(self->subject);
    g_free(self->benchmark_name);
    g_free(self);
}
