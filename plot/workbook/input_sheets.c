/* What comes back: a plan's tables as they are written, with lists of the words that each column takes, and two sheets to be filled
 * in for the next month. `waymark import` reads them. */
#include <string.h>

#include "engine/data/plan/plan_tables.h"
#include "engine/data/text/number_text.h"
#include "plot/workbook/sheets.h"

#define ROOM_ROWS     200 /* rows below a table that already have its lists */
#define LONG_TEXT     40
#define MAX_LIST_TEXT 255 /* characters of a list of words in a sheet */

/* ---- the plan ---- */

static const TableSpec *spec_of(const char *name)
{
    for (size_t i = 0; i < N_PLAN_TABLES; i++)
        if (strncmp(PLAN_TABLES[i].spec.file, name, strlen(name)) == 0 && PLAN_TABLES[i].spec.file[strlen(name)] == '.')
            return &PLAN_TABLES[i].spec;
    return NULL;
}

/* The first of its name: due, for one, is a day and a text. NULL for an unknown column. */
static const Column *column_of(const TableSpec *spec, const char *name)
{
    for (size_t i = 0; spec && i < spec->n_columns; i++)
        if (g_ascii_strcasecmp(spec->columns[i].name, name) == 0)
            return &spec->columns[i];
    return NULL;
}

static bool is_long(const WmPlanText *table, size_t i_column)
{
    for (size_t i = 0; i < table->n_rows; i++)
        if (g_utf8_strlen(table->cells[i * table->n_columns + i_column], -1) > LONG_TEXT)
            return true;
    return false;
}

/* Digits that are ids stay texts; what is a number to Waymark is one to Excel. */
static BookColumn look_of(const WmPlanText *table, const TableSpec *spec, size_t i_column)
{
    const Column *column = column_of(spec, table->names[i_column]);
    const CellKind kind = column ? column->kind : CELL_TEXT;
    if (kind == CELL_NUMBER || kind == CELL_COUNT)
        return (BookColumn){BOOK_NUMBER, BOOK_ROW_DECIMALS, false};
    if (kind == CELL_DAY || kind == CELL_FIRST_DAY || kind == CELL_SOFT_DAY)
        return (BookColumn){BOOK_DAY, 0, false};
    return (BookColumn){is_long(table, i_column) ? BOOK_PROSE : BOOK_TEXT, 0, false};
}

/* As many decimals as its longest figure has, so that all of it is seen. New. */
static int *row_decimals(const WmPlanText *table, const BookColumn *columns)
{
    int *decimals = g_new0(int, table->n_rows + 1);
    for (size_t i = 0; i < table->n_rows; i++)
        for (size_t k = 0; k < table->n_columns; k++) {
            const char *point = columns[k].kind == BOOK_NUMBER ? strchr(table->cells[i * table->n_columns + k], '.') : NULL;
            decimals[i] = MAX(decimals[i], point ? (int)strlen(point + 1) : 0);
        }
    return decimals;
}

static void validate(lxw_worksheet *sheet, size_t i_column, size_t n_rows, lxw_data_validation *rule)
{
    const lxw_col_t column = (lxw_col_t)i_column;
    worksheet_data_validation_range(sheet, 1, column, (lxw_row_t)(n_rows + ROOM_ROWS), column, rule);
}

/* The words that a column takes. */
static void offer_words(lxw_worksheet *sheet, size_t i_column, size_t n_rows, const Column *column)
{
    g_auto(GStrv) words = g_strsplit(column->choices, " ", -1);
    g_autofree char *message = g_strdup_printf("One of: %s", column->choices);
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST,
                                .value_list = words,
                                .error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
                                .error_title = (char *)"Not one of the words",
                                .error_message = (char *)message};
    if (strlen(column->choices) <= MAX_LIST_TEXT)
        validate(sheet, i_column, n_rows, &rule);
}

/* The ids of another sheet; another one may be typed, for it may be added later. */
static void offer_ids(lxw_worksheet *sheet, size_t i_column, size_t n_rows, const WmPlanText *from)
{
    g_autofree char *formula = g_strdup_printf("=%s!$A$2:$A$%zu", from->name, from->n_rows + ROOM_ROWS);
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                .value_formula = formula,
                                .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                .error_title = (char *)"Not in the plan yet",
                                .error_message = (char *)"No row of that sheet has this id."};
    validate(sheet, i_column, n_rows, &rule);
}

