/* engine/data/plan/row_index.h: the rows of a table found by indicator and unit.
 *
 * A nation has a row or more for each of some ten thousand series: each finds its own without looking at all, and the index takes
 * no more than a number a row.
 */
#ifndef WM_DATA_PLAN_ROW_INDEX_H
#define WM_DATA_PLAN_ROW_INDEX_H

#include "engine/data/plan/plan_private.h"

typedef struct RowIndex RowIndex;

/* Index n rows that begin with a WmRowKey. They are borrowed, and must stay where and what they are. New. */
RowIndex *row_index_new(gconstpointer rows, size_t n, size_t row_size);
void row_index_free(RowIndex *self);

/* Those of one indicator and unit, in the table's order. */
PlanRows row_index_find(const RowIndex *self, const char *indicator, const char *unit);

#endif
