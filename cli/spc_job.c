/* From the line of `waymark spc` to options and points. */
#include "cli/spc_job.h"

#include <math.h>
#include <string.h>

void spc_line_clear(SpcLine *self)
{
    char **texts[] = {&self->chart,     &self->rules,    &self->screen,  &self->rebase,    &self->exclude,
                      &self->establish, &self->target,   &self->targets, &self->frequency, &self->kind,
                      &self->bounds,    &self->polarity, &self->lengths, &self->path};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}

void spc_job_clear(SpcJob *self)
{
    g_clear_pointer(&self->rebase, g_array_unref);
    g_clear_pointer(&self->exclude, g_array_unref);
    g_clear_pointer(&self->targets, g_array_unref);
}

static gboolean fail_option(GError **error, const char *option, const char *text, const char *advice)
{
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice}, "%s “%s” is not understood", option, text);
    return FALSE;
}

static gboolean take_words(const SpcLine *line, SpcJob *job, GError **error)
{
    WmSpcOptions *options = &job->options;
    WmFrequency frequency;
    if (line->chart && !wm_spc_chart_parse(line->chart, &options->chart))
        return fail_option(error, "--chart", line->chart, "auto, xmr, i, c, u, up, p, pp, g, t or run");
    if (line->rules && !wm_spc_rules_parse(line->rules, &options->rules))
        return fail_option(error, "--rules", line->rules, "mdc, anhoej or nelson");
    if (line->kind && !wm_kind_parse(line->kind, &options->kind))
        return fail_option(error, "--kind", line->kind, "count, percent, rate, duration, score, money or yes_no");
    if (line->polarity && !wm_polarity_parse(line->polarity, &options->polarity))
        return fail_option(error, "--polarity", line->polarity, "higher, lower, plan or none");
    if (line->frequency && !wm_frequency_parse(line->frequency, &frequency))
        return fail_option(error, "--frequency", line->frequency, "month, quarter or year");
    if (line->screen && !wm_spc_screen_parse(line->screen, &options->screen))
        return fail_option(error, "--screen", line->screen, "yes or no");
    if (line->establish && !wm_spc_establish_parse(line->establish, &options->establish))
        return fail_option(error, "--establish", line->establish, "no or ssa");
    if (line->lengths && !wm_spc_lengths_parse(line->lengths, options->lengths))
        return fail_option(error, "--lengths", line->lengths, "signals with the readings that make them, as in run=8,trend=6");
    if (line->frequency)
        job->period_kind = wm_frequency_period_kind(frequency);
    return TRUE;
}

static gboolean parse_number(const char *text, double *out)
{
    char *end = NULL;
    const double value = g_ascii_strtod(text, &end);
    if (end == text || *g_strchug(end) != '\0' || !isfinite(value))
        return FALSE;
    *out = value;
    return TRUE;
}

/* "95" or "95%". */
static gboolean parse_target(const char *text, double *out)
{
    g_autofree char *number = g_strstrip(g_strdup(text));
    if (g_str_has_suffix(number, "%"))
        number[strlen(number) - 1] = '\0';
    return parse_number(number, out);
}

/* LO,HI, either of which may be empty. */
static gboolean take_bounds(const char *text, WmSpcOptions *options, GError **error)
{
    if (!text)
        return TRUE;
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    double *const ends[] = {&options->low, &options->high};
    gboolean is_good = g_strv_length(parts) == 2;
    for (size_t i = 0; is_good && i < 2; i++)
        is_good = *g_strstrip(parts[i]) == '\0' || parse_number(parts[i], ends[i]);
    if (!is_good || options->low > options->high)
        return fail_option(error, "--bounds", text, "two numbers, the smaller first, as in 0,100; either may be left out");
    return TRUE;
}

/* PERIOD,… */
static gboolean take_periods(const char *option, const char *text, GArray *out, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text ? text : "", ",", -1);
    for (char **part = parts; *part; part++) {
        WmPeriod period;
        if (*g_strstrip(*part) == '\0')
            continue;
        if (!wm_period_parse(*part, WM_PERIOD_FINANCIAL_YEAR, &period))
            return fail_option(error, option, *part, "a period such as 2026-04");
        g_array_append_val(out, period);
    }
    return TRUE;
}

/* A count of readings that can set limits; 0 is "not given". */
static gboolean take_count(const char *option, gint given, size_t *out, GError **error)
{
    if (given == 0)
        return TRUE;
    if (given < 2) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "12 and more make sound limits"},
                     "%s %d: limits need 2 readings or more", option, given);
        return FALSE;
    }
    *out = (size_t)given;
    return TRUE;
}

/* How targets are joined through time. */
static gboolean take_path(const SpcLine *line, SpcJob *job, GError **error)
{
    static const char *const PATHS[] = {"step", "linear"};
    const int found = line->path ? wm_names_find(PATHS, G_N_ELEMENTS(PATHS), line->path) : 0;
    if (found < 0)
        return fail_option(error, "--path", line->path, "step or linear");
    job->is_path = found > 0;
    if (job->is_path)
        job->options.target_shape = WM_SPC_TARGET_MOVING;
    return TRUE;
}

