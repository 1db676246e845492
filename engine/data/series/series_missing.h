/* engine/data/series/series_missing.h: which units a roll-up lacks, period by period. */
#ifndef WM_DATA_SERIES_MISSING_H
#define WM_DATA_SERIES_MISSING_H

#include "engine/data/series/series_derived.h"

typedef struct {
    WmPeriod period;
    gint64 drop; /* the last that told of the period */
    WmDay received;
    char *text; /* "EHC20 of North, West and 3 more" */
} MissingUnits;

/* An empty list of MissingUnits. New. */
GArray *missing_units_new(void);

/* Append, of each part that is a roll-up, the periods that some of its units have and others do not, by all that was received: part
 * by part, each by period. */
void series_missing_units(const DerivedInput *input, GArray *out);

#endif
