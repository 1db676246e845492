/* plot/workbook/sheets.h: the sheets of pack.xlsx, each made by a file of its own. */
#ifndef WM_PLOT_SHEETS_H
#define WM_PLOT_SHEETS_H

#include <waymark/workbook.h>

#include "plot/workbook/book.h"

/* What the month comes to: counts by status with a chart, the exceptions, and what every reader must know. */
void sheets_add_summary(Book *book, const WmMonth *month);

/* Every measure in the columns that are read on paper, its sentence among them. */
void sheets_add_measures(Book *book, const WmMonth *month);

/* A chart of path, readings and milestones for each exception, and the data behind them. */
void sheets_add_charts(Book *book, const WmMonth *month);

/* A table of the pack. */
void sheets_add_table(Book *book, const WmPlan *plan, const WmPackTable *table);

/* To be filled in and brought back: commentary for the exceptions, the readings that come next. */
void sheets_add_next(Book *book, const WmMonth *month);

/* A plan's tables as they are written; with `is_whole`, empty ones of the tables that it has not. */
void sheets_add_plan(Book *book, const WmPlanTexts *plan, bool is_whole);

/* What each sheet is, how the figures were made, how the input comes back, and every column's meaning. */
void sheets_add_notes(Book *book, const WmPack *pack, bool has_input);

#endif
