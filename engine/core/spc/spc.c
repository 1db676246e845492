/* Control charts: from periods to readings, from readings to phases, from phases to what is drawn and said. */
#include "engine/core/spc/spc_parts.h"

#include <math.h>
#include <stdlib.h>
#include <waymark/formula.h>

#define SHORT_PHASE   13 /* limits from fewer readings are provisional (Making Data Count asks for 12 and more) */
#define MAX_POINTS    (SIZE_MAX / 4096)
#define SSA_TOLERANCE 1.4901161193847656e-8 /* sqrt of the machine epsilon: what autospc's comparisons allow */

struct WmSpcScratch {
    size_t capacity; /* in periods */
    void *block;     /* what all the arrays are cut from */
    WmSpcWork work;
    WmSpcPoint *given;       /* for callers that have readings, not points */
    WmSpcStretch *stretches; /* of one segment: capacity + 1 */
    WmSpcVerdict *points;
    WmSpcPhase *phases; /* a segment has a phase, and SSA adds at most one for each reading: 2 * capacity + 1 */
    WmSsaEntry *log;    /* first and last step of each segment, and one for each shift tried: 3 * capacity + 1 */
};

WmSpcScratch *wm_spc_scratch_new(void)
{
    return calloc(1, sizeof(WmSpcScratch));
}

void wm_spc_scratch_free(WmSpcScratch *self)
{
    if (!self)
        return;
    free(self->block);
    free(self);
}

/* Cut n things of one size from a block; with a NULL block only counts the bytes. */
static void *carve(char *block, size_t *n_bytes, size_t n, size_t size)
{
    void *part = block ? block + *n_bytes : NULL;
    *n_bytes += (n * size + 15) / 16 * 16;
    return part;
}

static size_t lay_out(WmSpcScratch *self, size_t capacity, char *block)
{
    size_t n_bytes = 0;
    WmSpcWork *work = &self->work;
    work->y = carve(block, &n_bytes, capacity, sizeof *work->y);
    work->count = carve(block, &n_bytes, capacity, sizeof *work->count);
    work->area = carve(block, &n_bytes, capacity, sizeof *work->area);
    work->kept = carve(block, &n_bytes, capacity, sizeof *work->kept);
    work->half = carve(block, &n_bytes, capacity, sizeof *work->half);
    work->i_point = carve(block, &n_bytes, capacity, sizeof *work->i_point);
    work->left_out = carve(block, &n_bytes, capacity, sizeof *work->left_out);
    work->side = carve(block, &n_bytes, capacity, sizeof *work->side);
    work->signals = carve(block, &n_bytes, capacity, sizeof *work->signals);
    work->highs = carve(block, &n_bytes, capacity, sizeof *work->highs);
    self->given = carve(block, &n_bytes, capacity, sizeof *self->given);
    self->stretches = carve(block, &n_bytes, capacity + 1, sizeof *self->stretches);
    self->points = carve(block, &n_bytes, capacity, sizeof *self->points);
    self->phases = carve(block, &n_bytes, 2 * capacity + 1, sizeof *self->phases);
    self->log = carve(block, &n_bytes, 3 * capacity + 1, sizeof *self->log);
    return n_bytes;
}

static WmStatus make_room(WmSpcScratch *self, size_t n_points)
{
    if (n_points <= self->capacity && self->block)
        return WM_OK;
    if (n_points > MAX_POINTS)
        return WM_NO_MEMORY;

    const size_t capacity = n_points < 64 ? 64 : n_points + n_points / 2;
    free(self->block);
    self->capacity = 0;
    self->block = malloc(lay_out(self, capacity, NULL));
    if (!self->block)
        return WM_NO_MEMORY;
    lay_out(self, capacity, self->block);
    self->capacity = capacity;
    return WM_OK;
}

WmSpcPoint *wm_spc_scratch_points(WmSpcScratch *self, size_t n)
{
    return make_room(self, n) == WM_OK ? self->given : NULL;
}

