/* engine/data/series/series_look.h: what the checks of one series share: its readings as at, and how a finding about them is said.
 */
#ifndef WM_DATA_SERIES_LOOK_H
#define WM_DATA_SERIES_LOOK_H

#include "engine/data/month/checks.h"
#include "engine/data/series/series_checks.h"

typedef struct {
    const SeriesChecks *series;
    GArray *latest; /* of const WmVintage *: the last word on each period by the as-at */
    guint n_past;   /* of these, of periods that have begun */
} Look;

const WmVintage *look_at(const Look *self, guint i);

/* The drop that a vintage came with; NULL for none that is known. */
const WmDropInfo *look_drop(const Look *self, const WmVintage *vintage);

/* A finding about a reading is in its drop, one about the series (NULL) at its indicator. */
CheckPlace look_place(const Look *self, const WmVintage *vintage);

/* "EHC20 of North, boys": the series in words. */
const char *look_say(const Look *self, GString *text);

gboolean look_has_value(const WmVintage *vintage);

/* Numbers in order: a GCompareFunc over double. */
gint look_by_value(gconstpointer a, gconstpointer b);

/* Each looks at the readings as at, and adds what it finds; `name` is scratch. */
typedef void SeriesCheck(const Look *self, GString *name);
SeriesCheck series_check_magnitude, series_check_fractions, series_check_counts, series_check_cumulative;
SeriesCheck series_check_duplicates, series_check_overruled, series_check_overlaps, series_check_length, series_check_missing,
    series_check_late, series_check_future, series_check_unit_time;

#endif
