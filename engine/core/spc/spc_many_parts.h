/* engine/core/spc/spc_many_parts.h: what the files of "many at once" share: the latest reading as rules see it, and its
 * distribution where nothing has changed. */
#ifndef WM_CORE_SPC_MANY_PARTS_H
#define WM_CORE_SPC_MANY_PARTS_H

#include <gsl/gsl_rng.h>
#include <waymark/spc_many.h>

#include "engine/core/spc/spc_parts.h"

#define WM_MAX_PATTERNS 8 /* that a rule set looks for */

/** The latest phase, as strengths are measured on it. Arrays are n long and live in WmSpcMany. */
typedef struct {
    size_t n;      /* readings of the phase */
    double *y;     /* as drawn */
    double *z;     /* distance from the centre, in sigmas; on a run chart in mean absolute deviations */
    size_t n_used; /* readings behind the limits */
    size_t n_crossings;
} WmLatest;

/** How far each pattern of a rule set is developed at the latest reading, and which of them are signals. */
typedef struct {
    double by_pattern[WM_MAX_PATTERNS]; /* more is stronger */
    bool holds[WM_MAX_PATTERNS];
    bool any;
} WmStrength;

/** How a strength's distribution goes on beyond what was simulated. */
typedef enum {
    WM_TAIL_PARETO,      /* distances: generalised Pareto */
    WM_TAIL_EXPONENTIAL, /* lengths */
} WmTail;

/** Fill in *latest from a chart; false when nothing can signal there. */
bool wm_latest_take(const WmSpc *spc, WmLatest *latest);

/** Measure every pattern of the rules. */
void wm_strength_measure(const WmLatest *latest, WmSpcRules rules, uint32_t signals, WmStrength *out);
size_t wm_strength_patterns(WmSpcRules rules);
WmTail wm_strength_tail(WmSpcRules rules, size_t i_pattern);

/** What a null distribution is of. Series with the same key share it; compared byte for byte, so cleared before it is filled. */
typedef struct {
    uint32_t source; /* WmStableSource */
    uint32_t chart;  /* WmSpcChart that these are drawn on */
    uint32_t rules;
    uint32_t screen;
    uint32_t n, n_used; /* in bands */
    int32_t level;      /* twice the log2 of the mean, of counts; else 0 */
    uint32_t lengths[WM_N_SIGNALS];
} WmNullKey;

WmNullKey wm_null_key(const WmSpc *spc, const WmSpcOptions *options, const WmLatest *latest);

/** Where stable series come from: a family of distributions. */
typedef enum {
    WM_STABLE_NORMAL,
    WM_STABLE_POISSON,
    WM_STABLE_GEOMETRIC,
    WM_STABLE_EXPONENTIAL,
} WmStableSource;

typedef struct WmStable WmStable;

/** New, or NULL without memory. Caller frees. */
WmStable *wm_stable_new(const WmNullKey *key);
void wm_stable_free(WmStable *self);

/** Draw series number i, n readings. Returns its weight, 0 to 2. */
double wm_stable_draw(const WmStable *self, const gsl_rng *rng, size_t i, WmSpcPoint *points, size_t n);

/** A weighted sample. */
typedef struct {
    size_t n;
    double *x;     /* ascending */
    double *above; /* weight of x[i] and all after it, as a share: 1 first */
} WmSample;

/** Survival of `x`, extrapolated beyond the last 100: 1e-12 to 1. */
double wm_sample_survival(const WmSample *sample, WmTail tail, double x);

/** A simulated null distribution. */
typedef struct {
    WmNullKey key;
    size_t n_patterns;
    WmSample by_pattern[WM_MAX_PATTERNS];
    WmSample scores;
    double chance_signal;
} WmNull;

/** Order by strength: above 1 for signals, below for the rest; more is stronger. */
double wm_null_score(const WmNull *null, const WmStrength *strength);

/** Probability of a score at least as high. */
double wm_null_p_value(const WmNull *null, double score);

/** Simulate. NULL without memory. */
WmNull *wm_null_new(const WmNullKey *key, uint64_t seed, size_t n_replicates, WmSpcScratch *scratch);
void wm_null_free(WmNull *self);

#endif
