/* cli/chart_files.h: a chart of a series, as a file with a name of its own. */
#ifndef WM_CLI_CHART_FILES_H
#define WM_CLI_CHART_FILES_H

#include "cli/command.h"

typedef enum { CHART_TRAJECTORY, CHART_SPC, N_CHART_KINDS } ChartKind;

/* "trajectory" or "spc". FALSE, leaving *out, when `text` is neither. */
gboolean chart_kind_parse(const char *text, ChartKind *out);

/* Draw a chart of a series into folder/INDICATOR[--UNIT][--COHORT].FORMAT (control charts: …~spc.FORMAT). *path, if not NULL, takes
 * its path (new). */
gboolean write_chart_file_of(ChartKind kind, const WmSeries *series, const WmChartOptions *options, const char *folder, char **path,
                             GError **error);

/* The same for a trajectory chart. */
gboolean write_chart_file(const WmSeries *series, const WmChartOptions *options, const char *folder, char **path, GError **error);

#endif
