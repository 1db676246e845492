/* An assessment in plain words. Every number in a sentence is one of the assessment's; never a cause that the data do not show. */
#include <waymark/assess.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <waymark/spc.h>

typedef struct {
    const WmAssessment *assessment;
    const WmMeasure *measure;
    const char *unit;
    char *text;
    size_t length;
} Writer;

__attribute__((format(printf, 2, 3))) static void say(Writer *self, const char *format, ...)
{
    const size_t room = WM_SENTENCE_TEXT - self->length;
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(self->text + self->length, room, format, arguments);
    va_end(arguments);
    if (n > 0)
        self->length += (size_t)n < room ? (size_t)n : room - 1;
}

static const char *value_text(const Writer *self, double value, char text[WM_VALUE_TEXT])
{
    return wm_value_format(value, self->measure, self->unit, text);
}

static const char *target_text(const Writer *self, double target, char text[WM_VALUE_TEXT])
{
    return wm_target_format(target, self->measure, self->unit, text);
}

/* The latest reason of a kind, or NULL. */
static const WmReason *find_reason(const WmAssessment *assessment, WmReasonCode code)
{
    for (size_t i = assessment->n_reasons; i-- > 0;)
        if (assessment->reasons[i].code == code)
            return &assessment->reasons[i];
    return NULL;
}

/* " (3 months behind)"; where months say nothing and lower is better, which side is the good one. */
static void say_months(Writer *self, double gap, WmMonthsGap ahead)
{
    const double months = wm_round(fabs(ahead.months), 0);
    if (ahead.bound != WM_MONTHS_NONE && months > 0)
        say(self, " (%s%.0f month%s %s)", ahead.bound == WM_MONTHS_EXACT ? "" : "at least ", months, months == 1 ? "" : "s",
            ahead.months > 0 ? "ahead" : "behind");
    else if (self->measure->polarity == WM_POLARITY_LOWER)
        say(self, " (%s)", gap > 0 ? "better" : "worse");
}

/* "Not done as at Feb 2021; due in Mar 2021" */
static void say_whether_done(Writer *self, const char *period)
{
    const WmAssessment *a = self->assessment;
    const bool is_done = a->reading.value >= 0.5;
    char month[WM_PERIOD_TEXT];
    say(self, "%s as at %s", is_done ? "Done" : "Not done", period);
    if (!is_done && a->next.due != WM_NO_DAY)
        say(self, "; due in %s", wm_day_format_month(a->next.due, month));
}

