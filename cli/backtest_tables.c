/* The tables of a backtest. */
#include "cli/backtest_tables.h"

#include <math.h>

#include "engine/data/text/number_text.h"

static const OutputColumn FORECAST_COLUMNS[] = {{"forecaster", FALSE}, {"steps", TRUE},   {"n", TRUE},       {"crps", TRUE},
                                                {"mase", TRUE},        {"cover50", TRUE}, {"cover80", TRUE}, {"cover95", TRUE}};
static const OutputColumn CHANCE_COLUMNS[] = {
    {"forecaster", FALSE}, {"steps", FALSE},    {"n", TRUE},           {"base_rate", TRUE},  {"mean_chance", TRUE},
    {"brier", TRUE},       {"log_score", TRUE}, {"reliability", TRUE}, {"resolution", TRUE}, {"uncertainty", TRUE}};
static const OutputColumn RELIABILITY_COLUMNS[] = {{"forecaster", FALSE}, {"from", TRUE},        {"to", TRUE},
                                                   {"n", TRUE},           {"mean_chance", TRUE}, {"met", TRUE}};
static const OutputColumn STATUS_COLUMNS[] = {{"rule", FALSE},        {"likely_from", TRUE},  {"met", TRUE},
                                              {"missed", TRUE},       {"false_alarms", TRUE}, {"true_alarms", TRUE},
                                              {"flaps_a_year", TRUE}, {"lead_months", TRUE},  {"unwarned", TRUE}};
static const OutputColumn CANDIDATE_COLUMNS[] = {{"candidate", FALSE}, {"crps", TRUE}, {"learnt", TRUE}, {"stacked", TRUE}};
static const OutputColumn COMBINATION_COLUMNS[] = {{"way", FALSE},   {"n", TRUE},    {"dates", TRUE},
                                                   {"spread", TRUE}, {"crps", TRUE}, {"kept", TRUE}};

const BacktestTable BACKTEST_TABLES[N_BACKTEST_TABLES] = {
    {"forecasts", FORECAST_COLUMNS, G_N_ELEMENTS(FORECAST_COLUMNS), 2,
     "Forecasts. CRPS and MASE in mean moves of each series: less is better; coverage should be 0.5, 0.8, 0.95."},
    {"chances", CHANCE_COLUMNS, G_N_ELEMENTS(CHANCE_COLUMNS), 2,
     "Chances of milestones. Brier and log score: less is better; always saying the base rate scores its uncertainty."},
    {"reliability", RELIABILITY_COLUMNS, G_N_ELEMENTS(RELIABILITY_COLUMNS), 2,
     "Reliability. Of the milestones given such chances, the share that was met."},
    {"statuses", STATUS_COLUMNS, G_N_ELEMENTS(STATUS_COLUMNS), 1,
     "Statuses on the way to a milestone. Alarms are red or amber: false before one that was met, true before one that was "
     "missed."},
    {"candidates", CANDIDATE_COLUMNS, G_N_ELEMENTS(CANDIDATE_COLUMNS), 1,
     "Candidates of the model at the last origin, judged from earlier ones: CRPS in sds of each series; weights as learnt, and as "
     "they "
     "would have scored best."},
    {"combination", COMBINATION_COLUMNS, G_N_ELEMENTS(COMBINATION_COLUMNS), 1,
     "Combination and calibration: CRPS on series that weights and spread were not found on, and how much of the change is kept."},
};

/* Where rows go. */
typedef struct {
    BacktestRowFunc func;
    gpointer data;
} Sink;

static void add(const Sink *sink, const char *const *texts)
{
    sink->func(texts, sink->data);
}

/* Scores are shown at four figures after the point: their own errors are larger. */
static double shown(double value)
{
    return isnan(value) ? value : round(value * 1e4) / 1e4;
}

#define SCORE(value) NUMBER_TEXT(shown(value))
#define COUNT(value) NUMBER_TEXT((double)(value))

