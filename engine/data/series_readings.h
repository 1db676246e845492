/* engine/data/series_readings.h: the readings of a plan's series, with all their vintages, wherever they come from.
 *
 * Whoever assesses, charts or lists a series asks here and not the store, so that a series which is derived by a formula is a
 * series like any other: it has vintages, and with them a history, revisions and a view as at any day. */
#ifndef WM_DATA_SERIES_READINGS_H
#define WM_DATA_SERIES_READINGS_H

#include <waymark/plan.h>
#include <waymark/store.h>

typedef struct SeriesReadings SeriesReadings;

/* New; NULL where the store cannot be read. Plan and store are borrowed and must outlive it. Only drops received by `as_at` count;
 * WM_NO_DAY: all. */
SeriesReadings *series_readings_new(const WmPlan *plan, WmStore *store, WmDay as_at, GError **error);
void series_readings_free(SeriesReadings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SeriesReadings, series_readings_free)

/* The series that an indicator may have, by unit, then cohort. Elements are WmSeriesKey; borrowed. */
const GArray *series_readings_keys(SeriesReadings *self, const char *indicator);

/* Every vintage of one of them, by period, then received, then file; none where nothing was received by the as-at. Elements are
 * WmVintage. New; NULL where the store cannot be read. */
GArray *series_readings_vintages(SeriesReadings *self, const WmSeriesKey *key, GError **error);

#endif
