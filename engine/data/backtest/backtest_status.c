/* Statuses on the way to milestones: false alarms, changes, warning. */
#include <limits.h>
#include <math.h>

#include "engine/data/backtest/backtest.h"

#define N_SEARCH   250 /* thresholds tried for an equal share of false alarms, up to SEARCH_TOP: */
#define SEARCH_TOP 2.5 /* `likely` there, so that `uncertain` at 0.4 of it comes to 1 and every milestone may be unlikely */

const char *status_rule_name(StatusRule rule)
{
    static const char *const NAMES[N_RULES] = {
        [RULE_PATH] = "rag_path",
        [RULE_TARGET] = "rag_target",
        [RULE_LINE] = "line_each_day",
        [RULE_DAY] = "waymark_each_day",
        [RULE_HELD] = "waymark_held",
        [RULE_SHOWN] = "waymark_shown",
        [RULE_LIKE_PATH] = "waymark_as_rag_path",
        [RULE_LIKE_TARGET] = "waymark_as_rag_target",
        [RULE_CHANCE] = "chance_held",
        [RULE_CHANCE_LIKE_PATH] = "chance_as_rag_path",
        [RULE_CHANCE_LIKE_TARGET] = "chance_as_rag_target",
        [RULE_NEARING] = "nearing_held",
        [RULE_NEARING_LIKE_PATH] = "nearing_as_rag_path",
        [RULE_NEARING_LIKE_TARGET] = "nearing_as_rag_target",
    };
    return NAMES[rule];
}

static const CourseStep *step_at(const Course *course, guint i)
{
    return &g_array_index(course->steps, CourseStep, i);
}

/* Write the status of each step. FALSE when the rule does not apply to this course. */
typedef gboolean (*StatusFunc)(const Course *course, const WmPolicy *policy, WmRag *out);

static gboolean by_path(const Course *course, const WmPolicy *policy, WmRag *out)
{
    (void)policy;
    WmPolicy plain = wm_policy_default(); /* by position alone: no chance is known */
    for (guint i = 0; i < course->steps->len; i++) {
        WmStatusNumbers numbers = step_at(course, i)->numbers;
        numbers.chance = NAN;
        out[i] = wm_policy_weigh(&plain, &course->measure, &numbers).verdict.status;
    }
    return TRUE;
}

static gboolean by_target(const Course *course, const WmPolicy *policy, WmRag *out)
{
    (void)policy;
    for (guint i = 0; i < course->steps->len; i++)
        out[i] = step_at(course, i)->meets ? WM_GREEN : WM_RED;
    return TRUE;
}

static gboolean by_line(const Course *course, const WmPolicy *policy, WmRag *out)
{
    for (guint i = 0; i < course->steps->len; i++) {
        WmStatusNumbers numbers = step_at(course, i)->numbers;
        numbers.chance = step_at(course, i)->line_chance;
        out[i] = wm_policy_weigh(policy, &course->measure, &numbers).verdict.status;
    }
    return TRUE;
}

static gboolean by_day(const Course *course, const WmPolicy *policy, WmRag *out)
{
    for (guint i = 0; i < course->steps->len; i++)
        out[i] = wm_policy_weigh(policy, &course->measure, &step_at(course, i)->numbers).verdict.status;
    return TRUE;
}

static gboolean by_hold(const Course *course, const WmPolicy *policy, WmRag *out)
{
    g_autofree WmStatusEvidence *past = g_new(WmStatusEvidence, course->steps->len + 1);
    for (guint i = 0; i < course->steps->len; i++) {
        past[i] = wm_policy_weigh(policy, &course->measure, &step_at(course, i)->numbers);
        out[i] = wm_policy_hold(policy, past, i + 1).verdict.status;
    }
    return TRUE;
}

/* The share of a course's way that is gone at a step, 0..1; steps are evenly apart, the first of them one after the start. */
static double share_gone(const Course *course, guint i)
{
    const double first = step_at(course, 0)->t_months, way = course->t_due - first, step = way / (double)course->steps->len;
    return (step_at(course, i)->t_months - first + step) / (way + step);
}

