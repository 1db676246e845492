/* Derived readings: what each form of formula makes of its parts. Months run from April 2020, a financial year's first. */
#include <waymark/formula.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_random.h"
#include "core/fixture_readings.h"

#define APRIL ((WmPeriod){WM_PERIOD_MONTH, 2020 * 12 + 3})

typedef struct {
    const char *name, *formula;
    WmKind kind, kind_a; /* of the result; of A and B */
    const char *a, *b;
    const char *wanted;
} Case;

#define COUNT   WM_KIND_COUNT
#define PERCENT WM_KIND_PERCENT
#define RATE    WM_KIND_RATE
#define SCORE   WM_KIND_SCORE

static const Case CASES[] = {
    {"itself", "A", COUNT, COUNT, "1 - 3", "", "1 - 3"},
    {"nothing_comes_to_nothing", "A + B", COUNT, COUNT, "", "", ""},

    {"ratio_carries_its_counts", "A / B", PERCENT, COUNT, "1 3", "4 4", "25=1/4 75=3/4"},
    {"ratio_that_is_no_percent", "A / B", SCORE, COUNT, "1 3", "4 4", "0.25=1/4 0.75=3/4"},
    {"ratio_of_nothing_is_not_applicable", "A / B", PERCENT, COUNT, "0 1", "0 4", "z 25=1/4"},
    {"ratio_where_one_has_not_come", "A / B", PERCENT, COUNT, "1 2 3", "4 - 4", "25=1/4 - 75=3/4"},
    {"ratio_of_shares_has_no_counts", "A / B", SCORE, PERCENT, "1/4", "2/4", "0.5"},
    {"rate_has_exposure_in_its_own_unit", "A per 1,000 of B", RATE, COUNT, "3", "6000", "0.5=3/6"},
    {"rate_of_the_latest", "A per 100 of latest B", RATE, COUNT, "1 2 3", "- 100 - -", "- 2=2/1 3=3/1"},

    {"sum", "A + B", COUNT, COUNT, "1 2", "3 4", "4 6"},
    {"difference", "A - B", COUNT, COUNT, "1 2", "3 5", "-2 -3"},
    {"sum_of_shares_of_the_same", "A + B", PERCENT, PERCENT, "1/4 1/4", "2/4 1/2", "75=3/4 75"},
    {"the_rest_of_a_share", "100 - A", PERCENT, PERCENT, "1/4 30", "", "75=3/4 70"},
    {"times_a_number", "A * 2.5", COUNT, COUNT, "2", "", "5"},
    {"a_rate_times_a_number", "A * 4", RATE, RATE, "2/8", "", "1=2/2"},
    {"two_series_multiplied", "A * B", COUNT, COUNT, "2 3", "5 7", "10 21"},

    {"missing_is_not_zero", "A + B", COUNT, COUNT, "1 2 3 4", "1 x m -", "2 x m"},
    {"low_is_not_available", "A + B", COUNT, COUNT, "1 1", "l 1", "x 2"},
    {"suppressed_above_all", "A + B", COUNT, COUNT, "x c 1", "c 1 c", "c c c"},
    {"provisional_makes_provisional", "A + B", COUNT, COUNT, "1 p1 r1 1", "1 1 1 r1", "2 p2 r2 r2"},

    {"partial_sum_says_so", "A + B, partial", COUNT, COUNT, "1 2 3 -", "1 x - 4", "2 p*2 p*3 p*4"},
    {"partial_sum_never_of_the_suppressed", "A + B, partial", COUNT, COUNT, "1 2", "c c", "c c"},
    {"partial_ratio_there_is_none", "A / B, partial", PERCENT, COUNT, "1 2", "x -", "x"},
    {"partial_goes_on", "A + B", COUNT, COUNT, "p*1 2", "1 1", "p*2 3"},

    {"rolling_sum", "sum of A over 3 months", COUNT, COUNT, "1 2 3 4 5", "", "6 9 12"},
    {"rolling_sum_over_a_quarter", "sum of A over 1 quarter", COUNT, COUNT, "1 2 3 4 5", "", "6 9 12"},
    {"rolling_mean", "mean of A over 2 periods", COUNT, COUNT, "1 2 4", "", "1.5 3"},
    {"rolling_mean_of_a_share_is_that_of_totals", "mean of A over 2 months", PERCENT, PERCENT, "1/1 1/9", "", "20=2/10"},
    {"rolling_sum_of_a_share_likewise", "sum of A over 2 months", PERCENT, PERCENT, "1/1 1/9", "", "20=2/10"},
    {"rolling_mean_of_bare_shares", "mean of A over 2 months", PERCENT, PERCENT, "10 20", "", "15"},
    {"rolling_sum_of_bare_shares_there_is_none", "sum of A over 2 months", PERCENT, PERCENT, "10 20", "", "x"},
    {"rolling_mean_of_a_ratio", "mean of (A / B) over 2 months", PERCENT, COUNT, "1 1", "1 9", "20=2/10"},
    {"rolling_across_a_hole", "sum of A over 2 months", COUNT, COUNT, "1 2 - 4 5", "", "3 - - 9"},
    {"rolling_across_a_hole_partial", "sum of A over 2 months, partial", COUNT, COUNT, "1 2 - 4 5", "", "3 - p*4 9"},
    {"rolling_before_the_start_never", "sum of A over 3 months, partial", COUNT, COUNT, "1 2 3", "", "6"},
    {"rolling_over_the_suppressed", "sum of A over 2 months, partial", COUNT, COUNT, "1 c 3 4", "", "c c 7"},
    {"rolling_share_with_a_month_of_nothing", "mean of A over 2 months", PERCENT, PERCENT, "1/2 z0/0 3/4", "", "50=1/2 75=3/4"},

    {"year_to_date", "year to date of A", COUNT, COUNT, "1 2 3 1 1 1 1 1 1 1 1 1 5 6", "", "1 3 6 7 8 9 10 11 12 13 14 15 5 11"},
    {"year_to_date_of_a_share", "year to date of A", PERCENT, PERCENT, "1/1 1/9", "", "100=1/1 20=2/10"},
    {"year_to_date_by_academic_year", "year to date of A by academic year", COUNT, COUNT, "1 1 1 1 1 2 3", "", "2 5"},
    {"year_to_date_after_a_hole", "year to date of A", COUNT, COUNT, "1 x 3", "", "1 x x"},
    {"year_to_date_after_the_suppressed", "year to date of A, partial", COUNT, COUNT, "1 c 3", "", "1 c c"},
    {"in_year", "in-year of A", COUNT, COUNT, "1 3 6 7 8 9 10 11 12 13 14 15 5 11", "", "1 2 3 1 1 1 1 1 1 1 1 1 5 6"},
    {"in_year_of_a_share", "in-year of A", PERCENT, PERCENT, "1/1 2/10 2/10", "", "100=1/1 11.11=1/9 z"},
    {"in_year_of_a_bare_share", "in-year of A", PERCENT, PERCENT, "50 60", "", "50 x"},
    {"in_year_after_the_suppressed", "in-year of A", COUNT, COUNT, "1 c 6", "", "1 c c"},
    {"in_year_after_a_hole", "in-year of A", COUNT, COUNT, "1 - 6 8", "", "1 - - 2"},

    {"change", "change of A", COUNT, COUNT, "1 2 3 4 5 6 7 8 9 10 11 12 3 1", "", "2 -1"},
    {"percent_change", "percent change of A", PERCENT, COUNT, "4 0 1 1 1 1 1 1 1 1 1 1 5 1", "", "25 z"},

    {"the_hundred_of_a_percent_fits_its_counts", "A per 100 of B", PERCENT, COUNT, "1", "4", "25=1/4"},
    {"counts_of_another_scale_are_left_out", "A", RATE, PERCENT, "1/4", "", "25"},
};

