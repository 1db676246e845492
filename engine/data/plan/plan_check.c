/* What is wrong with a plan beyond its single fields. Each check is a row of CHECKS. */
#include <string.h>

#include <waymark/register.h>
#include <waymark/store.h>

#include "engine/data/plan/plan_check_private.h"
#include "engine/data/plan/plan_formulas.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/plan/unit_names.h"
#include "engine/data/plan/unit_tree.h"
#include "engine/data/text/number_text.h"

void plan_report(const PlanCheck *self, WmSeverity severity, const char *file, int line, const char *column, const char *indicator,
                 const char *code, const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_problems_add(self->problems, &(WmProblem){.file = file,
                                                 .line = line,
                                                 .column = column ? plan_column(self->plan, file, column) : 0,
                                                 .severity = severity,
                                                 .code = code,
                                                 .message = message,
                                                 .advice = advice,
                                                 .indicator = indicator});
}

static void check_settings(const PlanCheck *self)
{
    const WmPlanSettings *settings = &self->plan->settings;
    if (!*settings->title)
        plan_report(self, WM_SEVERITY_WARNING, "plan.ini", 0, NULL, "", "no_title", "write [plan] title = …",
                    "the plan has no title");
    if (!*settings->area)
        plan_report(self, WM_SEVERITY_WARNING, "plan.ini", 0, NULL, "", "no_area", "write [plan] area = …",
                    "the plan names no area");
    if (settings->start == WM_NO_DAY)
        plan_report(self, WM_SEVERITY_WARNING, "plan.ini", 0, NULL, "", "no_start", "write [plan] start = 2020-09-01",
                    "the plan has no start, from which undated baselines run");
    if (settings->start != WM_NO_DAY && settings->end != WM_NO_DAY && settings->end < settings->start)
        plan_report(self, WM_SEVERITY_ERROR, "plan.ini", 0, NULL, "", "dates_out_of_order", "swap start and end",
                    "the plan ends before it starts");
    g_autoptr(GError) cause = NULL;
    if (*settings->store_url && !wm_store_check_address(settings->store_url, &cause))
        plan_report(self, WM_SEVERITY_ERROR, "plan.ini", 0, NULL, "", "bad_store", wm_error_place(cause).advice, "[store] url: %s",
                    wm_error_what(cause));
    const double likely = settings->policy.likely_from, uncertain = settings->policy.uncertain_from;
    if (!(uncertain >= 0 && uncertain <= likely && likely <= 1))
        plan_report(self, WM_SEVERITY_ERROR, "plan.ini", 0, NULL, "", "bad_threshold",
                    "a chance is 0 to 1: write likely = 0.5 and uncertain = 0.2, or the like",
                    "likely from %s and uncertain from %s cannot be", NUMBER_TEXT(likely), NUMBER_TEXT(uncertain));
}

/* An id of a table, seen before or not. */
static void check_id(const PlanCheck *self, GHashTable *seen, const char *file, const char *what, const char *id, int line)
{
    if (!g_hash_table_add(seen, (gpointer)id))
        plan_report(self, WM_SEVERITY_ERROR, file, line, what, "", "repeated_id", "give it an id of its own", "%s %s stands twice",
                    what, id);
}

static void check_theme(const PlanCheck *self, const char *file, const char *column, const char *theme, int line,
                        const char *indicator)
{
    if (*theme && self->plan->n_themes && !wm_plan_theme(self->plan, theme))
        plan_report(self, WM_SEVERITY_ERROR, file, line, column, indicator, "unknown_theme", "add it to themes.csv",
                    "theme %s is not in themes.csv", theme);
}

static void check_unit(const PlanCheck *self, const char *file, const char *column, const char *unit, int line,
                       const char *indicator)
{
    if (*unit && !plan_is_area_name(self->plan, unit) && !wm_plan_unit(self->plan, unit))
        plan_report(self, WM_SEVERITY_ERROR, file, line, column, indicator, "unknown_unit",
                    "add it to units.csv, or leave the field empty for the plan's own area", "unit %s is not in units.csv", unit);
}

static void check_indicator(const PlanCheck *self, const char *file, const char *column, const char *indicator, int line)
{
    if (!wm_plan_indicator(self->plan, indicator))
        plan_report(self, WM_SEVERITY_ERROR, file, line, column, indicator, "unknown_indicator",
                    "add it to indicators.csv, or correct the id", "indicator %s is not in indicators.csv", indicator);
}

