/* pack.xlsx, and a plan as a workbook. */
#include "engine/data/text/point_locale.h"
#include "plot/workbook/sheets.h"

GBytes *wm_workbook_write(const WmPack *pack, const WmPlanTexts *plan, GError **error)
{
    g_auto(PointLocale) locale = point_locale_begin();
    const WmMonth *month = pack->month;
    Book *book = book_new(month->plan->settings.title, "Waymark pack", month->as_at, error);
    if (!book)
        return NULL;
    sheets_add_summary(book, month);
    sheets_add_measures(book, month);
    sheets_add_charts(book, month);
    for (size_t i = 0; i < pack->n_tables; i++)
        sheets_add_table(book, month->plan, &pack->tables[i]);
    if (plan) {
        sheets_add_next(book, month);
        sheets_add_plan(book, plan, false);
    }
    sheets_add_notes(book, pack, plan != NULL);
    return book_finish(book, error);
}

/* Dated as its beginning is not known: by the first day that a workbook can have. */
GBytes *wm_plan_workbook_write(const WmPlanTexts *plan, GError **error)
{
    g_auto(PointLocale) locale = point_locale_begin();
    Book *book = book_new("Waymark plan", "", wm_day_from_date(2000, 1, 1), error);
    if (!book)
        return NULL;
    sheets_add_plan(book, plan, true);
    return book_finish(book, error);
}
