/* cli/chart_files.h: a chart of a series, as a file with a name of its own. */
#ifndef WM_CLI_CHART_FILES_H
#define WM_CLI_CHART_FILES_H

#include "cli/command.h"

/* Draw the trajectory chart of a series into folder/INDICATOR[-UNIT][-COHORT].FORMAT. *path, if not NULL, takes its path (new). */
gboolean write_chart_file(const WmSeries *series, const WmChartOptions *options, const char *folder, char **path, GError **error);

#endif
