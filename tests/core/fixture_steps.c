#include "core/fixture_steps.h"

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"

WmPeriod step_month(int i)
{
    return wm_period_step(wm_period_containing(WM_PERIOD_MONTH, 16000), i);
}

void step_intervene(StepCase *self, int i)
{
    self->events[self->n_events++] = (WmEvent){.period = step_month(i), .kind = WM_EVENT_INTERVENTION, .title = ""};
}

void step_set(StepCase *self, int i, double value, double numerator, double denominator)
{
    self->readings[i] =
        (WmReading){.period = step_month(i), .state = WM_FINAL, .value = value, .numerator = numerator, .denominator = denominator};
}

void step_make(StepCase *self, unsigned seed, double by)
{
    Random random = {seed};
    *self = (StepCase){.n = STEP_N, .low = NAN, .high = NAN};
    for (int i = 0; i < STEP_N; i++) {
        const double cases = random_between(&random, 40, 80), y = 30 + 0.3 * i + 2 * random_normal(&random);
        step_set(self, i, y + (i >= STEP_AT ? by : 0), NAN, cases);
    }
    self->readings[7].state = WM_SUPPRESSED;
    self->readings[7].value = NAN;
    step_intervene(self, STEP_AT);
}

void step_fit(StepCase *self, const char *name)
{
    static const double LEVELS[] = {80};
    const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = self->low, .high = self->high};
    const WmForecastSeries series = {self->readings, self->n, self->events, self->n_events};
    const WmTrendAsk ask = {.horizon = STEP_HORIZON, .levels = LEVELS, .n_levels = 1, .is_percent = true, .low = NAN, .high = NAN};
    WmTrendScratch scratch = {.forecast = NULL};
    WmPrior prior;
    wm_prior_builtin(&group, &prior);
    self->fit = (WmTrendFit){.fitted = self->fitted, .ahead = self->ahead, .coming = &self->coming};
    assert_int_equal(wm_trend_model_fit(wm_trend_model_find(name), &prior, &series, &ask, &scratch, &self->fit), WM_OK);
    wm_trend_scratch_clear(&scratch);
    wm_prior_clear(&prior);
}

const WmTrendTerm *step_term(const StepCase *self, const char *start)
{
    for (size_t i = 0; i < self->fit.n_terms; i++)
        if (strncmp(self->fit.terms[i].name, start, strlen(start)) == 0)
            return &self->fit.terms[i];
    return NULL;
}

double step_of(const StepCase *self)
{
    const WmTrendTerm *step = step_term(self, "step ");
    assert_non_null(step);
    return step->estimate;
}
