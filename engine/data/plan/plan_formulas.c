/* The formulas of a plan. Each is understood alone, then its names are looked up, then chains are followed to their end. */
#include "engine/data/plan/plan_formulas.h"

#include <string.h>

#include "engine/data/text/nearest_name.h"
#include "engine/data/plan/plan_private.h"

#define MAX_DEPTH  32   /* formulas made of each other; deeper than that no reader follows */
#define MAX_CHAIN  1000 /* formulas under way: the stack is finite */
#define PIECE_TEXT 40   /* of a formula, quoted in a message */

typedef enum { NOT_VISITED, UNDER_WAY, DONE } Visit;

typedef struct {
    PlanFormula formula; /* first, so that a pointer to it is one to the entry */
    Visit visit;
    int depth; /* 1 of a formula that is made of none */
} Entry;

struct PlanFormulas {
    const WmPlan *plan;
    WmProblems *problems;
    GHashTable *entries; /* indicator -> Entry */
};

static void report(const PlanFormulas *self, const WmIndicator *indicator, const char *code, const char *advice, const char *format,
                   ...) G_GNUC_PRINTF(5, 6);

static void report(const PlanFormulas *self, const WmIndicator *indicator, const char *code, const char *advice, const char *format,
                   ...)
{
    if (!self->problems)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_problems_add(self->problems, &(WmProblem){.file = "indicators.csv",
                                                 .line = indicator->line,
                                                 .column = plan_column(self->plan, "indicators.csv", "formula"),
                                                 .severity = WM_SEVERITY_ERROR,
                                                 .code = code,
                                                 .message = message,
                                                 .advice = advice,
                                                 .indicator = indicator->indicator});
}

/* The text that a fault is about, from its place on; new. */
static char *text_at(const char *formula, const WmFormulaFault *fault)
{
    const char *start = formula + fault->column;
    if (!*start)
        return g_strdup("its end");
    g_autofree char *rest = g_utf8_make_valid(start, (gssize)MAX(fault->length, 1));
    g_autofree char *piece = g_utf8_substring(rest, 0, MIN(g_utf8_strlen(rest, -1), PIECE_TEXT));
    return g_strdup_printf("“%s” (character %ld)", piece, g_utf8_strlen(formula, fault->column) + 1);
}

/* What people write elsewhere, and how it is said here. A word that stands with “of” is ours already. */
static const struct {
    const char *word, *advice;
} HINTS[] = {
    {"sum", "write “sum of X over 12 months”, or A + B"},
    {"sumif", "write “sum of X over 12 months”, or A + B"},
    {"mean", "write “mean of X over 12 months”"},
    {"average", "write “mean of X over 12 months”"},
    {"avg", "write “mean of X over 12 months”"},
    {"rolling", "write “sum of X over 12 months”, or “mean of X over 12 months”"},
    {"ytd", "write “year to date of X”"},
    {"cumulative", "write “year to date of X”, or “in-year of published” of totals to date"},
    {"rollup", "write “roll-up of X”"},
};

static gboolean is_of_word(char c)
{
    return g_ascii_isalnum(c) || strchr("_.-", c) != NULL;
}

/* The advice about a word of a formula that stands there without “of”; NULL for none. */
static const char *find_hint(const char *formula)
{
    for (const char *at = formula; *at;) {
        size_t length = 0;
        while (at[length] && is_of_word(at[length]))
            length++;
        for (size_t i = 0; length && i < G_N_ELEMENTS(HINTS); i++)
            if (strlen(HINTS[i].word) == length && g_ascii_strncasecmp(at, HINTS[i].word, length) == 0 &&
                g_ascii_strncasecmp(at + length, " of ", 4) != 0)
                return HINTS[i].advice;
        at += length ? length : 1;
    }
    return NULL;
}

