/* The series that a chart must bear: the ordinary ones, and those that break charts. */
#include <math.h>

#include "plot/fixture_series.h"

#define READINGS(self, from, ...)                                       \
    do {                                                                \
        const double values[] = {__VA_ARGS__};                          \
        fixture_readings((self), (from), values, G_N_ELEMENTS(values)); \
    } while (0)

static SeriesFixture *behind_plan(void)
{
    SeriesFixture *self = fixture_new();
    self->series.is_illustrative = true;
    fixture_baseline(self, "2020-03", 41, WM_BASELINE_EXACT);
    fixture_milestone(self, "2021-01", 60);
    fixture_milestone(self, "2022-01", 75);
    fixture_milestone(self, "2023-01", 90);
    READINGS(self, "2020-06", 42.1, 43.4, 41.0, 45.2, 46.0, 48.8, 47.2, 50.1, 52.3, 51.0, (double)NAN, (double)NAN, 54.9, 56.2,
             55.0, 58.1, 57.3, 60.0, 61.4, 60.2);
    fixture_reading(self, "2022-02", 63.1, WM_FINAL);
    fixture_reading(self, "2022-03", 64.7, WM_PROVISIONAL);
    fixture_revision(self, "2020-11", 44.0, 48.8);
    fixture_comparator(self, "national", "2021", 59.9);
    fixture_comparator(self, "statistical_neighbour", "2021", 57.2);
    fixture_event(self, "2020-04", "First lockdown");
    fixture_event(self, "2021-04", "New casework system");
    fixture_assess(self, "2022-04-30");
    return self;
}

static SeriesFixture *yearly_missed(void)
{
    SeriesFixture *self = fixture_new();
    fixture_measure(self, WM_KIND_PERCENT, "%", WM_POLARITY_HIGHER, WM_FREQUENCY_YEAR, 1);
    fixture_baseline(self, "2019", 39.4, WM_BASELINE_EXACT);
    fixture_milestone(self, "2021-01", 55);
    fixture_milestone(self, "2022-01", 75);
    fixture_milestone(self, "2024-01", 90);
    READINGS(self, "2017", 62.5, 55.0, 39.4, 47.9, 64.7);
    fixture_comparator(self, "national", "2021", 59.9);
    fixture_assess(self, "2022-05-31");
    return self;
}

static SeriesFixture *on_plan(void)
{
    SeriesFixture *self = fixture_new();
    fixture_baseline(self, "2021-12", 30, WM_BASELINE_EXACT);
    fixture_milestone(self, "2022-12", 50);
    fixture_milestone(self, "2023-12", 70);
    READINGS(self, "2022-01", 31, 34.5, 35, 36.2, 39.9, 39, 42, 44.1, 44, 47.5, 49, 51.2, 52, 54.1, 55);
    fixture_assess(self, "2023-04-30");
    return self;
}

static SeriesFixture *lower_is_better(void)
{
    SeriesFixture *self = fixture_new();
    self->series.title = "Average wait for a speech and language assessment";
    self->series.source = "Community health services data set";
    fixture_measure(self, WM_KIND_DURATION, "weeks", WM_POLARITY_LOWER, WM_FREQUENCY_QUARTER, 1);
    fixture_baseline(self, "2020-03", 26, WM_BASELINE_GREATER_THAN);
    fixture_milestone(self, "2021-03", 18);
    fixture_milestone(self, "2022-03", 12);
    READINGS(self, "Q1 2020/21", 31.2, 29.8, 30.5, 27.0, 24.1, 22.9);
    fixture_comparator(self, "nice_guideline", "", 13);
    fixture_assess(self, "2021-11-30");
    return self;
}

static SeriesFixture *no_readings(void)
{
    SeriesFixture *self = fixture_new();
    fixture_baseline(self, "2022-09", 50, WM_BASELINE_LESS_THAN);
    fixture_milestone(self, "2023-09", 65);
    fixture_milestone(self, "2024-09", 80);
    fixture_assess(self, "2023-02-28");
    return self;
}

