/* The tables of a plan folder: one row a column, in the order of the contract. */
#include "engine/data/plan/plan_tables.h"

CELL_WORD_FUNC(read_kind, WmKind, wm_kind_parse)
CELL_WORD_FUNC(read_polarity, WmPolarity, wm_polarity_parse)
CELL_WORD_FUNC(read_frequency, WmFrequency, wm_frequency_parse)
CELL_WORD_FUNC(read_path_shape, WmPathShape, wm_path_shape_parse)
CELL_WORD_FUNC(read_baseline_qualifier, WmBaselineQualifier, wm_baseline_qualifier_parse)
CELL_WORD_FUNC(read_rag, WmRag, wm_rag_parse)
CELL_WORD_FUNC(read_event_kind, WmEventKind, wm_event_kind_parse)
CELL_WORD_FUNC(read_chart, WmSpcChart, wm_spc_chart_parse)
CELL_WORD_FUNC(read_establish, WmSpcEstablish, wm_spc_establish_parse)
CELL_WORD_FUNC(read_model, WmModel, wm_model_parse)
CELL_WORD_FUNC(read_year_basis, WmYearBasis, wm_year_basis_parse)

static gboolean read_baseline_role(const char *text, int *out)
{
    static const char *const NAMES[] = {[WM_BASELINE_PRIMARY] = "primary", [WM_BASELINE_SECONDARY] = "secondary"};
    *out = wm_names_find(NAMES, G_N_ELEMENTS(NAMES), text);
    return *out >= 0;
}

/* "yes" is the plan's own year, which is not known yet. */
static gboolean read_cumulative(const char *text, int *out)
{
    static const char *const NAMES[] = {"no", "yes", "calendar", "academic", "financial"};
    static const WmPeriodKind YEARS[] = {WM_PERIOD_NONE, WM_N_PERIOD_KINDS, WM_PERIOD_YEAR, WM_PERIOD_ACADEMIC_YEAR,
                                         WM_PERIOD_FINANCIAL_YEAR};
    const int found = wm_names_find(NAMES, G_N_ELEMENTS(NAMES), text);
    if (found >= 0)
        *out = (int)YEARS[found];
    return found >= 0;
}

#define CUMULATIVE_WORDS         "no yes calendar academic financial"
#define KIND_WORDS               "count percent rate duration score money yes_no text"
#define POLARITY_WORDS           "higher lower plan none"
#define FREQUENCY_WORDS          "month quarter term half year academic_year financial_year once"
#define PATH_SHAPE_WORDS         "linear step geometric explicit"
#define BASELINE_QUALIFIER_WORDS "exact less_than greater_than approx tbc new_measure none"
#define BASELINE_ROLE_WORDS      "primary secondary"
#define RAG_WORDS                "blue green amber red white grey"
#define EVENT_KIND_WORDS         "break intervention outlier"
#define CHART_WORDS              "auto xmr i c u up p pp g t run"
#define ESTABLISH_WORDS          "no ssa"
#define YEAR_BASIS_WORDS         "auto sum mean latest none"

/* Columns of a table whose rows are struct ROW. */
#define TEXT(name, member)                                           \
    {                                                                \
        name, CELL_TEXT, offsetof(ROW, member), FALSE, NULL, NULL, 0 \
    }
#define NEED_TEXT(name, member)                                     \
    {                                                               \
        name, CELL_TEXT, offsetof(ROW, member), TRUE, NULL, NULL, 0 \
    }
#define NUMBER(name, member)                                           \
    {                                                                  \
        name, CELL_NUMBER, offsetof(ROW, member), FALSE, NULL, NULL, 0 \
    }
#define NEED_NUMBER(name, member)                                     \
    {                                                                 \
        name, CELL_NUMBER, offsetof(ROW, member), TRUE, NULL, NULL, 0 \
    }
#define COUNT(name, member, otherwise)                                        \
    {                                                                         \
        name, CELL_COUNT, offsetof(ROW, member), FALSE, NULL, NULL, otherwise \
    }
#define DAY(name, member)                                           \
    {                                                               \
        name, CELL_DAY, offsetof(ROW, member), FALSE, NULL, NULL, 0 \
    }
