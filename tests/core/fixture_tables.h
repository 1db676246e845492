/* tests/core/fixture_tables.h: tables of counts with both totals, as disclosure control meets them. */
#ifndef WM_TESTS_FIXTURE_TABLES_H
#define WM_TESTS_FIXTURE_TABLES_H

#include <waymark/disclosure.h>

#include "core/fixture_random.h"

#define MAX_SIDE  6
#define MAX_CELLS ((MAX_SIDE + 1) * (MAX_SIDE + 1))
#define MAX_SUMS  (2 * (MAX_SIDE + 1))
#define SMALL     4

/** Rows by columns: cell (i, j) at i (columns + 1) + j; row 0 and column 0 are totals. One column is a list. */
typedef struct {
    size_t n_rows, n_columns, n_cells, n_sums;
    double sizes[MAX_CELLS];
    WmHiding hidings[MAX_CELLS];
    size_t cells[MAX_SUMS][MAX_SIDE + 1];
    WmDisclosureSum sums[MAX_SUMS]; /* borrow from cells: a copy must point them anew */
} Table;

/** Of noughts, nothing hidden. */
void table_start(Table *self, size_t n_rows, size_t n_columns);

/** Put a count where none is, and add it to its totals. */
void table_put(Table *self, size_t i, size_t j, double size);

/** The sums of every row and column. */
void table_add_sums(Table *self);
size_t table_at(const Table *self, size_t i, size_t j);

#endif
