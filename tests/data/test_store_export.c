/* What is loaded and exported loads again as the same: random readings of every kind, state and text. */
#include <waymark/export.h>

#include <math.h>
#include <string.h>

#include "data/fixture_month.h"
#include "data/fixture_workbook.h"
#include "engine/data/text/csv_file.h"
#include "engine/data/text/number_text.h"

static const char *const UNITS[] = {"", "N1", "S1"};
static const char *const COHORTS[] = {"", "boys", "age 10", "a, \"b\"", "é|ø", "Total"};
static const char *const NOTES[] = {"", "illustrative", "two\nlines, \"quoted\"", " blanks at its ends ", "=1+1", "[c]", "ünï"};
static const char *const NO_VALUE[] = {"suppressed", "not_applicable", "not_available", "low", "missing"};
static const char *const WITH_VALUE[] = {"final", "provisional", "revised", ""};

#define PICK(random, table) (table)[g_rand_int_range((random), 0, (gint32)G_N_ELEMENTS(table))]

/* Indicators of the standard plan, and periods as each of them writes some. */
static const struct {
    const char *indicator;
    const char *periods[5];
    double low, high;
} KINDS[] = {
    {"PCT", {"2020-12", "2021-01", "Feb 2021", "31/03/2021", "2021-04"}, 0, 100},
    {"DUR", {"2020-12", "2021-01", "2021-02", "2021-03", "2021-04"}, 0, 60},
    {"CNT", {"Q1 2020/21", "Q2 2020/21", "2020/21-Q3", "Q4 2020/21", "2021/22-Q1"}, 0, 1e6},
    {"ACY", {"AY 2019/20", "2020/21", "202122", "2022/23", "AY 2023/24"}, 0, 100},
};

static char *number_or_nothing(GRand *random, double low, double high)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    const double any = g_rand_double_range(random, low, high);
    const int kind = g_rand_int_range(random, 0, 4);
    return g_strdup(kind == 0 ? "" : number_text(kind == 1 ? floor(any) : any, text));
}

/* One row, often refused: what is loaded of it must survive all the same. */
static void append_random_row(GRand *random, GString *out)
{
    const int kind = g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(KINDS));
    const gboolean has_value = g_rand_boolean(random), has_counts = g_rand_boolean(random);
    char denominator[G_ASCII_DTOSTR_BUF_SIZE];
    const double cases = floor(g_rand_double_range(random, 0, 40));
    g_autofree char *value = has_value ? number_or_nothing(random, KINDS[kind].low, KINDS[kind].high)
                                       : g_strdup(PICK(random, ((const char *const[]){"", "[c]", "x", ":", "z"})));
    g_autofree char *numerator = has_counts ? number_or_nothing(random, 0, cases + 1) : g_strdup("");
    const char *state = has_value && *value ? PICK(random, WITH_VALUE) : g_rand_boolean(random) ? "" : PICK(random, NO_VALUE);
    const char *const fields[] = {KINDS[kind].indicator,
                                  PICK(random, UNITS),
                                  PICK(random, COHORTS),
                                  PICK(random, KINDS[kind].periods),
                                  value,
                                  numerator,
                                  has_counts ? number_text(cases, denominator) : "",
                                  state,
                                  PICK(random, NOTES)};
    csv_append_row(out, fields, G_N_ELEMENTS(fields));
}

static bool append_exported(const WmExportedReading *one, gpointer data, GError **error)
{
    g_autoptr(GPtrArray) texts = wm_reading_texts(&one->stored);
    (void)error;
    csv_append_row(data, (const char *const *)texts->pdata, texts->len);
    return true;
}

/* A drop loaded into a plan of its own, and exported from it. New. */
static char *load_and_export(const char *drop, size_t *n_quarantined)
{
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2023-01-31/x.csv", drop});
    g_auto(Loaded) loaded = drops_load(&folder);
    GString *out = g_string_new(DROP_HEADER);
    assert_true(wm_store_export(loaded.store, &(WmExportQuery){.as_at = WM_NO_DAY}, append_exported, out, NULL));
    g_autoptr(GArray) drops = wm_store_drops(loaded.store, WM_NO_DAY, NULL);
    *n_quarantined = (size_t)g_array_index(drops, WmDropInfo, 0).n_quarantined;
    return g_string_free(out, FALSE);
}

