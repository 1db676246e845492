/* What is wrong with the data, as at: refused rows, late and missing readings, values that disagree, overrides that have run out.
 */
#include <math.h>
#include <string.h>

#include "engine/data/month_private.h"

static void add(WmMonth *self, const WmSeries *series, WmSeverity severity, const char *file, int line, const char *code,
                const char *advice, const char *format, ...) G_GNUC_PRINTF(8, 9);

static void add(WmMonth *self, const WmSeries *series, WmSeverity severity, const char *file, int line, const char *code,
                const char *advice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_problems_add(self->storage->problems, &(WmProblem){.file = file,
                                                          .line = line,
                                                          .severity = severity,
                                                          .code = code,
                                                          .message = message,
                                                          .advice = advice,
                                                          .indicator = series ? series->indicator : ""});
}

static gboolean check_quarantine(WmMonth *self, WmStore *store, GError **error)
{
    for (size_t i = 0; i < self->n_drops; i++) {
        const WmDropInfo *drop = &self->drops[i];
        if (drop->n_quarantined == 0)
            continue;
        g_autoptr(GArray) rows = wm_store_quarantine(store, drop->id, error);
        if (!rows)
            return FALSE;
        for (guint k = 0; k < rows->len; k++) {
            const WmQuarantined *row = &g_array_index(rows, WmQuarantined, k);
            wm_problems_add(self->storage->problems,
                            &(WmProblem){.file = drop->file,
                                         .line = row->line,
                                         .column = row->column,
                                         .severity = WM_SEVERITY_ERROR,
                                         .code = row->code,
                                         .message = row->message,
                                         .advice = "the row was left out; ask the sender for a correction"});
        }
    }
    return TRUE;
}

static void check_encoding(WmMonth *self)
{
    for (size_t i = 0; i < self->n_drops; i++)
        if (self->drops[i].was_windows_1252)
            add(self, NULL, WM_SEVERITY_WARNING, self->drops[i].file, 0, "not_utf8", "ask the sender for UTF-8",
                "the file is not UTF-8; it was read as Windows-1252");
}

/* A series that has readings should have one for every period that has been due for a while. */
static void check_late(WmMonth *self, const WmSeries *series)
{
    const WmPlan *plan = self->plan;
    if (series->n_readings == 0 || series->measure.frequency == WM_FREQUENCY_ONCE)
        return;
    const WmPeriodKind kind = wm_frequency_period_kind(series->measure.frequency);
    const WmPeriod due = wm_period_ending_by(kind, self->as_at - plan->settings.reading_lag_days);
    const WmPeriod latest = series->readings[series->n_readings - 1].period;
    const int n_late = wm_period_steps_between(wm_period_containing(kind, wm_period_end(latest)), due);
    char text[WM_PERIOD_TEXT], expected[WM_PERIOD_TEXT];
    if (n_late > 0)
        add(self, series, WM_SEVERITY_WARNING, "indicators.csv", wm_plan_indicator(plan, series->indicator)->line, "late_reading",
            "chase it with the owner", "the latest reading of %s is for %s; %s was due by now", series->indicator,
            wm_period_format(latest, text), wm_period_format(due, expected));
}

/* A published value and its own counts should agree at the published decimals. */
static void check_ratio(WmMonth *self, const WmSeries *series)
{
    char text[WM_PERIOD_TEXT];
    const int decimals = series->measure.decimals;
    for (size_t i = 0; i < series->n_readings; i++) {
        const WmReading *reading = &series->readings[i];
        if (!(reading->denominator > 0) || isnan(reading->numerator) || isnan(reading->value))
            continue;
        const double ratio = reading->numerator / reading->denominator * (series->measure.kind == WM_KIND_PERCENT ? 100 : 1);
        if (fabs(ratio - reading->value) > 0.5 * pow(10, -decimals) + 1e-9)
            add(self, series, WM_SEVERITY_WARNING, "indicators.csv", wm_plan_indicator(self->plan, series->indicator)->line,
                "value_and_counts_differ", "ask the sender which is right; the value is used",
                "%s in %s is given as %.*f, but its counts give %.*f", series->indicator, wm_period_format(reading->period, text),
                decimals, reading->value, decimals, ratio);
    }
}

