/* engine/data/series/roll_up_units.h: which units make up a roll-up, in which periods. */
#ifndef WM_DATA_ROLL_UP_UNITS_H
#define WM_DATA_ROLL_UP_UNITS_H

#include "engine/data/series/series_derived.h"

#define ROLL_UP_ABSENT G_MAXUINT

typedef struct {
    const char *unit;
    guint i_series; /* of the part's; ROLL_UP_ABSENT: none was received */
} RollUpUnit;

/* The first days of the spans of time in which the same units are there; the first span begins before all days. Of WmDay. New. */
GArray *roll_up_spans(const WmPlan *plan);

/* By what was received by `day`, of the units that are there on the day `there`. Elements are RollUpUnit. New. */
GArray *roll_up_units_at(const DerivedInput *input, const PartVintages *part, WmDay day, WmDay there);

/* How many of the readings (of WmDerivedReading, by their ends) end before a day. */
guint roll_up_n_before(const GArray *readings, WmDay day);

#endif
