/* `waymark spc` as scripts meet it: every flag, every column, every error and its exit code. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/fixture_command.h"

#define POINTS_HEADER "series,period,value,centre,lower,upper,phase,signal,effect\n"
#define SUMMARY_HEADER                                                                           \
    "series,chart,n,phase,centre,lower,upper,sigma,variation,assurance,p_value,q_value,caution," \
    "chart_reason,signal,target\n"

static char *period_of(size_t i)
{
    return g_strdup_printf("%zu-%02zu", 2020 + i / 12, i % 12 + 1);
}

static void append(GString *csv, const char *series, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autofree char *period = period_of(i);
        g_string_append_printf(csv, "%s,%s,%g\n", series, period, values[i]);
    }
}

/* Two stable years and four readings that are higher; 100 all along; one reading. */
static const double SHIFTED[] = {50, 53, 49, 52, 47, 51, 54, 48, 50, 52, 49, 51, 53, 47,
                                 50, 52, 48, 51, 49, 50, 53, 48, 51, 50, 62, 61, 63, 64};
static const double CONSTANT[] = {100, 100, 100, 100, 100, 100, 100, 100};

static Folder workplace(void)
{
    Folder self = folder_new();
    g_autoptr(GString) csv = g_string_new("series,period,value\n");
    append(csv, "shifted", SHIFTED, G_N_ELEMENTS(SHIFTED));
    append(csv, "constant", CONSTANT, G_N_ELEMENTS(CONSTANT));
    append(csv, "one", SHIFTED, 1);
    folder_write(&self, "x.csv", csv->str);
    folder_write(&self, "ratio.csv",
                 "series,period,numerator,denominator\na,2020-01,30,60\na,2020-02,33,61\na,2020-03,28,58\na,2020-04,31,0\n");
    folder_write(&self, "gaps.csv", "series,period,value\na,2020-01,5\na,2020-02,[c]\na,2020-03,\na,2020-04,6\n");
    folder_write(&self, "bad.csv", "series,period,value\na,2020-01,5\na,sometime,6\n");
    folder_write(&self, "twice.csv", "series,period,value\na,2020-01,5\na,2020-01,6\n");
    folder_write(&self, "columns.csv", "name,when\na,2020-01\n");
    folder_write(&self, "mixed.csv", "series,period,value\na,2020-01,5\na,2020-Q2,6\na,2020-07,6\n");
    folder_write(&self, "above.csv", "series,period,numerator,denominator\na,2020-01,61,60\na,2020-02,33,61\n");
    folder_write(&self, "strangers.csv", "series,due,target\nnobody,2021-06,40\n");
    folder_write(&self, "nothing.csv", "");
    folder_write(&self, "rates.csv", "series,period,value\na,2020-01,5.5\na,2020-02,6.1\n");
    folder_write(&self, "header.csv", "series,period,value\n");
    folder_write(&self, "targets.csv",
                 "series,due,target,polarity\nshifted,2021-06,40,higher\nshifted,2022-12,70,\n,2030-01,95,higher\n");
    folder_write(&self, "steps.csv", "series,due,target,polarity\nshifted,2020-01,40,lower\nshifted,2021-06,20,lower\n");
    folder_write(&self, "gap.csv", "series,due,target,polarity\nshifted,2020-01,20,higher\nshifted,2022-02,,higher\n");
    folder_write(&self, "path.csv", "series,due,target,polarity\n,2019-12,40,higher\n,2020-12,64,higher\n");
    static const double RISING[] = {50, 53, 53, 57, 58, 61, 62, 65, 66, 69, 70, 73};
    g_autoptr(GString) rising = g_string_new("series,period,value\n");
    append(rising, "r", RISING, G_N_ELEMENTS(RISING));
    folder_write(&self, "rising.csv", rising->str);
    folder_write(&self, "nought.csv", "series,period,numerator,denominator\nz,2020-01,5,0\nz,2020-02,0,0\n");
    folder_write(&self, "huge.csv", "series,period,value\nh,2020-01,1e308\nh,2020-02,-1e308\nh,2020-03,1e308\nh,2020-04,5\n");
    return self;
}