/* A field that lists indicators. */
static void check_indicators(const PlanCheck *self, const char *file, const char *column, const char *list, int line)
{
    g_auto(GStrv) indicators = g_strsplit_set(list, PLAN_LIST_MARKS, -1);
    for (char **one = indicators; *one; one++)
        if (**one)
            check_indicator(self, file, column, *one, line);
}

/* Two bodies may bear one name, a council and a health body: then neither is taken for the area. */
static void check_area(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    const WmUnit *first = NULL;
    for (size_t i = 0; !plan_area_unit(plan) && i < plan->n_units; i++) {
        const WmUnit *unit = &plan->units[i];
        if (!plan_is_area_name(plan, unit->name))
            continue;
        if (first)
            plan_report(self, WM_SEVERITY_WARNING, "units.csv", unit->line, "name", "", "ambiguous_area",
                        "write [plan] area as the id or code of the one that is meant, or name the others apart",
                        "%s and %s are both called %s, as the plan's area is: neither is taken for it", first->unit, unit->unit,
                        unit->name);
        else
            first = unit;
    }
}

gboolean plan_ends_before_it_begins(WmDay from, WmDay to)
{
    return from != WM_NO_DAY && to != WM_NO_DAY && to < from;
}

/* Names that were one unit's alone are ids by now. */
static gboolean is_shared_name(const PlanCheck *self, UnitNames *names, const char *column, const char *text, int line)
{
    const WmUnit *unit;
    if (!*text || wm_plan_unit(self->plan, text) || !unit_names_find(names, text, &unit) || unit)
        return FALSE;
    plan_report(self, WM_SEVERITY_ERROR, "neighbours.csv", line, column, "", "ambiguous_unit",
                "write the id or code of one of them", "several units are called %s", text);
    return TRUE;
}

/* A neighbour may well lie outside the plan. */
static void check_neighbours(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    g_autoptr(GHashTable) names = unit_names_new(plan);
    for (size_t i = 0; i < plan->n_neighbours; i++) {
        const WmNeighbour *row = &plan->neighbours[i];
        if (!is_shared_name(self, names, "unit", row->unit, row->line))
            check_unit(self, "neighbours.csv", "unit", row->unit, row->line, "");
        is_shared_name(self, names, "neighbour", row->neighbour, row->line);
    }
}

static void check_themes_and_units(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    g_autoptr(GHashTable) themes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) units = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < plan->n_themes; i++) {
        check_id(self, themes, "themes.csv", "theme", plan->themes[i].theme, plan->themes[i].line);
        check_theme(self, "themes.csv", "parent", plan->themes[i].parent, plan->themes[i].line, "");
    }
    for (size_t i = 0; i < plan->n_units; i++) {
        check_id(self, units, "units.csv", "unit", plan->units[i].unit, plan->units[i].line);
        check_unit(self, "units.csv", "parent", plan->units[i].parent, plan->units[i].line, "");
        if (unit_is_its_own_ancestor(plan, &plan->units[i]))
            plan_report(self, WM_SEVERITY_ERROR, "units.csv", plan->units[i].line, "parent", "", "unit_circle",
                        "correct its parent", "unit %s lies below itself", plan->units[i].unit);
        if (plan_ends_before_it_begins(plan->units[i].from, plan->units[i].to))
            plan_report(self, WM_SEVERITY_ERROR, "units.csv", plan->units[i].line, "to", "", "dates_out_of_order",
                        "swap from and to", "unit %s ends before it begins", plan->units[i].unit);
    }
    check_area(self);
    check_neighbours(self);
}

static void check_ids(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *row = &plan->indicators[i];
        const WmIndicator *first = wm_plan_indicator(plan, row->indicator);
        if (first != row)
            plan_report(self, WM_SEVERITY_ERROR, "indicators.csv", row->line, "indicator", row->indicator, "repeated_id",
                        "give it an id of its own", "indicator %s stands already on line %d", row->indicator, first->line);
        check_theme(self, "indicators.csv", "theme", row->theme, row->line, row->indicator);
        if (row->measure.low > row->measure.high)
            plan_report(self, WM_SEVERITY_ERROR, "indicators.csv", row->line, "low", row->indicator, "bounds_out_of_order",
                        "swap low and high", "low %s is above high %s", NUMBER_TEXT(row->measure.low),
                        NUMBER_TEXT(row->measure.high));
        if (row->measure.tolerance < 0 || row->measure.near < 0)
            plan_report(self, WM_SEVERITY_ERROR, "indicators.csv", row->line, "tolerance", row->indicator, "negative_tolerance",
                        "write 0 or more", "tolerance and near are distances");
    }
}

