/* engine/data/drop/source.h: a file that somebody sent, row by row. What it is is told by its content, not by its name. */
#ifndef WM_DATA_SOURCE_H
#define WM_DATA_SOURCE_H

#include "engine/data/text/csv_file.h"

typedef struct {
    CsvDialect dialect; /* of a CSV */
    const char *sheet;  /* of a workbook: its name; NULL for its only visible one. Borrowed */
} SourceOptions;

/* Whether the file begins as a workbook does; also an old or protected one, which reading refuses with advice. FALSE where it
 * cannot be read: reading it will say why. */
gboolean source_is_workbook(const char *path);

/* Read `path`; "-" is standard input, a CSV. `facts` may be NULL. */
gboolean source_read(const char *path, const SourceOptions *options, SheetRowFunc func, gpointer data, CsvFacts *facts,
                     GError **error);

/* Read a table of our own making: a CSV whose delimiter is guessed, or a workbook's only filled sheet. */
gboolean source_read_table(const char *path, SheetRowFunc func, gpointer data, GError **error);

#endif
