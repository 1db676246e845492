/* What kind of number an indicator is, when a target is met, and the names that files use. */
#include <waymark/reading.h>
#include <waymark/series.h>

#include <math.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

typedef struct {
    const char *name;
    WmKind kind;
    WmPolarity polarity;
    int decimals;
    double tolerance; /* NAN: the default */
    double value, target;
    bool is_met;
} MetCase;

static const MetCase MET[] = {
    {"exactly at the target", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 1, NAN, 40, 40, true},
    {"39.95 is published as 40.0", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 1, NAN, 39.95, 40, true},
    {"39.94 is published as 39.9", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 1, NAN, 39.94, 40, false},
    {"39.95 at two decimals is short", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 2, NAN, 39.95, 40, false},
    {"39.5 at no decimals is 40", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 0, NAN, 39.5, 40, true},
    {"higher has no tolerance", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 1, 5, 39, 40, false},
    {"above, where higher is better", WM_KIND_COUNT, WM_POLARITY_HIGHER, 0, NAN, 151, 150, true},
    {"above, where lower is better", WM_KIND_COUNT, WM_POLARITY_LOWER, 0, NAN, 151, 150, false},
    {"below, where lower is better", WM_KIND_DURATION, WM_POLARITY_LOWER, 0, NAN, 11, 12, true},
    {"12.04 weeks are published as 12.0", WM_KIND_DURATION, WM_POLARITY_LOWER, 1, NAN, 12.04, 12, true},
    {"12.05 weeks are published as 12.1", WM_KIND_DURATION, WM_POLARITY_LOWER, 1, NAN, 12.05, 12, false},
    {"121 of a target of 121.6", WM_KIND_COUNT, WM_POLARITY_LOWER, 0, NAN, 121, 121.6, true},
    {"122 of a target of 121.6", WM_KIND_COUNT, WM_POLARITY_LOWER, 0, NAN, 122, 121.6, false},
    {"a sum of tenths is not held against it", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 1, NAN, 0.3, 0.1 + 0.2, true},
    {"a derived target counts as it is printed", WM_KIND_DURATION, WM_POLARITY_LOWER, 1, NAN, 14.5, 14.49975, true},
    {"negative scores, higher is better", WM_KIND_SCORE, WM_POLARITY_HIGHER, 2, NAN, -1.14, -1.15, true},
    {"negative scores, short", WM_KIND_SCORE, WM_POLARITY_HIGHER, 2, NAN, -1.16, -1.15, false},
    {"plan: within the default point", WM_KIND_PERCENT, WM_POLARITY_PLAN, 1, NAN, 11, 10, true},
    {"plan: below within the point", WM_KIND_PERCENT, WM_POLARITY_PLAN, 1, NAN, 9, 10, true},
    {"plan: over the point", WM_KIND_PERCENT, WM_POLARITY_PLAN, 1, NAN, 11.1, 10, false},
    {"plan: a tolerance of its own", WM_KIND_PERCENT, WM_POLARITY_PLAN, 1, 0.5, 10.6, 10, false},
    {"plan: 2% of a count of 100", WM_KIND_COUNT, WM_POLARITY_PLAN, 0, NAN, 102, 100, true},
    {"plan: over 2% of a count of 100", WM_KIND_COUNT, WM_POLARITY_PLAN, 0, NAN, 103, 100, false},
    {"a deliverable that is done", WM_KIND_YES_NO, WM_POLARITY_PLAN, 0, NAN, 1, 1, true},
    {"a deliverable that is not", WM_KIND_YES_NO, WM_POLARITY_PLAN, 0, NAN, 0, 1, false},
    {"no polarity is never met", WM_KIND_PERCENT, WM_POLARITY_NONE, 1, NAN, 50, 40, false},
    {"no value is never met", WM_KIND_PERCENT, WM_POLARITY_LOWER, 1, NAN, NAN, 40, false},
    {"no target is never met", WM_KIND_PERCENT, WM_POLARITY_LOWER, 1, NAN, 40, NAN, false},
    {"zero meets zero", WM_KIND_PERCENT, WM_POLARITY_LOWER, 0, NAN, 0, 0, true},
    {"huge values compare", WM_KIND_MONEY, WM_POLARITY_HIGHER, 0, NAN, 1e15, 1e15, true},
    {"an infinity is no value", WM_KIND_MONEY, WM_POLARITY_HIGHER, 0, NAN, INFINITY, 10, false},
};

