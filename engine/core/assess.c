/* From readings, path and policy to a status with its reasons.
 *
 * wm_assess says the steps: look at the latest reading and place it on the path, judge by the order of RULES, look ahead, and where
 * no rule decided by the policy's table.
 */
#include <waymark/assess.h>

#include <math.h>

#include "engine/core/milestone.h"
#include "engine/core/outlook.h"

typedef struct {
    const WmAssessmentInput *input;
    WmAssessment *out;
} Judge;

static void add_reason(Judge *self, WmReasonCode code, double a, double b, WmDay day)
{
    if (self->out->n_reasons < WM_MAX_REASONS)
        self->out->reasons[self->out->n_reasons++] = (WmReason){.code = code, .a = a, .b = b, .day = day};
}

bool wm_assessment_has_reason(const WmAssessment *assessment, WmReasonCode code)
{
    for (size_t i = 0; i < assessment->n_reasons; i++)
        if (assessment->reasons[i].code == code)
            return true;
    return false;
}

static void start(const WmAssessmentInput *input, WmAssessment *out)
{
    const WmProspect no_prospect = {WM_NO_DAY, NAN, NAN};
    *out = (WmAssessment){
        .as_at = input->as_at,
        .reading = {.value = NAN, .numerator = NAN, .denominator = NAN, .state = WM_MISSING},
        .baseline = input->baseline.value,
        .trajectory = NAN,
        .gap = NAN,
        .months_gap = {NAN, WM_MONTHS_NONE},
        .pending = no_prospect,
        .next = no_prospect,
        .last = no_prospect,
        .expected = WM_NO_DAY,
        .expected_lo = WM_NO_DAY,
        .expected_hi = WM_NO_DAY,
        .required_pace = NAN,
        .achieved_pace = NAN,
        .safe_pace = NAN,
        .effect = {.effect = NAN, .low = NAN, .high = NAN, .chance = NAN},
        .noise = NAN,
        .position = WM_POSITION_NONE,
        .outlook = WM_OUTLOOK_NONE,
        .verdict = {WM_GREY, WM_PLAIN},
    };
}

/* A baseline alone, without a milestone, plans nothing. */
static bool has_path(const WmAssessmentInput *input)
{
    return input->trajectory.n_waypoints > 0 && (input->n_milestones > 0 || input->trajectory.shape == WM_PATH_EXPLICIT);
}

/* What is to be done by a date has a flat path until that date: it is late by the months since, while it is not done. */
static WmMonthsGap months_late(const WmAssessmentInput *input, double t_months, double value)
{
    if (input->measure.polarity == WM_POLARITY_NONE || input->n_milestones == 0)
        return (WmMonthsGap){NAN, WM_MONTHS_NONE};
    for (size_t i = 0; i < input->n_milestones; i++)
        if (!wm_measure_is_met(&input->measure, value, input->milestones[i].target))
            return (WmMonthsGap){fmin(0, wm_round(wm_day_to_months(input->milestones[i].due) - t_months, 9)), WM_MONTHS_EXACT};
    return (WmMonthsGap){0, WM_MONTHS_EXACT};
}

/* The latest value, and where it stands against the path. */
static void place(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    WmAssessment *out = self->out;
    const size_t i = wm_latest_value(input->readings, input->n_readings);
    if (i == SIZE_MAX)
        return;

    out->has_value = true;
    out->reading = input->readings[i];
    if (!has_path(input) || wm_newest_is_hidden(input))
        return;
    const double t = wm_reading_months(&out->reading);
    out->trajectory = wm_trajectory_at(&input->trajectory, t);
    out->gap = wm_gap(input->measure.polarity, out->reading.value, out->trajectory);
    out->months_gap = input->measure.kind == WM_KIND_YES_NO
                          ? months_late(input, t, out->reading.value)
                          : wm_trajectory_months_gap(&input->trajectory, input->measure.polarity, t, out->reading.value);
    out->position = wm_position_of(&input->measure, out->gap, out->trajectory);
}

