/* Workbooks. The first letter says what the rest is: z the whole archive; s the sheet's part, t the shared texts, y the styles, w
 * the workbook's part, r its relationships, within an archive that is otherwise sound, so that the fuzzer reaches what lies behind
 * the checksums. A workbook reads twice alike, or is refused with an error. */
#include <string.h>
#include <zip.h>

#include "engine/data/xlsx/xlsx_file.h"
#include "support.h"

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static const struct {
    char letter; /* 0: never replaced */
    const char *name, *text;
} PARTS[] = {
    {0, "_rels/.rels", RELS "<Relationship Id=\"r\" Type=\"" TYPE "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
    {'w', "xl/workbook.xml",
     "<workbook " MAIN
     " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Data\" sheetId=\"1\" "
     "r:id=\"rId1\"/></sheets></workbook>"},
    {'r', "xl/_rels/workbook.xml.rels",
     RELS "<Relationship Id=\"rId1\" Type=\"" TYPE
          "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" TYPE
          "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" TYPE
          "styles\" Target=\"styles.xml\"/></Relationships>"},
    {'t', "xl/sharedStrings.xml", "<sst " MAIN "><si><t>alpha</t></si><si><t>beta</t></si></sst>"},
    {'y', "xl/styles.xml",
     "<styleSheet " MAIN
     "><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"10\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"},
    {'s', "xl/worksheets/sheet1.xml",
     "<worksheet " MAIN "><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>44408.5</v></c><c "
     "r=\"C1\" s=\"2\"><v>0.5</v></c>"
     "</row></sheetData></worksheet>"},
};

static GBytes *archive_of(char letter, const uint8_t *data, size_t size)
{
    zip_error_t cause;
    zip_error_init(&cause);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &cause);
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, &cause);
    MUST(archive);
    zip_source_keep(target);
    for (size_t i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        const gboolean is_input = PARTS[i].letter == letter;
        zip_source_t *source = is_input ? zip_source_buffer(archive, data, size, 0)
                                        : zip_source_buffer(archive, PARTS[i].text, strlen(PARTS[i].text), 0);
        const zip_int64_t index = zip_file_add(archive, PARTS[i].name, source, 0);
        MUST(index >= 0);
        zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
    MUST(zip_close(archive) == 0);
    zip_stat_t facts;
    MUST(zip_source_stat(target, &facts) == 0 && zip_source_open(target) == 0);
    char *bytes = g_malloc(facts.size);
    MUST(zip_source_read(target, bytes, facts.size) == (zip_int64_t)facts.size);
    zip_source_close(target);
    zip_source_free(target);
    return g_bytes_new_take(bytes, facts.size);
}

typedef struct {
    int line;
    guint hash;
} Rows;

static gboolean on_row(const SheetRow *row, gpointer data, GError **error)
{
    Rows *rows = data;
    (void)error;
    MUST(row->line > rows->line && row->line <= 1048576 && row->number == row->line && !row->has_nul);
    MUST(row->n_fields > 0 && row->n_fields <= 16384);
    gboolean has_text = FALSE;
    for (size_t i = 0; i < row->n_fields; i++) {
        MUST(g_utf8_validate(row->fields[i], -1, NULL));
        has_text |= *row->fields[i] != 0;
        rows->hash = rows->hash * 31 + g_str_hash(row->fields[i]);
    }
    MUST(has_text);
    rows->line = row->line;
    return TRUE;
}

static gboolean read_sheet(XlsxFile *file, const XlsxSheet *sheet, Rows *rows)
{
    g_autoptr(GError) error = NULL;
    *rows = (Rows){0, 0};
    const gboolean is_read = xlsx_read_sheet(file, sheet, on_row, rows, NULL, &error);
    MUST(is_read == (error == NULL));
    MUST(!error || g_utf8_validate(error->message, -1, NULL));
    return is_read;
}

static void read_workbook(gconstpointer bytes, size_t size)
{
    g_autoptr(GError) error = NULL, other = NULL;
    g_autoptr(XlsxFile) file = xlsx_open_bytes("x.xlsx", bytes, size, &error);
    MUST((file == NULL) == (error != NULL));
    if (!file)
        return;
    size_t n;
    const XlsxSheet *sheets = xlsx_sheets(file, &n);
    const XlsxSheet *only = xlsx_find_sheet(file, NULL, &other);
    MUST((only == NULL) == (other != NULL));
    Rows rows, again;
    for (size_t i = 0; i < n && i < 4; i++)
        if (sheets[i].part && read_sheet(file, &sheets[i], &rows))
            MUST(read_sheet(file, &sheets[i], &again) && rows.hash == again.hash && rows.line == again.line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    if (data[0] == 'z') {
        read_workbook(data + 1, size - 1);
        return 0;
    }
    if (!data[0] || !strchr("stywr", data[0]))
        return 0;
    g_autoptr(GBytes) archive = archive_of((char)data[0], data + 1, size - 1);
    read_workbook(g_bytes_get_data(archive, NULL), g_bytes_get_size(archive));
    return 0;
}