WmSpcOptions wm_spc_options_default(void)
{
    return (WmSpcOptions){.chart = WM_SPC_AUTO,
                          .rules = WM_SPC_MDC,
                          .screen = WM_SPC_SCREEN_YES,
                          .establish = WM_SPC_ESTABLISH_NO,
                          .kind = WM_N_KINDS,
                          .polarity = WM_POLARITY_NONE,
                          .low = NAN,
                          .high = NAN,
                          .ssa = {.period_min = 21,
                                  .shift_length = 8,
                                  .max_exclusions = 3,
                                  .max_screens = 1,
                                  .centre_tolerance = SSA_TOLERANCE,
                                  .no_regrets = true,
                                  .overhanging_reversions = true}};
}

/* The tighter of what the chart and what the indicator allow, on the working scale. */
static void set_bounds(WmSpcWork *work)
{
    const WmSpcOptions *options = work->options;
    const double low = work->chart->low * work->scale, high = work->chart->high * work->scale;
    work->low = options->low > low ? options->low : low;
    work->high = options->high < high ? options->high : high;
    if (work->chart->power < 1) {
        work->low = pow(work->low, work->chart->power);
        work->high = pow(work->high, work->chart->power);
    }
}

/* Of a rate what it is per, by its figures and counts; y serves as scratch. */
static double rate_scale(WmSpcWork *work, const WmSpcPoint *points, size_t n_points)
{
    size_t n = 0;
    for (size_t i = 0; i < n_points; i++) {
        const double ratio = points[i].value * points[i].denominator / points[i].numerator;
        if (isfinite(ratio) && ratio > 0)
            work->y[n++] = ratio;
    }
    return n ? wm_share_scale_seen(work->y, n) : 1;
}

static double share_scale(WmSpcWork *work, WmKind kind, const WmSpcPoint *points, size_t n_points)
{
    if (work->chart->needs_denominator && kind == WM_KIND_RATE)
        return rate_scale(work, points, n_points);
    return work->chart->needs_denominator && kind == WM_KIND_PERCENT ? 100 : 1;
}

static void prepare(WmSpcWork *work, const WmSpcOptions *options, WmSpcChart chart, const WmSpcPoint *points, size_t n_points)
{
    const bool is_ssa = options->establish == WM_SPC_ESTABLISH_SSA;
    work->chart = wm_spc_chart_row(chart);
    work->options = options;
    work->screening.keeps_equal = is_ssa;
    work->screening.n_loops = options->screen == WM_SPC_SCREEN_NO ? 0 : is_ssa ? options->ssa.max_screens : 1;
    work->tolerance = is_ssa ? options->ssa.centre_tolerance : 0;
    work->scale = share_scale(work, options->kind, points, n_points);
    set_bounds(work);
}

/* Take the readings with a value out of the periods. */
static void gather(WmSpcWork *work, const WmSpcPoint *points, size_t n_points)
{
    work->n = 0;
    for (size_t i = 0; i < n_points; i++) {
        const double y = wm_spc_point_value(work->chart, &points[i], work->scale);
        if (isnan(y))
            continue;
        const size_t i_reading = work->n++;
        work->y[i_reading] = y;
        work->count[i_reading] = points[i].numerator;
        work->area[i_reading] = points[i].denominator;
        work->i_point[i_reading] = i;
        work->left_out[i_reading] = points[i].is_excluded ? WM_SPC_LEFT_OUT_BY_CALLER : WM_SPC_KEPT;
    }
}

static bool is_constant(const double *y, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (y[i] != y[0])
            return false;
    return n > 0;
}

static WmSignal first_signal(uint32_t signals)
{
    unsigned signal = WM_SIGNAL_NONE;
    while (signals && !(signals >> signal & 1))
        signal++;
    return (WmSignal)signal;
}

/* The lines where there is no reading: a chart whose limits follow the denominator has only its centre there. */
static WmSpcVerdict silent_verdict(const WmSpcWork *work, const WmSpcLine *line, const WmSpcPoint *point, size_t i_phase)
{
    const bool has_limits = !work->chart->has_varying_limits;
    const double lower = line->centre - line->width, upper = line->centre + line->width;
    return (WmSpcVerdict){.value = NAN,
                          .centre = wm_spc_shown(work->chart, line->centre),
                          .lower = has_limits ? wm_spc_shown(work->chart, lower < work->low ? work->low : lower) : NAN,
                          .upper = has_limits ? wm_spc_shown(work->chart, upper > work->high ? work->high : upper) : NAN,
                          .sigma = has_limits && work->chart->power == 1 ? wm_spc_shown(work->chart, line->width / 3) : NAN,
                          .i_phase = i_phase,
                          .is_excluded = point->is_excluded};
}