static double scale_of(WmKind kind)
{
    return wm_kind_share_scale(kind);
}

static const WmDerivedReading *evaluate(const char *text, WmKind kind, const TextSeries *a, const TextSeries *b,
                                        WmFormulaScratch *scratch, size_t *n)
{
    const WmFormulaContext context = {kind, WM_PERIOD_FINANCIAL_YEAR};
    WmFormula formula;
    WmFormulaFault fault;
    WmFormulaSeries parts[WM_FORMULA_MAX_PARTS];
    if (!wm_formula_parse(text, &context, &formula, &fault))
        fail_msg("%s", fault.message);
    for (size_t i = 0; i < formula.n_parts; i++)
        parts[i] = text_series_of(strcmp(formula.parts[i].name, "A") == 0 ? a : b);
    const WmDerivedReading *out;
    assert_int_equal(wm_formula_evaluate(&formula, parts, scratch, &out, n), WM_OK);
    return out;
}

static void comes_to(void **state)
{
    const Case *row = *state;
    WmFormulaScratch *scratch = wm_formula_scratch_new();
    const TextSeries a = text_series(row->a, APRIL, scale_of(row->kind_a)), b = text_series(row->b, APRIL, scale_of(row->kind_a));
    char text[SERIES_TEXT];
    size_t n;
    const WmDerivedReading *out = evaluate(row->formula, row->kind, &a, &b, scratch, &n);
    /* What stands before the first result is told by its period, not by the text. */
    const char *wanted = row->wanted;
    while (strncmp(wanted, "- ", 2) == 0)
        wanted += 2;
    assert_string_equal(series_text(out, n, text), wanted);
    wm_formula_scratch_free(scratch);
}

