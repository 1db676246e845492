/* How far each pattern is developed at the latest reading, as a number that is larger the less likely chance is.
 *
 * Lengths carry a fraction below 1, made of distances, so that of two runs of seven the one farther from the centre is the
 * stronger.
 */
#include <math.h>

#include "engine/core/spc/spc_many_parts.h"

/* The latest reading's own distance is 0 where it is on the line; no pattern has a side then. */
static int side_of(const WmLatest *l, size_t back)
{
    const double z = l->z[l->n - 1 - back];
    return (z > 0) - (z < 0);
}

/* From [0, infinity) to [0, 1). */
static double fraction(double x)
{
    return x > 0 ? x / (1 + x) : 0;
}

static double distance(const WmLatest *l)
{
    return fabs(l->z[l->n - 1]);
}

static double run(const WmLatest *l)
{
    size_t length = 0;
    double sum = 0;
    const int side = side_of(l, 0);
    while (side != 0 && length < l->n && side_of(l, length) == side)
        sum += fabs(l->z[l->n - 1 - length++]);
    return length ? (double)length + fraction(sum / (double)length) : 0;
}

static int step_at(const WmLatest *l, size_t back)
{
    const double *y = l->y + l->n - 1 - back;
    return (y[0] > y[-1]) - (y[0] < y[-1]);
}

static double trend(const WmLatest *l)
{
    size_t length = 1;
    const int direction = step_at(l, 0);
    while (direction != 0 && length < l->n && step_at(l, length - 1) == direction)
        length++;
    const double climb = fabs(l->z[l->n - 1] - l->z[l->n - length]);
    return (double)length + fraction(climb / (double)length);
}

static double alternating(const WmLatest *l)
{
    size_t length = 1;
    double sum = 0;
    while (length < l->n && step_at(l, length - 1) != 0 && (length == 1 || step_at(l, length - 1) == -step_at(l, length - 2))) {
        sum += fabs(l->z[l->n - length] - l->z[l->n - length - 1]);
        length++;
    }
    return (double)length + fraction(sum / (double)length);
}

/* The distance that `wanted` of the last `window` readings reach on the latest one's side, itself among them. */
static double most_beyond(const WmLatest *l, size_t wanted, size_t window, bool all_on_side)
{
    double near[4] = {0}; /* the largest distances of those before, falling */
    const int side = side_of(l, 0);
    if (side == 0 || l->n < window)
        return 0;
    for (size_t back = 1; back < window; back++) {
        if (side_of(l, back) != side) {
            if (all_on_side)
                return 0;
            continue;
        }
        double d = fabs(l->z[l->n - 1 - back]);
        for (size_t i = 0; i < wanted - 1; i++)
            if (d > near[i]) {
                const double less = near[i];
                near[i] = d;
                d = less;
            }
    }
    return fmin(distance(l), near[wanted - 2]);
}

static double two_of_three(const WmLatest *l)
{
    return most_beyond(l, 2, 3, true);
}

static double two_of_three_nelson(const WmLatest *l)
{
    return most_beyond(l, 2, 3, false);
}

static double four_of_five(const WmLatest *l)
{
    return most_beyond(l, 4, 5, false);
}

static double hugging(const WmLatest *l)
{
    size_t length = 0;
    double sum = 0;
    while (length < l->n && fabs(l->z[l->n - 1 - length]) <= 1)
        sum += fabs(l->z[l->n - 1 - length++]);
    return length ? (double)length + 1 - sum / (double)length : 0;
}

static double shunning(const WmLatest *l)
{
    size_t length = 0;
    double sum = 0;
    while (length < l->n && fabs(l->z[l->n - 1 - length]) > 1)
        sum += fabs(l->z[l->n - 1 - length++]);
    return length ? (double)length + fraction(sum / (double)length - 1) : 0;
}

/* Of readings off the line. */
static double long_run(const WmLatest *l)
{
    size_t length = 0;
    double sum = 0;
    const int side = side_of(l, 0);
    for (size_t back = 0; side != 0 && back < l->n && side_of(l, back) != -side; back++) {
        length += side_of(l, back) != 0;
        sum += fabs(l->z[l->n - 1 - back]);
    }
    return length ? (double)length + fraction(sum / (double)length) : 0;
}

/* Fewer crossings are stronger; the lag-1 autocorrelation parts equal numbers. */
static double few_crossings(const WmLatest *l)
{
    double products = 0, squares = 0;
    for (size_t i = 0; i < l->n; i++) {
        squares += l->z[i] * l->z[i];
        products += i ? l->z[i] * l->z[i - 1] : 0;
    }
    const double r = squares > 0 ? products / squares : 0;
    return -(double)l->n_crossings + 0.499 * (1 + r);
}

