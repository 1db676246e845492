/* What the last report said and is otherwise now: "what did we tell the board in March, and why has it changed?". */
#include <math.h>

#include "engine/data/month/month_private.h"

double wm_materiality(const WmPlanSettings *settings, const WmMeasure *measure, double was, double now)
{
    if (isnan(was) || isnan(now))
        return isnan(was) == isnan(now) ? 0 : INFINITY;
    if (wm_round(was, measure->decimals) == wm_round(now, measure->decimals))
        return 0;
    const gboolean is_absolute =
        measure->kind == WM_KIND_PERCENT ? !isnan(settings->material_points) : isnan(settings->material_percent);
    const double limit = is_absolute ? settings->material_points : fabs(was) * settings->material_percent / 100;
    return limit > 0 ? (fabs(now - was) + 1e-9) / limit : INFINITY;
}

static const char *drop_file(const WmMonth *self, int64_t drop)
{
    for (guint i = 0; i < self->storage->drops->len; i++) {
        const WmDropInfo *info = &g_array_index(self->storage->drops, WmDropInfo, i);
        if (info->id == drop)
            return info->file;
    }
    return "";
}

static void add_series(WmMonth *self, size_t i_series)
{
    const WmSeries *series = &self->series[i_series];
    const GArray *revised = g_ptr_array_index(self->storage->revised, i_series);
    for (guint i = 0; i < revised->len; i++) {
        const WmRevision *revision = &g_array_index(revised, WmRevision, i);
        const double size = wm_materiality(&self->plan->settings, &series->measure, revision->was, revision->now);
        const WmMonthRevision one = {
            .i_series = i_series,
            .revision = *revision,
            .was_file = drop_file(self, revision->was_drop),
            .file = drop_file(self, revision->drop),
            .materiality = size,
            .changes_status = series->hindsight.status != series->previous.verdict.status,
        };
        if (size >= 1)
            g_array_append_val(self->storage->revisions, one);
        else
            self->n_immaterial += size > 0;
    }
}

/* What would have changed a status first, then by size, then in the plan's order. */
static gint by_weight(gconstpointer a, gconstpointer b)
{
    const WmMonthRevision *x = a, *y = b;
    if (x->changes_status != y->changes_status)
        return x->changes_status ? -1 : 1;
    if (x->materiality != y->materiality)
        return x->materiality > y->materiality ? -1 : 1;
    if (x->i_series != y->i_series)
        return x->i_series < y->i_series ? -1 : 1;
    return wm_period_compare(x->revision.period, y->revision.period);
}

void month_find_revisions(WmMonth *self)
{
    if (self->previous_as_at == WM_NO_DAY)
        return;
    for (size_t i = 0; i < self->n_series; i++)
        add_series(self, i);
    g_array_sort(self->storage->revisions, by_weight);
}
