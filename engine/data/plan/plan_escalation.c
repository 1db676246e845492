/* [policy] escalate = red 2, amber 6 and levels = Improvement Board, Executive Group. */
#include "engine/data/plan/plan_escalation.h"

static const WmEscalation STANDARD = {.months = {[WM_CLOCK_RED] = 2}};

static const char *const STANDARD_LEVELS[] = {"Improvement Board", "Executive group", "Scrutiny committee"};

static void report(WmProblems *problems, const PlanKey *key, const char *what, const char *advice)
{
    g_autofree char *message = g_strdup_printf("[policy] %s “%s” %s; the default is used", key->key, key->value, what);
    wm_problems_add(problems, &(WmProblem){.file = PLAN_INI,
                                           .line = key->line,
                                           .severity = WM_SEVERITY_ERROR,
                                           .code = "bad_escalation",
                                           .message = message,
                                           .advice = advice});
}

/* One clock: "red 2". */
static gboolean read_clock(char *text, WmEscalation *rule)
{
    g_auto(GStrv) words = g_strsplit(g_strstrip(text), " ", 2);
    WmClock clock;
    guint64 months;
    if (g_strv_length(words) != 2 || !wm_clock_parse(words[0], &clock) || rule->months[clock] ||
        !g_ascii_string_to_unsigned(g_strstrip(words[1]), 10, 1, 120, &months, NULL))
        return FALSE;
    rule->months[clock] = (int)months;
    return TRUE;
}

/* "none", or clocks with months. */
static gboolean read_rule(const char *text, WmEscalation *rule)
{
    *rule = (WmEscalation){.n_levels = 0};
    g_auto(GStrv) items = g_strsplit(text, ",", -1);
    if (g_strv_length(items) == 1 && g_ascii_strcasecmp(g_strstrip(items[0]), "none") == 0)
        return TRUE;
    for (char **item = items; *item; item++)
        if (!read_clock(*item, rule))
            return FALSE;
    return *items != NULL;
}

static void add_level(WmPlanSettings *out, const char *name, GStringChunk *texts)
{
    out->levels[out->escalation.n_levels++] = g_string_chunk_insert_const(texts, name);
}

static gboolean read_levels(const char *text, WmPlanSettings *out, GStringChunk *texts)
{
    g_auto(GStrv) names = g_strsplit(text, ",", -1);
    const guint n = g_strv_length(names);
    gboolean is_read = n > 0 && n <= WM_MAX_LEVELS;
    for (guint i = 0; is_read && i < n; i++)
        is_read = *g_strstrip(names[i]) != 0;
    for (guint i = 0; is_read && i < n; i++)
        add_level(out, names[i], texts);
    return is_read;
}

void plan_escalation_read(const PlanIni *ini, WmPlanSettings *out, GStringChunk *texts, WmProblems *problems)
{
    const PlanKey *rule = plan_ini_find(ini, "policy", "escalate"), *levels = plan_ini_find(ini, "policy", "levels");
    out->escalation = STANDARD;
    if (rule && !read_rule(rule->value, &out->escalation)) {
        report(problems, rule, "is no rule", "write months on a clock: red 2, or red 2, amber 6, missed 1; or none");
        out->escalation = STANDARD;
    }
    if (levels && read_levels(levels->value, out, texts))
        return;
    if (levels)
        report(problems, levels, "names no levels",
               "write up to eight names, the lowest first: Improvement Board, Executive Group");
    for (size_t i = 0; i < G_N_ELEMENTS(STANDARD_LEVELS); i++)
        add_level(out, i == 0 && *out->board ? out->board : STANDARD_LEVELS[i], texts);
}