typedef struct {
    const char *name, *formula, *a;
    WmPeriodKind kind; /* of the result */
    const char *first; /* its first period */
    const char *wanted;
} LongerCase;

static const LongerCase LONGER_CASES[] = {
    {"sum", "sum of A by quarter", "1 2 3 4 5 6 7", WM_PERIOD_QUARTER, "Q1 2020/21", "6 15"},
    {"mean", "mean of A by quarter", "1 2 3 4 5 6 7", WM_PERIOD_QUARTER, "Q1 2020/21", "2 5"},
    {"last", "last of A by quarter", "1 2 3 4 5 6 7", WM_PERIOD_QUARTER, "Q1 2020/21", "3 6"},
    {"hole", "sum of A by quarter", "1 2 3 4 - 6", WM_PERIOD_QUARTER, "Q1 2020/21", "6"},
    {"hole_partial", "sum of A by quarter, partial", "1 2 3 4 - 6", WM_PERIOD_QUARTER, "Q1 2020/21", "6 p*10"},
    {"not_ended_partial", "sum of A by quarter, partial", "1 2 3 4 5", WM_PERIOD_QUARTER, "Q1 2020/21", "6"},
    {"begun_before_the_first", "sum of A by quarter, partial", "- 2 3 4 5 6", WM_PERIOD_QUARTER, "Q2 2020/21", "15"},
    {"suppressed", "sum of A by quarter", "1 c 3", WM_PERIOD_QUARTER, "Q1 2020/21", "c"},
    {"year", "sum of A by financial year", "1 1 1 1 1 1 1 1 1 1 1 1 1", WM_PERIOD_FINANCIAL_YEAR, "2020/21", "12"},
};

static void makes_longer(void **state)
{
    const LongerCase *row = *state;
    WmFormulaScratch *scratch = wm_formula_scratch_new();
    const TextSeries a = text_series(row->a, APRIL, 0);
    WmPeriod first;
    char text[SERIES_TEXT];
    size_t n;
    const WmDerivedReading *out = evaluate(row->formula, COUNT, &a, &a, scratch, &n);
    assert_string_equal(series_text(out, n, text), row->wanted);
    assert_true(wm_period_parse(row->first, WM_PERIOD_FINANCIAL_YEAR, &first));
    assert_int_equal(out[0].reading.period.kind, row->kind);
    assert_int_equal(wm_period_compare(out[0].reading.period, first), 0);
    wm_formula_scratch_free(scratch);
}