static Folder place;

static int make_place(void **state)
{
    (void)state;
    place = workplace();
    return 0;
}

static int clear_place(void **state)
{
    (void)state;
    folder_clear(&place);
    return 0;
}

/* ---- errors and what is printed ---- */

typedef struct {
    const char *name;
    const char *words[10];
    int code;
    const char *out, *err; /* parts of what is printed; NULL for any */
} Case;

static const Case CASES[] = {
    {"points_have_the_columns_of_the_contract", {"spc", "x.csv"}, 0, POINTS_HEADER "shifted,2020-01,50,", "series on a chart xmr"},
    {"a_summary_has_its_columns", {"spc", "--summary", "x.csv"}, 0, SUMMARY_HEADER "shifted,xmr,28,1,", "by chance"},
    {"quiet_is_quiet", {"spc", "--summary", "--quiet", "x.csv"}, 0, SUMMARY_HEADER, ""},
    {"json_is_a_list", {"spc", "--summary", "--format", "json", "x.csv"}, 0, "\"p_value\":", NULL},
    {"a_table_is_aligned", {"spc", "--summary", "--format", "table", "x.csv"}, 0, "series    chart", NULL},
    {"only_a_header", {"spc", "header.csv"}, 0, POINTS_HEADER, NULL},
    {"only_a_header_in_json", {"spc", "--format", "json", "header.csv"}, 0, "[]", NULL},
    {"markers_are_no_numbers", {"spc", "gaps.csv"}, 0, "a,2020-02,,", NULL},
    {"chart_is_forced", {"spc", "--summary", "--chart", "i", "x.csv"}, 0, "shifted,i,28", NULL},
    {"chart_run_has_no_limits", {"spc", "--summary", "--chart", "run", "x.csv"}, 0, "shifted,run,28,1,51,,,,", NULL},
    {"rules_anhoej", {"spc", "--rules", "anhoej", "x.csv"}, 0, "outside", NULL},
    {"rules_nelson", {"spc", "--rules", "nelson", "x.csv"}, 0, "nelson_1", NULL},
    {"fixed_limits", {"spc", "--fix-after", "24", "x.csv"}, 0, "shifted,2022-01,62,50.333333333333336,", NULL},
    {"a_rebase_starts_a_phase", {"spc", "--rebase", "2022-01", "x.csv"}, 0, "shifted,2022-01,62,62.5,", NULL},
    {"a_year_is_excluded", {"spc", "--exclude", "2022", "x.csv"}, 0, "shifted,2022-01,62,50.333333333333336,", NULL},
    {"ssa_without_enough_readings",
     {"spc", "--establish", "ssa", "--period-min", "40", "--log", "x.csv"},
     0,
     "shifted,2020-01,too_few,",
     NULL},
    {"ssa_log_has_its_columns",
     {"spc", "--establish", "ssa", "--log", "x.csv"},
     0,
     "series,period,step,direction,centre,lower,upper\n",
     NULL},
    {"a_target_is_always_met", {"spc", "--summary", "--target", "20", "--polarity", "higher", "x.csv"}, 0, ",pass,", NULL},
    {"a_target_may_have_its_sign",
     {"spc", "--summary", "--quiet", "--target", "95 %", "--polarity", "higher", "x.csv"},
     0,
     "constant,xmr,8,1,100,,,,common,pass,,,,measurement,none,95\n",
     ""},
    {"a_percentage_is_no_target_of_shares",
     {"spc", "--summary", "--target", "95", "--polarity", "higher", "ratio.csv"},
     0,
     NULL,
     "warning: the target of 1 series is above 1 where the figures are shares from 0 to 1; --kind percent"},
    {"nor_is_one_of_numbers_warned_of", {"spc", "--target", "95", "--quiet", "x.csv"}, 0, POINTS_HEADER, ""},
    {"a_rebase_after_all_readings",
     {"spc", "--rebase", "2031-01", "x.csv"},
     0,
     POINTS_HEADER,
     "warning: --rebase 2031-01 changes nothing"},
    {"an_exclusion_of_no_reading",
     {"spc", "--exclude", "1999-01", "x.csv"},
     0,
     POINTS_HEADER,
     "warning: --exclude 1999-01 changes nothing"},
    {"targets_of_series_that_are_not_there",
     {"spc", "--targets", "strangers.csv", "x.csv"},
     0,
     POINTS_HEADER,
     "warning: 1 target is of series that the file does not have, as “nobody”"},
    {"a_setting_of_ssa_without_it",
     {"spc", "--period-min", "12", "x.csv"},
     0,
     POINTS_HEADER,
     "warning: --period-min and --shift-length change nothing without --establish ssa"},
    {"a_part_larger_than_its_whole",
     {"spc", "--chart", "p", "above.csv"},
     0,
     POINTS_HEADER,
     "warning: a p chart is of parts of a whole, which 1 reading is not"},
    {"a_count_that_is_not_whole",
     {"spc", "--chart", "c", "rates.csv"},
     0,
     POINTS_HEADER,
     "warning: a c chart is of whole numbers, which 2 readings are not"},
    {"months_and_quarters_in_one_series",
     {"spc", "mixed.csv"},
     3,
     "",
     "series “a” mixes periods of different lengths, 2020-01 and 2020-Q2"},
    {"a_target_is_never_met", {"spc", "--summary", "--target", "20", "--polarity", "lower", "x.csv"}, 0, ",concern,fail,", NULL},
    {"a_constant_series_by_its_value",
     {"spc", "--summary", "--target", "95", "--polarity", "higher", "x.csv"},
     0,
     "constant,xmr,8,1,100,,,,common,pass,,,,measurement,none,95\n",
     NULL},
    {"targets_bring_their_polarity",
     {"spc", "--summary", "--targets", "targets.csv", "x.csv"},
     0,
     "constant,xmr,8,1,100,,,,common,pass,,,,measurement,none,95\n",
     NULL},
    {"the_latest_step_counts",
     {"spc", "--summary", "--quiet", "--targets", "steps.csv", "--fix-after", "24", "x.csv"},
     0,
     ",concern,fail,",
     NULL},
    {"a_step_that_is_missing_leaves_the_one_before",
     {"spc", "--summary", "--quiet", "--targets", "gap.csv", "x.csv"},
     0,
     ",pass,",
     NULL},
    {"a_moving_target_judges_the_gap",
     {"spc", "--summary", "--quiet", "--path", "linear", "--targets", "path.csv", "rising.csv"},
     0,
     ",improvement,pass,",
     NULL},
    {"which_a_level_does_not",
     {"spc", "--summary", "--quiet", "--targets", "path.csv", "rising.csv"},
     0,
     ",improvement,inconsistent,",
     NULL},
    {"run_lengths_are_as_asked", {"spc", "--lengths", "run=2", "--fix-after", "24", "x.csv"}, 0, ",run,neutral_high\n", NULL},
    {"lengths_that_are_none", {"spc", "--lengths", "run", "x.csv"}, 2, "", "--lengths “run” is not understood; signals with"},
    {"a_signal_without_a_length", {"spc", "--lengths", "outside=2", "x.csv"}, 2, "", "--lengths “outside=2”"},
    {"a_shift_of_three",
     {"spc", "--establish", "ssa", "--period-min", "4", "--shift-length", "4", "--log", "x.csv"},
     0,
     "shifted,2022-01,accepted,up,62.5,",
     NULL},
    {"a_shift_of_one_reading", {"spc", "--shift-length", "1", "x.csv"}, 2, "", "--shift-length 1: limits need 2 readings or more"},
    {"a_path_that_is_none", {"spc", "--path", "curved", "x.csv"}, 2, "", "--path “curved” is not understood; step or linear"},
    {"bounds_may_both_be_empty", {"spc", "--bounds", ",", "x.csv"}, 0, POINTS_HEADER, NULL},
    {"bounds_may_have_no_low", {"spc", "--bounds", ",55", "--fix-after", "24", "x.csv"}, 0, ",55,1,outside,", NULL},
    {"no_rebase_and_no_exclusion", {"spc", "--rebase", "", "--exclude", "", "x.csv"}, 0, POINTS_HEADER, NULL},
    {"all_excluded_is_no_limits",
     {"spc", "--summary", "--quiet", "--target", "5", "--polarity", "higher", "--exclude", "2020,2021,2022", "x.csv"},
     0,
     "shifted,xmr,28,1,,,,,common,none,",
     NULL},
    {"fixed_and_rebased",
     {"spc", "--fix-after", "4", "--rebase", "2021-01,2022-01", "--summary", "--quiet", "x.csv"},
     0,
     "shifted,xmr,28,3,62.5,",
     NULL},
    {"denominators_of_nought_are_no_reading", {"spc", "--summary", "--quiet", "nought.csv"}, 0, "z,xmr,0,1,,,,,common,none,", NULL},
    {"huge_numbers_have_no_limits", {"spc", "--summary", "--quiet", "huge.csv"}, 0, "h,xmr,4,1,", NULL},
    {"an_unknown_flag", {"spc", "--nonsense", "x.csv"}, 2, "", "--nonsense"},
    {"a_count_that_is_no_number", {"spc", "--period-min", "abc", "x.csv"}, 2, "", "“abc”"},
    {"as_at_cuts_what_came_later", {"spc", "--summary", "--as-at", "2021-12-31", "x.csv"}, 0, "shifted,xmr,24,1,", NULL},
    {"ratios_go_on_a_p_chart", {"spc", "--kind", "percent", "ratio.csv"}, 0, "a,2020-01,50,", "series on a chart p"},
    {"a_zero_denominator_is_no_reading", {"spc", "--kind", "percent", "ratio.csv"}, 0, "a,2020-04,,", NULL},
    {"ratios_without_a_kind_are_0_to_1", {"spc", "ratio.csv"}, 0, "a,2020-01,0.5,", NULL},
    {"bounds_cut_limits",
     {"spc", "--bounds", "49.5,", "--fix-after", "24", "x.csv"},
     0,
     "shifted,2022-01,62,50.333333333333336,49.5,",
     NULL},
    {"frequency_places_periods", {"spc", "--frequency", "quarter", "header.csv"}, 0, POINTS_HEADER, NULL},
    {"screening_may_be_left_out", {"spc", "--screen", "no", "x.csv"}, 0, POINTS_HEADER, NULL},
    {"no_file", {"spc"}, 2, "", "usage: waymark spc FILE"},
    {"a_chart_that_is_none", {"spc", "--chart", "pie", "x.csv"}, 2, "", "--chart “pie” is not understood; auto, xmr"},
    {"rules_that_are_none",
     {"spc", "--rules", "golden", "x.csv"},
     2,
     "",
     "--rules “golden” is not understood; mdc, anhoej or nelson"},
    {"a_screen_that_is_none", {"spc", "--screen", "perhaps", "x.csv"}, 2, "", "--screen “perhaps” is not understood; yes or no"},
    {"an_establish_that_is_none",
     {"spc", "--establish", "later", "x.csv"},
     2,
     "",
     "--establish “later” is not understood; no or ssa"},
    {"a_kind_that_is_none", {"spc", "--kind", "colour", "x.csv"}, 2, "", "--kind “colour” is not understood"},
    {"a_polarity_that_is_none", {"spc", "--polarity", "up", "x.csv"}, 2, "", "--polarity “up” is not understood"},
    {"a_frequency_that_is_none", {"spc", "--frequency", "often", "x.csv"}, 2, "", "--frequency “often” is not understood"},
    {"bounds_that_are_none", {"spc", "--bounds", "high", "x.csv"}, 2, "", "--bounds “high” is not understood"},
    {"bounds_the_wrong_way", {"spc", "--bounds", "5,1", "x.csv"}, 2, "", "is not understood"},
    {"a_rebase_that_is_none",
     {"spc", "--rebase", "once", "x.csv"},
     2,
     "",
     "--rebase “once” is not understood; a period such as 2026-04"},
    {"an_exclude_that_is_none", {"spc", "--exclude", "once", "x.csv"}, 2, "", "--exclude “once” is not understood"},
    {"a_target_that_is_none", {"spc", "--target", "best", "x.csv"}, 2, "", "--target “best” is not understood; a number"},
    {"two_kinds_of_target",
     {"spc", "--target", "1", "--targets", "targets.csv", "x.csv"},
     2,
     "",
     "--target or --targets, not both"},
    {"limits_from_one_reading", {"spc", "--fix-after", "1", "x.csv"}, 2, "", "--fix-after 1: limits need 2 readings or more"},
    {"a_period_of_one_reading", {"spc", "--period-min", "1", "x.csv"}, 2, "", "--period-min 1: limits need 2 readings or more"},
    {"a_period_that_is_none", {"spc", "bad.csv"}, 3, "", "bad.csv:3:2: “sometime” is no period; write it as"},
    {"two_rows_for_one_period", {"spc", "twice.csv"}, 3, "", "two rows for Jan 2020; keep one of them"},
    {"columns_that_are_missing", {"spc", "columns.csv"}, 3, "", "a column is missing"},
    {"an_empty_file", {"spc", "nothing.csv"}, 3, "", "there is nothing to read"},
    {"a_missing_file", {"spc", "nowhere.csv"}, 4, "", "nowhere.csv"},
    {"a_missing_target_file", {"spc", "--targets", "nowhere.csv", "x.csv"}, 4, "", "nowhere.csv"},
};

