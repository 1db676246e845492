/* Styles: <numFmts> of <numFmt numFmtId formatCode>, and <cellXfs> of <xf numFmtId>, which cells count into. */
#include "engine/data/xlsx/xlsx_styles.h"

#include <string.h>

#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_mask.h"
#include "engine/data/xlsx/xlsx_xml.h"

#define MAX_STYLES 65536 /* Excel stops at 65,490 */

struct XlsxStyles {
    GHashTable *own;   /* number format id -> XlsxFormat */
    GHashTable *masks; /* number format id -> code, of those that may hide a number */
    GByteArray *cells; /* XlsxFormat of each style */
    GPtrArray *codes;  /* of const char *, from masks: of each style; NULL for none */
};

typedef struct {
    XlsxStyles *styles;
    const char *file;
    gboolean is_in_cells;
} Reader;

static void take_own(XlsxStyles *self, const XlsxElement *element)
{
    g_autofree char *code = xlsx_attribute(element, "formatCode");
    const int id = xlsx_attribute_number(element, "numFmtId", -1);
    if (id < 0 || !code)
        return;
    g_hash_table_insert(self->own, GINT_TO_POINTER(id), GINT_TO_POINTER(xlsx_format_of_code(code)));
    if (xlsx_code_may_mask(code) && !g_hash_table_contains(self->masks, GINT_TO_POINTER(id)))
        g_hash_table_insert(self->masks, GINT_TO_POINTER(id), g_steal_pointer(&code));
}

static void take_cell(XlsxStyles *self, const XlsxElement *element)
{
    const int id = xlsx_attribute_number(element, "numFmtId", 0);
    gpointer own;
    const gboolean is_own = g_hash_table_lookup_extended(self->own, GINT_TO_POINTER(id), NULL, &own);
    const guint8 format = is_own ? (guint8)GPOINTER_TO_INT(own) : (guint8)xlsx_format_of_id(id);
    g_byte_array_append(self->cells, &format, 1);
    g_ptr_array_add(self->codes, g_hash_table_lookup(self->masks, GINT_TO_POINTER(id)));
}

static gboolean on_begin(const XlsxElement *element, gpointer data, GError **error)
{
    Reader *self = data;
    if (xlsx_element_is(element, "cellXfs"))
        self->is_in_cells = TRUE;
    else if (xlsx_element_is(element, "numFmt"))
        take_own(self->styles, element);
    else if (self->is_in_cells && xlsx_element_is(element, "xf"))
        take_cell(self->styles, element);
    return (self->styles->cells->len <= MAX_STYLES && g_hash_table_size(self->styles->own) <= MAX_STYLES) ||
           xlsx_fail(error, self->file, XLSX_SAVE_AGAIN, "it has more than 65,536 cell styles");
}

static gboolean on_end(const char *name, gpointer data, GError **error)
{
    Reader *self = data;
    (void)error;
    if (strcmp(name, "cellXfs") == 0)
        self->is_in_cells = FALSE;
    return TRUE;
}

XlsxStyles *xlsx_styles_read(XlsxZip *zip, const char *part, GError **error)
{
    static const XlsxEvents EVENTS = {"styleSheet", on_begin, on_end, NULL};
    g_autoptr(XlsxStyles) self = g_new0(XlsxStyles, 1);
    self->own = g_hash_table_new(NULL, NULL);
    self->masks = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    self->cells = g_byte_array_new();
    self->codes = g_ptr_array_new();
    Reader reader = {.styles = self, .file = xlsx_zip_name(zip)};
    return xlsx_xml_read(zip, part, &EVENTS, &reader, error) ? g_steal_pointer(&self) : NULL;
}

void xlsx_styles_free(XlsxStyles *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->own);
    g_byte_array_unref(self->cells);
    g_ptr_array_unref(self->codes);
    g_hash_table_unref(self->masks);
    g_free(self);
}

XlsxFormat xlsx_styles_format(const XlsxStyles *self, int i)
{
    return self && i >= 0 && (guint)i < self->cells->len ? (XlsxFormat)self->cells->data[i] : XLSX_PLAIN;
}

const char *xlsx_styles_mask(const XlsxStyles *self, int i)
{
    return self && i >= 0 && (guint)i < self->codes->len ? g_ptr_array_index(self->codes, i) : NULL;
}
