/* Numbers as people read them. */
#include <waymark/assess.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_series.h"

#define POUND "\xC2\xA3"
#define MINUS "\xE2\x88\x92"

typedef struct {
    const char *name;
    WmKind kind;
    int decimals;
    const char *unit;
    double value;
    const char *text;
} WrittenCase;

static const WrittenCase VALUES[] = {
    {"percent", WM_KIND_PERCENT, 1, "%", 41, "41.0%"},
    {"percent without decimals", WM_KIND_PERCENT, 0, "%", 40.6, "41%"},
    {"weeks", WM_KIND_DURATION, 0, "weeks", 12, "12 weeks"},
    {"one week", WM_KIND_DURATION, 0, "weeks", 1, "1 week"},
    {"one week and decimals", WM_KIND_DURATION, 1, "weeks", 1, "1.0 weeks"},
    {"no weeks", WM_KIND_DURATION, 0, "weeks", 0, "0 weeks"},
    {"one person", WM_KIND_COUNT, 0, "people", 1, "1 person"},
    {"one young person", WM_KIND_COUNT, 0, "young people", 1, "1 young person"},
    {"one child", WM_KIND_COUNT, 0, "children", 1, "1 child"},
    {"one family", WM_KIND_COUNT, 0, "families", 1, "1 family"},
    {"one whole-time equivalent", WM_KIND_COUNT, 0, "WTE", 1, "1 WTE"},
    {"21 people", WM_KIND_COUNT, 0, "people", 21, "21 people"},
    {"thousands", WM_KIND_COUNT, 0, "", 1322, "1,322"},
    {"millions", WM_KIND_COUNT, 0, "", 1234567, "1,234,567"},
    {"just under a thousand", WM_KIND_COUNT, 0, "", 999, "999"},
    {"rounds up to a thousand", WM_KIND_COUNT, 0, "", 999.5, "1,000"},
    {"thousands with decimals", WM_KIND_SCORE, 2, "", 1234.5, "1,234.50"},
    {"a fraction keeps its zeros", WM_KIND_SCORE, 3, "", 0.05, "0.050"},
    {"negative", WM_KIND_SCORE, 2, "points", -1.46, MINUS "1.46 points"},
    {"negative thousands", WM_KIND_SCORE, 0, "", -1322, MINUS "1,322"},
    {"never minus zero", WM_KIND_SCORE, 1, "", -0.04, "0.0"},
    {"negative zero is zero", WM_KIND_COUNT, 0, "", -0.0, "0"},
    {"money", WM_KIND_MONEY, 0, POUND, 12500, POUND "12,500"},
    {"money with pence", WM_KIND_MONEY, 2, POUND, 0.5, POUND "0.50"},
    {"money owed", WM_KIND_MONEY, 0, POUND, -12500, MINUS POUND "12,500"},
    {"millions of pounds", WM_KIND_MONEY, 1, POUND "m", 2.5, POUND "2.5m"},
    {"a percent of something", WM_KIND_RATE, 1, "% of decisions", 4.68, "4.7% of decisions"},
    {"no unit", WM_KIND_COUNT, 0, "", 7, "7"},
    {"done", WM_KIND_YES_NO, 0, "", 1, "done"},
    {"not done", WM_KIND_YES_NO, 0, "", 0, "not done"},
    {"no number", WM_KIND_PERCENT, 1, "%", NAN, "n/a"},
    {"an infinity is no number", WM_KIND_PERCENT, 1, "%", INFINITY, "n/a"},
    {"too large to group", WM_KIND_COUNT, 0, "", 3e20, "3e+20"},
    {"largest that is grouped", WM_KIND_COUNT, 0, "", 999999999999999.0, "999,999,999,999,999"},
};

static void a_value_is_written(void **state)
{
    const WrittenCase *row = *state;
    const WmMeasure measure = measure_of(row->kind, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, row->decimals);
    char text[WM_VALUE_TEXT];
    assert_string_equal(wm_value_format(row->value, &measure, row->unit, text), row->text);
}

