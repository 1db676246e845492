/* What a plan says in words, without what may name a hidden figure. */
#include <math.h>
#include <string.h>

#include "engine/data/month/public_private.h"

#define WITHHELD "Withheld from the public pack: it may name a figure that is hidden."

/* "12", "three": a text with a number in it. */
static gboolean names_number(const char *text)
{
    static const char *const WORDS[] = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", NULL};
    if (strpbrk(text, "0123456789"))
        return TRUE;
    g_autofree char *folded = g_utf8_strdown(text, -1);
    g_auto(GStrv) words = g_strsplit_set(folded, " \t\r\n.,;:!?()'\"/-", -1);
    for (char **word = words; *word; word++)
        if (g_strv_contains(WORDS, *word))
            return TRUE;
    return FALSE;
}

static void withhold(const char **text)
{
    if (names_number(*text))
        *text = WITHHELD;
}

bool wm_public_is_withheld(const char *text)
{
    return strcmp(text, WITHHELD) == 0;
}

static gboolean is_concerned(const WmPublic *self, const char *indicator)
{
    return g_hash_table_contains(self->indicators, indicator);
}

/* Links are ids with blanks, commas or semicolons between them. */
static gboolean links_concerned(const WmPublic *self, const char *indicators)
{
    g_auto(GStrv) ids = g_strsplit_set(indicators, " ,;", -1);
    for (char **id = ids; *id; id++)
        if (is_concerned(self, *id))
            return TRUE;
    return FALSE;
}

/* A reading that is not shown as it is, and that a baseline equals; NULL for none. */
static const HiddenReading *find_equal(const WmPublic *self, const WmBaselineRow *row)
{
    for (guint i = 0; i < self->rows->len; i++) {
        const HiddenReading *one = g_ptr_array_index(self->rows, i);
        if (strcmp(one->indicator, row->indicator) == 0 && fabs(one->reading.value - row->value) < 0.5e-2)
            return one;
    }
    return NULL;
}

/* What everybody may see of a baseline; NAN for nothing. */
static double shown_baseline(const WmPublic *self, const WmBaselineRow *row, WmKind kind)
{
    const WmReading reading = {.value = row->value, .numerator = NAN, .denominator = NAN};
    if (self->rounds && kind == WM_KIND_COUNT && is_concerned(self, row->indicator))
        return wm_disclosure_round(row->value, &self->rules);
    if (!self->rounds && wm_disclosure_judge(&reading, kind, &self->rules))
        return NAN;
    const HiddenReading *equal = find_equal(self, row);
    return equal ? equal->shown.value : row->value;
}

/* A baseline is a reading by another name. */
static void withhold_baselines(const WmPublic *self, WmPlan *plan)
{
    WmBaselineRow *rows = (WmBaselineRow *)plan->baselines; /* the caller's plan, and so to be changed */
    for (size_t i = 0; i < plan->n_baselines; i++) {
        const WmIndicator *indicator = wm_plan_indicator(plan, rows[i].indicator);
        const gboolean had_figure = !isnan(rows[i].value);
        if (!indicator)
            continue;
        rows[i].value = shown_baseline(self, &rows[i], indicator->measure.kind);
        if (had_figure && isnan(rows[i].value))
            rows[i].qualifier = WM_BASELINE_TBC;
    }
}

void wm_public_withhold(const WmPublic *self, WmPlan *plan)
{
    withhold_baselines(self, plan);
    WmBaselineRow *baselines = (WmBaselineRow *)plan->baselines;
    for (size_t i = 0; i < plan->n_baselines; i++)
        if (is_concerned(self, baselines[i].indicator))
            withhold(&baselines[i].note);
    WmIndicator *indicators = (WmIndicator *)plan->indicators;
    for (size_t i = 0; i < plan->n_indicators; i++)
        if (is_concerned(self, indicators[i].indicator))
            withhold(&indicators[i].note);
    WmCommentary *commentary = (WmCommentary *)plan->commentary;
    for (size_t i = 0; i < plan->n_commentary; i++)
        if (is_concerned(self, commentary[i].indicator)) {
            withhold(&commentary[i].explanation);
            withhold(&commentary[i].recovery);
        }
    WmEvidence *evidence = (WmEvidence *)plan->evidence;
    for (size_t i = 0; i < plan->n_evidence; i++)
        if (is_concerned(self, evidence[i].indicator))
            withhold(&evidence[i].summary);
    WmOverride *overrides = (WmOverride *)plan->overrides;
    for (size_t i = 0; i < plan->n_overrides; i++)
        if (is_concerned(self, overrides[i].indicator))
            withhold(&overrides[i].reason);
    WmEventRow *events = (WmEventRow *)plan->events;
    for (size_t i = 0; i < plan->n_events; i++)
        if (is_concerned(self, events[i].indicator))
            withhold(&events[i].title);
    WmAction *actions = (WmAction *)plan->actions;
    for (size_t i = 0; i < plan->n_actions; i++)
        if (links_concerned(self, actions[i].indicators)) {
            withhold(&actions[i].progress);
            withhold(&actions[i].barrier);
            withhold(&actions[i].change_request);
        }
    WmRisk *risks = (WmRisk *)plan->risks;
    for (size_t i = 0; i < plan->n_risks; i++)
        if (links_concerned(self, risks[i].indicators))
            withhold(&risks[i].progress);
    WmDefinition *definitions = (WmDefinition *)plan->definitions;
    for (size_t i = 0; i < plan->n_definitions; i++)
        if (is_concerned(self, definitions[i].indicator))
            withhold(&definitions[i].definition);
}
