/* The workbook part: xl/workbook.xml, found through the archive's relationships. */
#include "engine/data/xlsx/xlsx_workbook.h"

#include <string.h>

#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_rels.h"
#include "engine/data/xlsx/xlsx_xml.h"

#define MAX_SHEETS 4096

typedef struct {
    XlsxFile *file;
    const char *name;
    const XlsxRels *rels;
} Reader;

static XlsxVisibility visibility_of(const char *state)
{
    if (g_strcmp0(state, "veryHidden") == 0)
        return XLSX_VERY_HIDDEN;
    return g_strcmp0(state, "hidden") == 0 ? XLSX_HIDDEN : XLSX_VISIBLE;
}

static gboolean take_sheet(Reader *self, const XlsxElement *element, GError **error)
{
    g_autofree char *id = xlsx_attribute(element, "id");
    g_autofree char *state = xlsx_attribute(element, "state");
    XlsxSheet sheet = {xlsx_attribute(element, "name"), visibility_of(state), NULL};
    const XlsxRel *rel = xlsx_rels_of_id(self->rels, id);
    if (rel && strcmp(rel->kind, "worksheet") == 0)
        sheet.part = g_strdup(rel->target);
    if (!sheet.name)
        sheet.name = g_strdup("");
    g_array_append_val(self->file->sheets, sheet);
    if (!rel || (strcmp(rel->kind, "worksheet") == 0 && !rel->target))
        return xlsx_fail(error, self->name, XLSX_SAVE_AGAIN, "the cells of its sheet “%.40s” are not in the file", sheet.name);
    return self->file->sheets->len <= MAX_SHEETS || xlsx_fail(error, self->name, XLSX_SAVE_AGAIN, "it has more than 4,096 sheets");
}

static gboolean on_begin(const XlsxElement *element, gpointer data, GError **error)
{
    Reader *self = data;
    if (xlsx_element_is(element, "workbookPr"))
        self->file->is_1904 = xlsx_attribute_is_true(element, "date1904");
    else if (xlsx_element_is(element, "calcPr"))
        self->file->awaits_calculation = xlsx_attribute_is_true(element, "fullCalcOnLoad");
    else if (xlsx_element_is(element, "sheet"))
        return take_sheet(self, element, error);
    return TRUE;
}

/* What an archive that is no .xlsx workbook is, by a part that it alone has. */
static const struct {
    const char *part, *what;
} OTHERS[] = {
    {"content.xml", "it is an OpenDocument file (.ods)"}, {"xl/workbook.bin", "it is a binary workbook (.xlsb)"},
    {"word/document.xml", "it is a Word document"},       {"ppt/presentation.xml", "it is a PowerPoint presentation"},
    {"index/document.iwa", "it is a Numbers document"},
};

static gboolean refuse_other(const XlsxZip *zip, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(OTHERS); i++)
        if (xlsx_zip_has(zip, OTHERS[i].part))
            return xlsx_fail(error, xlsx_zip_name(zip), "open it and save it as .xlsx", "%s", OTHERS[i].what);
    return TRUE;
}

/* The name of the part that the workbook begins with. New. */
static char *find_workbook(XlsxFile *self, GError **error)
{
    if (!refuse_other(self->zip, error))
        return NULL;
    if (!xlsx_zip_has(self->zip, "_rels/.rels")) {
        xlsx_fail(error, xlsx_zip_name(self->zip), "if it is an archive of files, unpack it and take them one by one",
                  "it is a ZIP archive, and no workbook");
        return NULL;
    }
    g_autoptr(XlsxRels) rels = xlsx_rels_read(self->zip, "", error);
    if (!rels)
        return NULL;
    const XlsxRel *document = xlsx_rels_of_kind(rels, "officeDocument");
    if (!document || !document->target)
        xlsx_fail(error, xlsx_zip_name(self->zip), XLSX_SAVE_AGAIN, "there is no workbook in it");
    return document ? g_strdup(document->target) : NULL;
}

static gboolean read_shared(XlsxFile *self, const XlsxRels *rels, GError **error)
{
    const XlsxRel *strings = xlsx_rels_of_kind(rels, "sharedStrings"), *styles = xlsx_rels_of_kind(rels, "styles");
    if (strings && strings->target && !(self->strings = xlsx_strings_read(self->zip, strings->target, error)))
        return FALSE;
    return !styles || !styles->target || (self->styles = xlsx_styles_read(self->zip, styles->target, error));
}

gboolean xlsx_workbook_read(XlsxFile *self, GError **error)
{
    static const XlsxEvents EVENTS = {"workbook", on_begin, NULL, NULL};
    g_autofree char *part = find_workbook(self, error);
    g_autoptr(XlsxRels) rels = part ? xlsx_rels_read(self->zip, part, error) : NULL;
    Reader reader = {self, xlsx_zip_name(self->zip), rels};
    if (!rels || !xlsx_xml_read(self->zip, part, &EVENTS, &reader, error))
        return FALSE;
    if (self->sheets->len == 0)
        return xlsx_fail(error, reader.name, XLSX_SAVE_AGAIN, "it has no sheets");
    return read_shared(self, rels, error);
}
