/* engine/data/month/data_checks.h: what is wrong with the data of a plan as at a day, series by series and beside them. */
#ifndef WM_DATA_DATA_CHECKS_H
#define WM_DATA_DATA_CHECKS_H

#include "engine/data/series/series_readings.h"

/* What every data check looks at; borrowed. */
typedef struct {
    const WmPlan *plan;
    WmStore *store;
    SeriesReadings *readings;
    const GArray *drops; /* of WmDropInfo: received by the as-at */
    WmDay as_at;
    WmProblems *problems;
} DataChecks;

/* One series' readings; `vintages` are what series_readings_vintages gives of it. */
void data_checks_series(const DataChecks *self, const WmIndicator *indicator, const WmSeriesKey *key, const GArray *vintages);

/* Derived readings that cannot be, of the series that were asked for. */
void data_checks_derived(const DataChecks *self);

/* What is not about one series: rows that were refused, files that are not UTF-8, derived readings that cannot be, overrides that
 * have run out. After the series: a derived one is made when it is asked for. */
gboolean data_checks_rest(const DataChecks *self, GError **error);

#endif
