/* Relationships: xl/workbook.xml has its own in xl/_rels/workbook.xml.rels. */
#include "engine/data/xlsx/xlsx_rels.h"

#include <string.h>

#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_xml.h"

#define MAX_RELS 16384

struct XlsxRels {
    GArray *rels;
};

typedef struct {
    XlsxRels *rels;
    const char *file, *part;
} Reader;

static void rel_clear(gpointer data)
{
    XlsxRel *self = data;
    g_free(self->id);
    g_free(self->kind);
    g_free(self->target);
}

/* A target as the archive names it: absolute from its root, or relative to the folder of the part that points. New; NULL when it
 * climbs above the root. */
static char *resolve(const char *part, const char *target)
{
    g_autofree char *slashes = g_strdelimit(g_strdup(target), "\\", '/');
    g_autofree char *unescaped = g_uri_unescape_string(slashes, NULL);
    const char *text = unescaped ? unescaped : slashes;
    const char *end = strrchr(part, '/');
    g_autofree char *folder = g_strndup(part, *text == '/' || !end ? 0 : (gsize)(end - part));
    g_autofree char *joined = g_strconcat(folder, "/", text, NULL);
    g_auto(GStrv) steps = g_strsplit(joined, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **step = steps; *step; step++) {
        if (strcmp(*step, "..") == 0 && kept->len == 0)
            return NULL;
        if (strcmp(*step, "..") == 0)
            g_ptr_array_set_size(kept, (int)kept->len - 1);
        else if (**step && strcmp(*step, ".") != 0)
            g_ptr_array_add(kept, *step);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

static gboolean on_begin(const XlsxElement *element, gpointer data, GError **error)
{
    Reader *self = data;
    if (!xlsx_element_is(element, "Relationship"))
        return TRUE;
    g_autofree char *type = xlsx_attribute(element, "Type");
    g_autofree char *target = xlsx_attribute(element, "Target");
    g_autofree char *mode = xlsx_attribute(element, "TargetMode");
    const char *slash = type ? strrchr(type, '/') : NULL;
    XlsxRel rel = {xlsx_attribute(element, "Id"), g_strdup(slash ? slash + 1 : ""), NULL};
    const gboolean is_inside = target && g_strcmp0(mode, "External") != 0;
    if (is_inside)
        rel.target = resolve(self->part, target);
    g_array_append_val(self->rels->rels, rel);
    if (is_inside && !rel.target)
        return xlsx_fail(error, self->file, XLSX_SAVE_AGAIN, "it points to “%.80s”, outside of itself", target);
    return self->rels->rels->len <= MAX_RELS ||
           xlsx_fail(error, self->file, XLSX_SAVE_AGAIN, "it has more than 16,384 relationships");
}

XlsxRels *xlsx_rels_read(XlsxZip *zip, const char *part, GError **error)
{
    static const XlsxEvents EVENTS = {"Relationships", on_begin, NULL, NULL};
    g_autofree char *folder = g_path_get_dirname(part);
    g_autofree char *base = *part ? g_path_get_basename(part) : g_strdup("");
    g_autofree char *own =
        g_strdup_printf("%s%s_rels/%s.rels", strcmp(folder, ".") == 0 ? "" : folder, strcmp(folder, ".") == 0 ? "" : "/", base);
    g_autoptr(XlsxRels) self = g_new0(XlsxRels, 1);
    self->rels = g_array_new(FALSE, FALSE, sizeof(XlsxRel));
    g_array_set_clear_func(self->rels, rel_clear);
    Reader reader = {self, xlsx_zip_name(zip), part};
    return xlsx_xml_read(zip, own, &EVENTS, &reader, error) ? g_steal_pointer(&self) : NULL;
}

void xlsx_rels_free(XlsxRels *self)
{
    if (!self)
        return;
    g_array_unref(self->rels);
    g_free(self);
}

const XlsxRel *xlsx_rels_of_kind(const XlsxRels *self, const char *kind)
{
    for (guint i = 0; i < self->rels->len; i++)
        if (strcmp(g_array_index(self->rels, XlsxRel, i).kind, kind) == 0)
            return &g_array_index(self->rels, XlsxRel, i);
    return NULL;
}

const XlsxRel *xlsx_rels_of_id(const XlsxRels *self, const char *id)
{
    for (guint i = 0; i < self->rels->len; i++)
        if (g_strcmp0(g_array_index(self->rels, XlsxRel, i).id, id) == 0)
            return &g_array_index(self->rels, XlsxRel, i);
    return NULL;
}