/* "64.7% in 2021 is 5.3 points below plan (1 month behind)" */
static void say_position(Writer *self)
{
    const WmAssessment *a = self->assessment;
    char value[WM_VALUE_TEXT], difference[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    wm_period_format(a->reading.period, period);
    if (self->measure->kind == WM_KIND_YES_NO) {
        say_whether_done(self, period);
        return;
    }
    const char *preposition = a->reading.period.kind == WM_PERIOD_DAY ? "on" : "in";
    const char *latest = find_reason(a, WM_REASON_NEWEST_HIDDEN) ? "The latest that is published is " : "The latest is ";
    say(self, "%s%s %s %s", isnan(a->gap) ? latest : "", value_text(self, a->reading.value, value), preposition, period);
    if (isnan(a->gap))
        return;
    const double over = a->reading.value - a->trajectory;
    if (wm_round(over, self->measure->decimals > 1 ? self->measure->decimals : 1) == 0) {
        say(self, " is on plan");
        return;
    }
    say(self, " is %s %s plan", wm_difference_format(over, self->measure, self->unit, difference), over > 0 ? "above" : "below");
    say_months(self, a->gap, a->months_gap);
}

static int months_apart(WmDay from, WmDay to)
{
    return (int)wm_round(wm_day_to_months(wm_day_month_end(to)) - wm_day_to_months(wm_day_month_end(from)), 0);
}

/* How a line and a forecast are spoken of. */
typedef struct {
    const char *reaches, *never; /* after which "50%" follows */
} Expecting;

static const Expecting OF_LINE = {"at the fitted pace it reaches", "at the fitted pace it does not reach"};
static const Expecting OF_FORECAST = {"it is expected to reach", "it is not expected to reach"};

/* "; it is expected to reach 50% in Dec 2021, 4 months late": the next milestone, or the last where none is ahead. */
static void say_expected(Writer *self)
{
    const WmAssessment *a = self->assessment;
    const bool has_next = a->next.due != WM_NO_DAY;
    const Expecting *words = wm_trend_is_line(&a->trend) ? &OF_LINE : &OF_FORECAST;
    const WmProspect aim = has_next ? a->next : a->last;
    char target[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    if (a->trend.state != WM_TREND_FITTED || aim.due == WM_NO_DAY || self->measure->polarity == WM_POLARITY_NONE)
        return;
    target_text(self, aim.target, target);
    if (wm_measure_is_met(self->measure, a->reading.value, aim.target)) {
        if (has_next)
            say(self, "; it already meets the %s due in %s", target, wm_day_format_month(aim.due, month));
        return;
    }
    if (a->expected == WM_NO_DAY) {
        say(self, "; %s %s within %d years", words->never, target, WM_EXPECTED_HORIZON_MONTHS / 12);
        return;
    }
    const int late = months_apart(aim.due, a->expected);
    say(self, "; %s %s in %s", words->reaches, target, wm_day_format_month(a->expected, month));
    if (late == 0)
        say(self, ", on time");
    else
        say(self, ", %d month%s %s", late > 0 ? late : -late, late == 1 || late == -1 ? "" : "s", late > 0 ? "late" : "early");
}

/* "; 18% chance of the Aug 2021 milestone" */
static void say_chance(Writer *self)
{
    const WmAssessment *a = self->assessment;
    char chance[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    const WmReason *few = find_reason(a, WM_REASON_TOO_FEW_READINGS);
    if (few)
        say(self, "; too few readings (%.0f) to give a chance", few->a);
    const WmProspect *question = wm_assessment_question(a);
    if (isnan(question->chance))
        return;
    say(self, "; %s chance of the %s milestone%s", wm_chance_format(question->chance, chance),
        wm_day_format_month(question->due, month),
        a->basis == WM_BASIS_PRIOR ? ", mostly from what is usual of such measures" : "");
}

/* " This meets the Jun 2021 milestone, which counts as missed until the next reading meets it too.": the latest reading meets it,
 * and recovery takes two in a row. */
static void say_awaited(Writer *self)
{
    const WmAssessment *a = self->assessment;
    const WmReason *missed = find_reason(a, WM_REASON_MILESTONE_MISSED);
    char month[WM_PERIOD_TEXT];
    if (missed && a->has_value && self->measure->kind != WM_KIND_YES_NO &&
        wm_measure_is_met(self->measure, a->reading.value, missed->a))
        say(self, " This meets the %s milestone, which counts as missed until the next reading meets it too.",
            wm_day_format_month(missed->day, month));
}

#define MAX_AWAITED 24 /* readings; that a change comes after more says nothing */

/* " Held at amber: the change to green is within noise, and comes with 4 more readings in a row that say so." */
static void say_hold(Writer *self)
{
    const WmAssessment *a = self->assessment;
    const WmReason *held = find_reason(a, WM_REASON_STATUS_HELD);
    if (!held || a->verdict.mark == WM_OVERRIDDEN)
        return;
    say(self, " Held at %s: the change to %s is within noise", wm_rag_name(a->verdict.status), wm_rag_name((WmRag)held->a));
    if (held->b == 1)
        say(self, ", and comes with 1 more reading that says so.");
    else if (held->b <= MAX_AWAITED)
        say(self, ", and comes with %.0f more readings in a row that say so.", held->b);
    else
        say(self, ".");
}

/* " A signal of concern, more than noise: 7 months below its usual level." */
static void say_signal(Writer *self)
{
    static const struct {
        WmReasonCode code;
        const char *kind;
    } KINDS[] = {{WM_REASON_SIGNAL_IMPROVEMENT, " of improvement"},
                 {WM_REASON_SIGNAL_CONCERN, " of concern"},
                 {WM_REASON_SIGNAL_CHANGE, ""}};
    const WmReading *reading = &self->assessment->reading;
    char period[WM_PERIOD_TEXT], text[WM_SIGNAL_TEXT];
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        const WmReason *reason = find_reason(self->assessment, KINDS[i].code);
        if (reason)
            say(self, " A signal%s, more than noise: %s.", KINDS[i].kind,
                wm_signal_describe((WmSignal)reason->a, reason->b < 0 ? -1 : 1, (size_t)fabs(reason->b),
                                   wm_readings_noun(reading, 1), wm_period_format(reading->period, period), "its usual level",
                                   text));
    }
}

/* What decided a grey or white status, and whether the reason's month completes the clause. */
static const struct {
    WmReasonCode code;
    const char *clause;
    bool takes_month;
} OBSTACLES[] = {
    {WM_REASON_BEFORE_START, "Not started: the plan begins in ", true},
    {WM_REASON_NEWEST_HIDDEN,
     "Not judged here: its newest figures are not published, because they are small or would give small ones away", false},
    {WM_REASON_NOT_NUMERIC, "Cannot be judged: it is described in words, not measured", false},
    {WM_REASON_NO_POLARITY, "Cannot be judged: the plan does not say which way is better", false},
    {WM_REASON_NO_TARGET, "Cannot be judged: the plan sets no target", false},
    {WM_REASON_TARGET_UNRESOLVED, "Cannot be judged: no target is a number yet", false},
    {WM_REASON_BASELINE_TBC, "Cannot be judged yet: without a baseline the path starts at the first milestone, ", true},
    {WM_REASON_NO_READING, "Cannot be judged: a reading is due and none has come", false},
    {WM_REASON_NO_VALUE, "Cannot be judged: no reading carries a value", false},
    {WM_REASON_READING_STALE, "Cannot be judged any more: a reading was due by ", true},
    {WM_REASON_NO_READING_DUE, "Not started: the first reading is due by ", true},
};

static bool say_obstacle(Writer *self)
{
    char month[WM_PERIOD_TEXT];
    for (size_t i = 0; i < sizeof OBSTACLES / sizeof OBSTACLES[0]; i++) {
        const WmReason *reason = find_reason(self->assessment, OBSTACLES[i].code);
        if (reason) {
            say(self, "%s%s", OBSTACLES[i].clause, OBSTACLES[i].takes_month ? wm_day_format_month(reason->day, month) : "");
            return true;
        }
    }
    return false;
}

/* "Due in Mar 2021 and missed. " */
static void say_deliverable(Writer *self, const WmReason *missed, const WmReason *recovered, const WmReason *pending)
{
    char month[WM_PERIOD_TEXT];
    if (missed)
        say(self, "Due in %s and missed. ", wm_day_format_month(missed->day, month));
    else if (recovered)
        say(self, "Due in %s and done late. ", wm_day_format_month(recovered->day, month));
    else if (pending)
        say(self, "Due in %s, and nothing has been heard since. ", wm_day_format_month(pending->day, month));
}

/* "The last milestone, 75% by Jan 2022, is met and held. "; `recovered` where the latest that was due was met late. */
static void say_last_milestone(Writer *self, const WmReason *last, bool is_held, const WmReason *recovered)
{
    const WmAssessment *a = self->assessment;
    char target[WM_VALUE_TEXT], month[WM_PERIOD_TEXT];
    const bool is_met = wm_measure_is_met(self->measure, a->reading.value, last->a);
    const bool is_more_to_come = find_reason(a, WM_REASON_LATER_UNRESOLVED) != NULL;
    const bool was_late = recovered && recovered->day == last->day;
    say(self, "The last milestone%s, %s by %s, %s. ", is_more_to_come ? " that is a number" : "",
        target_text(self, last->a, target), wm_day_format_month(last->day, month),
        is_held  ? was_late ? "was met late and is held" : "is met and held"
        : is_met ? "is met, but not yet by two readings in a row"
                 : "was met but is not held");
}

/* "The Jan 2022 milestone of 75% was missed at 64.7%. ": what became of the latest milestones that are due. */
static void say_milestones(Writer *self)
{
    const WmAssessment *a = self->assessment;
    char target[WM_VALUE_TEXT], value[WM_VALUE_TEXT], month[WM_PERIOD_TEXT], period[WM_PERIOD_TEXT];
    const WmReason *missed = find_reason(a, WM_REASON_MILESTONE_MISSED);
    const WmReason *recovered = find_reason(a, WM_REASON_MILESTONE_RECOVERED);
    const WmReason *pending = find_reason(a, WM_REASON_MILESTONE_PENDING);
    const WmReason *held = find_reason(a, WM_REASON_HELD);
    const WmReason *not_held = find_reason(a, WM_REASON_NOT_HELD);
    if (self->measure->kind == WM_KIND_YES_NO) {
        say_deliverable(self, missed, recovered, pending);
        return;
    }
    const WmReason *judged = missed ? missed : recovered;
    if (!missed && (held || not_held))
        say_last_milestone(self, held ? held : not_held, held != NULL, recovered);
    else if (judged) {
        const bool is_said_below = wm_period_compare(judged->period, a->reading.period) == 0;
        const bool is_other_month = wm_period_end(judged->period) != judged->day && !is_said_below;
        say(self, "The %s milestone of %s was missed at %s%s%s%s. ", wm_day_format_month(judged->day, month),
            target_text(self, judged->a, target), value_text(self, judged->b, value), is_other_month ? " in " : "",
            is_other_month ? wm_period_format(judged->period, period) : "", missed ? "" : " and has since been recovered");
    }
    if (pending)
        say(self, "The %s milestone of %s is due and awaits its reading. ", wm_day_format_month(pending->day, month),
            target_text(self, pending->a, target));
}

const char *wm_assessment_explain(const WmAssessment *assessment, const WmMeasure *measure, const char *measure_unit,
                                  char text[WM_SENTENCE_TEXT])
{
    Writer self = {assessment, measure, measure_unit, text, 0};
    text[0] = 0;
    if (!say_obstacle(&self))
        say_milestones(&self);
    else if (assessment->has_value)
        say(&self, ". ");
    if (assessment->has_value)
        say_position(&self);
    if (assessment->has_value && !find_reason(assessment, WM_REASON_READING_STALE)) {
        say_expected(&self);
        say_chance(&self);
    }
    say(&self, ".");
    say_awaited(&self);
    say_signal(&self);
    say_hold(&self);
    return text;
}
