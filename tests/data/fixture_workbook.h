/* tests/data/fixture_workbook.h: an .xlsx file put together part by part, so that any fault can be put into it. */
#ifndef WM_TESTS_DATA_FIXTURE_WORKBOOK_H
#define WM_TESTS_DATA_FIXTURE_WORKBOOK_H

#include "data/fixture_folder.h"
#include "engine/data/xlsx/xlsx_file.h"

typedef struct {
    const char *name;
    const char *text; /* NULL: leave the standard part of this name out */
} WorkbookPart;

#define MAIN_NAMESPACE "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define STRICT         "http://purl.oclc.org/ooxml/"
#define REL_NAMESPACE  "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define RELS(rels)     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" rels "</Relationships>"
#define REL(id, kind, target)                                                                                      \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" kind \
    "\" Target=\"" target "\"/>"
#define WORKBOOK(inside) "<workbook " MAIN_NAMESPACE " " REL_NAMESPACE ">" inside "</workbook>"
#define SHEET(rows)      "<worksheet " MAIN_NAMESPACE "><sheetData>" rows "</sheetData></worksheet>"
#define STRINGS(items)   "<sst " MAIN_NAMESPACE ">" items "</sst>"
#define STYLES(inside)   "<styleSheet " MAIN_NAMESPACE ">" inside "</styleSheet>"

/* A cell with an inline text, and one with a number. */
#define TEXT_CELL(reference, text)   "<c r=\"" reference "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define NUMBER_CELL(reference, text) "<c r=\"" reference "\"><v>" text "</v></c>"
#define ONE_CELL(cell)               SHEET("<row r=\"1\">" cell "</row>")

/* Bytes of a workbook of one sheet, “Data”, in sheet1.xml, with shared texts alpha, beta and gamma, and styles 0 plain, 1 a day, 2
 * a percent, 3 a day and time, 4 a month; each of `parts` (ended by a NULL name) replaces the standard one of its name or is added.
 * New. */
GBytes *workbook_bytes(const WorkbookPart *parts);
#define WORKBOOK_BYTES(...) workbook_bytes((const WorkbookPart[]){__VA_ARGS__, {NULL, NULL}})

/* The same as a file of the folder. */
void folder_write_workbook(const Folder *self, const char *name, const WorkbookPart *parts);

/* Rows as text: `line:field|field` and a line end each. `data` is a GString. */
gboolean collect_rows(const SheetRow *row, gpointer data, GError **error);

/* The rows of a sheet of a workbook in memory, as text; NULL with *error. New. */
char *workbook_rows(GBytes *bytes, const char *sheet, GError **error);

/* Fail unless the text is what the rows read. */
void check_rows(GBytes *bytes, const char *sheet, const char *rows, const char *file, int line);
#define assert_rows(bytes, sheet, rows) check_rows((bytes), (sheet), (rows), __FILE__, __LINE__)

/* Fail unless it is refused as unusable, with the message, a place and advice. */
void assert_workbook_refused(GBytes *bytes, const char *message);

#endif