static void a_target_is_met_or_not(void **state)
{
    const MetCase *row = *state;
    WmMeasure measure = measure_of(row->kind, row->polarity, WM_FREQUENCY_MONTH, row->decimals);
    measure.tolerance = row->tolerance;
    assert_int_equal(wm_measure_is_met(&measure, row->value, row->target), row->is_met);
}

static void turning_polarity_and_signs_changes_nothing(void **state)
{
    (void)state;
    Random random = {21};
    for (int i = 0; i < 5000; i++) {
        const int decimals = random_between(&random, 0, 3);
        const WmMeasure higher = measure_of(WM_KIND_SCORE, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, decimals);
        const WmMeasure lower = measure_of(WM_KIND_SCORE, WM_POLARITY_LOWER, WM_FREQUENCY_MONTH, decimals);
        const double value = random_normal(&random), target = random_between(&random, -2, 2);
        assert_int_equal(wm_measure_is_met(&higher, value, target), wm_measure_is_met(&lower, -value, -target));
    }
}

static void tolerance_and_near_are_those_of_the_kind_unless_given(void **state)
{
    (void)state;
    WmMeasure measure = percent_measure();
    assert_near(wm_measure_tolerance(&measure, 40), 1, 0);
    assert_near(wm_measure_near(&measure, 40), 5, 0);
    measure.kind = WM_KIND_COUNT;
    assert_near(wm_measure_tolerance(&measure, -150), 3, 1e-12);
    assert_near(wm_measure_near(&measure, -150), 15, 1e-12);
    assert_near(wm_measure_tolerance(&measure, 0), 0, 0);
    measure.tolerance = 0;
    measure.near = 2.5;
    assert_near(wm_measure_tolerance(&measure, -150), 0, 0);
    assert_near(wm_measure_near(&measure, -150), 2.5, 0);
}

typedef struct {
    const char *name;
    WmFrequency frequency;
    WmPeriodKind kind;
    bool is_yearly;
} FrequencyCase;

static const FrequencyCase FREQUENCIES[] = {
    {"month", WM_FREQUENCY_MONTH, WM_PERIOD_MONTH, false},
    {"quarter", WM_FREQUENCY_QUARTER, WM_PERIOD_QUARTER, false},
    {"term", WM_FREQUENCY_TERM, WM_PERIOD_TERM, false},
    {"half", WM_FREQUENCY_HALF, WM_PERIOD_HALF, false},
    {"year", WM_FREQUENCY_YEAR, WM_PERIOD_YEAR, true},
    {"academic_year", WM_FREQUENCY_ACADEMIC_YEAR, WM_PERIOD_ACADEMIC_YEAR, true},
    {"financial_year", WM_FREQUENCY_FINANCIAL_YEAR, WM_PERIOD_FINANCIAL_YEAR, true},
    {"once", WM_FREQUENCY_ONCE, WM_PERIOD_DAY, true},
};

static void a_frequency_has_its_name_and_period(void **state)
{
    const FrequencyCase *row = *state;
    WmFrequency frequency = WM_N_FREQUENCIES;
    assert_string_equal(wm_frequency_name(row->frequency), row->name);
    assert_true(wm_frequency_parse(row->name, &frequency));
    assert_int_equal(frequency, row->frequency);
    assert_int_equal(wm_frequency_period_kind(row->frequency), row->kind);
    assert_int_equal(wm_frequency_is_yearly(row->frequency), row->is_yearly);
}

typedef struct {
    const char *name;
    WmReadingState state;
    bool has_value;
} StateCase;

static const StateCase STATES[] = {
    {"final", WM_FINAL, true},
    {"provisional", WM_PROVISIONAL, true},
    {"revised", WM_REVISED, true},
    {"suppressed", WM_SUPPRESSED, false},
    {"not_applicable", WM_NOT_APPLICABLE, false},
    {"not_available", WM_NOT_AVAILABLE, false},
    {"low", WM_LOW, false},
    {"missing", WM_MISSING, false},
};

static void only_three_states_carry_a_value(void **state)
{
    const StateCase *row = *state;
    WmReadingState parsed = WM_N_READING_STATES;
    assert_string_equal(wm_reading_state_name(row->state), row->name);
    assert_true(wm_reading_state_parse(row->name, &parsed));
    assert_int_equal(parsed, row->state);
    assert_int_equal(wm_reading_state_has_value(row->state), row->has_value);
}

