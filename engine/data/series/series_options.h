/* engine/data/series/series_options.h: what the extension in PostgreSQL is told of one series: the options of waymark_assess.
 *
 * All that a plan says of the series on one day, in the words of docs/postgres.md. Numbers come back to the bit. */
#ifndef WM_DATA_SERIES_OPTIONS_H
#define WM_DATA_SERIES_OPTIONS_H

#include "engine/data/series/series_view.h"

struct cJSON;

/* New, for cJSON_Delete. The prior is given where it is not the built-in one; else NULL. Vintages and tools are not looked at. */
struct cJSON *series_options(const SeriesSource *source, WmDay day, WmAssessScope scope, const WmPrior *prior);

#endif
