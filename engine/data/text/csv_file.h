/* engine/data/text/csv_file.h: a CSV file, row by row, in bounded memory. RFC 4180 through libcsv, with a byte order mark, CRLF,
 * quoted newlines, other delimiters, UTF-16 behind its mark, and Windows-1252 where a field is not UTF-8. */
#ifndef WM_DATA_CSV_FILE_H
#define WM_DATA_CSV_FILE_H

#include "engine/data/text/encoding.h"
#include "engine/data/recipe/sheet_row.h"

/* How the bytes are to be taken. */
typedef struct {
    Encoding encoding;
    char delimiter; /* 0: as Excel's first line "sep=;" says, else guessed from the file's beginning */
    gboolean has_decimal_commas;
} CsvDialect;

typedef struct {
    gboolean was_windows_1252; /* some field was not UTF-8 and was read as Windows-1252 */
    Encoding encoding;         /* as it was read; ENCODING_AUTO for UTF-8 with or without a mark */
    char delimiter;
    int n_hidden_rows;       /* of a workbook; read like the others */
    gboolean is_without_end; /* of a CSV: its last line has no line end */
} CsvFacts;

/* Read `path` as commas and UTF-8 or Windows-1252; "-" is standard input. `facts` may be NULL. */
gboolean csv_file_read(const char *path, SheetRowFunc func, gpointer data, CsvFacts *facts, GError **error);

/* The same in another dialect. */
gboolean csv_file_read_dialect(const char *path, const CsvDialect *dialect, SheetRowFunc func, gpointer data, CsvFacts *facts,
                               GError **error);

/* The delimiter that a file's beginning is written with: of , ; tab and | the one that cuts most records alike; a comma where none
 * does. */
char csv_guess_delimiter(const char *bytes, size_t length);

#endif
