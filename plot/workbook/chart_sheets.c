/* A native chart for each exception: the path, the readings and the milestones, from cells that anyone can see and change. */
#include <math.h>
#include <string.h>

#include "engine/data/text/number_text.h"
#include "plot/report/status_look.h"
#include "plot/workbook/sheets.h"

#define DATA_SHEET   "Chart data"
#define MAX_CHARTS   60
#define PATH_STEPS   400 /* months of a path, at most */
#define CHART_ROWS   18  /* of the sheet, that a chart and its margin take */
#define CHART_COLUMN 10  /* columns from one chart to the next */
#define CHART_SCALE  1.25
#define INK_READINGS 0x1F3A5F
#define INK_PATH     0x6B7785
#define INK_TARGET   0x8A5300

enum { WHAT_READING, WHAT_PATH, WHAT_MILESTONE, N_WHATS };
static const char *const WHATS[N_WHATS] = {"reading", "path", "milestone"};

/* Where the rows of one kind of one series stand on the data sheet, from 1 as a reference counts; last < first: there are none. */
typedef struct {
    size_t first, last;
} Rows;

typedef struct {
    GPtrArray *cells;
    GArray *decimals; /* of int, a row each */
    size_t n_rows;
} Data;

static void add_row(Data *self, const WmSeries *series, int what, WmDay day, double value)
{
    char text[WM_PERIOD_TEXT], number[G_ASCII_DTOSTR_BUF_SIZE];
    const char *const texts[] = {series->indicator,         series->unit, series->cohort, WHATS[what], wm_day_format_iso(day, text),
                                 number_text(value, number)};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_ptr_array_add(self->cells, g_strdup(texts[i]));
    g_array_append_val(self->decimals, series->measure.decimals);
    self->n_rows++;
}

static void add_readings(Data *self, const WmSeries *series)
{
    for (size_t i = 0; i < series->n_readings; i++)
        add_row(self, series, WHAT_READING, wm_period_end(series->readings[i].period), series->readings[i].value);
}

/* Month by month, so that steps and bends are drawn as they are. */
static void add_path(Data *self, const WmSeries *series)
{
    const WmTrajectory *path = &series->trajectory;
    if (path->n_waypoints == 0)
        return;
    const double first = path->waypoints[0].t_months, last = path->waypoints[path->n_waypoints - 1].t_months;
    for (int i = 0; i < PATH_STEPS && first + i <= last + 0.5; i++) {
        const WmDay day = wm_day_from_months(fmin(first + i, last));
        add_row(self, series, WHAT_PATH, day, wm_trajectory_at(path, fmin(first + i, last)));
    }
}

static void add_milestones(Data *self, const WmSeries *series)
{
    for (size_t i = 0; i < series->n_milestones; i++)
        if (series->milestones[i].due != WM_NO_DAY && isfinite(series->milestones[i].target))
            add_row(self, series, WHAT_MILESTONE, series->milestones[i].due, series->milestones[i].target);
}

static void add_series(Data *self, const WmSeries *series, Rows rows[N_WHATS])
{
    void (*const adders[N_WHATS])(Data *, const WmSeries *) = {add_readings, add_path, add_milestones};
    for (int i = 0; i < N_WHATS; i++) {
        rows[i].first = self->n_rows + 2; /* below the header */
        adders[i](self, series);
        rows[i].last = self->n_rows + 1;
    }
}

/* ---- the charts ---- */

static lxw_chart_series *add_line(lxw_chart *chart, const Rows *rows, const char *name)
{
    if (rows->last < rows->first)
        return NULL;
    g_autofree char *days = g_strdup_printf("='" DATA_SHEET "'!$E$%zu:$E$%zu", rows->first, rows->last),
                    *values = g_strdup_printf("='" DATA_SHEET "'!$F$%zu:$F$%zu", rows->first, rows->last);
    lxw_chart_series *series = chart_add_series(chart, days, values);
    chart_series_set_name(series, name);
    return series;
}

