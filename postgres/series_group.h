/* postgres/series_group.h: what the final functions of trend, chance and assess share: a group with its prior. */
#ifndef WM_POSTGRES_SERIES_GROUP_H
#define WM_POSTGRES_SERIES_GROUP_H

#include "postgres/readings_state.h"

/* A group settled, with the built-in prior of its kind of period and bounds: an aggregate sees one series at a time. Borrows the
 * readings and the options. */
typedef struct {
    WmForecastSeries series;
    WmPrior prior;
} SeriesGroup;

SeriesGroup series_group(GroupReadings readings, const Options *options);

/* Whether a prior that was given has all its parts. */
bool series_prior_is_sound(const OptionPrior *given);

/* The prior of a group: the one that was given, as known on a day (WM_NO_DAY: all of it), where it is of this group, else the
 * built-in one. In the core (in_core); to be cleared by wm_prior_clear. */
WmStatus series_prior(const OptionPrior *given, const WmForecastGroup *group, WmDay day, WmPrior *out);

#endif
