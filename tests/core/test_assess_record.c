/* An assessment as bytes: taken over whole by who has the same input, and by nobody else. */
#include "engine/core/assess_record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_series.h"

/* A plan with 24 readings, and what the pooled model makes of them. */
typedef struct {
    Plan plan;
    WmEvent events[1];
    WmPrior prior;
    WmForecast forecast;
    WmForecastScratch *scratch;
    WmAssessment assessment;
    unsigned char record[WM_ASSESS_RECORD_MAX];
    size_t n;
} Made;

static void make(Made *self, size_t n_readings)
{
    const double values[24] = {41, 44, 39, 42, 45, 43, 47, 44, 46, 49, 45, 48, 50, 47, 49, 52, 51, 48, 53, 52, 55, 51, 54, 56};
    memset(self, 0, sizeof *self);
    plan_init(&self->plan, percent_measure(), 41, "Dec 2018", "2021-01-31");
    plan_milestone(&self->plan, "Dec 2020", 50);
    plan_milestone(&self->plan, "Dec 2021", 60);
    plan_readings(&self->plan, "Jan 2019", values, n_readings);
    self->events[0] = (WmEvent){period_of("Jun 2019"), WM_EVENT_OUTLIER, ""};
    WmAssessmentInput *input = &self->plan.input;
    const WmForecastSeries series = {.readings = input->readings, .n_readings = input->n_readings};
    const WmForecastGroup group = wm_forecast_group_of(&input->measure, WM_PERIOD_MONTH, &series, 1);
    wm_prior_builtin(&group, &self->prior);
    self->scratch = wm_forecast_scratch_new();
    input->trend = (WmTrendOptions){
        .prior = &self->prior, .scratch = self->scratch, .forecast = &self->forecast, .events = self->events, .n_events = 1};
    wm_assess(input, &self->assessment);
    self->n = wm_assess_record_write(input, &self->assessment, self->record);
}

static void unmake(Made *self)
{
    wm_forecast_scratch_free(self->scratch);
}

/* Pointers apart, which are the reader's own. */
static void check_same(const WmAssessment *a, const WmAssessment *b)
{
    WmAssessment x = *a, y = *b;
    x.trend.prior = y.trend.prior = NULL;
    x.trend.forecast = y.trend.forecast = NULL;
    assert_memory_equal(&x, &y, sizeof x);
}

static void it_is_taken_over_to_the_last_bit(void **state)
{
    const size_t n_readings = *(const size_t *)*state;
    Made made;
    make(&made, n_readings);
    WmForecast fit;
    WmAssessmentInput input = made.plan.input;
    WmAssessment taken;
    input.trend.forecast = &fit;
    assert_true(made.n <= WM_ASSESS_RECORD_MAX);
    assert_true(wm_assess_record_read(made.record, made.n, &input, &taken));
    check_same(&taken, &made.assessment);
    assert_ptr_equal(taken.trend.forecast, made.assessment.trend.forecast ? &fit : NULL);
    for (int ahead = 1; ahead < 24 && made.assessment.trend.state == WM_TREND_FITTED; ahead++) {
        const double t = made.assessment.trend.t_last + ahead;
        assert_true(wm_trend_level(&taken.trend, t) == wm_trend_level(&made.assessment.trend, t));
        assert_true(wm_milestone_chance(&input, &taken, made.plan.milestones[1]) ==
                    wm_milestone_chance(&made.plan.input, &made.assessment, made.plan.milestones[1]));
    }
    unmake(&made);
}

/* ---- one thing of the input is another ---- */

#define CHANGE(name, statements)          \
    static void change_##name(Made *made) \
    {                                     \
        statements;                       \
    }
