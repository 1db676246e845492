/* engine/data/series/vintages.h: a series' vintages, seen from a date. */
#ifndef WM_DATA_VINTAGES_H
#define WM_DATA_VINTAGES_H

#include <waymark/formula.h>
#include <waymark/series.h>
#include <waymark/store.h>

/* The readings as at a date: of each period, what drops received by then said last. Elements are WmReading. New.
 * *is_illustrative, if not NULL, says whether any of them is. */
GArray *vintages_as_at(const GArray *vintages, WmDay as_at, gboolean *is_illustrative);

/* The same as parts of a formula, into `out`, which is emptied first. Elements are WmDerivedReading. Whether any is illustrative.
 */
gboolean vintages_parts_as_at(const GArray *vintages, WmDay as_at, GArray *out);

/* Whether any reading as at a date is partial: derived, with parts missing. */
gboolean vintages_are_partial(const GArray *vintages, WmDay as_at);

/* The periods whose figure a drop received by then changed: the latest change of each. Elements are WmRevision. New. */
GArray *vintages_revisions(const GArray *vintages, WmDay as_at);

/* The periods whose figure as at `as_at` is not the one as at `since`, which had one: what a reader of then sees changed now.
 * Elements are WmRevision. New. */
GArray *vintages_revisions_since(const GArray *vintages, WmDay since, WmDay as_at);

/* The periods that had a reading as at `then`, with the figures of `as_at`: what would have been known had they been right at once.
 * Elements are WmVintage. New. */
GArray *vintages_with_hindsight(const GArray *vintages, WmDay then, WmDay as_at);

/* How many periods have a reading as at `as_at` and had none as at `since`; WM_NO_DAY: none had. */
size_t vintages_count_new(const GArray *vintages, WmDay since, WmDay as_at);

#endif