/* "A-B" is a name; where both halves are indicators, a difference was meant. New; NULL for none. */
static char *find_minus(const WmPlan *plan, const char *name)
{
    for (const char *minus = strchr(name, '-'); minus; minus = strchr(minus + 1, '-')) {
        g_autofree char *first = g_strndup(name, (gsize)(minus - name));
        if (wm_plan_indicator(plan, first) && wm_plan_indicator(plan, minus + 1))
            return g_strdup_printf("a minus stands between spaces: %s - %s", first, minus + 1);
    }
    return NULL;
}

static void report_fault(const PlanFormulas *self, const WmIndicator *indicator, const char *code, const WmFormulaFault *fault)
{
    g_autofree char *where = text_at(indicator->formula, fault);
    const char *hint = find_hint(indicator->formula);
    g_autofree char *advice =
        g_strdup_printf("%s; until then nothing is computed", hint ? hint : "docs/formulas.md shows every form");
    report(self, indicator, code, advice, "the formula of %s cannot be used, at %s: %s", indicator->indicator, where,
           fault->message);
}

static void report_unknown(const PlanFormulas *self, const WmIndicator *indicator, const char *name)
{
    const WmPlan *plan = self->plan;
    g_autofree const char **names = g_new(const char *, plan->n_indicators + 1);
    for (size_t i = 0; i < plan->n_indicators; i++)
        names[i] = plan->indicators[i].indicator;
    const char *nearest = nearest_name(name, names, plan->n_indicators), *hint = find_hint(name);
    g_autofree char *minus = find_minus(plan, name);
    g_autofree char *advice = minus  ? g_strdup_printf("%s; until then nothing is computed", minus)
                              : hint ? g_strdup_printf("%s; until then nothing is computed", hint)
                              : nearest
                                  ? g_strdup_printf("did you mean %s? Until then nothing is computed", nearest)
                                  : g_strdup("add it to indicators.csv, or correct the formula; until then nothing is computed");
    report(self, indicator, "formula_unknown_indicator", advice, "the formula of %s names %s, which is not in indicators.csv",
           indicator->indicator, name);
}

static gboolean find_parts(const PlanFormulas *self, PlanFormula *one)
{
    gboolean is_found = TRUE;
    for (size_t i = 0; i < one->formula.n_parts; i++) {
        const char *name = one->formula.parts[i].name;
        one->parts[i] = *name ? wm_plan_indicator(self->plan, name) : one->indicator;
        if (!one->parts[i]) {
            report_unknown(self, one->indicator, name);
            is_found = FALSE;
        } else if (one->parts[i]->measure.kind == WM_KIND_TEXT) {
            report(self, one->indicator, "formula_of_words", "leave it out",
                   "the formula of %s computes with %s, which is in words", one->indicator->indicator, one->parts[i]->indicator);
            is_found = FALSE;
        }
    }
    return is_found;
}

static size_t n_operands(WmFormulaOp op)
{
    switch (op) {
    case WM_OP_PART:
    case WM_OP_NUMBER:
        return 0;
    case WM_OP_SUM:
    case WM_OP_DIFFERENCE:
    case WM_OP_PRODUCT:
    case WM_OP_RATIO:
        return 2;
    default:
        return 1;
    }
}

/* Where the operand of a step begins: operands stand before it. */
static size_t operand_begins(const WmFormula *formula, size_t i_node)
{
    size_t n_wanted = 1, i = i_node;
    while (n_wanted > 0)
        n_wanted += n_operands(formula->nodes[--i].op) - 1;
    return i;
}

/* A measure of totals to date is judged by its last twelve months; but “in-year of” undoes what was published, by its own year. */
static void find_totals_to_date(const PlanFormulas *self, PlanFormula *one)
{
    WmFormula *formula = &one->formula;
    for (size_t k = 0; k < formula->n_nodes; k++) {
        WmFormulaNode *node = &formula->nodes[k];
        for (size_t i = node->op == WM_OP_IN_YEAR ? operand_begins(formula, k) : k; i < k; i++) {
            const size_t i_part = formula->nodes[i].i_part;
            if (formula->nodes[i].op != WM_OP_PART || one->parts[i_part]->cumulative == WM_PERIOD_NONE)
                continue;
            one->is_to_date[i_part] = TRUE;
            if (node->period == self->plan->settings.year)
                node->period = one->parts[i_part]->cumulative;
        }
    }
}

