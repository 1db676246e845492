/* Workbooks as real programs write them: libxlsxwriter, and where they are installed LibreOffice and openpyxl. Each writes the same
 * table. */
#include <glib/gstdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "data/fixture_workbook.h"

/* What each of the programs below is asked to write. */
#define TABLE                                                                      \
    "1:area|month|day|share|n|done|note\n"                                         \
    "2:Ourland|2021-07|2021-07-31|48.37%|1322|TRUE|£5 – “quoted” & <odd>\n" \
    "3:Ourland|2021-08|2021-08-31T13:30|0%|-0.5|FALSE|\n"

static gboolean is_installed(const char *program)
{
    g_autofree char *path = g_find_program_in_path(program);
    return path != NULL;
}

static void assert_file_rows(const char *path, const char *sheet, const char *rows)
{
    g_autoptr(GString) read = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    if (!xlsx_file_read(path, sheet, collect_rows, read, NULL, &error))
        print_error("%s\n", error->message);
    assert_null(error);
    assert_string_equal(read->str, rows);
}

static lxw_format *format_new(lxw_workbook *book, const char *code)
{
    lxw_format *format = workbook_add_format(book);
    format_set_num_format(format, code);
    return format;
}

static void write_days(lxw_workbook *book, lxw_worksheet *sheet)
{
    lxw_datetime july = {2021, 7, 1, 0, 0, 0}, july_end = {2021, 7, 31, 0, 0, 0}, august = {2021, 8, 1, 0, 0, 0},
                 august_end = {2021, 8, 31, 13, 30, 0};
    lxw_format *month = format_new(book, "mmm-yy"), *day = format_new(book, "dd/mm/yyyy"),
               *time = format_new(book, "dd/mm/yyyy hh:mm");
    worksheet_write_datetime(sheet, 1, 1, &july, month);
    worksheet_write_datetime(sheet, 2, 1, &august, month);
    worksheet_write_datetime(sheet, 1, 2, &july_end, day);
    worksheet_write_datetime(sheet, 2, 2, &august_end, time);
}

static void write_figures(lxw_workbook *book, lxw_worksheet *sheet)
{
    lxw_format *percent = format_new(book, "0%");
    worksheet_write_number(sheet, 1, 3, 0.4837, percent);
    worksheet_write_number(sheet, 2, 3, 0, percent);
    worksheet_write_number(sheet, 1, 4, 1322, format_new(book, "#,##0"));
    worksheet_write_number(sheet, 2, 4, -0.5, NULL);
    worksheet_write_boolean(sheet, 1, 5, 1, NULL);
    worksheet_write_boolean(sheet, 2, 5, 0, NULL);
}

static void write_table(lxw_workbook *book, lxw_worksheet *sheet)
{
    static const char *const NAMES[] = {"area", "month", "day", "share", "n", "done", "note"};
    for (lxw_col_t i = 0; i < N_ELEMENTS(NAMES); i++)
        worksheet_write_string(sheet, 0, i, NAMES[i], NULL);
    worksheet_write_string(sheet, 1, 0, "Ourland", NULL);
    worksheet_write_string(sheet, 2, 0, "Ourland", NULL);
    worksheet_write_string(sheet, 1, 6, "£5 – “quoted” & <odd>", NULL);
    write_days(book, sheet);
    write_figures(book, sheet);
}

/* New: the path of a workbook of the table, in the folder. */
static char *written_table(const Folder *folder, const lxw_workbook_options *options)
{
    char *path = folder_path(folder, "table.xlsx");
    lxw_workbook_options own = *options;
    lxw_workbook *book = workbook_new_opt(path, &own);
    write_table(book, workbook_add_worksheet(book, "Data"));
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    return path;
}

static void libxlsxwriters_table(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = written_table(&folder, &(lxw_workbook_options){0});
    assert_file_rows(path, NULL, TABLE);
}