#define NEED_DAY(name, member)                                     \
    {                                                              \
        name, CELL_DAY, offsetof(ROW, member), TRUE, NULL, NULL, 0 \
    }
#define FIRST_DAY(name, member)                                           \
    {                                                                     \
        name, CELL_FIRST_DAY, offsetof(ROW, member), FALSE, NULL, NULL, 0 \
    }
#define SOFT_DAY(name, member)                                           \
    {                                                                    \
        name, CELL_SOFT_DAY, offsetof(ROW, member), FALSE, NULL, NULL, 0 \
    }
#define PERIOD(name, member)                                           \
    {                                                                  \
        name, CELL_PERIOD, offsetof(ROW, member), FALSE, NULL, NULL, 0 \
    }
#define NEED_PERIOD(name, member)                                     \
    {                                                                 \
        name, CELL_PERIOD, offsetof(ROW, member), TRUE, NULL, NULL, 0 \
    }
#define WORD_OR(name, member, word, choices, otherwise)                         \
    {                                                                           \
        name, CELL_WORD, offsetof(ROW, member), FALSE, word, choices, otherwise \
    }
#define NEED_WORD(name, member, word, choices)                         \
    {                                                                  \
        name, CELL_WORD, offsetof(ROW, member), TRUE, word, choices, 0 \
    }

#define ROW WmTheme
static const Column THEMES_COLUMNS[] = {
    NEED_TEXT("theme", theme),
    TEXT("title", title),
    TEXT("parent", parent),
    TEXT("owner_role", owner_role),
};
#undef ROW

#define ROW WmUnit
static const Column UNITS_COLUMNS[] = {
    NEED_TEXT("unit", unit), TEXT("name", name),      TEXT("parent", parent), TEXT("type", type),
    TEXT("code", code),      FIRST_DAY("from", from), DAY("to", to),
};
#undef ROW

#define ROW WmNeighbour
static const Column NEIGHBOURS_COLUMNS[] = {
    NEED_TEXT("unit", unit),
    NEED_TEXT("neighbour", neighbour),
    NUMBER("rank", rank),
};
#undef ROW

#define ROW WmIndicator
static const Column INDICATORS_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    TEXT("title", title),
    TEXT("theme", theme),
    NEED_WORD("kind", measure.kind, read_kind, KIND_WORDS),
    TEXT("measure_unit", measure_unit),
    WORD_OR("polarity", measure.polarity, read_polarity, POLARITY_WORDS, WM_POLARITY_NONE),
    WORD_OR("frequency", measure.frequency, read_frequency, FREQUENCY_WORDS, WM_FREQUENCY_MONTH),
    NUMBER("low", measure.low),
    NUMBER("high", measure.high),
    COUNT("decimals", measure.decimals, -1),
    NUMBER("tolerance", measure.tolerance),
    NUMBER("near", measure.near),
    TEXT("owner_role", owner_role),
    TEXT("source", source),
    TEXT("note", note),
    TEXT("formula", formula),
    WORD_OR("cumulative", cumulative, read_cumulative, CUMULATIVE_WORDS, WM_PERIOD_NONE),
    WORD_OR("trajectory", shape, read_path_shape, PATH_SHAPE_WORDS, WM_N_PATH_SHAPES),
    WORD_OR("chart", spc.chart, read_chart, CHART_WORDS, WM_N_SPC_CHARTS),
    WORD_OR("establish", spc.establish, read_establish, ESTABLISH_WORDS, WM_N_SPC_ESTABLISHES),
    COUNT("fix_after", spc.fix_after, -1),
    COUNT("lag_days", lag_days, -1),
    WORD_OR("year_to_date", year_to_date, read_year_basis, YEAR_BASIS_WORDS, WM_YEAR_AUTO),
    TEXT("tags", tags),
    WORD_OR("model", model, read_model, MODEL_WORDS, -1),
};
#undef ROW

#define ROW WmBaselineRow
static const Column BASELINES_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    TEXT("unit", unit),
    NUMBER("value", value),
    WORD_OR("qualifier", qualifier, read_baseline_qualifier, BASELINE_QUALIFIER_WORDS, WM_BASELINE_EXACT),
    DAY("as_at", as_at),
    TEXT("note", note),
    WORD_OR("role", role, read_baseline_role, BASELINE_ROLE_WORDS, WM_BASELINE_PRIMARY),
};
#undef ROW

