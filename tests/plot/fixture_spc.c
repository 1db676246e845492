/* Control charts of series made by hand and by chance. */
#include "plot/fixture_spc.h"

#include <math.h>

#define READINGS(self, from, ...)                                                \
    do {                                                                         \
        const double values[] = {__VA_ARGS__};                                   \
        fixture_readings((self)->fixture, (from), values, G_N_ELEMENTS(values)); \
    } while (0)

static void improving_below_target(SpcFixture *self)
{
    fixture_milestone(self->fixture, "2023-03", 75);
    READINGS(self, "2020-04", 48.1, 50.4, 47.0, 52.2, 49.0, 51.8, 48.2, 50.1, 53.3, 49.0, 51.9, 47.4, 50.9, 52.2, 49.0, 55.1, 56.3,
             54.8, 57.4, 56.2, 58.1, 57.2);
}

static void concern_outside(SpcFixture *self)
{
    fixture_milestone(self->fixture, "2022-03", 40);
    READINGS(self, "2020-04", 61.1, 60.4, 63.0, 62.2, 59.0, 61.8, 62.2, 60.1, 63.3, 59.9, 61.9, 60.4, 62.9, 62.2, 59.0, 60.1, 49.3);
    self->fixture->series.is_illustrative = true;
}

static void neutral_trend(SpcFixture *self)
{
    fixture_measure(self->fixture, WM_KIND_COUNT, "people", WM_POLARITY_NONE, WM_FREQUENCY_MONTH, 0);
    READINGS(self, "2020-04", 1510, 1480, 1522, 1466, 1499, 1530, 1477, 1502, 1489, 1515, 1471, 1482, 1499, 1512, 1530, 1544, 1571,
             1580);
}

static void stepped_target_two_phases(SpcFixture *self)
{
    fixture_milestone(self->fixture, "2020-12", 50);
    fixture_milestone(self->fixture, "2021-12", 60);
    fixture_milestone(self->fixture, "2022-12", 70);
    READINGS(self, "2020-04", 42.1, 43.4, 41.0, 45.2, 46.0, 42.8, 47.2, 43.1, 44.3, 45.0, 46.1, 42.2, 59.9, 62.2, 60.0, 63.1, 61.3,
             58.0, 62.4, 61.2, 60.9, 59.4, 63.3, 61.7);
    fixture_reading(self->fixture, "2022-04", 64.7, WM_PROVISIONAL);
    fixture_revision(self->fixture, "2021-11", 55.0, 61.2);
    fixture_event(self->fixture, "2021-04", "New casework system");
    ((WmEvent *)(void *)self->fixture->events->data)[0].kind = WM_EVENT_BREAK;
}

static void excluded_and_missing(SpcFixture *self)
{
    fixture_measure(self->fixture, WM_KIND_DURATION, "weeks", WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, 1);
    fixture_milestone(self->fixture, "2022-03", 12);
    READINGS(self, "2020-04", 14.2, 13.8, 14.9, 13.1, 14.4, 25.9, 13.7, (double)NAN, (double)NAN, 14.8, 13.5, 14.1, 13.3, 14.6,
             13.9, 12.4, 13.6, 13.0);
    fixture_event(self->fixture, "2020-09", "Flooding closed the office");
    ((WmEvent *)(void *)self->fixture->events->data)[0].kind = WM_EVENT_OUTLIER;
}

static void proportions(SpcFixture *self, double shift)
{
    static const double DENOMINATORS[] = {52, 61, 48, 75, 80, 44, 39, 66, 58, 71, 90, 35,
                                          47, 62, 70, 55, 81, 40, 66, 59, 73, 88, 51, 64};
    for (size_t i = 0; i < G_N_ELEMENTS(DENOMINATORS); i++) {
        const double wobble = sin((double)(i * i) * 1.7) * 0.06 + (i > 16 ? shift : 0);
        const double numerator = round(DENOMINATORS[i] * (0.62 + wobble));
        WmPeriod period = {WM_PERIOD_NONE, 0};
        wm_period_parse("2020-04", WM_PERIOD_FINANCIAL_YEAR, &period);
        const WmReading reading = {wm_period_step(period, (int)i), 100 * numerator / DENOMINATORS[i], numerator, DENOMINATORS[i],
                                   WM_FINAL};
        g_array_append_val(self->fixture->readings, reading);
    }
    fixture_milestone(self->fixture, "2022-03", 60);
}

