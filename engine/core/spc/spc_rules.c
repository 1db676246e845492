/* The rules, as a table: each row marks the readings of one phase that show one pattern. Every rule is O(n).
 *
 * Sources: NHS England (2018-2024), Making Data Count; Nelson, L. S. (1984), J. Quality Technology 16, 237-239; Anhoej, J. and
 * Olesen, A. V. (2014), PLoS ONE 9(11), e113825.
 */
#include "engine/core/spc/spc_parts.h"

#include <gsl/gsl_randist.h>
#include <math.h>

#define CROSSINGS_SHARE 0.05 /* fewer crossings than this quantile of fair coins are few (Anhoej and Olesen 2014) */

/* One phase, as a rule sees it: arrays begin at its first reading. */
typedef struct {
    size_t n;
    const double *y;
    const double *half;
    const int8_t *side;
    double centre;
    const WmSpcPhase *phase;
    uint32_t *signals, *highs;
} Stretch;

typedef struct {
    WmSignal signal;
    void (*mark)(const Stretch *s, WmSignal signal, size_t length);
    size_t length; /* readings that make the pattern; 0 where that has no meaning */
} Rule;

static void mark_one(const Stretch *s, WmSignal signal, size_t i, bool is_high)
{
    const uint32_t bit = UINT32_C(1) << signal;
    s->signals[i] |= bit;
    s->highs[i] = is_high ? s->highs[i] | bit : s->highs[i] & ~bit;
}

/* First reading after the run on one side (or on the line) that begins at i. */
static size_t run_end(const Stretch *s, size_t i)
{
    size_t end = i + 1;
    while (end < s->n && s->side[end] == s->side[i])
        end++;
    return end;
}

/* Strictly beyond a limit. False without limits. */
static void mark_outside(const Stretch *s, WmSignal signal, size_t length)
{
    (void)length;
    for (size_t i = 0; i < s->n; i++) {
        const bool is_above = s->y[i] > s->centre + s->half[i];
        if (is_above || s->y[i] < s->centre - s->half[i])
            mark_one(s, signal, i, is_above);
    }
}

/* `length` or more in a row strictly on one side. */
static void mark_run(const Stretch *s, WmSignal signal, size_t length)
{
    for (size_t i = 0, end; i < s->n; i = end) {
        end = run_end(s, i);
        if (s->side[i] != 0 && end - i >= length)
            for (size_t j = i; j < end; j++)
                mark_one(s, signal, j, s->side[i] > 0);
    }
}

static int step_of(const Stretch *s, size_t i)
{
    return (s->y[i + 1] > s->y[i]) - (s->y[i + 1] < s->y[i]);
}

/* `length` or more in a row, each strictly beyond the one before. A reading that ends one trend and begins another goes with the
 * later: the step to its right names its direction. */
static void mark_trend(const Stretch *s, WmSignal signal, size_t length)
{
    for (size_t i = 0, end; i + 1 < s->n; i = end) {
        const int direction = step_of(s, i);
        for (end = i + 1; end + 1 < s->n && step_of(s, end) == direction; end++)
            continue;
        if (direction != 0 && end - i + 1 >= length)
            for (size_t j = i; j <= end; j++)
                mark_one(s, signal, j, direction > 0);
    }
}

/* Beyond two thirds of the way to the limit, not beyond the limit. */
static bool is_near_limit(const Stretch *s, size_t i)
{
    const double distance = fabs(s->y[i] - s->centre);
    const bool is_outside = s->y[i] > s->centre + s->half[i] || s->y[i] < s->centre - s->half[i];
    return distance > s->half[i] * 2 / 3 && !is_outside;
}

/* Three in a row on one side, two of them near the limit; those two are marked. */
static void mark_two_of_three(const Stretch *s, WmSignal signal, size_t length)
{
    for (size_t i = 0; i + 3 <= s->n; i++) {
        if (s->side[i] == 0 || s->side[i + 1] != s->side[i] || s->side[i + 2] != s->side[i])
            continue;
        size_t n_near = 0;
        for (size_t j = i; j < i + 3; j++)
            n_near += is_near_limit(s, j);
        for (size_t j = i; n_near >= length && j < i + 3; j++)
            if (is_near_limit(s, j))
                mark_one(s, signal, j, s->side[j] > 0);
    }
}