static void answers(void **state)
{
    const Case *c = *state;
    g_auto(Run) run = run_in(&place, c->words);
    assert_exit(run, c->code);
    if (c->out && (*c->out ? !strstr(run.out, c->out) : *run.out))
        fail_msg("%s: stdout has no “%s”:\n%s", c->name, c->out, run.out);
    if (c->err && (*c->err ? !strstr(run.err, c->err) : *run.err))
        fail_msg("%s: stderr has no “%s”:\n%s", c->name, c->err, run.err);
}

/* ---- p-values over a batch ---- */

/* The field `column` (from 0) of the row that begins with `series`. New; NULL when there is none. */
static char *field_of(const char *csv, const char *series, guint column)
{
    g_auto(GStrv) rows = g_strsplit(csv, "\n", -1);
    g_autofree char *begin = g_strconcat(series, ",", NULL);
    for (char **row = rows; *row; row++)
        if (g_str_has_prefix(*row, begin)) {
            g_auto(GStrv) fields = g_strsplit(*row, ",", -1);
            return g_strdup(g_strv_length(fields) > column ? fields[column] : NULL);
        }
    return NULL;
}

enum { P_VALUE = 10, Q_VALUE, CAUTION };

static double number_of(const char *csv, const char *series, guint column)
{
    g_autofree char *text = field_of(csv, series, column);
    return text && *text ? g_ascii_strtod(text, NULL) : (double)NAN;
}

