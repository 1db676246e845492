/* Series to chart from a long CSV. */
#include "cli/chart_input.h"

#include <math.h>
#include <string.h>

#include "cli/filter.h"
#include "engine/data/series/forecast_batch.h"

void chart_input_line_clear(ChartInputLine *self)
{
    char **texts[] = {&self->input,        &self->target, &self->due,      &self->targets,   &self->measure,
                      &self->measure_unit, &self->bounds, &self->polarity, &self->frequency, &self->title};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_clear_pointer(texts[i], g_free);
}

/* What one series owns beside its readings. */
typedef struct {
    GArray *milestones; /* WmSeriesMilestone */
    GArray *waypoints;  /* WmWaypoint */
    WmForecast forecast;
    char sentence[WM_SENTENCE_TEXT];
} Owned;

struct ChartInput {
    ForecastBatch *batch; /* what is expected of each series, as `waymark chance` has it */
    GArray *read;         /* LongSeries; the batch's */
    GArray *targets;      /* LongTarget; NULL for none */
    WmSeries *series;
    Owned *owned; /* one a series */
    char *measure_unit, *title;
};

void chart_input_free(ChartInput *self)
{
    if (!self)
        return;
    for (guint i = 0; self->owned && self->read && i < self->read->len; i++) {
        g_array_unref(self->owned[i].milestones);
        g_array_unref(self->owned[i].waypoints);
    }
    g_clear_pointer(&self->batch, forecast_batch_free);
    g_clear_pointer(&self->targets, g_array_unref);
    g_free(self->series);
    g_free(self->owned);
    g_free(self->measure_unit);
    g_free(self->title);
    g_free(self);
}

const WmSeries *chart_input_series(const ChartInput *self, size_t *n)
{
    *n = self->read->len;
    return self->series;
}

/* ---- options ---- */

static gboolean take_bounds(const char *text, WmMeasure *measure, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    double *const ends[] = {&measure->low, &measure->high};
    gboolean is_good = g_strv_length(parts) == 2;
    for (size_t i = 0; is_good && i < 2; i++)
        is_good = *g_strstrip(parts[i]) == '\0' || filter_parse_number(parts[i], ends[i]);
    return (is_good && !(measure->low >= measure->high)) ||
           filter_fail(error, "--bounds", text, "two numbers, the smaller first, as in 0,100; either may be left out");
}

static gboolean understand(const ChartInputLine *line, WmMeasure *measure, GError **error)
{
    *measure = (WmMeasure){.kind = WM_N_KINDS, .low = NAN, .high = NAN, .tolerance = NAN, .near = NAN};
    if (line->measure && !wm_kind_parse(line->measure, &measure->kind))
        return filter_fail(error, "--measure", line->measure, "count, percent, rate, duration, score or money");
    if (line->polarity && !wm_polarity_parse(line->polarity, &measure->polarity))
        return filter_fail(error, "--polarity", line->polarity, "higher, lower, plan or none");
    if (line->frequency && !wm_frequency_parse(line->frequency, &measure->frequency))
        return filter_fail(error, "--frequency", line->frequency,
                           "month, quarter, term, half, year, academic_year or financial_year");
    if (line->target && line->targets)
        return filter_fail(error, "--target", line->target, "give --target or --targets, not both");
    return !line->bounds || take_bounds(line->bounds, measure, error);
}

/* ---- what the readings say of themselves ---- */

static const WmReading *reading_at(const LongSeries *series, guint i)
{
    return &g_array_index(series->readings, WmReading, i);
}

/* Whether every reading that has counts is a share of its denominator. */
static gboolean are_shares(const GArray *read)
{
    gboolean has_any = FALSE;
    for (guint i = 0; i < read->len; i++) {
        const LongSeries *series = &g_array_index(read, LongSeries, i);
        for (guint j = 0; j < series->readings->len; j++) {
            const WmReading *reading = reading_at(series, j);
            if (isnan(reading->numerator) || isnan(reading->denominator))
                continue;
            has_any = TRUE;
            if (reading->numerator > reading->denominator)
                return FALSE;
        }
    }
    return has_any;
}

/* What the readings of series are like. */
typedef struct {
    double largest; /* without its sign */
    gboolean is_whole;
} Size;

static void measure_size(const LongSeries *series, Size *size)
{
    for (guint j = 0; j < series->readings->len; j++) {
        const double value = reading_at(series, j)->value;
        if (isnan(value))
            continue;
        size->largest = fmax(size->largest, fabs(value));
        size->is_whole &= value == round(value);
    }
}

/* At most what the kind needs to be read. */
static int decimals_for(const Size *size, WmKind kind)
{
    if (size->is_whole || size->largest >= 1000)
        return 0;
    return MAX(wm_kind_default_decimals(kind), size->largest < 0.1 ? 4 : size->largest < 1 ? 3 : size->largest < 10 ? 2 : 1);
}

/* Decimals as the file has them. */
static int decimals_of(const GArray *read, WmKind kind)
{
    Size size = {0, TRUE};
    for (guint i = 0; i < read->len; i++)
        measure_size(&g_array_index(read, LongSeries, i), &size);
    return decimals_for(&size, kind);
}