/* The day by which the first reading of the plan should have come. */
static WmDay first_reading_due(const WmAssessmentInput *input)
{
    const WmMeasure *measure = &input->measure;
    if (measure->frequency == WM_FREQUENCY_ONCE)
        return input->n_milestones ? input->milestones[0].due + input->reading_lag_days : WM_NO_DAY;
    if (input->plan_start == WM_NO_DAY)
        return WM_NO_DAY;
    return wm_period_end(wm_period_containing(wm_frequency_period_kind(measure->frequency), input->plan_start)) +
           input->reading_lag_days;
}

/* Nothing in what is measured lets it be judged, whatever the readings say. */
static bool is_unjudgeable(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    if (input->measure.kind == WM_KIND_TEXT)
        add_reason(self, WM_REASON_NOT_NUMERIC, NAN, NAN, WM_NO_DAY);
    else if (input->measure.polarity == WM_POLARITY_NONE)
        add_reason(self, WM_REASON_NO_POLARITY, NAN, NAN, WM_NO_DAY);
    else if (!has_path(input))
        add_reason(self, input->n_unresolved ? WM_REASON_TARGET_UNRESOLVED : WM_REASON_NO_TARGET, (double)input->n_unresolved, NAN,
                   WM_NO_DAY);
    else
        return false;
    return true;
}

/* Without a baseline nothing is planned before the first milestone. A yearly reading may judge that milestone months before it is
 * due. */
static bool is_before_path(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    const WmTrajectory *path = &input->trajectory;
    const WmAssessment *out = self->out;
    const double t = out->has_value ? wm_reading_months(&out->reading) : wm_day_to_months(input->as_at);
    if (!path->starts_at_milestone || t >= path->waypoints[0].t_months ||
        (input->n_milestones && !wm_milestone_is_open(input, input->milestones[0])))
        return false;
    add_reason(self, WM_REASON_BASELINE_TBC, NAN, NAN, wm_day_from_months(path->waypoints[0].t_months));
    return true;
}

static bool has_started(const WmAssessmentInput *input)
{
    return input->plan_start == WM_NO_DAY || input->as_at >= input->plan_start;
}

/* Older readings would tell of another state than the one that is known. add_evidence gives the reason. */
static bool is_hidden(const Judge *self)
{
    return has_started(self->input) && wm_newest_is_hidden(self->input);
}

static bool is_reading_absent(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    const WmDay due = first_reading_due(input);
    if (self->out->has_value || !has_started(input) || (input->n_readings == 0 && due != WM_NO_DAY && due > input->as_at))
        return false;
    add_reason(self, input->n_readings ? WM_REASON_NO_VALUE : WM_REASON_NO_READING, NAN, NAN, due);
    return true;
}

static bool cannot_be_judged(Judge *self)
{
    return is_unjudgeable(self) || is_hidden(self) || is_before_path(self) || is_reading_absent(self);
}

static bool has_not_started(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    if (!has_started(input))
        add_reason(self, WM_REASON_BEFORE_START, NAN, NAN, input->plan_start);
    else if (!self->out->has_value)
        add_reason(self, WM_REASON_NO_READING_DUE, NAN, NAN, first_reading_due(input));
    else
        return false;
    return true;
}

/* Milestones of which the reasons speak: the latest, so that a plan with one a month leaves room for what else there is to say. */
#define MAX_MILESTONE_REASONS 12

static void add_milestone_reason(Judge *self, WmMilestone milestone, WmMilestoneOutcome outcome)
{
    const WmReading *reading = outcome.i_reading == SIZE_MAX ? NULL : &self->input->readings[outcome.i_reading];
    const double judged_by = reading ? reading->value : NAN;
    const size_t n_before = self->out->n_reasons;
    if (outcome.state == WM_MILESTONE_MISSED)
        add_reason(self, WM_REASON_MILESTONE_MISSED, milestone.target, judged_by, milestone.due);
    else if (outcome.state == WM_MILESTONE_RECOVERED)
        add_reason(self, WM_REASON_MILESTONE_RECOVERED, milestone.target, judged_by, milestone.due);
    else if (outcome.state == WM_MILESTONE_PENDING)
        add_reason(self, WM_REASON_MILESTONE_PENDING, milestone.target, NAN, milestone.due);
    if (reading && self->out->n_reasons > n_before)
        self->out->reasons[n_before].period = reading->period;
}

