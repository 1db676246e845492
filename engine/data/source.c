/* CSV or workbook. */
#include "engine/data/source.h"

#include <stdio.h>
#include <string.h>

#define ZIP_MARK "PK\x03\x04" /* APPNOTE.TXT 4.3.7: a local file header */

gboolean source_is_workbook(const char *path)
{
    char mark[4];
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    if (!file)
        return FALSE;
    const size_t n = fread(mark, 1, sizeof mark, file);
    fclose(file);
    return n == sizeof mark && memcmp(mark, ZIP_MARK, sizeof mark) == 0;
}

gboolean source_read(const char *path, const SourceOptions *options, SheetRowFunc func, gpointer data, CsvFacts *facts,
                     GError **error)
{
    if (source_is_workbook(path)) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .advice = "save the sheet as CSV"}, "it is a workbook");
        return FALSE;
    }
    return csv_file_read_dialect(path, &options->dialect, func, data, facts, error);
}