typedef struct {
    const char *name;
    WmKind kind;
    bool is_partial;
    const char *units[4];
    const char *wanted;
} UnitsCase;

static const UnitsCase UNITS_CASES[] = {
    {"counts", COUNT, false, {"1 2", "10 20", "100 200"}, "111 222"},
    {"shares_by_their_counts", PERCENT, false, {"1/1", "1/9"}, "20=2/10"},
    {"bare_shares_have_no_total", PERCENT, false, {"10", "20"}, "x"},
    {"one_has_not_come", COUNT, false, {"1 2", "10 -"}, "11"},
    {"one_has_not_come_partial", COUNT, true, {"1 2", "10 -"}, "11 p*2"},
    {"one_never_came", COUNT, false, {"1 2", ""}, ""},
    {"one_never_came_partial", COUNT, true, {"1 2", ""}, "p*1 p*2"},
    {"one_is_suppressed", COUNT, true, {"1 2", "c 2", "x 1"}, "c 5"},
    {"none_has_anything", COUNT, true, {"", ""}, ""},
    {"one_with_nothing_to_be_a_share_of", PERCENT, false, {"1/2 1/2", "z0/0 1/2"}, "50=1/2 50=2/4"},
};

static void rolls_up(void **state)
{
    const UnitsCase *row = *state;
    WmFormulaScratch *scratch = wm_formula_scratch_new();
    TextSeries units[4];
    WmFormulaSeries series[4];
    size_t n_units = 0, n;
    char text[SERIES_TEXT];
    for (; n_units < 4 && row->units[n_units]; n_units++) {
        units[n_units] = text_series(row->units[n_units], APRIL, scale_of(row->kind));
        series[n_units] = text_series_of(&units[n_units]);
    }
    const WmDerivedReading *out;
    assert_int_equal(wm_formula_roll_up(series, n_units, row->is_partial, scratch, &out, &n), WM_OK);
    assert_string_equal(series_text(out, n, text), row->wanted);
    wm_formula_scratch_free(scratch);
}

/* ---- laws, on random series ---- */

#define N_RANDOM 300

static TextSeries random_series(Random *random, double scale, bool has_holes)
{
    TextSeries self = {.scale = scale};
    const int n = random_between(random, 1, 60);
    for (int i = 0; i < n; i++) {
        if (has_holes && random_uniform(random) < 0.1)
            continue;
        WmReading reading = {wm_period_step(APRIL, i), NAN, NAN, NAN, WM_FINAL};
        const double chance = has_holes ? random_uniform(random) : 1;
        if (chance < 0.05)
            reading.state = WM_SUPPRESSED;
        else if (chance < 0.1)
            reading.state = WM_NOT_AVAILABLE;
        else {
            reading.denominator = random_between(random, 1, 500);
            reading.numerator = random_between(random, 0, (int)reading.denominator);
            reading.value = scale > 0 ? scale * reading.numerator / reading.denominator : reading.numerator;
            if (scale == 0)
                reading.numerator = reading.denominator = NAN;
        }
        self.items[self.n++] = (WmDerivedReading){reading, false};
    }
    return self;
}

static void assert_same(const WmDerivedReading *a, size_t n_a, const WmDerivedReading *b, size_t n_b)
{
    assert_int_equal(n_a, n_b);
    for (size_t i = 0; i < n_a; i++) {
        assert_int_equal(wm_period_compare(a[i].reading.period, b[i].reading.period), 0);
        assert_int_equal(a[i].reading.state, b[i].reading.state);
        assert_near(a[i].reading.value, b[i].reading.value, 1e-9 * (1 + fabs(b[i].reading.value)));
    }
}