/* Nelson 4: `length` in a row going up and down by turns. */
static void mark_alternating(const Stretch *s, WmSignal signal, size_t length)
{
    for (size_t i = 0, end; i + 1 < s->n; i = end) {
        for (end = i + 1; end + 1 < s->n && step_of(s, end) * step_of(s, end - 1) < 0; end++)
            continue;
        if (step_of(s, i) != 0 && end - i + 1 >= length)
            for (size_t j = i; j <= end; j++)
                mark_one(s, signal, j, s->side[j] > 0);
    }
}

/* Side on which reading i lies beyond `n_sigma` (a third of the way to the limit each); 0 within, or without limits. */
static int beyond(const Stretch *s, size_t i, int n_sigma)
{
    const double distance = s->half[i] * n_sigma / 3;
    return (s->y[i] > s->centre + distance) - (s->y[i] < s->centre - distance);
}

/* Nelson 5 and 6: `length` of `length` + 1 in a row beyond n_sigma on one side; those are marked. */
static void mark_most_beyond(const Stretch *s, WmSignal signal, size_t length, int n_sigma)
{
    const size_t window = length + 1;
    for (int side = -1; side <= 1; side += 2) {
        size_t n_beyond = 0;
        for (size_t i = 0; i < s->n; i++) {
            n_beyond += beyond(s, i, n_sigma) == side;
            if (i >= window)
                n_beyond -= beyond(s, i - window, n_sigma) == side;
            const size_t first = i + 1 >= window ? i + 1 - window : 0;
            for (size_t j = first; n_beyond >= length && j <= i; j++)
                if (beyond(s, j, n_sigma) == side)
                    mark_one(s, signal, j, side > 0);
        }
    }
}

static void mark_nelson_5(const Stretch *s, WmSignal signal, size_t length)
{
    mark_most_beyond(s, signal, length, 2);
}

static void mark_nelson_6(const Stretch *s, WmSignal signal, size_t length)
{
    mark_most_beyond(s, signal, length, 1);
}

/* `length` or more in a row all within (or all beyond) one sigma, on either side. */
static void mark_zone(const Stretch *s, WmSignal signal, size_t length, bool is_beyond)
{
    for (size_t i = 0, end; i < s->n; i = end) {
        for (end = i; end < s->n && s->half[end] > 0 && (beyond(s, end, 1) != 0) == is_beyond; end++)
            continue;
        if (end > i && end - i >= length)
            for (size_t j = i; j < end; j++)
                mark_one(s, signal, j, s->side[j] > 0);
        end += end == i;
    }
}

static void mark_nelson_7(const Stretch *s, WmSignal signal, size_t length)
{
    mark_zone(s, signal, length, false);
}

static void mark_nelson_8(const Stretch *s, WmSignal signal, size_t length)
{
    mark_zone(s, signal, length, true);
}

/* Runs longer than log2(useful readings) + 3, readings on the line left out of account: they neither break a run nor lengthen it.
 */
static void mark_long_run(const Stretch *s, WmSignal signal, size_t length)
{
    const size_t longest = length ? length - 1 : s->phase->longest_run_max;
    for (size_t i = 0, end; i < s->n; i = end) {
        size_t n_useful = 0;
        for (end = i; end < s->n && (s->side[end] == 0 || s->side[end] == s->side[i]); end++)
            n_useful += s->side[end] != 0;
        for (size_t j = i; s->side[i] != 0 && n_useful > longest && j < end; j++)
            if (s->side[j] != 0)
                mark_one(s, signal, j, s->side[i] > 0);
    }
}

/* Fewer crossings than chance gives: a property of the phase, carried by each of its useful readings. */
static void mark_few_crossings(const Stretch *s, WmSignal signal, size_t length)
{
    (void)length;
    for (size_t i = 0; s->phase->n_crossings < s->phase->n_crossings_min && i < s->n; i++)
        if (s->side[i] != 0)
            mark_one(s, signal, i, s->side[i] > 0);
}