static SeriesFixture *nothing_at_all(void)
{
    SeriesFixture *self = fixture_new();
    fixture_assess(self, "2023-02-28");
    return self;
}

static SeriesFixture *one_reading(void)
{
    SeriesFixture *self = fixture_new();
    fixture_reading(self, "2023-01", 47.3, WM_FINAL);
    fixture_milestone(self, "2023-12", 60);
    fixture_assess(self, "2023-02-28");
    return self;
}

static SeriesFixture *one_reading_alone(void)
{
    SeriesFixture *self = fixture_new();
    fixture_reading(self, "2023-01", 0, WM_FINAL);
    fixture_assess(self, "2023-02-28");
    return self;
}

static SeriesFixture *all_equal(void)
{
    SeriesFixture *self = fixture_new();
    READINGS(self, "2022-01", 100, 100, 100, 100, 100, 100, 100, 100, 100, 100);
    fixture_baseline(self, "2021-12", 100, WM_BASELINE_EXACT);
    fixture_milestone(self, "2023-12", 100);
    fixture_assess(self, "2022-11-30");
    return self;
}

static SeriesFixture *no_path(void)
{
    SeriesFixture *self = fixture_new();
    fixture_measure(self, WM_KIND_COUNT, "children", WM_POLARITY_NONE, WM_FREQUENCY_ACADEMIC_YEAR, 0);
    self->series.title = "Children and young people with an EHC plan";
    READINGS(self, "AY 2014/15", 1210, 1322, 1405, 1688, 1890, 2315, 2777, 3102, 3590);
    fixture_event(self, "AY 2019/20", "Pandemic");
    fixture_assess(self, "2024-01-31");
    return self;
}

static SeriesFixture *long_titles(void)
{
    SeriesFixture *self = behind_plan();
    self->series.title =
        "Proportion of education, health and care plans, excluding exceptions, for which the final plan was issued within "
        "the statutory twenty weeks of the request being received by the local authority or its commissioned partner";
    self->series.unit_name = "Bournemouth, Christchurch and Poole Integrated Care Partnership Board Area";
    self->series.cohort = "Children looked after aged 5 to 10 with autistic spectrum disorder";
    self->series.source =
        "Department for Education, Education, health and care plans: England, SEN2 return, table 4 (statutory timescales)";
    return self;
}

static SeriesFixture *negative_values(void)
{
    SeriesFixture *self = fixture_new();
    self->series.title = "Progress 8 of pupils with SEN support";
    fixture_measure(self, WM_KIND_SCORE, "", WM_POLARITY_HIGHER, WM_FREQUENCY_ACADEMIC_YEAR, 2);
    fixture_baseline(self, "AY 2016/17", -0.54, WM_BASELINE_APPROX);
    fixture_milestone(self, "2022-08", -0.2);
    READINGS(self, "AY 2016/17", -0.54, -0.51, -0.47, (double)NAN, (double)NAN, -0.52);
    fixture_assess(self, "2022-06-30");
    return self;
}

static SeriesFixture *tiny_numbers(void)
{
    SeriesFixture *self = fixture_new();
    self->series.title = "Permanent exclusions a pupil";
    fixture_measure(self, WM_KIND_RATE, "", WM_POLARITY_LOWER, WM_FREQUENCY_TERM, 4);
    fixture_baseline(self, "2021-08", 0.0013, WM_BASELINE_EXACT);
    fixture_milestone(self, "2023-08", 0.0008);
    READINGS(self, "Autumn term 2021/22", 0.0012, 0.0011, 0.0012, 0.0010);
    fixture_assess(self, "2023-01-31");
    return self;
}

