/* cli/chart_files.h: a chart as a file with a name of its own. */
#ifndef WM_CLI_CHART_FILES_H
#define WM_CLI_CHART_FILES_H

#include "cli/command.h"

/* A file name's stem for some ids, joined by two hyphens; different ids never share one. New. */
char *file_stem(const char *const *ids, size_t n);

/* Draw a chart into folder/INDICATOR[--UNIT][--COHORT].FORMAT (a trajectory), INDICATOR[--…]~KIND.FORMAT (other kinds of a series
 * or an indicator), or plan~KIND.FORMAT; where only a region is shown, its id stands second. *path, if not NULL, takes its path
 * (new). */
gboolean write_chart_file(const WmChartKind *kind, const WmChartSelection *selection, const WmChartOptions *options,
                          const char *folder, char **path, GError **error);

/* A chart of one series: "trajectory", "spc". */
gboolean write_series_chart(const char *kind, const WmSeries *series, const WmChartOptions *options, const char *folder,
                            GError **error);

#endif
