/* What a plan promises: one baseline a series, and targets that follow one another. */
#include <math.h>
#include <string.h>

#include "engine/data/plan/plan_check_private.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/plan/plan_targets.h"
#include "engine/data/series/series_plan.h"
#include "engine/data/text/number_text.h"

/* ---- baselines ---- */

static void check_second_baseline(const PlanCheck *self, GHashTable *seen, const WmBaselineRow *row)
{
    g_autofree char *key = g_strjoin("\x1F", row->indicator, row->unit, row->role == WM_BASELINE_SECONDARY ? "2" : "1", NULL);
    const WmBaselineRow *first = g_hash_table_lookup(seen, key);
    if (first)
        plan_report(self, WM_SEVERITY_ERROR, "baselines.csv", row->line, "indicator", row->indicator, "two_baselines",
                    "keep one of them, or give one the role secondary", "%s has a baseline already on line %d, which is used",
                    row->indicator, first->line);
    else
        g_hash_table_insert(seen, g_steal_pointer(&key), (gpointer)row);
}

/* The bound that a figure crosses, in words, and which one it is; NULL for none. A bound that is NAN is none. */
static const char *crossed_bound(const WmMeasure *measure, double value, double *bound)
{
    const gboolean is_below = value<measure->low, is_above = value> measure->high;
    *bound = is_below ? measure->low : measure->high;
    return is_below ? "below the lowest possible" : is_above ? "above the highest possible" : NULL;
}

static void check_baseline_bounds(const PlanCheck *self, const WmBaselineRow *row, const WmMeasure *measure)
{
    double bound;
    const char *crossed = crossed_bound(measure, row->value, &bound);
    if (crossed)
        plan_report(self, WM_SEVERITY_ERROR, "baselines.csv", row->line, "value", row->indicator, "outside_bounds",
                    "check the figure against the plan", "the baseline of %s, %s, is %s, %s", row->indicator,
                    NUMBER_TEXT(row->value), crossed, NUMBER_TEXT(bound));
}

void plan_check_baselines(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < plan->n_baselines; i++) {
        const WmBaselineRow *row = &plan->baselines[i];
        const WmIndicator *indicator = wm_plan_indicator(plan, row->indicator);
        const gboolean needs_figure = row->qualifier <= WM_BASELINE_APPROX;
        if (!indicator)
            continue;
        check_second_baseline(self, seen, row);
        if (needs_figure && isnan(row->value))
            plan_report(self, WM_SEVERITY_WARNING, "baselines.csv", row->line, "value", row->indicator, "baseline_without_figure",
                        "fill in value, or say qualifier = tbc", "the baseline of %s has no figure", row->indicator);
        else if (!needs_figure)
            plan_report(self, WM_SEVERITY_INFO, "baselines.csv", row->line, "qualifier", row->indicator, "baseline_unknown",
                        "fill it in when it is known", "the baseline of %s is %s: nothing can be judged before its first milestone",
                        row->indicator, row->qualifier == WM_BASELINE_NEW_MEASURE ? "a new measure" : "still to be confirmed");
        check_baseline_bounds(self, row, &indicator->measure);
    }
}

/* ---- targets ---- */

static int line_of(const WmTarget *row)
{
    return row ? row->line : 0;
}

static const char *due_text(WmDay due, char text[WM_PERIOD_TEXT])
{
    return due == WM_NO_DAY ? "no date" : wm_day_format_month(due, text);
}

static void check_unresolved(const PlanCheck *self, const WmIndicator *indicator, const WmSeriesMilestone *one, int line)
{
    char due[WM_PERIOD_TEXT];
    const gboolean is_above = g_str_has_prefix(one->reason, "the figure is above"),
                   is_below = g_str_has_prefix(one->reason, "the figure is below");
    if (is_above || is_below)
        plan_report(self, WM_SEVERITY_ERROR, "targets.csv", line, "target", indicator->indicator, "outside_bounds",
                    "check the figure against the plan; until then it is not used",
                    "the target of %s for %s, “%s”, cannot be: %s, %s", indicator->indicator, due_text(one->due, due), one->text,
                    one->reason, NUMBER_TEXT(is_below ? indicator->measure.low : indicator->measure.high));
    else if (*one->reason && !*one->text)
        plan_report(self, WM_SEVERITY_WARNING, "targets.csv", line, "target", indicator->indicator, "target_unresolved",
                    "nothing can be judged against it until it is a dated figure", "the target of %s for %s is blank",
                    indicator->indicator, due_text(one->due, due));
    else if (*one->reason)
        plan_report(self, WM_SEVERITY_WARNING, "targets.csv", line, "target", indicator->indicator, "target_unresolved",
                    "nothing can be judged against it until it is a dated figure",
                    "the target of %s for %s, “%s”, is unresolved: %s", indicator->indicator, due_text(one->due, due), one->text,
                    one->reason);
}