static SeriesFixture *millions(void)
{
    SeriesFixture *self = fixture_new();
    self->series.title = "High needs block deficit";
    fixture_measure(self, WM_KIND_MONEY, "£", WM_POLARITY_LOWER, WM_FREQUENCY_FINANCIAL_YEAR, 0);
    fixture_baseline(self, "2018/19", 2400000, WM_BASELINE_EXACT);
    fixture_milestone(self, "2024-03", 7000000);
    fixture_milestone(self, "2026-03", 4000000);
    READINGS(self, "2018/19", 2400000, 4100000, 6850000, 8030000, 10012345);
    fixture_assess(self, "2023-06-30");
    return self;
}

static SeriesFixture *crowded_milestones(void)
{
    SeriesFixture *self = fixture_new();
    fixture_baseline(self, "2022-01", 20, WM_BASELINE_EXACT);
    static const char *const DUE[] = {"2022-07", "2022-08", "2022-09", "2022-10", "2022-11", "2022-12",
                                      "2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06"};
    for (size_t i = 0; i < G_N_ELEMENTS(DUE); i++)
        fixture_milestone(self, DUE[i], 30 + 5.0 * (double)i);
    READINGS(self, "2022-02", 22, 21, 25, 27, 29, 33, 36, 38, 44);
    fixture_assess(self, "2022-11-15");
    return self;
}

/* Twelve due in one month, right above each other. */
static SeriesFixture *stacked_milestones(void)
{
    SeriesFixture *self = fixture_new();
    fixture_baseline(self, "2022-01", 20, WM_BASELINE_EXACT);
    for (size_t i = 0; i < 12; i++)
        fixture_milestone(self, "2023-01", 60 + 2.0 * (double)i);
    READINGS(self, "2022-02", 22, 21, 25, 27, 29, 33, 36, 38, 44);
    fixture_assess(self, "2022-11-15");
    return self;
}

static SeriesFixture *three_hundred_readings(void)
{
    SeriesFixture *self = fixture_new();
    self->series.title = "Referral to treatment within 18 weeks";
    fixture_baseline(self, "2015-01", 80, WM_BASELINE_EXACT);
    fixture_milestone(self, "2026-03", 92);
    double values[300];
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = 78 + 12 * sin((double)i / 40) + 3 * sin((double)i * 2.1) + 2 * cos((double)i * 0.7);
    fixture_readings(self, "2000-01", values, G_N_ELEMENTS(values));
    fixture_event(self, "2008-04", "Standard introduced");
    fixture_event(self, "2020-03", "Pandemic");
    fixture_event(self, "2021-01", "Counting rules changed for community waits");
    fixture_assess(self, "2025-01-31");
    return self;
}

static SeriesFixture *last_held(void)
{
    SeriesFixture *self = fixture_new();
    fixture_baseline(self, "2020-12", 62, WM_BASELINE_EXACT);
    fixture_milestone(self, "2021-06", 75);
    fixture_milestone(self, "2021-12", 90);
    READINGS(self, "2021-01", 64, 66, 70, 69, 74, 77, 80, 84, 85, 88, 90, 92, 93.5, 94, 95);
    fixture_assess(self, "2022-04-30");
    return self;
}

static SeriesFixture *met_late(void)
{
    SeriesFixture *self = fixture_new();
    fixture_baseline(self, "2020-12", 62, WM_BASELINE_EXACT);
    fixture_milestone(self, "2021-06", 90);
    READINGS(self, "2021-01", 64, 66, 70, 69, 74, 77, 80, 84, 85, 88, 90, 92, 93.5, 94, 95);
    fixture_assess(self, "2022-04-30");
    return self;
}

static SeriesFixture *closest_to_plan(void)
{
    SeriesFixture *self = fixture_new();
    self->series.title = "Caseworkers in post";
    fixture_measure(self, WM_KIND_COUNT, "people", WM_POLARITY_PLAN, WM_FREQUENCY_QUARTER, 0);
    fixture_baseline(self, "2021-03", 18, WM_BASELINE_EXACT);
    fixture_milestone(self, "2022-03", 24);
    fixture_milestone(self, "2023-03", 24);
    READINGS(self, "Q1 2021/22", 18, 20, 23, 25, 27, 26);
    fixture_assess(self, "2022-11-30");
    return self;
}

