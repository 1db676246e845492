/* A plan's history, delivery by delivery. */
#include <math.h>

#include "engine/data/backtest/backtest.h"
#include "engine/data/series/series_history.h"
#include "engine/data/series/series_readings.h"

/* One series: its own scores, merged in the plan's order whatever thread made them. */
typedef struct {
    const WmIndicator *indicator;
    const WmSeriesKey *key;
    GArray *vintages;
    HorizonScores horizons[MAX_HORIZONS];
    WmPeriodKind period_kind;
    GArray *courses; /* of Course */
    size_t n_origins;
    WmDay from, to; /* of the origins */
} Work;

typedef struct {
    const WmPlan *plan;
    const BacktestOptions *options;
    PriorSet *priors;
    const GArray *days;
    WmDay as_at;
    GMutex lock;
    size_t n_done, n_total;
    GError *error;
} Job;

static const WmReading *reading_at(const SeriesView *view, double t_months)
{
    for (guint i = 0; i < view->readings->len; i++) {
        const WmReading *one = &g_array_index(view->readings, WmReading, i);
        if (fabs(wm_reading_months(one) - t_months) < 0.01 && wm_reading_state_has_value(one->state) && isfinite(one->value))
            return one;
    }
    return NULL;
}

/* Mean |y_t - y_(t-1)|. */
static double mean_move(const SeriesView *view)
{
    double sum = 0, before = NAN;
    size_t n = 0;
    for (guint i = 0; i < view->readings->len; i++) {
        const WmReading *one = &g_array_index(view->readings, WmReading, i);
        if (!wm_reading_state_has_value(one->state) || !isfinite(one->value))
            continue;
        if (!isnan(before)) {
            sum += fabs(one->value - before);
            n++;
        }
        before = one->value;
    }
    return n ? sum / (double)n : NAN;
}

/* What the simple rivals make of the same view. */
typedef struct {
    const SeriesView *view;
    double t_last, step_months, scale;
    WmTrend line;
    WmDrift drift;
} Stand;

static Stand stand_of(const SeriesView *view)
{
    const WmReading *readings = (const WmReading *)(const void *)view->readings->data;
    const WmAssessment *a = &view->assessment;
    Stand self = {
        .view = view, .t_last = wm_reading_months(&a->reading), .step_months = a->trend.step_months, .scale = mean_move(view)};
    const WmTrendOptions line = {.model = WM_MODEL_OLS,
                                 .events = (const WmEvent *)(const void *)view->plan->events->data,
                                 .n_events = view->plan->events->len};
    wm_trend_fit(readings, view->readings->len, &line, &self.line);
    self.drift = wm_drift_fit(readings, view->readings->len, self.step_months);
    return self;
}

static WmDistribution predict(const Stand *self, Forecaster forecaster, double t_months)
{
    if (forecaster == FORECASTER_POOLED)
        return wm_trend_predict(&self->view->assessment.trend, t_months);
    if (forecaster == FORECASTER_LINE)
        return wm_trend_predict(&self->line, t_months);
    return wm_drift_predict(&self->drift, (int)floor((t_months - self->t_last) / self->step_months + 1e-6));
}

static void score_forecasts(Work *self, const Stand *stand, const SeriesView *latest)
{
    for (size_t k = 0; k < MAX_HORIZONS && self->horizons[k].steps; k++) {
        const double t = stand->t_last + self->horizons[k].steps * stand->step_months;
        const WmReading *actual = reading_at(latest, t);
        for (int i = 0; actual && i < N_FORECASTERS; i++) {
            const WmDistribution y = predict(stand, (Forecaster)i, t);
            wm_forecast_tally_add(&self->horizons[k].forecasts[i], &y, actual->value, stand->scale);
        }
    }
}

/* What became of a milestone, as known at the end; FALSE where it is not known yet. */
static gboolean find_outcome(const SeriesView *latest, WmMilestone milestone, gboolean *is_met)
{
    const WmAssessmentInput input = series_view_input(latest);
    const WmMilestoneState state = wm_milestone_judge(&input, milestone).state;
    *is_met = state == WM_MILESTONE_MET;
    return state == WM_MILESTONE_MET || state == WM_MILESTONE_MISSED || state == WM_MILESTONE_RECOVERED;
}

static void score_chances(Work *self, const Stand *stand, const SeriesView *latest)
{
    const SeriesView *view = stand->view;
    const WmAssessmentInput input = series_view_input(view);
    for (size_t m = 0; m < input.n_milestones; m++) {
        const WmMilestone milestone = input.milestones[m];
        const double t = wm_milestone_months(&input, milestone.due);
        gboolean is_met;
        HorizonScores *at = backtest_horizon(self->horizons, (int)floor((t - stand->t_last) / stand->step_months + 1e-6));
        if (!at || isnan(wm_milestone_chance(&input, &view->assessment, milestone)) || !find_outcome(latest, milestone, &is_met))
            continue;
        for (int i = 0; i < N_FORECASTERS; i++) {
            const WmDistribution y = predict(stand, (Forecaster)i, t);
            wm_chance_tally_add(&at->chances[i], wm_distribution_chance(&y, &input.measure, milestone.target), is_met);
        }
        wm_chance_tally_add(&at->chances[CHANCER_RAG],
                            wm_measure_is_met(&input.measure, view->assessment.reading.value, milestone.target), is_met);
    }
}