/* A chance over the share gone against a threshold is the chance against the threshold times that share. */
static gboolean by_nearing(const Course *course, const WmPolicy *policy, WmRag *out)
{
    g_autofree WmStatusEvidence *past = g_new(WmStatusEvidence, course->steps->len + 1);
    for (guint i = 0; i < course->steps->len; i++) {
        WmStatusNumbers numbers = step_at(course, i)->numbers;
        if (!isnan(numbers.chance))
            numbers.chance = fmin(1, numbers.chance / share_gone(course, i));
        past[i] = wm_policy_weigh(policy, &course->measure, &numbers);
        out[i] = wm_policy_hold(policy, past, i + 1).verdict.status;
    }
    return TRUE;
}

/* The policy with each column of its table made one colour, so that the position says nothing while there is a chance, and with no
 * number of readings that moves a status by itself: a dead band of hold_chance on either side of each threshold. */
static WmPolicy by_chance_alone(const WmPolicy *policy)
{
    static const WmRag COLOUR[WM_N_OUTLOOKS] = {[WM_LIKELY] = WM_GREEN, [WM_UNCERTAIN] = WM_AMBER, [WM_UNLIKELY] = WM_RED};
    WmPolicy out = *policy;
    out.hold_readings = INT_MAX;
    for (int position = 0; position < WM_POSITION_NONE; position++)
        for (int outlook = 0; outlook < WM_N_OUTLOOKS; outlook++)
            if (outlook != WM_OUTLOOK_NONE)
                out.table[position][outlook] = (WmVerdict){COLOUR[outlook], WM_PLAIN};
    return out;
}

static gboolean as_shown(const Course *course, const WmPolicy *policy, WmRag *out)
{
    (void)policy;
    for (guint i = 0; i < course->steps->len; i++) {
        if (!step_at(course, i)->has_shown)
            return FALSE;
        out[i] = step_at(course, i)->shown;
    }
    return TRUE;
}

static const StatusFunc RULES[N_RULES] = {
    [RULE_PATH] = by_path,
    [RULE_TARGET] = by_target,
    [RULE_LINE] = by_line,
    [RULE_DAY] = by_day,
    [RULE_HELD] = by_hold,
    [RULE_SHOWN] = as_shown,
    [RULE_LIKE_PATH] = by_hold,
    [RULE_LIKE_TARGET] = by_hold,
    [RULE_CHANCE] = by_hold,
    [RULE_CHANCE_LIKE_PATH] = by_hold,
    [RULE_CHANCE_LIKE_TARGET] = by_hold,
    [RULE_NEARING] = by_nearing,
    [RULE_NEARING_LIKE_PATH] = by_nearing,
    [RULE_NEARING_LIKE_TARGET] = by_nearing,
};

static bool is_alarm(WmRag status)
{
    return status == WM_RED || status == WM_AMBER;
}

/* What is counted over all courses. */
typedef struct {
    size_t n_met, n_missed, n_days_met, n_days_missed, n_false, n_hit, n_changes, n_unwarned;
    double years;
    GArray *leads; /* of double, one a missed milestone */
} Count;

static void count_course(Count *self, const Course *course, const WmRag *status)
{
    const guint n = course->steps->len;
    size_t n_alarms = 0;
    guint began = n;
    for (guint i = 0; i < n; i++) {
        n_alarms += is_alarm(status[i]);
        self->n_changes += i > 0 && status[i] != status[i - 1];
        began = !is_alarm(status[i]) ? n : began == n ? i : began;
    }
    self->years += (step_at(course, n - 1)->t_months - step_at(course, 0)->t_months) / 12;
    if (course->is_met) {
        self->n_met++;
        self->n_days_met += n;
        self->n_false += n_alarms;
        return;
    }
    const double lead = began < n ? course->t_due - step_at(course, began)->t_months : 0;
    self->n_missed++;
    self->n_days_missed += n;
    self->n_hit += n_alarms;
    self->n_unwarned += began == n;
    g_array_append_val(self->leads, lead);
}