CHANGE(kind, made->plan.input.measure.kind = WM_KIND_SCORE)
CHANGE(polarity, made->plan.input.measure.polarity = WM_POLARITY_LOWER)
CHANGE(frequency, made->plan.input.measure.frequency = WM_FREQUENCY_QUARTER)
CHANGE(decimals, made->plan.input.measure.decimals = 3)
CHANGE(tolerance, made->plan.input.measure.tolerance = 2)
CHANGE(near, made->plan.input.measure.near = 2)
CHANGE(low, made->plan.input.measure.low = 1)
CHANGE(high, made->plan.input.measure.high = 99)
CHANGE(baseline, made->plan.input.baseline.value += 1e-12)
CHANGE(bound, made->plan.input.baseline.is_bound = true)
CHANGE(undated, made->plan.input.baseline.is_undated = true)
CHANGE(waypoint, made->plan.waypoints[1].value += 1e-12)
CHANGE(waypoint_day, made->plan.waypoints[1].t_months += 1e-9)
CHANGE(shape, made->plan.input.trajectory.shape = WM_PATH_STEP)
CHANGE(path_start, made->plan.input.trajectory.starts_at_milestone = true)
CHANGE(milestone, made->plan.milestones[0].target += 1e-12)
CHANGE(due, made->plan.milestones[0].due++)
CHANGE(unresolved, made->plan.input.n_unresolved++)
CHANGE(later, made->plan.input.n_later_unresolved++)
CHANGE(value, made->plan.readings[3].value += 1e-12)
CHANGE(no_value, made->plan.readings[3].value = NAN)
CHANGE(numerator, made->plan.readings[3].numerator = 4)
CHANGE(denominator, made->plan.readings[3].denominator = 9)
CHANGE(period, made->plan.readings[0].period.start--)
CHANGE(state, made->plan.readings[3].state = WM_PROVISIONAL)
CHANGE(one_less, made->plan.input.n_readings--)
CHANGE(as_at, made->plan.input.as_at++)
CHANGE(start, made->plan.input.plan_start = 5)
CHANGE(lag, made->plan.input.reading_lag_days++)
CHANGE(stale, made->plan.input.stale_after_days++)
CHANGE(model, made->plan.input.trend.model = WM_MODEL_OLS)
CHANGE(prior, made->prior.kappa += 1e-12)
CHANGE(spread, made->prior.spread = 1 + 1e-12)
CHANGE(group, made->prior.group.high = 99)
CHANGE(weight, made->prior.weights[0] += 1e-12)
CHANGE(event, made->events[0].period.start++)
CHANGE(event_kind, made->events[0].kind = WM_EVENT_BREAK)
CHANGE(no_event, made->plan.input.trend.n_events = 0)
CHANGE(known_trend, made->plan.input.known_trend = &made->assessment.trend)
CHANGE(policy, made->plan.policy.hold_noise = 2; made->plan.input.policy = &made->plan.policy)
CHANGE(table, made->plan.policy.table[0][0].status = WM_BLUE; made->plan.input.policy = &made->plan.policy)
CHANGE(signal, made->plan.input.signal = 1)
CHANGE(scope, made->plan.input.scope = WM_ASSESS_STATUS)
CHANGE(publicity, made->plan.input.is_public = true)

typedef struct {
    const char *name;
    void (*change)(Made *made);
} ChangeCase;

#define ROW(name)            \
    {                        \
#name, change_##name \
    }
static const ChangeCase CHANGES[] = {
    ROW(kind),       ROW(polarity),    ROW(frequency), ROW(decimals),    ROW(tolerance), ROW(near),         ROW(low),
    ROW(high),       ROW(baseline),    ROW(bound),     ROW(undated),     ROW(waypoint),  ROW(waypoint_day), ROW(shape),
    ROW(path_start), ROW(milestone),   ROW(due),       ROW(unresolved),  ROW(later),     ROW(value),        ROW(no_value),
    ROW(numerator),  ROW(denominator), ROW(period),    ROW(state),       ROW(one_less),  ROW(as_at),        ROW(start),
    ROW(lag),        ROW(stale),       ROW(model),     ROW(prior),       ROW(spread),    ROW(group),        ROW(weight),
    ROW(event),      ROW(event_kind),  ROW(no_event),  ROW(known_trend), ROW(policy),    ROW(table),        ROW(signal),
    ROW(scope),      ROW(publicity),
};

static void another_input_takes_nothing_over(void **state)
{
    const ChangeCase *row = *state;
    Made made;
    WmAssessment taken;
    make(&made, 24);
    assert_true(wm_assess_record_read(made.record, made.n, &made.plan.input, &taken));
    row->change(&made);
    assert_false(wm_assess_record_read(made.record, made.n, &made.plan.input, &taken));
    unmake(&made);
}

/* ---- what is no record ---- */