typedef struct {
    const char *name, *left, *right; /* two formulas that are the same */
    WmKind kind;
} LawCase;

static const LawCase LAW_CASES[] = {
    {"rolling_sum_is_linear", "sum of (A + B) over 3 months", "sum of A over 3 months + sum of B over 3 months", COUNT},
    {"year_to_date_is_linear", "year to date of (A * 3)", "year to date of A * 3", COUNT},
    {"sum_is_commutative", "A + B", "B + A", COUNT},
    {"in_year_undoes_year_to_date", "in-year of year to date of A", "A + 0 * year to date of A", COUNT},
    {"quarters_are_rolling_sums_at_their_ends", "sum of (sum of A by quarter) over 4 quarters",
     "last of (sum of A over 12 months) by quarter", COUNT},
    {"a_mean_is_a_sum_by_its_number", "mean of A over 6 months", "sum of A over 6 months / 6", COUNT},
    {"a_sum_less_one_part_is_the_other", "A + B - B", "A + 0 * B", COUNT},
};

/* Series without holes: what is missing is missing differently in two ways of saying. */
static void are_the_same(void **state)
{
    const LawCase *row = *state;
    Random random = {11};
    WmFormulaScratch *left = wm_formula_scratch_new(), *right = wm_formula_scratch_new();
    for (int k = 0; k < N_RANDOM; k++) {
        const TextSeries a = random_series(&random, 0, false), b = random_series(&random, 0, false);
        size_t n_x, n_y;
        const WmDerivedReading *x = evaluate(row->left, row->kind, &a, &b, left, &n_x);
        const WmDerivedReading *y = evaluate(row->right, row->kind, &a, &b, right, &n_y);
        assert_same(x, n_x, y, n_y);
    }
    wm_formula_scratch_free(left);
    wm_formula_scratch_free(right);
}

static void in_year_of_year_to_date_is_the_identity(void **state)
{
    (void)state;
    Random random = {12};
    WmFormulaScratch *scratch = wm_formula_scratch_new();
    for (int k = 0; k < N_RANDOM; k++) {
        const double scale = k % 2 ? 100 : 0;
        const TextSeries a = random_series(&random, scale, false);
        size_t n;
        const WmDerivedReading *out = evaluate("in-year of year to date of A", k % 2 ? PERCENT : COUNT, &a, &a, scratch, &n);
        assert_same(out, n, a.items, a.n);
    }
    wm_formula_scratch_free(scratch);
}

static void rolling_mean_of_a_constant_is_the_constant(void **state)
{
    (void)state;
    WmFormulaScratch *scratch = wm_formula_scratch_new();
    const TextSeries a = text_series("7.1 7.1 7.1 7.1 7.1 7.1 7.1", APRIL, 1);
    size_t n;
    const WmDerivedReading *out = evaluate("mean of A over 5 months", SCORE, &a, &a, scratch, &n);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++)
        assert_near(out[i].reading.value, 7.1, 1e-12);
    wm_formula_scratch_free(scratch);
}

static void a_total_of_shares_lies_between_them(void **state)
{
    (void)state;
    Random random = {13};
    WmFormulaScratch *scratch = wm_formula_scratch_new();
    for (int k = 0; k < N_RANDOM; k++) {
        const TextSeries a = random_series(&random, 100, false);
        size_t n;
        const WmDerivedReading *out = evaluate("mean of A over 4 months", PERCENT, &a, &a, scratch, &n);
        for (size_t i = 0; i < n; i++) {
            double least = INFINITY, most = -INFINITY;
            for (size_t j = i; j < i + 4; j++) {
                least = fmin(least, a.items[j].reading.value);
                most = fmax(most, a.items[j].reading.value);
            }
            assert_true(out[i].reading.value >= least - 1e-9 && out[i].reading.value <= most + 1e-9);
            assert_near(out[i].reading.value, 100 * out[i].reading.numerator / out[i].reading.denominator, 1e-9);
        }
    }
    wm_formula_scratch_free(scratch);
}