static const char *const KIND_NAMES[] = {"count", "percent", "rate", "duration", "score", "money", "yes_no", "text"};
static const int KIND_DECIMALS[] = {0, 1, 1, 1, 1, 0, 0, 0};
static const char *const POLARITY_NAMES[] = {"higher", "lower", "plan", "none"};
static const char *const QUALIFIER_NAMES[] = {"exact", "less_than", "greater_than", "approx", "tbc", "new_measure", "none"};
static const char *const EVENT_NAMES[] = {"break", "intervention", "outlier"};

static void kinds_have_the_names_of_the_contract(void **state)
{
    (void)state;
    assert_int_equal(N_ELEMENTS(KIND_NAMES), WM_N_KINDS);
    for (int i = 0; i < WM_N_KINDS; i++) {
        WmKind kind = WM_N_KINDS;
        assert_string_equal(wm_kind_name((WmKind)i), KIND_NAMES[i]);
        assert_true(wm_kind_parse(KIND_NAMES[i], &kind));
        assert_int_equal(kind, i);
        assert_int_equal(wm_kind_default_decimals(kind), KIND_DECIMALS[i]);
    }
}

static void polarities_qualifiers_and_events_have_the_names_of_the_contract(void **state)
{
    (void)state;
    assert_int_equal(N_ELEMENTS(POLARITY_NAMES), WM_N_POLARITIES);
    for (int i = 0; i < WM_N_POLARITIES; i++)
        assert_string_equal(wm_polarity_name((WmPolarity)i), POLARITY_NAMES[i]);
    assert_int_equal(N_ELEMENTS(QUALIFIER_NAMES), WM_N_BASELINE_QUALIFIERS);
    for (int i = 0; i < WM_N_BASELINE_QUALIFIERS; i++) {
        WmBaselineQualifier qualifier = WM_N_BASELINE_QUALIFIERS;
        assert_string_equal(wm_baseline_qualifier_name((WmBaselineQualifier)i), QUALIFIER_NAMES[i]);
        assert_true(wm_baseline_qualifier_parse(QUALIFIER_NAMES[i], &qualifier));
        assert_int_equal(qualifier, i);
    }
    for (int i = 0; i < WM_N_EVENT_KINDS; i++)
        assert_string_equal(wm_event_kind_name((WmEventKind)i), EVENT_NAMES[i]);
}

static void an_unknown_name_leaves_the_value_alone(void **state)
{
    (void)state;
    WmPolarity polarity = WM_POLARITY_PLAN;
    assert_false(wm_polarity_parse("up", &polarity));
    assert_false(wm_polarity_parse("", &polarity));
    assert_false(wm_polarity_parse(NULL, &polarity));
    assert_int_equal(polarity, WM_POLARITY_PLAN);
    assert_true(wm_polarity_parse("HIGHER", &polarity));
    assert_int_equal(polarity, WM_POLARITY_HIGHER);
}

static void the_sign_follows_the_polarity(void **state)
{
    (void)state;
    assert_int_equal(wm_polarity_sign(WM_POLARITY_HIGHER), 1);
    assert_int_equal(wm_polarity_sign(WM_POLARITY_LOWER), -1);
    assert_int_equal(wm_polarity_sign(WM_POLARITY_PLAN), 0);
    assert_int_equal(wm_polarity_sign(WM_POLARITY_NONE), 0);
}

static void a_reading_stands_at_its_periods_end(void **state)
{
    (void)state;
    const WmReading year = reading_of("2021", 1), month = reading_of("Dec 2021", 1), academic = reading_of("AY 2020/21", 1);
    assert_near(wm_reading_months(&year), 2021 * 12 + 12, 0);
    assert_near(wm_reading_months(&month), wm_reading_months(&year), 0);
    assert_near(wm_reading_months(&academic), 2021 * 12 + 8, 0);
}

int main(void)
{
    ADD_TABLE(MET, a_target_is_met_or_not);
    ADD(turning_polarity_and_signs_changes_nothing);
    ADD(tolerance_and_near_are_those_of_the_kind_unless_given);
    ADD_TABLE(FREQUENCIES, a_frequency_has_its_name_and_period);
    ADD_TABLE(STATES, only_three_states_carry_a_value);
    ADD(kinds_have_the_names_of_the_contract);
    ADD(polarities_qualifiers_and_events_have_the_names_of_the_contract);
    ADD(an_unknown_name_leaves_the_value_alone);
    ADD(the_sign_follows_the_polarity);
    ADD(a_reading_stands_at_its_periods_end);
    return run_cases("reading");
}
