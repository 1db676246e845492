/* Theil and Sen's line: the median of slopes within blocks, between which the level steps by the median of differences. */
#include "engine/core/regression/regression_rank.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

#define Z_95                 1.959963984540054
#define MEDIAN_EFFICIENCY    1.253314137315500 /* sqrt(pi / 2): the normal sd of a median over that of a mean */
#define SHIFT_EFFICIENCY     1.023326707946488 /* sqrt(pi / 3): the same of the median difference of two samples */
#define FACTOR_WITHOUT_ERROR 1e150 /* a coefficient with no error has an endless row in R; this large one leaves no infinity */

/* A step in the order of blocks. */
typedef struct {
    double value, low, high; /* with its 95% interval, the slope given */
    double time;             /* by so much a slope of 1 would change it */
    double n_before, n_from; /* readings of the blocks on either side */
    double share_from;       /* of all readings, those from it on */
    bool is_wide;            /* too few differences for 95%: low and high are the least and the greatest */
} RankStep;

typedef struct {
    double slope, low, high; /* with Sen's 95% interval */
    RankSum sum;
    size_t n_steps;
    RankStep steps[WM_REGRESSION_MAX_STEPS];
} RankLine;

static double median_of_sorted(const double *values, size_t n)
{
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* The ordered value of (real) rank `rank` from 1, between neighbours by interpolation. */
static double value_of_rank(const double *sorted, size_t n, double rank)
{
    const double at = fmin(fmax(rank - 1, 0), (double)(n - 1));
    const size_t i = (size_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

/* Ranks (N -+ C) / 2 and one more at the top, C = z sqrt(Var S): Gilbert (1987), Statistical Methods for Environmental Pollution
 * Monitoring, sections 16.5 and 17.3. False: not so many ranks. */
static bool interval_of_ranks(const double *sorted, size_t n, double variance, double *low, double *high)
{
    const double c = Z_95 * sqrt(variance), lowest = ((double)n - c) / 2;
    *low = value_of_rank(sorted, n, lowest);
    *high = value_of_rank(sorted, n, ((double)n + c) / 2 + 1);
    return lowest >= 1;
}

static size_t pair_slopes(const double *t, const double *y, size_t n, double *b)
{
    size_t n_b = 0;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (t[i] != t[j])
                b[n_b++] = (y[j] - y[i]) / (t[j] - t[i]);
    return n_b;
}

/* What the first of two blocks adds up to, taken from the second, value by value, and sorted. */
static size_t pair_differences(const RankBlocks *blocks, size_t i_block, const double *values, double *out)
{
    const size_t *first = blocks->first + i_block;
    size_t n = 0;
    for (size_t i = first[0]; i < first[1]; i++)
        for (size_t j = first[1]; j < first[2]; j++)
            out[n++] = values[j] - values[i];
    gsl_sort(out, 1, n);
    return n;
}

/* Hodges and Lehmann (1963), Annals of Mathematical Statistics 34, 598-611: the shift of a sample is the median of its differences
 * from the other; its interval takes the differences' ranks from Wilcoxon's rank sum (Hollander, Wolfe and Chicken 2014,
 * Nonparametric Statistical Methods, 3rd ed., sections 4.2 and 4.3), whose mn(m + n + 1) / 12 is Var S / 4. */
static RankStep shift_between(const RankBlocks *blocks, size_t i_block, const double *residual, double *room)
{
    const double m = (double)rank_block_size(blocks, i_block), k = (double)rank_block_size(blocks, i_block + 1);
    RankStep step = {
        .n_before = m, .n_from = k, .share_from = (double)(blocks->n - blocks->first[i_block + 1]) / (double)blocks->n};
    step.time = median_of_sorted(room, pair_differences(blocks, i_block, blocks->t, room));
    const size_t n = pair_differences(blocks, i_block, residual, room);
    step.value = median_of_sorted(room, n);
    step.is_wide = !interval_of_ranks(room, n, m * k * (m + k + 1) / 3, &step.low, &step.high);
    return step;
}

static bool has_empty_block(const RankBlocks *blocks)
{
    bool has = blocks->n == 0;
    for (size_t i = 0; i < blocks->n_blocks; i++)
        has = has || rank_block_size(blocks, i) == 0;
    return has;
}

/* `residual` holds n, and is left with what is over when the slope and the steps are taken out; `room` holds n + n(n-1)/2. False:
 * no two times in any block, or a block without a reading. */
static bool fit_blocks(const RankBlocks *blocks, double *residual, double *room, RankLine *out)
{
    if (has_empty_block(blocks))
        return false;
    out->sum = rank_sum(blocks, room);
    size_t n_b = 0;
    for (size_t i = 0; i < blocks->n_blocks; i++)
        n_b += pair_slopes(blocks->t + blocks->first[i], blocks->y + blocks->first[i], rank_block_size(blocks, i), room + n_b);
    if (n_b == 0)
        return false;
    gsl_sort(room, 1, n_b);
    out->slope = median_of_sorted(room, n_b);
    interval_of_ranks(room, n_b, out->sum.variance, &out->low, &out->high);

    for (size_t i = 0; i < blocks->n; i++)
        residual[i] = blocks->y[i] - out->slope * blocks->t[i];
    out->n_steps = blocks->n_blocks - 1;
    for (size_t k = 0; k < out->n_steps; k++)
        out->steps[k] = shift_between(blocks, k, residual, room);
    for (size_t k = 0; k < out->n_steps; k++)
        for (size_t i = blocks->first[k + 1]; i < blocks->n; i++)
            residual[i] -= out->steps[k].value;
    return true;
}

static double median_of(const double *values, size_t n, double *room)
{
    for (size_t i = 0; i < n; i++)
        room[i] = values[i];
    return regression_median(room, n);
}

static size_t n_pairs_of(size_t n)
{
    return n > 1 ? n * (n - 1) / 2 : 0;
}

WmStatus wm_theil_sen(const WmLineReadings *readings, WmRegressionScratch *scratch, WmTheilSen *out)
{
    *out = (WmTheilSen){
        .slope = NAN, .slope_low = NAN, .slope_high = NAN, .intercept_median_median = NAN, .intercept_median_residual = NAN};
    for (size_t k = 0; k < WM_REGRESSION_MAX_STEPS; k++)
        out->step[k] = out->step_low[k] = out->step_high[k] = NAN;
    if (readings->n_steps > WM_REGRESSION_MAX_STEPS)
        return WM_OK;
    RegressionWork work = {.n = 0};
    if (!regression_lay_line(readings, true, n_pairs_of(readings->n), scratch, &work))
        return WM_NO_MEMORY;
    out->n = work.n;
    RankBlocks blocks;
    RankLine line;
    rank_blocks_take(&work, &blocks);
    if (!fit_blocks(&blocks, work.residual, work.sorted, &line))
        return WM_OK;
    out->slope = line.slope;
    if (work.n > 2) {
        out->slope_low = line.low;
        out->slope_high = line.high;
    }
    for (size_t k = 0; k < line.n_steps; k++) {
        const size_t i_step = blocks.step[k];
        out->step[i_step] = line.steps[k].value;
        out->step_low[i_step] = line.steps[k].low;
        out->step_high[i_step] = line.steps[k].high;
        for (size_t i = blocks.first[k + 1]; i < blocks.n; i++)
            blocks.y[i] -= line.steps[k].value;
    }
    out->intercept_median_residual = regression_median(work.residual, work.n);
    out->intercept_median_median = regression_median(blocks.y, work.n) - line.slope * regression_median(blocks.t, work.n);
    return WM_OK;
}

/* ---- errors */

#define MAX_TERMS WM_REGRESSION_MAX_TERMS

/* Of a shift, the slope given: a 95% interval as of a normal. With too few differences for one their range says too little, and the
 * spread of the readings is asked too. */
static double shift_error(const RankStep *step, double scale)
{
    const double by_rank = (step->high - step->low) / (2 * Z_95);
    return step->is_wide ? fmax(by_rank, SHIFT_EFFICIENCY * scale * sqrt(1 / step->n_before + 1 / step->n_from)) : by_rank;
}

/* Of two neighbours, which share the readings between them: that of differences of means. */
static double shift_correlation(const RankStep *a, const RankStep *b)
{
    return -1 / a->n_from / sqrt((1 / a->n_before + 1 / a->n_from) * (1 / b->n_before + 1 / b->n_from));
}

/* Cov = L V L': the slope, the shifts with the slope given, and the centre (the median of what is left when both are taken out) are
 * uncorrelated but for shifts that are neighbours, as means of groups and a slope within them would be; L leads from these, in
 * the order centre, slope, shifts, to the coefficients. */
typedef struct {
    size_t p;
    double lead[MAX_TERMS][MAX_TERMS], error[MAX_TERMS], cov[MAX_TERMS][MAX_TERMS];
} RankErrors;

static double correlation(const RankLine *line, size_t i, size_t j)
{
    if (i == j)
        return 1;
    const size_t low = i < j ? i : j, high = i < j ? j : i;
    return low >= 2 && high == low + 1 ? shift_correlation(&line->steps[low - 2], &line->steps[high - 2]) : 0;
}

/* `centre_time`: by so much a slope of 1 would lower the centre. */
static void take_errors(const RankBlocks *blocks, const RankLine *line, double centre_time, double scale, RankErrors *out)
{
    const size_t p = out->p = line->n_steps + 2;
    out->error[0] = MEDIAN_EFFICIENCY * scale / sqrt((double)blocks->n);
    out->error[1] = (line->high - line->low) / (2 * Z_95);
    out->lead[0][0] = out->lead[1][1] = 1;
    out->lead[0][1] = -centre_time;
    for (size_t k = 0; k < line->n_steps; k++) {
        const RankStep *step = &line->steps[k];
        double *lead = out->lead[2 + blocks->step[k]];
        out->error[2 + k] = shift_error(step, scale);
        lead[2 + k] = 1;
        lead[1] = -step->time;
        out->lead[0][1] += step->share_from * step->time;
        out->lead[0][2 + k] = -step->share_from;
    }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
            for (size_t k = 0; k < p; k++)
                for (size_t l = 0; l < p; l++)
                    out->cov[i][j] += out->lead[i][k] * out->lead[j][l] * correlation(line, k, l) * out->error[k] * out->error[l];
}

/* R with Cov = (R'R)^-1. Cov = M D M', M unit upper, from the last term backwards; then R M = D^-1/2. A term that the later ones
 * leave no error has a D of 0. */
static void factor_of(RankErrors *errors, double *factor)
{
    const size_t p = errors->p;
    double upper[MAX_TERMS][MAX_TERMS] = {{0}};
    for (size_t j = p; j-- > 0;) {
        const double d = fmax(errors->cov[j][j], 0);
        for (size_t i = 0; i < j; i++)
            upper[i][j] = d > 0 ? errors->cov[i][j] / d : 0;
        for (size_t i = 0; i < j; i++)
            for (size_t k = 0; k < j; k++)
                errors->cov[i][k] -= upper[i][j] * upper[k][j] * d;
        factor[j * p + j] = d > 0 ? 1 / sqrt(d) : FACTOR_WITHOUT_ERROR;
    }
    for (size_t i = 0; i < p; i++)
        for (size_t j = i + 1; j < p; j++) {
            factor[i * p + j] = 0;
            for (size_t k = i; k < j; k++)
                factor[i * p + j] -= factor[i * p + k] * upper[k][j];
        }
}

static void keep_errors(RankErrors *errors, WmRegression *out)
{
    out->error_scale = 0;
    for (size_t j = 0; j < errors->p; j++) {
        out->std_error[j] = sqrt(errors->cov[j][j]);
        if (out->std_error[j] > 0)
            out->error_scale = 1;
    }
    factor_of(errors, out->factor);
}

/* The median time when each block is moved by its steps' times: the centre's, with times that count from the line's origin. */
static double centre_time_of(const RankBlocks *blocks, const RankLine *line, double *room)
{
    for (size_t i = 0; i < blocks->n; i++) {
        room[i] = blocks->t[i];
        for (size_t k = 0; k < line->n_steps; k++)
            room[i] -= line->steps[k].time * ((i >= blocks->first[k + 1]) - line->steps[k].share_from);
    }
    return regression_median(room, blocks->n);
}

/* The line through the median of what is left; x is (1, t - median t, steps). */
void regression_fit_theil_sen(RegressionWork *work, WmRegression *out)
{
    RankBlocks blocks;
    RankLine line;
    rank_blocks_take(work, &blocks);
    if (!fit_blocks(&blocks, work->residual, work->sorted, &line)) {
        out->state = WM_REGRESSION_SINGULAR;
        return;
    }
    const double level = median_of(work->residual, work->n, work->sorted), z = rank_z(&line.sum);
    for (size_t i = 0; i < work->n; i++)
        work->residual[i] -= level;
    out->state = WM_REGRESSION_FITTED;
    out->coefficient[0] = level;
    out->coefficient[1] = line.slope;
    for (size_t k = 0; k < line.n_steps; k++)
        out->coefficient[2 + blocks.step[k]] = line.steps[k].value;
    out->statistic[1] = z;
    out->p_value[1] = line.sum.variance > 0 ? 2 * gsl_cdf_ugaussian_Q(fabs(z)) : 1;
    out->scale = regression_mad_scale(work, work->residual);
    out->rss = regression_rss(work, NULL);
    RankErrors errors = {.p = 0};
    take_errors(&blocks, &line, centre_time_of(&blocks, &line, work->sorted), out->scale, &errors);
    keep_errors(&errors, out);
}
