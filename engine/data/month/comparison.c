/* The units of a plan beside each other. */
#include <waymark/comparison.h>

#include <math.h>
#include <string.h>

#include "engine/data/series/peer_figures.h"

#define LEVEL 0.95

struct WmComparisonStorage {
    GArray *measures; /* of WmComparedMeasure */
    GPtrArray *areas; /* of GArray of WmComparedArea: each measure's */
};

bool wm_month_compares(const WmMonth *month)
{
    for (size_t i = 1; i < month->n_series && month->plan->n_units >= 2; i++) {
        const WmSeries *one = &month->series[i]; /* they come by indicator, then unit */
        if (strcmp(one[0].indicator, one[-1].indicator) == 0 && strcmp(one[0].unit, one[-1].unit) != 0)
            return true;
    }
    return false;
}

double wm_compared_gap(const WmComparedMeasure *measure, double value, double level)
{
    const int sign = wm_polarity_sign(measure->series->measure.polarity);
    return (sign ? sign : 1) * (value - level);
}

/* The same period of the year before. */
static WmPeriod year_before(WmPeriod period)
{
    const int months = wm_period_kind_months(period.kind);
    return months > 0 && 12 % months == 0 ? wm_period_step(period, -12 / months) : (WmPeriod){WM_PERIOD_NONE, 0};
}

/* ---- one measure ---- */

typedef struct {
    const WmMonth *month;
    const PeerGroup *group;
    const PeerReadings *readings;  /* one for each peer */
    const WmSeries *const *series; /* the same */
    const PeerFigures *figures;
    WmAreaSpread spread;
    WmComparedMeasure *out;
} Work;

static WmInterval interval_of(const Work *self, const WmAreaFigure *figure)
{
    const WmInterval share = self->out->law == WM_EVENTS_BINOMIAL
                                 ? wm_interval_wilson(figure->numerator, figure->denominator, LEVEL)
                                 : wm_interval_poisson(figure->numerator, figure->denominator, LEVEL);
    const double scale = self->figures->scale;
    return (WmInterval){share.low * scale, share.high * scale};
}

static bool is_counted(const WmAreaFigure *figure)
{
    return isfinite(figure->value) && isfinite(figure->numerator) && figure->numerator >= 0 && isfinite(figure->denominator) &&
           figure->denominator > 0;
}

static bool is_small(const Work *self, const WmAreaFigure *figure)
{
    return is_counted(figure) &&
           (self->out->law == WM_EVENTS_BINOMIAL ? figure->denominator < WM_FEW_CASES : figure->numerator < WM_FEW_EVENTS);
}

static WmComparedArea compare_area(const Work *self, guint i)
{
    const Peer *peer = &g_array_index(self->group->peers, Peer, i);
    const PeerFigures *figures = self->figures;
    const WmAreaFigure figure = figures->figures[i];
    const WmPolarity polarity = self->out->series->measure.polarity;
    const bool has_counts = is_counted(&figure) && isfinite(figures->scale);
    const WmAreaTotal neighbours = peer_figures_neighbours(figures, i);
    const WmUnit *region = peer->region == NO_REGION ? NULL : g_ptr_array_index(self->group->regions, peer->region);
    const WmReading *before = peer_reading(&self->readings[i], self->out->period_before);
    const WmAreaSpread *spread = &self->spread;
    return (WmComparedArea){
        .series = self->series[i],
        .name = *peer->row->name ? peer->row->name : peer->row->unit,
        .figure = figure,
        .interval = has_counts ? interval_of(self, &figure) : (WmInterval){NAN, NAN},
        .rank = wm_area_rank(figures->sorted, figures->quartiles.n, polarity, figure.value),
        .quartile = wm_area_quartile(&figures->quartiles, polarity, figure.value),
        .funnel = has_counts ? wm_funnel_side(self->out->law, WM_OVERDISPERSION_NONE, spread, spread->theta, figure.numerator,
                                              figure.denominator)
                             : 0,
        .region = !region         ? ""
                  : *region->name ? region->name
                                  : region->unit,
        .regional = region ? figures->regions[peer->region].value : NAN,
        .neighbours = neighbours.value,
        .n_neighbours = neighbours.n_areas,
        .n_named = peer->n_named,
        .before = before ? before->value : NAN,
        .is_small = is_small(self, &figure),
    };
}

/* By rank, those without a figure last; equal ones by name. */
static gint by_rank(gconstpointer a, gconstpointer b)
{
    const WmComparedArea *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank == 0 ? 1 : y->rank == 0 ? -1 : x->rank < y->rank ? -1 : 1;
    const int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->series->unit, y->series->unit);
}