static void add_forecasts(const Sink *sink, const Backtest *backtest)
{
    for (size_t k = 0; k < MAX_HORIZONS && backtest->horizons[k].steps; k++)
        for (int i = 0; i < N_FORECASTERS; i++) {
            const WmForecastScores s = wm_forecast_tally_scores(&backtest->horizons[k].forecasts[i]);
            add(sink, (const char *const[]){forecaster_name((Forecaster)i), COUNT(backtest->horizons[k].steps), COUNT(s.n),
                                            SCORE(s.crps), SCORE(s.mase), SCORE(s.cover[0]), SCORE(s.cover[1]), SCORE(s.cover[2])});
        }
}

static void add_chance_row(const Sink *sink, const char *name, const char *steps, const WmChanceTally *tally)
{
    const WmChanceScores s = wm_chance_tally_scores(tally);
    add(sink, (const char *const[]){name, steps, COUNT(s.n), SCORE(s.base_rate), SCORE(s.mean_chance), SCORE(s.brier), SCORE(s.log),
                                    SCORE(s.reliability), SCORE(s.resolution), SCORE(s.uncertainty)});
}

WmChanceTally backtest_all_chances(const Backtest *backtest, int chancer)
{
    WmChanceTally all = {0};
    for (size_t k = 0; k < MAX_HORIZONS; k++)
        wm_chance_tally_merge(&all, &backtest->horizons[k].chances[chancer]);
    return all;
}

static void add_chances(const Sink *sink, const Backtest *backtest)
{
    for (int i = 0; i < N_CHANCERS; i++) {
        const WmChanceTally all = backtest_all_chances(backtest, i);
        add_chance_row(sink, chancer_name(i), "all", &all);
    }
    for (size_t k = 0; k < MAX_HORIZONS && backtest->horizons[k].steps; k++)
        for (int i = 0; i < N_CHANCERS; i++)
            add_chance_row(sink, chancer_name(i), COUNT(backtest->horizons[k].steps), &backtest->horizons[k].chances[i]);
}

static void add_reliability(const Sink *sink, const Backtest *backtest)
{
    for (int i = 0; i < N_FORECASTERS; i++) {
        const WmChanceTally all = backtest_all_chances(backtest, i);
        for (int bin = 0; bin < WM_RELIABILITY_BINS; bin++) {
            const double n = (double)all.bins[bin].n;
            add(sink, (const char *const[]){chancer_name(i), NUMBER_TEXT(bin / 10.0), NUMBER_TEXT((bin + 1) / 10.0), NUMBER_TEXT(n),
                                            SCORE(n > 0 ? all.bins[bin].chance / n : NAN),
                                            SCORE(n > 0 ? (double)all.bins[bin].n_met / n : NAN)});
        }
    }
}

static void add_statuses(const Sink *sink, const StatusScores *statuses)
{
    for (int rule = 0; rule < N_RULES; rule++) {
        const StatusScores *s = &statuses[rule];
        if (s->n_met + s->n_missed == 0)
            continue;
        add(sink,
            (const char *const[]){status_rule_name((StatusRule)rule), SCORE(s->likely_from), COUNT(s->n_met), COUNT(s->n_missed),
                                  SCORE(s->false_alarm), SCORE(s->hit), SCORE(s->flaps), SCORE(s->lead), SCORE(s->unwarned)});
    }
}

static void add_candidates(const Sink *sink, const Backtest *backtest)
{
    const WmPriorComparison *found = &backtest->comparison;
    for (size_t k = 0; k < found->n_candidates; k++) {
        const WmForecastCandidate is = wm_forecast_candidate(&backtest->group, k);
        g_autofree char *name = g_strdup_printf("level %s memory %s season %s slope %s", NUMBER_TEXT(is.level_step),
                                                NUMBER_TEXT(is.level_memory), NUMBER_TEXT(is.season), NUMBER_TEXT(is.slope));
        add(sink, (const char *const[]){name, SCORE(found->candidate_crps[k]), SCORE(found->learnt_weights[k]),
                                        SCORE(found->stacked_weights[k])});
    }
}

