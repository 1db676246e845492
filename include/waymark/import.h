/* waymark/import.h: a workbook that was handed out comes back: the plan's tables as they now are, commentary, and readings.
 *
 * What is read are the sheets of pack.xlsx's input: a sheet of a plan's table replaces that table; next_commentary adds rows to
 * commentary; next_readings becomes a drop. Sheets that are not there change nothing.
 */
#ifndef WAYMARK_IMPORT_H
#define WAYMARK_IMPORT_H

#include <waymark/plan.h>
#include <waymark/plan_text.h>

G_BEGIN_DECLS

/** What a workbook would do to one table. */
typedef struct {
    const char *table;         /* targets; "plan" for plan.ini; "readings" for the drop; lives as long as the import */
    size_t n_added, n_removed; /* rows that only the workbook, or only the plan has; a changed row counts as both */
    bool is_moved;             /* the same rows in another order, or other columns */
} WmImportChange;

typedef struct WmImportStorage WmImportStorage;

typedef struct {
    const WmImportChange *changes; /* n_changes, in the contract's order; tables that stay as they are have none */
    size_t n_changes;
    const char *readings; /* the drop as CSV; NULL where no reading was filled in */
    bool is_written; /* wm_import_apply can write every change: not where the plan is a workbook, and a table of it would change */
    WmImportStorage *storage;
} WmImport;

/** Read a workbook beside a plan, and say what it would change.
 *
 * @param plan      a plan's folder, or its workbook
 * @param workbook  pack.xlsx, filled in
 * @return new; NULL with WM_ERROR_INPUT where the workbook cannot be read, or where something would get lost unseen: the sheet
 * “plan”, a heading below which the plan has something, a table whose sheet has another name
 */
WmImport *wm_import_read(const char *plan, const char *workbook, GError **error);
void wm_import_free(WmImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmImport, wm_import_free)

/** Write the whole plan as it would be into a folder that is there and empty, as files: to be compared, and checked, before
 * anything is done. @return FALSE with WM_ERROR_FILE */
bool wm_import_write(const WmImport *self, const char *folder, GError **error);

/** Write the changed tables into the plan's folder. The readings are left to wm_ingest_delivery. plan.ini keeps its comments.
 *
 * Each file is whole or as it was. @return FALSE with WM_ERROR_FILE, or WM_ERROR_INPUT where the plan is a workbook itself: then it
 * is that workbook that should be edited */
bool wm_import_apply(const WmImport *self, GError **error);

G_END_DECLS
#endif
