/* engine/data/plan/import_private.h: what reading a workbook that comes back, and writing what it says, share. */
#ifndef WM_DATA_IMPORT_PRIVATE_H
#define WM_DATA_IMPORT_PRIVATE_H

#include <waymark/import.h>

struct WmImportStorage {
    char *folder;
    gboolean is_workbook; /* the plan itself is one */
    WmPlanTexts *ours, *theirs;
    GPtrArray *commentary; /* the commentary as it would be: header, then cells; NULL before it is made */
    WmPlanText commentary_table;
    GArray *changes; /* of WmImportChange */
    char *readings;
};

/* A cell by its column's name; "" where there is none. */
const char *import_cell(const WmPlanText *table, size_t i_row, const char *column);

/* A table as the workbook has it, commentary with what the form adds; NULL for none. */
const WmPlanText *import_their_table(const WmImportStorage *self, const char *name);

#endif
