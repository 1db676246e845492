/* An assessment as the title of a chart: where it stands, and what follows from it. Every number is one of the assessment's. */
#include "plot/chart/finding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const WmReason *find_reason(const WmAssessment *assessment, WmReasonCode code)
{
    for (size_t i = assessment->n_reasons; i-- > 0;)
        if (assessment->reasons[i].code == code)
            return &assessment->reasons[i];
    return NULL;
}

char *wm_finding_position(const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    char difference[WM_VALUE_TEXT];
    if (isnan(a->gap) || isnan(a->trajectory) || series->measure.kind == WM_KIND_YES_NO)
        return NULL;
    const double over = a->reading.value - a->trajectory;
    if (wm_round(over, MAX(series->measure.decimals, 1)) == 0)
        return g_strdup("on plan");
    return g_strdup_printf("%s %s plan", wm_difference_format(over, &series->measure, series->measure_unit, difference),
                           over > 0 ? "above" : "below");
}

/* ---- deliverables ---- */

#define DONE 0.5 /* a reading of at least this says done */

const WmReading *wm_finding_done_since(const WmSeries *series)
{
    const WmReading *since = NULL;
    if (series->measure.kind != WM_KIND_YES_NO)
        return NULL;
    for (size_t i = series->n_readings; i-- > 0;) {
        const WmReading *reading = &series->readings[i];
        if (isfinite(reading->value) && reading->value < DONE)
            break;
        since = isfinite(reading->value) ? reading : since;
    }
    return since;
}

/* The latest due date that has passed by a day, else the first ahead; WM_NO_DAY for none. */
static WmDay due_by(const WmSeries *series, WmDay day)
{
    WmDay due = WM_NO_DAY;
    for (size_t i = 0; i < series->n_milestones; i++) {
        const WmDay one = series->milestones[i].due;
        if (one != WM_NO_DAY && (due == WM_NO_DAY || one <= day))
            due = one;
    }
    return due;
}

/* "it was due in Nov 2020", "due that month", "due in Aug 2022"; NULL without a date. */
static char *due_in_words(const WmSeries *series)
{
    const WmDay now = wm_period_end(series->assessment.reading.period), due = due_by(series, now);
    char month[WM_PERIOD_TEXT];
    const WmReading *since = wm_finding_done_since(series);
    if (since && due != WM_NO_DAY && wm_day_month_end(wm_period_end(since->period)) == wm_day_month_end(due))
        return g_strdup("due that month");
    return due == WM_NO_DAY ? NULL
                            : g_strdup_printf("%s in %s", due <= now ? "it was due" : "due", wm_day_format_month(due, month));
}

/* ---- numbers ---- */

typedef struct {
    WmReasonCode code;
    const char *format;      /* month, then target */
    const char *format_late; /* the same where that milestone was missed at first; NULL where it cannot be */
} Consequence;

/* What matters most comes first. */
static const Consequence CONSEQUENCES[] = {
    {WM_REASON_MILESTONE_MISSED, "%s milestone of %s missed", NULL},
    {WM_REASON_NOT_HELD, "%s milestone of %s met but not held", NULL},
    {WM_REASON_HELD, "%s milestone of %s met and held", "%s milestone of %s met late and held"},
    {WM_REASON_MILESTONE_PENDING, "%s milestone of %s awaits its reading", NULL},
};

/* "18% chance of 50% by Aug 2021"; NULL when there is nothing to say. */
static char *consequence(const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    char month[WM_PERIOD_TEXT], target[WM_VALUE_TEXT], chance[WM_VALUE_TEXT];
    if (series->measure.kind == WM_KIND_YES_NO)
        return a->has_value ? due_in_words(series) : NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(CONSEQUENCES); i++) {
        const WmReason *reason = find_reason(a, CONSEQUENCES[i].code);
        if (!reason)
            continue;
        const char *parts[] = {wm_day_format_month(reason->day, month),
                               wm_target_format(reason->a, &series->measure, series->measure_unit, target)};
        const WmReason *recovered = find_reason(a, WM_REASON_MILESTONE_RECOVERED);
        const bool was_late = CONSEQUENCES[i].format_late && recovered && recovered->day == reason->day;
        g_auto(GStrv) around = g_strsplit(was_late ? CONSEQUENCES[i].format_late : CONSEQUENCES[i].format, "%s", 3);
        return g_strconcat(around[0], parts[0], around[1], parts[1], around[2], NULL);
    }
    const WmProspect *question = wm_assessment_question(a);
    if (question->due == WM_NO_DAY || isnan(question->chance))
        return NULL;
    return g_strdup_printf("%s chance of %s by %s", wm_chance_format(question->chance, chance),
                           wm_target_format(question->target, &series->measure, series->measure_unit, target),
                           wm_day_format_month(question->due, month));
}

/* Why it cannot be judged; `takes_month`: the reason's month completes it. */
static const struct {
    WmReasonCode code;
    const char *words;
    bool takes_month;
} OBSTACLES[] = {
    {WM_REASON_NEWEST_HIDDEN, "newer figures are not published", false},
    {WM_REASON_NOT_NUMERIC, "described in words, not measured", false},
    {WM_REASON_BEFORE_START, "not started: the plan begins in ", true},
    {WM_REASON_NO_READING_DUE, "not started: first reading due by ", true},
    {WM_REASON_NO_READING, "a reading is due and none has come", false},
    {WM_REASON_NO_VALUE, "no reading carries a value", false},
    {WM_REASON_NO_POLARITY, "the plan does not say which way is better", false},
    {WM_REASON_NO_TARGET, "the plan sets no target", false},
    {WM_REASON_TARGET_UNRESOLVED, "no target is a number yet", false},
    {WM_REASON_BASELINE_TBC, "no baseline yet: judged from ", true},
};