static bool speaks_of(WmMilestoneState state)
{
    return state == WM_MILESTONE_MISSED || state == WM_MILESTONE_RECOVERED || state == WM_MILESTONE_PENDING;
}

static bool has_missed(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    bool has_missed_one = false;
    size_t n_to_say = 0;
    for (size_t i = 0; i < input->n_milestones; i++) {
        const WmMilestoneState state = wm_milestone_judge(input, input->milestones[i]).state;
        has_missed_one |= state == WM_MILESTONE_MISSED;
        n_to_say += speaks_of(state);
    }
    for (size_t i = 0; i < input->n_milestones; i++) {
        const WmMilestoneOutcome outcome = wm_milestone_judge(input, input->milestones[i]);
        if (speaks_of(outcome.state) && n_to_say-- <= MAX_MILESTONE_REASONS)
            add_milestone_reason(self, input->milestones[i], outcome);
    }
    return has_missed_one;
}

static bool is_achieved(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    if (input->n_milestones == 0)
        return false;
    const WmMilestone last = input->milestones[input->n_milestones - 1];
    const WmMilestoneOutcome outcome = wm_milestone_judge(input, last);
    if (outcome.state != WM_MILESTONE_MET && outcome.state != WM_MILESTONE_RECOVERED)
        return false;
    const bool is_held = wm_is_held(input, last.target);
    add_reason(self, is_held ? WM_REASON_HELD : WM_REASON_NOT_HELD, last.target, NAN, last.due);
    if (input->n_later_unresolved) /* what is still to be asked cannot have been achieved */
        add_reason(self, WM_REASON_LATER_UNRESOLVED, (double)input->n_later_unresolved, NAN, WM_NO_DAY);
    return is_held && input->n_later_unresolved == 0;
}

/* The next reading is overdue for so long that the latest says little of today. What was missed or achieved stays so. */
static bool is_stale(Judge *self)
{
    const WmAssessmentInput *input = self->input;
    const WmAssessment *out = self->out;
    const int months = wm_period_kind_months(wm_frequency_period_kind(input->measure.frequency));
    if (input->stale_after_days <= 0 || months == 0 || !out->has_value)
        return false;
    const WmDay latest = wm_day_month_end(wm_period_end(out->reading.period));
    const WmDay due = wm_day_from_months(wm_day_to_months(latest) + months) + input->reading_lag_days;
    if (input->as_at <= due + input->stale_after_days)
        return false;
    add_reason(self, WM_REASON_READING_STALE, NAN, NAN, due);
    return true;
}

typedef struct {
    WmRag status;
    bool (*holds)(Judge *self);
} Rule;

/* The order of judgement: the first that holds decides. */
static const Rule RULES[] = {
    {WM_GREY, cannot_be_judged}, {WM_WHITE, has_not_started}, {WM_RED, has_missed}, {WM_BLUE, is_achieved}, {WM_GREY, is_stale},
};

/* Whether a rule decides, and what. */
static bool is_ruled(Judge *self, WmVerdict *verdict)
{
    *verdict = (WmVerdict){WM_GREY, WM_PLAIN};
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++)
        if (RULES[i].holds(self)) {
            verdict->status = RULES[i].status;
            return true;
        }
    if (self->out->position != WM_POSITION_NONE)
        return false;
    /* the first milestone is judged, and the path begins after the reading */
    add_reason(self, WM_REASON_BASELINE_TBC, NAN, NAN, wm_day_from_months(self->input->trajectory.waypoints[0].t_months));
    return true;
}

