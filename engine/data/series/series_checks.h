/* engine/data/series/series_checks.h: what looks wrong with one series' readings, as at. */
#ifndef WM_DATA_SERIES_CHECKS_H
#define WM_DATA_SERIES_CHECKS_H

#include <waymark/plan.h>
#include <waymark/store.h>

typedef struct {
    const WmPlan *plan;
    const WmIndicator *indicator;
    const char *unit, *cohort;
    const GArray *vintages; /* of WmVintage, by period, then received */
    const GArray *drops;    /* of WmDropInfo: where a reading came from */
    WmDay as_at;
    WmProblems *problems;
} SeriesChecks;

/* Add every finding: order of magnitude, percent as a fraction, periods twice or overlapping, holes, lateness, readings of the
 * future or outside the unit's time, counts that disagree, partial totals. */
void series_checks_run(const SeriesChecks *self);

#endif
