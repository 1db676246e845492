/* plan.ini: each key is a row of a table, read as a cell is. */
#include "engine/data/plan/plan_settings.h"

#include <math.h>
#include <string.h>

#include "engine/data/text/nearest_name.h"
#include "engine/data/plan/plan_escalation.h"
#include "engine/data/plan/plan_ini.h"
#include "engine/data/plan/plan_tables.h"
#include "engine/data/text/table.h"

#define DEFAULT_READING_LAG_DAYS   31
#define DEFAULT_STALE_AFTER_DAYS   92
#define DEFAULT_HOLD_READINGS      6 /* as wm_policy_default */
#define DEFAULT_MATERIAL_POINTS    1
#define DEFAULT_MATERIAL_PERCENT   5
#define DEFAULT_PUBLIC_SMALL       4 /* as WmDisclosureRules */
#define DEFAULT_PUBLIC_DENOMINATOR 10
#define DEFAULT_PUBLIC_BASE        5

typedef struct {
    const char *group;
    Column column;
} Setting;

CELL_WORD_FUNC(read_shape, WmPathShape, wm_path_shape_parse)
CELL_WORD_FUNC(read_model, WmModel, wm_model_parse)
CELL_WORD_FUNC(read_chart, WmSpcChart, wm_spc_chart_parse)
CELL_WORD_FUNC(read_rules, WmSpcRules, wm_spc_rules_parse)
CELL_WORD_FUNC(read_screen, WmSpcScreen, wm_spc_screen_parse)
CELL_WORD_FUNC(read_establish, WmSpcEstablish, wm_spc_establish_parse)
CELL_WORD_FUNC(read_assurance, WmAssuranceOf, wm_assurance_of_parse)

/* [policy] signal_exceptions = yes or no. */
static gboolean read_keeps_quiet(const char *text, int *out)
{
    static const char *const WORDS[] = {"yes", "no"};
    const int found = wm_names_find(WORDS, G_N_ELEMENTS(WORDS), text);
    if (found >= 0)
        *out = found;
    return found >= 0;
}

/* [public] method = suppress or round. */
static gboolean read_method(const char *text, int *out)
{
    static const char *const WORDS[] = {"suppress", "round"};
    const int found = wm_names_find(WORDS, G_N_ELEMENTS(WORDS), text);
    if (found >= 0)
        *out = found;
    return found >= 0;
}

/* [public] zeros = keep or hide. */
static gboolean read_zeros(const char *text, int *out)
{
    static const char *const WORDS[] = {"keep", "hide"};
    const int found = wm_names_find(WORDS, G_N_ELEMENTS(WORDS), text);
    if (found >= 0)
        *out = found;
    return found >= 0;
}

static gboolean read_year(const char *text, int *out)
{
    static const char *const NAMES[] = {"calendar", "academic", "financial"};
    static const WmPeriodKind YEARS[] = {WM_PERIOD_YEAR, WM_PERIOD_ACADEMIC_YEAR, WM_PERIOD_FINANCIAL_YEAR};
    const int found = wm_names_find(NAMES, G_N_ELEMENTS(NAMES), text);
    if (found >= 0)
        *out = (int)YEARS[found];
    return found >= 0;
}

#define AT(member) offsetof(WmPlanSettings, member)

