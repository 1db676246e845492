/* engine/data/store/store_chain.h: what the drops said of one period of one series, one after another.
 *
 * Everything that depends on the order of drops is decided here, when the store is read, and nothing when a drop comes in: so the
 * order in which drops come to the store does not matter. Drops stand by received date, then file name. A drop that was read again
 * stands where it did, and counts from a later day on. A withdrawal takes effect at the end of its day; a drop that is withdrawn by
 * the day from which it counts never does.
 */
#ifndef WM_DATA_STORE_CHAIN_H
#define WM_DATA_STORE_CHAIN_H

#include <waymark/store.h>

#include "engine/data/store/reading_block.h"

/* One vintage as a drop gave it. */
typedef struct {
    BlockReading reading;
    guint32 order;       /* its drop's place among all drops */
    WmDay since;         /* the day from which it counts: received, but for a drop that was read again */
    WmDay withdrawn;     /* WM_NO_DAY: it counts */
    guint32 replaced_by; /* the place of the drop that its file, read again, makes; CHAIN_STANDS: none */
} ChainVintage;

#define CHAIN_STANDS G_MAXUINT32

/* By series, period, and the drop's place. */
gint chain_order(gconstpointer a, gconstpointer b);

/* Where the vintages of the period at `from` end among `n` sorted ones. */
size_t chain_end(const ChainVintage *vintages, size_t n, size_t from);

/* Give bare values the numerator and denominator they agree with, of what counted when they came. */
void chain_complete(ChainVintage *vintages, size_t n);

/* What counted when the vintage at `i` came; NULL: nothing did. Of one period, completed. */
const ChainVintage *chain_before(const ChainVintage *vintages, size_t i);

/* What the vintage at `i` is judged against: what its own file said when it was read before, else what counted when it came. */
const ChainVintage *chain_against(const ChainVintage *vintages, size_t i);

/* What counts at the end of a day; NULL: nothing does. */
const ChainVintage *chain_at(const ChainVintage *vintages, size_t n, WmDay day);

/* What a vintage turned out to be against the one before, which may be NULL. */
WmPut chain_judge(const ChainVintage *before, const ChainVintage *vintage);

/* Two readings say the same: the figure and its counts. Provisional turned final is no revision of the figure. */
gboolean chain_is_same_figure(const BlockReading *a, const BlockReading *b);

/* A bare value that agrees with the reading before takes its counts over. */
void chain_take_counts(BlockReading *reading, const BlockReading *before);

WmReading chain_reading(const BlockReading *reading);

#endif
