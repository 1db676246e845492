/* engine/data/backtest/long_csv.h: what the filters read: a long CSV of many series, and a file of targets. */
#ifndef WM_DATA_LONG_CSV_H
#define WM_DATA_LONG_CSV_H

#include <waymark/error.h>
#include <waymark/event.h>
#include <waymark/reading.h>

/* How the figures are to be read. */
typedef struct {
    WmPeriodKind period_kind; /* periods are taken to be the one of this kind that holds them; WM_PERIOD_NONE: as written */
    gboolean is_percent;      /* a ratio is times 100 */
} LongCsvOptions;

typedef struct {
    char *id;
    GArray *readings; /* of WmReading, by period, one each */
} LongSeries;

/* One target for one series. */
typedef struct {
    char *series;        /* "" for every series */
    WmDay due;           /* its month's end; WM_NO_DAY when not given */
    WmDay origin;        /* the last period known when the target is judged, in a backtest; WM_NO_DAY: every one */
    double target;       /* in the unit of value */
    WmPolarity polarity; /* WM_N_POLARITIES when not given */
    char *due_text;      /* as written */
} LongTarget;

/* Something known to have happened to one series. */
typedef struct {
    char *series; /* "" for every series */
    WmEvent event;
} LongEvent;

/* Read `series,period,value` or `series,period,numerator,denominator` (or both; other columns are passed over). Elements are
 * LongSeries, in the order in which they first appear. Where a row has no value, it is numerator over denominator. Markers and
 * empty fields are states. NULL with WM_ERROR_INPUT at the first row that cannot be read, for two rows of one series and
 * period, and for a series of periods of different lengths. */
GArray *long_csv_read(const char *path, const LongCsvOptions *options, GError **error);

/* Read `series,due,target[,polarity][,origin]`. Elements are LongTarget, in the order given. A period in `due` with a target for
 * each period is how a target changes through time. */
GArray *long_targets_read(const char *path, GError **error);

/* The same, where a target may be empty or a marker (NAN): from there to the next there is none. */
GArray *long_targets_read_with_gaps(const char *path, GError **error);

/* Read `series,period,kind`, kind being break, intervention or outlier. Elements are LongEvent, in the order given; titles are "".
 */
GArray *long_events_read(const char *path, GError **error);

#endif