static void a_clear_signal_stands_and_a_constant_has_no_p(void **state)
{
    (void)state;
    g_auto(Run) run = RUN(&place, "spc", "--summary", "--fix-after", "24", "x.csv");
    assert_exit(run, 0);
    const double p = number_of(run.out, "shifted", P_VALUE), q = number_of(run.out, "shifted", Q_VALUE);
    assert_true(p > 0 && p < 0.01 && q == p); /* the only one with a p-value */
    assert_true(isnan(number_of(run.out, "constant", P_VALUE)) && isnan(number_of(run.out, "one", P_VALUE)));
    assert_non_null(strstr(
        run.err,
        "signals at the latest reading: 1 of 1 series; expected by chance alone: 0.0; left at a false discovery rate of 5%: 1"));
}

/* The same numbers whichever series stands first. */
static void the_order_of_series_changes_nothing(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"a", "b", "c"};
    char *texts[2];
    for (size_t way = 0; way < 2; way++) {
        g_autoptr(GString) csv = g_string_new("series,period,value\n");
        for (size_t k = 0; k < 3; k++) {
            const size_t i_series = way ? 2 - k : k;
            append(csv, NAMES[i_series], SHIFTED + i_series, 24);
        }
        folder_write(&place, "order.csv", csv->str);
        g_auto(Run) run = RUN(&place, "spc", "--summary", "--quiet", "order.csv");
        texts[way] = g_strdup(run.out);
    }
    for (size_t k = 0; k < 3; k++) {
        assert_true(number_of(texts[0], NAMES[k], P_VALUE) == number_of(texts[1], NAMES[k], P_VALUE));
        assert_true(number_of(texts[0], NAMES[k], Q_VALUE) == number_of(texts[1], NAMES[k], Q_VALUE));
    }
    g_free(texts[0]);
    g_free(texts[1]);
}

