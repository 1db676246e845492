/* Rows of a sheet. */
#include "engine/data/xlsx/xlsx_row.h"

#include <string.h>

#define ROW_MAX_BYTES (8 * 1024 * 1024)
#define GAP_GRACE     4000000 /* fields handed over, from which on their number is held against that of the cells */
#define GAP_RATIO     200     /* a bomb has one cell at the far end of each row: 16,384 fields */

typedef struct {
    int column;
    gsize offset;
} Cell;

void xlsx_row_init(XlsxRow *self, XlsxMerges *merges)
{
    *self = (XlsxRow){.text = g_string_new(NULL),
                      .cells = g_array_new(FALSE, FALSE, sizeof(Cell)),
                      .fields = g_ptr_array_new(),
                      .merges = merges};
}

void xlsx_row_clear(XlsxRow *self)
{
    g_string_free(self->text, TRUE);
    g_array_unref(self->cells);
    g_ptr_array_unref(self->fields);
}

void xlsx_row_add(XlsxRow *self, const char *text)
{
    while (g_ascii_isspace(*text))
        text++;
    size_t length = strlen(text);
    while (length && g_ascii_isspace(text[length - 1]))
        length--;
    if (!length)
        return;
    const Cell cell = {self->column, self->text->len};
    g_array_append_val(self->cells, cell);
    g_string_append_len(self->text, text, (gssize)length);
    g_string_append_c(self->text, 0);
}

/* What is kept of the row stays small, and so does what merged ranges make of it. */
static gboolean is_too_long(const XlsxRow *self)
{
    size_t n_bytes = 0;
    for (guint i = 0; i < self->fields->len; i++)
        n_bytes += strlen(g_ptr_array_index(self->fields, i));
    return n_bytes > ROW_MAX_BYTES;
}

static void place_cells(XlsxRow *self)
{
    g_ptr_array_set_size(self->fields, 0);
    for (guint i = 0; i < self->cells->len; i++) {
        const Cell *cell = &g_array_index(self->cells, Cell, i);
        while (self->fields->len + 1 < (guint)cell->column)
            g_ptr_array_add(self->fields, (gpointer) "");
        g_ptr_array_add(self->fields, self->text->str + cell->offset);
    }
}

const char *xlsx_row_finish(XlsxRow *self, SheetRow *out)
{
    *out = (SheetRow){.line = self->number, .number = self->number};
    place_cells(self);
    const guint n_cells = self->cells->len;
    if (self->merges && !xlsx_merges_fill(self->merges, self->number, self->fields))
        return "merged ranges overlap";
    if (n_cells && is_too_long(self))
        return "the row holds more than 8 MiB of text";
    self->n_cells += n_cells;
    self->n_fields += n_cells ? self->fields->len : 0;
    if (self->n_fields > GAP_GRACE && self->n_fields / GAP_RATIO > self->n_cells)
        return "the cells lie scattered far to the right, with hardly anything between them";
    while (n_cells && self->fields->len < (guint)self->width)
        g_ptr_array_add(self->fields, (gpointer) "");
    if (n_cells) {
        out->fields = (const char *const *)self->fields->pdata;
        out->n_fields = self->fields->len;
    }
    return NULL;
}
