/* CSV in, through libcsv. */
#include "engine/data/text/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/data/text/csv_foreign.h"
#include "engine/data/text/encoding.h"

#define CHUNK_BYTES     (64 * 1024)
#define MAX_FIELD_BYTES (1024 * 1024) /* beyond this a quote was left open, or it is no CSV */

typedef struct {
    const char *path;
    CsvDialect dialect;
    SheetRowFunc func;
    gpointer data;
    GError **error;
    gboolean has_stopped;

    GString *text;     /* the row's fields one after another, each ended by NUL */
    GArray *offsets;   /* where each begins */
    GPtrArray *fields; /* pointers into text, made when the row is complete */
    int line, row_line, number;
    gboolean follows_cr; /* the last byte outside a field was CR: an LF now is the same line end */
    gboolean has_nul;
    gboolean is_at_separator_line; /* "sep=;", which Excel reads and does not show */
    gboolean is_utf_16;
    Utf16 utf_16;
    GString *decoded; /* a chunk of UTF-16 as UTF-8 */
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

/* Printable ASCII, as most fields are: the same in every encoding that comes here, and within one line. */
static gboolean is_plain(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < ' ' || text[i] > '~')
            return FALSE;
    return TRUE;
}

static void add_text(Reader *self, const char *text, size_t length)
{
    if (is_plain(text, length)) {
        g_string_append_len(self->text, text, (gssize)length);
        return;
    }
    self->line += count_line_ends(text, length);
    const char *nul = memchr(text, 0, length);
    if (nul) {
        self->has_nul = TRUE;
        length = (size_t)(nul - text);
    }
    if (self->dialect.encoding == ENCODING_WINDOWS_1252)
        encoding_append_windows_1252(self->text, text, length);
    else
        self->facts.was_windows_1252 |= encoding_append_utf8(self->text, text, length);
}

static void on_field(void *bytes, size_t length, void *data)
{
    Reader *self = data;
    const gsize offset = self->text->len;
    self->follows_cr = FALSE;
    if (self->offsets->len == 0)
        self->row_line = self->line;
    g_array_append_val(self->offsets, offset);
    add_text(self, bytes, length);
    g_string_append_c(self->text, 0);
}

