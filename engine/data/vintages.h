/* engine/data/vintages.h: a series' vintages, seen from a date. */
#ifndef WM_DATA_VINTAGES_H
#define WM_DATA_VINTAGES_H

#include <waymark/series.h>
#include <waymark/store.h>

/* The readings as at a date: of each period, what drops received by then said last. Elements are WmReading. New.
 * *is_illustrative, if not NULL, says whether any of them is. */
GArray *vintages_as_at(const GArray *vintages, WmDay as_at, gboolean *is_illustrative);

/* The periods whose figure a drop received by then changed: the latest change of each. Elements are WmRevision. New. */
GArray *vintages_revisions(const GArray *vintages, WmDay as_at);

#endif