static void style_line(lxw_chart_series *series, lxw_color_t ink, bool is_dashed, uint8_t marker)
{
    if (!series)
        return;
    lxw_chart_line line = {
        .color = ink, .width = 1.75F, .dash_type = is_dashed ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID};
    lxw_chart_fill fill = {.color = ink};
    if (marker == LXW_CHART_MARKER_DIAMOND)
        line = (lxw_chart_line){.none = LXW_TRUE};
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, marker);
    chart_series_set_marker_size(series, 7);
    if (marker != LXW_CHART_MARKER_NONE)
        chart_series_set_marker_fill(series, &fill);
}

static void style_chart(lxw_chart *chart, const WmSeries *series)
{
    g_autofree char *status = wm_verdict_words(series->assessment.verdict);
    g_autofree char *title = g_strdup_printf("%s: %s%s%s (%s)", series->indicator, series->title, *series->unit ? ", " : "",
                                             *series->unit ? series->unit_name : "", status);
    lxw_chart_font font = {.size = 11, .bold = LXW_TRUE};
    g_autofree char *zeros = g_strnfill((gsize)CLAMP(series->measure.decimals, 0, 9), '0');
    g_autofree char *pattern = g_strconcat("#,##0", *zeros ? "." : "", zeros, NULL);
    chart_title_set_name(chart, title);
    chart_title_set_name_font(chart, &font);
    chart_axis_set_num_format(chart->x_axis, "mmm yy");
    chart_axis_set_num_format(chart->y_axis, pattern);
    if (*series->measure_unit)
        chart_axis_set_name(chart->y_axis, series->measure_unit);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
}

static void place_chart(Book *book, lxw_worksheet *sheet, const WmSeries *series, const Rows rows[N_WHATS], size_t i)
{
    lxw_chart *chart = workbook_add_chart(book->file, LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
    style_line(add_line(chart, &rows[WHAT_PATH], "path"), INK_PATH, true, LXW_CHART_MARKER_NONE);
    style_line(add_line(chart, &rows[WHAT_READING], "readings"), INK_READINGS, false, LXW_CHART_MARKER_CIRCLE);
    style_line(add_line(chart, &rows[WHAT_MILESTONE], "milestones"), INK_TARGET, false, LXW_CHART_MARKER_DIAMOND);
    style_chart(chart, series);
    lxw_chart_options options = {.x_scale = CHART_SCALE, .y_scale = 1.1, .description = (char *)series->sentence};
    worksheet_insert_chart_opt(sheet, (lxw_row_t)(2 + i / 2 * CHART_ROWS), (lxw_col_t)(i % 2 * CHART_COLUMN), chart, &options);
}

static void add_data_sheet(Book *book, const Data *data)
{
    static const char *const NAMES[] = {"indicator", "unit", "cohort", "what", "day", "value"};
    static const BookColumn COLUMNS[] = {[4] = {BOOK_DAY, 0, false}, [5] = {BOOK_NUMBER, BOOK_ROW_DECIMALS, false}};
    const BookTable table = {.sheet = DATA_SHEET,
                             .names = NAMES,
                             .columns = COLUMNS,
                             .n_columns = G_N_ELEMENTS(NAMES),
                             .cells = (const char *const *)data->cells->pdata,
                             .n_rows = data->n_rows,
                             .row_decimals = &g_array_index(data->decimals, int, 0),
                             .n_frozen = 3};
    book_add_table(book, &table);
}

void sheets_add_charts(Book *book, const WmMonth *month)
{
    lxw_worksheet *sheet = book_add_sheet(book, "Charts", false);
    const size_t n = MIN(month->n_exceptions, MAX_CHARTS);
    Data data = {g_ptr_array_new_with_free_func(g_free), g_array_new(FALSE, FALSE, sizeof(int)), 0};
    g_autofree char *heading =
        n == 0
            ? g_strdup("No measure needs a chart: there is no exception")
            : g_strdup_printf("What needs attention, worst first: path, readings and milestones%s",
                              n < month->n_exceptions ? " (the first " G_STRINGIFY(MAX_CHARTS) "; the papers have every one)" : "");
    book_write_text(sheet, 0, 0, heading, book->strong);
    for (size_t i = 0; i < n; i++) {
        Rows rows[N_WHATS];
        const WmSeries *series = &month->series[month->exceptions[i]];
        add_series(&data, series, rows);
        place_chart(book, sheet, series, rows, i);
    }
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    if (n)
        add_data_sheet(book, &data);
    g_ptr_array_unref(data.cells);
    g_array_unref(data.decimals);
}
