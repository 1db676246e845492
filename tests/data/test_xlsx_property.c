/* Random drops, as CSV and as the workbook that a person would make of it: numbers as numbers, percents and months by their
 * formats. Both load alike, to the last bit. */
#include <math.h>
#include <string.h>
#include <xlsxwriter.h>

#include "core/fixture_random.h"
#include "data/fixture_month.h"
#include "engine/data/text/number_text.h"

#define N_ROUNDS  12
#define N_ROWS    60
#define N_COLUMNS 9

static const char *const COHORTS[] = {"", "boys", "age 10", "a, \"b\"", "é|ø", "Total", "<b> & 'c'"};
static const char *const NOTES[] = {"", "illustrative", "two\nlines, \"quoted\"", "=1+1", "[c]", "ünï", "0123"};
static const char *const MARKERS[] = {"[c]", "x", ":", "z", "", "[low]", "<5"};

#define PICK(random, table) (table)[random_between((random), 0, (int)N_ELEMENTS(table) - 1)]

/* A cell as both files have it. */
typedef struct {
    char *text;    /* in the CSV */
    double number; /* in the workbook; NAN: the text is written */
    bool is_percent, is_month;
} Cell;

static Cell text_cell(const char *text)
{
    return (Cell){g_strdup(text), NAN, false, false};
}

/* Days since 1900 as Excel counts them, of the first of a month. */
static Cell month_cell(int i_month)
{
    const int year = 2019 + i_month / 12, month = i_month % 12 + 1;
    const double serial = wm_day_from_date(year, month, 1) - wm_day_from_date(1899, 12, 30);
    return (Cell){g_strdup_printf("%04d-%02d", year, month), serial, false, true};
}

static Cell number_cell(double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return (Cell){g_strdup(number_text(number, text)), number, false, false};
}

/* A share in eighths of a percent's tenth, which is exact in both. */
static Cell percent_cell(Random *random)
{
    const int thousandths = random_between(random, 0, 1000);
    return (Cell){g_strdup_printf("%d.%d%%", thousandths / 10, thousandths % 10), thousandths / 1000.0, true, false};
}

static Cell value_cell(Random *random)
{
    switch (random_between(random, 0, 3)) {
    case 0:
        return text_cell(PICK(random, MARKERS));
    case 1:
        return percent_cell(random);
    case 2:
        return number_cell(random_between(random, 0, 100));
    default:
        return number_cell(random_uniform(random) * 100);
    }
}

static void fill_row(Random *random, Cell row[N_COLUMNS])
{
    static const char *const UNITS[] = {"", "N1", "E2"};
    const bool is_count = random_between(random, 0, 4) == 0;
    const int cases = random_between(random, 0, 40);
    row[0] = text_cell("PCT");
    row[1] = text_cell(PICK(random, UNITS));
    row[2] = text_cell(PICK(random, COHORTS));
    row[3] = month_cell(random_between(random, 0, 23));
    row[4] = is_count ? text_cell("") : value_cell(random);
    row[5] = is_count ? number_cell(random_between(random, 0, cases)) : text_cell("");
    row[6] = is_count ? number_cell(cases) : text_cell("");
    row[7] = text_cell("");
    row[8] = text_cell(PICK(random, NOTES));
}

static void write_csv_row(GString *out, const Cell row[N_COLUMNS])
{
    const char *fields[N_COLUMNS];
    for (int i = 0; i < N_COLUMNS; i++)
        fields[i] = row[i].text;
    csv_append_row(out, fields, N_COLUMNS);
}

typedef struct {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *percent, *month;
    lxw_row_t row;
} Book;

static Book book_new(const char *path)
{
    Book self = {.book = workbook_new(path)};
    self.sheet = workbook_add_worksheet(self.book, "Data");
    self.percent = workbook_add_format(self.book);
    format_set_num_format(self.percent, "0%");
    self.month = workbook_add_format(self.book);
    format_set_num_format(self.month, "mmm-yy");
    g_auto(GStrv) names = g_strsplit(DROP_HEADER, ",", -1);
    for (lxw_col_t i = 0; names[i]; i++)
        worksheet_write_string(self.sheet, 0, i, g_strstrip(names[i]), NULL);
    return self;
}

static void write_book_row(Book *self, const Cell row[N_COLUMNS])
{
    self->row++;
    for (lxw_col_t i = 0; i < N_COLUMNS; i++) {
        if (isnan(row[i].number))
            worksheet_write_string(self->sheet, self->row, i, row[i].text, NULL);
        else
            worksheet_write_number(self->sheet, self->row, i, row[i].number,
                                   row[i].is_percent ? self->percent
                                   : row[i].is_month ? self->month
                                                     : NULL);
    }
}

static void assert_same_series(const WmSeries *one, const WmSeries *other)
{
    assert_string_equal(one->indicator, other->indicator);
    assert_string_equal(one->unit, other->unit);
    assert_string_equal(one->cohort, other->cohort);
    assert_int_equal(one->n_readings, other->n_readings);
    for (size_t i = 0; i < one->n_readings; i++) {
        const WmReading *a = &one->readings[i], *b = &other->readings[i];
        assert_int_equal(wm_period_compare(a->period, b->period), 0);
        assert_int_equal(a->state, b->state);
        assert_near(a->value, b->value, 1e-13); /* libxlsxwriter writes 16 digits of a number */
        assert_near(a->numerator, b->numerator, 0);
        assert_near(a->denominator, b->denominator, 0);
    }
}

static void one_round(Random *random)
{
    g_auto(Folder) text = PLAN_FOLDER({NULL, NULL}), sheet = PLAN_FOLDER({NULL, NULL});
    folder_write(&sheet, "drops/2022-01-31/README", "");
    g_autofree char *path = folder_path(&sheet, "drops/2022-01-31/x.xlsx");
    g_autoptr(GString) csv = g_string_new(DROP_HEADER);
    Book book = book_new(path);
    for (int i = 0; i < N_ROWS; i++) {
        Cell row[N_COLUMNS];
        fill_row(random, row);
        write_csv_row(csv, row);
        write_book_row(&book, row);
        for (int k = 0; k < N_COLUMNS; k++)
            g_free(row[k].text);
    }
    assert_int_equal(workbook_close(book.book), LXW_NO_ERROR);
    folder_write(&text, "drops/2022-01-31/x.csv", csv->str);
    g_auto(Loaded) from_text = month_load(&text, NULL), from_sheet = month_load(&sheet, NULL);
    assert_int_equal(from_text.month->drops[0].n_loaded, from_sheet.month->drops[0].n_loaded);
    assert_int_equal(from_text.month->drops[0].n_quarantined, from_sheet.month->drops[0].n_quarantined);
    assert_int_equal(from_text.month->n_series, from_sheet.month->n_series);
    for (size_t i = 0; i < from_text.month->n_series; i++)
        assert_same_series(&from_text.month->series[i], &from_sheet.month->series[i]);
}

static void a_random_drop_loads_alike_as_csv_and_as_a_workbook(void **state)
{
    (void)state;
    Random random = {20261126};
    for (int round = 0; round < N_ROUNDS; round++)
        one_round(&random);
}

int main(void)
{
    ADD(a_random_drop_loads_alike_as_csv_and_as_a_workbook);
    return run_cases("xlsx_property");
}