static gboolean do_periods_fit(const PlanFormulas *self, const PlanFormula *one)
{
    WmPeriodKind kinds[WM_FORMULA_MAX_PARTS];
    WmFormulaFault fault;
    for (size_t i = 0; i < one->formula.n_parts; i++)
        kinds[i] = wm_frequency_period_kind(one->parts[i]->measure.frequency);
    if (wm_formula_check_periods(&one->formula, kinds, wm_frequency_period_kind(one->indicator->measure.frequency), &fault))
        return TRUE;
    report_fault(self, one->indicator, "formula_periods", &fault);
    return FALSE;
}

/* A total to date cannot be held against a path across its restart: it is shown, and not judged. */
static void report_restart(const PlanFormulas *self, const PlanFormula *one)
{
    const WmIndicator *indicator = one->indicator;
    if (!plan_formula_restarts(&one->formula) || !self->problems)
        return;
    for (size_t i = 0; i < self->plan->n_targets; i++) {
        const WmTarget *target = &self->plan->targets[i];
        if (strcmp(target->indicator, indicator->indicator) != 0)
            continue;
        const WmCheck *check = wm_check_find("restarts_each_year");
        g_autofree char *message = g_strdup_printf(
            "%s starts afresh each year, and has targets: after a restart it would read as a change; it is not judged",
            indicator->indicator);
        wm_problems_add(self->problems, &(WmProblem){.file = "indicators.csv",
                                                     .line = indicator->line,
                                                     .column = plan_column(self->plan, "indicators.csv", "formula"),
                                                     .severity = check->severity,
                                                     .code = check->code,
                                                     .message = message,
                                                     .advice = check->advice,
                                                     .indicator = indicator->indicator});
        return;
    }
}

gboolean plan_formula_restarts(const WmFormula *formula)
{
    return formula->n_nodes && formula->nodes[formula->n_nodes - 1].op == WM_OP_YEAR_TO_DATE && !(formula->share_scale > 0);
}

static void understand(const PlanFormulas *self, PlanFormula *one)
{
    const WmFormulaContext context = {one->indicator->measure.kind, self->plan->settings.year};
    WmFormulaFault fault;
    if (one->indicator->measure.kind == WM_KIND_TEXT)
        report(self, one->indicator, "formula_of_words", "correct its kind", "%s is in words, and has a formula",
               one->indicator->indicator);
    else if (!wm_formula_parse(one->indicator->formula, &context, &one->formula, &fault))
        report_fault(self, one->indicator, "bad_formula", &fault);
    else
        one->is_usable = find_parts(self, one);
    if (one->is_usable)
        find_totals_to_date(self, one);
    one->is_usable = one->is_usable && do_periods_fit(self, one);
    if (one->is_usable)
        report_restart(self, one);
}

double plan_formulas_exposure(const PlanFormulas *self, const char *indicator)
{
    const PlanFormula *one = plan_formulas_of(self, indicator);
    double exposure = 1;
    if (!one || !one->is_usable || !(one->formula.share_scale > 0))
        return exposure;
    for (size_t i = 0; i < one->formula.n_nodes; i++)
        if (one->formula.nodes[i].op == WM_OP_RATIO)
            exposure = MAX(exposure, one->formula.nodes[i].number / one->formula.share_scale);
    for (size_t i = 0; i < one->formula.n_parts; i++)
        if (!plan_formula_is_published(one, i))
            exposure = MAX(exposure, plan_formulas_exposure(self, one->parts[i]->indicator));
    return exposure;
}