/* A series so small beside the others that the file's decimals would leave it no figure has its own. */
static int decimals_of_one(const LongSeries *series, const WmMeasure *measure)
{
    Size size = {0, TRUE};
    measure_size(series, &size);
    const gboolean is_lost = size.largest * pow(10, measure->decimals) < 10;
    return is_lost ? MAX(decimals_for(&size, measure->kind), measure->decimals) : measure->decimals;
}

/* Periods as the first reading has them. */
static WmFrequency frequency_of(const GArray *read)
{
    for (guint i = 0; i < read->len; i++) {
        const LongSeries *series = &g_array_index(read, LongSeries, i);
        if (series->readings->len == 0)
            continue;
        for (int frequency = 0; frequency < WM_N_FREQUENCIES; frequency++)
            if (wm_frequency_period_kind((WmFrequency)frequency) == reading_at(series, 0)->period.kind)
                return (WmFrequency)frequency;
    }
    return WM_FREQUENCY_MONTH;
}

/* Read the file, twice where it must first be seen that it is of shares: then a ratio is times 100. */
static GArray *read_series(const ChartInputLine *line, WmMeasure *measure, GError **error)
{
    LongCsvOptions options = {.period_kind = WM_PERIOD_NONE, .is_percent = measure->kind == WM_KIND_PERCENT};
    if (line->frequency)
        options.period_kind = wm_frequency_period_kind(measure->frequency);
    GArray *read = long_csv_read(line->input, &options, error);
    if (!read)
        return NULL;
    if (measure->kind == WM_N_KINDS && are_shares(read) && strcmp(line->input, "-") != 0) {
        measure->kind = WM_KIND_PERCENT;
        options.is_percent = TRUE;
        g_array_unref(read);
        read = long_csv_read(line->input, &options, error);
    }
    return read;
}

static void complete_measure(const ChartInputLine *line, const GArray *read, WmMeasure *measure)
{
    if (measure->kind == WM_N_KINDS)
        measure->kind = WM_KIND_RATE;
    if (measure->kind == WM_KIND_PERCENT && !line->bounds) {
        measure->low = 0;
        measure->high = 100;
    }
    if (!line->frequency)
        measure->frequency = frequency_of(read);
    measure->decimals = decimals_of(read, measure->kind);
}

/* ---- series ---- */

static guint n_known(const LongSeries *series, WmDay as_at)
{
    guint n = 0;
    while (n < series->readings->len && (as_at == WM_NO_DAY || wm_period_end(reading_at(series, n)->period) <= as_at))
        n++;
    return n;
}

/* The latest reading's end, where no as-at is given. */
static WmDay latest_end(const GArray *read)
{
    WmDay latest = 0;
    for (guint i = 0; i < read->len; i++) {
        const LongSeries *series = &g_array_index(read, LongSeries, i);
        if (series->readings->len)
            latest = MAX(latest, wm_period_end(reading_at(series, series->readings->len - 1)->period));
    }
    return latest;
}

static void add_milestone(Owned *owned, WmDay due, double target)
{
    const WmSeriesMilestone milestone = {.due = due, .target = target, .text = "", .reason = "", .chance = NAN};
    const WmWaypoint corner = {wm_day_to_months(due), target};
    g_array_append_val(owned->milestones, milestone);
    if (owned->waypoints->len == 0 ||
        g_array_index(owned->waypoints, WmWaypoint, owned->waypoints->len - 1).t_months < corner.t_months)
        g_array_append_val(owned->waypoints, corner);
}

static int by_due(gconstpointer a, gconstpointer b)
{
    const WmDay x = ((const LongTarget *)a)->due, y = ((const LongTarget *)b)->due;
    return (x > y) - (x < y);
}

/* Targets without a due date hold now: they are due where the readings end. */
static gboolean add_targets(ChartInput *self, const ChartInputLine *line, WmSeries *series, Owned *owned, GError **error)
{
    WmDay due = series->assessment.as_at;
    double target;
    if (line->due && !wm_day_parse(line->due, WM_PERIOD_FINANCIAL_YEAR, &due))
        return filter_fail(error, "--due", line->due, "a period such as 2026-04 or 2026");
    if (line->target && !filter_parse_number(line->target, &target))
        return filter_fail(error, "--target", line->target, "a number");
    if (line->target)
        add_milestone(owned, wm_day_month_end(due), target);
    for (guint i = 0; self->targets && i < self->targets->len; i++) {
        const LongTarget *one = &g_array_index(self->targets, LongTarget, i);
        if (*one->series && strcmp(one->series, series->indicator) != 0)
            continue;
        add_milestone(owned, one->due == WM_NO_DAY ? wm_day_month_end(due) : one->due, one->target);
        if (one->polarity != WM_N_POLARITIES)
            series->measure.polarity = one->polarity;
    }
    return TRUE;
}

