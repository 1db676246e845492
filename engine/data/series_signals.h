/* engine/data/series_signals.h: what control charts say of a plan's series. */
#ifndef WM_DATA_SERIES_SIGNALS_H
#define WM_DATA_SERIES_SIGNALS_H

#include <waymark/series.h>

/* Fill in variation and assurance of a series whose readings, events and milestones are set. A break in events.csv starts a new
 * phase, an outlier is left out of the limits, and assurance is about the milestone in force at each reading: the next one, and
 * after the last the last. */
void series_signals_find(WmSeries *series, WmSpcScratch *scratch);

#endif
