/* The month: every series of a plan, assessed at one as-at and at the one before. */
#include "engine/data/month_private.h"

#include <math.h>
#include <string.h>

#include "engine/data/plan_private.h"
#include "engine/data/series_plan.h"
#include "engine/data/series_readings.h"
#include "engine/data/vintages.h"

/* Series simulated for each null distribution: enough for what signals chance alone would give, at a tenth of the filter's price.
 */
#define N_REPLICATES 5000

/* What assessing one series needs, beside the plan. */
typedef struct {
    WmMonth *month;
    const WmIndicator *indicator;
    const char *unit, *cohort;
    GArray *vintages;   /* of WmVintage; received by the as-at */
    const GArray *days; /* of WmDay: the dates of drops by the as-at, in order */
} SeriesWork;

static const char *keep(WmMonth *self, const char *text)
{
    return g_string_chunk_insert_const(self->storage->texts, text ? text : "");
}

static const WmOverride *find_override(const WmPlan *plan, const SeriesWork *work, WmDay as_at)
{
    for (size_t i = 0; i < plan->n_overrides; i++) {
        const WmOverride *row = &plan->overrides[i];
        const gboolean is_valid =
            (row->from == WM_NO_DAY || row->from <= as_at) && (row->expires == WM_NO_DAY || as_at <= row->expires);
        if (is_valid && strcmp(row->indicator, work->indicator->indicator) == 0 &&
            strcmp(plan_unit_id(plan, row->unit), work->unit) == 0)
            return row;
    }
    return NULL;
}

/* A person's status stands in place of the engine's, which stays among the reasons. */
static void apply_override(const WmPlan *plan, const SeriesWork *work, WmAssessment *assessment)
{
    const WmOverride *override = find_override(plan, work, assessment->as_at);
    if (!override)
        return;
    if (assessment->n_reasons == WM_MAX_REASONS)
        assessment->n_reasons--;
    assessment->reasons[assessment->n_reasons++] =
        (WmReason){.code = WM_REASON_OVERRIDDEN, .a = assessment->verdict.status, .b = NAN, .day = override->expires};
    assessment->verdict = (WmVerdict){override->status, WM_OVERRIDDEN};
}

/* What is known of one series at one date. Readings and plan are handed to the month to keep. */
typedef struct {
    SeriesPlan *plan;
    GArray *readings;
    gboolean is_illustrative;
    size_t n_future;
    WmAssessment assessment;
    WmSignals signals;
} View;

/* A reading of a period that had not begun is a plan or a slip, not a reading. How many were left out. */
static size_t leave_out_future(GArray *readings, WmDay as_at)
{
    guint n = readings->len;
    while (n > 0 && wm_period_start(g_array_index(readings, WmReading, n - 1).period) > as_at)
        n--;
    const size_t n_future = readings->len - n;
    g_array_set_size(readings, n);
    return n_future;
}

/* What a view shows of a series. */
static void show_view(const View *view, WmSeries *out)
{
    const SeriesPlan *plan = view->plan;
    out->measure = plan->indicator->measure;
    out->spc = plan->indicator->spc;
    out->is_illustrative = view->is_illustrative;
    out->n_future = view->n_future;
    out->baseline_day = plan->baseline_day;
    out->baseline_value = plan->baseline_value;
    out->baseline_qualifier = plan->baseline_qualifier;
    out->milestones = &g_array_index(plan->printed, WmSeriesMilestone, 0);
    out->n_milestones = plan->printed->len;
    out->readings = &g_array_index(view->readings, WmReading, 0);
    out->n_readings = view->readings->len;
    out->comparators = &g_array_index(plan->comparators, WmComparator, 0);
    out->n_comparators = plan->comparators->len;
    out->events = &g_array_index(plan->events, WmEvent, 0);
    out->n_events = plan->events->len;
    out->trajectory = plan->trajectory;
    out->assessment = view->assessment;
    out->signals = view->signals;
}

/* What the control chart says at this view: a reason beside the others. */
static void find_signals(const SeriesWork *work, View *view)
{
    WmSeries series = {.indicator = work->indicator->indicator};
    show_view(view, &series);
    signal_work_find(work->month->storage->signals, &series, &view->signals, NULL);
    signals_add_reason(&view->signals, &view->assessment);
}

