/* Columns by name, and errors that say where. */
#include "engine/data/backtest/long_rows.h"

#define MAX_NAMED 8 /* columns that an error tells */

int long_rows_find(const SheetRow *row, const char *name)
{
    for (size_t i = 0; i < row->n_fields; i++)
        if (g_ascii_strcasecmp(row->fields[i], name) == 0)
            return (int)i;
    return -1;
}

const char *long_rows_text(const SheetRow *row, int column)
{
    return column >= 0 && (size_t)column < row->n_fields ? row->fields[column] : "";
}

gboolean long_rows_miss(const char *path, const SheetRow *row, const char *column, const char *advice, GError **error)
{
    g_autoptr(GString) there = g_string_new(NULL);
    for (size_t i = 0; i < row->n_fields && i < MAX_NAMED; i++)
        g_string_append_printf(there, "%s“%s”", i ? ", " : "", row->fields[i]);
    return long_rows_fail(path, row->line, 0, advice, error, "a column is missing: there is no %s among %s%s", column, there->str,
                          row->n_fields > MAX_NAMED ? " …" : "");
}

gboolean long_rows_fail(const char *path, int line, int column, const char *advice, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .line = line, .column = column, .advice = advice}, "%s",
                 message);
    return FALSE;
}
