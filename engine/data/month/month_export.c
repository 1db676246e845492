/* assessments.csv, assessments.json and checks.csv: each column is a row of a table, so that both formats have the same names. */
#include <cjson/cJSON.h>
#include <math.h>
#include <waymark/month.h>

#include "engine/data/month/month_export.h"
#include "engine/data/text/number_text.h"

typedef enum { EXPORT_TEXT, EXPORT_NUMBER } ExportKind;

/* A column's text for a series, new; NULL for "not available". */
typedef char *(*ExportFunc)(const WmSeries *series);

typedef struct {
    const char *name;
    ExportKind kind;
    ExportFunc func;
} ExportColumn;

static char *number(double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return isfinite(value) ? g_strdup(number_text(value, text)) : NULL;
}

static char *day(WmDay value)
{
    char text[WM_PERIOD_TEXT];
    return value == WM_NO_DAY ? NULL : g_strdup(wm_day_format_iso(value, text));
}

static char *text_or_null(const char *text)
{
    return *text ? g_strdup(text) : NULL;
}

#define EXPORT(name, expression)                  \
    static char *export_##name(const WmSeries *s) \
    {                                             \
        const WmAssessment *a = &s->assessment;   \
        (void)a;                                  \
        return expression;                        \
    }

EXPORT(indicator, g_strdup(s->indicator))
EXPORT(unit, text_or_null(s->unit))
EXPORT(cohort, text_or_null(s->cohort))
EXPORT(as_at, day(a->as_at))
EXPORT(value, number(a->reading.value))
EXPORT(numerator, number(a->reading.numerator))
EXPORT(denominator, number(a->reading.denominator))
EXPORT(state, a->has_value ? g_strdup(wm_reading_state_name(a->reading.state)) : NULL)
EXPORT(baseline, number(a->baseline))
EXPORT(trajectory, number(a->trajectory))
EXPORT(gap, number(a->gap))
EXPORT(months_gap, number(a->months_gap.months))
EXPORT(due, day(a->next.due))
EXPORT(target, number(a->next.target))
EXPORT(chance, number(a->next.chance))
EXPORT(pending_due, day(a->pending.due))
EXPORT(pending_target, number(a->pending.target))
EXPORT(pending_chance, number(a->pending.chance))
EXPORT(last_due, day(a->last.due))
EXPORT(last_target, number(a->last.target))
EXPORT(last_chance, number(a->last.chance))
EXPORT(expected, day(a->expected))
EXPORT(expected_lo, day(a->expected_lo))
EXPORT(expected_hi, day(a->expected_hi))
EXPORT(required_pace, number(a->required_pace))
EXPORT(achieved_pace, number(a->achieved_pace))
EXPORT(position, g_strdup(wm_position_name(a->position)))
EXPORT(outlook, g_strdup(wm_outlook_name(a->outlook)))
EXPORT(status, g_strdup(wm_rag_name(a->verdict.status)))
EXPORT(status_computed, g_strdup(wm_rag_name(wm_verdict_computed(a->verdict))))
EXPORT(override_state, text_or_null(wm_override_state_name(s->override.state)))
EXPORT(override_status, s->override.state == WM_OVERRIDE_NONE ? NULL : g_strdup(wm_rag_name(s->override.status)))
EXPORT(override_by, text_or_null(s->override.by_role))
EXPORT(override_reason, text_or_null(s->override.reason))
EXPORT(override_from, day(s->override.from))
EXPORT(override_expires, day(s->override.expires))
EXPORT(mark, text_or_null(wm_mark_name(a->verdict.mark)))
EXPORT(previous_status, s->previous.as_at == WM_NO_DAY ? NULL : g_strdup(wm_rag_name(s->previous.verdict.status)))
EXPORT(variation, a->has_value ? g_strdup(wm_effect_name(s->signals.variation)) : NULL)
EXPORT(assurance, a->has_value ? g_strdup(wm_assurance_name(s->signals.assurance)) : NULL)
EXPORT(assurance_of, s->signals.is_charted ? g_strdup(wm_assurance_of_name(s->signals.assurance_of)) : NULL)
EXPORT(assurance_target, number(s->signals.target))
EXPORT(chart, s->signals.is_charted ? g_strdup(wm_spc_chart_name(s->signals.chart)) : NULL)
EXPORT(chart_reason, s->signals.is_charted ? g_strdup(wm_spc_reason_name(s->signals.chart_reason)) : NULL)
EXPORT(phase, s->signals.is_charted ? number((double)s->signals.n_phases) : NULL)
EXPORT(centre, number(s->signals.latest.centre))
EXPORT(lower, number(s->signals.lower))
EXPORT(upper, number(s->signals.upper))
EXPORT(signal, s->signals.is_charted ? g_strdup(wm_signal_name(s->signals.latest.signal)) : NULL)
EXPORT(signal_p, number(s->signals.chance.p_value))
EXPORT(signal_q, number(s->signals.q_value))
EXPORT(signal_caution, text_or_null(wm_spc_caution_name(s->signals.caution)))
EXPORT(sentence, g_strdup(s->sentence))
EXPORT(title, text_or_null(s->title))
EXPORT(unit_name, text_or_null(s->unit_name))
EXPORT(measure_unit, text_or_null(s->measure_unit))
EXPORT(theme, text_or_null(s->theme))
EXPORT(owner_role, text_or_null(s->owner_role))
EXPORT(months_gap_bound, a->months_gap.bound == WM_MONTHS_NONE ? NULL : g_strdup(wm_months_bound_name(a->months_gap.bound)))
EXPORT(first_raised, day(s->first_raised))
EXPORT(basis, g_strdup(wm_basis_name(a->basis)))
EXPORT(safe_pace, number(a->safe_pace))
EXPORT(noise, number(a->noise))
EXPORT(effect, number(a->effect.effect))
EXPORT(effect_lo, number(a->effect.low))
EXPORT(effect_hi, number(a->effect.high))

