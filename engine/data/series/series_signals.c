/* Control charts of series. */
#include "engine/data/series/series_signals.h"

#include <math.h>

#define FEWEST_TREATED 12 /* changes below which the readings themselves are judged, with a caution */
#define MOST_GAPS      4  /* periods a reading, above which distances in time mean nothing */

struct SignalWork {
    WmSpcScratch *scratch, *of_changes;
    GArray *points; /* of WmSpcPoint */
    GArray *grid;   /* of double: readings at equal distances */
    GArray *space;  /* of double */
};

SignalWork *signal_work_new(void)
{
    SignalWork *self = g_new0(SignalWork, 1);
    self->scratch = wm_spc_scratch_new();
    self->of_changes = wm_spc_scratch_new();
    self->points = g_array_new(FALSE, FALSE, sizeof(WmSpcPoint));
    self->grid = g_array_new(FALSE, FALSE, sizeof(double));
    self->space = g_array_new(FALSE, FALSE, sizeof(double));
    if (!self->scratch || !self->of_changes)
        g_error("no memory for control charts"); /* as every other allocation of GLib's */
    return self;
}

void signal_work_free(SignalWork *self)
{
    if (!self)
        return;
    wm_spc_scratch_free(self->scratch);
    wm_spc_scratch_free(self->of_changes);
    g_array_unref(self->points);
    g_array_unref(self->grid);
    g_array_unref(self->space);
    g_free(self);
}

static double *doubles(GArray *array)
{
    return (double *)(void *)array->data;
}

static WmSpcPoint *points_for(SignalWork *self, size_t n)
{
    g_array_set_size(self->points, (guint)n);
    return (WmSpcPoint *)(void *)self->points->data;
}

