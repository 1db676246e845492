/* assessments.csv, assessments.json and checks.csv: each column is a row of a table, so that both formats have the same names. */
#include <cjson/cJSON.h>
#include <waymark/month.h>

#include "engine/data/month/month_export.h"
#include "engine/data/text/number_text.h"
#include "engine/data/text/row_sheet.h"

#define EXPORT(name, expression)                                       \
    static char *export_##name(gconstpointer owner, gconstpointer row) \
    {                                                                  \
        const WmSeries *s = row;                                       \
        const WmAssessment *a = &s->assessment;                        \
        (void)owner;                                                   \
        (void)a;                                                       \
        return expression;                                             \
    }

EXPORT(indicator, g_strdup(s->indicator))
EXPORT(unit, row_words(s->unit))
EXPORT(cohort, row_words(s->cohort))
EXPORT(as_at, row_day(a->as_at))
EXPORT(value, row_number(a->reading.value))
EXPORT(numerator, row_number(a->reading.numerator))
EXPORT(denominator, row_number(a->reading.denominator))
EXPORT(state, a->has_value ? g_strdup(wm_reading_state_name(a->reading.state)) : NULL)
EXPORT(baseline, row_number(a->baseline))
EXPORT(trajectory, row_number(a->trajectory))
EXPORT(gap, row_number(a->gap))
EXPORT(months_gap, row_number(a->months_gap.months))
EXPORT(due, row_day(a->next.due))
EXPORT(target, row_number(a->next.target))
EXPORT(chance, row_number(a->next.chance))
EXPORT(pending_due, row_day(a->pending.due))
EXPORT(pending_target, row_number(a->pending.target))
EXPORT(pending_chance, row_number(a->pending.chance))
EXPORT(last_due, row_day(a->last.due))
EXPORT(last_target, row_number(a->last.target))
EXPORT(last_chance, row_number(a->last.chance))
EXPORT(expected, row_day(a->expected))
EXPORT(expected_lo, row_day(a->expected_lo))
EXPORT(expected_hi, row_day(a->expected_hi))
EXPORT(required_pace, row_number(a->required_pace))
EXPORT(achieved_pace, row_number(a->achieved_pace))
EXPORT(position, g_strdup(wm_position_name(a->position)))
EXPORT(outlook, g_strdup(wm_outlook_name(a->outlook)))
EXPORT(status, g_strdup(wm_rag_name(a->verdict.status)))
EXPORT(status_computed, g_strdup(wm_rag_name(wm_verdict_computed(a->verdict))))
EXPORT(override_state, row_words(wm_override_state_name(s->override.state)))
EXPORT(override_status, s->override.state == WM_OVERRIDE_NONE ? NULL : g_strdup(wm_rag_name(s->override.status)))
EXPORT(override_by, row_words(s->override.by_role))
EXPORT(override_reason, row_words(s->override.reason))
EXPORT(override_from, row_day(s->override.from))
EXPORT(override_expires, row_day(s->override.expires))
EXPORT(mark, row_words(wm_mark_name(a->verdict.mark)))
EXPORT(previous_status, s->previous.as_at == WM_NO_DAY ? NULL : g_strdup(wm_rag_name(s->previous.verdict.status)))
EXPORT(variation, a->has_value ? g_strdup(wm_effect_name(s->signals.variation)) : NULL)
EXPORT(assurance, a->has_value ? g_strdup(wm_assurance_name(s->signals.assurance)) : NULL)
EXPORT(assurance_of, s->signals.is_charted ? g_strdup(wm_assurance_of_name(s->signals.assurance_of)) : NULL)
EXPORT(assurance_target, row_number(s->signals.target))
EXPORT(chart, s->signals.is_charted ? g_strdup(wm_spc_chart_name(s->signals.chart)) : NULL)
EXPORT(chart_reason, s->signals.is_charted ? g_strdup(wm_spc_reason_name(s->signals.chart_reason)) : NULL)
EXPORT(phase, s->signals.is_charted ? row_number((double)s->signals.n_phases) : NULL)
EXPORT(centre, row_number(s->signals.latest.centre))
EXPORT(lower, row_number(s->signals.lower))
EXPORT(upper, row_number(s->signals.upper))
EXPORT(signal, s->signals.is_charted ? g_strdup(wm_signal_name(s->signals.latest.signal)) : NULL)
EXPORT(signal_p, row_number(s->signals.chance.p_value))
EXPORT(signal_q, row_number(s->signals.q_value))
EXPORT(signal_caution, row_words(wm_spc_caution_name(s->signals.caution)))
EXPORT(sentence, g_strdup(s->sentence))
EXPORT(title, row_words(s->title))
EXPORT(unit_name, row_words(s->unit_name))
EXPORT(measure_unit, row_words(s->measure_unit))
EXPORT(theme, row_words(s->theme))
EXPORT(owner_role, row_words(s->owner_role))
EXPORT(months_gap_bound, a->months_gap.bound == WM_MONTHS_NONE ? NULL : g_strdup(wm_months_bound_name(a->months_gap.bound)))
EXPORT(first_raised, row_day(s->first_raised))
EXPORT(basis, g_strdup(wm_basis_name(a->basis)))
EXPORT(model, a->trend.state == WM_TREND_FITTED ? g_strdup(wm_model_name(a->trend.model)) : NULL)
EXPORT(safe_pace, row_number(a->safe_pace))
EXPORT(noise, row_number(a->noise))
EXPORT(effect, row_number(a->effect.effect))
EXPORT(effect_lo, row_number(a->effect.low))
EXPORT(effect_hi, row_number(a->effect.high))