static void view_at(const SeriesWork *work, WmDay as_at, View *out)
{
    out->plan = series_plan_new(work->month->plan, work->indicator, work->unit, as_at);
    out->readings = vintages_as_at(work->vintages, as_at, &out->is_illustrative);
    out->n_future = leave_out_future(out->readings, as_at);
    const WmAssessmentInput input = series_plan_input(out->plan, &g_array_index(out->readings, WmReading, 0), out->readings->len);
    wm_assess(&input, &out->assessment);
    find_signals(work, out);
    apply_override(work->month->plan, work, &out->assessment);
}

static void view_clear(View *self)
{
    series_plan_free(self->plan);
    g_array_unref(self->readings);
}

static gboolean has_reason(const WmAssessment *assessment, WmReasonCode code)
{
    for (size_t i = 0; i < assessment->n_reasons; i++)
        if (assessment->reasons[i].code == code)
            return TRUE;
    return FALSE;
}

/* Red and amber; and a signal of concern whatever the colour, unless it is of long ago, or a person has ruled on the status. */
gboolean month_is_exception(const WmPlan *plan, const WmAssessment *assessment)
{
    const WmVerdict verdict = assessment->verdict;
    if (verdict.status == WM_RED || verdict.status == WM_AMBER)
        return TRUE;
    return !plan->settings.keeps_quiet && verdict.status != WM_WHITE && verdict.mark != WM_OVERRIDDEN &&
           has_reason(assessment, WM_REASON_SIGNAL_CONCERN) && !has_reason(assessment, WM_REASON_READING_STALE);
}

static WmAssessment assess_at(const SeriesWork *work, WmDay as_at)
{
    View view;
    view_at(work, as_at, &view);
    view_clear(&view);
    return view.assessment;
}

/* The first drop date of the present unbroken run of exceptions: replayed from the vintages, never remembered from earlier runs. */
static WmDay find_first_raised(const SeriesWork *work)
{
    WmDay first = work->month->as_at;
    for (guint i = work->days->len; i-- > 0;) {
        const WmDay day = g_array_index(work->days, WmDay, i);
        const WmAssessment then = assess_at(work, day);
        if (!month_is_exception(work->month->plan, &then))
            break;
        first = day;
    }
    return first;
}

/* Outcome and chance of each milestone as printed. */
static void judge_milestones(const View *view, const WmAssessmentInput *input)
{
    const WmAssessment *assessment = &view->assessment;
    for (guint i = 0; i < view->plan->printed->len; i++) {
        WmSeriesMilestone *one = &g_array_index(view->plan->printed, WmSeriesMilestone, i);
        if (*one->reason)
            continue;
        const WmMilestone milestone = {one->due, one->target};
        one->outcome = wm_milestone_judge(input, milestone);
        one->chance = wm_milestone_chance(input, assessment, milestone);
    }
}

static void describe(WmMonth *month, const SeriesWork *work, WmSeries *out)
{
    const WmPlan *plan = month->plan;
    const WmIndicator *indicator = work->indicator;
    const WmTheme *theme = wm_plan_theme(plan, indicator->theme);
    const WmUnit *unit = *work->unit ? wm_plan_unit(plan, work->unit) : NULL;
    const char *theme_owner = theme && *theme->owner_role ? theme->owner_role : plan->settings.owner_role;
    out->indicator = indicator->indicator;
    out->title = *indicator->title ? indicator->title : indicator->indicator;
    out->unit = keep(month, work->unit);
    out->unit_name = !*work->unit ? plan->settings.area : unit && *unit->name ? unit->name : out->unit;
    out->cohort = keep(month, work->cohort);
    out->measure_unit = indicator->measure_unit;
    out->source = indicator->source;
    out->theme = indicator->theme;
    out->theme_title = theme ? theme->title : "";
    out->owner_role = *indicator->owner_role ? indicator->owner_role : theme_owner;
    out->note = indicator->note;
    out->measure = indicator->measure;
}

static void take_view(WmMonth *month, View *view, WmSeries *out)
{
    g_ptr_array_add(month->storage->plans, view->plan);
    g_ptr_array_add(month->storage->owned, view->readings);
    show_view(view, out);
}

/* How likely its latest reading is by chance alone, once the batch is whole; and where limits could be set afresh. */
static void judge_chance(WmMonth *month, WmSeries *series)
{
    WmMonthStorage *storage = month->storage;
    WmSignals same;
    Charted charted;
    if (!signal_work_find(storage->signals, series, &same, &charted))
        return;
    signal_batch_add(storage->batch, &charted.spc, &charted.options, &charted.treated);
    signal_work_suggest(storage->signals, series, &series->signals.suggestion);
}