/* What every reader of the figures must know. */
static char *export_data_note(const WmSeries *s)
{
    if (!s->is_illustrative && !s->is_partial)
        return NULL;
    return g_strconcat(s->is_illustrative ? "illustrative" : "", s->is_illustrative && s->is_partial ? " " : "",
                       s->is_partial ? "partial" : "", NULL);
}

static char *export_period(const WmSeries *s)
{
    char text[WM_PERIOD_TEXT];
    return s->assessment.has_value ? g_strdup(wm_period_format_iso(s->assessment.reading.period, text)) : NULL;
}

static char *export_phase_from(const WmSeries *s)
{
    char text[WM_PERIOD_TEXT];
    return s->signals.is_charted ? g_strdup(wm_period_format_iso(s->signals.phase_from, text)) : NULL;
}

static char *export_effect_from(const WmSeries *s)
{
    char text[WM_PERIOD_TEXT];
    const WmPeriod period = s->assessment.effect.period;
    return period.kind == WM_PERIOD_NONE ? NULL : g_strdup(wm_period_format_iso(period, text));
}

/* The status of this day's readings alone, where another one is held. */
static char *export_status_alone(const WmSeries *s)
{
    for (size_t i = 0; i < s->assessment.n_reasons; i++)
        if (s->assessment.reasons[i].code == WM_REASON_STATUS_HELD)
            return g_strdup(wm_rag_name((WmRag)s->assessment.reasons[i].a));
    return NULL;
}

static char *export_reasons(const WmSeries *s)
{
    GString *codes = g_string_new(NULL);
    for (size_t i = 0; i < s->assessment.n_reasons; i++)
        g_string_append_printf(codes, "%s%s", i ? " " : "", wm_reason_name(s->assessment.reasons[i].code));
    return g_string_free(codes, FALSE);
}

#define TEXT(name)                        \
    {                                     \
#name, EXPORT_TEXT, export_##name \
    }
#define NUMBER(name)                        \
    {                                       \
#name, EXPORT_NUMBER, export_##name \
    }

/* The contract's columns, then ours. */
static const ExportColumn COLUMNS[] = {
    TEXT(indicator),
    TEXT(unit),
    TEXT(cohort),
    TEXT(as_at),
    TEXT(period),
    NUMBER(value),
    NUMBER(numerator),
    NUMBER(denominator),
    TEXT(state),
    NUMBER(baseline),
    NUMBER(trajectory),
    NUMBER(gap),
    NUMBER(months_gap),
    TEXT(due),
    NUMBER(target),
    NUMBER(chance),
    TEXT(last_due),
    NUMBER(last_target),
    NUMBER(last_chance),
    TEXT(expected),
    TEXT(expected_lo),
    TEXT(expected_hi),
    NUMBER(required_pace),
    NUMBER(achieved_pace),
    TEXT(position),
    TEXT(outlook),
    TEXT(status),
    TEXT(mark),
    TEXT(previous_status),
    TEXT(variation),
    TEXT(assurance),
    TEXT(reasons),
    TEXT(sentence),
    TEXT(months_gap_bound),
    TEXT(first_raised),
    TEXT(chart),
    TEXT(chart_reason),
    NUMBER(phase),
    TEXT(phase_from),
    NUMBER(centre),
    NUMBER(lower),
    NUMBER(upper),
    TEXT(signal),
    NUMBER(signal_p),
    NUMBER(signal_q),
    TEXT(signal_caution),
    TEXT(assurance_of),
    NUMBER(assurance_target),
    TEXT(data_note),
    TEXT(basis),
    NUMBER(safe_pace),
    TEXT(status_alone),
    NUMBER(noise),
    TEXT(effect_from),
    NUMBER(effect),
    NUMBER(effect_lo),
    NUMBER(effect_hi),
    TEXT(status_computed),
    TEXT(override_state),
    TEXT(override_status),
    TEXT(override_by),
    TEXT(override_reason),
    TEXT(override_from),
    TEXT(override_expires),
    TEXT(pending_due),
    NUMBER(pending_target),
    NUMBER(pending_chance),
    TEXT(title),
    TEXT(unit_name),
    TEXT(measure_unit),
    TEXT(theme),
    TEXT(owner_role),
};