/* What every reader of the figures must know. */
static char *data_note(const WmSeries *s)
{
    if (!s->is_illustrative && !s->is_partial)
        return NULL;
    return g_strconcat(s->is_illustrative ? "illustrative" : "", s->is_illustrative && s->is_partial ? " " : "",
                       s->is_partial ? "partial" : "", NULL);
}

EXPORT(period, a->has_value ? row_period(a->reading.period) : NULL)
EXPORT(phase_from, s->signals.is_charted ? row_period(s->signals.phase_from) : NULL)
EXPORT(effect_from, row_period(a->effect.period))
/* The status of this day's readings alone, where another one is held. */
static char *status_alone(const WmSeries *s)
{
    for (size_t i = 0; i < s->assessment.n_reasons; i++)
        if (s->assessment.reasons[i].code == WM_REASON_STATUS_HELD)
            return g_strdup(wm_rag_name((WmRag)s->assessment.reasons[i].a));
    return NULL;
}

static char *reasons(const WmSeries *s)
{
    GString *codes = g_string_new(NULL);
    for (size_t i = 0; i < s->assessment.n_reasons; i++)
        g_string_append_printf(codes, "%s%s", i ? " " : "", wm_reason_name(s->assessment.reasons[i].code));
    return g_string_free(codes, FALSE);
}

EXPORT(data_note, data_note(s))
EXPORT(status_alone, status_alone(s))
EXPORT(reasons, reasons(s))

/* The contract's columns, then ours. */
static const RowColumn COLUMNS[] = {
    ROW_TEXT(indicator),
    ROW_TEXT(unit),
    ROW_TEXT(cohort),
    ROW_TEXT(as_at),
    ROW_TEXT(period),
    ROW_NUMBER(value),
    ROW_NUMBER(numerator),
    ROW_NUMBER(denominator),
    ROW_TEXT(state),
    ROW_NUMBER(baseline),
    ROW_NUMBER(trajectory),
    ROW_NUMBER(gap),
    ROW_NUMBER(months_gap),
    ROW_TEXT(due),
    ROW_NUMBER(target),
    ROW_NUMBER(chance),
    ROW_TEXT(last_due),
    ROW_NUMBER(last_target),
    ROW_NUMBER(last_chance),
    ROW_TEXT(expected),
    ROW_TEXT(expected_lo),
    ROW_TEXT(expected_hi),
    ROW_NUMBER(required_pace),
    ROW_NUMBER(achieved_pace),
    ROW_TEXT(position),
    ROW_TEXT(outlook),
    ROW_TEXT(status),
    ROW_TEXT(mark),
    ROW_TEXT(previous_status),
    ROW_TEXT(variation),
    ROW_TEXT(assurance),
    ROW_TEXT(reasons),
    ROW_TEXT(sentence),
    ROW_TEXT(months_gap_bound),
    ROW_TEXT(first_raised),
    ROW_TEXT(chart),
    ROW_TEXT(chart_reason),
    ROW_NUMBER(phase),
    ROW_TEXT(phase_from),
    ROW_NUMBER(centre),
    ROW_NUMBER(lower),
    ROW_NUMBER(upper),
    ROW_TEXT(signal),
    ROW_NUMBER(signal_p),
    ROW_NUMBER(signal_q),
    ROW_TEXT(signal_caution),
    ROW_TEXT(assurance_of),
    ROW_NUMBER(assurance_target),
    ROW_TEXT(data_note),
    ROW_TEXT(basis),
    ROW_TEXT(model),
    ROW_NUMBER(safe_pace),
    ROW_TEXT(status_alone),
    ROW_NUMBER(noise),
    ROW_TEXT(effect_from),
    ROW_NUMBER(effect),
    ROW_NUMBER(effect_lo),
    ROW_NUMBER(effect_hi),
    ROW_TEXT(status_computed),
    ROW_TEXT(override_state),
    ROW_TEXT(override_status),
    ROW_TEXT(override_by),
    ROW_TEXT(override_reason),
    ROW_TEXT(override_from),
    ROW_TEXT(override_expires),
    ROW_TEXT(pending_due),
    ROW_NUMBER(pending_target),
    ROW_NUMBER(pending_chance),
    ROW_TEXT(title),
    ROW_TEXT(unit_name),
    ROW_TEXT(measure_unit),
    ROW_TEXT(theme),
    ROW_TEXT(owner_role),
};

static RowSheet sheet_of(const WmMonth *self)
{
    return (RowSheet){COLUMNS, G_N_ELEMENTS(COLUMNS), self, self->series, self->n_series, sizeof(WmSeries)};
}

char *wm_month_to_csv(const WmMonth *self)
{
    const RowSheet sheet = sheet_of(self);
    return row_sheet_to_csv(&sheet);
}

void month_export_heading(cJSON *root, const WmMonth *self)
{
    g_autofree char *as_at = row_day(self->as_at);
    g_autofree char *previous = row_day(self->previous_as_at);
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
    const RowSheet sheet = sheet_of(self);
    row_sheet_add_json(&sheet, root, "assessments");
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
