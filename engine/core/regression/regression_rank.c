/* Mann and Kendall's test and Kendall's tau, of all readings or within blocks. */
#include "engine/core/regression/regression_rank.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>

#define N_EXACT 50 /* below this the exact distribution of S is used, as R's cor.test does */

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

static size_t block_of(const double *row, size_t p)
{
    size_t n_come = 0;
    for (size_t j = 2; j < p; j++)
        n_come += row[j] > 0;
    return n_come;
}

void rank_blocks_take(RegressionWork *work, RankBlocks *out)
{
    const size_t n = work->n, p = work->p, n_steps = p - 2;
    *out = (RankBlocks){.n = n, .n_blocks = n_steps + 1, .t = work->qr, .y = work->qr + n};
    size_t n_placed = 0, n_after[WM_REGRESSION_MAX_STEPS] = {0};
    for (size_t i_block = 0; i_block < out->n_blocks; i_block++) {
        for (size_t i = 0; i < n; i++) {
            if (block_of(work->x + i * p, p) != i_block)
                continue;
            out->t[n_placed] = work->x[i * p + 1];
            out->y[n_placed++] = work->y[i];
        }
        out->first[i_block + 1] = n_placed;
    }
    for (size_t k = 0; k < n_steps; k++)
        for (size_t i = 0; i < n; i++)
            n_after[k] += work->x[i * p + 2 + k] > 0;
    for (size_t k = 0; k < n_steps; k++) {
        size_t n_earlier = 0;
        for (size_t l = 0; l < n_steps; l++)
            n_earlier += n_after[l] > n_after[k];
        out->step[n_earlier] = k;
    }
}

/* Sums over groups of u equal values: u(u-1), u(u-1)(u-2), u(u-1)(2u+5). */
typedef struct {
    double pairs, triples, variance;
} Ties;

/* `sorted` holds n. */
static Ties count_ties(const double *values, size_t n, double *sorted)
{
    Ties ties = {0};
    memcpy(sorted, values, n * sizeof *sorted);
    gsl_sort(sorted, 1, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && sorted[end] == sorted[i];)
            end++;
        const double u = (double)(end - i);
        ties.pairs += u * (u - 1);
        ties.triples += u * (u - 1) * (u - 2);
        ties.variance += u * (u - 1) * (2 * u + 5);
    }
    return ties;
}

/* Var S with ties in both: Kendall (1970), equation 4.4. Without ties in t it is the form of Mann and Kendall's test. */
static double variance_of_s(double n, const Ties *t, const Ties *y)
{
    const double variance = (n * (n - 1) * (2 * n + 5) - t->variance - y->variance) / 18 + t->pairs * y->pairs / (2 * n * (n - 1));
    return n > 2 ? variance + t->triples * y->triples / (9 * n * (n - 1) * (n - 2)) : variance;
}

static double count_s(const double *t, const double *y, size_t n)
{
    long s = 0;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < n; j++)
            s += sign(t[j] - t[i]) * sign(y[j] - y[i]);
    return (double)s;
}

RankSum rank_sum(const RankBlocks *blocks, double *room)
{
    RankSum sum = {0};
    for (size_t i = 0; i < blocks->n_blocks; i++) {
        const size_t m = rank_block_size(blocks, i);
        const double *t = blocks->t + blocks->first[i], *y = blocks->y + blocks->first[i];
        if (m < 2)
            continue;
        const Ties t_ties = count_ties(t, m, room), y_ties = count_ties(y, m, room);
        sum.s += count_s(t, y, m);
        sum.variance += variance_of_s((double)m, &t_ties, &y_ties);
        sum.pairs += (double)m * (double)(m - 1);
        sum.t_tied += t_ties.pairs;
        sum.y_tied += y_ties.pairs;
    }
    return sum;
}

double rank_z(const RankSum *sum)
{
    return sum->variance > 0 ? (sum->s - sign(sum->s)) / sqrt(sum->variance) : 0;
}

/* P(D <= d) for the number D of discordant pairs in random orders of the blocks. Adding an m-th reading to a block turns counts
 * into c(k) = sum_{i<m} c(k - i), here as probabilities: Kendall (1970), Rank Correlation Methods, 4th ed., section 5.2; blocks are
 * independent, so that one goes on where the last ended. `share` and `last` hold n_pairs + 1 each. */
static double share_of_orders(const RankBlocks *blocks, size_t n_pairs, size_t d, double *share, double *last)
{
    memset(share, 0, (n_pairs + 1) * sizeof *share);
    share[0] = 1;
    size_t top = 0;
    for (size_t i_block = 0; i_block < blocks->n_blocks; i_block++) {
        for (size_t m = 2; m <= rank_block_size(blocks, i_block); m++) {
            memcpy(last, share, (n_pairs + 1) * sizeof *share);
            top += m - 1;
            for (size_t k = 0; k <= top; k++) {
                double window = 0;
                for (size_t i = 0; i < m && i <= k; i++)
                    window += last[k - i];
                share[k] = window / (double)m;
            }
        }
    }
    double sum = 0;
    for (size_t k = 0; k <= d && k <= n_pairs; k++)
        sum += share[k];
    return sum;
}

/* Two-sided: twice the smaller tail, which symmetry makes a lower one, so that a small p keeps its digits. */
static double exact_p_value(const RankBlocks *blocks, const RankSum *sum, double *room)
{
    const size_t n_pairs = (size_t)(sum->pairs / 2), n_few = (size_t)((sum->pairs / 2 - fabs(sum->s)) / 2 + 0.5);
    return fmin(1, 2 * share_of_orders(blocks, n_pairs, n_few, room, room + n_pairs + 1));
}

WmStatus wm_mann_kendall(const WmLineReadings *readings, WmRegressionScratch *scratch, WmMannKendall *out)
{
    *out = (WmMannKendall){.s = NAN, .variance = NAN, .z = NAN, .p_value = NAN, .tau_b = NAN, .tau_p_value = NAN};
    if (readings->n_steps > WM_REGRESSION_MAX_STEPS)
        return WM_OK;
    RegressionWork work = {.n = 0};
    if (!regression_lay_line(readings, true, N_EXACT * N_EXACT, scratch, &work))
        return WM_NO_MEMORY;
    RankBlocks blocks;
    rank_blocks_take(&work, &blocks);
    const RankSum sum = rank_sum(&blocks, work.room);
    out->n = work.n;
    if (sum.pairs <= 0)
        return WM_OK;
    out->s = sum.s;
    out->variance = sum.variance;
    if (sum.pairs - sum.t_tied <= 0 || sum.pairs - sum.y_tied <= 0) /* all at one time, or all equal: no order to speak of */
        return WM_OK;
    out->z = rank_z(&sum);
    out->p_value = 2 * gsl_cdf_ugaussian_Q(fabs(out->z));
    out->tau_b = 2 * out->s / sqrt(sum.pairs - sum.t_tied) / sqrt(sum.pairs - sum.y_tied);
    out->is_exact = work.n < N_EXACT && sum.t_tied + sum.y_tied <= 0;
    out->tau_p_value = out->is_exact ? exact_p_value(&blocks, &sum, work.sorted + work.n)
                                     : 2 * gsl_cdf_ugaussian_Q(fabs(out->s) / sqrt(out->variance));
    return WM_OK;
}