static const WrittenCase TARGETS[] = {
    {"a round target", WM_KIND_PERCENT, 1, "%", 50, "50%"},
    {"a target with the decimal it needs", WM_KIND_PERCENT, 1, "%", 4.1, "4.1%"},
    {"a target finer than its measure", WM_KIND_COUNT, 0, "exclusions", 121.6, "121.6 exclusions"},
    {"a target with a decimal too many", WM_KIND_SCORE, 2, "", -1.3, MINUS "1.3"},
    {"a derived target, without zeros at its end", WM_KIND_DURATION, 1, "weeks", 14.49975, "14.5 weeks"},
    {"a third", WM_KIND_PERCENT, 1, "%", 100.0 / 3, "33.333%"},
    {"one week", WM_KIND_DURATION, 1, "weeks", 1, "1 week"},
    {"none", WM_KIND_PERCENT, 1, "%", NAN, "n/a"},
    {"zero", WM_KIND_PERCENT, 1, "%", 0, "0%"},
    {"a deliverable", WM_KIND_YES_NO, 0, "", 1, "done"},
};

static void a_target_is_written(void **state)
{
    const WrittenCase *row = *state;
    const WmMeasure measure = measure_of(row->kind, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, row->decimals);
    char text[WM_VALUE_TEXT];
    assert_string_equal(wm_target_format(row->value, &measure, row->unit, text), row->text);
}

static const WrittenCase DIFFERENCES[] = {
    {"points, not percent", WM_KIND_PERCENT, 1, "%", -4, "4.0 points"},
    {"one point", WM_KIND_PERCENT, 0, "%", 1, "1 point"},
    {"half a week of a whole-number measure", WM_KIND_DURATION, 0, "weeks", -0.5, "0.5 weeks"},
    {"one week", WM_KIND_DURATION, 0, "weeks", 1, "1 week"},
    {"people", WM_KIND_COUNT, 0, "people", 1322, "1,322 people"},
    {"points of a percent of something", WM_KIND_RATE, 1, "% of decisions", 0.6, "0.6 points"},
    {"money", WM_KIND_MONEY, 0, POUND, -12500, POUND "12,500"},
    {"half a pound of many", WM_KIND_MONEY, 0, POUND, 1962.5, POUND "1,963"},
    {"the last that has its half", WM_KIND_COUNT, 0, "people", 99.5, "99.5 people"},
    {"the first that has not", WM_KIND_COUNT, 0, "people", -100.4, "100 people"},
    {"what has decimals keeps them", WM_KIND_MONEY, 2, POUND, 1962.5, POUND "1,962.50"},
    {"none", WM_KIND_PERCENT, 1, "%", NAN, "n/a"},
};

static void a_difference_is_written_without_a_sign(void **state)
{
    const WrittenCase *row = *state;
    const WmMeasure measure = measure_of(row->kind, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, row->decimals);
    char text[WM_VALUE_TEXT];
    assert_string_equal(wm_difference_format(row->value, &measure, row->unit, text), row->text);
}

typedef struct {
    const char *name;
    double chance;
    const char *text;
} ChanceCase;

static const ChanceCase CHANCES[] = {
    {"18%", 0.18, "18%"},
    {"rounded", 0.185, "19%"},
    {"never 0%", 0, "under 1%"},
    {"almost none", 0.0099, "under 1%"},
    {"one in a hundred", 0.01, "1%"},
    {"never 100%", 1, "over 99%"},
    {"almost sure", 0.991, "over 99%"},
    {"99%", 0.99, "99%"},
    {"half", 0.5, "50%"},
    {"none", NAN, "n/a"},
};

static void a_chance_is_written(void **state)
{
    const ChanceCase *row = *state;
    char text[WM_VALUE_TEXT];
    assert_string_equal(wm_chance_format(row->chance, text), row->text);
}

static void any_number_fits_and_is_never_minus_zero(void **state)
{
    (void)state;
    Random random = {41};
    static const char *const UNITS[] = {
        "", "%", "weeks", POUND, "children and young people", "a unit of a length that no table would print in full"};
    for (int i = 0; i < 50000; i++) {
        const WmMeasure measure = measure_of((WmKind)random_between(&random, 0, WM_N_KINDS - 1), WM_POLARITY_HIGHER,
                                             WM_FREQUENCY_MONTH, random_between(&random, -1, 10));
        const double value = random_normal(&random) * pow(10, random_between(&random, -12, 30));
        const char *unit = UNITS[random_between(&random, 0, (int)N_ELEMENTS(UNITS) - 1)];
        char text[WM_VALUE_TEXT];
        assert_true(strlen(wm_value_format(value, &measure, unit, text)) < WM_VALUE_TEXT - 1);
        assert_true(strcmp(text, MINUS "0") != 0 && strcmp(text, MINUS "0.0") != 0);
        assert_true(strlen(wm_target_format(value, &measure, unit, text)) > 0);
        assert_null(strstr(wm_difference_format(value, &measure, unit, text), MINUS));
    }
}

