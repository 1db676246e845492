/* waymark spc [options] FILE: a filter from long readings to limits and signals. */
#include <waymark/spc.h>

#include <math.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/spc_job.h"
#include "cli/spc_warnings.h"
#include "engine/data/text/number_text.h"
#include "engine/data/series/signal_batch.h"

static const OutputColumn POINT_COLUMNS[] = {{"series", FALSE}, {"period", FALSE}, {"value", TRUE},
                                             {"centre", TRUE},  {"lower", TRUE},   {"upper", TRUE},
                                             {"phase", TRUE},   {"signal", FALSE}, {"effect", FALSE}};
static const OutputColumn SUMMARY_COLUMNS[] = {{"series", FALSE},    {"chart", FALSE},        {"n", TRUE},       {"phase", TRUE},
                                               {"centre", TRUE},     {"lower", TRUE},         {"upper", TRUE},   {"sigma", TRUE},
                                               {"variation", FALSE}, {"assurance", FALSE},    {"p_value", TRUE}, {"q_value", TRUE},
                                               {"caution", FALSE},   {"chart_reason", FALSE}, {"signal", FALSE}, {"target", TRUE}};
static const OutputColumn LOG_COLUMNS[] = {{"series", FALSE}, {"period", FALSE}, {"step", FALSE}, {"direction", FALSE},
                                           {"centre", TRUE},  {"lower", TRUE},   {"upper", TRUE}};

/* What is being printed. */
typedef struct {
    SpcJob job;
    SignalWork *signals; /* of the summary; else NULL */
    SignalBatch *batch;  /* likewise */
    size_t n_by_chart[WM_N_SPC_CHARTS][WM_N_SPC_REASONS];
} Work;

