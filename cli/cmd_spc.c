/* waymark spc [options] FILE: a filter from long readings to limits and signals. */
#include <waymark/spc.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/output.h"
#include "engine/data/long_csv.h"
#include "engine/data/number_text.h"

static const OutputColumn POINT_COLUMNS[] = {{"series", FALSE}, {"period", FALSE}, {"value", TRUE},
                                             {"centre", TRUE},  {"lower", TRUE},   {"upper", TRUE},
                                             {"phase", TRUE},   {"signal", FALSE}, {"effect", FALSE}};
static const OutputColumn SUMMARY_COLUMNS[] = {{"series", FALSE},    {"chart", FALSE},    {"n", TRUE},     {"phase", TRUE},
                                               {"centre", TRUE},     {"lower", TRUE},     {"upper", TRUE}, {"sigma", TRUE},
                                               {"variation", FALSE}, {"assurance", FALSE}};
static const OutputColumn LOG_COLUMNS[] = {{"series", FALSE}, {"period", FALSE}, {"step", FALSE}, {"direction", FALSE},
                                           {"centre", TRUE},  {"lower", TRUE},   {"upper", TRUE}};

/* The line as typed; texts are owned. */
typedef struct {
    char *chart, *rules, *screen, *rebase, *exclude, *establish, *target, *targets, *frequency, *kind, *bounds, *polarity;
    gint fix_after, period_min;
    gboolean is_summary, is_log;
} Line;

/* The line as understood. */
typedef struct {
    WmSpcOptions options;
    GArray *rebase, *exclude; /* of WmPeriod */
    WmPeriodKind period_kind; /* WM_PERIOD_NONE when not given */
    WmDay as_at;
    double target;   /* NAN when not given */
    GArray *targets; /* of LongTarget; NULL when not given */
    size_t n_by_chart[WM_N_SPC_CHARTS][WM_N_SPC_REASONS];
} Job;

static void line_clear(Line *self)
{
    char **texts[] = {&self->chart,  &self->rules,   &self->screen,    &self->rebase, &self->exclude, &self->establish,
                      &self->target, &self->targets, &self->frequency, &self->kind,   &self->bounds,  &self->polarity};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

static void job_clear(Job *self)
{
    g_clear_pointer(&self->rebase, g_array_unref);
    g_clear_pointer(&self->exclude, g_array_unref);
    g_clear_pointer(&self->targets, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Job, job_clear)

static gboolean fail_option(GError **error, const char *option, const char *text, const char *advice)
{
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice}, "%s “%s” is not understood", option, text);
    return FALSE;
}

/* The index of `text` among words; `otherwise` when it is NULL, -1 when it is none of them. */
static int word_index(const char *const *words, size_t n, const char *text, int otherwise)
{
    return text ? wm_names_find(words, n, text) : otherwise;
}

