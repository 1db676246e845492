/* Every measure as it is read on paper: what Assessments says in 72 columns, in ten that fit a page. */
#include <math.h>
#include <string.h>

#include "plot/report/status_look.h"
#include "plot/workbook/sheets.h"

static const char *say_plan(const WmSeries *series, char text[WM_VALUE_TEXT])
{
    const WmAssessment *a = &series->assessment;
    const bool has_plan = a->has_value && !isnan(a->trajectory) && series->measure.kind != WM_KIND_YES_NO;
    return has_plan ? wm_value_format(a->trajectory, &series->measure, series->measure_unit, text) : "";
}

/* "50% by Aug 2021"; "" where none is ahead. New. */
static char *say_next(const WmSeries *series)
{
    const WmProspect *next = &series->assessment.next;
    char target[WM_VALUE_TEXT], due[WM_PERIOD_TEXT];
    if (next->due == WM_NO_DAY)
        return g_strdup("");
    return g_strdup_printf("%s by %s", wm_target_format(next->target, &series->measure, series->measure_unit, target),
                           wm_day_format_month(next->due, due));
}

/* "A measure", "A measure, North, girls". New. */
static char *say_name(const WmSeries *series)
{
    return g_strconcat(*series->title ? series->title : series->indicator, *series->unit ? ", " : "",
                       *series->unit ? series->unit_name : "", *series->cohort ? ", " : "", series->cohort, NULL);
}

static void add_measure(GPtrArray *cells, const WmSeries *series)
{
    char value[WM_VALUE_TEXT], plan[WM_VALUE_TEXT], chance[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    const WmAssessment *a = &series->assessment;
    g_autofree char *next = say_next(series), *name = say_name(series);
    const char *const texts[] = {*series->theme_title ? series->theme_title : series->theme,
                                 name,
                                 a->has_value ? wm_value_format(a->reading.value, &series->measure, series->measure_unit, value)
                                              : "",
                                 a->has_value ? wm_period_format(a->reading.period, period) : "",
                                 say_plan(series, plan),
                                 next,
                                 isnan(a->next.chance) ? "" : wm_chance_format(a->next.chance, chance),
                                 wm_rag_name(a->verdict.status),
                                 wm_mark_words(a->verdict.mark),
                                 series->sentence};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_ptr_array_add(cells, g_strdup(texts[i]));
}

void sheets_add_measures(Book *book, const WmMonth *month)
{
    static const char *const NAMES[] = {"theme",          "measure", "latest", "period", "plan",
                                        "next milestone", "chance",  "status", "mark",   "sentence"};
    static const BookColumn COLUMNS[G_N_ELEMENTS(NAMES)] = {
        [0] = {BOOK_PROSE, 0, false}, [1] = {BOOK_PROSE, 0, false}, [7] = {BOOK_TEXT, 0, true}, [9] = {BOOK_PROSE, 0, false}};
    static const double WIDTHS[G_N_ELEMENTS(NAMES)] = {20, 34, 14, 11, 12, 22, 9, 8, 13, 56}; /* an A4 page across */
    if (month->n_series == 0 || month->n_series > WM_WORKBOOK_ROWS)
        return;
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < month->n_series; i++)
        add_measure(cells, &month->series[i]);
    const BookTable table = {.sheet = "All measures",
                             .names = NAMES,
                             .columns = COLUMNS,
                             .n_columns = G_N_ELEMENTS(NAMES),
                             .cells = (const char *const *)cells->pdata,
                             .n_rows = month->n_series,
                             .widths = WIDTHS,
                             .n_frozen = 2};
    book_add_table(book, &table);
}
