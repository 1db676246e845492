/* The first sheet: what the month comes to. */
#include <math.h>

#include "plot/report/status_look.h"
#include "plot/workbook/sheets.h"

#define COUNTS_ROW   6     /* of the table of statuses */
#define TITLE_HEIGHT 24.0  /* points */
#define CHART_WIDTH  520.0 /* px; the default of libxlsxwriter is 480 by 288 */
#define CHART_HEIGHT 200.0

static const WmRag ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

/* Columns, in characters: of the exceptions, and of what stands above them. */
static const double WIDTHS[] = {14, 12, 40, 20, 12, 14, 16, 12, 14, 30, 60};

static void write_line(const Book *book, lxw_worksheet *sheet, lxw_row_t row, const char *name, const char *text)
{
    book_write_text(sheet, row, 0, name, book->strong);
    book_write_text(sheet, row, 1, text, book->text);
}

static void write_heading(Book *book, lxw_worksheet *sheet, const WmMonth *month)
{
    const WmPlanSettings *settings = &month->plan->settings;
    char as_at[WM_PERIOD_TEXT], previous[WM_PERIOD_TEXT];
    book_write_text(sheet, 0, 0, settings->title, book->title);
    write_line(book, sheet, 1, "Area", settings->area);
    write_line(book, sheet, 2, "As at", wm_day_format_iso(month->as_at, as_at));
    write_line(book, sheet, 3, "Last report",
               month->previous_as_at == WM_NO_DAY ? "none" : wm_day_format_iso(month->previous_as_at, previous));
    if (month->is_illustrative)
        write_line(book, sheet, 4, "Illustrative",
                   "Some readings were made up to show how such a report works; their rows say so.");
}

static void add_counts(Book *book, lxw_worksheet *sheet, const WmMonth *month)
{
    static const char *const NAMES[] = {"status", "measures", "meaning"};
    static const BookColumn COLUMNS[] = {{BOOK_TEXT, 0, true}, {BOOK_NUMBER, 0, false}, {BOOK_TEXT, 0, false}};
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++) {
        g_ptr_array_add(cells, g_strdup(wm_rag_name(ORDER[i])));
        g_ptr_array_add(cells, g_strdup_printf("%zu", month->n_status[ORDER[i]]));
        g_ptr_array_add(cells, g_strdup(wm_status_look(ORDER[i])->meaning));
    }
    const BookTable table = {.names = NAMES,
                             .columns = COLUMNS,
                             .n_columns = G_N_ELEMENTS(NAMES),
                             .cells = (const char *const *)cells->pdata,
                             .n_rows = G_N_ELEMENTS(ORDER)};
    book_place_table(book, sheet, &table, COUNTS_ROW, 0);
}

/* Bars in the statuses' own inks, each with its number. */
static void add_count_chart(Book *book, lxw_worksheet *sheet, const char *alt_text)
{
    lxw_chart *chart = workbook_add_chart(book->file, LXW_CHART_BAR);
    lxw_chart_series *series = chart_add_series(chart, "=Summary!$A$8:$A$13", "=Summary!$B$8:$B$13");
    lxw_chart_fill fills[G_N_ELEMENTS(ORDER)];
    lxw_chart_point points[G_N_ELEMENTS(ORDER)] = {0};
    lxw_chart_point *list[G_N_ELEMENTS(ORDER) + 1] = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++) {
        fills[i] = (lxw_chart_fill){.color = wm_status_look(ORDER[i])->ink_rgb};
        points[i].fill = &fills[i];
        list[i] = &points[i];
    }
    chart_series_set_name(series, "measures");
    chart_series_set_points(series, list);
    chart_series_set_labels(series);
    chart_axis_set_reverse(chart->y_axis); /* the first status on top */
    chart_axis_off(chart->x_axis);
    chart_title_set_name(chart, "Measures by status");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    lxw_chart_options options = {.x_scale = CHART_WIDTH / 480, .y_scale = CHART_HEIGHT / 288, .description = (char *)alt_text};
    worksheet_insert_chart_opt(sheet, COUNTS_ROW, 8, chart, &options);
}

static char *say_counts(const WmMonth *month)
{
    GString *text = g_string_new("Measures by status:");
    for (size_t i = 0; i < G_N_ELEMENTS(ORDER); i++)
        g_string_append_printf(text, "%s %zu %s", i ? "," : "", month->n_status[ORDER[i]], wm_rag_name(ORDER[i]));
    return g_string_free(text, FALSE);
}

static void add_exception(GPtrArray *cells, const WmSeries *series)
{
    char raised[WM_PERIOD_TEXT] = "", chance[WM_VALUE_TEXT], value[WM_VALUE_TEXT];
    const WmAssessment *a = &series->assessment;
    if (series->first_raised != WM_NO_DAY)
        wm_day_format_iso(series->first_raised, raised);
    const char *const texts[] = {series->indicator,
                                 wm_rag_name(a->verdict.status),
                                 series->title,
                                 series->unit_name,
                                 series->cohort,
                                 wm_mark_words(a->verdict.mark),
                                 a->has_value ? wm_value_format(a->reading.value, &series->measure, series->measure_unit, value)
                                              : "",
                                 isnan(a->next.chance) ? "" : wm_chance_format(a->next.chance, chance),
                                 raised,
                                 series->owner_role,
                                 series->sentence};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_ptr_array_add(cells, g_strdup(texts[i]));
}

static void add_exceptions(Book *book, lxw_worksheet *sheet, const WmMonth *month)
{
    static const char *const NAMES[] = {"indicator", "status", "title",        "area",       "cohort",  "mark",
                                        "latest",    "chance", "first raised", "owner role", "sentence"};
    static const BookColumn COLUMNS[] = {[1] = {BOOK_TEXT, 0, true},
                                         [2] = {BOOK_PROSE, 0, false},
                                         [8] = {BOOK_DAY, 0, false},
                                         [9] = {BOOK_PROSE, 0, false},
                                         [10] = {BOOK_PROSE, 0, false}};
    const lxw_row_t row = COUNTS_ROW + G_N_ELEMENTS(ORDER) + 3;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < month->n_exceptions; i++)
        add_exception(cells, &month->series[month->exceptions[i]]);
    const BookTable table = {.names = NAMES,
                             .columns = COLUMNS,
                             .n_columns = G_N_ELEMENTS(NAMES),
                             .cells = (const char *const *)cells->pdata,
                             .n_rows = month->n_exceptions,
                             .widths = WIDTHS};
    book_write_text(sheet, row, 0, month->n_exceptions ? "What needs attention, worst first" : "Nothing needs attention",
                    book->strong);
    if (month->n_exceptions)
        book_place_table(book, sheet, &table, row + 1, 0);
}

void sheets_add_summary(Book *book, const WmMonth *month)
{
    lxw_worksheet *sheet = book_add_sheet(book, "Summary", false);
    g_autofree char *alt_text = say_counts(month);
    for (size_t i = 0; i < G_N_ELEMENTS(WIDTHS); i++)
        worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, WIDTHS[i], NULL);
    worksheet_set_row(sheet, 0, TITLE_HEIGHT, NULL);
    write_heading(book, sheet, month);
    add_counts(book, sheet, month);
    add_count_chart(book, sheet, alt_text);
    add_exceptions(book, sheet, month);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_activate(sheet);
}