gboolean plan_formula_is_published(const PlanFormula *self, size_t i_part)
{
    return !*self->formula.parts[i_part].name;
}

gboolean plan_formula_reads_drops(const PlanFormula *self, size_t i_part)
{
    return plan_formula_is_published(self, i_part) || self->is_to_date[i_part];
}

/* `chain` holds the entries from the first to this one, which leads back into it. */
static void report_cycle(const PlanFormulas *self, const GPtrArray *chain, const Entry *back)
{
    guint from = 0;
    while (g_ptr_array_index(chain, from) != (gconstpointer)back)
        from++;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = from; i < chain->len; i++) {
        Entry *one = g_ptr_array_index(chain, i);
        g_string_append_printf(text, "%s → ", one->formula.indicator->indicator);
        one->formula.is_usable = FALSE;
    }
    g_string_append(text, back->formula.indicator->indicator);
    report(self, back->formula.indicator, "formula_cycle",
           "an indicator cannot be made of itself; for its own readings from the drops write “published”",
           "the formula of %s leads back to itself: %s", back->formula.indicator->indicator, text->str);
}

static void report_depth(const PlanFormulas *self, PlanFormula *one)
{
    one->is_usable = FALSE;
    report(self, one->indicator, "formula_too_deep", "say it in fewer steps", "%s stands at the end of more than %d formulas",
           one->indicator->indicator, MAX_DEPTH);
}

/* Depth first; what is made of something that cannot be used cannot be used. */
static void follow(const PlanFormulas *self, Entry *entry, GPtrArray *chain)
{
    entry->visit = UNDER_WAY;
    g_ptr_array_add(chain, entry);
    PlanFormula *one = &entry->formula;
    entry->depth = 1;
    if (chain->len > MAX_CHAIN)
        report_depth(self, one);
    for (size_t i = 0; one->is_usable && i < one->formula.n_parts; i++) {
        Entry *part = plan_formula_reads_drops(one, i) ? NULL : g_hash_table_lookup(self->entries, one->parts[i]->indicator);
        if (!part)
            continue;
        if (part->visit == UNDER_WAY)
            report_cycle(self, chain, part);
        else if (part->visit == NOT_VISITED)
            follow(self, part, chain);
        one->is_usable &= part->formula.is_usable;
        entry->depth = MAX(entry->depth, part->depth + 1);
    }
    if (one->is_usable && entry->depth > MAX_DEPTH)
        report_depth(self, one);
    g_ptr_array_remove_index(chain, chain->len - 1);
    entry->visit = DONE;
}

PlanFormulas *plan_formulas_new(const WmPlan *plan, WmProblems *problems)
{
    PlanFormulas *self = g_new0(PlanFormulas, 1);
    self->plan = plan;
    self->problems = problems;
    self->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *indicator = &plan->indicators[i];
        if (!*indicator->formula || wm_plan_indicator(plan, indicator->indicator) != indicator)
            continue;
        Entry *entry = g_new0(Entry, 1);
        entry->formula.indicator = indicator;
        understand(self, &entry->formula);
        g_hash_table_insert(self->entries, (gpointer)indicator->indicator, entry);
    }
    g_autoptr(GPtrArray) chain = g_ptr_array_new();
    for (size_t i = 0; i < plan->n_indicators; i++) {
        Entry *entry = g_hash_table_lookup(self->entries, plan->indicators[i].indicator);
        if (entry && entry->visit == NOT_VISITED)
            follow(self, entry, chain);
    }
    self->problems = NULL;
    return self;
}

void plan_formulas_free(PlanFormulas *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->entries);
    g_free(self);
}

const PlanFormula *plan_formulas_of(const PlanFormulas *self, const char *indicator)
{
    const Entry *entry = g_hash_table_lookup(self->entries, indicator);
    return entry ? &entry->formula : NULL;
}