static void check_future(WmMonth *self, const WmSeries *series)
{
    if (series->n_future)
        add(self, series, WM_SEVERITY_WARNING, "indicators.csv", wm_plan_indicator(self->plan, series->indicator)->line,
            "future_reading", "a plan belongs in targets.csv, a forecast nowhere",
            "%s has %zu reading%s of periods that begin after the as-at date; not used", series->indicator, series->n_future,
            series->n_future == 1 ? "" : "s");
}

/* Limits that have outlived the process they were set for: a suggestion, with its evidence. */
static void check_limits(WmMonth *self, const WmSeries *series)
{
    const WmSpcSuggestion *suggestion = &series->signals.suggestion;
    char text[WM_SUGGESTION_TEXT];
    if (suggestion->i_point != SIZE_MAX)
        add(self, series, WM_SEVERITY_INFO, "indicators.csv", wm_plan_indicator(self->plan, series->indicator)->line,
            "limits_could_be_reestablished", "name what changed as a break in events.csv, or set establish to ssa", "%s: %s",
            series->indicator, wm_series_suggestion_text(series, text));
}

static void check_overrides(WmMonth *self)
{
    const WmPlan *plan = self->plan;
    char text[WM_PERIOD_TEXT];
    for (size_t i = 0; i < plan->n_overrides; i++) {
        const WmOverride *row = &plan->overrides[i];
        if (row->expires != WM_NO_DAY && row->expires < self->as_at)
            add(self, NULL, WM_SEVERITY_INFO, "overrides.csv", row->line, "override_expired",
                "remove it, or renew it with a reason", "the override of %s ran out on %s", row->indicator,
                wm_day_format(row->expires, text));
    }
}

/* A derived indicator is what its formula says; what drops say of it beside that is used nowhere. */
static void check_derived(WmMonth *self, SeriesReadings *readings)
{
    const WmPlan *plan = self->plan;
    char period[WM_PERIOD_TEXT];
    for (size_t i = 0; i < plan->n_indicators; i++) {
        const WmIndicator *indicator = &plan->indicators[i];
        const size_t n = series_readings_n_unused(readings, indicator->indicator);
        if (n)
            add(self, NULL, WM_SEVERITY_WARNING, "indicators.csv", indicator->line, "readings_not_used",
                "write “published” in the formula where they are meant, or take them out of the drops",
                "%s is derived by a formula; the readings that drops give of it are not used", indicator->indicator);
    }
    const GArray *impossible = series_readings_impossible(readings);
    for (guint i = 0; i < impossible->len; i++) {
        const ImpossibleSeriesReading *one = &g_array_index(impossible, ImpossibleSeriesReading, i);
        const WmIndicator *indicator = wm_plan_indicator(plan, one->indicator);
        add(self, NULL, WM_SEVERITY_ERROR, "indicators.csv", indicator->line, "outside_bounds",
            "check its parts and its formula; the reading is not used", "%s%s%s in %s comes to %g, which cannot be", one->indicator,
            *one->unit ? " of " : "", one->unit, wm_period_format(one->reading.period, period), one->reading.value);
    }
}

gboolean month_check_data(WmMonth *self, WmStore *store, SeriesReadings *readings, GError **error)
{
    check_derived(self, readings);
    for (size_t i = 0; i < self->n_series; i++) {
        check_late(self, &self->series[i]);
        check_ratio(self, &self->series[i]);
        check_future(self, &self->series[i]);
        check_limits(self, &self->series[i]);
    }
    check_overrides(self);
    check_encoding(self);
    if (!check_quarantine(self, store, error))
        return FALSE;
    wm_problems_sort(self->storage->problems);
    return TRUE;
}
