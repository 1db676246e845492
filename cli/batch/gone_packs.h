/* cli/batch/gone_packs.h: packs that an earlier batch has left, of plans that are no more. */
#ifndef WM_CLI_BATCH_GONE_PACKS_H
#define WM_CLI_BATCH_GONE_PACKS_H

#include "cli/batch/batch.h"

/* The names of the packs below packs/ that are none of this batch's, in order: nothing links them any more, and nothing deletes
 * them. Elements are char *. New. */
GPtrArray *gone_packs(const PackBatch *batch);

#endif