static gboolean take_words(const Line *line, Job *job, GError **error)
{
    WmSpcOptions *options = &job->options;
    static const char *const SCREENS[] = {"yes", "no"};
    static const char *const ESTABLISH[] = {"no", "ssa"};
    const int screen = word_index(SCREENS, G_N_ELEMENTS(SCREENS), line->screen, WM_SPC_SCREEN_YES);
    const int establish = word_index(ESTABLISH, G_N_ELEMENTS(ESTABLISH), line->establish, WM_SPC_ESTABLISH_NO);
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
    if (screen < 0)
        return fail_option(error, "--screen", line->screen, "yes or no");
    if (establish < 0)
        return fail_option(error, "--establish", line->establish, "no or ssa");
    if (line->frequency)
        job->period_kind = wm_frequency_period_kind(frequency);
    options->screen = (WmSpcScreen)screen;
    options->establish = (WmSpcEstablish)establish;
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
        return fail_option(error, "--bounds", text, "two numbers as in 0,100; either may be left out");
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

static gboolean understand(const Line *line, Job *job, GError **error)
{
    job->options = wm_spc_options_default();
    job->rebase = g_array_new(FALSE, FALSE, sizeof(WmPeriod));
    job->exclude = g_array_new(FALSE, FALSE, sizeof(WmPeriod));
    job->target = NAN;
    if (!take_words(line, job, error) || !take_bounds(line->bounds, &job->options, error) ||
        !take_count("--fix-after", line->fix_after, &job->options.fix_after, error) ||
        !take_count("--period-min", line->period_min, &job->options.ssa.period_min, error) ||
        !take_periods("--rebase", line->rebase, job->rebase, error) ||
        !take_periods("--exclude", line->exclude, job->exclude, error))
        return FALSE;
    if (line->target && line->targets)
        return fail_option(error, "--target", line->target, "give --target or --targets, not both");
    if (line->target && !parse_number(line->target, &job->target))
        return fail_option(error, "--target", line->target, "a number");
    if (line->targets && !(job->targets = long_targets_read(line->targets, error)))
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

/* Steps: from its due date each target holds until the next one's; before the first due date the first holds. One without a due
 * date always held. */
static double target_at(const Job *job, const char *series, WmDay end)
{
    const LongTarget *in_force = NULL;
    for (guint i = 0; job->targets && i < job->targets->len; i++) {
        const LongTarget *one = &g_array_index(job->targets, LongTarget, i);
        if (!is_for(one, series))
            continue;
        const gboolean is_due = one->due <= end, was_due = in_force && in_force->due <= end;
        if (!in_force || (is_due && (!was_due || one->due >= in_force->due)) || (!is_due && !was_due && one->due < in_force->due))
            in_force = one;
    }
    return in_force ? in_force->target : job->target;
}

static WmPolarity polarity_of(const Job *job, const char *series)
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

static bool is_excluded(const Job *job, WmPeriod period)
{
    for (guint i = 0; i < job->exclude->len; i++)
        if (is_within(period, g_array_index(job->exclude, WmPeriod, i)))
            return true;
    return false;
}

/* The readings known at the as-at, as points; they are the series' first ones. */
static void take_points(const Job *job, const LongSeries *series, GArray *points)
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

#define NUMBER(value) number_text((value), (char[G_ASCII_DTOSTR_BUF_SIZE]){0})

static WmPeriod period_at(const LongSeries *series, size_t i)
{
    return g_array_index(series->readings, WmReading, (guint)i).period;
}

static void add_points(Output *output, const LongSeries *series, const WmSpc *spc)
{
    for (size_t i = 0; i < spc->n_points; i++) {
        const WmSpcVerdict *point = &spc->points[i];
        char period[WM_PERIOD_TEXT];
        wm_period_format_iso(period_at(series, i), period);
        output_add(output, (const char *const[]){series->id, period, NUMBER(point->value), NUMBER(point->centre),
                                                 NUMBER(point->lower), NUMBER(point->upper), NUMBER((double)point->i_phase + 1),
                                                 wm_signal_name(point->signal), wm_effect_name(point->effect)});
    }
}

/* The latest phase that has a reading; of a series without any, the last. */
static size_t latest_phase(const WmSpc *spc)
{
    return spc->i_last == SIZE_MAX ? spc->n_phases - 1 : spc->points[spc->i_last].i_phase;
}

static void add_summary(Output *output, const LongSeries *series, const WmSpc *spc)
{
    size_t n = 0;
    for (size_t i = 0; i < spc->n_phases; i++)
        n += spc->phases[i].n_readings;
    const size_t i_phase = spc->n_phases ? latest_phase(spc) : 0;
    const WmSpcPhase none = {.centre = NAN, .lower = NAN, .upper = NAN, .sigma = NAN};
    const WmSpcPhase *phase = spc->n_phases ? &spc->phases[i_phase] : &none;
    output_add(output,
               (const char *const[]){series->id, wm_spc_chart_name(spc->chart), NUMBER((double)n), NUMBER((double)i_phase + 1),
                                     NUMBER(phase->centre), NUMBER(phase->lower), NUMBER(phase->upper), NUMBER(phase->sigma),
                                     wm_effect_name(spc->variation), wm_assurance_name(spc->assurance)});
}

static void add_log(Output *output, const LongSeries *series, const WmSpc *spc)
{
    static const char *const DIRECTIONS[] = {"down", "", "up"};
    for (size_t i = 0; i < spc->n_log; i++) {
        const WmSsaEntry *entry = &spc->log[i];
        char period[WM_PERIOD_TEXT];
        wm_period_format_iso(period_at(series, entry->i_point), period);
        output_add(output,
                   (const char *const[]){series->id, period, wm_ssa_step_name(entry->step), DIRECTIONS[entry->direction + 1],
                                         NUMBER(entry->centre), NUMBER(entry->lower), NUMBER(entry->upper)});
    }
}

typedef void (*AddFunc)(Output *output, const LongSeries *series, const WmSpc *spc);

static gboolean chart_series(Job *job, const LongSeries *series, GArray *points, WmSpcScratch *scratch, WmSpc *out, GError **error)
{
    WmSpcOptions options = job->options;
    options.polarity = polarity_of(job, series->id);
    take_points(job, series, points);
    if (wm_spc_analyse((const WmSpcPoint *)(const void *)points->data, points->len, &options, scratch, out) != WM_OK) {
        wm_error_set(error, WM_ERROR_FILE, NULL, "no memory for series “%s”", series->id);
        return FALSE;
    }
    job->n_by_chart[out->chart][out->reason]++;
    return TRUE;
}

static void say_charts(const Job *job, const CommonOptions *common)
{
    for (WmSpcChart chart = WM_SPC_XMR; chart < WM_N_SPC_CHARTS; chart++)
        for (WmSpcReason reason = 0; reason < WM_N_SPC_REASONS; reason++)
            if (job->n_by_chart[chart][reason] && reason != WM_SPC_REASON_FORCED)
                say(common, "%zu series on a chart %s: %s", job->n_by_chart[chart][reason], wm_spc_chart_name(chart),
                    wm_spc_reason_text(reason));
}

static gboolean chart_all(Job *job, const GArray *all, AddFunc add, Output *output, GError **error)
{
    WmSpcScratch *scratch = wm_spc_scratch_new();
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(WmSpcPoint));
    gboolean is_done = scratch != NULL;
    for (guint i = 0; is_done && i < all->len; i++) {
        const LongSeries *series = &g_array_index(all, LongSeries, i);
        WmSpc spc;
        is_done = !is_interrupted(error) && chart_series(job, series, points, scratch, &spc, error);
        if (is_done)
            add(output, series, &spc);
    }
    wm_spc_scratch_free(scratch);
    return is_done;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(Line) line = {0};
    g_auto(CommonOptions) common = {0};
    const GOptionEntry entries[] = {
        {"chart", 0, 0, G_OPTION_ARG_STRING, &line.chart, "auto, xmr, i, c, u, up, p, pp, g, t or run (default: auto)", "CHART"},
        {"rules", 0, 0, G_OPTION_ARG_STRING, &line.rules, "mdc, anhoej or nelson (default: mdc)", "RULES"},
        {"screen", 0, 0, G_OPTION_ARG_STRING, &line.screen, "leave large moving ranges out of the limits: yes or no (default: yes)",
         "YES|NO"},
        {"fix-after", 0, 0, G_OPTION_ARG_INT, &line.fix_after, "limits from the first N readings of each phase", "N"},
        {"rebase", 0, 0, G_OPTION_ARG_STRING, &line.rebase, "new limits from these periods on", "PERIOD,…"},
        {"exclude", 0, 0, G_OPTION_ARG_STRING, &line.exclude, "keep these periods out of the limits", "PERIOD,…"},
        {"establish", 0, 0, G_OPTION_ARG_STRING, &line.establish,
         "no, or ssa: new limits where a shift lasts (Stable Shift Algorithm)", "HOW"},
        {"period-min", 0, 0, G_OPTION_ARG_INT, &line.period_min, "readings that set limits, with ssa (default: 21)", "N"},
        {"target", 0, 0, G_OPTION_ARG_STRING, &line.target, "the target of every series", "X"},
        {"targets", 0, 0, G_OPTION_ARG_FILENAME, &line.targets, "targets through time: series, due, target, polarity", "FILE"},
        {"summary", 0, 0, G_OPTION_ARG_NONE, &line.is_summary, "one row a series: variation and assurance", NULL},
        {"log", 0, 0, G_OPTION_ARG_NONE, &line.is_log, "with ssa, one row a decision of the algorithm", NULL},
        {"frequency", 0, 0, G_OPTION_ARG_STRING, &line.frequency, "month, quarter or year", "FREQUENCY"},
        {"kind", 0, 0, G_OPTION_ARG_STRING, &line.kind, "count, percent, rate, duration, score, money or yes_no", "KIND"},
        {"bounds", 0, 0, G_OPTION_ARG_STRING, &line.bounds, "smallest and largest possible value", "LO,HI"},
        {"polarity", 0, 0, G_OPTION_ARG_STRING, &line.polarity, "which way is better: higher, lower, plan or none (default: none)",
         "WAY"},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_SPC, entries, TAKES_AS_AT | TAKES_FORMAT | TAKES_QUIET, &common, 1, 1, &argc, &argv, error))
        return -1;
    g_auto(Job) job = {0};
    if (!understand(&line, &job, error))
        return -1;
    job.as_at = common.as_at;
    const LongCsvOptions reading = {job.period_kind, job.options.kind == WM_KIND_PERCENT};
    g_autoptr(GArray) all = long_csv_read(argv[1], &reading, error);
    if (!all)
        return -1;

    g_autoptr(Output) output = line.is_log       ? output_new(LOG_COLUMNS, G_N_ELEMENTS(LOG_COLUMNS))
                               : line.is_summary ? output_new(SUMMARY_COLUMNS, G_N_ELEMENTS(SUMMARY_COLUMNS))
                                                 : output_new(POINT_COLUMNS, G_N_ELEMENTS(POINT_COLUMNS));
    if (!chart_all(&job, all, line.is_log ? add_log : line.is_summary ? add_summary : add_points, output, error))
        return -1;
    output_print(output, common.format);
    say_charts(&job, &common);
    return EXIT_DONE;
}

const Command COMMAND_SPC = {
    "spc", "FILE", "limits and signals of any series: is it real or noise?",
    "FILE is a long CSV: series, period, and value or numerator and denominator (or both); - reads standard input.\n"
    "Signals: outside trend two_of_three run nelson_1 … nelson_8 long_run few_crossings; where several hold, the first.\n"
    "Example: waymark spc --polarity higher --target 95 --summary readings.csv",
    run};