static gboolean is_worse(const WmMeasure *measure, double value, double than)
{
    return wm_polarity_sign(measure->polarity) * (value - than) < -1e-9;
}

/* Each dated target beside the one before it, and the first beside the baseline. */
static void check_order(const PlanCheck *self, const WmIndicator *indicator, const char *unit, const SeriesPlan *series)
{
    const WmSeriesMilestone *before = NULL;
    char due[WM_PERIOD_TEXT], earlier[WM_PERIOD_TEXT], target[WM_VALUE_TEXT], other[WM_VALUE_TEXT];
    for (guint i = 0; i < series->printed->len; i++) {
        const WmSeriesMilestone *one = &g_array_index(series->printed, WmSeriesMilestone, i);
        if (*one->reason)
            continue;
        const int line = line_of(plan_target_of(self->plan, indicator, unit, one));
        wm_target_format(one->target, &indicator->measure, indicator->measure_unit, target);
        if (before && is_worse(&indicator->measure, one->target, before->target))
            plan_report(self, WM_SEVERITY_ERROR, "targets.csv", line, "target", indicator->indicator, "worse_than_predecessor",
                        "check both figures against the plan", "the target of %s falls back from %s (%s) to %s (%s)",
                        indicator->indicator, wm_target_format(before->target, &indicator->measure, indicator->measure_unit, other),
                        due_text(before->due, earlier), target, due_text(one->due, due));
        if (before && before->due == one->due && before->target != one->target)
            plan_report(self, WM_SEVERITY_ERROR, "targets.csv", line, "due", indicator->indicator, "two_targets",
                        "keep one of them", "%s has two targets for %s; the path follows the first", indicator->indicator,
                        due_text(one->due, due));
        if (!before && !isnan(series->baseline_value) && is_worse(&indicator->measure, one->target, series->baseline_value))
            plan_report(self, WM_SEVERITY_WARNING, "targets.csv", line, "target", indicator->indicator, "worse_than_baseline",
                        "check both figures against the plan", "the first target of %s, %s, is worse than its baseline of %s",
                        indicator->indicator, target,
                        wm_target_format(series->baseline_value, &indicator->measure, indicator->measure_unit, other));
        before = one;
    }
}

static void check_targets_of(const PlanCheck *self, const WmIndicator *indicator, const char *unit)
{
    g_autoptr(SeriesPlan) series = series_plan_new(self->plan, indicator, unit, INT32_MAX);
    for (guint i = 0; i < series->printed->len; i++) {
        const WmSeriesMilestone *one = &g_array_index(series->printed, WmSeriesMilestone, i);
        const WmTarget *row = plan_target_of(self->plan, indicator, unit, one);
        if (!row || !plan_target_waits_for_units(self->plan, indicator, row)) /* else target_checks.c tells */
            check_unresolved(self, indicator, one, line_of(row));
    }
    check_order(self, indicator, unit, series);
}

void plan_check_targets(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    for (size_t i = 0; i < plan->n_indicators; i++)
        if (plan_rows_of(plan, ROWS_TARGETS, plan->indicators[i].indicator, "").n) /* every unit's are looked at once, below */
            check_targets_of(self, &plan->indicators[i], "");
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < plan->n_targets; i++) {
        const WmTarget *row = &plan->targets[i];
        const WmIndicator *indicator = wm_plan_indicator(plan, row->indicator);
        const char *unit = row->unit;
        if (indicator && *unit && g_hash_table_add(seen, g_strjoin("\x1F", row->indicator, unit, NULL)))
            check_targets_of(self, indicator, unit);
    }
    for (size_t i = 0; i < plan->n_targets; i++) {
        const WmTarget *row = &plan->targets[i];
        if (plan_ends_before_it_begins(row->from, row->to))
            plan_report(self, WM_SEVERITY_ERROR, "targets.csv", row->line, "to", row->indicator, "dates_out_of_order",
                        "swap from and to", "the target of %s ends before it begins", row->indicator);
    }
}