static void a_part_of_a_record_is_none(void **state)
{
    (void)state;
    Made made;
    WmAssessment taken;
    make(&made, 24);
    for (size_t n = 0; n < made.n; n++) {
        unsigned char *part = malloc(n + 1); /* so that reading beyond it is seen */
        memcpy(part, made.record, n);
        assert_false(wm_assess_record_read(part, n, &made.plan.input, &taken));
        free(part);
    }
    unmake(&made);
}

static void a_damaged_record_is_none(void **state)
{
    (void)state;
    Made made;
    make(&made, 24);
    for (size_t i = 0; i < made.n; i++) {
        WmAssessment taken;
        made.record[i] ^= 0x40;
        assert_false(wm_assess_record_read(made.record, made.n, &made.plan.input, &taken));
        made.record[i] ^= 0x40;
    }
    unmake(&made);
}

/* An assessment with one thing in it that cannot be, written as a server might that means harm. */
#define WRONG(name, statements)               \
    static void wrong_##name(WmAssessment *a) \
    {                                         \
        statements;                           \
    }
WRONG(status, a->verdict.status = (WmRag)77)
WRONG(mark, a->evidence.verdict.mark = (WmMark)77)
WRONG(position, a->position = (WmPosition)77)
WRONG(outlook, a->outlook = (WmOutlook)77)
WRONG(basis, a->basis = (WmBasis)77)
WRONG(bound, a->months_gap.bound = (WmMonthsBound)77)
WRONG(state, a->reading.state = (WmReadingState)77)
WRONG(period, a->reading.period.kind = (WmPeriodKind)77)
WRONG(start, a->reading.period.start = -5)
WRONG(day, a->next.due = INT32_MAX)
WRONG(reasons, a->n_reasons = WM_MAX_REASONS + 1)
WRONG(reason, a->reasons[0].code = (WmReasonCode)77)
WRONG(reason_day, a->reasons[0].day = INT32_MAX)
WRONG(trend, a->trend.model = 99)

typedef struct {
    const char *name;
    void (*wrong)(WmAssessment *a);
} WrongCase;

#define WRONG_ROW(name)     \
    {                       \
#name, wrong_##name \
    }
static const WrongCase WRONGS[] = {
    WRONG_ROW(status),  WRONG_ROW(mark),   WRONG_ROW(position),   WRONG_ROW(outlook), WRONG_ROW(basis),
    WRONG_ROW(bound),   WRONG_ROW(state),  WRONG_ROW(period),     WRONG_ROW(start),   WRONG_ROW(day),
    WRONG_ROW(reasons), WRONG_ROW(reason), WRONG_ROW(reason_day), WRONG_ROW(trend),
};

static void what_cannot_be_is_no_assessment(void **state)
{
    const WrongCase *row = *state;
    Made made;
    WmAssessment taken;
    make(&made, 24);
    row->wrong(&made.assessment);
    made.n = wm_assess_record_write(&made.plan.input, &made.assessment, made.record);
    assert_false(wm_assess_record_read(made.record, made.n, &made.plan.input, &taken));
    unmake(&made);
}

int main(void)
{
    static const size_t LENGTHS[] = {0, 1, 2, 3, 24};
    struct CMUnitTest tests[N_ELEMENTS(LENGTHS) + N_ELEMENTS(CHANGES) + N_ELEMENTS(WRONGS) + 2];
    size_t n = 0;
    for (size_t i = 0; i < N_ELEMENTS(LENGTHS); i++)
        tests[n++] = (struct CMUnitTest){"it_is_taken_over_to_the_last_bit", it_is_taken_over_to_the_last_bit, NULL, NULL,
                                         (void *)&LENGTHS[i]};
    for (size_t i = 0; i < N_ELEMENTS(CHANGES); i++)
        tests[n++] = (struct CMUnitTest){CHANGES[i].name, another_input_takes_nothing_over, NULL, NULL, (void *)&CHANGES[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_part_of_a_record_is_none);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_damaged_record_is_none);
    for (size_t i = 0; i < N_ELEMENTS(WRONGS); i++)
        tests[n++] = (struct CMUnitTest){WRONGS[i].name, what_cannot_be_is_no_assessment, NULL, NULL, (void *)&WRONGS[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
