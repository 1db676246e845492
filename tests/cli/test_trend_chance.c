/* The filters trend and chance, and priors, as a script calls them. */
#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"

#define MONTHLY "series,period,value\n"

typedef struct {
    char *out, *err;
    int code;
} Run;

static void run_clear(Run *self)
{
    g_free(self->out);
    g_free(self->err);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

typedef struct {
    char *path;
} File;

static void file_clear(File *self)
{
    g_remove(self->path);
    g_free(self->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(File, file_clear)

static File file_new(const char *text)
{
    File file = {NULL};
    const int handle = g_file_open_tmp("waymark-XXXXXX.csv", &file.path, NULL);
    assert_true(handle >= 0);
    g_close(handle, NULL);
    assert_true(g_file_set_contents(file.path, text, -1, NULL));
    return file;
}

/* The command with these words; %s in the last is a file's path. */
static Run command(const char *const *words)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    Run run = {NULL, NULL, 0};
    int status = 0;
    const char *program = g_getenv("WAYMARK_COMMAND");
    if (!program)
        skip();
    g_ptr_array_add(argv, (void *)(uintptr_t)program);
    for (; *words; words++)
        g_ptr_array_add(argv, (void *)(uintptr_t)*words);
    g_ptr_array_add(argv, NULL);
    assert_true(g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &run.out, &run.err, &status, NULL));
    run.code = WEXITSTATUS(status);
    return run;
}
#define RUN(...) command((const char *const[]){__VA_ARGS__, NULL})

/* Field `column` of row `row` (0 is the header). New. */
static char *field(const char *csv, size_t row, size_t column)
{
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    assert_true(row < g_strv_length(lines));
    g_auto(GStrv) fields = g_strsplit(lines[row], ",", -1);
    assert_true(column < g_strv_length(fields));
    return g_strdup(fields[column]);
}

static double number(const char *csv, size_t row, size_t column)
{
    g_autofree char *text = field(csv, row, column);
    return *text ? g_ascii_strtod(text, NULL) : NAN;
}

static size_t n_rows(const char *csv)
{
    size_t n = 0;
    for (; *csv; csv++)
        n += *csv == '\n';
    return n - 1;
}

/* Months from January 2020 of two series that rise together. */
static char *rising(int n)
{
    GString *text = g_string_new(MONTHLY);
    for (int i = 0; i < n; i++)
        g_string_append_printf(text, "north,%d-%02d,%d\nsouth,%d-%02d,%d\n", 2020 + i / 12, i % 12 + 1, 40 + i + i % 3,
                               2020 + i / 12, i % 12 + 1, 30 + i + i % 2);
    return g_string_free(text, FALSE);
}

static void a_trend_has_its_columns_and_steps(void **state)
{
    (void)state;
    g_autofree char *text = rising(8);
    g_auto(File) file = file_new(text);
    g_auto(Run) run = RUN("trend", "--bounds", "0,100", "--horizon", "2", "--levels", "95,50", "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    assert_true(g_str_has_prefix(run.out, "series,period,step,mean,sd,lo95,hi95,lo50,hi50\nnorth,2020-01,-7,"));
    assert_int_equal(n_rows(run.out), 2 * (8 + 2));
    g_autofree char *period = field(run.out, 9, 1);
    assert_string_equal(period, "2020-09");
    assert_near(number(run.out, 8, 2), 0, 0);
    assert_near(number(run.out, 9, 2), 1, 0);
    for (size_t row = 1; row <= 20; row++) {
        assert_true(number(run.out, row, 5) <= number(run.out, row, 7) && number(run.out, row, 7) <= number(run.out, row, 8));
        assert_true(number(run.out, row, 8) <= number(run.out, row, 6) && number(run.out, row, 4) > 0);
    }
}

typedef struct {
    const char *name;
} ModelCase;

static const ModelCase MODELS[] = {
    {"auto"},          {"ols"},        {"wls"},          {"huber"}, {"bisquare"},      {"theil_sen"},   {"binomial"},
    {"poisson"},       {"log_linear"}, {"logit_linear"}, {"ets"},   {"ses"},           {"holt"},        {"damped"},
    {"ann"},           {"aan"},        {"aadn"},         {"ana"},   {"aaa"},           {"aada"},        {"mnn"},
    {"man"},           {"madn"},       {"level"},        {"llt"},   {"level_seasons"}, {"llt_seasons"}, {"level_harmonics"},
    {"llt_harmonics"},
};

static void a_model_expects_a_rising_series_to_rise(void **state)
{
    const ModelCase *model = *state;
    g_autofree char *text = rising(40);
    g_auto(File) file = file_new(text);
    g_auto(Run) run = RUN("trend", "--model", model->name, "--bounds", "0,100", "--horizon", "1", "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    assert_int_equal(n_rows(run.out), 2 * 41);
    assert_true(number(run.out, 41, 3) > 70 && number(run.out, 41, 3) < 88);
    assert_true(number(run.out, 41, 5) <= number(run.out, 41, 3) && number(run.out, 41, 6) >= number(run.out, 41, 3));
    g_auto(Run) terms = RUN("trend", "--model", model->name, "--coefficients", "--bounds", "0,100", "--format", "csv", file.path);
    assert_int_equal(terms.code, 0);
    assert_true(g_str_has_prefix(terms.out, "series,model,term,estimate,std_error,statistic,p_value,df,scale\nnorth,"));
}

/* Three, two, one and no readings; all the same; gaps, markers and 0 of 0; all at an end: rows for every reading, no number that is
 * not finite, intervals in order, and within the bounds but for straight lines. */
static const char DIFFICULT[] =
    "series,period,numerator,denominator\n"
    "three,2020-01,3,10\nthree,2020-02,4,10\nthree,2020-03,4,9\ntwo,2020-01,3,10\ntwo,2020-02,4,10\none,2020-01,3,10\n"
    "none,2020-01,x,c\nnone,2020-02,,\nsame,2020-01,5,10\nsame,2020-02,5,10\nsame,2020-03,5,10\nsame,2020-04,5,10\nsame,2020-05,5,"
    "10\n"
    "same,2020-06,5,10\nsame,2020-07,5,10\nsame,2020-08,5,10\ngaps,2019-01,3,10\ngaps,2019-02,4,9\ngaps,2019-05,x,x\n"
    "gaps,2019-09,2,11\ngaps,2019-10,0,0\ngaps,2020-02,5,10\ngaps,2020-03,3,8\ngaps,2020-04,4,8\ngaps,2020-05,x,x\nfull,2020-01,10,"
    "10\n"
    "full,2020-02,12,12\nfull,2020-03,9,9\nfull,2020-04,10,10\nfull,2020-05,8,8\nfull,2020-06,11,11\nfull,2020-07,9,9\n"
    "nil,2020-01,0,10\nnil,2020-02,0,12\nnil,2020-03,0,9\nnil,2020-04,0,9\nnil,2020-05,0,9\nnil,2020-06,0,9\n";

static gboolean is_line(const char *model)
{
    static const char *const LINES[] = {"ols", "wls", "huber", "bisquare", "theil_sen", "log_linear"};
    for (size_t i = 0; i < G_N_ELEMENTS(LINES); i++)
        if (strcmp(model, LINES[i]) == 0)
            return TRUE;
    return FALSE;
}

static void a_model_survives_difficult_series(void **state)
{
    const ModelCase *model = *state;
    g_auto(File) file = file_new(DIFFICULT);
    g_auto(Run) run = RUN("trend", "--model", model->name, "--kind", "percent", "--horizon", "3", "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    const size_t n = n_rows(run.out);
    assert_true(n >= 38);
    for (size_t row = 1; row <= n; row++) {
        const double mean = number(run.out, row, 3), sd = number(run.out, row, 4), lo95 = number(run.out, row, 7),
                     lo80 = number(run.out, row, 5), hi80 = number(run.out, row, 6), hi95 = number(run.out, row, 8);
        assert_false(isinf(mean) || isinf(sd) || isinf(lo95) || isinf(hi95));
        assert_true(isnan(lo80) || (lo95 <= lo80 && lo80 <= hi80 && hi80 <= hi95 && sd >= 0));
        assert_true(is_line(model->name) || isnan(lo95) || (lo95 >= 0 && hi95 <= 100 && mean >= 0 && mean <= 100));
    }
    g_auto(Run) terms = RUN("trend", "--model", model->name, "--kind", "percent", "--coefficients", "--format", "csv", file.path);
    assert_int_equal(terms.code, 0);
    assert_null(strstr(terms.out, "nan"));
    assert_null(strstr(terms.out, "inf"));
}

/* A month without a value at the end moves no forecast to another month. */
static void a_marker_at_the_end_is_a_period_too(void **state)
{
    (void)state;
    g_auto(File) plain = file_new(MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,51\na,2020-04,53\n");
    g_auto(File) marked = file_new(MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,51\na,2020-04,53\na,2020-05,c\n");
    g_auto(Run) x = RUN("trend", "--bounds", "0,100", "--horizon", "3", "--format", "csv", plain.path);
    g_auto(Run) y = RUN("trend", "--bounds", "0,100", "--horizon", "3", "--format", "csv", marked.path);
    g_autofree char *period = field(y.out, 6, 1);
    assert_string_equal(period, "2020-06");
    for (size_t column = 3; column < 9; column++)
        assert_near(number(x.out, 6, column), number(y.out, 6, column), 0);
}

/* y = 10 + 2t exactly for t = 1..4, with residuals 1, -1, -1, 1 that leave the line as it is: s^2 = 4/2. */
static void least_squares_counts_periods_from_1(void **state)
{
    (void)state;
    g_auto(File) file = file_new(MONTHLY "a,2020-01,13\na,2020-02,13\na,2020-03,15\na,2020-04,19\n");
    g_auto(Run) run = RUN("trend", "--model", "ols", "--coefficients", "--format", "csv", file.path);
    assert_near(number(run.out, 1, 3), 10, 1e-12);
    assert_near(number(run.out, 2, 3), 2, 1e-12);
    assert_near(number(run.out, 2, 8), sqrt(2), 1e-12);
    assert_near(number(run.out, 2, 7), 2, 0);
}

/* 1, 3, 2, 4, 5: one pair of ten is turned round, so S = 8 and tau = 0.8; Var S = 5 4 15 / 18, Z = 7 / sqrt(50/3); exactly p = 2 (1
 * + 4) / 120, orders with at most one pair turned round. */
static void a_rank_line_comes_with_kendalls_test(void **state)
{
    (void)state;
    g_auto(File) file = file_new(MONTHLY "a,2020-01,1\na,2020-02,3\na,2020-03,2\na,2020-04,4\na,2020-05,5\n");
    g_auto(Run) run = RUN("trend", "--model", "theil_sen", "--coefficients", "--format", "csv", file.path);
    g_autofree char *tau = field(run.out, 3, 2), *s = field(run.out, 4, 2);
    assert_string_equal(tau, "kendall_tau");
    assert_string_equal(s, "mann_kendall_s");
    assert_near(number(run.out, 2, 3), 1, 1e-12);
    assert_near(number(run.out, 3, 3), 0.8, 1e-12);
    assert_near(number(run.out, 3, 6), 10 / 120.0, 1e-12);
    assert_near(number(run.out, 4, 3), 8, 0);
    assert_near(number(run.out, 4, 5), 7 / sqrt(50 / 3.0), 1e-12);
}

static void chances_come_in_the_order_given(void **state)
{
    (void)state;
    g_autofree char *text = rising(12);
    g_auto(File) file = file_new(text);
    g_auto(File) targets =
        file_new("series,due,target,polarity\nsouth,2021-06,10,higher\nnorth,2021-03,90,higher\nnobody,2021-03,1,higher\n"
                 "north,2020-06,45,higher\nnorth,2020-06,45,lower\nnorth,2021-03,5,none\n");
    g_auto(Run) run = RUN("chance", "--bounds", "0,100", "--targets", targets.path, "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    assert_true(g_str_has_prefix(run.out, "series,due,target,chance,expected,expected_lo,expected_hi,basis\nsouth,2021-06,10,"));
    static const char *const BASES[] = {"model", "model", "none", "position", "position", "none"};
    for (size_t row = 1; row <= 6; row++) {
        g_autofree char *basis = field(run.out, row, 7);
        assert_string_equal(basis, BASES[row - 1]);
    }
    assert_true(number(run.out, 1, 3) > 0.99 && number(run.out, 2, 3) < 0.05);
    assert_near(number(run.out, 4, 3) + number(run.out, 5, 3), 1, 0); /* 47 in June 2020: one way met, the other not */
    g_autofree char *expected = field(run.out, 1, 4);
    assert_string_equal(expected, "2021-01-31");
}

static void from_three_readings_a_chance_is_never_empty(void **state)
{
    (void)state;
    g_auto(File) file = file_new(
        MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,51\nb,2020-01,50\nb,2020-02,51\nc,2020-01,0\nc,2020-02,0\nc,2020-03,0\n");
    g_auto(Run) run = RUN("chance", "--kind", "percent", "--target", "55", "--due", "2020-06", "--format", "csv", file.path);
    static const char *const BASES[] = {"prior", "none", "prior"};
    for (size_t row = 1; row <= 3; row++) {
        g_autofree char *basis = field(run.out, row, 7);
        assert_string_equal(basis, BASES[row - 1]);
        assert_true(isnan(number(run.out, row, 3)) == (row == 2));
    }
}

static void a_unit_alone_and_in_its_batch_have_one_answer(void **state)
{
    (void)state;
    g_autofree char *text = rising(30);
    g_autofree char *alone_text = g_strdup(MONTHLY);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (g_str_has_prefix(*line, "north")) {
            char *longer = g_strconcat(alone_text, *line, "\n", NULL);
            g_free(alone_text);
            alone_text = longer;
        }
    g_auto(File) batch = file_new(text);
    g_auto(File) alone = file_new(alone_text);
    g_auto(File) priors = file_new("");
    g_auto(Run) learnt = RUN("priors", "learn", "--bounds", "0,100", "--quiet", "--output", priors.path, batch.path);
    assert_int_equal(learnt.code, 0);
    g_auto(Run) whole = RUN("trend", "--bounds", "0,100", "--format", "csv", batch.path);
    g_auto(Run) one = RUN("trend", "--bounds", "0,100", "--priors", priors.path, "--format", "csv", alone.path);
    assert_int_equal(one.code, 0);
    assert_int_equal(strncmp(whole.out, one.out, strlen(one.out)), 0);

    g_autofree char *kept = NULL;
    assert_true(g_file_get_contents(priors.path, &kept, NULL, NULL));
    char *centre = strstr(kept, "centre = 0.");
    assert_non_null(centre);
    centre[strlen("centre = 0.")] ^= 1;
    assert_true(g_file_set_contents(priors.path, kept, -1, NULL));
    g_auto(Run) changed = RUN("chance", "--target", "50", "--priors", priors.path, alone.path);
    assert_int_equal(changed.code, 3);
    assert_non_null(strstr(changed.err, "changed since it was made"));
}

static void what_comes_after_the_as_at_is_not_seen(void **state)
{
    (void)state;
    g_autofree char *longer = rising(12);
    g_autofree char *shorter = rising(8);
    g_auto(File) all = file_new(longer);
    g_auto(File) known = file_new(shorter);
    g_auto(Run) as_at = RUN("trend", "--bounds", "0,100", "--as-at", "2020-08-31", "--format", "csv", all.path);
    g_auto(Run) then = RUN("trend", "--bounds", "0,100", "--format", "csv", known.path);
    assert_string_equal(as_at.out, then.out);
}

/* A step of 20 at the ninth month, marked as an intervention: its effect is a term, and the forecast keeps the new level. */
static void an_intervention_has_an_effect(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(MONTHLY);
    for (int k = 0; k < 20; k++)
        g_string_append_printf(text, "a,%d-%02d,%d\n", 2020 + k / 12, k % 12 + 1, 40 + k * 7 % 3 + (k >= 8 ? 20 : 0));
    g_auto(File) file = file_new(text->str);
    g_auto(File) events = file_new("series,period,kind\na,2020-09,intervention\nb,2020-03,break\n");
    static const char *const NAMES[] = {"auto", "level", "ols", "wls", "huber", "bisquare", "ets", "ses", "damped", "mnn"};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_auto(Run) terms = RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--events", events.path, "--coefficients",
                                "--format", "csv", file.path);
        const char *step = strstr(terms.out, ",step 2020-09,");
        assert_non_null(step);
        const double effect = g_ascii_strtod(step + strlen(",step 2020-09,"), NULL);
        assert_true(effect > 14 && effect < 22);
        g_auto(Run) rows = RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--events", events.path, "--horizon", "3",
                               "--format", "csv", file.path);
        assert_near(number(rows.out, 21, 3), 61, 4);
    }
}

typedef struct {
    const char *name, *text;
    int line;
} EventsCase;

static const EventsCase WRONG_EVENTS[] = {
    {"events without kinds", "series,period\na,2020-01\n", 1},
    {"an event of no kind", "series,period,kind\na,2020-01,break\na,2020-02,miracle\n", 3},
    {"an event without a period", "series,period,kind\na,soon,break\n", 2},
};

static void events_that_cannot_be_read_are_said_with_their_line(void **state)
{
    const EventsCase *row = *state;
    g_auto(File) file = file_new(MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,51\n");
    g_auto(File) events = file_new(row->text);
    g_auto(Run) run = RUN("trend", "--events", events.path, file.path);
    g_autofree char *place = g_strdup_printf("%s:%d:", events.path, row->line);
    assert_int_equal(run.code, 3);
    assert_non_null(strstr(run.err, place));
}

/* A break: as if what came before had never been read; an outlier: as if it were empty. */
static void breaks_and_outliers_leave_readings_out(void **state)
{
    (void)state;
    g_autoptr(GString) whole = g_string_new(MONTHLY), rest = g_string_new(MONTHLY);
    for (int k = 0; k < 24; k++) {
        const int y = k < 10 ? 80 : k == 15 ? 5 : 40 + k * 5 % 7;
        g_string_append_printf(whole, "a,%d-%02d,%d\n", 2020 + k / 12, k % 12 + 1, y);
        if (k >= 10 && k != 15)
            g_string_append_printf(rest, "a,%d-%02d,%d\n", 2020 + k / 12, k % 12 + 1, y);
    }
    g_auto(File) file = file_new(whole->str);
    g_auto(File) plain = file_new(rest->str);
    g_auto(File) events = file_new("series,period,kind\n,2020-11,break\na,2021-04,outlier\n");
    static const char *const NAMES[] = {"auto", "ols", "level", "ses"};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_auto(Run) marked = RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--events", events.path, "--horizon", "2",
                                 "--format", "csv", file.path);
        g_auto(Run) without =
            RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--horizon", "2", "--format", "csv", plain.path);
        for (size_t column = 3; column < 9; column++)
            assert_near(number(marked.out, 26, column), number(without.out, 15, column), 1e-6);
    }
}

static void the_number_of_jobs_changes_nothing(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(MONTHLY);
    for (int i = 0; i < 300; i++) /* more than are fitted together */
        for (int k = 0; k < 6; k++)
            g_string_append_printf(text, "s%d,2020-%02d,%d\n", i, k + 1, 20 + i % 50 + (i * 7 + k * 13) % 9);
    g_auto(File) file = file_new(text->str);
    g_auto(Run) one = RUN("trend", "--jobs", "1", "--horizon", "2", "--format", "csv", file.path);
    g_auto(Run) three = RUN("trend", "--jobs", "3", "--horizon", "2", "--format", "csv", file.path);
    assert_int_equal(n_rows(one.out), 300 * 8);
    assert_string_equal(one.out, three.out);
    g_auto(Run) chance_one = RUN("chance", "--jobs", "1", "--target", "40", "--due", "2020-12", "--format", "csv", file.path);
    g_auto(Run) chance_three = RUN("chance", "--jobs", "3", "--target", "40", "--due", "2020-12", "--format", "csv", file.path);
    assert_int_equal(n_rows(chance_one.out), 300);
    assert_string_equal(chance_one.out, chance_three.out);
}

typedef struct {
    const char *name;
    const char *words[8];
    int code;
} WrongCase;

static const WrongCase WRONG[] = {
    {"no such model", {"trend", "--model", "oracle", "-"}, 2},
    {"a level of 100", {"trend", "--levels", "80,100", "-"}, 2},
    {"a horizon below 0", {"trend", "--horizon", "-1", "-"}, 2},
    {"bounds turned round", {"trend", "--bounds", "100,0", "-"}, 2},
    {"no target", {"chance", "-"}, 2},
    {"two kinds of target", {"chance", "--target", "1", "--targets", "x.csv", "-"}, 2},
    {"a due that is no date", {"chance", "--target", "1", "--due", "soon", "-"}, 2},
    {"jobs below 0", {"trend", "--jobs", "-1", "-"}, 2},
    {"no such frequency", {"chance", "--target", "1", "--frequency", "weekly", "-"}, 2},
    {"no file", {"trend", "there-is-no-such-file.csv"}, 4},
    {"no prior file", {"priors", "forget", "-"}, 2},
    {"learning from what was learnt", {"priors", "learn", "--priors", "builtin", "-"}, 2},
};

static void wrong_words_are_refused(void **state)
{
    const WrongCase *row = *state;
    g_auto(Run) run = command(row->words);
    assert_int_equal(run.code, row->code);
    assert_true(*run.err && !*run.out);
}

int main(void)
{
    ADD(a_trend_has_its_columns_and_steps);
    ADD_TABLE(MODELS, a_model_expects_a_rising_series_to_rise);
    ADD_TABLE(MODELS, a_model_survives_difficult_series);
    ADD(a_marker_at_the_end_is_a_period_too);
    ADD(least_squares_counts_periods_from_1);
    ADD(a_rank_line_comes_with_kendalls_test);
    ADD(chances_come_in_the_order_given);
    ADD(from_three_readings_a_chance_is_never_empty);
    ADD(a_unit_alone_and_in_its_batch_have_one_answer);
    ADD(what_comes_after_the_as_at_is_not_seen);
    ADD(an_intervention_has_an_effect);
    ADD_TABLE(WRONG_EVENTS, events_that_cannot_be_read_are_said_with_their_line);
    ADD(breaks_and_outliers_leave_readings_out);
    ADD(the_number_of_jobs_changes_nothing);
    ADD_TABLE(WRONG, wrong_words_are_refused);
    return run_cases("trend_chance");
}
