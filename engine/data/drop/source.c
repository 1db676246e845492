/* CSV or workbook. */
#include "engine/data/drop/source.h"

#include <stdio.h>
#include <string.h>

#include "engine/data/xlsx/xlsx_file.h"

/* What a workbook begins with: a ZIP archive's local file header (APPNOTE.TXT 4.3.7); an OLE compound file (MS-CFB 2.2), which is
 * an old or a protected workbook, to be refused as such. */
static const char *const MARKS[] = {"PK\x03\x04", "\xD0\xCF\x11\xE0"};
#define MARK_BYTES 4

/* A pipe is not looked into: what has been read of it is gone. */
gboolean source_is_workbook(const char *path)
{
    char mark[MARK_BYTES] = {0};
    FILE *file = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? fopen(path, "rb") : NULL;
    if (!file)
        return FALSE;
    const size_t n = fread(mark, 1, sizeof mark, file);
    fclose(file);
    for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++)
        if (n == MARK_BYTES && memcmp(mark, MARKS[i], MARK_BYTES) == 0)
            return TRUE;
    return FALSE;
}

gboolean source_read(const char *path, const SourceOptions *options, SheetRowFunc func, gpointer data, CsvFacts *facts,
                     GError **error)
{
    const gboolean is_workbook = source_is_workbook(path);
    if (is_workbook && options->dialect.has_decimal_commas) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = path, .advice = "remove that from the recipe"},
                     "decimal = comma is for CSV: a workbook's numbers are numbers");
        return FALSE;
    }
    if (is_workbook)
        return xlsx_file_read(path, options->sheet, func, data, facts ? &facts->n_hidden_rows : NULL, error);
    return csv_file_read_dialect(path, &options->dialect, func, data, facts, error);
}

gboolean source_read_table(const char *path, SheetRowFunc func, gpointer data, GError **error)
{
    return source_read(path, &(SourceOptions){.dialect = {ENCODING_AUTO, 0}}, func, data, NULL, error);
}
