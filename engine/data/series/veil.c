/* The readings of a public pack. */
#include "engine/data/series/veil.h"

static gboolean are_same_period(const WmVintage *a, const WmVintage *b)
{
    return wm_period_compare(a->reading.period, b->reading.period) == 0 && a->reading.period.kind == b->reading.period.kind;
}

static void veil_changes(GArray *vintages)
{
    WmVintage *all = &g_array_index(vintages, WmVintage, 0);
    for (guint last = vintages->len; last-- > 0;) {
        if (last + 1 < vintages->len && are_same_period(&all[last], &all[last + 1])) {
            all[last].reading = all[last + 1].reading;
            all[last].is_gone = all[last + 1].is_gone;
        }
    }
}

void veil_published(const WmPublic *hidden, const WmPlan *plan, const char *indicator, GArray *vintages)
{
    veil_changes(vintages);
    for (guint i = 0; i < vintages->len; i++)
        wm_public_round(hidden, plan, indicator, &g_array_index(vintages, WmVintage, i).reading);
}

void veil_vintages(const WmPublic *hidden, const char *indicator, const char *unit, const char *cohort, GArray *vintages)
{
    veil_changes(vintages);
    for (guint i = 0; i < vintages->len; i++) {
        WmReading *reading = &g_array_index(vintages, WmVintage, i).reading;
        wm_public_show(hidden, indicator, unit, cohort, reading);
    }
}
