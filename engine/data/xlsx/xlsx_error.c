/* What is wrong with a workbook. */
#include "engine/data/xlsx/xlsx_error.h"

gboolean xlsx_fail(GError **error, const char *file, const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = file, .advice = advice}, "%s", what);
    return FALSE;
}