/* A row of a CSV as one of a sheet: figures as numbers, all else as text. */
static gboolean append_sheet_row(const SheetRow *row, gpointer data, GError **error)
{
    (void)error;
    g_string_append(data, "<row>");
    for (size_t i = 0; i < row->n_fields; i++) {
        char *end;
        g_autofree char *text = g_markup_escape_text(row->fields[i], -1);
        g_ascii_strtod(text, &end);
        const gboolean is_number = i >= 4 && i <= 6 && *text && !*end; /* value, numerator, denominator */
        g_string_append_printf(
            data, is_number ? "<c><v>%s</v></c>" : "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">%s</t></is></c>", text);
    }
    g_string_append(data, "</row>");
    return TRUE;
}

/* The same from a workbook. New. */
static char *load_workbook_and_export(const char *drop)
{
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", drop});
    g_autofree char *path = folder_path(&folder, "x.csv");
    g_autoptr(GString) sheet = g_string_new("<worksheet " MAIN_NAMESPACE "><sheetData>");
    assert_true(csv_file_read(path, append_sheet_row, sheet, NULL, NULL));
    g_string_append(sheet, "</sheetData></worksheet>");
    folder_write_workbook(&folder, "drops/2023-01-31/x.xlsx",
                          (const WorkbookPart[]){{"xl/worksheets/sheet1.xml", sheet->str}, {NULL, NULL}});
    g_auto(Loaded) loaded = drops_load(&folder);
    GString *out = g_string_new(DROP_HEADER);
    assert_true(wm_store_export(loaded.store, &(WmExportQuery){.as_at = WM_NO_DAY}, append_exported, out, NULL));
    return g_string_free(out, FALSE);
}

/* A workbook's export loads as a CSV, and as a workbook, and is the same. */
static void export_and_ingest_of_a_workbook_are_the_identity(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(21);
    for (int round = 0; round < 10; round++) {
        g_autoptr(GString) drop = g_string_new(DROP_HEADER);
        for (int i = 0; i < 120; i++)
            append_random_row(random, drop);
        size_t n_refused;
        g_autofree char *first = load_workbook_and_export(drop->str);
        g_autofree char *as_csv = load_and_export(first, &n_refused), *as_workbook = load_workbook_and_export(first);
        assert_string_equal(as_csv, first);
        assert_string_equal(as_workbook, first);
        assert_int_equal(n_refused, 0);
        assert_true(strlen(first) > 2000);
    }
}

static void export_and_ingest_are_the_identity(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(20);
    size_t n_readings = 0;
    for (int round = 0; round < 40; round++) {
        g_autoptr(GString) drop = g_string_new(DROP_HEADER);
        for (int i = 0; i < 120; i++)
            append_random_row(random, drop);
        size_t n_refused, n_refused_again;
        g_autofree char *first = load_and_export(drop->str, &n_refused);
        g_autofree char *again = load_and_export(first, &n_refused_again);
        assert_string_equal(again, first);
        assert_int_equal(n_refused_again, 0);
        for (const char *at = first; (at = strchr(at, '\n')); at++)
            n_readings++;
    }
    assert_true(n_readings > 1000);
}

#define DROP_1 DROP_HEADER "PCT,N1,,2020-12,41,,,,first\nPCT,,,2020-12,50,,,,\nDUR,N1,,2020-12,[c],,,,\n"
#define DROP_2 DROP_HEADER "PCT,N1,,2020-12,42,,,,second\nPCT,N1,,2021-01,43,1,2,provisional,\n"

typedef struct {
    const char *name;
    WmExportQuery query;
    const char *as_at; /* ISO; NULL: everything */
    const char *rows;
} QueryCase;

static const QueryCase QUERY_CASES[] = {
    {"what_counts",
     {0},
     NULL,
     "DUR,N1,,2020-12,,,,suppressed,\nPCT,,,2020-12,50,,,final,\nPCT,N1,,2020-12,42,,,final,second\nPCT,N1,,2021-01,43,1,2,"
     "provisional,\n"},
    {"as_it_was_known",
     {0},
     "2021-01-31",
     "DUR,N1,,2020-12,,,,suppressed,\nPCT,,,2020-12,50,,,final,\nPCT,N1,,2020-12,41,,,final,first\n"},
    {"before_anything_was_received", {0}, "2020-12-31", ""},
    {"one_indicator_of_the_area", {.indicator = "PCT", .unit = ""}, NULL, "PCT,,,2020-12,50,,,final,\n"},
    {"one_unit", {.unit = "N1"}, "2021-01-31", "DUR,N1,,2020-12,,,,suppressed,\nPCT,N1,,2020-12,41,,,final,first\n"},
    {"every_vintage",
     {.indicator = "PCT", .unit = "N1", .all_vintages = true},
     NULL,
     "PCT,N1,,2020-12,41,,,final,first\nPCT,N1,,2020-12,42,,,final,second\nPCT,N1,,2021-01,43,1,2,provisional,\n"},
};

static void exports_what_is_asked_for(void **state)
{
    const QueryCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_1}, {"drops/2021-02-28/x.csv", DROP_2});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GString) rows = g_string_new(NULL);
    WmExportQuery query = row->query;
    query.as_at = row->as_at ? day_of(row->as_at) : WM_NO_DAY;
    assert_true(wm_store_export(loaded.store, &query, append_exported, rows, NULL));
    assert_string_equal(rows->str, row->rows);
}

int main(void)
{
    ADD(export_and_ingest_are_the_identity);
    ADD(export_and_ingest_of_a_workbook_are_the_identity);
    ADD_TABLE(QUERY_CASES, exports_what_is_asked_for);
    return run_cases("store_export");
}