static void work_clear(Work *self)
{
    spc_job_clear(&self->job);
    g_clear_pointer(&self->signals, signal_work_free);
    g_clear_pointer(&self->batch, signal_batch_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

static WmPeriod period_at(const LongSeries *series, size_t i)
{
    return g_array_index(series->readings, WmReading, (guint)i).period;
}

/* A series on its chart, as number `i_series` of the input. */
typedef struct {
    guint i_series;
    const LongSeries *series;
    const WmSpc *spc;
} OnChart;

static void add_points(Output *output, const Work *work, const OnChart *on_chart)
{
    const LongSeries *series = on_chart->series;
    const WmSpc *spc = on_chart->spc;
    (void)work;
    for (size_t i = 0; i < spc->n_points; i++) {
        const WmSpcVerdict *point = &spc->points[i];
        char period[WM_PERIOD_TEXT];
        wm_period_format_iso(period_at(series, i), period);
        output_add(output, (const char *const[]){series->id, period, NUMBER_TEXT(point->value), NUMBER_TEXT(point->centre),
                                                 NUMBER_TEXT(point->lower), NUMBER_TEXT(point->upper),
                                                 NUMBER_TEXT((double)point->i_phase + 1), wm_signal_name(point->signal),
                                                 wm_effect_name(point->effect)});
    }
}

/* The latest phase that has a reading; of a series without any, the last. */
static size_t latest_phase(const WmSpc *spc)
{
    return spc->i_last == SIZE_MAX ? spc->n_phases - 1 : spc->points[spc->i_last].i_phase;
}

static void add_summary(Output *output, const Work *work, const OnChart *on_chart)
{
    const LongSeries *series = on_chart->series;
    const WmSpc *spc = on_chart->spc;
    const BatchChance *chance = signal_batch_get(work->batch, on_chart->i_series);
    size_t n = 0;
    for (size_t i = 0; i < spc->n_phases; i++)
        n += spc->phases[i].n_readings;
    const size_t i_phase = spc->n_phases ? latest_phase(spc) : 0;
    const WmSpcPhase none = {.centre = NAN, .lower = NAN, .upper = NAN, .sigma = NAN};
    const WmSpcPhase *phase = spc->n_phases ? &spc->phases[i_phase] : &none;
    output_add(output, (const char *const[]){
                           series->id, wm_spc_chart_name(spc->chart), NUMBER_TEXT((double)n), NUMBER_TEXT((double)i_phase + 1),
                           NUMBER_TEXT(phase->centre), NUMBER_TEXT(phase->lower), NUMBER_TEXT(phase->upper),
                           NUMBER_TEXT(phase->sigma), wm_effect_name(spc->variation), wm_assurance_name(spc->assurance),
                           NUMBER_TEXT(chance->chance.p_value), NUMBER_TEXT(chance->q_value), wm_spc_caution_name(chance->caution),
                           wm_spc_reason_name(spc->reason), wm_signal_name(wm_spc_latest(spc).signal), NUMBER_TEXT(spc->target)});
}

static void add_log(Output *output, const Work *work, const OnChart *on_chart)
{
    const LongSeries *series = on_chart->series;
    const WmSpc *spc = on_chart->spc;
    (void)work;
    static const char *const DIRECTIONS[] = {"down", "", "up"};
    for (size_t i = 0; i < spc->n_log; i++) {
        const WmSsaEntry *entry = &spc->log[i];
        char period[WM_PERIOD_TEXT];
        wm_period_format_iso(period_at(series, entry->i_point), period);
        output_add(output,
                   (const char *const[]){series->id, period, wm_ssa_step_name(entry->step), DIRECTIONS[entry->direction + 1],
                                         NUMBER_TEXT(entry->centre), NUMBER_TEXT(entry->lower), NUMBER_TEXT(entry->upper)});
    }
}

static gboolean chart_series(const Work *work, const LongSeries *series, GArray *points, WmSpcScratch *scratch, WmSpc *out,
                             GError **error)
{
    const WmSpcOptions options = spc_job_options(&work->job, series);
    spc_job_points(&work->job, series, points);
    if (wm_spc_analyse((const WmSpcPoint *)(const void *)points->data, points->len, &options, scratch, out) == WM_OK)
        return TRUE;
    wm_error_set(error, WM_ERROR_FILE, NULL, "no memory for series “%s”", series->id);
    return FALSE;
}

static void say_charts(const Work *work, const CommonOptions *common)
{
    for (WmSpcChart chart = WM_SPC_XMR; chart < WM_N_SPC_CHARTS; chart++)
        for (WmSpcReason reason = 0; reason < WM_N_SPC_REASONS; reason++)
            if (work->n_by_chart[chart][reason] && reason != WM_SPC_REASON_FORCED)
                say(common, "%zu series on a chart %s, %s", work->n_by_chart[chart][reason], wm_spc_chart_name(chart),
                    wm_spc_reason_text(reason));
}

/* What is done with each on_chart series. */
typedef gboolean (*UseFunc)(Work *work, const OnChart *on_chart, gpointer data, GError **error);

static gboolean chart_all(Work *work, const GArray *all, UseFunc use, gpointer data, GError **error)
{
    WmSpcScratch *scratch = wm_spc_scratch_new();
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(WmSpcPoint));
    gboolean is_done = scratch != NULL;
    for (guint i = 0; is_done && i < all->len; i++) {
        const LongSeries *series = &g_array_index(all, LongSeries, i);
        WmSpc spc;
        is_done = !is_interrupted(error) && chart_series(work, series, points, scratch, &spc, error) &&
                  use(work, &(OnChart){i, series, &spc}, data, error);
    }
    wm_spc_scratch_free(scratch);
    return is_done;
}

static gboolean judge_chance(Work *work, const OnChart *on_chart, gpointer data, GError **error)
{
    const WmSpcOptions options = spc_job_options(&work->job, on_chart->series);
    Treated treated;
    (void)data;
    (void)error;
    signal_work_treat(work->signals, (const WmReading *)(const void *)on_chart->series->readings->data, on_chart->spc, &options,
                      &treated);
    signal_batch_add(work->batch, on_chart->spc, &options, &treated);
    return TRUE;
}

static void say_expected(const WmSignalTotals *totals, const CommonOptions *common)
{
    static const char *const WORDS[WM_N_SPC_CAUTIONS] = {
        [WM_SPC_CAUTION_ROLLING] = "with overlapping periods (rolling years): p is of the change over one period",
        [WM_SPC_CAUTION_SEASONAL] = "with seasons: p is of the change over a year",
        [WM_SPC_CAUTION_AUTOCORRELATED] =
            "whose readings resemble their neighbours (autocorrelated): they signal too often, and p is too small",
    };
    say(common,
        "signals at the latest reading: %zu of %zu series; expected by chance alone: %.1f; left at a false discovery rate of 5%%: "
        "%zu",
        totals->n_signals, totals->n_judged, totals->n_expected, totals->n_discoveries);
    for (WmSpcCaution caution = 0; caution < WM_N_SPC_CAUTIONS; caution++)
        if (WORDS[caution] && totals->n_by_caution[caution])
            say(common, "%zu series %s", totals->n_by_caution[caution], WORDS[caution]);
}

/* A summary needs every p-value before its first row. */
static gboolean judge_all(Work *work, const GArray *all, const CommonOptions *common, GError **error)
{
    work->signals = signal_work_new();
    work->batch = signal_batch_new();
    if (!chart_all(work, all, judge_chance, NULL, error))
        return FALSE;
    const WmSignalTotals totals = signal_batch_finish(work->batch);
    say_expected(&totals, common);
    return TRUE;
}

/* What is printed, by the row. */
typedef struct {
    Output *output;
    void (*add)(Output *output, const Work *work, const OnChart *on_chart);
} Printer;

static gboolean print_rows(Work *work, const OnChart *on_chart, gpointer data, GError **error)
{
    const Printer *printer = data;
    (void)error;
    work->n_by_chart[on_chart->spc->chart][on_chart->spc->reason]++;
    printer->add(printer->output, work, on_chart);
    return TRUE;
}

static gboolean print_all(Work *work, const GArray *all, const SpcLine *line, const CommonOptions *common, GError **error)
{
    g_autoptr(Output) output = line->is_log       ? output_new(LOG_COLUMNS, G_N_ELEMENTS(LOG_COLUMNS))
                               : line->is_summary ? output_new(SUMMARY_COLUMNS, G_N_ELEMENTS(SUMMARY_COLUMNS))
                                                  : output_new(POINT_COLUMNS, G_N_ELEMENTS(POINT_COLUMNS));
    Printer printer = {output, line->is_log ? add_log : line->is_summary ? add_summary : add_points};
    if (printer.add == add_summary && !judge_all(work, all, common, error))
        return FALSE;
    output_stream(output, common->format);
    if (!chart_all(work, all, print_rows, &printer, error))
        return FALSE;
    output_print(output, common->format);
    say_charts(work, common);
    return TRUE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(SpcLine) line = {0};
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
        {"shift-length", 0, 0, G_OPTION_ARG_INT, &line.shift_length, "readings on one side that are a shift, with ssa (default: 8)",
         "N"},
        {"lengths", 0, 0, G_OPTION_ARG_STRING, &line.lengths, "readings that make a signal, as in run=8,trend=6", "NAME=N,…"},
        {"target", 0, 0, G_OPTION_ARG_STRING, &line.target, "the target of every series", "X"},
        {"targets", 0, 0, G_OPTION_ARG_FILENAME, &line.targets, "targets through time: series, due, target, polarity", "FILE"},
        {"path", 0, 0, G_OPTION_ARG_STRING, &line.path,
         "from one target to the next: step, or linear: a moving target, whose gap is judged (default: step)", "HOW"},
        {"summary", 0, 0, G_OPTION_ARG_NONE, &line.is_summary,
         "one row a series: variation, assurance, and what chance alone would give", NULL},
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
    g_auto(Work) work = {0};
    if (!spc_job_understand(&line, &work.job, error))
        return -1;
    work.job.as_at = common.as_at;
    const LongCsvOptions reading = {work.job.period_kind, work.job.options.kind == WM_KIND_PERCENT};
    g_autoptr(GArray) all = long_csv_read(argv[1], &reading, error);
    if (!all)
        return -1;
    spc_warn(&line, &work.job, all, &common);
    return print_all(&work, all, &line, &common, error) ? EXIT_DONE : -1;
}

const Command COMMAND_SPC = {
    "spc", "FILE", "limits and signals of any series: is it real or noise?",
    "FILE is a long CSV: series, period, and value or numerator and denominator (or both); - reads standard input.\n"
    "Signals: outside trend two_of_three run nelson_1 … nelson_8 long_run few_crossings; where several hold, the first.\n"
    "Example: waymark spc --polarity higher --target 95 --summary readings.csv",
    run};
