/* CSV in any delimiter and encoding: rows of valid UTF-8 whose lines and numbers rise. The first byte says how it is to be taken.
 */
#include <string.h>

#include "engine/data/text/csv_file.h"
#include "support.h"

typedef struct {
    int line, number;
} Last;

static gboolean on_row(const SheetRow *row, gpointer data, GError **error)
{
    Last *last = data;
    (void)error;
    MUST(row->line > 0 && row->line >= last->line);
    MUST(row->number > last->number);
    MUST(row->n_fields > 0);
    for (size_t i = 0; i < row->n_fields; i++)
        MUST(g_utf8_validate(row->fields[i], -1, NULL));
    *last = (Last){row->line, row->number};
    return TRUE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char DELIMITERS[] = {0, ',', ';', '\t', '|'};
    if (size == 0)
        return 0;
    const CsvDialect dialect = {(Encoding)(data[0] % N_ENCODINGS), DELIMITERS[data[0] / N_ENCODINGS % G_N_ELEMENTS(DELIMITERS)]};
    MemoryFile file = memory_file_new(data + 1, size - 1);
    g_autoptr(GError) error = NULL;
    Last last = {0, 0};
    CsvFacts facts;
    const gboolean is_read = csv_file_read_dialect(file.path, &dialect, on_row, &last, &facts, &error);
    MUST(is_read == (error == NULL));
    memory_file_close(&file);
    return 0;
}