#define ROW WmDefinition
static const Column DEFINITIONS_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    NEED_TEXT("source", source),
    NEED_TEXT("definition", definition),
};
#undef ROW

#define ROW WmTarget
static const Column TARGETS_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    TEXT("unit", unit),
    DAY("due", due),
    TEXT("due", due_text),
    TEXT("target", target),
    TEXT("note", note),
    FIRST_DAY("from", from),
    DAY("to", to),
};
#undef ROW

#define ROW WmComparatorRow
static const Column COMPARATORS_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    NEED_TEXT("comparator", comparator),
    PERIOD("period", period),
    NUMBER("value", value),
    TEXT("unit", unit),
};
#undef ROW

#define ROW WmDeliverable
static const Column MILESTONES_COLUMNS[] = {
    NEED_TEXT("milestone", milestone), TEXT("theme", theme),           TEXT("title", title), DAY("due", due), DAY("done", done),
    TEXT("indicator", indicator),      TEXT("owner_role", owner_role),
};
#undef ROW

#define ROW WmAction
static const Column ACTIONS_COLUMNS[] = {
    NEED_TEXT("action", action),
    TEXT("theme", theme),
    TEXT("title", title),
    TEXT("owner_role", owner_role),
    SOFT_DAY("start", start),
    TEXT("start", start_text),
    SOFT_DAY("due", due),
    TEXT("due", due_text),
    TEXT("status", status),
    TEXT("progress", progress),
    TEXT("barrier", barrier),
    TEXT("change_request", change_request),
    SOFT_DAY("new_due", new_due),
    TEXT("new_due", new_due_text),
    TEXT("indicators", indicators),
    TEXT("waits_for", waits_for),
    TEXT("group", group),
    SOFT_DAY("timeline_due", timeline_due),
    TEXT("timeline_due", timeline_due_text),
};
#undef ROW

#define ROW WmActionRag
static const Column ACTION_RAG_COLUMNS[] = {
    NEED_TEXT("action", action),
    NEED_DAY("as_at", as_at),
    NEED_WORD("rag", rag, read_rag, RAG_WORDS),
    TEXT("note", note),
};
#undef ROW

#define ROW WmRisk
static const Column RISKS_COLUMNS[] = {
    NEED_TEXT("risk", risk),
    TEXT("title", title),
    DAY("raised", raised),
    TEXT("likelihood_before", likelihood_before),
    TEXT("impact_before", impact_before),
    TEXT("mitigation", mitigation),
    TEXT("likelihood_after", likelihood_after),
    TEXT("impact_after", impact_after),
    DAY("review_due", review_due),
    DAY("reviewed", reviewed),
    TEXT("progress", progress),
    TEXT("indicators", indicators),
};
#undef ROW

#define ROW WmRiskScoring
static const Column RISK_SCORES_COLUMNS[] = {
    NEED_TEXT("risk", risk),
    NEED_DAY("as_at", as_at),
    TEXT("likelihood_before", likelihood_before),
    TEXT("impact_before", impact_before),
    TEXT("likelihood_after", likelihood_after),
    TEXT("impact_after", impact_after),
    TEXT("note", note),
};
#undef ROW

#define ROW WmEventRow
static const Column EVENTS_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    TEXT("unit", unit),
    NEED_PERIOD("period", period),
    NEED_WORD("kind", kind, read_event_kind, EVENT_KIND_WORDS),
    TEXT("title", title),
};
#undef ROW

#define ROW WmCommentary
static const Column COMMENTARY_COLUMNS[] = {
    NEED_TEXT("indicator", indicator), TEXT("unit", unit),         NEED_DAY("as_at", as_at),
    TEXT("explanation", explanation),  TEXT("recovery", recovery), DAY("recovery_due", recovery_due),
    TEXT("author_role", author_role),
};
#undef ROW

#define ROW WmEvidence
static const Column EVIDENCE_COLUMNS[] = {
    TEXT("indicator", indicator), TEXT("theme", theme),   TEXT("kind", kind),  TEXT("summary", summary),
    TEXT("source", source),       NUMBER("count", count), DAY("as_at", as_at), TEXT("item", item),
};
#undef ROW