static gint by_size(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(GArray *values)
{
    if (values->len == 0)
        return NAN;
    g_array_sort(values, by_size);
    return (g_array_index(values, double, (values->len - 1) / 2) + g_array_index(values, double, values->len / 2)) / 2;
}

static double share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : NAN;
}

static StatusScores score_rule(const GArray *courses, StatusFunc func, const WmPolicy *policy)
{
    g_autoptr(GArray) leads = g_array_new(FALSE, FALSE, sizeof(double));
    Count count = {.leads = leads};
    for (guint i = 0; i < courses->len; i++) {
        const Course *course = &g_array_index(courses, Course, i);
        g_autofree WmRag *status = g_new(WmRag, course->steps->len + 1);
        if (course->steps->len && func(course, policy, status))
            count_course(&count, course, status);
    }
    return (StatusScores){.n_met = count.n_met,
                          .n_missed = count.n_missed,
                          .likely_from = policy->likely_from,
                          .false_alarm = share(count.n_false, count.n_days_met),
                          .hit = share(count.n_hit, count.n_days_missed),
                          .flaps = count.years > 0 ? (double)count.n_changes / count.years : NAN,
                          .lead = median(leads),
                          .unwarned = share(count.n_unwarned, count.n_missed)};
}

/* The policy with its thresholds moved in proportion to `likely_from`. */
static WmPolicy moved(const WmPolicy *policy, double likely_from)
{
    WmPolicy out = *policy;
    out.likely_from = likely_from;
    out.uncertain_from = policy->likely_from > 0 ? policy->uncertain_from * likely_from / policy->likely_from : 0;
    return out;
}

/* At the highest threshold that gives no more false alarms than wanted. */
static StatusScores score_like(const GArray *courses, StatusFunc func, const WmPolicy *policy, double false_alarm)
{
    WmPolicy tried = moved(policy, 0);
    StatusScores best = score_rule(courses, func, &tried);
    for (int i = 1; i <= N_SEARCH; i++) {
        tried = moved(policy, SEARCH_TOP * i / N_SEARCH);
        const StatusScores scores = score_rule(courses, func, &tried);
        if (scores.false_alarm <= false_alarm)
            best = scores;
    }
    return best;
}

void backtest_statuses(const GArray *courses, const WmPolicy *policy, StatusScores out[N_RULES])
{
    for (int rule = 0; rule < RULE_LIKE_PATH; rule++)
        out[rule] = score_rule(courses, RULES[rule], policy);
    out[RULE_PATH].likely_from = out[RULE_TARGET].likely_from = NAN;
    const WmPolicy chance = by_chance_alone(policy);
    const double path = out[RULE_PATH].false_alarm, target = out[RULE_TARGET].false_alarm;
    const struct {
        StatusRule rule;
        const WmPolicy *policy;
        double false_alarm; /* NAN: at the policy's own thresholds */
    } WAYS[] = {{RULE_LIKE_PATH, policy, path},          {RULE_LIKE_TARGET, policy, target},         {RULE_CHANCE, &chance, NAN},
                {RULE_CHANCE_LIKE_PATH, &chance, path},  {RULE_CHANCE_LIKE_TARGET, &chance, target}, {RULE_NEARING, &chance, NAN},
                {RULE_NEARING_LIKE_PATH, &chance, path}, {RULE_NEARING_LIKE_TARGET, &chance, target}};
    for (size_t i = 0; i < G_N_ELEMENTS(WAYS); i++) {
        const StatusFunc func = RULES[WAYS[i].rule];
        out[WAYS[i].rule] = isnan(WAYS[i].false_alarm) ? score_rule(courses, func, WAYS[i].policy)
                                                       : score_like(courses, func, WAYS[i].policy, WAYS[i].false_alarm);
    }
}