#define MAX_RULES 8

static const Rule RULES[WM_N_SPC_RULES][MAX_RULES] = {
    [WM_SPC_MDC] =
        {
            {WM_SIGNAL_OUTSIDE, mark_outside, 0},
            {WM_SIGNAL_TREND, mark_trend, 7},
            {WM_SIGNAL_TWO_OF_THREE, mark_two_of_three, 2},
            {WM_SIGNAL_RUN, mark_run, 7},
        },
    [WM_SPC_ANHOEJ] =
        {
            {WM_SIGNAL_OUTSIDE, mark_outside, 0},
            {WM_SIGNAL_LONG_RUN, mark_long_run, 0},
            {WM_SIGNAL_FEW_CROSSINGS, mark_few_crossings, 0},
        },
    [WM_SPC_NELSON] =
        {
            {WM_SIGNAL_NELSON_1, mark_outside, 0},
            {WM_SIGNAL_NELSON_2, mark_run, 9},
            {WM_SIGNAL_NELSON_3, mark_trend, 6},
            {WM_SIGNAL_NELSON_4, mark_alternating, 14},
            {WM_SIGNAL_NELSON_5, mark_nelson_5, 2},
            {WM_SIGNAL_NELSON_6, mark_nelson_6, 4},
            {WM_SIGNAL_NELSON_7, mark_nelson_7, 15},
            {WM_SIGNAL_NELSON_8, mark_nelson_8, 8},
        },
};

/* The share is taken a hair smaller, as R's qbinom does, so that rounding cannot push an exact quantile one up. */
size_t wm_fair_coins_quantile(double share, size_t n)
{
    const double bound = share * (1 - 64 * 2.220446049250313e-16);
    double sum = 0;
    for (size_t k = 0; k < n; k++) {
        sum += gsl_ran_binomial_pdf((unsigned)k, 0.5, (unsigned)n);
        if (sum >= bound)
            return k;
    }
    return n;
}

void wm_spc_runs_count(const int8_t *side, size_t n, WmSpcPhase *phase)
{
    size_t run = 0;
    int8_t last = 0;
    for (size_t i = 0; i < n; i++) {
        if (side[i] == 0)
            continue;
        phase->n_useful++;
        phase->n_crossings += last != 0 && side[i] != last;
        run = side[i] == last ? run + 1 : 1;
        last = side[i];
        if (run > phase->longest_run)
            phase->longest_run = run;
    }
    if (phase->n_useful == 0)
        return;
    phase->longest_run_max = (size_t)rint(log2((double)phase->n_useful)) + 3; /* half to even, as R rounds */
    phase->n_crossings_min = wm_fair_coins_quantile(CROSSINGS_SHARE, phase->n_useful - 1);
}

void wm_spc_rules_apply(WmSpcWork *work, const WmSpcStretch *stretch, WmSpcPhase *phase)
{
    const size_t first = stretch->first;
    for (size_t i = first; i < stretch->end; i++) {
        work->side[i] = wm_spc_side(work, work->y[i], stretch->line.centre);
        work->half[i] = wm_spc_half(work, &stretch->line, i);
        work->signals[i] = work->highs[i] = 0;
    }
    const WmSpcRules set = work->options->rules;
    if (set == WM_SPC_ANHOEJ)
        wm_spc_runs_count(work->side + first, stretch->end - first, phase);
    if (phase->is_constant)
        return;

    const Stretch s = {.n = stretch->end - first,
                       .y = work->y + first,
                       .half = work->half + first,
                       .side = work->side + first,
                       .centre = stretch->line.centre,
                       .phase = phase,
                       .signals = work->signals + first,
                       .highs = work->highs + first};
    for (size_t i = 0; i < MAX_RULES && RULES[set][i].mark; i++) {
        const Rule *rule = &RULES[set][i];
        const unsigned asked = work->options->lengths[rule->signal];
        rule->mark(&s, rule->signal, asked ? asked : rule->length);
    }
}
