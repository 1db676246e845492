/* A row as a whole. */
#include "engine/data/recipe/sheet_row.h"

#include <string.h>

size_t sheet_row_n_texts(const SheetRow *row)
{
    size_t n = 0;
    const char *first = NULL;
    gboolean is_one_text = TRUE;
    for (size_t i = 0; i < row->n_fields; i++) {
        const char *text = row->fields[i];
        if (!*text)
            continue;
        n++;
        is_one_text = is_one_text && (!first || strcmp(first, text) == 0);
        first = first ? first : text;
    }
    return is_one_text ? MIN(n, 1) : n;
}
