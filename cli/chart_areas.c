/* Which series stand in one chart of areas. */
#include "cli/chart_areas.h"

#include <string.h>

gboolean is_series_of_unit(const WmSeries *series, const char *unit)
{
    return strcmp(series->unit, unit) == 0 || strcmp(series->unit_name, unit) == 0 ||
           (!*series->unit && !*series->unit_name && strcmp(series->indicator, unit) == 0);
}

/* ---- regions ---- */

static gboolean has_units_below(const WmPlan *plan, const WmUnit *unit)
{
    for (size_t i = 0; i < plan->n_units; i++)
        if (strcmp(plan->units[i].parent, unit->unit) == 0)
            return TRUE;
    return FALSE;
}

#define MOST_NAMED 12

static void say_regions(const WmPlan *plan, const char *text, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    size_t n = 0;
    for (size_t i = 0; i < plan->n_units; i++)
        if (has_units_below(plan, &plan->units[i]) && ++n <= MOST_NAMED)
            g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", plan->units[i].name);
    g_autofree char *advice =
        n == 0 ? g_strdup("give units a parent in units.csv") : g_strdup_printf("use %s%s", names->str, n > MOST_NAMED ? " …" : "");
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = advice}, "no unit lies in a region “%s”", text);
}

const WmUnit *chart_region(const WmPlan *plan, const char *text, GError **error)
{
    for (size_t i = 0; i < plan->n_units; i++) {
        const WmUnit *unit = &plan->units[i];
        if ((strcmp(unit->unit, text) == 0 || strcmp(unit->name, text) == 0) && has_units_below(plan, unit))
            return unit;
    }
    say_regions(plan, text, error);
    return NULL;
}

gboolean is_in_region(const WmPlan *plan, const WmUnit *region, const char *unit)
{
    const WmUnit *one = wm_plan_unit(plan, unit);
    for (size_t steps = 0; one && steps <= plan->n_units; steps++) {
        if (strcmp(one->parent, region->unit) == 0)
            return TRUE;
        one = *one->parent ? wm_plan_unit(plan, one->parent) : NULL;
    }
    return FALSE;
}

/* ---- peers ---- */

static gboolean compares(const WmComparedMeasure *measure, const WmSeries *series)
{
    for (size_t i = 0; i < measure->n_areas; i++)
        if (measure->areas[i].series == series)
            return TRUE;
    return FALSE;
}

static size_t n_compared(const WmComparedMeasure *measure, GPtrArray *series, const char *unit, gboolean *has_unit)
{
    size_t n = 0;
    *has_unit = FALSE;
    for (guint i = 0; i < series->len; i++) {
        const WmSeries *one = g_ptr_array_index(series, i);
        if (!compares(measure, one))
            continue;
        n++;
        *has_unit |= unit && is_series_of_unit(one, unit);
    }
    return n;
}

/* NULL where the plan compares none of them, or not the one picked out. */
static const WmComparedMeasure *measure_of(const WmComparison *comparison, GPtrArray *series, const char *unit)
{
    const WmComparedMeasure *found = NULL;
    size_t most = 0;
    for (size_t i = 0; i < comparison->n_measures; i++) {
        gboolean has_unit;
        const size_t n = n_compared(&comparison->measures[i], series, unit, &has_unit);
        if (n > most && (has_unit || !unit)) {
            most = n;
            found = &comparison->measures[i];
        }
    }
    return found;
}

GPtrArray *chart_peers(const WmComparison *comparison, GPtrArray *series, const char *unit)
{
    const WmComparedMeasure *measure = comparison ? measure_of(comparison, series, unit) : NULL;
    GPtrArray *peers = g_ptr_array_new();
    for (guint i = 0; i < series->len; i++)
        if (!measure || compares(measure, g_ptr_array_index(series, i)))
            g_ptr_array_add(peers, g_ptr_array_index(series, i));
    return peers;
}
