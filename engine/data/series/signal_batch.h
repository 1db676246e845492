/* engine/data/series/signal_batch.h: over a batch of series, which signals at the latest reading chance alone would give. */
#ifndef WM_DATA_SIGNAL_BATCH_H
#define WM_DATA_SIGNAL_BATCH_H

#include "engine/data/series/series_signals.h"

/* One series' latest reading. */
typedef struct {
    WmSpcChance chance;
    double q_value; /* NAN where p_value is, and until the batch is finished */
    WmSpcCaution caution;
    gboolean is_signal; /* what is judged signals: the readings, or the changes in their place */
} BatchChance;

typedef struct SignalBatch SignalBatch;

/* New. */
SignalBatch *signal_batch_new(void);
void signal_batch_free(SignalBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SignalBatch, signal_batch_free)

/* Begin another batch: what was simulated for the one before is kept, and changes nothing. */
void signal_batch_begin(SignalBatch *self);

/* Judge the next series: its chart with its options, and what is to be judged in place of its readings. */
void signal_batch_add(SignalBatch *self, const WmSpc *spc, const WmSpcOptions *options, const Treated *treated);

/* All are there: adjust for their number, and count. */
WmSignalTotals signal_batch_finish(SignalBatch *self);

/* Of the series added as number i. Borrowed. */
const BatchChance *signal_batch_get(const SignalBatch *self, guint i);

#endif