static void add_combination(const Sink *sink, const Backtest *backtest)
{
    const WmPriorComparison *found = &backtest->comparison;
    const struct {
        const char *way;
        double spread, crps, kept;
    } ROWS[] = {{"learnt weights", 1, found->learnt_crps, NAN},
                {"stacked weights", 1, found->stacked_crps, found->stacked_kept},
                {"spread as well", found->spread, found->spread_crps, found->spread_kept}};
    for (size_t i = 0; found->n_candidates && i < G_N_ELEMENTS(ROWS); i++)
        add(sink, (const char *const[]){ROWS[i].way, COUNT(found->n_forecasts), COUNT(found->n_dates), SCORE(ROWS[i].spread),
                                        SCORE(ROWS[i].crps), SCORE(ROWS[i].kept)});
}

void backtest_table_rows(BacktestTableId table, const Backtest *backtest, const StatusScores *statuses, BacktestRowFunc func,
                         gpointer data)
{
    const Sink sink = {func, data};
    switch (table) {
    case BACKTEST_FORECASTS:
        add_forecasts(&sink, backtest);
        break;
    case BACKTEST_CHANCES:
        add_chances(&sink, backtest);
        break;
    case BACKTEST_RELIABILITY:
        add_reliability(&sink, backtest);
        break;
    case BACKTEST_STATUSES:
        add_statuses(&sink, statuses);
        break;
    case BACKTEST_CANDIDATES:
        add_candidates(&sink, backtest);
        break;
    case BACKTEST_COMBINATION:
        add_combination(&sink, backtest);
        break;
    case N_BACKTEST_TABLES:
        break;
    }
}

typedef struct {
    GString *text;
    size_t n_columns;
} TableText;

static void append_row(const char *const *texts, gpointer data)
{
    TableText *self = data;
    csv_append_row(self->text, texts, self->n_columns);
}

static gboolean write_table(BacktestTableId id, const Backtest *backtest, const StatusScores *statuses, const char *folder,
                            GError **error)
{
    const BacktestTable *table = &BACKTEST_TABLES[id];
    g_autoptr(GString) text = g_string_new(NULL);
    TableText target = {text, table->n_columns};
    for (size_t i = 0; i < table->n_columns; i++)
        g_string_append_printf(text, "%s%s", i ? "," : "", table->columns[i].name);
    g_string_append_c(text, '\n');
    backtest_table_rows(id, backtest, statuses, append_row, &target);
    g_autofree char *name = g_strconcat(table->name, ".csv", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return write_output(path, text->str, text->len, error);
}

/* How often what was given such a chance came true, drawn. */
static gboolean write_chart(const Backtest *backtest, WmFormat format, const char *folder, GError **error)
{
    const WmChanceTally all = backtest_all_chances(backtest, FORECASTER_POOLED);
    const WmChanceScores scores = wm_chance_tally_scores(&all);
    WmCalibrationBin bins[WM_RELIABILITY_BINS];
    for (size_t i = 0; i < WM_RELIABILITY_BINS; i++) {
        const double n = (double)all.bins[i].n;
        bins[i] =
            (WmCalibrationBin){n > 0 ? all.bins[i].chance / n : NAN, n > 0 ? (double)all.bins[i].n_met / n : NAN, all.bins[i].n};
    }
    g_autofree char *score =
        g_strdup_printf("Brier score %.3f; always saying the base rate, %.3f", scores.brier, scores.uncertainty);
    const WmCalibration calibration = {"Chances of milestones, replayed", score, "", backtest->to, bins, WM_RELIABILITY_BINS};
    const WmChartOptions options = {.format = format};
    g_autoptr(GBytes) bytes = wm_chart_calibration(&calibration, &options, error);
    if (!bytes)
        return FALSE;
    g_autofree char *name = g_strconcat("calibration.", wm_format_name(format), NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    gsize length;
    gconstpointer data = g_bytes_get_data(bytes, &length);
    return write_output(path, data, length, error);
}

gboolean backtest_write(const Backtest *backtest, const StatusScores *statuses, const char *folder, GError **error)
{
    for (int i = 0; i < N_BACKTEST_TABLES; i++)
        if (!write_table((BacktestTableId)i, backtest, statuses, folder, error))
            return FALSE;
    const WmChanceTally all = backtest_all_chances(backtest, FORECASTER_POOLED);
    return all.n == 0 ||
           (write_chart(backtest, WM_FORMAT_SVG, folder, error) && write_chart(backtest, WM_FORMAT_PNG, folder, error));
}