typedef struct {
    WmSignal signal;
    double (*measure)(const WmLatest *);
    WmTail tail;
} Pattern;

static const Pattern PATTERNS[WM_N_SPC_RULES][WM_MAX_PATTERNS] = {
    [WM_SPC_MDC] =
        {
            {WM_SIGNAL_OUTSIDE, distance, WM_TAIL_PARETO},
            {WM_SIGNAL_TREND, trend, WM_TAIL_EXPONENTIAL},
            {WM_SIGNAL_TWO_OF_THREE, two_of_three, WM_TAIL_PARETO},
            {WM_SIGNAL_RUN, run, WM_TAIL_EXPONENTIAL},
        },
    [WM_SPC_ANHOEJ] =
        {
            {WM_SIGNAL_OUTSIDE, distance, WM_TAIL_PARETO},
            {WM_SIGNAL_LONG_RUN, long_run, WM_TAIL_EXPONENTIAL},
            {WM_SIGNAL_FEW_CROSSINGS, few_crossings, WM_TAIL_EXPONENTIAL},
        },
    [WM_SPC_NELSON] =
        {
            {WM_SIGNAL_NELSON_1, distance, WM_TAIL_PARETO},
            {WM_SIGNAL_NELSON_2, run, WM_TAIL_EXPONENTIAL},
            {WM_SIGNAL_NELSON_3, trend, WM_TAIL_EXPONENTIAL},
            {WM_SIGNAL_NELSON_4, alternating, WM_TAIL_EXPONENTIAL},
            {WM_SIGNAL_NELSON_5, two_of_three_nelson, WM_TAIL_PARETO},
            {WM_SIGNAL_NELSON_6, four_of_five, WM_TAIL_PARETO},
            {WM_SIGNAL_NELSON_7, hugging, WM_TAIL_EXPONENTIAL},
            {WM_SIGNAL_NELSON_8, shunning, WM_TAIL_EXPONENTIAL},
        },
};

size_t wm_strength_patterns(WmSpcRules rules)
{
    size_t n = 0;
    while (n < WM_MAX_PATTERNS && PATTERNS[rules][n].measure)
        n++;
    return n;
}

WmTail wm_strength_tail(WmSpcRules rules, size_t i_pattern)
{
    return PATTERNS[rules][i_pattern].tail;
}

void wm_strength_measure(const WmLatest *latest, WmSpcRules rules, uint32_t signals, WmStrength *out)
{
    *out = (WmStrength){.any = false};
    for (size_t i = 0; i < WM_MAX_PATTERNS && PATTERNS[rules][i].measure; i++) {
        out->by_pattern[i] = PATTERNS[rules][i].measure(latest);
        out->holds[i] = signals >> PATTERNS[rules][i].signal & 1;
        out->any = out->any || out->holds[i];
    }
}

/* Mean absolute distance from the centre: the scale of a run chart, which has no sigma. */
static double mean_deviation(const double *distance, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += fabs(distance[i]);
    return n ? sum / (double)n : 0;
}

/* Distances of y from the centre, raised to the chart's power where that makes the readings normal; the limits scale them. */
static bool standardise(const WmSpc *spc, const WmSpcPhase *phase, WmLatest *l)
{
    const double power = wm_spc_chart_row(spc->chart)->power;
    const bool has_limits = spc->chart != WM_SPC_RUN;
    size_t n = 0;
    for (size_t i = phase->i_first; i < phase->i_end; i++) {
        const WmSpcVerdict *v = &spc->points[i];
        if (isnan(v->value))
            continue;
        const double sigma = power == 1 ? v->sigma : (pow(v->upper, power) - pow(v->centre, power)) / 3;
        const double away = power == 1 ? v->value - v->centre : pow(v->value, power) - pow(v->centre, power);
        if (has_limits && !(sigma > 0))
            return false;
        l->y[n] = v->value;
        l->z[n++] = has_limits ? away / sigma : away;
    }
    const double scale = has_limits ? 1 : mean_deviation(l->z, n);
    for (size_t i = 0; i < n; i++)
        l->z[i] /= scale;
    return scale > 0;
}

bool wm_latest_take(const WmSpc *spc, WmLatest *latest)
{
    if (!wm_spc_can_signal(spc))
        return false;
    const WmSpcPhase *phase = &spc->phases[spc->points[spc->i_last].i_phase];
    latest->n = phase->n_readings;
    latest->n_used = phase->n_used;
    latest->n_crossings = phase->n_crossings;
    return standardise(spc, phase, latest);
}
