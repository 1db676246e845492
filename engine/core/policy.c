/* The status policy as data, and how a status is held against noise. */
#include <waymark/assess.h>

#include <math.h>

static const WmVerdict DEFAULT_TABLE[WM_POSITION_NONE][WM_N_OUTLOOKS] = {
    /*            likely                       uncertain               unlikely                       none */
    [WM_ON] = {{WM_GREEN, WM_PLAIN}, {WM_GREEN, WM_WATCH}, {WM_AMBER, WM_EARLY_WARNING}, {WM_GREEN, WM_POSITION_ONLY}},
    [WM_NEAR] = {{WM_GREEN, WM_PLAIN}, {WM_AMBER, WM_PLAIN}, {WM_RED, WM_PLAIN}, {WM_AMBER, WM_POSITION_ONLY}},
    [WM_OFF] = {{WM_AMBER, WM_RECOVERING}, {WM_AMBER, WM_PLAIN}, {WM_RED, WM_PLAIN}, {WM_RED, WM_POSITION_ONLY}},
};

WmPolicy wm_policy_default(void)
{
    WmPolicy policy = {.likely_from = 0.5, .uncertain_from = 0.2, .hold_chance = 0.1, .hold_noise = 1, .hold_readings = 3};
    for (int i = 0; i < WM_POSITION_NONE; i++)
        for (int j = 0; j < WM_N_OUTLOOKS; j++)
            policy.table[i][j] = DEFAULT_TABLE[i][j];
    return policy;
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

/* Readings in a row, back from `now`, that spoke for the other side of the shown status. */
static int count_against(const WmStanding *self, const WmStatusEvidence *before, const WmStatusEvidence *now, int direction)
{
    if (direction != self->direction)
        return 1;
    return self->n_against + (wm_period_compare(before->period, now->period) != 0);
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
    const int n_against = count_against(self, before, now, direction);
    const bool is_noise = now->within_noise >> self->verdict.status & 1, is_signal = now->signal == direction;
    if (is_signal || !is_noise || n_against >= policy->hold_readings) {
        take(self, now);
        return;
    }
    self->is_held = true;
    self->n_against = n_against;
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