static const Setting SETTINGS[] = {
    {"plan", {"title", CELL_TEXT, AT(title), FALSE, NULL, NULL, 0}},
    {"plan", {"area", CELL_TEXT, AT(area), FALSE, NULL, NULL, 0}},
    {"plan", {"owner_role", CELL_TEXT, AT(owner_role), FALSE, NULL, NULL, 0}},
    {"plan", {"version", CELL_TEXT, AT(version), FALSE, NULL, NULL, 0}},
    {"plan", {"start", CELL_FIRST_DAY, AT(start), FALSE, NULL, NULL, 0}},
    {"plan", {"end", CELL_DAY, AT(end), FALSE, NULL, NULL, 0}},
    {"calendar", {"reading_lag_days", CELL_COUNT, AT(reading_lag_days), FALSE, NULL, NULL, DEFAULT_READING_LAG_DAYS}},
    {"calendar", {"stale_after_days", CELL_COUNT, AT(stale_after_days), FALSE, NULL, NULL, DEFAULT_STALE_AFTER_DAYS}},
    {"calendar", {"year", CELL_WORD, AT(year), FALSE, read_year, "calendar academic financial", WM_PERIOD_FINANCIAL_YEAR}},
    {"policy", {"trajectory", CELL_WORD, AT(shape), FALSE, read_shape, "linear step geometric explicit", WM_PATH_LINEAR}},
    {"policy", {"likely", CELL_NUMBER, AT(policy.likely_from), FALSE, NULL, NULL, 0}},
    {"policy", {"uncertain", CELL_NUMBER, AT(policy.uncertain_from), FALSE, NULL, NULL, 0}},
    {"policy", {"hold_chance", CELL_NUMBER, AT(policy.hold_chance), FALSE, NULL, NULL, 0}},
    {"policy", {"hold_noise", CELL_NUMBER, AT(policy.hold_noise), FALSE, NULL, NULL, 0}},
    {"policy", {"hold_readings", CELL_COUNT, AT(policy.hold_readings), FALSE, NULL, NULL, DEFAULT_HOLD_READINGS}},
    {"model", {"model", CELL_WORD, AT(model), FALSE, read_model, MODEL_WORDS, WM_MODEL_AUTO}},
    {"model", {"priors", CELL_TEXT, AT(priors), FALSE, NULL, NULL, 0}},
    {"model", {"chart", CELL_WORD, AT(spc.chart), FALSE, read_chart, "auto xmr i c u up p pp g t run", WM_SPC_AUTO}},
    {"model", {"rules", CELL_WORD, AT(spc.rules), FALSE, read_rules, "mdc anhoej nelson", WM_SPC_MDC}},
    {"model", {"screen", CELL_WORD, AT(spc.screen), FALSE, read_screen, "yes no", WM_SPC_SCREEN_YES}},
    {"model", {"establish", CELL_WORD, AT(spc.establish), FALSE, read_establish, "no ssa", WM_SPC_ESTABLISH_NO}},
    {"model", {"assurance", CELL_WORD, AT(spc.assurance_of), FALSE, read_assurance, "auto path milestone", WM_ASSURANCE_OF_AUTO}},
    {"model", {"fix_after", CELL_COUNT, AT(spc.fix_after), FALSE, NULL, NULL, 0}},
    {"model", {"period_min", CELL_COUNT, AT(spc.period_min), FALSE, NULL, NULL, 0}},
    {"model", {"shift_length", CELL_COUNT, AT(spc.shift_length), FALSE, NULL, NULL, 0}},
    {"policy", {"signal_exceptions", CELL_WORD, AT(keeps_quiet), FALSE, read_keeps_quiet, "yes no", 0}},
    {"public", {"method", CELL_WORD, AT(public_rounds), FALSE, read_method, "suppress round", 0}},
    {"public", {"base", CELL_COUNT, AT(public_base), FALSE, NULL, NULL, DEFAULT_PUBLIC_BASE}},
    {"public", {"small", CELL_COUNT, AT(public_small), FALSE, NULL, NULL, DEFAULT_PUBLIC_SMALL}},
    {"public", {"denominator", CELL_COUNT, AT(public_denominator), FALSE, NULL, NULL, DEFAULT_PUBLIC_DENOMINATOR}},
    {"public", {"zeros", CELL_WORD, AT(public_hides_zero), FALSE, read_zeros, "keep hide", 0}},
    {"public", {"open", CELL_TEXT, AT(public_open), FALSE, NULL, NULL, 0}},
    {"store", {"url", CELL_TEXT, AT(store_url), FALSE, NULL, NULL, 0}},
    {"reports", {"board", CELL_TEXT, AT(board), FALSE, NULL, NULL, 0}},
};

/* Keys that Waymark knows and does not read here. */
static const struct {
    const char *group, *key;
} OTHER_KEYS[] = {
    {"policy", "on"},       {"policy", "near"},  {"policy", "off"}, {"model", "lengths"}, {"reports", "material_revision"},
    {"policy", "escalate"}, {"policy", "levels"}};

/* Where a key stands, for the place of a problem; 0 when it is not there. */
static int line_of(const PlanIni *ini, const char *group, const char *key)
{
    const PlanKey *found = plan_ini_find(ini, group, key);
    return found ? found->line : 0;
}

static gboolean is_known(const char *group, const char *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(SETTINGS); i++)
        if (strcmp(SETTINGS[i].group, group) == 0 && strcmp(SETTINGS[i].column.name, key) == 0)
            return TRUE;
    for (size_t i = 0; i < G_N_ELEMENTS(OTHER_KEYS); i++)
        if (strcmp(OTHER_KEYS[i].group, group) == 0 && strcmp(OTHER_KEYS[i].key, key) == 0)
            return TRUE;
    return FALSE;
}

