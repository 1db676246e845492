/* An edit of the plan as a board reads it: the thing by its title, the column in words, days as days. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

#include <stdio.h>
#include <string.h>

typedef const char *(*FindTitle)(const WmPlan *plan, const char *id);

#define FIND_TITLE(name, rows, key, text)                       \
    static const char *name(const WmPlan *plan, const char *id) \
    {                                                           \
        for (size_t i = 0; i < plan->n_##rows; i++)             \
            if (strcmp(plan->rows[i].key, id) == 0)             \
                return plan->rows[i].text;                      \
        return "";                                              \
    }

FIND_TITLE(title_of_indicator, indicators, indicator, title)
FIND_TITLE(title_of_theme, themes, theme, title)
FIND_TITLE(title_of_unit, units, unit, name)
FIND_TITLE(title_of_deliverable, deliverables, milestone, title)
FIND_TITLE(title_of_action, actions, action, title)
FIND_TITLE(title_of_risk, risks, risk, title)
FIND_TITLE(title_of_item, evidence_items, item, title)

/* What a row of a table is, and whose id its first key is. */
static const struct {
    const char *file, *what;
    FindTitle find_title;
} TABLES[] = {
    {"indicators.csv", "measure", title_of_indicator},
    {"definitions.csv", "definition", title_of_indicator},
    {"baselines.csv", "baseline", title_of_indicator},
    {"targets.csv", "target", title_of_indicator},
    {"comparators.csv", "comparator", title_of_indicator},
    {"trajectory.csv", "point of the path", title_of_indicator},
    {"themes.csv", "theme", title_of_theme},
    {"units.csv", "area", title_of_unit},
    {"neighbours.csv", "neighbour", title_of_unit},
    {"milestones.csv", "deliverable", title_of_deliverable},
    {"actions.csv", "action", title_of_action},
    {"action_rag.csv", "declared status", title_of_action},
    {"risks.csv", "risk", title_of_risk},
    {"risk_scores.csv", "score of a risk", title_of_risk},
    {"events.csv", "event", title_of_indicator},
    {"commentary.csv", "commentary", title_of_indicator},
    {"evidence.csv", "evidence", title_of_indicator},
    {"evidence_items.csv", "evidence asked for", title_of_item},
    {"overrides.csv", "status set by a person", title_of_indicator},
    {"suppressions.csv", "suppressed exception", title_of_indicator},
};

/* What a column is called in a sentence, where its own name with blanks does not do. NULL: in every table; the first counts. */
static const struct {
    const char *file, *column, *words;
} COLUMNS[] = {
    {"baselines.csv", "value", "baseline"},
    {"comparators.csv", "value", "value to compare with"},
    {"trajectory.csv", "value", "path"},
    {"action_rag.csv", "rag", "declared status"},
    {"actions.csv", "indicators", "measures that it should move"},
    {"risks.csv", "indicators", "measures that it threatens"},
    {"actions.csv", "waits_for", "actions that it waits for"},
    {NULL, "new_due", "new date"},
    {NULL, "due", "date"},
    {NULL, "timeline_due", "date in the timeline"},
    {NULL, "change_request", "change asked for"},
    {NULL, "owner_role", "who answers for it"},
    {NULL, "author_role", "who said it"},
    {NULL, "by_role", "who set it"},
    {NULL, "recovery_due", "recovery date"},
    {NULL, "review_due", "date of the next review"},
    {NULL, "measure_unit", "unit of measure"},
    {NULL, "polarity", "which way is better"},
    {NULL, "low", "lowest possible value"},
    {NULL, "high", "highest possible value"},
    {NULL, "as_at", "as-at date"},
    {NULL, "rag", "status"},
};

static const char *say_column(WmDocument *document, const WmDiffEdit *edit)
{
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        if (strcmp(COLUMNS[i].column, edit->column) == 0 && (!COLUMNS[i].file || strcmp(COLUMNS[i].file, edit->file) == 0))
            return COLUMNS[i].words;
    g_autofree char *words = g_strdelimit(g_strdup(edit->column), "_", ' ');
    return wm_document_text(document, words);
}

/* "2026-10-31" as "31 Oct 2026" and "2026-10" as "Oct 2026"; NULL for any other text, such as the school year 2026-27. */
static const char *say_date(WmDocument *document, const char *text)
{
    int year, month, end = 0;
    WmDay day;
    const bool is_month = sscanf(text, "%4d-%2d%n", &year, &month, &end) == 2 && end == 7 && month >= 1 && month <= 12;
    const bool is_whole = is_month && text[7] == '-' && strlen(text) == 10;
    if (!is_month || (text[7] && !is_whole) || (!is_whole && month == (year + 1) % 100) ||
        !wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day))
        return NULL;
    return is_whole ? wm_say_day(document, day) : wm_say_month(document, day);
}

/* A key behind the first: an area or a theme by its title, a date, or a word as it stands. */
static const char *say_key(WmDocument *document, const WmPlan *plan, const char *key)
{
    const char *unit = title_of_unit(plan, key), *theme = title_of_theme(plan, key), *date = say_date(document, key);
    return strcmp(key, "*") == 0 ? "every area" : *unit ? unit : *theme ? theme : date ? date : key;
}

/* A cell: dates and numbers bare, words in quotation marks. */
static const char *say_cell(WmDocument *document, const char *cell)
{
    const char *date = *cell ? say_date(document, cell) : "none";
    const bool is_figure = strspn(cell, "0123456789.,%-+") == strlen(cell);
    return date ? date : is_figure ? cell : wm_document_textf(document, "“%s”", cell);
}