static SeriesFixture *a_deliverable(void)
{
    SeriesFixture *self = fixture_new();
    self->series.title = "Joint commissioning strategy published";
    fixture_measure(self, WM_KIND_YES_NO, "", WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 0);
    self->series.measure.high = 1;
    fixture_milestone(self, "2022-06", 1);
    READINGS(self, "2022-01", 0, 0, 0, 0, 0, 0, 1, 1);
    fixture_assess(self, "2022-09-30");
    return self;
}

static SeriesFixture *three_readings_wide_fan(void)
{
    SeriesFixture *self = fixture_new();
    fixture_measure(self, WM_KIND_COUNT, "referrals", WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, 0);
    self->series.title = "Referrals waiting";
    fixture_baseline(self, "2022-01", 240, WM_BASELINE_EXACT);
    fixture_milestone(self, "2022-12", 120);
    READINGS(self, "2022-02", 231, 247, 222);
    fixture_assess(self, "2022-05-20");
    return self;
}

static SeriesFixture *suppressed_often(void)
{
    SeriesFixture *self = fixture_new();
    fixture_measure(self, WM_KIND_COUNT, "pupils", WM_POLARITY_LOWER, WM_FREQUENCY_TERM, 0);
    self->series.title = "Suspensions of pupils with an EHC plan";
    fixture_reading(self, "Autumn term 2018/19", 14, WM_FINAL);
    fixture_reading(self, "Spring term 2018/19", (double)NAN, WM_SUPPRESSED);
    fixture_reading(self, "Summer term 2018/19", 11, WM_FINAL);
    fixture_reading(self, "Autumn term 2019/20", 13, WM_FINAL);
    fixture_reading(self, "Autumn term 2020/21", 8, WM_FINAL);
    fixture_reading(self, "Spring term 2020/21", (double)NAN, WM_LOW);
    fixture_reading(self, "Summer term 2020/21", 9, WM_REVISED);
    fixture_reading(self, "Autumn term 2021/22", (double)NAN, WM_SUPPRESSED);
    fixture_revision(self, "Summer term 2020/21", 6, 9);
    fixture_baseline(self, "2019-08", 14, WM_BASELINE_EXACT);
    fixture_milestone(self, "2022-08", 6);
    fixture_assess(self, "2022-03-31");
    return self;
}

static SeriesFixture *many_comparators(void)
{
    SeriesFixture *self = behind_plan();
    fixture_comparator(self, "upper_quartile", "2021", 60.4);
    fixture_comparator(self, "south_west", "2021", 58.0);
    fixture_comparator(self, "peer_median", "", 59.0);
    self->series.comparators = (const WmComparator *)(void *)self->comparators->data;
    self->series.n_comparators = self->comparators->len;
    return self;
}

const SeriesCase SERIES_CASES[] = {
    {"behind_plan", behind_plan},
    {"yearly_missed", yearly_missed},
    {"on_plan", on_plan},
    {"lower_is_better", lower_is_better},
    {"no_readings", no_readings},
    {"nothing_at_all", nothing_at_all},
    {"one_reading", one_reading},
    {"one_reading_alone", one_reading_alone},
    {"all_equal", all_equal},
    {"no_path", no_path},
    {"long_titles", long_titles},
    {"negative_values", negative_values},
    {"tiny_numbers", tiny_numbers},
    {"millions", millions},
    {"crowded_milestones", crowded_milestones},
    {"stacked_milestones", stacked_milestones},
    {"three_hundred_readings", three_hundred_readings},
    {"last_held", last_held},
    {"met_late", met_late},
    {"closest_to_plan", closest_to_plan},
    {"a_deliverable", a_deliverable},
    {"three_readings_wide_fan", three_readings_wide_fan},
    {"suppressed_often", suppressed_often},
    {"many_comparators", many_comparators},
};
const size_t N_SERIES_CASES = G_N_ELEMENTS(SERIES_CASES);

