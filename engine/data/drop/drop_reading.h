/* engine/data/drop/drop_reading.h: one reading out of a row, by one extract. */
#ifndef WM_DATA_DROP_READING_H
#define WM_DATA_DROP_READING_H

#include "engine/data/drop/drop_row.h"

typedef struct {
    Refusal why;
    char *message;       /* new; why's */
    gboolean is_row;     /* what is wrong is wrong with every reading of the row */
    gboolean is_skipped; /* of a unit that the recipe leaves out */
} RefusedReading;

/* Read. FALSE, with *refused filled in, when it is refused. Texts of *out are borrowed from the row, the plan, the recipe and the
 * header, until the next call. */
gboolean drop_reading_read(DropHeader *header, const SheetRow *row, const Extract *extract, WmStoredReading *out,
                           RefusedReading *refused);

#endif
