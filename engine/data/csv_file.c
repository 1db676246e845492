/* CSV in, through libcsv. */
#include "engine/data/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define CHUNK_BYTES (64 * 1024)
#define MAX_FIELD_BYTES (1024 * 1024) /* beyond this a quote was left open, or it is no CSV */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

typedef struct {
    const char *path;
    CsvRowFunc func;
    gpointer data;
    GError **error;
    gboolean has_stopped;

    GString *text;       /* the row's fields one after another, each ended by NUL */
    GArray *offsets;     /* where each begins */
    GPtrArray *fields;   /* pointers into text, made when the row is complete */
    int line, row_line;
    gboolean follows_cr; /* the last byte outside a field was CR: an LF now is the same line end */
    gboolean is_first_field;
    gboolean has_nul;
    CsvFacts facts;
} Reader;

static void append_utf8(Reader *self, const char *bytes, size_t length)
{
    if (g_utf8_validate(bytes, (gssize)length, NULL)) {
        g_string_append_len(self->text, bytes, (gssize)length);
        return;
    }
    gsize written = 0;
    g_autofree char *converted = g_convert_with_fallback(bytes, (gssize)length, "UTF-8", "WINDOWS-1252", "\xEF\xBF\xBD", NULL, &written, NULL);
    self->facts.was_windows_1252 = TRUE;
    if (converted)
        g_string_append_len(self->text, converted, (gssize)written);
}

static void on_field(void *bytes, size_t length, void *data)
{
    Reader *self = data;
    const char *text = bytes;
    if (self->is_first_field && length >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0) {
        text += 3;
        length -= 3;
    }
    self->is_first_field = FALSE;
    self->follows_cr = FALSE;
    if (self->offsets->len == 0)
        self->row_line = self->line;
    for (size_t i = 0; i < length; i++)
        self->line += text[i] == '\n';

    const char *nul = memchr(text, 0, length);
    if (nul) {
        self->has_nul = TRUE;
        length = (size_t)(nul - text);
    }
    const gsize offset = self->text->len;
    g_array_append_val(self->offsets, offset);
    append_utf8(self, text, length);
    g_string_append_c(self->text, 0);
}

static void deliver_row(Reader *self)
{
    g_ptr_array_set_size(self->fields, 0);
    for (guint i = 0; i < self->offsets->len; i++)
        g_ptr_array_add(self->fields, self->text->str + g_array_index(self->offsets, gsize, i));
    const CsvRow row = {(const char *const *)self->fields->pdata, self->fields->len, self->row_line, self->has_nul};
    if (!self->func(&row, self->data, self->error))
        self->has_stopped = TRUE;
    g_string_truncate(self->text, 0);
    g_array_set_size(self->offsets, 0);
    self->has_nul = FALSE;
}

static gboolean is_blank(const Reader *self)
{
    return self->offsets->len == 0 || (self->offsets->len == 1 && self->text->len == 1);
}

static void on_row(int terminator, void *data)
{
    Reader *self = data;
    if (!self->has_stopped && !is_blank(self))
        deliver_row(self);
    else {
        g_string_truncate(self->text, 0);
        g_array_set_size(self->offsets, 0);
    }
    if (!(terminator == '\n' && self->follows_cr))
        self->line++;
    self->follows_cr = terminator == '\r';
}

static gboolean parse(Reader *self, struct csv_parser *parser, FILE *file)
{
    g_autofree char *chunk = g_malloc(CHUNK_BYTES);
    for (size_t n; !self->has_stopped && (n = fread(chunk, 1, CHUNK_BYTES, file)) > 0;) {
        if (csv_parse(parser, chunk, n, on_field, on_row, self) != n) {
            wm_error_set(self->error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->path, .line = self->line}, "%s",
                         csv_strerror(csv_error(parser)));
            return FALSE;
        }
        if (csv_get_buffer_size(parser) > MAX_FIELD_BYTES) {
            wm_error_set(self->error, WM_ERROR_INPUT,
                         &(WmErrorPlace){.file = self->path, .line = self->line, .advice = "close the quote, or save it as CSV"},
                         "a field is longer than 1 MiB");
            return FALSE;
        }
    }
    if (ferror(file)) {
        wm_error_set(self->error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->path}, "cannot read: %s", g_strerror(errno));
        return FALSE;
    }
    if (!self->has_stopped)
        csv_fini(parser, on_field, on_row, self);
    return !self->has_stopped;
}

static gboolean read_stream(Reader *self, FILE *file)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_REPALL_NL | CSV_APPEND_NULL) != 0) {
        wm_error_set(self->error, WM_ERROR_FILE, NULL, "no memory for the CSV parser");
        return FALSE;
    }
    self->text = g_string_new(NULL);
    self->offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
    self->fields = g_ptr_array_new();
    const gboolean is_read = parse(self, &parser, file);
    g_string_free(self->text, TRUE);
    g_array_unref(self->offsets);
    g_ptr_array_unref(self->fields);
    csv_free(&parser);
    return is_read;
}

gboolean csv_file_read(const char *path, CsvRowFunc func, gpointer data, CsvFacts *facts, GError **error)
{
    const gboolean is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (!file) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                     "cannot open: %s", g_strerror(errno));
        return FALSE;
    }
    Reader self = {.path = path, .func = func, .data = data, .error = error, .line = 1, .is_first_field = TRUE};
    const gboolean is_read = read_stream(&self, file);
    if (!is_stdin)
        fclose(file);
    if (facts)
        *facts = self.facts;
    return is_read;
}