static void assess(const ForecastBatch *batch, size_t i_series, WmSeries *series, Owned *owned)
{
    const guint n = owned->milestones->len;
    g_autofree WmMilestone *milestones = g_new(WmMilestone, n + 1);
    WmSeriesMilestone *printed = (WmSeriesMilestone *)(void *)owned->milestones->data;
    for (guint i = 0; i < n; i++)
        milestones[i] = (WmMilestone){printed[i].due, printed[i].target};
    series->milestones = printed;
    if (owned->waypoints->len == 1) /* a single target is a level in every period, whenever it is due */
        series->spc.assurance_of = WM_ASSURANCE_OF_MILESTONE;
    series->n_milestones = n;
    series->trajectory = (WmTrajectory){.waypoints = (const WmWaypoint *)(void *)owned->waypoints->data,
                                        .n_waypoints = owned->waypoints->len,
                                        .starts_at_milestone = true};
    const WmAssessmentInput input = {
        .measure = series->measure,
        .baseline = {.value = NAN},
        .trajectory = series->trajectory,
        .milestones = milestones,
        .n_milestones = n,
        .readings = series->readings,
        .n_readings = series->n_readings,
        .as_at = series->assessment.as_at,
        .plan_start = WM_NO_DAY,
        .trend = {.prior = forecast_batch_prior(batch, i_series), .scratch = batch->scratch, .forecast = &owned->forecast}};
    wm_assess(&input, &series->assessment);
    for (guint i = 0; i < n; i++) {
        printed[i].outcome = wm_milestone_judge(&input, milestones[i]);
        printed[i].chance = wm_milestone_chance(&input, &series->assessment, milestones[i]);
    }
    series->sentence = wm_assessment_explain(&series->assessment, &series->measure, series->measure_unit, owned->sentence);
}

static gboolean fill(ChartInput *self, const ChartInputLine *line, const WmMeasure *measure, WmDay as_at, guint i, GError **error)
{
    const LongSeries *read = &g_array_index(self->read, LongSeries, i);
    WmSeries *series = &self->series[i];
    Owned *owned = &self->owned[i];
    *series = (WmSeries){.indicator = read->id,
                         .title = self->title ? self->title : read->id,
                         .unit = "",
                         .unit_name = self->title ? read->id : "",
                         .cohort = "",
                         .measure_unit = self->measure_unit,
                         .source = "",
                         .theme = "",
                         .theme_title = "",
                         .owner_role = "",
                         .note = "",
                         .measure = *measure,
                         .baseline_day = WM_NO_DAY,
                         .baseline_value = NAN,
                         .baseline_qualifier = WM_BASELINE_NONE,
                         .readings = (const WmReading *)(void *)read->readings->data,
                         .n_readings = n_known(read, as_at),
                         .first_raised = WM_NO_DAY,
                         .previous = {.as_at = WM_NO_DAY},
                         .assessment = {.as_at = as_at == WM_NO_DAY ? latest_end(self->read) : as_at}};
    series->measure.decimals = decimals_of_one(read, measure);
    if (!add_targets(self, line, series, owned, error))
        return FALSE;
    assess(self->batch, i, series, owned);
    return TRUE;
}

/* Learnt from the file itself, as the filters do. */
static gboolean read_batch(ChartInput *self, const ChartInputLine *line, WmMeasure *measure, WmDay as_at, GError **error)
{
    GArray *read = read_series(line, measure, error);
    if (!read)
        return FALSE;
    const ForecastBatchOptions options = {.period_kind =
                                              line->frequency ? wm_frequency_period_kind(measure->frequency) : WM_PERIOD_NONE,
                                          .kind = measure->kind,
                                          .has_bounds = line->bounds != NULL,
                                          .low = measure->low,
                                          .high = measure->high,
                                          .as_at = as_at,
                                          .source = PRIORS_LEARN};
    self->batch = forecast_batch_of(read, &options, error);
    self->read = self->batch ? self->batch->series : NULL;
    return self->batch != NULL;
}

ChartInput *chart_input_new(const ChartInputLine *line, WmDay as_at, GError **error)
{
    WmMeasure measure;
    if (!understand(line, &measure, error))
        return NULL;
    g_autoptr(ChartInput) self = g_new0(ChartInput, 1);
    if (!read_batch(self, line, &measure, as_at, error) ||
        (line->targets && !(self->targets = long_targets_read(line->targets, error))))
        return NULL;
    if (self->targets)
        g_array_sort(self->targets, by_due);
    complete_measure(line, self->read, &measure);
    self->measure_unit = g_strdup(line->measure_unit ? line->measure_unit : measure.kind == WM_KIND_PERCENT ? "%" : "");
    self->title = g_strdup(line->title);
    self->series = g_new0(WmSeries, self->read->len + 1);
    self->owned = g_new0(Owned, self->read->len + 1);
    for (guint i = 0; i < self->read->len; i++) {
        self->owned[i].milestones = g_array_new(FALSE, TRUE, sizeof(WmSeriesMilestone));
        self->owned[i].waypoints = g_array_new(FALSE, TRUE, sizeof(WmWaypoint));
    }
    for (guint i = 0; i < self->read->len; i++)
        if (!fill(self, line, &measure, as_at, i, error))
            return NULL;
    return g_steal_pointer(&self);
}
