/* engine/data/drop/drop_unread.h: columns that nothing reads. A recipe chooses its columns; what it leaves is told, so that no
 * figure is lost without a word. */
#ifndef WM_DATA_DROP_UNREAD_H
#define WM_DATA_DROP_UNREAD_H

#include "engine/data/drop/drop_row.h"
#include "engine/data/recipe/sheet_header.h"

/* List the columns that no field, no filter and no `ignore` of the recipe names, once all are bound. */
void drop_unread_find(DropHeader *self, const SheetHeader *names);

/* Look for figures in them, and for parts of years in time_identifier where nothing reads that, in a row of the table. */
void drop_unread_look(DropHeader *self, const SheetRow *row);

/* Add the finding unread_columns: those that hold figures. */
void drop_unread_report(const DropHeader *self, const SheetHeader *names, const char *file, WmProblems *problems);

/* Add the finding part_of_period: time_identifier speaks of a part of the year, and is not read. */
void drop_part_report(const DropHeader *self, const SheetHeader *names, const char *file, WmProblems *problems);

#endif
