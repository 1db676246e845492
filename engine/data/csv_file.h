/* engine/data/csv_file.h: a CSV file, row by row, in bounded memory. RFC 4180 through libcsv, with a byte order mark, CRLF, quoted
 * newlines, and Windows-1252 where a field is not UTF-8. */
#ifndef WM_DATA_CSV_FILE_H
#define WM_DATA_CSV_FILE_H

#include <waymark/error.h>

/* One row; everything is borrowed for the call. */
typedef struct {
    const char *const *fields; /* n_fields, UTF-8, trimmed where unquoted */
    size_t n_fields;
    int line;         /* on which the row begins, from 1 */
    gboolean has_nul; /* a field held a NUL byte, and was cut there */
} CsvRow;

/* Called for each row that holds more than commas. FALSE stops the reading, with *error set. */
typedef gboolean (*CsvRowFunc)(const CsvRow *row, gpointer data, GError **error);

typedef struct {
    gboolean was_windows_1252; /* some field was not UTF-8 and was read as Windows-1252 */
} CsvFacts;

/* Read `path`; "-" is standard input. `facts` may be NULL. */
gboolean csv_file_read(const char *path, CsvRowFunc func, gpointer data, CsvFacts *facts, GError **error);

#endif