static void deliver_row(Reader *self)
{
    g_ptr_array_set_size(self->fields, 0);
    for (guint i = 0; i < self->offsets->len; i++)
        g_ptr_array_add(self->fields, self->text->str + g_array_index(self->offsets, gsize, i));
    const SheetRow row = {(const char *const *)self->fields->pdata, self->fields->len, self->row_line, self->number, self->has_nul};
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
    const gboolean is_second_half = terminator == '\n' && self->follows_cr;
    self->number += !is_second_half && !self->is_at_separator_line;
    if (!self->has_stopped && !is_blank(self) && !self->is_at_separator_line)
        deliver_row(self);
    self->is_at_separator_line = FALSE;
    g_string_truncate(self->text, 0);
    g_array_set_size(self->offsets, 0);
    self->has_nul = FALSE;
    self->line += !is_second_half;
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

static gboolean fail(Reader *self, WmErrorCode code, const char *advice, const char *what)
{
    wm_error_set(self->error, code, &(WmErrorPlace){.file = self->path, .line = self->line, .advice = advice}, "%s", what);
    return FALSE;
}

/* Excel's first line "sep=;": the delimiter, or 0 where there is none. */
static char separator_line(const char *text, size_t length)
{
    static const char BEGINNING[] = "sep=";
    const size_t quote = length > 0 && *text == '"', n = strlen(BEGINNING);
    if (length < quote + n + 1 || g_ascii_strncasecmp(text + quote, BEGINNING, n) != 0)
        return 0;
    const size_t end = quote + n + 1 + quote;
    const char delimiter = text[quote + n];
    const gboolean is_line = end == length || (end < length && (text[end] == '\r' || text[end] == '\n'));
    return is_line && delimiter != '"' && !g_ascii_isalnum(delimiter) && (delimiter == '\t' || g_ascii_isprint(delimiter))
               ? delimiter
               : 0;
}

/* Whether the file is UTF-16, by its mark, its noughts or the recipe. Returns how many bytes are its mark. */
static size_t find_encoding(Reader *self, const char *bytes, size_t length)
{
    const Encoding stated = self->dialect.encoding;
    const gboolean is_marked = encoding_begins_utf16(bytes, length, &self->utf_16);
    const gboolean is_likely = is_marked || encoding_looks_utf16(bytes, length, &self->utf_16);
    self->is_utf_16 = stated == ENCODING_UTF_16 || (stated == ENCODING_AUTO && is_likely);
    if (self->is_utf_16)
        return is_marked ? 2 : 0;
    return encoding_mark_length(bytes, length);
}

/* The file's first bytes say how it is written. Returns how many of them are its mark. */
static size_t begin(Reader *self, struct csv_parser *parser, const char *bytes, size_t length)
{
    const size_t mark = find_encoding(self, bytes, length);
    self->facts.encoding = self->is_utf_16 ? ENCODING_UTF_16 : self->dialect.encoding;

    g_autoptr(GString) head = g_string_new(NULL);
    Utf16 scratch = self->utf_16;
    if (self->is_utf_16)
        encoding_append_utf16(head, &scratch, bytes + mark, length - mark);
    else
        g_string_append_len(head, bytes + mark, (gssize)(length - mark));
    const char separator = separator_line(head->str, head->len);
    self->is_at_separator_line = separator != 0;
    self->facts.delimiter = self->dialect.delimiter ? self->dialect.delimiter
                            : separator             ? separator
                                                    : csv_guess_delimiter(head->str, head->len);
    csv_set_delim(parser, (unsigned char)self->facts.delimiter);
    return mark;
}

static gboolean parse_bytes(Reader *self, struct csv_parser *parser, const char *bytes, size_t length)
{
    if (self->is_utf_16) {
        g_string_truncate(self->decoded, 0);
        encoding_append_utf16(self->decoded, &self->utf_16, bytes, length);
        bytes = self->decoded->str;
        length = self->decoded->len;
    }
    if (length > 0)
        self->facts.is_without_end = bytes[length - 1] != '\n' && bytes[length - 1] != '\r';
    if (csv_parse(parser, bytes, length, on_field, on_row, self) != length)
        return fail(self, WM_ERROR_FILE, NULL, csv_strerror(csv_error(parser)));
    if (csv_get_buffer_size(parser) > MAX_FIELD_BYTES)
        return fail(self, WM_ERROR_INPUT, "close the quote, or save it as CSV", "a field is longer than 1 MiB");
    if (self->dialect.encoding == ENCODING_UTF_8 && self->facts.was_windows_1252)
        return fail(self, WM_ERROR_INPUT, "say encoding = auto or windows-1252 in the recipe", "it is not UTF-8");
    return TRUE;
}

static gboolean parse(Reader *self, struct csv_parser *parser, FILE *file)
{
    g_autofree char *chunk = g_malloc(CHUNK_BYTES);
    gboolean is_first = TRUE;
    for (size_t n; !self->has_stopped && (n = fread(chunk, 1, CHUNK_BYTES, file)) > 0; is_first = FALSE) {
        const ForeignKind *kind = is_first ? csv_foreign_kind(chunk, n) : NULL;
        if (kind) {
            wm_error_set(self->error, WM_ERROR_INPUT, &(WmErrorPlace){.file = self->path, .advice = kind->advice},
                         "it is %s, not a CSV", kind->what);
            return FALSE;
        }
        const size_t mark = is_first ? begin(self, parser, chunk, n) : 0;
        if (!parse_bytes(self, parser, chunk + mark, n - mark))
            return FALSE;
    }
    if (ferror(file)) {
        const char *advice = errno == EISDIR ? "name the files in it" : NULL;
        wm_error_set(self->error, WM_ERROR_FILE, &(WmErrorPlace){.file = self->path, .advice = advice}, "cannot read: %s",
                     g_strerror(errno));
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
    self->decoded = g_string_new(NULL);
    const gboolean is_read = parse(self, &parser, file);
    g_string_free(self->text, TRUE);
    g_string_free(self->decoded, TRUE);
    g_array_unref(self->offsets);
    g_ptr_array_unref(self->fields);
    csv_free(&parser);
    return is_read;
}

gboolean csv_file_read_dialect(const char *path, const CsvDialect *dialect, SheetRowFunc func, gpointer data, CsvFacts *facts,
                               GError **error)
{
    const gboolean is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    if (!file) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                     "cannot open: %s", g_strerror(errno));
        return FALSE;
    }
    Reader self = {.path = path, .dialect = *dialect, .func = func, .data = data, .error = error, .line = 1};
    const gboolean is_read = read_stream(&self, file);
    if (!is_stdin)
        fclose(file);
    if (facts)
        *facts = self.facts;
    return is_read;
}

gboolean csv_file_read(const char *path, SheetRowFunc func, gpointer data, CsvFacts *facts, GError **error)
{
    return csv_file_read_dialect(path, &(CsvDialect){.delimiter = ','}, func, data, facts, error);
}
