/* Many series at once: p-values of latest readings, and false discoveries among them. */
#include <waymark/spc_many.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/text/names.h"
#include "engine/core/spc/spc_many_parts.h"

#define N_REPLICATES 8000

struct WmSpcMany {
    uint64_t seed;
    size_t n_replicates;
    WmNull **nulls; /* n_nulls, as first needed: some tens at most, so that a search along them is quick */
    size_t n_nulls, n_nulls_room;
    WmSpcScratch *scratch;
    WmLatest latest;
    size_t capacity; /* of latest, in readings */
};

WmSpcMany *wm_spc_many_new(uint64_t seed, size_t n_replicates)
{
    WmSpcMany *self = calloc(1, sizeof *self);
    if (!self)
        return NULL;
    self->seed = seed;
    self->n_replicates = n_replicates ? n_replicates : N_REPLICATES;
    self->scratch = wm_spc_scratch_new();
    if (self->scratch)
        return self;
    free(self);
    return NULL;
}

void wm_spc_many_free(WmSpcMany *self)
{
    if (!self)
        return;
    for (size_t i = 0; i < self->n_nulls; i++)
        wm_null_free(self->nulls[i]);
    free(self->nulls);
    wm_spc_scratch_free(self->scratch);
    free(self->latest.y);
    free(self->latest.z);
    free(self);
}

static bool make_room(WmSpcMany *self, size_t n)
{
    if (n <= self->capacity)
        return true;
    free(self->latest.y);
    free(self->latest.z);
    self->latest.y = malloc(n * sizeof(double));
    self->latest.z = malloc(n * sizeof(double));
    self->capacity = self->latest.y && self->latest.z ? n : 0;
    return self->capacity > 0;
}

static bool make_room_for_null(WmSpcMany *self)
{
    if (self->n_nulls < self->n_nulls_room)
        return true;
    const size_t n_room = self->n_nulls_room ? 2 * self->n_nulls_room : 16;
    WmNull **nulls = realloc(self->nulls, n_room * sizeof *nulls);
    if (!nulls)
        return false;
    self->nulls = nulls;
    self->n_nulls_room = n_room;
    return true;
}

/* The null distribution of a key, simulated when it is first asked for; NULL without memory. */
static const WmNull *null_for(WmSpcMany *self, const WmNullKey *key)
{
    for (size_t i = 0; i < self->n_nulls; i++)
        if (memcmp(&self->nulls[i]->key, key, sizeof *key) == 0)
            return self->nulls[i];
    if (!make_room_for_null(self))
        return NULL;
    WmNull *null = wm_null_new(key, self->seed, self->n_replicates, self->scratch);
    if (null)
        self->nulls[self->n_nulls++] = null;
    return null;
}

WmStatus wm_spc_many_judge(WmSpcMany *self, const WmSpc *spc, const WmSpcOptions *options, WmSpcChance *out)
{
    const WmSpcOptions defaults = wm_spc_options_default();
    if (!options)
        options = &defaults;
    *out = (WmSpcChance){NAN, NAN};
    if (!make_room(self, spc->n_points + 1))
        return WM_NO_MEMORY;
    if (!wm_latest_take(spc, &self->latest))
        return WM_OK;

    const WmNullKey key = wm_null_key(spc, options, &self->latest);
    const WmNull *null = null_for(self, &key);
    if (!null)
        return WM_NO_MEMORY;
    WmStrength strength;
    wm_strength_measure(&self->latest, options->rules, spc->points[spc->i_last].signals, &strength);
    out->p_value = wm_null_p_value(null, wm_null_score(null, &strength));
    out->chance_signal = null->chance_signal;
    return WM_OK;
}

/* Heapsort of indices by their p-value (Knuth 1998, 5.2.3): in place, without a callback that needs a global. */
static void sift_down(size_t *order, size_t root, size_t n, const double *p)
{
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        child += child + 1 < n && p[order[child + 1]] > p[order[child]];
        if (!(p[order[child]] > p[order[root]]))
            return;
        const size_t lower = order[root];
        order[root] = order[child];
        order[child] = lower;
    }
}

static void sort_by_p(size_t *order, size_t n, const double *p)
{
    for (size_t i = n / 2; i-- > 0;)
        sift_down(order, i, n, p);
    for (size_t end = n; end-- > 1;) {
        const size_t largest = order[0];
        order[0] = order[end];
        order[end] = largest;
        sift_down(order, 0, end, p);
    }
}

void wm_false_discovery_adjust(const double *p, size_t n, double *q, size_t *order)
{
    size_t m = 0;
    double c = 0;
    for (size_t i = 0; i < n; i++) {
        q[i] = NAN;
        if (isnan(p[i]))
            continue;
        order[m++] = i;
        c += 1 / (double)m;
    }
    sort_by_p(order, m, p);
    double smallest = 1;
    for (size_t j = m; j-- > 0;) {
        smallest = fmin(smallest, p[order[j]] * (double)m * c / (double)(j + 1));
        q[order[j]] = smallest;
    }
}

static const char *const CAUTIONS[WM_N_SPC_CAUTIONS] = {
    [WM_SPC_CAUTION_NONE] = "",
    [WM_SPC_CAUTION_ROLLING] = "rolling",
    [WM_SPC_CAUTION_SEASONAL] = "seasonal",
    [WM_SPC_CAUTION_AUTOCORRELATED] = "autocorrelated",
    [WM_SPC_CAUTION_SHORT] = "short",
};

WM_DEFINE_NAMES(wm_spc_caution, WmSpcCaution, CAUTIONS)