static void analyse(WmSpcScratch *scratch, const WmSpcPoint *points, size_t n, const WmSpcOptions *options, WmSpc *out)
{
    if (wm_spc_analyse(points, n, options, scratch, out) != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
}

/* ---- readings that repeat each other ---- */

/* Periods a year, where all readings are of one kind and none is far from the next; else 0. */
static size_t periods_a_year(const WmReading *readings, size_t n)
{
    const int months = wm_period_kind_months(readings[0].period.kind);
    for (size_t i = 0; i < n; i++)
        if (wm_period_kind_months(readings[i].period.kind) != months)
            return 0;
    const int steps = wm_period_steps_between(readings[0].period, readings[n - 1].period);
    return months > 0 && steps >= 0 && (size_t)steps < MOST_GAPS * n ? (size_t)(12 / months) : 0;
}

/* The latest phase, with a place for every period; or reading after reading where periods do not say. */
static size_t take_grid(SignalWork *self, const WmReading *readings, const WmSpc *spc)
{
    const size_t first = spc->phases[spc->points[spc->i_last].i_phase].i_first, n_readings = spc->i_last + 1 - first;
    const WmReading *phase = readings + first;
    const size_t a_year = periods_a_year(phase, n_readings);
    const int steps = a_year ? wm_period_steps_between(phase[0].period, phase[n_readings - 1].period) : 0;
    const size_t n = a_year ? (size_t)steps + 1 : n_readings;
    g_array_set_size(self->grid, (guint)n);
    g_array_set_size(self->space, 2 * (guint)n);
    for (size_t i = 0; i < n; i++)
        doubles(self->grid)[i] = NAN;
    for (size_t i = 0; i < n_readings; i++) {
        const size_t at = a_year ? (size_t)wm_period_steps_between(phase[0].period, phase[i].period) : i;
        if (at < n)
            doubles(self->grid)[at] = spc->points[first + i].value;
    }
    return a_year;
}

/* Chart changes in place of readings; FALSE where too few are left. */
static gboolean chart_changes(SignalWork *self, size_t a_year, const WmSpcOptions *options, Treated *out)
{
    const size_t n = self->grid->len;
    size_t n_changes = 0;
    wm_spc_treat(doubles(self->grid), n, a_year, out->caution, doubles(self->grid));
    WmSpcPoint *points = points_for(self, n);
    for (size_t i = 0; i < n; i++) {
        const double change = doubles(self->grid)[i];
        n_changes += isnan(change) ? 0 : 1;
        points[i] = (WmSpcPoint){change, NAN, NAN, NAN, false, false};
    }
    if (n_changes < FEWEST_TREATED)
        return FALSE;
    out->options = wm_spc_options_default();
    out->options.chart = WM_SPC_XMR;
    out->options.rules = options->rules;
    out->options.screen = options->screen;
    out->options.fewest = options->fewest;
    out->options.polarity = options->polarity;
    analyse(self->of_changes, points, n, &out->options, &out->spc);
    return TRUE;
}

void signal_work_treat(SignalWork *self, const WmReading *readings, const WmSpc *spc, const WmSpcOptions *options, Treated *out)
{
    *out = (Treated){.caution = WM_SPC_CAUTION_NONE};
    if (spc->i_last == SIZE_MAX)
        return;
    WmSpcDependence dependence;
    const size_t a_year = take_grid(self, readings, spc);
    wm_spc_dependence(doubles(self->grid), self->grid->len, a_year, doubles(self->space), &dependence);
    out->caution = dependence.caution;
    if (out->caution == WM_SPC_CAUTION_SEASONAL || out->caution == WM_SPC_CAUTION_ROLLING)
        out->is_treated = chart_changes(self, a_year, options, out);
    else if (out->caution == WM_SPC_CAUTION_NONE && spc->phases[spc->points[spc->i_last].i_phase].is_short)
        out->caution = WM_SPC_CAUTION_SHORT;
}

/* ---- one series of a plan ---- */

static const WmSignals NOTHING = {
    .lower = NAN,
    .upper = NAN,
    .latest = {.i_point = SIZE_MAX, .value = NAN, .centre = NAN, .sigma = NAN, .distance = NAN},
    .assurance = WM_ASSURANCE_NONE,
    .target = NAN,
    .chance = {NAN, NAN},
    .q_value = NAN,
    .suggestion = {.i_point = SIZE_MAX, .centre_before = NAN, .centre = NAN, .lower = NAN, .upper = NAN}};

/* What a chart shows at its latest reading is old news where newer ones are hidden. */
static gboolean is_chartable(const WmSeries *series)
{
    return series->n_readings > 0 && wm_series_is_chartable(series) &&
           !wm_assessment_has_reason(&series->assessment, WM_REASON_NEWEST_HIDDEN);
}

/* Whether the readings' signal survives when their changes are judged in their place. */
static gboolean survives(const Treated *treated, const WmSpcLatest *latest)
{
    if (!treated->is_treated)
        return TRUE;
    const WmSpcLatest of_changes = wm_spc_latest(&treated->spc);
    return of_changes.is_beyond_noise && of_changes.direction == latest->direction;
}

gboolean signal_work_find(SignalWork *self, const WmSeries *series, WmSignals *out, Charted *charted)
{
    *out = NOTHING;
    if (!is_chartable(series))
        return FALSE;
    Charted own;
    Charted *chart = charted ? charted : &own;
    chart->options = wm_series_spc_options(series);
    if (wm_series_chart(series, self->scratch, &chart->spc) != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
    const WmSpc *spc = &chart->spc;
    if (spc->i_last == SIZE_MAX)
        return FALSE;
    out->latest = wm_spc_latest(spc);
    chart->treated = (Treated){.caution = WM_SPC_CAUTION_NONE};
    if (charted || out->latest.is_beyond_noise) /* a replay of what does not signal asks no more */
        signal_work_treat(self, series->readings, spc, &chart->options, &chart->treated);

    const WmSpcVerdict *last = &spc->points[spc->i_last];
    out->is_charted = true;
    out->chart = spc->chart;
    out->chart_reason = spc->reason;
    out->n_phases = spc->n_phases;
    out->phase_from = series->readings[spc->phases[last->i_phase].i_first].period;
    out->lower = last->lower;
    out->upper = last->upper;
    out->variation = spc->variation;
    out->assurance = spc->assurance;
    out->assurance_of = wm_series_assurance_of(series);
    out->target = spc->target;
    out->caution = chart->treated.caution;
    out->stands = out->latest.is_beyond_noise && out->latest.can_tell && survives(&chart->treated, &out->latest);
    return TRUE;
}

void signal_work_suggest(SignalWork *self, const WmSeries *series, WmSpcSuggestion *out)
{
    *out = NOTHING.suggestion;
    if (!is_chartable(series))
        return;
    WmSpcPoint *points = points_for(self, series->n_readings);
    const WmSpcOptions options = wm_series_spc_options(series);
    wm_series_spc_points(series, points);
    if (wm_spc_suggest(points, series->n_readings, &options, self->scratch, out) != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
}

void signals_add_reason(const WmSignals *signals, WmAssessment *assessment)
{
    static const WmReasonCode CODES[WM_N_EFFECTS] = {[WM_EFFECT_IMPROVEMENT] = WM_REASON_SIGNAL_IMPROVEMENT,
                                                     [WM_EFFECT_CONCERN] = WM_REASON_SIGNAL_CONCERN,
                                                     [WM_EFFECT_NEUTRAL_HIGH] = WM_REASON_SIGNAL_CHANGE,
                                                     [WM_EFFECT_NEUTRAL_LOW] = WM_REASON_SIGNAL_CHANGE};
    if (!signals->stands || assessment->n_reasons == WM_MAX_REASONS)
        return;
    const WmSpcLatest *latest = &signals->latest;
    const double n = (double)latest->n_signal;
    assessment->reasons[assessment->n_reasons++] = (WmReason){.code = CODES[signals->variation],
                                                              .a = (double)latest->signal,
                                                              .b = latest->direction < 0 ? -n : n,
                                                              .day = WM_NO_DAY,
                                                              .period = assessment->reading.period};
}
