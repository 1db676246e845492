/* engine/data/text/csv_foreign.h: files that are called .csv and are something else, told by what they begin with. */
#ifndef WM_DATA_CSV_FOREIGN_H
#define WM_DATA_CSV_FOREIGN_H

#include <glib.h>

typedef struct {
    const char *what;   /* "a PDF" */
    const char *advice; /* what to do with it */
} ForeignKind;

/* What the first bytes of a file show it to be; NULL where it may be a CSV. Static. */
const ForeignKind *csv_foreign_kind(const char *bytes, size_t length);

#endif
