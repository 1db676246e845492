/* engine/core/regression/regression_rank.h: readings of a line in blocks, between which its level may step, for what goes by ranks.
 *
 * Two readings are compared within a block only: a step then changes no comparison. Hirsch, Slack and Smith (1982), Water Resources
 * Research 18, 107-121, do so with the months of a year.
 */
#ifndef WM_CORE_REGRESSION_RANK_H
#define WM_CORE_REGRESSION_RANK_H

#include "engine/core/regression/regression_parts.h"

/* Readings block after block. Without a step there is one, and they stand as they came. */
typedef struct {
    size_t n, n_blocks;
    double *t, *y;                             /* n; in the work's room for the QR */
    size_t first[WM_REGRESSION_MAX_STEPS + 2]; /* of each block; behind the last n */
    size_t step[WM_REGRESSION_MAX_STEPS];      /* which of the caller's steps begins block i + 1 */
} RankBlocks;

/* Rows (1, t, then 1 for each step that has come) in blocks. */
void rank_blocks_take(RegressionWork *work, RankBlocks *out);

static inline size_t rank_block_size(const RankBlocks *blocks, size_t i_block)
{
    return blocks->first[i_block + 1] - blocks->first[i_block];
}

/* Kendall's S and its variance with ties, summed over blocks; and pairs counted in both orders: all, those tied in t, in y. */
typedef struct {
    double s, variance, pairs, t_tied, y_tied;
} RankSum;

/* `room` holds n. */
RankSum rank_sum(const RankBlocks *blocks, double *room);

/* (S - sign S) / sqrt Var S, for continuity; 0 without a variance. */
double rank_z(const RankSum *sum);

#endif