#define ROW WmEvidenceItem
static const Column EVIDENCE_ITEMS_COLUMNS[] = {
    NEED_TEXT("item", item),      TEXT("title", title),           TEXT("theme", theme),
    TEXT("indicator", indicator), TEXT("owner_role", owner_role), COUNT("every_months", every_months, 0),
    DAY("first_due", first_due),
};
#undef ROW

#define ROW WmOverride
static const Column OVERRIDES_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    TEXT("unit", unit),
    NEED_WORD("status", status, read_rag, RAG_WORDS),
    TEXT("reason", reason),
    TEXT("by_role", by_role),
    FIRST_DAY("from", from),
    DAY("expires", expires),
};
#undef ROW

#define ROW WmSuppression
static const Column SUPPRESSIONS_COLUMNS[] = {
    NEED_TEXT("indicator", indicator), TEXT("unit", unit),      NEED_TEXT("reason", reason),
    NEED_TEXT("by_role", by_role),     FIRST_DAY("from", from), NEED_DAY("expires", expires),
};
#undef ROW

#define ROW WmPathRow
static const Column TRAJECTORY_COLUMNS[] = {
    NEED_TEXT("indicator", indicator),
    TEXT("unit", unit),
    NEED_PERIOD("period", period),
    NEED_NUMBER("value", value),
};
#undef ROW

#define TABLE(file, Type, columns, member, is_required)                                                                    \
    {                                                                                                                      \
        {file, sizeof(Type), offsetof(Type, line), columns, G_N_ELEMENTS(columns), is_required}, offsetof(WmPlan, member), \
            offsetof(WmPlan, n_##member)                                                                                   \
    }

const PlanTable PLAN_TABLES[] = {
    TABLE("themes.csv", WmTheme, THEMES_COLUMNS, themes, FALSE),
    TABLE("units.csv", WmUnit, UNITS_COLUMNS, units, FALSE),
    TABLE("neighbours.csv", WmNeighbour, NEIGHBOURS_COLUMNS, neighbours, FALSE),
    TABLE("indicators.csv", WmIndicator, INDICATORS_COLUMNS, indicators, TRUE),
    TABLE("definitions.csv", WmDefinition, DEFINITIONS_COLUMNS, definitions, FALSE),
    TABLE("baselines.csv", WmBaselineRow, BASELINES_COLUMNS, baselines, FALSE),
    TABLE("targets.csv", WmTarget, TARGETS_COLUMNS, targets, FALSE),
    TABLE("comparators.csv", WmComparatorRow, COMPARATORS_COLUMNS, comparators, FALSE),
    TABLE("milestones.csv", WmDeliverable, MILESTONES_COLUMNS, deliverables, FALSE),
    TABLE("actions.csv", WmAction, ACTIONS_COLUMNS, actions, FALSE),
    TABLE("action_rag.csv", WmActionRag, ACTION_RAG_COLUMNS, action_rags, FALSE),
    TABLE("risks.csv", WmRisk, RISKS_COLUMNS, risks, FALSE),
    TABLE("risk_scores.csv", WmRiskScoring, RISK_SCORES_COLUMNS, risk_scorings, FALSE),
    TABLE("events.csv", WmEventRow, EVENTS_COLUMNS, events, FALSE),
    TABLE("commentary.csv", WmCommentary, COMMENTARY_COLUMNS, commentary, FALSE),
    TABLE("evidence.csv", WmEvidence, EVIDENCE_COLUMNS, evidence, FALSE),
    TABLE("evidence_items.csv", WmEvidenceItem, EVIDENCE_ITEMS_COLUMNS, evidence_items, FALSE),
    TABLE("overrides.csv", WmOverride, OVERRIDES_COLUMNS, overrides, FALSE),
    TABLE("suppressions.csv", WmSuppression, SUPPRESSIONS_COLUMNS, suppressions, FALSE),
    TABLE("trajectory.csv", WmPathRow, TRAJECTORY_COLUMNS, paths, FALSE),
};

const size_t N_PLAN_TABLES = G_N_ELEMENTS(PLAN_TABLES);