static void p_chart_varying_limits(SpcFixture *self)
{
    proportions(self, 0);
}

static void p_chart_many_signals(SpcFixture *self)
{
    proportions(self, 0.2);
}

static void constant_at_100(SpcFixture *self)
{
    fixture_milestone(self->fixture, "2022-03", 95);
    READINGS(self, "2021-01", 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100);
}

static void ties(SpcFixture *self)
{
    READINGS(self, "2021-01", 50, 50, 51, 51, 50, 50, 51, 50, 50, 51, 51, 50, 50, 51);
    fixture_milestone(self->fixture, "2022-03", 51);
}

static void one_reading(SpcFixture *self)
{
    READINGS(self, "2021-01", 47.3);
}

static void two_readings(SpcFixture *self)
{
    READINGS(self, "2021-01", 47.3, 51.2);
    fixture_milestone(self->fixture, "2022-03", 60);
}

static void four_readings(SpcFixture *self)
{
    READINGS(self, "2021-01", 47.3, 51.2, 49.0, 50.4);
    fixture_milestone(self->fixture, "2022-03", 60);
}

static void nothing(SpcFixture *self)
{
    (void)self;
}

static void always_met(SpcFixture *self)
{
    fixture_measure(self->fixture, WM_KIND_SCORE, "points", WM_POLARITY_HIGHER, WM_FREQUENCY_QUARTER, 2);
    fixture_milestone(self->fixture, "2022-03", 2);
    READINGS(self, "Q1 2018/19", 4.12, 4.08, 4.22, 4.15, 4.01, 4.19, 4.25, 4.11, 4.09, 4.18, 4.14, 4.2, 4.07, 4.16);
}

static void moving_target(SpcFixture *self)
{
    fixture_baseline(self->fixture, "2020-03", 40, WM_BASELINE_EXACT);
    fixture_milestone(self->fixture, "2022-06", 70);
    READINGS(self, "2020-04", 39.1, 41.4, 40.0, 42.2, 44.0, 43.8, 46.2, 45.1, 48.3, 47.0, 49.9, 50.4, 50.9, 53.2, 52.0, 55.1, 54.3,
             57.8);
    self->options.target_shape = WM_SPC_TARGET_MOVING;
}

static void many_readings(SpcFixture *self)
{
    fixture_measure(self->fixture, WM_KIND_COUNT, "", WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, 0);
    double values[300];
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = 220 + round(30 * sin((double)(i * 7919 % 1000))) + (i > 200 ? -25 : 0);
    fixture_readings(self->fixture, "1999-01", values, G_N_ELEMENTS(values));
}

static void run_chart(SpcFixture *self)
{
    READINGS(self, "2020-04", 48.1, 50.4, 47.0, 52.2, 49.0, 51.8, 48.2, 50.1, 53.3, 49.0, 51.9, 47.4, 55.9, 56.2, 57.0, 55.1, 56.3,
             54.8, 57.4, 56.2, 58.1, 57.2);
    self->options.chart = WM_SPC_RUN;
    self->options.rules = WM_SPC_ANHOEJ;
}

static void many_phases(SpcFixture *self)
{
    double values[72];
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = 30 + 9 * (double)(i / 12) + 3 * sin((double)(i * i));
    fixture_readings(self->fixture, "2016-01", values, G_N_ELEMENTS(values));
    for (int year = 2017; year < 2022; year++)
        fixture_event(self->fixture, (const char *[]){"2017-01", "2018-01", "2019-01", "2020-01", "2021-01"}[year - 2017],
                      "Definition changed");
    for (guint i = 0; i < self->fixture->events->len; i++)
        ((WmEvent *)(void *)self->fixture->events->data)[i].kind = WM_EVENT_BREAK;
    fixture_milestone(self->fixture, "2022-03", 78);
}