/* Tables whose rows begin with an indicator and a unit. */
static void check_reference(const PlanCheck *self, const char *file, const char *indicator, const char *unit, int line)
{
    check_indicator(self, file, "indicator", indicator, line);
    if (strcmp(unit, PLAN_EVERY_UNIT) != 0)
        check_unit(self, file, "unit", unit, line, indicator);
}

static void check_evidence_items(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    g_autoptr(GHashTable) items = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < plan->n_evidence_items; i++) {
        const WmEvidenceItem *row = &plan->evidence_items[i];
        check_id(self, items, "evidence_items.csv", "item", row->item, row->line);
        check_theme(self, "evidence_items.csv", "theme", row->theme, row->line, row->indicator);
        if (*row->indicator)
            check_indicator(self, "evidence_items.csv", "indicator", row->indicator, row->line);
    }
    for (size_t i = 0; i < plan->n_evidence; i++) {
        const WmEvidence *row = &plan->evidence[i];
        if (*row->item && !g_hash_table_contains(items, row->item))
            plan_report(self, WM_SEVERITY_ERROR, "evidence.csv", row->line, "item", row->indicator, "unknown_item",
                        "add it to evidence_items.csv, or correct it", "item %s is not in evidence_items.csv", row->item);
    }
}

static void check_references(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    for (size_t i = 0; i < plan->n_baselines; i++)
        check_reference(self, "baselines.csv", plan->baselines[i].indicator, plan->baselines[i].unit, plan->baselines[i].line);
    for (size_t i = 0; i < plan->n_targets; i++)
        check_reference(self, "targets.csv", plan->targets[i].indicator, plan->targets[i].unit, plan->targets[i].line);
    for (size_t i = 0; i < plan->n_comparators; i++)
        check_reference(self, "comparators.csv", plan->comparators[i].indicator, plan->comparators[i].unit,
                        plan->comparators[i].line);
    for (size_t i = 0; i < plan->n_events; i++)
        check_reference(self, "events.csv", plan->events[i].indicator, plan->events[i].unit, plan->events[i].line);
    for (size_t i = 0; i < plan->n_commentary; i++)
        check_reference(self, "commentary.csv", plan->commentary[i].indicator, plan->commentary[i].unit, plan->commentary[i].line);
    for (size_t i = 0; i < plan->n_evidence; i++) {
        const WmEvidence *row = &plan->evidence[i];
        check_theme(self, "evidence.csv", "theme", row->theme, row->line, row->indicator);
        if (*row->indicator || !*row->theme)
            check_indicator(self, "evidence.csv", "indicator", row->indicator, row->line);
    }
    check_evidence_items(self);
    for (size_t i = 0; i < plan->n_definitions; i++)
        check_indicator(self, "definitions.csv", "indicator", plan->definitions[i].indicator, plan->definitions[i].line);
    check_indicators(self, "plan.ini", NULL, plan->settings.public_open, 0);
    for (size_t i = 0; i < plan->n_suppressions; i++)
        check_reference(self, "suppressions.csv", plan->suppressions[i].indicator, plan->suppressions[i].unit,
                        plan->suppressions[i].line);
    for (size_t i = 0; i < plan->n_paths; i++)
        check_reference(self, "trajectory.csv", plan->paths[i].indicator, plan->paths[i].unit, plan->paths[i].line);
    for (size_t i = 0; i < plan->n_deliverables; i++) {
        const WmDeliverable *row = &plan->deliverables[i];
        check_theme(self, "milestones.csv", "theme", row->theme, row->line, row->indicator);
        if (*row->indicator)
            check_indicator(self, "milestones.csv", "indicator", row->indicator, row->line);
    }
    for (size_t i = 0; i < plan->n_overrides; i++) {
        const WmOverride *row = &plan->overrides[i];
        check_reference(self, "overrides.csv", row->indicator, row->unit, row->line);
        if (row->expires == WM_NO_DAY)
            plan_report(self, WM_SEVERITY_WARNING, "overrides.csv", row->line, "expires", row->indicator, "override_without_expiry",
                        "fill in expires", "the override of %s never expires", row->indicator);
        if (!*row->reason || !*row->by_role)
            plan_report(self, WM_SEVERITY_ERROR, "overrides.csv", row->line, "reason", row->indicator, "override_without_reason",
                        "fill in reason and by_role", "the override of %s names no reason or no role", row->indicator);
    }
}

