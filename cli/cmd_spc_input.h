/* cli/cmd_spc_input.h: what `waymark spc` reads: long readings, and targets with their due dates. */
#ifndef WM_CLI_CMD_SPC_INPUT_H
#define WM_CLI_CMD_SPC_INPUT_H

#include <waymark/spc.h>

#include "cli/command.h"

/* One period of one series. */
typedef struct {
    WmPeriod period;
    WmSpcPoint point;
    int line; /* in the file */
} LongReading;

/* A series, its readings in order of time. */
typedef struct {
    char *name;
    GArray *readings; /* of LongReading */
} LongSeries;

/* A row of a targets file. */
typedef struct {
    char *series; /* "" for every series */
    WmDay due;
    double target;
    WmPolarity polarity; /* WM_N_POLARITIES when not said */
} LongTarget;

/* Read series,period,value[,numerator,denominator] (columns in any order, others passed over, value optional beside the last two).
 * Readings that end after `as_at` (unless WM_NO_DAY) are left out. Elements are LongSeries *, in the order of their first row. NULL
 * with WM_ERROR_INPUT when a column is absent, a field cannot be read, or a series has two readings of one period. Caller unrefs.
 */
GPtrArray *long_series_read(const char *path, WmDay as_at, GError **error);

/* Read series,due,target[,polarity]; elements are LongTarget, by due. NULL on errors like those above. Caller unrefs. */
GArray *long_targets_read(const char *path, GError **error);

#endif
