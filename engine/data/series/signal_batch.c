/* Chance among many series. */
#include "engine/data/series/signal_batch.h"

#include <math.h>

#define SEED      20260401 /* of the simulations: the same input gives the same p-values */
#define DISCOVERY 0.05

struct SignalBatch {
    WmSpcMany *many;
    GArray *all; /* of BatchChance */
};

SignalBatch *signal_batch_new(void)
{
    SignalBatch *self = g_new0(SignalBatch, 1);
    self->many = wm_spc_many_new(SEED, 0);
    self->all = g_array_new(FALSE, FALSE, sizeof(BatchChance));
    if (!self->many)
        g_error("no memory for control charts"); /* as every other allocation of GLib's */
    return self;
}

void signal_batch_free(SignalBatch *self)
{
    if (!self)
        return;
    wm_spc_many_free(self->many);
    g_array_unref(self->all);
    g_free(self);
}

void signal_batch_begin(SignalBatch *self)
{
    g_array_set_size(self->all, 0);
}

/* A series that cannot signal has no p, and no caution either: there is nothing to be cautious about. */
void signal_batch_add(SignalBatch *self, const WmSpc *spc, const WmSpcOptions *options, const Treated *treated)
{
    BatchChance one = {.chance = {NAN, NAN}, .q_value = NAN};
    WmStatus status = wm_spc_many_judge(self->many, spc, options, &one.chance);
    if (!isnan(one.chance.p_value)) {
        one.caution = treated->caution;
        one.is_signal = wm_spc_latest(treated->is_treated ? &treated->spc : spc).is_beyond_noise;
        if (status == WM_OK && treated->is_treated)
            status = wm_spc_many_judge(self->many, &treated->spc, &treated->options, &one.chance);
    }
    if (status != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
    g_array_append_val(self->all, one);
}

WmSignalTotals signal_batch_finish(SignalBatch *self)
{
    const guint n = self->all->len;
    WmSignalTotals totals = {0};
    g_autofree double *p = g_new(double, n), *q = g_new(double, n);
    g_autofree size_t *order = g_new(size_t, n);
    for (guint i = 0; i < n; i++)
        p[i] = signal_batch_get(self, i)->chance.p_value;
    wm_false_discovery_adjust(p, n, q, order);
    for (guint i = 0; i < n; i++) {
        BatchChance *one = &g_array_index(self->all, BatchChance, i);
        one->q_value = q[i];
        if (isnan(one->chance.p_value))
            continue;
        totals.n_judged++;
        totals.n_expected += one->chance.chance_signal;
        totals.n_signals += one->is_signal ? 1 : 0;
        totals.n_discoveries += one->is_signal && q[i] <= DISCOVERY ? 1 : 0;
        totals.n_by_caution[one->caution]++;
    }
    return totals;
}

const BatchChance *signal_batch_get(const SignalBatch *self, guint i)
{
    return &g_array_index(self->all, BatchChance, i);
}
