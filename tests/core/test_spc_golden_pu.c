/* c, u, u', p, p', i and run charts, and Anhoej's runs analysis, against qicharts2 0.8.1.
 *
 * No difference on purpose.
 */
#include "core/test_spc_golden.h"

typedef struct {
    const char *name, *chart, *screened, *freeze;
} Case;

static const Case CASES[] = {
    {"c", "c", "", "0"},
    {"u", "u", "", "0"},
    {"p", "p", "", "0"},
    {"run", "run", "", "0"},
    {"run_fixed_12", "run", "", "12"},
    {"i_screened", "i", "1", "0"},
    {"i_screened_fixed_12", "i", "1", "12"},
    {"i_unscreened", "i", "0", "0"},
    {"i_unscreened_fixed_12", "i", "0", "12"},
    {"pp_screened", "pp", "1", "0"},
    {"pp_screened_fixed_12", "pp", "1", "12"},
    {"pp_unscreened", "pp", "0", "0"},
    {"pp_unscreened_fixed_12", "pp", "0", "12"},
    {"up_screened", "up", "1", "0"},
    {"up_screened_fixed_12", "up", "1", "12"},
    {"up_unscreened", "up", "0", "0"},
    {"up_unscreened_fixed_12", "up", "0", "12"},
};

#define N_CASES (sizeof CASES / sizeof CASES[0])

static void analyse(const Case *c, const Readings *readings, WmSpcScratch *scratch, WmSpc *out)
{
    WmSpcOptions options = wm_spc_options_default();
    assert_true(wm_spc_chart_parse(c->chart, &options.chart));
    options.screen = strcmp(c->screened, "0") == 0 ? WM_SPC_SCREEN_NO : WM_SPC_SCREEN_YES;
    options.fix_after = (size_t)strtoul(c->freeze, NULL, 10);
    options.rules = WM_SPC_ANHOEJ;
    assert_int_equal(wm_spc_analyse(readings->points, readings->n, &options, scratch, out), WM_OK);
    assert_int_equal(out->n_phases, 1);
}

/* An absent number is 0 here: nothing useful, no run. */
static int whole(const Table *expected, size_t row, const char *name)
{
    const double value = table_number(expected, row, name);
    return isnan(value) ? 0 : (int)value;
}

static void compare_runs(Tally *tally, const Table *expected, size_t row, const WmSpc *spc)
{
    const char *series = table_text(expected, row, "series_id");
    const WmSpcPhase *phase = &spc->phases[0];
    uint32_t all = 0;
    int n_outside = 0;
    for (size_t i = 0; i < spc->n_points; i++) {
        all |= spc->points[i].signals;
        n_outside += holds(&spc->points[i], WM_SIGNAL_OUTSIDE);
    }
    const bool has_runs = all >> WM_SIGNAL_LONG_RUN & 1 || all >> WM_SIGNAL_FEW_CROSSINGS & 1;
    compare_class(tally, (int)phase->n_readings, whole(expected, row, "n_obs"), series);
    compare_class(tally, (int)phase->n_useful, whole(expected, row, "n_useful"), series);
    compare_class(tally, (int)phase->longest_run, whole(expected, row, "longest_run"), series);
    compare_class(tally, (int)phase->longest_run_max, whole(expected, row, "longest_run_max"), series);
    compare_class(tally, (int)phase->n_crossings, whole(expected, row, "n_crossings"), series);
    compare_class(tally, (int)phase->n_crossings_min, whole(expected, row, "n_crossings_min"), series);
    compare_class(tally, has_runs, whole(expected, row, "runs_signal"), series);
    compare_class(tally, n_outside, whole(expected, row, "n_sigma_signal"), series);
}

/* Two-sigma limits, cut as the chart cuts the others. */
static void compare_warning_limits(Tally *tally, const Table *expected, size_t row, const WmSpc *spc)
{
    const WmSpcVerdict *first = &spc->points[0];
    const bool is_cut_low = spc->chart != WM_SPC_I, is_cut_high = spc->chart == WM_SPC_P || spc->chart == WM_SPC_PP;
    double lower = first->centre - 2 * first->sigma, upper = first->centre + 2 * first->sigma;
    lower = is_cut_low && lower < 0 ? 0 : lower;
    upper = is_cut_high && upper > 1 ? 1 : upper;
    const double size = table_number(expected, row, "ucl95_first");
    compare_number(tally, lower, table_number(expected, row, "lcl95_first"), size, table_text(expected, row, "series_id"));
    compare_number(tally, upper, size, size, table_text(expected, row, "series_id"));
}

static void limits_and_runs_agree(void **state)
{
    const Case *c = *state;
    Table input, expected;
    golden_read("pu_charts.input.csv", &input);
    golden_read("pu_charts.expected.csv", &expected);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    Tally tally = {0};
    for (size_t row = 0; row < expected.n_rows; row++) {
        if (strcmp(table_text(&expected, row, "chart"), c->chart) != 0 ||
            strcmp(table_text(&expected, row, "screened"), c->screened) != 0 ||
            strcmp(table_text(&expected, row, "freeze"), c->freeze) != 0)
            continue;
        const char *series = table_text(&expected, row, "series_id");
        Readings readings;
        WmSpc spc;
        readings_of(&input, series, &readings);
        analyse(c, &readings, scratch, &spc);
        const double upper = table_number(&expected, row, "ucl_first");
        compare_number(&tally, spc.points[0].centre, table_number(&expected, row, "cl"), upper, series);
        compare_number(&tally, spc.points[0].lower, table_number(&expected, row, "lcl_first"), upper, series);
        compare_number(&tally, spc.points[0].upper, upper, upper, series);
        compare_warning_limits(&tally, &expected, row, &spc);
        compare_runs(&tally, &expected, row, &spc);
    }
    wm_spc_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    tally_finish(&tally, c->name);
}

static void points_agree(void **state)
{
    (void)state;
    Table input, expected;
    golden_read("pu_charts.input.csv", &input);
    golden_read("pu_charts_points.expected.csv", &expected);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    Tally tally = {0};
    for (size_t row = 0, end; row < expected.n_rows; row = end) {
        end = group_end(&expected, row, "series_id", "chart", NULL);
        const Case c = {"points", table_text(&expected, row, "chart"), "1", "0"};
        const char *series = table_text(&expected, row, "series_id");
        Readings readings;
        WmSpc spc;
        readings_of(&input, series, &readings);
        analyse(&c, &readings, scratch, &spc);
        for (size_t i = row; i < end; i++) {
            const WmSpcVerdict *point = &spc.points[index_of_date(&readings, table_text(&expected, i, "date"))];
            const double upper = table_number(&expected, i, "ucl");
            compare_number(&tally, point->lower, table_number(&expected, i, "lcl"), upper, series);
            compare_number(&tally, point->upper, upper, upper, series);
            compare_class(&tally, holds(point, WM_SIGNAL_OUTSIDE), is_set(&expected, i, "sigma_signal"), series);
        }
    }
    wm_spc_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    tally_finish(&tally, "points");
}

int main(void)
{
    struct CMUnitTest tests[N_CASES + 1];
    for (size_t i = 0; i < N_CASES; i++)
        tests[i] = (struct CMUnitTest){CASES[i].name, limits_and_runs_agree, NULL, NULL, (void *)(uintptr_t)&CASES[i]};
    tests[N_CASES] = (struct CMUnitTest)cmocka_unit_test(points_agree);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