static char *obstacle(const WmAssessment *assessment)
{
    char month[WM_PERIOD_TEXT];
    for (size_t i = 0; i < G_N_ELEMENTS(OBSTACLES); i++) {
        const WmReason *reason = find_reason(assessment, OBSTACLES[i].code);
        if (reason)
            return g_strconcat(OBSTACLES[i].words, OBSTACLES[i].takes_month ? wm_day_format_month(reason->day, month) : "", NULL);
    }
    return NULL;
}

char *wm_capitalised(const char *text)
{
    g_autofree char *first = g_utf8_substring(text, 0, *text ? 1 : 0);
    g_autofree char *upper = g_utf8_strup(first, -1);
    return g_strconcat(upper, text + strlen(first), NULL);
}

/* Names that are letters, not words. */
static const char *const ACRONYMS[] = {"NICE", "NHS", "LA", "DfE", "SEN"};

static void restore_acronyms(GStrv words)
{
    for (; *words; words++)
        for (size_t i = 0; i < G_N_ELEMENTS(ACRONYMS); i++)
            if (g_ascii_strcasecmp(*words, ACRONYMS[i]) == 0) {
                g_free(*words);
                *words = g_strdup(ACRONYMS[i]);
            }
}

char *wm_name_in_words(const char *name)
{
    g_auto(GStrv) list = g_strsplit_set(name, "_ ", -1);
    restore_acronyms(list);
    g_autofree char *words = g_strjoinv(" ", list);
    return wm_capitalised(words);
}

static gboolean put_month(const GMatchInfo *match, GString *text, gpointer data)
{
    g_autofree char *year = g_match_info_fetch(match, 1), *month = g_match_info_fetch(match, 2);
    char said[WM_PERIOD_TEXT];
    (void)data;
    g_string_append(text, wm_day_format_month(wm_day_from_date(atoi(year), atoi(month), 1), said));
    return FALSE;
}

const char *wm_period_in(WmPeriod period)
{
    return period.kind == WM_PERIOD_DAY ? " on " : " in ";
}

char *wm_months_in_words(const char *words)
{
    g_autoptr(GRegex) month = g_regex_new("\\b(\\d{4})-(0[1-9]|1[0-2])\\b(?!-)", 0, 0, NULL);
    char *said = g_regex_replace_eval(month, words, -1, 0, 0, put_month, NULL, NULL);
    return said ? said : g_strdup(words);
}

static void add_without_value(GStrvBuilder *wordings, const char *why)
{
    g_autofree char *wording = wm_capitalised(why ? why : "no readings yet");
    g_strv_builder_add(wordings, wording);
}

static void add(GStrvBuilder *wordings, const char *first, ...) G_GNUC_NULL_TERMINATED;

/* Join the parts into one wording. */
static void add(GStrvBuilder *wordings, const char *first, ...)
{
    g_autoptr(GString) wording = g_string_new(NULL);
    va_list parts;
    va_start(parts, first);
    for (const char *part = first; part; part = va_arg(parts, const char *))
        g_string_append(wording, part);
    va_end(parts);
    if (!wording->len)
        return;
    g_autofree char *text = wm_capitalised(wording->str);
    g_strv_builder_add(wordings, text);
}

char *wm_finding_outlook(const WmSeries *series)
{
    char *why = obstacle(&series->assessment);
    return why ? why : consequence(series);
}

bool wm_is_older(const WmSeries *series)
{
    return wm_assessment_has_reason(&series->assessment, WM_REASON_NEWEST_HIDDEN);
}

GStrv wm_finding_wordings(const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    g_autoptr(GStrvBuilder) wordings = g_strv_builder_new();
    g_autofree char *why = obstacle(a);
    if (!a->has_value) {
        add_without_value(wordings, why);
        return g_strv_builder_end(wordings);
    }

    char value[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    wm_value_format(a->reading.value, &series->measure, series->measure_unit, value);
    const WmReading *since = wm_finding_done_since(series);
    wm_period_format(since ? since->period : a->reading.period, period);
    g_autofree char *where = wm_finding_position(series);
    g_autofree char *next = why ? g_strdup(why) : consequence(series);
    const char *is = where ? " is " : "", *then = next ? "; " : "";
    const char *place = where ? where : "", *outcome = next ? next : "";
    add(wordings, value, wm_period_in((since ? since->period : a->reading.period)), period, is, place, then, outcome, NULL);
    add(wordings, value, is, place, then, outcome, NULL);
    if (wm_is_older(series)) { /* never the older figure by itself */
        add(wordings, outcome, NULL);
        return g_strv_builder_end(wordings);
    }
    add(wordings, value, is, place, NULL);
    add(wordings, value, where ? ", " : "", place, NULL);
    add(wordings, value, NULL);
    return g_strv_builder_end(wordings);
}

char *wm_subject(const WmSeries *series)
{
    g_autoptr(GString) subject = g_string_new(*series->title ? series->title : series->indicator);
    if (*series->measure_unit)
        g_string_append_printf(subject, " (%s)", series->measure_unit);
    if (*series->unit_name)
        g_string_append_printf(subject, ", %s", series->unit_name);
    if (*series->cohort)
        g_string_append_printf(subject, ", %s", series->cohort);
    return g_string_free(g_steal_pointer(&subject), FALSE);
}

const char *wm_unit_sign(const char *measure_unit)
{
    return strcmp(measure_unit, "%") == 0 || strcmp(measure_unit, "£") == 0 ? measure_unit : "";
}
