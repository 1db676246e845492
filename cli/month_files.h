/* cli/month_files.h: what a month comes to as files of one folder: data, charts and papers. */
#ifndef WM_CLI_MONTH_FILES_H
#define WM_CLI_MONTH_FILES_H

#include "cli/command.h"

/* Which files are wanted beside the data and the papers' HTML. */
typedef struct {
    gboolean wants_chart[WM_N_FORMATS];
    gboolean wants_pdf; /* of the papers */
    gboolean wants_workbook;
    gboolean wants_every_spc; /* a control chart of each series; else where there is a signal */
} MonthFiles;

/* Understand --charts: formats with commas between them; NULL is svg, "none" is none. FALSE with WM_ERROR_USAGE. */
gboolean month_files_take_charts(MonthFiles *self, const char *text, GError **error);

/* Write them all, and tell `progress` (NULL: nobody). FALSE with *error, also when the user has asked to stop. */
gboolean month_files_write(const WmMonth *month, const MonthFiles *what, const char *folder, ProgressLine *progress,
                           GError **error);

#endif
