#include "data/fixture_workbook.h"

#include <string.h>
#include <zip.h>

#define TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const WorkbookPart STANDARD[] = {
    {"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" TYPE "sheet.main+xml\"/>"
                            "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPE "worksheet+xml\"/></Types>"},
    {"_rels/.rels", RELS(REL("rId1", "officeDocument", "xl/workbook.xml"))},
    {"xl/workbook.xml", WORKBOOK("<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets>")},
    {"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml")
                                            REL("rId2", "sharedStrings", "sharedStrings.xml") REL("rId3", "styles", "styles.xml"))},
    {"xl/sharedStrings.xml", STRINGS("<si><t>alpha</t></si><si><t>beta</t></si><si><t>gamma</t></si>")},
    {"xl/styles.xml",
     STYLES("<cellXfs count=\"5\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"22\"/>"
            "<xf numFmtId=\"17\"/></cellXfs>")},
    {"xl/worksheets/sheet1.xml", SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")},
    {NULL, NULL},
};

static const WorkbookPart *find_part(const WorkbookPart *parts, const char *name)
{
    for (; parts->name; parts++)
        if (strcmp(parts->name, name) == 0)
            return parts;
    return NULL;
}

static void add_part(zip_t *archive, const WorkbookPart *part)
{
    if (!part->text)
        return;
    zip_source_t *source = zip_source_buffer(archive, part->text, strlen(part->text), 0);
    assert_non_null(source);
    assert_true(zip_file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

GBytes *workbook_bytes(const WorkbookPart *parts)
{
    zip_error_t cause;
    zip_error_init(&cause);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &cause);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &cause);
    assert_non_null(archive);
    zip_source_keep(source);
    for (const WorkbookPart *part = STANDARD; part->name; part++) {
        const WorkbookPart *own = find_part(parts, part->name);
        add_part(archive, own ? own : part);
    }
    for (; parts->name; parts++)
        if (!find_part(STANDARD, parts->name))
            add_part(archive, parts);
    assert_int_equal(zip_close(archive), 0);

    zip_stat_t facts;
    assert_int_equal(zip_source_stat(source, &facts), 0);
    char *bytes = g_malloc(facts.size);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_read(source, bytes, facts.size), (zip_int64_t)facts.size);
    zip_source_close(source);
    zip_source_free(source);
    return g_bytes_new_take(bytes, facts.size);
}

void folder_write_workbook(const Folder *self, const char *name, const WorkbookPart *parts)
{
    g_autoptr(GBytes) bytes = workbook_bytes(parts);
    folder_write_bytes(self, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

gboolean collect_rows(const SheetRow *row, gpointer data, GError **error)
{
    GString *rows = data;
    (void)error;
    g_string_append_printf(rows, "%d:", row->line);
    for (size_t i = 0; i < row->n_fields; i++)
        g_string_append_printf(rows, "%s%s", i ? "|" : "", row->fields[i]);
    g_string_append_c(rows, '\n');
    return TRUE;
}

char *workbook_rows(GBytes *bytes, const char *sheet, GError **error)
{
    g_autoptr(XlsxFile) file = xlsx_open_bytes("x.xlsx", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error);
    const XlsxSheet *found = file ? xlsx_find_sheet(file, sheet, error) : NULL;
    g_autoptr(GString) rows = g_string_new(NULL);
    return found && xlsx_read_sheet(file, found, collect_rows, rows, NULL, error) ? g_strdup(rows->str) : NULL;
}

void check_rows(GBytes *bytes, const char *sheet, const char *rows, const char *file, int line)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *read = workbook_rows(bytes, sheet, &error);
    if (read && strcmp(read, rows) == 0)
        return;
    print_error("%s\nread, where\n%s\nwas expected\n", read ? read : error->message, rows);
    _fail(file, line);
}

void assert_workbook_refused(GBytes *bytes, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *rows = workbook_rows(bytes, NULL, &error);
    assert_null(rows);
    assert_non_null(error);
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_string_equal(wm_error_place(error).file, "x.xlsx");
    assert_non_null(wm_error_place(error).advice);
    assert_contains(error->message, message);
}