/* England is its regions, and its regions are their areas: however they are grouped, and in whatever order. */
static void a_roll_up_of_roll_ups_is_the_direct_total(void **state)
{
    (void)state;
    Random random = {14};
    WmFormulaScratch *scratch[3] = {wm_formula_scratch_new(), wm_formula_scratch_new(), wm_formula_scratch_new()};
    for (int k = 0; k < N_RANDOM; k++) {
        TextSeries units[6];
        WmFormulaSeries series[6], reversed[6], halves[2];
        const WmDerivedReading *out[3];
        size_t n[3];
        for (int i = 0; i < 6; i++) {
            units[i] = random_series(&random, 100, true);
            series[i] = reversed[5 - i] = text_series_of(&units[i]);
        }
        assert_int_equal(wm_formula_roll_up(series, 3, false, scratch[0], &out[0], &n[0]), WM_OK);
        assert_int_equal(wm_formula_roll_up(series + 3, 3, false, scratch[1], &out[1], &n[1]), WM_OK);
        halves[0] = (WmFormulaSeries){out[0], n[0], 100};
        halves[1] = (WmFormulaSeries){out[1], n[1], 100};
        const WmDerivedReading *direct, *backwards;
        size_t n_direct, n_backwards;
        assert_int_equal(wm_formula_roll_up(halves, 2, false, scratch[2], &out[2], &n[2]), WM_OK);
        assert_int_equal(wm_formula_roll_up(series, 6, false, scratch[0], &direct, &n_direct), WM_OK);
        assert_same(out[2], n[2], direct, n_direct);
        assert_int_equal(wm_formula_roll_up(reversed, 6, false, scratch[1], &backwards, &n_backwards), WM_OK);
        assert_same(backwards, n_backwards, direct, n_direct);
    }
    for (int i = 0; i < 3; i++)
        wm_formula_scratch_free(scratch[i]);
}

/* Whatever the formula and its options, a period with a suppressed part has no number. */
static void no_total_tells_what_was_suppressed(void **state)
{
    (void)state;
    static const char *const FORMULAS[] = {"A + B, partial", "A - B, partial", "A / B, partial",       "A * B",
                                           "B + A, partial", "100 - A",        "in-year of A, partial"};
    Random random = {15};
    WmFormulaScratch *scratch = wm_formula_scratch_new();
    for (int k = 0; k < N_RANDOM; k++) {
        const TextSeries a = random_series(&random, 0, true), b = random_series(&random, 0, true);
        for (size_t f = 0; f < N_ELEMENTS(FORMULAS); f++) {
            size_t n;
            const WmDerivedReading *out = evaluate(FORMULAS[f], COUNT, &a, &b, scratch, &n);
            for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < a.n; j++)
                    if (a.items[j].reading.state == WM_SUPPRESSED &&
                        wm_period_compare(a.items[j].reading.period, out[i].reading.period) == 0) {
                        assert_int_equal(out[i].reading.state, WM_SUPPRESSED);
                        assert_true(isnan(out[i].reading.value) && isnan(out[i].reading.numerator));
                    }
        }
    }
    wm_formula_scratch_free(scratch);
}

int main(void)
{
    ADD_TABLE(CASES, comes_to);
    ADD_TABLE(LONGER_CASES, makes_longer);
    ADD_TABLE(UNITS_CASES, rolls_up);
    ADD_TABLE(LAW_CASES, are_the_same);
    ADD(in_year_of_year_to_date_is_the_identity);
    ADD(rolling_mean_of_a_constant_is_the_constant);
    ADD(a_total_of_shares_lies_between_them);
    ADD(a_roll_up_of_roll_ups_is_the_direct_total);
    ADD(no_total_tells_what_was_suppressed);
    return run_cases("formula");
}