/* The course to a milestone; a new one where it has none yet. NULL where the outcome is not known. */
static Course *course_to(Work *self, const SeriesView *view, const SeriesView *latest)
{
    const WmProspect next = *wm_assessment_question(&view->assessment);
    const WmAssessmentInput input = series_view_input(view);
    gboolean is_met;
    const double t_due = wm_milestone_months(&input, next.due);
    if (next.due == WM_NO_DAY || !find_outcome(latest, (WmMilestone){next.due, next.target}, &is_met))
        return NULL;
    if (self->courses->len) {
        Course *last = &g_array_index(self->courses, Course, self->courses->len - 1);
        if (last->t_due == t_due)
            return last;
    }
    const Course one = {input.measure, t_due, is_met, g_array_new(FALSE, FALSE, sizeof(CourseStep))};
    g_array_append_val(self->courses, one);
    return &g_array_index(self->courses, Course, self->courses->len - 1);
}

static void follow_course(Work *self, const Stand *stand, const SeriesView *latest, WmRag shown)
{
    const SeriesView *view = stand->view;
    const WmAssessment *a = &view->assessment;
    Course *course = isnan(a->gap) ? NULL : course_to(self, view, latest);
    if (!course || !(course->t_due > stand->t_last))
        return;
    const WmProspect *question = wm_assessment_question(a);
    const WmDistribution line = predict(stand, FORECASTER_LINE, course->t_due);
    const CourseStep step = {.numbers = {.gap = a->gap,
                                         .trajectory = a->trajectory,
                                         .chance = question->chance,
                                         .noise = a->noise,
                                         .signal = a->evidence.signal,
                                         .period = a->reading.period,
                                         .due = question->due},
                             .line_chance = wm_distribution_chance(&line, &course->measure, question->target),
                             .t_months = wm_day_to_months(a->as_at),
                             .meets = wm_measure_is_met(&course->measure, a->reading.value, question->target),
                             .has_shown = TRUE,
                             .shown = shown};
    g_array_append_val(course->steps, step);
}

/* One delivery. Where it brought no new period there is nothing new to say. */
static void judge_day(Work *self, const SeriesSource *source, SeriesHistory *history, guint i_day, const SeriesView *latest,
                      WmPeriod *seen)
{
    g_auto(SeriesView) view;
    series_view_init(&view, source, g_array_index(source->days, WmDay, i_day), WM_ASSESS_ALL, NULL);
    const WmAssessment *a = &view.assessment;
    if (!a->has_value || wm_period_compare(a->reading.period, *seen) == 0)
        return;
    *seen = a->reading.period;
    const Stand stand = stand_of(&view);
    if (a->trend.state == WM_TREND_FITTED) {
        self->from = self->n_origins++ ? self->from : a->as_at;
        self->to = a->as_at;
        score_forecasts(self, &stand, latest);
        score_chances(self, &stand, latest);
    }
    follow_course(self, &stand, latest, series_history_shown(history, i_day)->verdict.status);
}

static void judge_series(gpointer data, gpointer user_data)
{
    Work *self = data;
    Job *job = user_data;
    g_mutex_lock(&job->lock);
    const gboolean is_stopped = job->error != NULL;
    g_mutex_unlock(&job->lock);
    g_auto(SeriesTools) tools = series_tools_new(job->priors);
    const SeriesSource source = {job->plan,      self->indicator, self->key->unit, self->key->cohort,
                                 self->vintages, job->days,       &tools,          NULL};
    g_auto(SeriesHistory) history;
    g_auto(SeriesView) latest;
    series_history_init(&history, &source);
    series_view_init(&latest, &source, job->as_at, WM_ASSESS_STATUS, NULL);
    WmPeriod seen = {.kind = WM_PERIOD_NONE};
    for (guint i = 0; !is_stopped && i < job->days->len; i++)
        judge_day(self, &source, &history, i, &latest, &seen);
    g_mutex_lock(&job->lock);
    job->n_done++;
    if (!job->error && job->options->tick)
        job->options->tick(job->n_done, job->n_total, job->options->data, &job->error);
    g_mutex_unlock(&job->lock);
}

static void clear_work(gpointer data)
{
    Work *self = data;
    g_clear_pointer(&self->vintages, g_array_unref);
    g_clear_pointer(&self->courses, g_array_unref);
}