gboolean spc_job_understand(const SpcLine *line, SpcJob *job, GError **error)
{
    job->options = wm_spc_options_default();
    job->rebase = g_array_new(FALSE, FALSE, sizeof(WmPeriod));
    job->exclude = g_array_new(FALSE, FALSE, sizeof(WmPeriod));
    job->target = NAN;
    if (!take_words(line, job, error) || !take_bounds(line->bounds, &job->options, error) ||
        !take_count("--fix-after", line->fix_after, &job->options.fix_after, error) ||
        !take_count("--period-min", line->period_min, &job->options.ssa.period_min, error) ||
        !take_count("--shift-length", line->shift_length, &job->options.ssa.shift_length, error) || !take_path(line, job, error) ||
        !take_periods("--rebase", line->rebase, job->rebase, error) ||
        !take_periods("--exclude", line->exclude, job->exclude, error))
        return FALSE;
    if (line->target && line->targets)
        return fail_option(error, "--target", line->target, "give --target or --targets, not both");
    if (line->target && !parse_target(line->target, &job->target))
        return fail_option(error, "--target", line->target, "a number");
    if (line->targets && !(job->targets = long_targets_read_with_gaps(line->targets, error)))
        return FALSE;
    return TRUE;
}

/* Whether `inner` lies within `outer`: a month within the year that is excluded. */
static gboolean is_within(WmPeriod inner, WmPeriod outer)
{
    return wm_period_start(inner) >= wm_period_start(outer) && wm_period_end(inner) <= wm_period_end(outer);
}

static gboolean is_for(const LongTarget *target, const char *series)
{
    return *target->series == '\0' || strcmp(target->series, series) == 0;
}

/* Of two targets, whether `a` stands nearer before `end` than `b`: the later of those due by then, else the earlier. One without a
 * due date always held. */
static gboolean is_nearer(const LongTarget *a, const LongTarget *b, WmDay end)
{
    const gboolean is_due = a->due <= end, was_due = b && b->due <= end;
    return !b || (is_due && (!was_due || a->due >= b->due)) || (!is_due && !was_due && a->due < b->due);
}

/* Steps: from its due date each target holds until the next one's; before the first due date the first holds. */
static const LongTarget *target_in_force(const SpcJob *job, const char *series, WmDay end)
{
    const LongTarget *in_force = NULL;
    for (guint i = 0; job->targets && i < job->targets->len; i++) {
        const LongTarget *one = &g_array_index(job->targets, LongTarget, i);
        if (is_for(one, series) && is_nearer(one, in_force, end))
            in_force = one;
    }
    return in_force;
}

/* The first that is due after `end`; NULL for none. */
static const LongTarget *target_ahead(const SpcJob *job, const char *series, WmDay end)
{
    const LongTarget *ahead = NULL;
    for (guint i = 0; job->targets && i < job->targets->len; i++) {
        const LongTarget *one = &g_array_index(job->targets, LongTarget, i);
        if (is_for(one, series) && one->due > end && (!ahead || one->due < ahead->due))
            ahead = one;
    }
    return ahead;
}

/* By steps, or on the straight line from the target that is due to the next. */
static double target_at(const SpcJob *job, const char *series, WmDay end)
{
    const LongTarget *last = target_in_force(job, series, end);
    if (!last)
        return job->target;
    const LongTarget *next = job->is_path && last->due != WM_NO_DAY && last->due <= end ? target_ahead(job, series, end) : NULL;
    if (!next || isnan(next->target))
        return last->target;
    const double from = wm_day_to_months(last->due), to = wm_day_to_months(next->due);
    return last->target + (next->target - last->target) * (wm_day_to_months(end) - from) / (to - from);
}

static WmPolarity polarity_of(const SpcJob *job, const char *series)
{
    for (guint i = 0; job->targets && i < job->targets->len; i++) {
        const LongTarget *one = &g_array_index(job->targets, LongTarget, i);
        if (is_for(one, series) && one->polarity != WM_N_POLARITIES)
            return one->polarity;
    }
    return job->options.polarity;
}

/* The first period that begins with the rebase or after it starts a phase. */
static void mark_rebase(const LongSeries *series, GArray *points, WmPeriod rebase)
{
    for (guint i = 0; i < points->len; i++) {
        if (wm_period_start(g_array_index(series->readings, WmReading, i).period) < wm_period_start(rebase))
            continue;
        g_array_index(points, WmSpcPoint, i).starts_phase = true;
        return;
    }
}

static bool is_excluded(const SpcJob *job, WmPeriod period)
{
    for (guint i = 0; i < job->exclude->len; i++)
        if (is_within(period, g_array_index(job->exclude, WmPeriod, i)))
            return true;
    return false;
}

void spc_job_points(const SpcJob *job, const LongSeries *series, GArray *points)
{
    g_array_set_size(points, 0);
    for (guint i = 0; i < series->readings->len; i++) {
        const WmReading *reading = &g_array_index(series->readings, WmReading, i);
        const WmDay end = wm_period_end(reading->period);
        const WmSpcPoint point = {.value = reading->value,
                                  .numerator = reading->numerator,
                                  .denominator = reading->denominator,
                                  .target = target_at(job, series->id, end),
                                  .is_excluded = is_excluded(job, reading->period)};
        if (job->as_at == WM_NO_DAY || end <= job->as_at)
            g_array_append_val(points, point);
    }
    for (guint i = 0; i < job->rebase->len; i++)
        mark_rebase(series, points, g_array_index(job->rebase, WmPeriod, i));
}

WmSpcOptions spc_job_options(const SpcJob *job, const LongSeries *series)
{
    WmSpcOptions options = job->options;
    options.polarity = polarity_of(job, series->id);
    return options;
}
