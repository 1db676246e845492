/* engine/data/store/store_batch.h: rows of one drop on their way to the store, some thousands at a time. */
#ifndef WM_DATA_STORE_BATCH_H
#define WM_DATA_STORE_BATCH_H

#include "engine/data/store/store_names.h"
#include "engine/data/store/store_private.h"

/* Two batches under way, and the scratch to sort one, come to some 20 MiB. */
#define BATCH_ROWS           (128 * 1024)
#define BATCH_REFUSALS_BYTES (4 * 1024 * 1024)

typedef struct {
    BlockReading reading; /* series is a number of `Names`; note too, from 1 */
    int line, column;
} BatchRow;

typedef struct {
    GArray *rows;     /* of BatchRow */
    GArray *refusals; /* of WmQuarantined, with texts in `texts` */
    GStringChunk *texts;
    gsize n_text_bytes;
    FreshNames series, notes; /* that the batch is the first to use */
    gboolean is_last;
} Batch;

Batch *batch_new(void);
void batch_clear(Batch *self);
void batch_free(Batch *self);

/* Puts batches into the store, one after another: on a thread of its own, or on the caller's. */
typedef struct {
    WmStore *store;
    gint64 drop;
    guint32 n_parts;
    guint32 first, last;    /* period keys that its blocks span; 0: none yet */
    GArray *series, *notes; /* of gint64: numbers of names -> ids */
    GArray *keys, *kept;    /* scratch */
    gint64 n_loaded, n_repeated, n_conflicts;
} BatchStore;

BatchStore *batch_store_new(WmStore *store, gint64 drop);
void batch_store_free(BatchStore *self);

/* Store a batch. */
gboolean batch_store(BatchStore *self, Batch *batch, GError **error);

#endif