static void add_series(WmMonth *month, const SeriesWork *work)
{
    WmSeries series = {.first_raised = WM_NO_DAY, .previous = {.as_at = WM_NO_DAY}};
    View view;
    view_at(work, month->as_at, &view);
    const WmAssessmentInput input = series_plan_input(view.plan, &g_array_index(view.readings, WmReading, 0), view.readings->len);
    judge_milestones(&view, &input);
    describe(month, work, &series);
    take_view(month, &view, &series);
    judge_chance(month, &series);

    GArray *revisions = vintages_revisions(work->vintages, month->as_at);
    g_ptr_array_add(month->storage->owned, revisions);
    series.revisions = &g_array_index(revisions, WmRevision, 0);
    series.n_revisions = revisions->len;
    g_ptr_array_add(month->storage->revised, vintages_revisions_since(work->vintages, month->previous_as_at, month->as_at));
    series.is_partial = vintages_are_partial(work->vintages, month->as_at);
    month->n_new_readings += vintages_count_new(work->vintages, month->previous_as_at, month->as_at);

    char sentence[WM_SENTENCE_TEXT];
    series.sentence = keep(month, wm_assessment_explain(&series.assessment, &series.measure, series.measure_unit, sentence));
    if (month->previous_as_at != WM_NO_DAY)
        series.previous = assess_at(work, month->previous_as_at);
    series.is_exception = month_is_exception(month->plan, &series.assessment);
    if (series.is_exception)
        series.first_raised = find_first_raised(work);
    g_array_append_val(month->storage->series, series);
}

/* The series of one indicator: each unit and cohort with readings, or the plan's area alone where there are none. */
static gboolean add_indicator(WmMonth *month, SeriesReadings *readings, const WmIndicator *indicator, const GArray *days,
                              GError **error)
{
    const GArray *keys = series_readings_keys(readings, indicator->indicator);
    gboolean has_any = FALSE;
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        g_autoptr(GArray) vintages = series_readings_vintages(readings, key, error);
        if (!vintages)
            return FALSE;
        if (vintages->len == 0)
            continue;
        add_series(month, &(SeriesWork){month, indicator, key->unit, key->cohort, vintages, days});
        has_any = TRUE;
    }
    if (has_any)
        return TRUE;
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(WmVintage));
    add_series(month, &(SeriesWork){month, indicator, "", "", none, days});
    return TRUE;
}

static int severity(WmRag status)
{
    return status == WM_RED ? 0 : status == WM_AMBER ? 1 : 2;
}

/* Worst first: red before amber before a signal alone, then the smaller chance, then the further behind, then the plan's order. */
static gint by_severity(gconstpointer a, gconstpointer b, gpointer data)
{
    const WmSeries *series = data;
    const size_t i = *(const size_t *)a, j = *(const size_t *)b;
    const WmAssessment *x = &series[i].assessment, *y = &series[j].assessment;
    if (severity(x->verdict.status) != severity(y->verdict.status))
        return severity(x->verdict.status) - severity(y->verdict.status);
    const double keys[][2] = {{x->next.chance, y->next.chance}, {x->months_gap.months, y->months_gap.months}};
    for (size_t k = 0; k < G_N_ELEMENTS(keys); k++) {
        if (isnan(keys[k][0]) != isnan(keys[k][1]))
            return isnan(keys[k][0]) ? 1 : -1;
        if (keys[k][0] != keys[k][1] && !isnan(keys[k][0]))
            return keys[k][0] < keys[k][1] ? -1 : 1;
    }
    return i < j ? -1 : 1;
}

static void rank_exceptions(WmMonth *self)
{
    for (size_t i = 0; i < self->storage->series->len; i++)
        if (g_array_index(self->storage->series, WmSeries, i).is_exception)
            g_array_append_val(self->storage->exceptions, i);
    g_array_sort_with_data(self->storage->exceptions, by_severity, self->storage->series->data);
}

/* Distinct received dates of the drops, in order. */
static GArray *drop_days(const GArray *drops)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(WmDay));
    for (guint i = 0; i < drops->len; i++) {
        const WmDay day = g_array_index(drops, WmDropInfo, i).received;
        if (days->len == 0 || g_array_index(days, WmDay, days->len - 1) != day)
            g_array_append_val(days, day);
    }
    return days;
}