static WmSpcVerdict verdict_of(const WmSpcWork *work, const WmSpcStretch *stretch, size_t i, size_t i_phase)
{
    const WmSignal signal = first_signal(work->signals[i]);
    const int direction = signal == WM_SIGNAL_NONE ? 0 : work->highs[i] >> signal & 1 ? 1 : -1;
    const WmSpcChartRow *chart = work->chart;
    return (WmSpcVerdict){.value = wm_spc_shown(chart, work->y[i]),
                          .centre = wm_spc_shown(chart, stretch->line.centre),
                          .lower = wm_spc_shown(chart, wm_spc_lower(work, &stretch->line, i)),
                          .upper = wm_spc_shown(chart, wm_spc_upper(work, &stretch->line, i)),
                          .sigma = chart->power == 1 ? wm_spc_shown(chart, work->half[i] / 3) : NAN,
                          .i_phase = i_phase,
                          .signals = work->signals[i],
                          .signal = signal,
                          .direction = direction,
                          .effect = wm_spc_effect(work->options->polarity, signal, direction, work->side[i]),
                          .sets_limits = i < stretch->calc_end && work->left_out[i] == WM_SPC_KEPT,
                          .is_excluded = work->left_out[i] != WM_SPC_KEPT};
}

static void write_verdicts(WmSpcScratch *self, const WmSpcPoint *points, const WmSpcStretch *stretch, size_t i_phase)
{
    WmSpcPhase *phase = &self->phases[i_phase];
    const WmSpcWork *work = &self->work;
    size_t i = stretch->first;
    for (size_t i_point = phase->i_first; i_point < phase->i_end; i_point++) {
        const bool has_value = i < stretch->end && work->i_point[i] == i_point;
        self->points[i_point] =
            has_value ? verdict_of(work, stretch, i, i_phase) : silent_verdict(work, &stretch->line, &points[i_point], i_phase);
        self->points[i_point].target = points[i_point].target;
        phase->n_used += self->points[i_point].sets_limits;
        i += has_value;
    }
    if (stretch->end == stretch->first)
        return;
    const WmSpcVerdict *last = &self->points[work->i_point[stretch->end - 1]];
    phase->centre = last->centre;
    phase->lower = last->lower;
    phase->upper = last->upper;
    phase->sigma = last->sigma;
}

/* Whether a phase says too little to be heard: limits from few readings, or of no width or none at all although it varied. A median
 * has no limits to lack. */
static bool is_mute(const WmSpcWork *work, const WmSpcStretch *stretch, bool is_constant)
{
    size_t n_used = 0;
    for (size_t i = stretch->first; i < stretch->end && i < stretch->calc_end; i++)
        n_used += work->left_out[i] == WM_SPC_KEPT;
    const double width = stretch->line.width;
    const bool lacks_limits = width == 0 || (work->chart->range_scale > 0 && isnan(width));
    return work->options->fewest && (n_used < work->options->fewest || (lacks_limits && !is_constant));
}

/* No signal, and no limits that none could lie within. */
static void mute(WmSpcWork *work, WmSpcStretch *stretch)
{
    if (stretch->line.width == 0)
        stretch->line.width = NAN;
    for (size_t i = stretch->first; i < stretch->end; i++) {
        work->signals[i] = work->highs[i] = 0;
        work->half[i] = wm_spc_half(work, &stretch->line, i);
    }
}

