/* engine/data/series/series_readings.h: the readings of a plan's series, with all their vintages, wherever they come from.
 *
 * Whoever assesses, charts or lists a series asks here and not the store, so that a series which is derived by a formula is a
 * series like any other: it has vintages, and with them a history, revisions and a view as at any day. */
#ifndef WM_DATA_SERIES_READINGS_H
#define WM_DATA_SERIES_READINGS_H

#include <waymark/public.h>

#include "engine/data/series/series_derived.h"

typedef struct SeriesReadings SeriesReadings;

/* New; NULL where the store cannot be read. Plan and store are borrowed and must outlive it. Only drops received by `as_at` count;
 * WM_NO_DAY: all. */
SeriesReadings *series_readings_new(const WmPlan *plan, WmStore *store, WmDay as_at, GError **error);

/* The same for one unit and what lies below it: other units' series are not known. NULL: of all. */
SeriesReadings *series_readings_new_of(const WmPlan *plan, WmStore *store, WmDay as_at, const char *unit, GError **error);

/* The same for one indicator after the other: a nation has more series than need be in memory at once. None is known before the
 * first series_readings_turn_to. */
SeriesReadings *series_readings_new_in_turn(const WmPlan *plan, WmStore *store, WmDay as_at);

/* Know the series of an indicator and of those that it is made of, and forget all others, with the keys that were handed out. Where
 * all are known anyway it does nothing. FALSE where the store cannot be read. */
gboolean series_readings_turn_to(SeriesReadings *self, const char *indicator, GError **error);

void series_readings_free(SeriesReadings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SeriesReadings, series_readings_free)

/* From now on only what everybody may see. Borrowed. */
void series_readings_make_public(SeriesReadings *self, const WmPublic *hidden);

/* The series that an indicator may have, by unit, then cohort. Elements are WmSeriesKey; borrowed. */
const GArray *series_readings_keys(SeriesReadings *self, const char *indicator);

/* How many of the store's series are of an indicator whose formula does not take them: readings that nobody uses. */
size_t series_readings_n_unused(SeriesReadings *self, const char *indicator);

/* Derived readings that cannot be, met so far. */
typedef struct {
    const char *indicator, *unit, *cohort;
    ImpossibleReading reading;
} ImpossibleSeriesReading;

/* Elements are ImpossibleSeriesReading, in the order in which the series were asked for; borrowed. */
const GArray *series_readings_impossible(const SeriesReadings *self);

/* Every vintage of one of them, by period, then received, then file; none where nothing was received by the as-at. Elements are
 * WmVintage. New; NULL where the store cannot be read. */
GArray *series_readings_vintages(SeriesReadings *self, const WmSeriesKey *key, GError **error);

/* The units that a roll-up lacks; none of what is no roll-up. Elements are MissingUnits (series_missing.h). New; NULL where the
 * store cannot be read. */
GArray *series_readings_missing(SeriesReadings *self, const WmSeriesKey *key, GError **error);

#endif
