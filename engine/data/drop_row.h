/* engine/data/drop_row.h: one row of a drop, understood and checked, or refused with a reason. */
#ifndef WM_DATA_DROP_ROW_H
#define WM_DATA_DROP_ROW_H

#include "engine/data/csv_file.h"
#include "engine/data/recipe.h"

/* Where each field stands in a row; -1: not in this file. */
typedef struct {
    const WmPlan *plan;
    const WmRecipe *recipe; /* may be NULL */
    int column_of[N_FIELDS];
    size_t n_columns;
} DropHeader;

/* Why a row was refused. */
typedef struct {
    int column;       /* from 1; 0 for the row */
    const char *code; /* static */
    char *message;    /* new, or NULL when the row is good */
} Refusal;

/* Find the fields in a header row. FALSE with *error when what a drop needs is not there. */
gboolean drop_header_read(DropHeader *self, const CsvRow *row, const char *file, GError **error);

/* Read one row. FALSE, with *why filled in, when it is refused. Texts in *out are borrowed from the row, the plan or the recipe. */
gboolean drop_row_read(const DropHeader *self, const CsvRow *row, WmStoredReading *out, Refusal *why);

#endif
