/* Rows as CSV. */
#include "engine/data/text/row_sheet.h"

#include "engine/data/text/number_text.h"

static char *text_of(const RowSheet *self, size_t i_row, size_t i_column)
{
    return self->columns[i_column].text(self->owner, (const char *)self->rows + i_row * self->row_size);
}

char *row_sheet_to_csv(const RowSheet *self)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < self->n_columns; i++)
        g_string_append_printf(out, "%s%s", i ? "," : "", self->columns[i].name);
    g_string_append_c(out, '\n');
    for (size_t k = 0; k < self->n_rows; k++) {
        for (size_t i = 0; i < self->n_columns; i++) {
            g_autofree char *text = text_of(self, k, i);
            if (i)
                g_string_append_c(out, ',');
            csv_append_field(out, text ? text : "");
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}