/* Columns that name a row of another sheet, whose first column is its id. */
static const struct {
    const char *column, *table;
} REFERENCES[] = {{"indicator", "indicators"}, {"theme", "themes"}, {"action", "actions"}, {"neighbour", "units"}};

static void offer(lxw_worksheet *sheet, const WmPlanTexts *plan, const WmPlanText *table, const TableSpec *spec, size_t i_column)
{
    const char *name = table->names[i_column];
    const Column *column = column_of(spec, name);
    if (column && column->choices)
        offer_words(sheet, i_column, table->n_rows, column);
    for (size_t i = 0; spec && i < G_N_ELEMENTS(REFERENCES); i++) {
        const WmPlanText *from = wm_plan_texts_find(plan, REFERENCES[i].table);
        if (g_ascii_strcasecmp(REFERENCES[i].column, name) == 0 && from && from != table && from->n_columns &&
            g_ascii_strcasecmp(from->names[0], REFERENCES[i].column) == 0)
            offer_ids(sheet, i_column, table->n_rows, from);
    }
}

/* A text that no cell takes would come back cut. */
static bool fits(const WmPlanText *table)
{
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++)
        if (g_utf8_strlen(table->cells[i], -1) > BOOK_MAX_TEXT / 2) /* escapes make it longer */
            return false;
    return table->n_rows <= WM_WORKBOOK_ROWS;
}

static void add_table(Book *book, const WmPlanTexts *plan, const WmPlanText *table)
{
    const TableSpec *spec = spec_of(table->name);
    g_autofree BookColumn *columns = g_new0(BookColumn, table->n_columns);
    if (!fits(table))
        return;
    for (size_t i = 0; i < table->n_columns; i++)
        columns[i] = look_of(table, spec, i);
    g_autofree int *decimals = row_decimals(table, columns);
    const BookTable one = {.sheet = table->name,
                           .names = table->names,
                           .columns = columns,
                           .n_columns = table->n_columns,
                           .cells = table->cells,
                           .n_rows = table->n_rows,
                           .row_decimals = decimals,
                           .is_input = true,
                           .n_frozen = 1};
    lxw_worksheet *sheet = book_add_table(book, &one);
    for (size_t i = 0; i < table->n_columns; i++)
        offer(sheet, plan, table, spec, i);
}

/* A header alone: each column once. */
static void add_empty(Book *book, const WmPlanTexts *plan, const TableSpec *spec)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < spec->n_columns; i++)
        if (column_of(spec, spec->columns[i].name) == &spec->columns[i])
            g_ptr_array_add(names, (gpointer)spec->columns[i].name);
    g_autofree char *stem = g_strndup(spec->file, strcspn(spec->file, "."));
    const WmPlanText table = {.name = stem, .names = (const char *const *)names->pdata, .n_columns = names->len};
    add_table(book, plan, &table);
}

void sheets_add_plan(Book *book, const WmPlanTexts *plan, bool is_whole)
{
    const WmPlanText *settings = wm_plan_texts_find(plan, "plan");
    if (settings)
        add_table(book, plan, settings);
    for (size_t i = 0; i < N_PLAN_TABLES; i++) {
        const TableSpec *spec = &PLAN_TABLES[i].spec;
        g_autofree char *stem = g_strndup(spec->file, strcspn(spec->file, "."));
        const WmPlanText *table = wm_plan_texts_find(plan, stem);
        if (table)
            add_table(book, plan, table);
        else if (is_whole)
            add_empty(book, plan, spec);
    }
}

/* ---- the next month ---- */

/* Rows of texts, and the sheet that they become. */
static void add_form(Book *book, const char *sheet, const char *const *names, const BookColumn *columns, size_t n_columns,
                     GPtrArray *cells)
{
    g_autofree int *decimals = g_new0(int, cells->len / n_columns + 1);
    for (size_t i = 0; i < cells->len / n_columns; i++)
        decimals[i] = BOOK_MAX_DECIMALS / 2;
    const BookTable table = {.sheet = sheet,
                             .names = names,
                             .columns = columns,
                             .n_columns = n_columns,
                             .cells = (const char *const *)cells->pdata,
                             .n_rows = cells->len / n_columns,
                             .row_decimals = decimals,
                             .is_input = true,
                             .n_frozen = 3};
    book_add_table(book, &table);
}

static void add_texts(GPtrArray *cells, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g_ptr_array_add(cells, g_strdup(texts[i]));
}