/* Series that are measured and have readings. */
static GArray *find_work(const WmPlan *plan, SeriesReadings *readings, GError **error)
{
    g_autoptr(GArray) work = g_array_new(FALSE, TRUE, sizeof(Work));
    g_array_set_clear_func(work, clear_work);
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *indicator = &plan->indicators[i];
        const GArray *keys = series_readings_keys(readings, indicator->indicator);
        if (indicator->measure.kind == WM_KIND_YES_NO || indicator->measure.kind == WM_KIND_TEXT)
            continue;
        for (guint k = 0; k < keys->len; k++) {
            const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, k);
            Work one = {.indicator = indicator, .key = key, .period_kind = wm_frequency_period_kind(indicator->measure.frequency)};
            one.vintages = series_readings_vintages(readings, key, error);
            if (!one.vintages)
                return NULL;
            one.courses = courses_new();
            backtest_horizons(one.period_kind, one.horizons);
            g_array_append_val(work, one);
        }
    }
    return g_steal_pointer(&work);
}

/* The kind of period that most origins are of: scores of other steps do not add up with theirs. Courses do. */
static WmPeriodKind commonest_kind(const GArray *work)
{
    WmPeriodKind best = WM_PERIOD_MONTH;
    size_t most = 0;
    for (guint i = 0; i < work->len; i++) {
        const WmPeriodKind kind = g_array_index(work, Work, i).period_kind;
        size_t n = 0;
        for (guint k = 0; k < work->len; k++)
            n += g_array_index(work, Work, k).period_kind == kind ? g_array_index(work, Work, k).n_origins : 0;
        if (n > most) {
            most = n;
            best = kind;
        }
    }
    return best;
}

static void take_work(GArray *work, Backtest *out)
{
    out->period_kind = commonest_kind(work);
    backtest_horizons(out->period_kind, out->horizons);
    for (guint i = 0; i < work->len; i++) {
        Work *one = &g_array_index(work, Work, i);
        out->n_series += one->n_origins > 0;
        if (one->n_origins) {
            out->from = out->n_origins && out->from < one->from ? out->from : one->from;
            out->to = out->n_origins && out->to > one->to ? out->to : one->to;
        }
        out->n_origins += one->n_origins;
        if (one->period_kind == out->period_kind)
            backtest_merge(out->horizons, one->horizons);
        for (guint k = 0; k < one->courses->len; k++) {
            Course *course = &g_array_index(one->courses, Course, k);
            g_array_append_val(out->courses, *course);
            course->steps = NULL; /* taken */
        }
    }
}

static GArray *days_of(const GArray *drops)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(WmDay));
    for (guint i = 0; i < drops->len; i++) {
        const WmDay day = g_array_index(drops, WmDropInfo, i).received;
        if (days->len == 0 || g_array_index(days, WmDay, days->len - 1) != day)
            g_array_append_val(days, day);
    }
    return days;
}

static gboolean run_all(Job *job, GArray *work, GError **error)
{
    GThreadPool *pool = g_thread_pool_new(judge_series, job, MAX(job->options->n_jobs, 1), TRUE, error);
    if (!pool)
        return FALSE;
    job->n_total = work->len;
    g_mutex_init(&job->lock);
    for (guint i = 0; i < work->len; i++)
        g_thread_pool_push(pool, &g_array_index(work, Work, i), NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
    g_mutex_clear(&job->lock);
    if (job->error)
        g_propagate_error(error, g_steal_pointer(&job->error));
    return job->error == NULL && !(error && *error);
}

gboolean backtest_plan(const WmPlan *plan, WmStore *store, WmDay as_at, const BacktestOptions *options, Backtest *out,
                       GError **error)
{
    *out = (Backtest){.courses = courses_new(), .from = WM_NO_DAY, .to = WM_NO_DAY, .notes = {.beyond = NAN}};
    g_autoptr(GArray) drops = wm_store_drops(store, as_at, error);
    if (!drops)
        return FALSE;
    g_autoptr(GArray) days = days_of(drops);
    if (days->len == 0) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = plan->folder, .advice = "put files under drops/YYYY-MM-DD/"},
                     "no drop has been received");
        return FALSE;
    }
    g_autoptr(PriorSet) priors = prior_set_of_plan(plan, error);
    g_autoptr(SeriesReadings) readings = priors ? series_readings_new(plan, store, as_at, error) : NULL;
    g_autoptr(GArray) work = readings ? find_work(plan, readings, error) : NULL;
    if (!work)
        return FALSE;
    Job job = {.plan = plan, .options = options, .priors = priors, .days = days};
    job.as_at = as_at != WM_NO_DAY ? as_at : g_array_index(days, WmDay, days->len - 1);
    if (!run_all(&job, work, error))
        return FALSE;
    take_work(work, out);
    return TRUE;
}