/* "90 by 2029-12", as a diff tells what has moved. */
static const char *say_moved(WmDocument *document, const char *text)
{
    const char *by = g_strrstr(text, " by "), *date = by ? say_date(document, by + strlen(" by ")) : NULL;
    return date ? wm_document_textf(document, "%.*s by %s", (int)(by - text), text, date) : text;
}

/* "Plans issued in 20 weeks, Somerset, 31 Aug 2026": the title of what the first key names, then the others of n_keys. */
static const char *say_name(WmDocument *document, const WmPlan *plan, const WmDiffEdit *edit, FindTitle find_title, size_t n_keys)
{
    g_autoptr(GString) name = g_string_new(NULL);
    for (size_t i = 0; i < n_keys; i++) {
        const char *title = i == 0 ? find_title(plan, edit->keys[0]) : "";
        if (*edit->keys[i])
            g_string_append_printf(name, "%s%s", name->len ? ", " : "", *title ? title : say_key(document, plan, edit->keys[i]));
    }
    return wm_document_text(document, name->str);
}

/* ---- rows that count for nothing ---- */

static const WmUnit *find_unit(const WmPlan *plan, const char *cell)
{
    for (size_t i = 0; i < plan->n_units; i++)
        if (*cell && (strcmp(plan->units[i].unit, cell) == 0 || strcmp(plan->units[i].code, cell) == 0))
            return &plan->units[i];
    return NULL;
}

/* A cell may name the area, or a unit by its code. */
static bool is_same_unit(const WmPlan *plan, const char *unit, const char *cell)
{
    const WmUnit *named = find_unit(plan, cell);
    return strcmp(unit, cell) == 0 || (named && strcmp(unit, named->unit) == 0) ||
           (!*unit && (named || strcmp(cell, plan->settings.area) == 0));
}

static bool is_known(const WmPlan *plan, const char *indicator, const char *unit)
{
    bool is_found = false;
    for (size_t i = 0; i < plan->n_indicators && !is_found; i++)
        is_found = strcmp(plan->indicators[i].indicator, indicator) == 0;
    return is_found && (!*unit || strcmp(unit, "*") == 0 || find_unit(plan, unit));
}

static bool is_same_day(WmDay from, const char *cell)
{
    WmPeriod period;
    if (!*cell)
        return from == WM_NO_DAY;
    return wm_period_parse(cell, WM_PERIOD_FINANCIAL_YEAR, &period) && wm_period_start(period) == from;
}

/* Whether a row that the plan took is the one that was edited, about a measure that there is, and has not run out. */
static bool counts(const WmPlan *plan, WmDay as_at, const WmDiffEdit *edit, const char *indicator, const char *unit, WmDay from,
                   WmDay expires)
{
    return strcmp(indicator, edit->keys[0]) == 0 && is_same_unit(plan, unit, edit->keys[1]) && is_same_day(from, edit->keys[2]) &&
           is_known(plan, indicator, unit) && (expires == WM_NO_DAY || expires >= as_at);
}

/* A person's word that was refused, or that had run out before anybody could be shown it. */
static bool is_of_no_effect(const WmPlan *plan, WmDay as_at, const WmDiffEdit *edit)
{
    const bool is_override = strcmp(edit->file, "overrides.csv") == 0;
    if (!is_override && strcmp(edit->file, "suppressions.csv") != 0)
        return false;
    for (size_t i = 0; is_override && i < plan->n_overrides; i++) {
        const WmOverride *row = &plan->overrides[i];
        if (counts(plan, as_at, edit, row->indicator, row->unit, row->from, row->expires))
            return false;
    }
    for (size_t i = 0; !is_override && i < plan->n_suppressions; i++) {
        const WmSuppression *row = &plan->suppressions[i];
        if (counts(plan, as_at, edit, row->indicator, row->unit, row->from, row->expires))
            return false;
    }
    return true;
}

const char *wm_say_edit(WmDocument *document, const WmPlan *plan, WmDay as_at, const WmDiffRow *row)
{
    const WmDiffEdit *edit = &row->edit;
    size_t i = 0;
    if (!edit->file)
        return row->sentence;
    if (strcmp(edit->file, "plan.ini") == 0)
        return wm_document_textf(document, "The plan's setting “%s”: %s (was %s)", say_column(document, edit),
                                 say_cell(document, row->now), say_cell(document, row->was));
    while (i < G_N_ELEMENTS(TABLES) && strcmp(TABLES[i].file, edit->file) != 0)
        i++;
    if (i == G_N_ELEMENTS(TABLES))
        return row->sentence;
    const bool is_moved = !*edit->column && *row->was && *row->now; /* both dates are told, and its last key is one */
    const char *name = say_name(document, plan, edit, TABLES[i].find_title, is_moved ? 2 : WM_DIFF_MAX_KEYS);
    if (*edit->column)
        return wm_document_textf(document, "%s: %s %s (was %s)", name, say_column(document, edit), say_cell(document, row->now),
                                 say_cell(document, row->was));
    if (!is_moved && *row->now && is_of_no_effect(plan, as_at, edit))
        return wm_document_textf(document, "Without effect, as it was refused or has run out: %s, %s", TABLES[i].what, name);
    if (!is_moved)
        return wm_document_textf(document, "%s %s: %s", *row->now ? "New" : "Removed", TABLES[i].what, name);
    return wm_document_textf(document, "%s: %s moved to %s (was %s)", name, TABLES[i].what, say_moved(document, row->now),
                             say_moved(document, row->was));
}