static void check_action(const PlanCheck *self, GHashTable *known, const char *file, const char *column, const char *action,
                         int line)
{
    if (!g_hash_table_contains(known, action))
        plan_report(self, WM_SEVERITY_ERROR, file, line, column, "", "unknown_action", "add it to actions.csv, or correct the id",
                    "action %s is not in actions.csv", action);
}

static void check_waits(const PlanCheck *self, GHashTable *known, const WmAction *row)
{
    g_auto(GStrv) ids = g_strsplit_set(row->waits_for, PLAN_LIST_MARKS, -1);
    for (char **one = ids; *one; one++)
        if (**one)
            check_action(self, known, "actions.csv", "waits_for", *one, row->line);
}

static void check_actions(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < plan->n_actions; i++) {
        const WmAction *row = &plan->actions[i];
        check_id(self, seen, "actions.csv", "action", row->action, row->line);
        check_theme(self, "actions.csv", "theme", row->theme, row->line, "");
        check_indicators(self, "actions.csv", "indicators", row->indicators, row->line);
        if (row->start != WM_NO_DAY && row->due != WM_NO_DAY && row->due < row->start)
            plan_report(self, WM_SEVERITY_ERROR, "actions.csv", row->line, "due", "", "dates_out_of_order", "check both dates",
                        "action %s is due before it starts", row->action);
    }
    for (size_t i = 0; i < plan->n_actions; i++)
        check_waits(self, seen, &plan->actions[i]);
    for (size_t i = 0; i < plan->n_action_rags; i++)
        check_action(self, seen, "action_rag.csv", "action", plan->action_rags[i].action, plan->action_rags[i].line);
}

/* What cannot be read leaves the risk without a score. `texts`: as the columns below. */
static void check_levels(const PlanCheck *self, const char *file, const char *risk, int line, const char *const texts[4])
{
    static const char *const COLUMNS[] = {"likelihood_before", "impact_before", "likelihood_after", "impact_after"};
    const int scale = wm_plan_risk_scale(self->plan);
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        if (*texts[i] && wm_risk_level_parse(texts[i], 5) == 0)
            plan_report(self, WM_SEVERITY_ERROR, file, line, COLUMNS[i], "", "unknown_word",
                        scale == 5 ? "use 1 to 5, or words such as low, medium, high, very high, rare, likely"
                                   : "use 1 to 3, or low, medium, high; or 1 to 5 throughout",
                        "%s of risk %s is “%s”, which is no level", COLUMNS[i], risk, texts[i]);
}

static void check_risks(const PlanCheck *self)
{
    const WmPlan *plan = self->plan;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < plan->n_risks; i++) {
        check_id(self, seen, "risks.csv", "risk", plan->risks[i].risk, plan->risks[i].line);
        check_indicators(self, "risks.csv", "indicators", plan->risks[i].indicators, plan->risks[i].line);
        const WmRisk *row = &plan->risks[i];
        check_levels(self, "risks.csv", row->risk, row->line,
                     (const char *[]){row->likelihood_before, row->impact_before, row->likelihood_after, row->impact_after});
    }
    for (size_t i = 0; i < plan->n_risk_scorings; i++) {
        const WmRiskScoring *row = &plan->risk_scorings[i];
        check_levels(self, "risk_scores.csv", row->risk, row->line,
                     (const char *[]){row->likelihood_before, row->impact_before, row->likelihood_after, row->impact_after});
        if (!g_hash_table_contains(seen, plan->risk_scorings[i].risk))
            plan_report(self, WM_SEVERITY_ERROR, "risk_scores.csv", plan->risk_scorings[i].line, "risk", "", "unknown_risk",
                        "add it to risks.csv", "risk %s is not in risks.csv", plan->risk_scorings[i].risk);
    }
}

static void check_formulas(const PlanCheck *self)
{
    plan_formulas_free(plan_formulas_new(self->plan, self->problems));
}

void wm_plan_check(const WmPlan *plan, WmProblems *problems)
{
    static void (*const CHECKS[])(const PlanCheck *) = {
        check_settings,     check_themes_and_units, check_ids,        check_references, plan_check_baselines,
        plan_check_targets, check_actions,          plan_check_waits, check_risks,      check_formulas,
        plan_check_titles,  plan_check_definitions, plan_check_names};
    const PlanCheck self = {plan, problems};
    for (size_t i = 0; i < G_N_ELEMENTS(CHECKS); i++)
        CHECKS[i](&self);
    wm_problems_sort(problems);
}
