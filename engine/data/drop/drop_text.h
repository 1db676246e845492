/* engine/data/drop/drop_text.h: where a field's text stands in a row. */
#ifndef WM_DATA_DROP_TEXT_H
#define WM_DATA_DROP_TEXT_H

#include "engine/data/drop/drop_row.h"

/* A field's text without blanks at its ends, not renamed, and in *column where it stands; -1 for a constant or for nothing.
 * Borrowed from the row, the recipe or `scratch`. */
const char *drop_text(const DropHeader *header, const SheetRow *row, const BoundField *field, GString *scratch, int *column);

/* The same of its choices from one term on, which is moved behind the one that is taken: the field's second opinion. The last one
 * where none holds anything. */
const char *drop_next_text(const DropHeader *header, const SheetRow *row, const BoundField *field, guint *term, GString *scratch,
                           int *column);

/* One place's text as it came. */
const char *drop_term_text(const SheetRow *row, const BoundTerm *term);

#endif