static void seasons_are_told(void **state)
{
    (void)state;
    double values[48];
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        values[i] = 50 + 10 * sin((double)i * 3.14159265 / 6) + sin((double)(i * i)); /* a year, and something like noise */
    g_autoptr(GString) csv = g_string_new("series,period,value\n");
    append(csv, "s", values, G_N_ELEMENTS(values));
    folder_write(&place, "season.csv", csv->str);
    g_auto(Run) run = RUN(&place, "spc", "--summary", "season.csv");
    g_autofree char *caution = field_of(run.out, "s", CAUTION);
    assert_string_equal(caution, "seasonal");
    assert_non_null(strstr(run.err, "1 series with seasons: p is of the change over a year"));
}

/* What is streamed is what would have been kept: as many rows as readings, whatever fills the buffer. */
static void a_long_file_is_printed_whole(void **state)
{
    (void)state;
    enum { N_SERIES = 400 };
    g_autoptr(GString) csv = g_string_new("series,period,value\n");
    for (size_t i = 0; i < N_SERIES; i++) {
        g_autofree char *quoted = g_strdup_printf("\"series %zu, with a \"\"name\"\"\"", i);
        append(csv, quoted, SHIFTED, G_N_ELEMENTS(SHIFTED));
    }
    folder_write(&place, "long.csv", csv->str);
    g_auto(Run) run = RUN(&place, "spc", "--quiet", "long.csv");
    assert_exit(run, 0);
    size_t n_rows = 0;
    for (const char *c = run.out; *c; c++)
        n_rows += *c == '\n';
    assert_int_equal(n_rows, 1 + N_SERIES * G_N_ELEMENTS(SHIFTED));
    assert_non_null(strstr(run.out, "\"series 399, with a \"\"name\"\"\",2022-04,64,"));
}

int main(void)
{
    static struct CMUnitTest tests[G_N_ELEMENTS(CASES) + 4];
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        tests[n++] = (struct CMUnitTest){CASES[i].name, answers, NULL, NULL, (void *)(uintptr_t)&CASES[i]};
    const struct CMUnitTest singles[] = {
        cmocka_unit_test(a_clear_signal_stands_and_a_constant_has_no_p),
        cmocka_unit_test(the_order_of_series_changes_nothing),
        cmocka_unit_test(seasons_are_told),
        cmocka_unit_test(a_long_file_is_printed_whole),
    };
    memcpy(tests + n, singles, sizeof singles);
    return cmocka_run_group_tests(tests, make_place, clear_place);
}
