/* Shared strings: <sst> of <si>, each a <t> or runs <r><t>…, with phonetic guides in <rPh>. */
#include "engine/data/xlsx/xlsx_strings.h"

#include <string.h>

#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_xml.h"

#define MAX_BYTES   (32 * 1024 * 1024)
#define CHUNK_BYTES (64 * 1024)

struct XlsxStrings {
    GStringChunk *texts;
    GPtrArray *items;
    size_t n_bytes;
};

typedef struct {
    XlsxStrings *strings;
    const char *file;
    GString *text;
    int phonetic_depth;
    gboolean is_inside_text;
} Reader;

static gboolean on_begin(const XlsxElement *element, gpointer data, GError **error)
{
    Reader *self = data;
    (void)error;
    if (xlsx_element_is(element, "si"))
        g_string_truncate(self->text, 0);
    else if (xlsx_element_is(element, "rPh"))
        self->phonetic_depth++;
    else if (xlsx_element_is(element, "t"))
        self->is_inside_text = self->phonetic_depth == 0;
    return TRUE;
}

static gboolean keep(Reader *self, GError **error)
{
    XlsxStrings *strings = self->strings;
    xlsx_unescape(self->text->str);
    strings->n_bytes += strlen(self->text->str) + 1 + sizeof(char *);
    if (strings->n_bytes > MAX_BYTES)
        return xlsx_fail(error, self->file, "save the sheet as CSV, which is read in any size", "its texts take more than 32 MiB");
    g_ptr_array_add(strings->items, g_string_chunk_insert(strings->texts, self->text->str));
    return TRUE;
}

static gboolean on_end(const char *name, gpointer data, GError **error)
{
    Reader *self = data;
    if (strcmp(name, "t") == 0)
        self->is_inside_text = FALSE;
    else if (strcmp(name, "rPh") == 0)
        self->phonetic_depth--;
    return strcmp(name, "si") == 0 ? keep(self, error) : TRUE;
}

static gboolean on_text(const char *text, size_t length, gpointer data, GError **error)
{
    Reader *self = data;
    if (!self->is_inside_text)
        return TRUE;
    g_string_append_len(self->text, text, (gssize)length);
    return self->text->len <= XLSX_TEXT_MAX_BYTES ||
           xlsx_fail(error, self->file, XLSX_SAVE_AGAIN, "one of its texts is longer than 1 MiB; a cell holds 32,767 characters");
}

XlsxStrings *xlsx_strings_read(XlsxZip *zip, const char *part, GError **error)
{
    static const XlsxEvents EVENTS = {"sst", on_begin, on_end, on_text};
    g_autoptr(XlsxStrings) self = g_new0(XlsxStrings, 1);
    self->texts = g_string_chunk_new(CHUNK_BYTES);
    self->items = g_ptr_array_new();
    g_autoptr(GString) text = g_string_new(NULL);
    Reader reader = {.strings = self, .file = xlsx_zip_name(zip), .text = text};
    return xlsx_xml_read(zip, part, &EVENTS, &reader, error) ? g_steal_pointer(&self) : NULL;
}

void xlsx_strings_free(XlsxStrings *self)
{
    if (!self)
        return;
    g_string_chunk_free(self->texts);
    g_ptr_array_unref(self->items);
    g_free(self);
}

const char *xlsx_strings_get(const XlsxStrings *self, gint64 i)
{
    return self && i >= 0 && i < (gint64)self->items->len ? g_ptr_array_index(self->items, (guint)i) : NULL;
}

/* The code unit of an escape at `at`, or 0 when none stands there. NUL and halves of a surrogate pair are no characters: they stay.
 */
static gunichar escaped_unit(const char *at)
{
    gunichar unit = 0;
    if (at[0] != '_' || at[1] != 'x')
        return 0;
    for (int i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit(at[i]))
            return 0;
        unit = unit * 16 + (gunichar)g_ascii_xdigit_value(at[i]);
    }
    return at[6] == '_' && g_unichar_validate(unit) ? unit : 0;
}

void xlsx_unescape(char *text)
{
    char *to = strstr(text, "_x");
    for (const char *from = to; from;) {
        const gunichar unit = escaped_unit(from);
        if (unit) {
            to += g_unichar_to_utf8(unit, to); /* at most 3 bytes for 7 */
            from += 7;
        } else if (!(*to++ = *from++))
            return;
    }
}