static void rare_counts(SpcFixture *self)
{
    fixture_measure(self->fixture, WM_KIND_COUNT, "incidents", WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, 0);
    READINGS(self, "2020-04", 0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 1, 0, 0, 3, 0, 1, 0, 0, 0, 0, 6, 0, 1, 0);
}

const SpcCase SPC_CASES[] = {
    {"improving_below_target", improving_below_target},
    {"concern_outside", concern_outside},
    {"neutral_trend", neutral_trend},
    {"stepped_target_two_phases", stepped_target_two_phases},
    {"excluded_and_missing", excluded_and_missing},
    {"p_chart_varying_limits", p_chart_varying_limits},
    {"p_chart_many_signals", p_chart_many_signals},
    {"constant_at_100", constant_at_100},
    {"ties", ties},
    {"one_reading", one_reading},
    {"two_readings", two_readings},
    {"four_readings", four_readings},
    {"nothing", nothing},
    {"always_met", always_met},
    {"moving_target", moving_target},
    {"many_readings", many_readings},
    {"run_chart", run_chart},
    {"many_phases", many_phases},
    {"rare_counts", rare_counts},
};
const size_t N_SPC_CASES = G_N_ELEMENTS(SPC_CASES);

/* Chart what the fixture has: assessed as at the end of 2022, when every case is over. */
static SpcFixture *charted(SpcFixture *self)
{
    const WmSpcOptions by_measure = wm_series_spc_options(&self->fixture->series);
    self->options.kind = by_measure.kind;
    self->options.polarity = by_measure.polarity;
    self->options.low = by_measure.low;
    self->options.high = by_measure.high;
    wm_series_spc_points(&self->fixture->series, self->points);
    for (size_t i = 0; i < self->fixture->series.n_readings && self->options.target_shape == WM_SPC_TARGET_MOVING; i++)
        self->points[i].target =
            wm_trajectory_at(&self->fixture->series.trajectory, wm_reading_months(&self->fixture->series.readings[i]));
    self->scratch = wm_spc_scratch_new();
    g_assert_cmpint(wm_spc_analyse(self->points, self->fixture->series.n_readings, &self->options, self->scratch, &self->spc), ==,
                    WM_OK);
    return self;
}

SpcFixture *spc_fixture_new(const SpcCase *test)
{
    SpcFixture *self = g_new0(SpcFixture, 1);
    self->fixture = fixture_new();
    self->options = wm_spc_options_default();
    test->make(self);
    fixture_assess(self->fixture, "2024-12-31");
    self->options.fewest = wm_series_spc_options(&self->fixture->series).fewest; /* what a plan's charts are judged by */
    return charted(self);
}

SpcFixture *spc_fixture_random(guint32 seed)
{
    SpcFixture *self = g_new0(SpcFixture, 1);
    self->fixture = fixture_random(seed);
    self->options = wm_spc_options_default();
    self->options.rules = (WmSpcRules)(seed % WM_N_SPC_RULES);
    self->options.chart = seed % 5 == 0 ? WM_SPC_RUN : WM_SPC_AUTO;
    self->options.target_shape = seed % 7 == 0 ? WM_SPC_TARGET_MOVING : WM_SPC_TARGET_STEPPED;
    for (guint i = 0; i < self->fixture->events->len; i++)
        ((WmEvent *)(void *)self->fixture->events->data)[i].kind = (WmEventKind)((seed + i) % WM_N_EVENT_KINDS);
    return charted(self);
}

void spc_fixture_free(SpcFixture *self)
{
    if (!self)
        return;
    fixture_free(self->fixture);
    wm_spc_scratch_free(self->scratch);
    g_free(self);
}
