/* The tables of a pack, as it was issued. */
#include <string.h>

#include "engine/data/issue/issued_private.h"
#include "engine/data/text/csv_file.h"

typedef struct {
    void (*func)(const IssuedRow *row, gpointer data);
    gpointer data;
    GPtrArray *header; /* of char *; empty before the header is read */
} Reader;

const char *issued_cell(const IssuedRow *self, const char *column)
{
    for (guint i = 0; i < self->header->len && i < self->row->n_fields; i++)
        if (strcmp(g_ptr_array_index(self->header, i), column) == 0)
            return self->row->fields[i];
    return "";
}

static gboolean take_row(const SheetRow *row, gpointer data, GError **error)
{
    const Reader *self = data;
    (void)error;
    if (self->header->len) {
        self->func(&(IssuedRow){self->header, row}, self->data);
        return TRUE;
    }
    for (size_t i = 0; i < row->n_fields; i++)
        g_ptr_array_add(self->header, g_strdup(row->fields[i]));
    return TRUE;
}

gboolean issued_read_table(const WmIssued *self, const char *name, void (*func)(const IssuedRow *row, gpointer data), gpointer data,
                           GError **error)
{
    g_autofree char *path = g_build_filename(self->folder, name, NULL);
    g_autoptr(GPtrArray) header = g_ptr_array_new_with_free_func(g_free);
    Reader reader = {func, data, header};
    return csv_file_read(path, take_row, &reader, NULL, error);
}

gboolean issued_has_file(const WmIssued *self, const char *name)
{
    for (size_t i = 0; i < self->n_files; i++)
        if (strcmp(self->files[i].file, name) == 0)
            return TRUE;
    return FALSE;
}