/* One phase: periods i_first .. i_end - 1, readings of the stretch. */
static void finish_phase(WmSpcScratch *self, const WmSpcPoint *points, WmSpcStretch *stretch, size_t i_first, size_t i_end,
                         size_t i_phase)
{
    WmSpcWork *work = &self->work;
    const size_t n = stretch->end - stretch->first;
    WmSpcPhase *phase = &self->phases[i_phase];
    *phase = (WmSpcPhase){.i_first = i_first,
                          .i_end = i_end,
                          .i_calc_end = stretch->calc_end < stretch->end ? work->i_point[stretch->calc_end] : i_end,
                          .n_readings = n,
                          .centre = NAN,
                          .lower = NAN,
                          .upper = NAN,
                          .sigma = NAN,
                          .is_constant = is_constant(work->y + stretch->first, n)};
    wm_spc_rules_apply(work, stretch, phase);
    phase->is_mute = is_mute(work, stretch, phase->is_constant);
    if (phase->is_mute)
        mute(work, stretch);
    write_verdicts(self, points, stretch, i_phase);
    phase->is_short = phase->n_used < SHORT_PHASE;
}

static size_t plain_stretch(WmSpcWork *work, size_t first, size_t end, WmSpcStretch *stretch)
{
    const size_t n_fixed = work->options->fix_after;
    const size_t calc_end = n_fixed && n_fixed < end - first ? first + n_fixed : end;
    *stretch = (WmSpcStretch){first, end, calc_end, work->chart->line(work, first, calc_end)};
    return 1;
}

/* Periods i_first .. i_end - 1, between two rebases; readings first .. end - 1. Returns how many phases there are now. */
static size_t chart_segment(WmSpcScratch *self, const WmSpcPoint *points, size_t i_first, size_t i_end, size_t first, size_t end,
                            size_t n_phases, WmSpcLog *log)
{
    WmSpcWork *work = &self->work;
    const bool is_ssa = work->options->establish == WM_SPC_ESTABLISH_SSA && end > first;
    const size_t n =
        is_ssa ? wm_ssa_establish(work, first, end, self->stretches, log) : plain_stretch(work, first, end, self->stretches);
    for (size_t i = 0; i < n; i++) {
        const size_t begin = i == 0 ? i_first : work->i_point[self->stretches[i].first];
        const size_t next = i + 1 < n ? work->i_point[self->stretches[i + 1].first] : i_end;
        finish_phase(self, points, &self->stretches[i], begin, next, n_phases++);
    }
    return n_phases;
}

static void chart_segments(WmSpcScratch *self, const WmSpcPoint *points, WmSpc *out)
{
    const WmSpcWork *work = &self->work;
    WmSpcLog log = {self->log, 0};
    size_t reading = 0;
    for (size_t i_first = 0, i_end; i_first < out->n_points; i_first = i_end) {
        for (i_end = i_first + 1; i_end < out->n_points && !points[i_end].starts_phase; i_end++)
            continue;
        const size_t first = reading;
        while (reading < work->n && work->i_point[reading] < i_end)
            reading++;
        out->n_phases = chart_segment(self, points, i_first, i_end, first, reading, out->n_phases, &log);
    }
    out->n_log = log.n;
}

static WmSpcOptions with_defaults(const WmSpcOptions *given)
{
    const WmSpcOptions defaults = wm_spc_options_default();
    WmSpcOptions options = given ? *given : defaults;
    if (options.ssa.period_min == 0)
        options.ssa.period_min = defaults.ssa.period_min;
    if (options.ssa.shift_length == 0)
        options.ssa.shift_length = defaults.ssa.shift_length;
    return options;
}

WmStatus wm_spc_analyse(const WmSpcPoint *points, size_t n_points, const WmSpcOptions *options, WmSpcScratch *scratch, WmSpc *out)
{
    *out = (WmSpc){.chart = WM_SPC_XMR, .i_last = SIZE_MAX, .target = NAN, .assurance = WM_ASSURANCE_NONE};
    if (make_room(scratch, n_points) != WM_OK)
        return WM_NO_MEMORY;

    const WmSpcOptions all = with_defaults(options);
    WmSpcWork *work = &scratch->work;
    out->target_shape = all.target_shape;
    out->chart = wm_spc_chart_choose(points, n_points, &all, &out->reason);
    out->n_points = n_points;
    out->points = scratch->points;
    out->phases = scratch->phases;
    out->log = scratch->log;
    prepare(work, &all, out->chart, points, n_points);
    gather(work, points, n_points);
    chart_segments(scratch, points, out);
    if (work->n)
        out->i_last = work->i_point[work->n - 1];
    wm_spc_judge(work, points, out);
    work->options = NULL; /* it pointed at this call's copy */
    return WM_OK;
}
