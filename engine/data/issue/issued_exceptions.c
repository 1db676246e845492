/* Exceptions that a pack showed open, where the plan or the files of now would have shown none, or one of another day. */
#include <string.h>

#include "engine/data/issue/issued_private.h"
#include "engine/data/month/month_private.h"

typedef struct {
    const WmIssued *issued;
    const WmMonth *month;
    GArray *told; /* of ToldException: those that the month does not know by their opening */
} Reader;

static void take_told(const IssuedRow *row, gpointer data)
{
    Reader *self = data;
    ToldException told = {.on = self->issued->as_at};
    const char *indicator = issued_cell(row, "indicator"), *unit = issued_cell(row, "unit"), *cohort = issued_cell(row, "cohort");
    if (strcmp(issued_cell(row, "kind"), wm_record_kind_name(WM_RECORD_STATUS)) != 0 ||
        strcmp(issued_cell(row, "state"), wm_exception_state_name(WM_EXCEPTION_CLOSED)) == 0 ||
        !wm_day_parse(issued_cell(row, "opened"), WM_PERIOD_FINANCIAL_YEAR, &told.opened))
        return;
    for (size_t i = 0; i < self->month->n_series; i++) {
        const WmSeries *one = &self->month->series[i];
        told.i_series = i;
        if (strcmp(one->indicator, indicator) == 0 && strcmp(one->unit, unit) == 0 && strcmp(one->cohort, cohort) == 0 &&
            one->run.opened != told.opened)
            g_array_append_val(self->told, told);
    }
}

bool wm_issued_keep_exceptions(const WmIssued *self, WmMonth *month, WmStore *store, GError **error)
{
    static const char FILE_NAME[] = "exceptions.csv";
    g_autoptr(GArray) told = g_array_new(FALSE, FALSE, sizeof(ToldException));
    Reader reader = {self, month, told};
    if (!issued_has_file(self, FILE_NAME))
        return true;
    if (!issued_read_table(self, FILE_NAME, take_told, &reader, error))
        return false;
    if (told->len == 0)
        return true;
    g_autoptr(GArray) days = wm_store_days(store, month->as_at, error);
    g_autoptr(WmMonth) since = days ? wm_month_new(month->plan, store, month->as_at, self->as_at, NULL, error) : NULL;
    if (!since)
        return false;
    WmDay next = month->as_at; /* the reporting date after the pack's */
    for (guint i = 0; i < days->len; i++) {
        const WmDay day = g_array_index(days, WmDay, i);
        if (day > self->as_at && day < next)
            next = day;
    }
    for (guint i = 0; i < told->len; i++) {
        ToldException *one = &g_array_index(told, ToldException, i);
        one->next = next;
        one->is_still_known = series_is_exception(month->plan, &since->series[one->i_series].previous);
    }
    month_keep_told(month, told);
    return true;
}