static bool has_commentary(const WmMonth *month, const WmSeries *series)
{
    for (size_t i = 0; i < month->plan->n_commentary; i++) {
        const WmCommentary *one = &month->plan->commentary[i];
        if (one->as_at == month->as_at && strcmp(one->indicator, series->indicator) == 0 && strcmp(one->unit, series->unit) == 0)
            return true;
    }
    return false;
}

/* The exceptions that nobody has explained as at this day. */
static void add_commentary_form(Book *book, const WmMonth *month)
{
    static const char *const NAMES[] = {"indicator",    "unit",        "as_at", "explanation", "recovery",
                                        "recovery_due", "author_role", "title", "status",      "sentence"};
    static const BookColumn COLUMNS[] = {
        [2] = {BOOK_DAY, 0, false},   [3] = {BOOK_PROSE, 0, false}, [4] = {BOOK_PROSE, 0, false}, [5] = {BOOK_DAY, 0, false},
        [7] = {BOOK_PROSE, 0, false}, [8] = {BOOK_TEXT, 0, true},   [9] = {BOOK_PROSE, 0, false}};
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    char as_at[WM_PERIOD_TEXT];
    wm_day_format_iso(month->as_at, as_at);
    for (size_t i = 0; i < month->n_exceptions; i++) {
        const WmSeries *series = &month->series[month->exceptions[i]];
        g_autofree char *name = wm_series_name(series);
        const char *const texts[] = {
            series->indicator, series->unit, as_at, "", "", "", "", name, wm_rag_name(series->assessment.verdict.status),
            series->sentence};
        if (!has_commentary(month, series))
            add_texts(cells, texts, G_N_ELEMENTS(texts));
    }
    add_form(book, "next_commentary", NAMES, COLUMNS, G_N_ELEMENTS(NAMES), cells);
}

/* The period after the latest reading; without one, the latest that has ended. */
static WmPeriod next_period(const WmMonth *month, const WmSeries *series)
{
    if (series->n_readings)
        return wm_period_step(series->readings[series->n_readings - 1].period, 1);
    return wm_period_ending_by(wm_frequency_period_kind(series->measure.frequency), month->as_at);
}

/* What somebody has to send by the end of the next month; derived series come by themselves. */
static bool is_due_next(const WmMonth *month, const WmSeries *series, WmPeriod period)
{
    const WmIndicator *indicator = wm_plan_indicator(month->plan, series->indicator);
    const WmPeriod this_month = wm_period_containing(WM_PERIOD_MONTH, month->as_at);
    return !*indicator->formula && indicator->measure.frequency != WM_FREQUENCY_ONCE && period.kind != WM_PERIOD_NONE &&
           wm_period_end(period) <= wm_period_end(wm_period_step(this_month, 1));
}

static void add_readings_form(Book *book, const WmMonth *month)
{
    static const char *const NAMES[] = {"indicator",   "unit",  "cohort", "period", "value",       "numerator",
                                        "denominator", "state", "note",   "title",  "last_period", "last_value"};
    static const BookColumn COLUMNS[] = {[4] = {BOOK_NUMBER, BOOK_ROW_DECIMALS, false},
                                         [5] = {BOOK_NUMBER, 0, false},
                                         [6] = {BOOK_NUMBER, 0, false},
                                         [9] = {BOOK_PROSE, 0, false},
                                         [11] = {BOOK_NUMBER, BOOK_ROW_DECIMALS, false}};
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        const WmPeriod next = next_period(month, series);
        char period[WM_PERIOD_TEXT], last[WM_PERIOD_TEXT] = "", value[G_ASCII_DTOSTR_BUF_SIZE] = "";
        if (!is_due_next(month, series, next))
            continue;
        wm_period_format_iso(next, period);
        if (series->n_readings) {
            wm_period_format_iso(series->readings[series->n_readings - 1].period, last);
            number_text(series->readings[series->n_readings - 1].value, value);
        }
        g_autofree char *name = wm_series_name(series);
        const char *const texts[] = {
            series->indicator, series->unit, series->cohort, period, "", "", "", "", "", name, last, value};
        add_texts(cells, texts, G_N_ELEMENTS(texts));
    }
    add_form(book, "next_readings", NAMES, COLUMNS, G_N_ELEMENTS(NAMES), cells);
}

void sheets_add_next(Book *book, const WmMonth *month)
{
    add_commentary_form(book, month);
    add_readings_form(book, month);
}
