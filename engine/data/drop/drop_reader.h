/* engine/data/drop/drop_reader.h: a drop, row by row: what stands above the table, its header, its rows, and where it ends. */
#ifndef WM_DATA_DROP_READER_H
#define WM_DATA_DROP_READER_H

#include "engine/data/drop/drop_header.h"

typedef struct DropReader DropReader;

/* New; `recipe` may be NULL. Borrows all; `file` is for messages, and `match` may take a period from its base name. */
DropReader *drop_reader_new(const WmPlan *plan, const WmRecipe *recipe, const char *file, const DropSink *sink);
void drop_reader_free(DropReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DropReader, drop_reader_free)

/* Take a row: a SheetRowFunc, its data the reader. */
gboolean drop_reader_row(const SheetRow *row, gpointer reader, GError **error);

/* After the last row: whether there was a table, and whether the filters let anything of it pass. */
gboolean drop_reader_finish(DropReader *self, GError **error);

/* How many columns the header has; 0: there was none. */
size_t drop_reader_n_columns(const DropReader *self);

RowCounts drop_reader_counts(const DropReader *self);

/* Add what a reader of the file should know: columns that nothing reads, rows of units that were left
 * out. */
void drop_reader_report(const DropReader *self, WmProblems *problems);

/* Add percents of this file that all lie between 0 and 1. The month's checks look at whole series; this is for the moment of
 * loading. */
void drop_reader_report_fractions(const DropReader *self, WmProblems *problems);

#endif