/* The section that is nearest to a group, or, where the group is known, the key nearest to a key. NULL for none. */
static const char *nearest_setting(const char *group, const char *key, gboolean *is_group)
{
    const char *names[G_N_ELEMENTS(SETTINGS) + G_N_ELEMENTS(OTHER_KEYS)];
    size_t n = 0;
    *is_group = TRUE;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const gboolean is_other = i >= G_N_ELEMENTS(SETTINGS);
        const size_t k = is_other ? i - G_N_ELEMENTS(SETTINGS) : i;
        *is_group = *is_group && strcmp(is_other ? OTHER_KEYS[k].group : SETTINGS[k].group, group) != 0;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const gboolean is_other = i >= G_N_ELEMENTS(SETTINGS);
        const size_t k = is_other ? i - G_N_ELEMENTS(SETTINGS) : i;
        const char *own = is_other ? OTHER_KEYS[k].group : SETTINGS[k].group;
        if (*is_group)
            names[n++] = own;
        else if (strcmp(own, group) == 0)
            names[n++] = is_other ? OTHER_KEYS[k].key : SETTINGS[k].column.name;
    }
    return nearest_name(*is_group ? group : key, names, n);
}

static void report_unknown(const PlanIni *ini, WmProblems *problems)
{
    for (guint i = 0; i < ini->keys->len; i++) {
        const PlanKey *key = &g_array_index(ini->keys, PlanKey, i);
        if (is_known(key->group, key->key))
            continue;
        g_autofree char *message = g_strdup_printf("[%s] %s is kept, not used", key->group, key->key);
        gboolean is_group;
        const char *nearest = nearest_setting(key->group, key->key, &is_group);
        g_autofree char *advice = nearest ? g_strdup_printf(is_group ? "did you mean [%s]?" : "did you mean %s?", nearest) : NULL;
        wm_problems_add(problems, &(WmProblem){.file = PLAN_INI,
                                               .line = key->line,
                                               .severity = nearest ? WM_SEVERITY_WARNING : WM_SEVERITY_INFO,
                                               .code = "unknown_key",
                                               .message = message,
                                               .advice = advice ? advice : "nothing to do, unless the name is a slip"});
    }
}

static gboolean verdict_parse(const char *text, WmVerdict *out)
{
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    *out = (WmVerdict){WM_GREY, WM_PLAIN};
    gboolean has_status = FALSE;
    for (char **word = words; *word; word++) {
        if (!**word)
            continue;
        if (has_status ? !wm_mark_parse(*word, &out->mark) : !wm_rag_parse(*word, &out->status))
            return FALSE;
        has_status = TRUE;
    }
    return has_status;
}

/* [policy] on = green, green watch, amber early_warning, green position_only: a verdict for each outlook, likely first. */
static void read_policy_row(const PlanIni *ini, WmPosition position, WmPolicy *policy, WmProblems *problems)
{
    const char *key = wm_position_name(position);
    const PlanKey *found = plan_ini_find(ini, "policy", key);
    if (!found)
        return;
    g_auto(GStrv) cells = g_strsplit(found->value, ",", -1);
    WmVerdict row[WM_N_OUTLOOKS];
    gboolean is_read = g_strv_length(cells) == WM_N_OUTLOOKS;
    for (int i = 0; is_read && i < WM_N_OUTLOOKS; i++)
        is_read = verdict_parse(cells[i], &row[i]);
    if (is_read) {
        memcpy(policy->table[position], row, sizeof row);
        return;
    }
    g_autofree char *message = g_strdup_printf("[policy] %s “%s” is not four statuses; the default row is used", key, found->value);
    wm_problems_add(problems, &(WmProblem){.file = PLAN_INI,
                                           .line = line_of(ini, "policy", key),
                                           .severity = WM_SEVERITY_ERROR,
                                           .code = "bad_policy",
                                           .message = message,
                                           .advice = "write one for each outlook: likely, uncertain, unlikely, none"});
}

/* [model] lengths = run 8, trend 6: readings that make each signal. */
static void read_lengths(const PlanIni *ini, WmSpcPlan *spc, WmProblems *problems)
{
    const PlanKey *found = plan_ini_find(ini, "model", "lengths");
    if (!found || wm_spc_lengths_parse(found->value, spc->lengths))
        return;
    g_autofree char *message = g_strdup_printf("[model] lengths “%s” is not understood; the rules' own are used", found->value);
    wm_problems_add(problems, &(WmProblem){.file = PLAN_INI,
                                           .line = line_of(ini, "model", "lengths"),
                                           .severity = WM_SEVERITY_ERROR,
                                           .code = "bad_lengths",
                                           .message = message,
                                           .advice = "write signals with the readings that make them: run 8, trend 6"});
}