char *wm_month_to_csv(const WmMonth *self)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++)
        g_string_append_printf(out, "%s%s", i ? "," : "", COLUMNS[i].name);
    g_string_append_c(out, '\n');
    for (size_t k = 0; k < self->n_series; k++) {
        for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
            g_autofree char *text = COLUMNS[i].func(&self->series[k]);
            if (i)
                g_string_append_c(out, ',');
            csv_append_field(out, text ? text : "");
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* Numbers go in as text, so that they are the shortest that read back to the same double. */
static void add_member(cJSON *object, const ExportColumn *column, const char *text)
{
    if (!text)
        cJSON_AddNullToObject(object, column->name);
    else if (column->kind == EXPORT_NUMBER)
        cJSON_AddRawToObject(object, column->name, text);
    else
        cJSON_AddStringToObject(object, column->name, text);
}

void month_export_heading(cJSON *root, const WmMonth *self)
{
    g_autofree char *as_at = day(self->as_at);
    g_autofree char *previous = day(self->previous_as_at);
    cJSON_AddStringToObject(root, "plan", self->plan->settings.title);
    cJSON_AddStringToObject(root, "area", self->plan->settings.area);
    cJSON_AddStringToObject(root, "plan_version", self->plan->settings.version);
    cJSON_AddStringToObject(root, "waymark_version", WM_VERSION);
    cJSON_AddNumberToObject(root, "method_version", WM_METHOD_VERSION);
    cJSON_AddStringToObject(root, "as_at", as_at);
    if (previous)
        cJSON_AddStringToObject(root, "previous_as_at", previous);
    else
        cJSON_AddNullToObject(root, "previous_as_at");
    cJSON_AddBoolToObject(root, "illustrative", self->is_illustrative);
    cJSON_AddBoolToObject(root, "public", self->is_public);
}

/* How many signals there are, beside what chance alone would give. */
static void add_signals(cJSON *root, const WmMonth *self)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    cJSON *object = cJSON_AddObjectToObject(root, "signals");
    cJSON_AddNumberToObject(object, "series", (double)self->signals.n_judged);
    cJSON_AddNumberToObject(object, "signals", (double)self->signals.n_signals);
    cJSON_AddRawToObject(object, "expected_by_chance", number_text(self->signals.n_expected, text));
    cJSON_AddNumberToObject(object, "left_at_false_discovery_rate_0.05", (double)self->signals.n_discoveries);
}

char *wm_month_to_json(const WmMonth *self)
{
    g_autoptr(cJSON) root = cJSON_CreateObject();
    month_export_heading(root, self);
    add_signals(root, self);
    cJSON *list = cJSON_AddArrayToObject(root, "assessments");
    for (size_t k = 0; k < self->n_series; k++) {
        cJSON *object = cJSON_CreateObject();
        for (size_t i = 0; i < G_N_ELEMENTS(COLUMNS); i++) {
            g_autofree char *text = COLUMNS[i].func(&self->series[k]);
            add_member(object, &COLUMNS[i], text);
        }
        cJSON_AddItemToArray(list, object);
    }
    month_export_revisions(root, self);
    char *printed = cJSON_Print(root);
    char *out = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return out;
}

char *wm_problems_to_csv(const WmProblems *problems)
{
    GString *out = g_string_new("file,line,column,severity,code,message,advice,indicator\n");
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *one = wm_problems_at(problems, i);
        g_autofree char *line = one->line ? g_strdup_printf("%d", one->line) : g_strdup("");
        g_autofree char *column = one->column ? g_strdup_printf("%d", one->column) : g_strdup("");
        const char *const fields[] = {one->file, line,         column,      wm_severity_name(one->severity),
                                      one->code, one->message, one->advice, one->indicator};
        csv_append_row(out, fields, G_N_ELEMENTS(fields));
    }
    return g_string_free(out, FALSE);
}
