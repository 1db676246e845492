/* Checks of one series. Each looks at the readings as at, in order, and adds what it finds; each is a row of the table at the end.
 */
#include "engine/data/series/series_look.h"

#include <math.h>
#include <string.h>

const WmVintage *look_at(const Look *self, guint i)
{
    return g_array_index(self->latest, const WmVintage *, i);
}

const WmDropInfo *look_drop(const Look *self, const WmVintage *vintage)
{
    const GArray *drops = self->series->drops;
    for (guint i = 0; i < drops->len; i++)
        if (g_array_index(drops, WmDropInfo, i).id == vintage->drop)
            return &g_array_index(drops, WmDropInfo, i);
    return NULL;
}

CheckPlace look_place(const Look *self, const WmVintage *vintage)
{
    const SeriesChecks *series = self->series;
    if (vintage) {
        const WmDropInfo *drop = look_drop(self, vintage);
        return (CheckPlace){.file = drop ? drop->file : "indicators.csv", .indicator = series->indicator->indicator};
    }
    return (CheckPlace){.file = "indicators.csv", .line = series->indicator->line, .indicator = series->indicator->indicator};
}

const char *look_say(const Look *self, GString *text)
{
    const SeriesChecks *series = self->series;
    const WmUnit *unit = *series->unit ? wm_plan_unit(series->plan, series->unit) : NULL;
    g_string_assign(text, series->indicator->indicator);
    if (*series->unit)
        g_string_append_printf(text, " of %s", unit && *unit->name ? unit->name : series->unit);
    if (*series->cohort)
        g_string_append_printf(text, ", %s", series->cohort);
    return text->str;
}

gboolean look_has_value(const WmVintage *vintage)
{
    return wm_reading_state_has_value(vintage->reading.state) && isfinite(vintage->reading.value);
}

gint look_by_value(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void check_partial(const Look *self, GString *name)
{
    guint n = 0;
    const WmVintage *last = NULL;
    char period[WM_PERIOD_TEXT];
    for (guint i = 0; i < self->n_past; i++)
        if (look_at(self, i)->is_partial) {
            n++;
            last = look_at(self, i);
        }
    if (n == 0)
        return;
    const CheckPlace place = look_place(self, NULL);
    check_add(self->series->problems, CHECK_PARTIAL_TOTAL, &place,
              "%s has %u reading%s of which parts are missing, the last for %s", look_say(self, name), n, n == 1 ? "" : "s",
              wm_period_format(last->reading.period, period));
}

/* ---- all of them ---- */

static SeriesCheck *const CHECKS[] = {
    series_check_magnitude, series_check_fractions, series_check_duplicates, series_check_overruled, series_check_overlaps,
    series_check_length,    series_check_missing,   series_check_late,       series_check_future,    series_check_unit_time,
    series_check_counts,    check_partial,          series_check_cumulative,
};

/* The last word on each period by the as-at; of one period's vintages the last received stands last. */
static GArray *latest_by(const SeriesChecks *self)
{
    GArray *latest = g_array_new(FALSE, FALSE, sizeof(const WmVintage *));
    for (guint i = 0; i < self->vintages->len; i++) {
        const WmVintage *one = &g_array_index(self->vintages, WmVintage, i);
        if (one->received > self->as_at)
            continue;
        const WmVintage **last = latest->len ? &g_array_index(latest, const WmVintage *, latest->len - 1) : NULL;
        if (last && wm_period_compare((*last)->reading.period, one->reading.period) == 0)
            *last = one;
        else
            g_array_append_val(latest, one);
    }
    return latest;
}

void series_checks_run(const SeriesChecks *self)
{
    g_autoptr(GArray) latest = latest_by(self);
    g_autoptr(GString) name = g_string_new(NULL);
    guint n_past = latest->len;
    while (n_past > 0 && wm_period_start(g_array_index(latest, const WmVintage *, n_past - 1)->reading.period) > self->as_at)
        n_past--;
    const Look look = {self, latest, n_past};
    for (size_t i = 0; i < G_N_ELEMENTS(CHECKS); i++)
        CHECKS[i](&look, name);
}
