/* Where the level of a series may step. */
#include "engine/core/answers/trend_steps.h"

#include <math.h>
#include <string.h>

static size_t count_before(const TrendTimes *times, double at)
{
    size_t n = 0;
    for (size_t i = 0; i < times->n; i++)
        n += !isnan(times->y[i]) && (times->t ? times->t[i] : (double)i) < at;
    return n;
}

void trend_steps_drop_first(TrendSteps *self)
{
    self->n--;
    memmove(self->periods, self->periods + 1, self->n * sizeof *self->periods);
    memmove(self->times, self->times + 1, self->n * sizeof *self->times);
}

static void insert(TrendSteps *self, size_t i, WmPeriod period, double at)
{
    memmove(self->periods + i + 1, self->periods + i, (self->n - i) * sizeof *self->periods);
    memmove(self->times + i + 1, self->times + i, (self->n - i) * sizeof *self->times);
    self->periods[i] = period;
    self->times[i] = at;
    self->n++;
}

static void add(const TrendTimes *times, WmPeriod period, double at, TrendSteps *out)
{
    const size_t n_before = count_before(times, at);
    size_t i = 0;
    while (i < out->n && count_before(times, out->times[i]) < n_before)
        i++;
    if (i < out->n && count_before(times, out->times[i]) == n_before) { /* the same step: the earlier word for it */
        if (at < out->times[i]) {
            out->periods[i] = period;
            out->times[i] = at;
        }
        return;
    }
    if (out->n == TREND_MAX_STEPS) {
        if (i == 0)
            return;
        trend_steps_drop_first(out);
        i--;
    }
    insert(out, i, period, at);
}

void trend_steps_take(const WmForecastSeries *series, const WmForecastGroup *group, const TrendTimes *times, TrendSteps *out)
{
    const size_t n_used = count_before(times, HUGE_VAL);
    out->n = 0;
    for (size_t k = 0; k < series->n_events; k++) {
        const WmEvent *event = &series->events[k];
        if (event->kind != WM_EVENT_INTERVENTION || event->period.kind == WM_PERIOD_NONE)
            continue;
        const double at = (double)wm_forecast_period_number(group, event->period) - times->origin;
        const size_t n_before = count_before(times, at);
        if (n_before > 0 && n_before < n_used)
            add(times, event->period, at, out);
    }
}
