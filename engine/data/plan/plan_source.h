/* engine/data/plan/plan_source.h: where a plan's tables lie: in files of a folder, or in the sheets of a workbook that stands in
 * for them.
 *
 * targets.csv is then the sheet “targets”, plan.ini the sheet “plan” with columns section, key and value. What else belongs to a
 * plan (drops, recipes, the store, what comes out) lies in the workbook's folder.
 */
#ifndef WM_DATA_PLAN_SOURCE_H
#define WM_DATA_PLAN_SOURCE_H

#include <waymark/problems.h>

#include "engine/data/xlsx/xlsx_file.h"

#define PLAN_INI      "plan.ini"
#define PLAN_WORKBOOK "plan.xlsx"

typedef struct {
    char *folder;
    char *path;         /* of the workbook; NULL where the tables are files */
    XlsxFile *workbook; /* NULL where the tables are files */
} PlanSource;

/* A plan's folder, or its workbook. A folder with both plan.ini and plan.xlsx has one too many. New, or NULL with *error. */
PlanSource *plan_source_open(const char *path, GError **error);
void plan_source_free(PlanSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlanSource, plan_source_free)

/* From now on a finding about a table is told of its sheet: “targets.csv” is “plan.xlsx!targets”. Nothing where the tables are
 * files. */
void plan_source_name_places(const PlanSource *self, WmProblems *problems);

/* Say of sheets and files that nobody reads that they are not read. */
void plan_source_report_unread(const PlanSource *self, WmProblems *problems);

/* Whether there is a table of this file name. */
gboolean plan_source_has(const PlanSource *self, const char *file);

/* Where the table is, for an error. New. */
char *plan_source_place(const PlanSource *self, const char *file);

/* Read a table that is there, row by row; *was_windows_1252 tells of a file that is not UTF-8. */
gboolean plan_source_read(const PlanSource *self, const char *file, SheetRowFunc func, gpointer data, gboolean *was_windows_1252,
                          GError **error);

#endif
