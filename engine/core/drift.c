/* The naive forecast with drift. */
#include <waymark/drift.h>

#include <math.h>

static bool has_value(const WmReading *reading)
{
    return wm_reading_state_has_value(reading->state) && isfinite(reading->value);
}

static double steps_between(const WmReading *a, const WmReading *b, double step_months)
{
    return fmax(1, round((wm_reading_months(b) - wm_reading_months(a)) / step_months));
}

WmDrift wm_drift_fit(const WmReading *readings, size_t n_readings, double step_months)
{
    WmDrift self = {.last = NAN, .drift = NAN, .spread = NAN};
    const WmReading *first = NULL, *before = NULL;
    for (size_t i = 0; i < n_readings; i++) {
        if (!has_value(&readings[i]))
            continue;
        first = first ? first : &readings[i];
        if (before)
            self.steps += steps_between(before, &readings[i], step_months);
        before = &readings[i];
        self.n++;
    }
    if (self.n < 3)
        return self;
    self.last = before->value;
    self.drift = (before->value - first->value) / self.steps;
    double ss = 0;
    before = first;
    for (size_t i = 0; i < n_readings; i++) {
        if (!has_value(&readings[i]) || &readings[i] == first)
            continue;
        const double k = steps_between(before, &readings[i], step_months);
        const double e = readings[i].value - before->value - k * self.drift;
        ss += e * e / k;
        before = &readings[i];
    }
    self.spread = sqrt(ss / (double)(self.n - 2));
    return self;
}

WmDistribution wm_drift_predict(const WmDrift *drift, int h)
{
    if (drift->n < 3 || h < 1)
        return (WmDistribution){.kind = WM_DISTRIBUTION_NONE, .location = NAN, .scale = NAN, .df = NAN};
    return (WmDistribution){.kind = drift->spread > 0 ? WM_DISTRIBUTION_STUDENT : WM_DISTRIBUTION_POINT,
                            .location = drift->last + h * drift->drift,
                            .scale = drift->spread * sqrt(h * (1 + h / drift->steps)),
                            .df = (double)(drift->n - 2)};
}
