/* The status policy as data, and how a status is held against noise. */
#include <waymark/assess.h>

#include <math.h>

#include "engine/core/milestone.h"
#include "engine/core/outlook.h"

/* A position at the edge of its band belongs inside it: rounding of the arithmetic decides nothing. */
#define BAND_SLACK 1e-9

static const WmVerdict DEFAULT_TABLE[WM_POSITION_NONE][WM_N_OUTLOOKS] = {
    /*            likely                       uncertain               unlikely                       none */
    [WM_ON] = {{WM_GREEN, WM_PLAIN}, {WM_GREEN, WM_WATCH}, {WM_AMBER, WM_EARLY_WARNING}, {WM_GREEN, WM_POSITION_ONLY}},
    [WM_NEAR] = {{WM_GREEN, WM_PLAIN}, {WM_AMBER, WM_PLAIN}, {WM_RED, WM_PLAIN}, {WM_AMBER, WM_POSITION_ONLY}},
    [WM_OFF] = {{WM_AMBER, WM_RECOVERING}, {WM_AMBER, WM_PLAIN}, {WM_RED, WM_PLAIN}, {WM_RED, WM_POSITION_ONLY}},
};

WmPolicy wm_policy_default(void)
{
    WmPolicy policy = {.likely_from = 0.5, .uncertain_from = 0.2, .hold_chance = 0.25, .hold_noise = 3, .hold_readings = 6};
    for (int i = 0; i < WM_POSITION_NONE; i++)
        for (int j = 0; j < WM_N_OUTLOOKS; j++)
            policy.table[i][j] = DEFAULT_TABLE[i][j];
    return policy;
}

WmPosition wm_position_of(const WmMeasure *measure, double gap, double trajectory)
{
    if (isnan(gap))
        return WM_POSITION_NONE;
    const double slack = BAND_SLACK * fmax(1, fabs(trajectory));
    if (gap >= -wm_measure_tolerance(measure, trajectory) - slack)
        return WM_ON;
    return gap >= -wm_measure_near(measure, trajectory) - slack ? WM_NEAR : WM_OFF;
}

WmOutlook wm_outlook_of(const WmPolicy *policy, double chance)
{
    if (isnan(chance))
        return WM_OUTLOOK_NONE;
    if (chance >= policy->likely_from - WM_CHANCE_SLACK)
        return WM_LIKELY;
    return chance >= policy->uncertain_from - WM_CHANCE_SLACK ? WM_UNCERTAIN : WM_UNLIKELY;
}

/* Statuses, as bits, that the table gives where either the gap or the chance is moved by what may be noise. */
static unsigned statuses_within_noise(const WmPolicy *policy, const WmMeasure *measure, const WmStatusNumbers *numbers)
{
    static const int MOVES[][2] = {{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}}; /* of gap and chance, one at a time */
    const double gap_noise = isnan(numbers->noise) ? 0 : numbers->noise * policy->hold_noise;
    unsigned statuses = 0;
    for (size_t i = 0; i < sizeof MOVES / sizeof MOVES[0]; i++) {
        const WmPosition position = wm_position_of(measure, numbers->gap + MOVES[i][0] * gap_noise, numbers->trajectory);
        const WmOutlook outlook = wm_outlook_of(policy, numbers->chance + MOVES[i][1] * policy->hold_chance);
        statuses |= 1u << policy->table[position][outlook].status;
    }
    return statuses;
}

WmStatusEvidence wm_policy_weigh(const WmPolicy *policy, const WmMeasure *measure, const WmStatusNumbers *numbers)
{
    WmStatusEvidence evidence = {.verdict = {WM_GREY, WM_PLAIN},
                                 .is_ruled = isnan(numbers->gap),
                                 .signal = numbers->signal,
                                 .period = numbers->period,
                                 .due = numbers->due};
    if (evidence.is_ruled)
        return evidence;
    const WmPosition position = wm_position_of(measure, numbers->gap, numbers->trajectory);
    evidence.verdict = policy->table[position][wm_outlook_of(policy, numbers->chance)];
    evidence.within_noise = statuses_within_noise(policy, measure, numbers);
    return evidence;
}

/* Red, amber, green: how far `to` lies above `from`, -1, 0 or 1. */
static int direction_of(WmRag from, WmRag to)
{
    return (to > from) - (to < from);
}

/* Whether the readings alone decide what is shown: a rule did or does, or the question has changed. */
static bool is_settled(const WmStatusEvidence *before, const WmStatusEvidence *now)
{
    return now->is_ruled || before->is_ruled || now->due != before->due;
}

/* What moves a status however small the change: of longer periods than a month as many fewer, but two. */
static int enough_against(const WmPolicy *policy, const WmStatusEvidence *now)
{
    const int months = wm_period_kind_months(now->period.kind);
    if (policy->hold_readings <= 2 || months <= 1)
        return policy->hold_readings;
    const int n = policy->hold_readings / months + (policy->hold_readings % months > 0);
    return n > 2 ? n : 2;
}

/* Weight of the readings in a row, back from `now`, that spoke for the other side of the shown status. A reading that is a signal
 * that way counts for two; but not where two are enough, for then it would move a status by itself: readings of longer periods are
 * few, and so are those that their chart's limits rest on. */
static int count_against(const WmStanding *self, const WmPolicy *policy, const WmStatusEvidence *before,
                         const WmStatusEvidence *now, int direction)
{
    const int weight = now->signal == direction && enough_against(policy, now) > 2 ? 2 : 1;
    if (direction != self->direction)
        return weight;
    return self->n_against + (wm_period_compare(before->period, now->period) != 0 ? weight : 0);
}

static void take(WmStanding *self, const WmStatusEvidence *now)
{
    *self = (WmStanding){.verdict = now->verdict};
}

static void hold(WmStanding *self, const WmPolicy *policy, const WmStatusEvidence *before, const WmStatusEvidence *now)
{
    const int direction = direction_of(self->verdict.status, now->verdict.status);
    if (direction == 0 || is_settled(before, now)) {
        take(self, now);
        return;
    }
    const int n_against = count_against(self, policy, before, now, direction);
    const bool is_noise = now->within_noise >> self->verdict.status & 1;
    const int n_awaited = enough_against(policy, now) - n_against;
    if (!is_noise || n_awaited <= 0) {
        take(self, now);
        return;
    }
    self->is_held = true;
    self->n_against = n_against;
    self->n_awaited = n_awaited;
    self->direction = direction;
}

WmStanding wm_policy_hold(const WmPolicy *policy, const WmStatusEvidence *past, size_t n)
{
    WmStanding standing = {.verdict = {WM_GREY, WM_PLAIN}};
    if (n > 0)
        take(&standing, &past[0]);
    for (size_t i = 1; i < n; i++)
        hold(&standing, policy, &past[i - 1], &past[i]);
    return standing;
}