typedef struct {
    const char *name;
    double was, now;
    const char *was_text, *now_text;
} PairCase;

static const PairCase PAIRS[] = {
    {"apart as published", 88, 89, "88%", "89%"},
    {"apart at the second decimal", 89.04, 89.01, "89.04%", "89.01%"},
    {"the same", 89, 89, "89%", "89%"},
    {"a figure that came", NAN, 89, "no figure", "89%"},
    {"a figure that went", 89, NAN, "89%", "no figure"},
    {"too near to tell", 89, 89 + 1e-12, "89.000000000%", "89.000000000%"},
};

static void two_values_are_told_apart(void **state)
{
    const PairCase *row = *state;
    const WmMeasure measure = {.kind = WM_KIND_PERCENT, .decimals = 0};
    char was[WM_VALUE_TEXT], now[WM_VALUE_TEXT];
    wm_value_format_pair(row->was, row->now, &measure, "%", was, now);
    assert_string_equal(was, row->was_text);
    assert_string_equal(now, row->now_text);
}

typedef struct {
    const char *name;
    double was, now;
    const char *was_text, *now_text, *change_text;
} RevisionCase;

static const RevisionCase REVISIONS[] = {
    {"adds up as published", 80, 85.714, "80%", "86%", "6 points"},
    {"rounded the other way", 64.286, 66.667, "64.3%", "66.7%", "2.4 points"},
    {"a fifth of a point over a half", 40.4, 40.6, "40.4%", "40.6%", "0.2 points"},
    {"within one whole number", 40.6, 41.0, "40.6%", "41.0%", "0.4 points"},
    {"down", 90, 88, "90%", "88%", "2 points"},
    {"at the third decimal", 50.0041, 50.0054, "50.004%", "50.005%", "0.001 points"},
    {"the same", 89, 89, "89%", "89%", "0 points"},
    {"a figure that came", NAN, 89, "no figure", "89%", "n/a"},
    {"a figure that went", 89, NAN, "89%", "no figure", "n/a"},
};

static void a_revision_is_written(void **state)
{
    const RevisionCase *row = *state;
    const WmMeasure measure = {.kind = WM_KIND_PERCENT, .decimals = 0};
    char was[WM_VALUE_TEXT], now[WM_VALUE_TEXT], change[WM_VALUE_TEXT];
    wm_revision_format(row->was, row->now, &measure, "%", was, now, change);
    assert_string_equal(was, row->was_text);
    assert_string_equal(now, row->now_text);
    assert_string_equal(change, row->change_text);
}

static void any_revision_adds_up_as_written(void **state)
{
    (void)state;
    Random random = {43};
    for (int i = 0; i < 20000; i++) {
        const WmMeasure measure = measure_of(WM_KIND_COUNT, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, random_between(&random, 0, 3));
        const double before = 100 + 10 * random_normal(&random);
        const double after = before + random_normal(&random) * pow(10, random_between(&random, -4, 1));
        char was[WM_VALUE_TEXT], now[WM_VALUE_TEXT], change[WM_VALUE_TEXT];
        wm_revision_format(before, after, &measure, "", was, now, change);
        assert_near(fabs(strtod(now, NULL) - strtod(was, NULL)), strtod(change, NULL), 1e-10);
        assert_string_not_equal(was, now);
    }
}

int main(void)
{
    ADD_TABLE(VALUES, a_value_is_written);
    ADD_TABLE(TARGETS, a_target_is_written);
    ADD_TABLE(DIFFERENCES, a_difference_is_written_without_a_sign);
    ADD_TABLE(CHANCES, a_chance_is_written);
    ADD_TABLE(PAIRS, two_values_are_told_apart);
    ADD_TABLE(REVISIONS, a_revision_is_written);
    ADD(any_revision_adds_up_as_written);
    ADD(any_number_fits_and_is_never_minus_zero);
    return run_cases("value format");
}