/* From 0 to 1. */
static double any(GRand *random)
{
    return g_rand_double(random);
}

static void random_readings(SeriesFixture *self, GRand *random, WmPeriod period, double level, double size)
{
    static const int LENGTHS[] = {0, 1, 3, 6, 12, 24, 60, 300};
    const int n = LENGTHS[g_rand_int_range(random, 0, G_N_ELEMENTS(LENGTHS))];
    const double slope = (any(random) - 0.4) * size * 0.05, noise = any(random) * size * 0.1;
    for (int i = 0; i < n && wm_day_to_date(wm_period_end(period)).year < WM_YEAR_MAX; i++, period = wm_period_step(period, 1)) {
        char text[WM_PERIOD_TEXT];
        wm_period_format(period, text);
        const double value = fmax(level + slope * i + (any(random) - 0.5) * noise, self->series.measure.low);
        if (any(random) < 0.05)
            continue;
        fixture_reading(self, text, any(random) < 0.05 ? (double)NAN : fmin(value, isnan(self->series.measure.high) ? value : 100),
                        any(random) < 0.1 ? WM_PROVISIONAL : WM_FINAL);
    }
}

SeriesFixture *fixture_random(guint32 seed)
{
    static const WmFrequency FREQUENCIES[] = {WM_FREQUENCY_MONTH, WM_FREQUENCY_MONTH, WM_FREQUENCY_QUARTER,
                                              WM_FREQUENCY_TERM,  WM_FREQUENCY_YEAR,  WM_FREQUENCY_ACADEMIC_YEAR};
    static const char *const NAMES[] = {"national", "statistical_neighbour", "upper_quartile"};
    GRand *random = g_rand_new_with_seed(seed);
    SeriesFixture *self = fixture_new();
    const bool is_percent = any(random) < 0.6;
    const WmFrequency frequency = FREQUENCIES[g_rand_int_range(random, 0, G_N_ELEMENTS(FREQUENCIES))];
    fixture_measure(self, is_percent ? WM_KIND_PERCENT : WM_KIND_SCORE, is_percent ? "%" : "points",
                    any(random) < 0.5 ? WM_POLARITY_HIGHER : WM_POLARITY_LOWER, frequency, 1);
    const double size = is_percent ? 50 : pow(10, any(random) * 10 - 3),
                 level = is_percent ? 20 + 50 * any(random) : size * (any(random) - 0.3);
    const WmPeriod first =
        wm_period_containing(wm_frequency_period_kind(frequency), wm_day_from_date(2015 + g_rand_int_range(random, 0, 5), 1, 15));
    random_readings(self, random, first, level, size);

    WmDay day = wm_period_end(first);
    char text[WM_PERIOD_TEXT];
    if (any(random) < 0.8)
        fixture_baseline(self, wm_day_format_iso(day, text), level, (WmBaselineQualifier)g_rand_int_range(random, 0, 4));
    for (int i = g_rand_int_range(random, 0, 13); i > 0; i--) {
        day = wm_day_month_end(day + 31 * g_rand_int_range(random, 1, 12));
        fixture_milestone(self, wm_day_format_iso(day, text), is_percent ? 100 * any(random) : level + size * any(random));
    }
    for (int i = g_rand_int_range(random, 0, 4); i > 0; i--)
        fixture_comparator(self, NAMES[i % 3], any(random) < 0.5 ? "2021" : "",
                           is_percent ? 40 + 10 * any(random) : level + size * any(random));
    for (int i = g_rand_int_range(random, 0, 5); i > 0; i--) {
        const WmPeriod period = wm_period_step(first, g_rand_int_range(random, 0, 20));
        fixture_event(self, wm_period_format(period, text), "A change of definition");
    }
    fixture_assess(self, "2024-06-30");
    g_rand_free(random);
    return self;
}