/* What speaks for the status, and the status that it comes to. */
static void weigh(Judge *self, const WmPolicy *policy)
{
    WmAssessment *out = self->out;
    const WmProspect *question = wm_assessment_question(out);
    const WmStatusNumbers numbers = {.gap = out->gap,
                                     .trajectory = out->trajectory,
                                     .chance = question->chance,
                                     .noise = out->noise,
                                     .signal = self->input->signal,
                                     .period = out->reading.period,
                                     .due = question->due};
    const WmStatusEvidence ruled = out->evidence;
    out->evidence = wm_policy_weigh(policy, &self->input->measure, &numbers);
    if (ruled.is_ruled) {
        out->evidence.is_ruled = true;
        out->evidence.verdict = ruled.verdict;
    }
    out->verdict = out->evidence.verdict;
}

/* What speaks for or qualifies the judgement, whichever it was. */
static void add_evidence(Judge *self)
{
    static const WmReasonCode POSITIONS[] = {
        [WM_ON] = WM_REASON_ON_PLAN, [WM_NEAR] = WM_REASON_NEAR_PLAN, [WM_OFF] = WM_REASON_OFF_PLAN};
    static const WmReasonCode OUTLOOKS[] = {[WM_LIKELY] = WM_REASON_CHANCE_LIKELY,
                                            [WM_UNCERTAIN] = WM_REASON_CHANCE_UNCERTAIN,
                                            [WM_UNLIKELY] = WM_REASON_CHANCE_UNLIKELY};
    const WmAssessmentInput *input = self->input;
    const WmAssessment *out = self->out;
    const WmProspect *question = wm_assessment_question(out);

    if (out->position != WM_POSITION_NONE)
        add_reason(self, POSITIONS[out->position], out->gap, NAN, WM_NO_DAY);
    if (out->outlook != WM_OUTLOOK_NONE)
        add_reason(self, OUTLOOKS[out->outlook], question->chance, question->target, question->due);
    else if (out->has_value && input->n_milestones && question->due == WM_NO_DAY)
        add_reason(self, WM_REASON_NO_MILESTONE_AHEAD, NAN, NAN, WM_NO_DAY);
    else if (out->has_value && out->trend.state == WM_TREND_TOO_FEW && question->due != WM_NO_DAY &&
             input->measure.kind != WM_KIND_YES_NO && !wm_newest_is_hidden(input))
        add_reason(self, WM_REASON_TOO_FEW_READINGS, (double)out->trend.n_readings, NAN, WM_NO_DAY);

    if (out->basis == WM_BASIS_PRIOR)
        add_reason(self, WM_REASON_MOSTLY_PRIOR, (double)out->trend.n_readings, NAN, WM_NO_DAY);

    if (input->baseline.is_bound)
        add_reason(self, WM_REASON_BASELINE_BOUND, input->baseline.value, NAN, WM_NO_DAY);
    if (input->baseline.is_undated)
        add_reason(self, WM_REASON_BASELINE_UNDATED, NAN, NAN, WM_NO_DAY);
    if (wm_trajectory_fell_back(&input->trajectory))
        add_reason(self, WM_REASON_GEOMETRIC_FELL_BACK, NAN, NAN, WM_NO_DAY);
    if (out->has_value && input->n_readings) {
        const WmReading *latest = &input->readings[input->n_readings - 1];
        if (wm_period_compare(latest->period, out->reading.period) > 0)
            add_reason(self, WM_REASON_LATEST_WITHOUT_VALUE, latest->state, NAN, wm_period_end(latest->period));
    }
    if (wm_newest_is_hidden(input))
        add_reason(self, WM_REASON_NEWEST_HIDDEN, NAN, NAN, wm_period_end(input->readings[input->n_readings - 1].period));
}

void wm_assess(const WmAssessmentInput *input, WmAssessment *out)
{
    const WmPolicy standard = wm_policy_default();
    const WmPolicy *policy = input->policy ? input->policy : &standard;
    Judge self = {input, out};

    start(input, out);
    place(&self);
    out->evidence.is_ruled = is_ruled(&self, &out->evidence.verdict);
    wm_look_ahead(input, policy, out);
    weigh(&self, policy);
    add_evidence(&self);
}
