/* What the assessed series suggest. What is wrong with the data itself is data_checks.c. */
#include "engine/data/month/month_private.h"

#include <math.h>
#include <waymark/series.h>

#include "engine/data/month/target_checks.h"

/* Limits that have outlived the process they were set for: a suggestion, with its evidence. */
static void check_limits(WmMonth *self, const WmSeries *series)
{
    const WmSpcSuggestion *suggestion = &series->signals.suggestion;
    char text[WM_SUGGESTION_TEXT];
    if (suggestion->i_point == SIZE_MAX)
        return;
    g_autofree char *message = g_strdup_printf("%s: %s", series->indicator, wm_series_suggestion_text(series, text));
    wm_problems_add(self->storage->problems,
                    &(WmProblem){.file = "indicators.csv",
                                 .line = wm_plan_indicator(self->plan, series->indicator)->line,
                                 .severity = WM_SEVERITY_INFO,
                                 .code = "limits_could_be_reestablished",
                                 .message = message,
                                 .advice = "name what changed as a break in events.csv, or set establish to ssa",
                                 .indicator = series->indicator});
}

/* The Stable Shift Algorithm has too few readings since the latest break. */
static void check_missing_limits(WmMonth *self, const WmSeries *series)
{
    const WmSignals *signals = &series->signals;
    const size_t period_min = wm_series_spc_options(series).ssa.period_min;
    char from[WM_PERIOD_TEXT];
    if (!signals->is_charted || series->spc.establish != WM_SPC_ESTABLISH_SSA || !isnan(signals->upper) ||
        signals->latest.n_used >= period_min)
        return;
    g_autofree char *message =
        g_strdup_printf("%s: no limits since %s: %zu of the %zu readings that period_min asks for", series->indicator,
                        wm_period_format(signals->phase_from, from), signals->latest.n_used, period_min);
    wm_problems_add(self->storage->problems, &(WmProblem){.file = "indicators.csv",
                                                          .line = wm_plan_indicator(self->plan, series->indicator)->line,
                                                          .severity = WM_SEVERITY_INFO,
                                                          .code = "limits_not_set_yet",
                                                          .message = message,
                                                          .advice = "wait for more, lower period_min, or set establish to no",
                                                          .indicator = series->indicator});
}

static void check_targets(const WmMonth *self, const WmSeries *series, TargetChecks *targets)
{
    target_checks_add(targets, wm_plan_indicator(self->plan, series->indicator), series->unit, series->milestones,
                      series->n_milestones);
}

void month_check_series(WmMonth *self)
{
    g_autoptr(TargetChecks) targets = target_checks_new(self->plan);
    for (size_t i = 0; i < self->n_series; i++) {
        check_limits(self, &self->series[i]);
        check_missing_limits(self, &self->series[i]);
        check_targets(self, &self->series[i], targets);
    }
    target_checks_tell(targets, self->storage->problems);
}
