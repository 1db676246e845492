/* What the finished chart says: effects under the polarity, variation now, and assurance of the target. */
#include "engine/core/spc/spc_parts.h"

#include <math.h>

/* Patterns with no direction of their own: neutral under any polarity, high or low by where the reading lies. */
static bool has_direction(WmSignal signal)
{
    return signal != WM_SIGNAL_NELSON_4 && signal != WM_SIGNAL_NELSON_7 && signal != WM_SIGNAL_NELSON_8;
}

WmEffect wm_spc_effect(WmPolarity polarity, WmSignal signal, int direction, int side)
{
    /* clang-format off */
    static const WmEffect EFFECTS[WM_N_POLARITIES][2] = {
        /*                         low                        high */
        [WM_POLARITY_HIGHER] = {WM_EFFECT_CONCERN,     WM_EFFECT_IMPROVEMENT},
        [WM_POLARITY_LOWER]  = {WM_EFFECT_IMPROVEMENT, WM_EFFECT_CONCERN},
        [WM_POLARITY_PLAN]   = {WM_EFFECT_NEUTRAL_LOW, WM_EFFECT_NEUTRAL_HIGH},
        [WM_POLARITY_NONE]   = {WM_EFFECT_NEUTRAL_LOW, WM_EFFECT_NEUTRAL_HIGH},
    };
    /* clang-format on */
    if (signal == WM_SIGNAL_NONE)
        return WM_EFFECT_COMMON;
    if (!has_direction(signal))
        return side > 0 ? WM_EFFECT_NEUTRAL_HIGH : WM_EFFECT_NEUTRAL_LOW;
    return EFFECTS[polarity][direction > 0];
}

/* Making Data Count: a target strictly beyond the limits on the easy side is always met, on the hard side never. `sign` is +1 when
 * higher is better. */
static WmAssurance against_limits(int sign, double lower, double upper, double target)
{
    const double easy = sign > 0 ? lower : -upper;
    const double hard = sign > 0 ? upper : -lower;
    if (sign * target < easy)
        return WM_ASSURANCE_PASS;
    return sign * target > hard ? WM_ASSURANCE_FAIL : WM_ASSURANCE_INCONSISTENT;
}

/* A phase that never varied: its value meets the target or it does not. */
static WmAssurance by_value(int sign, double value, double target)
{
    return sign * value >= sign * target ? WM_ASSURANCE_PASS : WM_ASSURANCE_FAIL;
}

/* The latest target of the phase, so that a target missing at the last period is not no target. */
static double target_in_force(const WmSpcPoint *points, const WmSpcPhase *phase, size_t i_last)
{
    for (size_t i = i_last + 1; i-- > phase->i_first;)
        if (isfinite(points[i].target))
            return points[i].target;
    return NAN;
}

/* What is said where readings varied and what set the limits did not. */
static WmAssurance without_limits(const WmSpcWork *work)
{
    return work->options->fewest ? WM_ASSURANCE_NONE : WM_ASSURANCE_INCONSISTENT;
}

static WmAssurance judge_stepped(const WmSpcWork *work, int sign, const WmSpcPhase *phase, double value, double target)
{
    if (phase->n_readings < 2 || isnan(target))
        return WM_ASSURANCE_NONE;
    if (phase->is_constant)
        return by_value(sign, value, target);
    if (isnan(phase->lower) || isnan(phase->upper))
        return without_limits(work);
    return against_limits(sign, phase->lower, phase->upper, target);
}

/* The gaps y - T of the readings that set the phase's limits, in work->half, and how many; *n_met of them meet the target. */
static size_t take_gaps(WmSpcWork *work, int sign, const WmSpcVerdict *verdicts, const WmSpcPhase *phase, size_t *n_met)
{
    size_t n_gaps = 0;
    *n_met = 0;
    for (size_t i = phase->i_first; i < phase->i_end; i++) {
        const WmSpcVerdict *v = &verdicts[i];
        if (!v->sets_limits || !isfinite(v->target))
            continue;
        work->half[n_gaps] = v->value - v->target;
        *n_met += sign * work->half[n_gaps++] >= 0;
    }
    return n_gaps;
}

static bool is_level(const WmSpcVerdict *verdicts, const WmSpcPhase *phase, double target)
{
    for (size_t i = phase->i_first; i < phase->i_end; i++)
        if (isfinite(verdicts[i].value) && verdicts[i].target != target)
            return false;
    return true;
}

/* XmR of the gap y - T over the readings that set the latest phase's limits: limits beyond 0 say that the path is always, or never,
 * kept. A path that stood still throughout the phase is judged as the level that it is, by the limits that are drawn. */
static WmAssurance judge_moving(WmSpcWork *work, int sign, const WmSpc *spc, const WmSpcPhase *phase)
{
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    if (is_level(spc->points, phase, spc->target))
        return judge_stepped(work, sign, phase, last->value, spc->target);
    size_t n_met;
    const size_t n_gaps = take_gaps(work, sign, spc->points, phase, &n_met);
    if (n_gaps < 2 || n_gaps < work->options->fewest)
        return WM_ASSURANCE_NONE;
    bool is_constant = true;
    for (size_t i = 1; i < n_gaps; i++)
        is_constant = is_constant && work->half[i] == work->half[0];
    if (is_constant)
        return n_met ? WM_ASSURANCE_PASS : WM_ASSURANCE_FAIL;

    const double centre = wm_spc_mean(work->half, n_gaps);
    const double width = wm_spc_chart_row(WM_SPC_XMR)->range_scale * wm_spc_average_range(work->half, n_gaps, work->screening);
    return isnan(width) ? without_limits(work) : against_limits(sign, centre - width, centre + width, 0);
}

void wm_spc_judge(WmSpcWork *work, const WmSpcPoint *points, WmSpc *spc)
{
    spc->variation = WM_EFFECT_COMMON;
    spc->assurance = WM_ASSURANCE_NONE;
    spc->target = NAN;
    if (spc->i_last == SIZE_MAX)
        return;

    const WmSpcVerdict *last = &spc->points[spc->i_last];
    const WmSpcPhase *phase = &spc->phases[last->i_phase];
    const int sign = wm_polarity_sign(work->options->polarity);
    spc->variation = last->effect;
    spc->target = target_in_force(points, phase, spc->i_last);
    if (sign == 0 || phase->n_used == 0 || phase->is_mute)
        return;
    spc->assurance = work->options->target_shape == WM_SPC_TARGET_MOVING
                         ? judge_moving(work, sign, spc, phase)
                         : judge_stepped(work, sign, phase, last->value, spc->target);
}
