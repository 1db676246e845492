/* Rows of results. */
#include "cli/output.h"

#include <cjson/cJSON.h>
#include <stdio.h>

#include "engine/data/text/number_text.h"

struct Output {
    const OutputColumn *columns;
    size_t n_columns;
    GPtrArray *cells; /* row after row */
    GString *stream;  /* text of a CSV that is printed as it comes; NULL when it is not */
};

#define CHUNK 65536 /* bytes kept back before they are printed */

Output *output_new(const OutputColumn *columns, size_t n_columns)
{
    Output *self = g_new0(Output, 1);
    *self = (Output){columns, n_columns, g_ptr_array_new_with_free_func(g_free), NULL};
    return self;
}

void output_free(Output *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->cells);
    if (self->stream)
        g_string_free(self->stream, TRUE);
    g_free(self);
}

static void append_header(const Output *self, GString *out)
{
    for (size_t i = 0; i < self->n_columns; i++)
        g_string_append_printf(out, "%s%s", i ? "," : "", self->columns[i].name);
    g_string_append_c(out, '\n');
}

static void flush(GString *text)
{
    fwrite(text->str, 1, text->len, stdout);
    g_string_truncate(text, 0);
}

void output_stream(Output *self, OutputFormat format)
{
    if (format != OUTPUT_CSV)
        return;
    self->stream = g_string_sized_new(2 * CHUNK);
    append_header(self, self->stream);
}

void output_add(Output *self, const char *const *texts)
{
    if (!self->stream) {
        for (size_t i = 0; i < self->n_columns; i++)
            g_ptr_array_add(self->cells, g_strdup(texts[i]));
        return;
    }
    csv_append_row(self->stream, texts, self->n_columns);
    if (self->stream->len >= CHUNK)
        flush(self->stream);
}

static size_t n_rows(const Output *self)
{
    return self->cells->len / self->n_columns;
}

gboolean output_is_empty(const Output *self)
{
    return self->cells->len == 0;
}

static const char *cell(const Output *self, size_t row, size_t column)
{
    return g_ptr_array_index(self->cells, row * self->n_columns + column);
}

static void append_csv(const Output *self, GString *out)
{
    append_header(self, out);
    for (size_t row = 0; row < n_rows(self); row++)
        csv_append_row(out, (const char *const *)&self->cells->pdata[row * self->n_columns], self->n_columns);
}

static void append_json(const Output *self, GString *out)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t row = 0; row < n_rows(self); row++) {
        cJSON *object = cJSON_CreateObject();
        for (size_t i = 0; i < self->n_columns; i++) {
            const char *text = cell(self, row, i);
            if (!*text)
                cJSON_AddNullToObject(object, self->columns[i].name);
            else if (self->columns[i].is_number)
                cJSON_AddRawToObject(object, self->columns[i].name, text);
            else
                cJSON_AddStringToObject(object, self->columns[i].name, text);
        }
        cJSON_AddItemToArray(list, object);
    }
    char *printed = cJSON_Print(list);
    g_string_append(out, printed);
    g_string_append_c(out, '\n');
    cJSON_free(printed);
    cJSON_Delete(list);
}

static void append_padded(GString *out, const char *text, int width, gboolean is_right, gboolean is_last)
{
    const int missing = width - (int)g_utf8_strlen(text, -1);
    g_string_append_printf(out, "%*s%s%*s", is_right ? missing : 0, "", text, is_right || is_last ? 0 : missing, "");
    g_string_append(out, is_last ? "\n" : "  ");
}

static void append_table(const Output *self, GString *out)
{
    g_autofree int *widths = g_new0(int, self->n_columns);
    for (size_t i = 0; i < self->n_columns; i++) {
        widths[i] = (int)g_utf8_strlen(self->columns[i].name, -1);
        for (size_t row = 0; row < n_rows(self); row++)
            widths[i] = MAX(widths[i], (int)g_utf8_strlen(cell(self, row, i), -1));
    }
    for (size_t i = 0; i < self->n_columns; i++)
        append_padded(out, self->columns[i].name, widths[i], self->columns[i].is_number, i + 1 == self->n_columns);
    for (size_t row = 0; row < n_rows(self); row++)
        for (size_t i = 0; i < self->n_columns; i++)
            append_padded(out, cell(self, row, i), widths[i], self->columns[i].is_number, i + 1 == self->n_columns);
}

GString *output_text(const Output *self, OutputFormat format)
{
    static void (*const WRITERS[])(const Output *, GString *) = {
        [OUTPUT_CSV] = append_csv, [OUTPUT_JSON] = append_json, [OUTPUT_TABLE] = append_table};
    GString *text = g_string_new(NULL);
    WRITERS[format](self, text);
    return text;
}

void output_print(const Output *self, OutputFormat format)
{
    if (self->stream) {
        flush(self->stream);
        return;
    }
    g_autoptr(GString) text = output_text(self, format);
    flush(text);
}
