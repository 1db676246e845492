/* waymark/spc_many.h: which of thousands of signals deserve attention, and which chance alone would give.
 *
 * Of a thousand stable series, some thirty signal in any month. Here each series has a *p-value* for its latest reading: how often
 * would a series without any change, as long as this one and with limits estimated as these were, signal there at least as
 * strongly? Over a batch these become *q-values* (false discoveries controlled under any dependence), and their rule set's
 * rates of false alarm add up to the number of signals *expected by chance alone*.
 *
 * Strength is ordered so: any signal before none; among signals (or among readings without one) by the smallest null probability
 * of a pattern that holds (of any pattern). A stable reading's p-value is uniform; that of a signal is at most, that of any other
 * reading at least, the chance of a false alarm. Definition, tails and sources: docs/methods-spc.md.
 *
 * The simulation's own standard error is a tenth of a p-value of 0.05, a fifth of one of 0.01, a factor of two of one of 0.001 and
 * of three of one of 0.0001; below that a p-value is an order of magnitude.
 *
 *     WmSpcMany *many = wm_spc_many_new(20260401, 0);
 *     for each series: wm_spc_many_judge(many, &spc, &options, &result[i]);
 *     wm_false_discovery_adjust(p_values, n, q_values, order);
 */
#ifndef WAYMARK_SPC_MANY_H
#define WAYMARK_SPC_MANY_H

#include <waymark/spc.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a reader of the p-value should know. Where several hold, the first in this order but for NONE. */
typedef enum {
    WM_SPC_CAUTION_NONE,
    WM_SPC_CAUTION_ROLLING,        /* sums of overlapping periods: judged on changes from one period to the next */
    WM_SPC_CAUTION_SEASONAL,       /* judged on changes from the same period of the year before */
    WM_SPC_CAUTION_AUTOCORRELATED, /* neighbours resemble each other: p-values are too small, signals too many */
    WM_SPC_CAUTION_SHORT,          /* limits from fewer than 13 readings */
    WM_N_SPC_CAUTIONS,
} WmSpcCaution;

/** The latest reading of one series. */
typedef struct {
    double p_value;       /* 0..1; NAN where nothing can signal: no limits, a constant phase, fewer than 3 readings */
    double chance_signal; /* probability of any signal there by chance alone; NAN with p_value */
} WmSpcChance;

/** How readings hang together. */
typedef struct {
    size_t n;        /* readings used */
    double r1;       /* lag-1 autocorrelation of the changes; -1/2 where readings are independent; NAN for fewer than 8 */
    double r1_z;     /* how many standard errors above -1/2 */
    double r_year;   /* autocorrelation of the changes at a year's distance; -1/2 in rolling years; NAN where too short */
    double r_year_z; /* in standard errors, from 0 */
    double
        seasonal_p; /* Friedman's test that periods of the year rank alike from year to year; NAN for fewer than two whole years */
    WmSpcCaution caution; /* NONE, ROLLING, SEASONAL or AUTOCORRELATED */
} WmSpcDependence;

/** Null distributions, each simulated when first needed, and memory; one per thread. */
typedef struct WmSpcMany WmSpcMany;

/** New, or NULL without memory. Caller frees.
 *
 * @param seed          of the simulations. Each distribution has a stream of its own, made from the seed and from what it is of, so
 * that the order of the series is irrelevant
 * @param n_replicates  series simulated for each distribution; 0 for 8,000
 */
WmSpcMany *wm_spc_many_new(uint64_t seed, size_t n_replicates);
void wm_spc_many_free(WmSpcMany *self);

/** Judge the latest reading of a charted series.
 *
 * Some 0.03 to 0.1 s for a new combination of chart class, readings in the latest phase (bands of a tenth above 30), readings
 * behind its limits and level (counts only); then O(n_points).
 *
 * @param spc      of wm_spc_analyse; borrowed
 * @param options  those it was made with; NULL for all defaults; borrowed
 * @param out      written in every case
 * @return WM_OK, or WM_NO_MEMORY
 */
WmStatus wm_spc_many_judge(WmSpcMany *self, const WmSpc *spc, const WmSpcOptions *options, WmSpcChance *out);

/** Look for seasons, overlapping periods and autocorrelation. Steps, slow trends and single outliers are none of these.
 *
 * @param y                n readings at equal distances in time; NAN for missing
 * @param periods_a_year   12 for months, 4 for quarters; below 2 nothing is asked of the year
 * @param scratch          2 n doubles
 * @param out              written in every case
 */
void wm_spc_dependence(const double *y, size_t n, size_t periods_a_year, double *scratch, WmSpcDependence *out);

/** Make the readings that a caution says to judge instead: changes over one period (ROLLING) or one year (SEASONAL); NAN where
 * either end is missing. Otherwise copies. `out` is n long and may be y. Returns the distance of the change, 0 for a copy. */
size_t wm_spc_treat(const double *y, size_t n, size_t periods_a_year, WmSpcCaution caution, double *out);

/** q-values: the smallest false discovery rate at which each would be called a discovery, under any dependence.
 * q_(i) = min over j >= i of min(1, p_(j) m c(m) / j), c(m) = 1 + 1/2 + … + 1/m.
 * Benjamini, Y. and Yekutieli, D. (2001), Annals of Statistics 29, 1165-1188, theorem 1.3.
 *
 * @param p      n p-values; NAN is not a test: its q is NAN, and it does not count in m
 * @param q      written
 * @param order  scratch, n long
 */
void wm_false_discovery_adjust(const double *p, size_t n, double *q, size_t *order);

/** Names as in files: "", "rolling", "seasonal" … The pointer lives for ever. */
const char *wm_spc_caution_name(WmSpcCaution caution);
bool wm_spc_caution_parse(const char *text, WmSpcCaution *out);

#ifdef __cplusplus
}
#endif
#endif