/* One reading sets no limits. */
static void check_counts(const PlanIni *ini, WmSpcPlan *spc, WmProblems *problems)
{
    const struct {
        const char *key;
        int *value;
    } counts[] = {{"fix_after", &spc->fix_after}, {"period_min", &spc->period_min}, {"shift_length", &spc->shift_length}};
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (*counts[i].value != 1)
            continue;
        *counts[i].value = 0;
        g_autofree char *message =
            g_strdup_printf("[model] %s 1: limits and shifts need 2 readings or more; the default is used", counts[i].key);
        wm_problems_add(problems, &(WmProblem){.file = PLAN_INI,
                                               .line = line_of(ini, "model", counts[i].key),
                                               .severity = WM_SEVERITY_ERROR,
                                               .code = "bad_count",
                                               .message = message,
                                               .advice = "12 and more make sound limits"});
    }
}

static void set_default(double *value, double otherwise)
{
    if (isnan(*value))
        *value = otherwise;
}

/* One threshold: "5%" of the value, "2" or "2 points" in the measure's own unit. */
static gboolean read_threshold(const char *text, WmPlanSettings *out)
{
    char *rest;
    const double value = g_ascii_strtod(text, &rest);
    const char *unit = g_strchug(rest);
    const gboolean is_percent = strcmp(unit, "%") == 0;
    double *place = is_percent ? &out->material_percent : &out->material_points;
    const gboolean is_known = is_percent || !*unit || strcmp(unit, "points") == 0 || strcmp(unit, "point") == 0;
    if (rest == text || !is_known || !(value >= 0) || !isfinite(value) || !isnan(*place))
        return FALSE;
    *place = value;
    return TRUE;
}

/* [reports] material_revision = 1 point, 5%: of percents, of the rest; one alone is for all. */
static void read_material(const PlanIni *ini, WmPlanSettings *out, WmProblems *problems)
{
    const PlanKey *found = plan_ini_find(ini, "reports", "material_revision");
    g_auto(GStrv) items = g_strsplit(found ? found->value : "", ",", -1);
    gboolean is_read = found != NULL;
    out->material_points = out->material_percent = NAN;
    for (char **item = items; is_read && *item; item++)
        is_read = read_threshold(g_strstrip(*item), out);
    if (is_read && *items)
        return;
    out->material_points = DEFAULT_MATERIAL_POINTS;
    out->material_percent = DEFAULT_MATERIAL_PERCENT;
    if (!found)
        return;
    g_autofree char *message =
        g_strdup_printf("[reports] material_revision “%s” is no threshold; the default is used", found->value);
    wm_problems_add(problems, &(WmProblem){.file = PLAN_INI,
                                           .line = found->line,
                                           .severity = WM_SEVERITY_ERROR,
                                           .code = "bad_material",
                                           .message = message,
                                           .advice = "write 5% of the value, 2 in the measure's unit, or both: 1 point, 5%"});
}

static void read_settings(const PlanIni *ini, WmPlanSettings *out, GStringChunk *texts, WmProblems *problems)
{
    const WmPolicy standard = wm_policy_default();
    memcpy(out->policy.table, standard.table, sizeof standard.table);
    for (size_t i = 0; i < G_N_ELEMENTS(SETTINGS); i++) {
        const Setting *setting = &SETTINGS[i];
        const PlanKey *found = plan_ini_find(ini, setting->group, setting->column.name);
        const CellPlace place = {PLAN_INI, found ? found->line : 0, 0, texts, problems};
        cell_read(&setting->column, found ? found->value : "", out, &place);
    }
    set_default(&out->policy.likely_from, standard.likely_from);
    set_default(&out->policy.uncertain_from, standard.uncertain_from);
    set_default(&out->policy.hold_chance, standard.hold_chance);
    set_default(&out->policy.hold_noise, standard.hold_noise);
    read_material(ini, out, problems);
    for (int position = WM_ON; position < WM_POSITION_NONE; position++)
        read_policy_row(ini, (WmPosition)position, &out->policy, problems);
    read_lengths(ini, &out->spc, problems);
    check_counts(ini, &out->spc, problems);
    plan_escalation_read(ini, out, texts, problems);
    report_unknown(ini, problems);
}

gboolean plan_settings_read(const PlanSource *source, WmPlanSettings *out, GStringChunk *texts, WmProblems *problems,
                            GError **error)
{
    g_autoptr(PlanIni) ini = plan_ini_read(source, problems, error);
    if (!ini)
        return FALSE;
    read_settings(ini, out, texts, problems);
    return TRUE;
}
