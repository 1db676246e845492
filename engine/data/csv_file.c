/* CSV in, through libcsv. */
#include "engine/data/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/data/encoding.h"

#define CHUNK_BYTES     (64 * 1024)
#define MAX_FIELD_BYTES (1024 * 1024) /* beyond this a quote was left open, or it is no CSV */

typedef struct {
    const char *path;
    CsvRowFunc func;
    gpointer data;
    GError **error;
    gboolean has_stopped;

    GString *text;     /* the row's fields one after another, each ended by NUL */
    GArray *offsets;   /* where each begins */
    GPtrArray *fields; /* pointers into text, made when the row is complete */
    int line, row_line;
    gboolean follows_cr; /* the last byte outside a field was CR: an LF now is the same line end */
    gboolean has_nul;
    CsvFacts facts;
} Reader;

/* Line ends inside a quoted field: LF, CRLF or a lone CR. */
static int count_line_ends(const char *text, size_t length)
{
    int n = 0;
    for (size_t i = 0; i < length; i++)
        n += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
    return n;
}

static void on_field(void *bytes, size_t length, void *data)
{
    Reader *self = data;
    const char *text = bytes;
    self->follows_cr = FALSE;
    if (self->offsets->len == 0)
        self->row_line = self->line;
    self->line += count_line_ends(text, length);

    const char *nul = memchr(text, 0, length);
    if (nul) {
        self->has_nul = TRUE;
        length = (size_t)(nul - text);
    }
    const gsize offset = self->text->len;
    g_array_append_val(self->offsets, offset);
    self->facts.was_windows_1252 |= encoding_append_utf8(self->text, text, length);
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
}

/* Nothing at all, or nothing but commas, which spreadsheets leave below a table. */
static gboolean is_blank(const Reader *self)
{
    return self->text->len == self->offsets->len;
}

static void on_row(int terminator, void *data)
{
    Reader *self = data;
    if (!self->has_stopped && !is_blank(self))
        deliver_row(self);
    g_string_truncate(self->text, 0);
    g_array_set_size(self->offsets, 0);
    self->has_nul = FALSE;
    if (!(terminator == '\n' && self->follows_cr))
        self->line++;
    self->follows_cr = terminator == '\r';
}

/* At the end of the file an open quote has swallowed all that follows it: better refused than lost. */
static gboolean finish(Reader *self, struct csv_parser *parser)
{
    csv_set_opts(parser, (unsigned char)(csv_get_opts(parser) | CSV_STRICT | CSV_STRICT_FINI));
    if (csv_fini(parser, on_field, on_row, self) == 0)
        return !self->has_stopped;
    wm_error_set(self->error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->path, .line = self->line, .advice = "close it"},
                 "a quote is never closed");
    return FALSE;
}

static gboolean parse(Reader *self, struct csv_parser *parser, FILE *file)
{
    g_autofree char *chunk = g_malloc(CHUNK_BYTES);
    gboolean is_first = TRUE;
    for (size_t n; !self->has_stopped && (n = fread(chunk, 1, CHUNK_BYTES, file)) > 0; is_first = FALSE) {
        const size_t mark = is_first ? encoding_mark_length(chunk, n) : 0;
        if (csv_parse(parser, chunk + mark, n - mark, on_field, on_row, self) != n - mark) {
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
    return !self->has_stopped && finish(self, parser);
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
    Reader self = {.path = path, .func = func, .data = data, .error = error, .line = 1};
    const gboolean is_read = read_stream(&self, file);
    if (!is_stdin)
        fclose(file);
    if (facts)
        *facts = self.facts;
    return is_read;
}