/* θ of the funnel: the nation's own. */
static WmAreaSpread spread_of(const Work *self)
{
    const guint n = self->group->peers->len;
    g_autofree WmAreaEvents *events = g_new(WmAreaEvents, n);
    g_autofree double *z = g_new(double, n);
    for (guint i = 0; i < n; i++) {
        const WmAreaFigure *figure = &self->figures->figures[i];
        events[i] = isfinite(figure->value) ? (WmAreaEvents){figure->numerator, figure->denominator} : (WmAreaEvents){NAN, NAN};
    }
    return wm_area_spread(self->out->law, events, n, NAN, z);
}

static void compare_areas(WmComparison *self, Work *work)
{
    WmComparedMeasure *out = work->out;
    GArray *areas = g_array_new(FALSE, FALSE, sizeof(WmComparedArea));
    for (guint i = 0; i < work->group->peers->len; i++) {
        const WmComparedArea one = compare_area(work, i);
        g_array_append_val(areas, one);
        out->has_regions |= isfinite(one.regional);
        out->has_neighbours |= one.n_named > 0;
        out->has_counts |= isfinite(one.interval.low);
    }
    g_array_sort(areas, by_rank);
    g_ptr_array_add(self->storage->areas, areas);
    out->areas = &g_array_index(areas, WmComparedArea, 0);
    out->n_areas = areas->len;
    g_array_append_val(self->storage->measures, *out);
}

/* The series of one measure and cohort, among those of one type of unit. */
static void compare_group(WmComparison *self, const PeerGroup *group, GHashTable *by_unit)
{
    const guint n = group->peers->len;
    g_autofree PeerReadings *readings = g_new(PeerReadings, n);
    g_autofree const WmSeries **series = g_new(const WmSeries *, n);
    for (guint i = 0; i < n; i++) {
        series[i] = g_hash_table_lookup(by_unit, g_array_index(group->peers, Peer, i).unit);
        readings[i] = (PeerReadings){series[i]->readings, series[i]->n_readings};
    }
    g_autoptr(PeerFigures) figures = peer_figures_new(group, &series[0]->measure, readings);
    if (figures->quartiles.n < 2)
        return;
    WmComparedMeasure measure = {
        .series = series[0],
        .type = group->type,
        .period = figures->period,
        .period_before = year_before(figures->period),
        .nation = figures->nation,
        .quartiles = figures->quartiles,
        .best_quartile = wm_best_quartile(&figures->quartiles, series[0]->measure.polarity),
        .law = series[0]->measure.kind == WM_KIND_PERCENT ? WM_EVENTS_BINOMIAL : WM_EVENTS_POISSON,
        .n_ranked = figures->quartiles.n,
    };
    Work work = {.month = self->month, .group = group, .readings = readings, .series = series, .figures = figures, .out = &measure};
    work.spread = spread_of(&work);
    measure.phi = work.spread.phi;
    compare_areas(self, &work);
}

/* All series of the measure and cohort of the first, which is the first of them in the month. */
static void compare_measure(WmComparison *self, const WmSeries *first)
{
    const WmMonth *month = self->month;
    g_autoptr(GHashTable) by_unit = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) units = g_ptr_array_new();
    for (const WmSeries *one = first; one < month->series + month->n_series; one++) {
        if (strcmp(one->indicator, first->indicator) != 0)
            break; /* a month's series come by indicator */
        if (strcmp(one->cohort, first->cohort) != 0 || g_hash_table_contains(by_unit, one->unit))
            continue;
        g_hash_table_insert(by_unit, (gpointer)one->unit, (gpointer)one);
        g_ptr_array_add(units, (gpointer)one->unit);
    }
    g_autoptr(PeerGroups) groups = peer_groups_new(month->plan, (const char *const *)(void *)units->pdata, units->len);
    for (guint i = 0; i < groups->all->len; i++)
        compare_group(self, g_ptr_array_index(groups->all, i), by_unit);
}

static bool is_first_of_its_kind(const WmMonth *month, const WmSeries *series)
{
    for (const WmSeries *one = series; one-- > month->series && strcmp(one->indicator, series->indicator) == 0;)
        if (strcmp(one->cohort, series->cohort) == 0)
            return false;
    return true;
}

WmComparison *wm_comparison_new(const WmMonth *month)
{
    WmComparison *self = g_new0(WmComparison, 1);
    self->storage = g_new0(WmComparisonStorage, 1);
    self->storage->measures = g_array_new(FALSE, FALSE, sizeof(WmComparedMeasure));
    self->storage->areas = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    self->month = month;
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        const WmKind kind = series->measure.kind;
        if (kind != WM_KIND_YES_NO && kind != WM_KIND_TEXT && is_first_of_its_kind(month, series))
            compare_measure(self, series);
    }
    self->measures = &g_array_index(self->storage->measures, WmComparedMeasure, 0);
    self->n_measures = self->storage->measures->len;
    return self;
}

void wm_comparison_free(WmComparison *self)
{
    if (!self)
        return;
    g_array_unref(self->storage->measures);
    g_ptr_array_unref(self->storage->areas);
    g_free(self->storage);
    g_free(self);
}
