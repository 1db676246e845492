/* Targets as plans print them: what they say, and what they come to. */
#include <waymark/value.h>

#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

typedef struct {
    const char *name; /* the text itself */
    WmKind measure;
    const char *measure_unit;
    double baseline;
    WmTargetKind kind;
    double number;
    double resolved; /* NAN: unresolved */
} TargetCase;

#define PERCENT  WM_KIND_PERCENT, "%"
#define WEEKS    WM_KIND_DURATION, "weeks"
#define SCHOOLS  WM_KIND_COUNT, "schools"
#define CHILDREN WM_KIND_COUNT, "children"
#define YES_NO   WM_KIND_YES_NO, ""
#define WORDS    WM_KIND_TEXT, "stage"

static const TargetCase TARGETS[] = {
    /* every form in the plans */
    {"75%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 75, 75},
    {"4.1%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 4.1, 4.1},
    {"0%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 0, 0},
    {"90%+", PERCENT, NAN, WM_TARGET_ABSOLUTE, 90, 90},
    {"27", PERCENT, NAN, WM_TARGET_ABSOLUTE, 27, 27},
    {"8.0", PERCENT, NAN, WM_TARGET_ABSOLUTE, 8, 8},
    {"12.00", PERCENT, NAN, WM_TARGET_ABSOLUTE, 12, 12},
    {"-1.30", WM_KIND_SCORE, "Progress 8 points", NAN, WM_TARGET_ABSOLUTE, -1.30, -1.30},
    {"900%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 900, NAN},
    {"100", SCHOOLS, NAN, WM_TARGET_ABSOLUTE, 100, 100},
    {"100 hub", WM_KIND_COUNT, "hubs", NAN, WM_TARGET_ABSOLUTE, 100, 100},
    {"five schools", SCHOOLS, NAN, WM_TARGET_ABSOLUTE, 5, 5},
    {"10-20 schools", SCHOOLS, NAN, WM_TARGET_RANGE, 10, NAN},
    {"up to 12 weeks", WEEKS, NAN, WM_TARGET_ABSOLUTE, 12, 12},
    {"12 weeks", WEEKS, NAN, WM_TARGET_ABSOLUTE, 12, 12},
    {"26 week timescale", WEEKS, NAN, WM_TARGET_ABSOLUTE, 26, 26},
    {"(a) 15 weeks", WEEKS, NAN, WM_TARGET_ABSOLUTE, 15, 15},
    {"(b) 20 months", WM_KIND_DURATION, "months", NAN, WM_TARGET_ABSOLUTE, 20, 20},
    {"(40)", WM_KIND_COUNT, "places", NAN, WM_TARGET_ABSOLUTE, 40, 40},
    {"80 in 2019", SCHOOLS, 56, WM_TARGET_ABSOLUTE, 80, 80},
    {"At least 3", WM_KIND_COUNT, "projects", NAN, WM_TARGET_ABSOLUTE, 3, 3},
    {"At least 50%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 50, 50},
    {"At or above 40%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 40, 40},
    {"consistently at or above 50%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 50, 50},
    {"5% of budget", PERCENT, NAN, WM_TARGET_ABSOLUTE, 5, 5},
    {"cap ... of 29% increase", PERCENT, NAN, WM_TARGET_ABSOLUTE, 29, 29},
    {"Year end figure = 7,473", CHILDREN, NAN, WM_TARGET_ABSOLUTE, 7473, 7473},
    {"All schools complete", PERCENT, NAN, WM_TARGET_ABSOLUTE, 100, 100},
    {"25 (80%)", CHILDREN, NAN, WM_TARGET_ABSOLUTE, 25, 25},
    {"25 (80%)", PERCENT, NAN, WM_TARGET_ABSOLUTE, 80, 80},
    {"statutory 4 week timeframe", PERCENT, NAN, WM_TARGET_ABSOLUTE, 4, NAN},
    {"17 \xC2\xBD years old", PERCENT, NAN, WM_TARGET_ABSOLUTE, 17.5, NAN},
    {"95% of baseline", WM_KIND_COUNT, "exclusions", 128, WM_TARGET_PERCENT_OF_BASELINE, 95, 121.6},
    {"75% of baseline", WM_KIND_COUNT, "exclusions", 128, WM_TARGET_PERCENT_OF_BASELINE, 75, 96},
    {"10% reduction", PERCENT, 100, WM_TARGET_REDUCTION_PERCENT, 10, 90},
    {"20% reduction in incidents", WM_KIND_COUNT, "incidents", 91, WM_TARGET_REDUCTION_PERCENT, 20, 72.8},
    {"30% reduction", WM_KIND_COUNT, "referrals", NAN, WM_TARGET_REDUCTION_PERCENT, 30, NAN},
    {"100% Above baseline", PERCENT, 14, WM_TARGET_INCREASE_PERCENT, 100, 28},
    {"50% above baseline", WM_KIND_COUNT, "young people", NAN, WM_TARGET_INCREASE_PERCENT, 50, NAN},
    {"Agreed % above baseline", PERCENT, 14, WM_TARGET_TBC, NAN, NAN},
    {"N/A", PERCENT, 50, WM_TARGET_NOT_APPLICABLE, NAN, NAN},
    {"", PERCENT, 50, WM_TARGET_TBC, NAN, NAN},
    {"Cumulative figure", CHILDREN, NAN, WM_TARGET_WORDS, NAN, NAN},
    {"Done", YES_NO, NAN, WM_TARGET_DELIVERABLE, NAN, 1},
    {"", YES_NO, NAN, WM_TARGET_DELIVERABLE, NAN, 1},
    {"shows a decrease", YES_NO, NAN, WM_TARGET_DELIVERABLE, NAN, 1},
    {"National average met or exceeded", YES_NO, NAN, WM_TARGET_DELIVERABLE, NAN, 1},
    {"Purchased in Q1", WORDS, NAN, WM_TARGET_DELIVERABLE, NAN, NAN},
    {"Completed", WORDS, NAN, WM_TARGET_DELIVERABLE, NAN, NAN},
    {"", WORDS, NAN, WM_TARGET_TBC, NAN, NAN},
    {"Top quartile of national performance (75%)", PERCENT, NAN, WM_TARGET_COMPARATOR, 75, 75},
    {"consistently within the top quartile of national performance (75%)", PERCENT, NAN, WM_TARGET_COMPARATOR, 75, 75},
    {"in line with national average", PERCENT, NAN, WM_TARGET_COMPARATOR, NAN, NAN},
    {"At least in line with national average", PERCENT, NAN, WM_TARGET_COMPARATOR, NAN, NAN},
    /* their like, as other plans write them */
    {"  TBC ", PERCENT, 50, WM_TARGET_TBC, NAN, NAN},
    {"To be confirmed", PERCENT, 50, WM_TARGET_TBC, NAN, NAN},
    {"to be agreed (75%?)", PERCENT, 50, WM_TARGET_TBC, 75, NAN},
    {"to be 75% by July", PERCENT, 50, WM_TARGET_ABSOLUTE, 75, 75},
    {"to be baselined", PERCENT, 50, WM_TARGET_TBC, NAN, NAN},
    {"Not applicable", YES_NO, NAN, WM_TARGET_NOT_APPLICABLE, NAN, NAN},
    {"\xE2\x89\xA5 75%", PERCENT, NAN, WM_TARGET_ABSOLUTE, 75, 75},
    {"<12 weeks", WEEKS, NAN, WM_TARGET_ABSOLUTE, 12, 12},
    {"no more than 5 exclusions", WM_KIND_COUNT, "exclusions", NAN, WM_TARGET_ABSOLUTE, 5, 5},
    {"1,250", CHILDREN, NAN, WM_TARGET_ABSOLUTE, 1250, 1250},
    {"75 per cent", PERCENT, NAN, WM_TARGET_ABSOLUTE, 75, 75},
    {"12 weeks 0 days", WEEKS, NAN, WM_TARGET_ABSOLUTE, 12, 12},
    {"20 days", WM_KIND_DURATION, "working days", NAN, WM_TARGET_ABSOLUTE, 20, 20},
    {"3 months", WEEKS, NAN, WM_TARGET_ABSOLUTE, 3, NAN},
    {"80% of schools", SCHOOLS, NAN, WM_TARGET_ABSOLUTE, 80, NAN},
    {"4.1%", WM_KIND_RATE, "% of decisions", NAN, WM_TARGET_ABSOLUTE, 4.1, 4.1},
    {"zero", WM_KIND_COUNT, "exclusions", NAN, WM_TARGET_ABSOLUTE, 0, 0},
    {"\xE2\x88\x92"
     "1.15",
     WM_KIND_SCORE, "points", NAN, WM_TARGET_ABSOLUTE, -1.15, -1.15},
    /* dates are no figures */
    {"75% by 2022", PERCENT, NAN, WM_TARGET_ABSOLUTE, 75, 75},
    {"75% in 2021-22", PERCENT, NAN, WM_TARGET_ABSOLUTE, 75, 75},
    {"75% by 2021/22", PERCENT, NAN, WM_TARGET_ABSOLUTE, 75, 75},
    {"by March 2021: 80 schools", SCHOOLS, NAN, WM_TARGET_ABSOLUTE, 80, 80},
    {"80 by Mar 2021", SCHOOLS, NAN, WM_TARGET_ABSOLUTE, 80, 80},
    {"in 2022", SCHOOLS, NAN, WM_TARGET_WORDS, NAN, NAN},
    {"2000", SCHOOLS, NAN, WM_TARGET_ABSOLUTE, 2000, 2000},
    {"reduce by 2000", CHILDREN, 5000, WM_TARGET_BASELINE_PLUS, -2000, 3000},
    /* ranges and journeys */
    {"10 to 20 schools", SCHOOLS, NAN, WM_TARGET_RANGE, 10, NAN},
    {"10% - 20%", PERCENT, NAN, WM_TARGET_RANGE, 10, NAN},
    {"10% to 20%", PERCENT, NAN, WM_TARGET_RANGE, 10, NAN},
    {"10\xE2\x80\x93"
     "20",
     SCHOOLS, NAN, WM_TARGET_RANGE, 10, NAN},
    {"between 10 and 20", SCHOOLS, NAN, WM_TARGET_RANGE, 10, NAN},
    {"10-20% reduction", PERCENT, 50, WM_TARGET_RANGE, NAN, NAN},
    {"from 20 weeks to 10 weeks", WEEKS, 20, WM_TARGET_ABSOLUTE, 10, 10},
    {"reduce from 20% to 10%", PERCENT, 20, WM_TARGET_ABSOLUTE, 10, 10},
    {"increase from 40 to 60", CHILDREN, 40, WM_TARGET_ABSOLUTE, 60, 60},
    /* shares of the baseline, amounts, and levels that only sound like them */
    {"baseline + 5 points", PERCENT, 41, WM_TARGET_BASELINE_PLUS, 5, 46},
    {"baseline +5%", PERCENT, 41, WM_TARGET_BASELINE_PLUS, 5, 46},
    {"baseline plus 5%", CHILDREN, 200, WM_TARGET_INCREASE_PERCENT, 5, 210},
    {"baseline - 5 points", PERCENT, 41, WM_TARGET_BASELINE_PLUS, -5, 36},
    {"baseline -5", CHILDREN, 41, WM_TARGET_BASELINE_PLUS, -5, 36},
    {"baseline minus 10%", CHILDREN, 200, WM_TARGET_REDUCTION_PERCENT, 10, 180},
    {"5 points above baseline", PERCENT, 41, WM_TARGET_BASELINE_PLUS, 5, 46},
    {"5 percentage points above baseline", PERCENT, 41, WM_TARGET_BASELINE_PLUS, 5, 46},
    {"5 percentage point increase", PERCENT, 41, WM_TARGET_BASELINE_PLUS, 5, 46},
    {"5 percentage point reduction", PERCENT, 41, WM_TARGET_BASELINE_PLUS, -5, 36},
    {"5 points below baseline", PERCENT, 41, WM_TARGET_BASELINE_PLUS, -5, 36},
    {"20% below baseline", CHILDREN, 50, WM_TARGET_REDUCTION_PERCENT, 20, 40},
    {"reduce by 10", CHILDREN, 50, WM_TARGET_BASELINE_PLUS, -10, 40},
    {"reduce by 10%", CHILDREN, 50, WM_TARGET_REDUCTION_PERCENT, 10, 45},
    {"reduce by 10 percent", CHILDREN, 50, WM_TARGET_REDUCTION_PERCENT, 10, 45},
    {"10 fewer exclusions", WM_KIND_COUNT, "exclusions", 50, WM_TARGET_BASELINE_PLUS, -10, 40},
    {"20% fewer exclusions", WM_KIND_COUNT, "exclusions", 50, WM_TARGET_REDUCTION_PERCENT, 20, 40},
    {"fewer than 5", WM_KIND_COUNT, "exclusions", 50, WM_TARGET_ABSOLUTE, 5, 5},
    {"5 or fewer", WM_KIND_COUNT, "exclusions", 50, WM_TARGET_ABSOLUTE, 5, 5},
    {"increase to 80%", PERCENT, 50, WM_TARGET_ABSOLUTE, 80, 80},
    {"reduce to 12 weeks", WEEKS, 26, WM_TARGET_ABSOLUTE, 12, 12},
    {"reduction to 5%", PERCENT, 50, WM_TARGET_ABSOLUTE, 5, 5},
    {"150% above baseline", PERCENT, 50, WM_TARGET_INCREASE_PERCENT, 150, NAN},
    {"120% reduction", PERCENT, 50, WM_TARGET_REDUCTION_PERCENT, 120, NAN},
};

static WmMeasure measure_for(WmKind kind)
{
    WmMeasure measure = measure_of(kind, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, wm_kind_default_decimals(kind));
    if (kind == WM_KIND_PERCENT || kind == WM_KIND_COUNT || kind == WM_KIND_DURATION)
        measure.low = 0;
    if (kind == WM_KIND_PERCENT)
        measure.high = 100;
    return measure;
}

static void is_understood_and_resolved(void **state)
{
    const TargetCase *row = *state;
    const WmMeasure measure = measure_for(row->measure);
    const WmTargetText text = wm_target_parse(row->name, &measure);
    assert_string_equal(wm_target_kind_name(text.kind), wm_target_kind_name(row->kind));
    if (row->kind != WM_TARGET_RANGE) /* of a range the first figure is as good as the second */
        assert_near(text.number, row->number, 1e-12);
    const WmResolvedTarget resolved = wm_target_resolve(&text, &measure, row->measure_unit, row->baseline, NULL, 0);
    assert_near(resolved.target, row->resolved, 1e-12);
    assert_int_equal(isnan(resolved.target), *resolved.reason != 0);
}

typedef struct {
    const char *name; /* the text itself */
    const char *comparator;
} ComparatorCase;

static const ComparatorCase COMPARATORS[] = {
    {"top quartile", "upper_quartile"},
    {"in line with statistical neighbours", "statistical_neighbour"},
    {"national average", "national"},
    {"at or above the England average", "national"},
    {"in line with NICE guidelines", "nice_guideline"},
    {"in line with others", "national"},
    {"regional average", "regional"},
    {"top quartile of statistical neighbours", "neighbour_quartile"}, /* not the nation's */
    {"top quartile of the region", "regional_quartile"},
    {"out of the bottom quartile", "bottom_quartile"},
    {"increase to national average + 5", "national"},
    {"NICE guideline", "nice_guideline"},
};

static void a_comparator_is_named(void **state)
{
    const ComparatorCase *row = *state;
    const WmMeasure measure = measure_for(WM_KIND_PERCENT);
    const WmTargetText text = wm_target_parse(row->name, &measure);
    assert_int_equal(text.kind, WM_TARGET_COMPARATOR);
    assert_string_equal(text.comparator, row->comparator);
}

static void a_comparator_is_its_latest_value_else_the_printed_one(void **state)
{
    (void)state;
    const WmMeasure measure = measure_for(WM_KIND_PERCENT);
    const WmComparator values[] = {
        {"upper_quartile", {WM_PERIOD_NONE, 0}, 70}, {"national", period_of("2020"), 58.0}, {"national", period_of("2022"), NAN},
        {"national", period_of("2021"), 59.9},       {"national", period_of("2019"), 60.4},
    };
    const WmTargetText national = wm_target_parse("national average", &measure);
    const WmTargetText quartile = wm_target_parse("Top quartile (75%)", &measure);
    const WmTargetText neighbour = wm_target_parse("statistical neighbours", &measure);
    assert_near(wm_target_resolve(&national, &measure, "%", NAN, values, 5).target, 59.9, 0);
    assert_near(wm_target_resolve(&quartile, &measure, "%", NAN, values, 5).target, 70, 0);
    assert_near(wm_target_resolve(&quartile, &measure, "%", NAN, values + 1, 4).target, 75, 0);
    assert_true(isnan(wm_target_resolve(&neighbour, &measure, "%", NAN, values, 5).target));
}

typedef struct {
    const char *name; /* the text itself */
    WmKind kind;
    WmPolarity polarity;
    double target; /* where the national figure is 60 */
} BesideCase;

static const BesideCase BESIDE[] = {
    {"National average + 5 points", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 65},
    {"National average plus 5%", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 65},
    {"Increase to national average + 2.5", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 62.5},
    {"5 percentage points above the national average", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 65},
    {"2pp below England", WM_KIND_PERCENT, WM_POLARITY_LOWER, 58},
    {"3 above national average", WM_KIND_RATE, WM_POLARITY_HIGHER, 63},
    {"national average minus 4", WM_KIND_RATE, WM_POLARITY_LOWER, 56},
    {"within 3 points of national average", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 57},
    {"within 3 points of national average", WM_KIND_PERCENT, WM_POLARITY_LOWER, 63},
    {"within 3 points of national average", WM_KIND_PERCENT, WM_POLARITY_NONE, NAN},
    {"5% above national average", WM_KIND_PERCENT, WM_POLARITY_HIGHER, NAN}, /* 65, or 63? */
    {"national average + 5%", WM_KIND_RATE, WM_POLARITY_HIGHER, NAN},
    {"national average + 50 points", WM_KIND_PERCENT, WM_POLARITY_HIGHER, NAN}, /* cannot be */
    {"at or above the national average", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 60},
    {"national average (75%)", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 60},
    {"national average, 75%+", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 60},
    {"75%: above national average", WM_KIND_PERCENT, WM_POLARITY_HIGHER, 60},
};

static void what_stands_beside_a_comparator_is_added(void **state)
{
    const BesideCase *row = *state;
    WmMeasure measure = measure_for(row->kind);
    measure.polarity = row->polarity;
    const WmComparator national = {"national", {WM_PERIOD_NONE, 0}, 60};
    const WmTargetText text = wm_target_parse(row->name, &measure);
    const WmResolvedTarget resolved =
        wm_target_resolve(&text, &measure, row->kind == WM_KIND_PERCENT ? "%" : "", NAN, &national, 1);
    assert_int_equal(text.kind, WM_TARGET_COMPARATOR);
    assert_near(resolved.target, row->target, 1e-12);
    assert_int_equal(isnan(resolved.target), *resolved.reason != 0);
}

static void random_texts_never_crash(void **state)
{
    (void)state;
    static const char *const PIECES[] = {
        "10",   "%",       " ",        "-",        "to ",   "baseline", "reduction", "increase",
        "by ",  "from ",   "national", "quartile", "2021",  "/22",      "weeks",     "\xC2\xBD",
        "(a)",  "five",    "1,322",    ".",        "+",     "TBC",      "of ",       "\xE2\x80\x93",
        "(",    ")",       "all",      "cap ",     "years", "-1.3",     "points",    "between ",
        "and ", "percent", "fewer",    "than ",    "\xFF",  "1e9"};
    Random random = {81};
    for (int i = 0; i < 200000; i++) {
        char text[600] = "";
        const int n = random_between(&random, 0, i % 50 ? 9 : 60);
        for (int j = 0; j < n; j++)
            strcat(text, PIECES[random_between(&random, 0, (int)N_ELEMENTS(PIECES) - 1)]);
        const WmMeasure measure = measure_for((WmKind)random_between(&random, 0, WM_N_KINDS - 1));
        const WmTargetText target = wm_target_parse(text, &measure);
        assert_true(target.kind < WM_N_TARGET_KINDS && !isinf(target.number));
        assert_int_equal(target.kind == WM_TARGET_COMPARATOR, target.comparator != NULL);
        const WmResolvedTarget resolved = wm_target_resolve(&target, &measure, "%", 50, NULL, 0);
        assert_int_equal(isnan(resolved.target), *resolved.reason != 0);
    }
}

int main(void)
{
    ADD_TABLE(TARGETS, is_understood_and_resolved);
    ADD_TABLE(COMPARATORS, a_comparator_is_named);
    ADD_TABLE(BESIDE, what_stands_beside_a_comparator_is_added);
    ADD(a_comparator_is_its_latest_value_else_the_printed_one);
    ADD(random_texts_never_crash);
    return run_cases("target text");
}