static gboolean set_dates(WmMonth *self, const GArray *days, WmDay as_at, WmDay previous, GError **error)
{
    if (as_at == WM_NO_DAY && days->len == 0) {
        wm_error_set(
            error, WM_ERROR_INPUT,
            &(WmErrorPlace){.file = self->plan->folder, .advice = "put a file under drops/YYYY-MM-DD/, or give --as-at DATE"},
            "no drop has been received");
        return FALSE;
    }
    self->as_at = as_at != WM_NO_DAY ? as_at : g_array_index(days, WmDay, days->len - 1);
    self->previous_as_at = previous;
    for (guint i = 0; previous == WM_NO_DAY && i < days->len; i++)
        if (g_array_index(days, WmDay, i) < self->as_at)
            self->previous_as_at = g_array_index(days, WmDay, i);
    return TRUE;
}

static WmMonth *month_alloc(const WmPlan *plan, const WmProblems *problems)
{
    WmMonth *self = g_new0(WmMonth, 1);
    WmMonthStorage *storage = g_new0(WmMonthStorage, 1);
    storage->texts = g_string_chunk_new(16 * 1024);
    storage->series = g_array_new(FALSE, FALSE, sizeof(WmSeries));
    storage->exceptions = g_array_new(FALSE, FALSE, sizeof(size_t));
    storage->changes = g_array_new(FALSE, FALSE, sizeof(WmChange));
    storage->owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    storage->revised = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    storage->plans = g_ptr_array_new_with_free_func((GDestroyNotify)series_plan_free);
    storage->signals = signal_work_new();
    storage->batch = signal_batch_new(N_REPLICATES);
    storage->problems = wm_problems_new();
    for (size_t i = 0; problems && i < wm_problems_n(problems); i++)
        wm_problems_add(storage->problems, wm_problems_at(problems, i));
    self->plan = plan;
    self->storage = storage;
    return self;
}

/* Make the plain members show what the storage holds. */
static void publish(WmMonth *self)
{
    WmMonthStorage *storage = self->storage;
    self->series = &g_array_index(storage->series, WmSeries, 0);
    self->n_series = storage->series->len;
    self->exceptions = &g_array_index(storage->exceptions, size_t, 0);
    self->n_exceptions = storage->exceptions->len;
    self->changes = &g_array_index(storage->changes, WmChange, 0);
    self->n_changes = storage->changes->len;
    self->drops = &g_array_index(storage->drops, WmDropInfo, 0);
    self->n_drops = storage->drops->len;
    self->problems = storage->problems;
}

/* p-values become q-values when every series is there. */
static void finish_signals(WmMonth *self)
{
    WmMonthStorage *storage = self->storage;
    guint n_charted = 0;
    self->signals = signal_batch_finish(storage->batch);
    for (guint i = 0; i < storage->series->len; i++) {
        WmSignals *signals = &g_array_index(storage->series, WmSeries, i).signals;
        if (!signals->is_charted)
            continue;
        const BatchChance *one = signal_batch_get(storage->batch, n_charted++);
        signals->chance = one->chance;
        signals->q_value = one->q_value;
    }
}

static void count_series(WmMonth *self)
{
    for (size_t i = 0; i < self->n_series; i++) {
        self->n_status[self->series[i].assessment.verdict.status]++;
        self->is_illustrative |= self->series[i].is_illustrative;
    }
}

WmMonth *wm_month_new(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, const WmProblems *problems, GError **error)
{
    g_autoptr(WmMonth) self = month_alloc(plan, problems);
    self->storage->drops = wm_store_drops(store, as_at, error);
    if (!self->storage->drops)
        return NULL;
    g_autoptr(GArray) days = drop_days(self->storage->drops);
    if (!set_dates(self, days, as_at, previous, error))
        return NULL;
    g_autoptr(SeriesReadings) readings = series_readings_new(plan, store, self->as_at, error);
    if (!readings)
        return NULL;
    for (size_t i = 0; i < plan->n_indicators; i++)
        if (!add_indicator(self, readings, &plan->indicators[i], days, error))
            return NULL;
    finish_signals(self);
    rank_exceptions(self);
    publish(self);
    count_series(self);
    month_find_changes(self);
    publish(self);
    return month_check_data(self, store, readings, error) ? g_steal_pointer(&self) : NULL;
}

void wm_month_free(WmMonth *self)
{
    if (!self)
        return;
    WmMonthStorage *storage = self->storage;
    g_string_chunk_free(storage->texts);
    g_array_unref(storage->series);
    g_array_unref(storage->exceptions);
    g_array_unref(storage->changes);
    if (storage->drops)
        g_array_unref(storage->drops);
    g_ptr_array_unref(storage->owned);
    g_ptr_array_unref(storage->plans);
    g_ptr_array_unref(storage->revised);
    signal_work_free(storage->signals);
    signal_batch_free(storage->batch);
    wm_problems_free(storage->problems);
    g_free(storage);
    g_free(self);
}
