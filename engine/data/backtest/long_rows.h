/* engine/data/backtest/long_rows.h: what the readers of long files share: columns by name, and errors that say where. */
#ifndef WM_DATA_LONG_ROWS_H
#define WM_DATA_LONG_ROWS_H

#include <waymark/error.h>

#include "engine/data/drop/source.h"

/* Position of the column of this name, whatever its case; -1 when there is none. */
int long_rows_find(const SheetRow *header, const char *name);

/* Text of a column; "" where the row is short, or there is no such column (-1). */
const char *long_rows_text(const SheetRow *row, int column);

/* FALSE: the header has no such column; the error tells those that there are. */
gboolean long_rows_miss(const char *path, const SheetRow *row, const char *column, const char *advice, GError **error);

/* FALSE, with WM_ERROR_INPUT at line and column (0: not known). */
gboolean long_rows_fail(const char *path, int line, int column, const char *advice, GError **error, const char *format, ...)
    G_GNUC_PRINTF(6, 7);

#endif