/* Its inline texts, written row by row; it writes 16 digits of a number. */
static void libxlsxwriters_table_in_constant_memory(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.xlsx");
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    worksheet_write_string(sheet, 0, 0, " area", NULL);
    worksheet_write_string(sheet, 1, 0, "Ourland", NULL);
    worksheet_write_number(sheet, 1, 1, 0.1 + 0.2, NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_file_rows(path, NULL, "1:area|\n2:Ourland|0.3\n");
}

static void write_rich_and_merged(lxw_workbook *book, lxw_worksheet *sheet)
{
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    char first[] = "Plans ", second[] = "on time";
    lxw_rich_string_tuple plain = {NULL, first}, strong = {bold, second};
    lxw_rich_string_tuple *runs[] = {&plain, &strong, NULL};
    worksheet_write_rich_string(sheet, 0, 0, runs, NULL);
    worksheet_merge_range(sheet, 0, 1, 0, 2, "2021", NULL);
    worksheet_merge_range(sheet, 1, 0, 2, 0, "Ourland", NULL);
    worksheet_write_number(sheet, 1, 1, 1, NULL);
    worksheet_write_number(sheet, 2, 2, 2, NULL);
}

static void rich_texts_merged_ranges_and_hidden_rows(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Data"), *hidden = workbook_add_worksheet(book, "Old");
    write_rich_and_merged(book, sheet);
    lxw_row_col_options options = {.hidden = 1};
    worksheet_set_row_opt(sheet, 2, LXW_DEF_ROW_HEIGHT, NULL, &options);
    worksheet_write_string(hidden, 0, 0, "old", NULL);
    worksheet_hide(hidden);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_file_rows(path, NULL, "1:Plans on time|2021|2021\n2:Ourland|1|\n3:Ourland||2\n");
    assert_file_rows(path, "old", "1:old\n");
}

/* Its formulas have a 0 for a result unless the program that writes them knows better. */
static void a_formula_that_libxlsxwriter_never_calculated_is_no_zero(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.xlsx");
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    worksheet_write_formula(sheet, 0, 0, "=1+1", NULL);
    worksheet_write_formula_num(sheet, 0, 1, "=1+1", NULL, 2);
    worksheet_write_number(sheet, 0, 2, 0, NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    assert_file_rows(path, NULL, "1:#UNCALCULATED! =1+1|2|0\n");
}

static void run_in(const Folder *folder, const char *const *arguments)
{
    g_autoptr(GError) error = NULL;
    int status;
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "HOME", folder->path, TRUE);
    assert_true(g_spawn_sync(folder->path, (char **)arguments, environment,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                             &status, &error));
    assert_true(g_spawn_check_wait_status(status, NULL));
}

/* What LibreOffice makes of a file, as a workbook in out/. New. */
static char *saved_by_libreoffice(const Folder *folder, const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *stem = g_strndup(base, strlen(base) - strlen(strrchr(base, '.')));
    g_autofree char *name = g_strdup_printf("out/%s.xlsx", stem);
    const char *const arguments[] = {
        "soffice", "--headless", "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "out", path, NULL};
    run_in(folder, arguments);
    return folder_path(folder, name);
}

static void libreoffices_table(void **state)
{
    (void)state;
    if (!is_installed("soffice"))
        skip();
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = written_table(&folder, &(lxw_workbook_options){0});
    g_autofree char *saved = saved_by_libreoffice(&folder, path);
    assert_file_rows(saved, NULL, TABLE);
}

/* A spreadsheet of LibreOffice's own, as flat XML: formulas to be calculated, errors, a percent made by a formula, a hidden sheet.
 */
#define FORMULA_CELL(formula)   "<table:table-cell table:formula=\"of:=" formula "\"/>"
#define STYLED_CELL(s, formula) "<table:table-cell table:style-name=\"" s "\" table:formula=\"of:=" formula "\"/>"

static const char FLAT_SPREADSHEET[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
    "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
    "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
    "xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\" "
    "office:version=\"1.2\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:automatic-styles>"
    "<number:percentage-style style:name=\"N1\"><number:number number:decimal-places=\"1\" "
    "number:min-integer-digits=\"1\"/><number:text>%</number:text>"
    "</number:percentage-style><number:date-style style:name=\"N2\"><number:year "
    "number:style=\"long\"/><number:text>-</number:text>"
    "<number:month number:style=\"long\"/><number:text>-</number:text><number:day number:style=\"long\"/></number:date-style>"
    "<style:style style:name=\"percent\" style:family=\"table-cell\" style:data-style-name=\"N1\"/>"
    "<style:style style:name=\"day\" style:family=\"table-cell\" style:data-style-name=\"N2\"/>"
    "<style:style style:name=\"hidden\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>"
    "</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"Data\"><table:table-row>" FORMULA_CELL(
        "7*6") FORMULA_CELL("1/0") FORMULA_CELL("NA()") FORMULA_CELL("&quot;a&quot;&amp;&quot;b&quot;") FORMULA_CELL("1=1")
        FORMULA_CELL("&quot;&quot;") STYLED_CELL("day", "DATE(2021;7;31)") "</table:table-row><table:table-row>" STYLED_CELL(
            "percent", "29/60") "</table:table-row><table:table-row><table:table-cell "
                                "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\" "
                                "office:value-type=\"string\"><text:p>wide</text:p></table:table-cell>"
                                "<table:covered-table-cell/></table:table-row></table:table><table:table table:name=\"Old\" "
                                "table:style-name=\"hidden\"><table:table-row>"
                                "<table:table-cell "
                                "office:value-type=\"string\"><text:p>old</text:p></table:table-cell></table:table-row></"
                                "table:table></office:spreadsheet>"
                                "</office:body></office:document>";

static void libreoffices_formulas_and_errors(void **state)
{
    (void)state;
    if (!is_installed("soffice"))
        skip();
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.fods");
    folder_write(&folder, "x.fods", FLAT_SPREADSHEET);
    g_autofree char *saved = saved_by_libreoffice(&folder, path);
    assert_file_rows(saved, NULL, "1:42|#DIV/0!|#N/A|ab|TRUE||2021-07-31\n2:48.3333333333333%||||||\n3:wide|wide|||||\n");
    assert_file_rows(saved, "Old", "1:old\n");
}

/* The same CSV, read as it stands and as LibreOffice makes a workbook of it. */
static void libreoffices_workbook_of_a_csv(void **state)
{
    (void)state;
    if (!is_installed("soffice"))
        skip();
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.csv");
    folder_write(
        &folder, "x.csv",
        "indicator,period,value\nPCT,2021-07-31,41.2\nPCT,Q2 2021/22,[c]\nPCT,2021/22,4.70%\nCNT,2020/21 autumn term,1322\n");
    g_autofree char *saved = saved_by_libreoffice(&folder, path);
    assert_file_rows(saved, NULL,
                     "1:indicator|period|value\n2:PCT|2021-07-31|41.2\n3:PCT|Q2 2021/22|[c]\n4:PCT|2021/22|4.70%\n5:CNT|2020/21 "
                     "autumn term|1322\n");
}

#define PYTHON "/usr/bin/python3" /* Debian's, which has Debian's packages */

static void openpyxls_table(void **state)
{
    (void)state;
    static const char *const SCRIPT =
        "import datetime, openpyxl\n"
        "book = openpyxl.Workbook()\nsheet = book.active\n"
        "sheet.append(['area', 'month', 'day', 'share', 'n', 'done', 'note'])\n"
        "sheet.append(['Ourland', datetime.date(2021, 7, 1), datetime.date(2021, 7, 31), 0.4837, 1322, True, '£5 – “quoted” & "
        "<odd>'])\n"
        "sheet.append(['Ourland', datetime.date(2021, 8, 1), datetime.datetime(2021, 8, 31, 13, 30), 0, -0.5, False])\n"
        "for row in (2, 3):\n    sheet.cell(row, 2).number_format = 'mmm-yy'\n    sheet.cell(row, 4).number_format = '0%'\n"
        "book.save('x.xlsx')\n";
    const char *const probe[] = {PYTHON, "-c", "import openpyxl", NULL}, *const write[] = {PYTHON, "x.py", NULL};
    int status = -1;
    if (!g_spawn_sync(NULL, (char **)probe, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL) || status != 0)
        skip();
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "x.xlsx");
    folder_write(&folder, "x.py", SCRIPT);
    run_in(&folder, write);
    assert_file_rows(path, NULL,
                     "1:area|month|day|share|n|done|note\n2:Ourland|2021-07|2021-07-31|48.37%|1322|TRUE|£5 – “quoted” & <odd>\n"
                     "3:Ourland|2021-08|2021-08-31T13:30|0%|-0.5|FALSE|\n");
}

int main(void)
{
    ADD(libxlsxwriters_table);
    ADD(libxlsxwriters_table_in_constant_memory);
    ADD(rich_texts_merged_ranges_and_hidden_rows);
    ADD(a_formula_that_libxlsxwriter_never_calculated_is_no_zero);
    ADD(libreoffices_table);
    ADD(libreoffices_formulas_and_errors);
    ADD(libreoffices_workbook_of_a_csv);
    ADD(openpyxls_table);
    return run_cases("xlsx_dialects");
}
