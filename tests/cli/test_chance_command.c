/* The filters chance and priors, as a script calls them, and what all filters have alike. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fixture_filter.h"
#include "core/fixture_cases.h"

static void chances_come_in_the_order_given(void **state)
{
    (void)state;
    g_autofree char *text = filter_rising(12);
    g_auto(FilterFile) file = filter_file(text);
    g_auto(FilterFile) targets =
        filter_file("series,due,target,polarity\nsouth,2021-06,10,higher\nnorth,2021-03,90,higher\nnobody,2021-03,1,higher\n"
                    "north,2020-06,45,higher\nnorth,2020-06,45,lower\nnorth,2021-03,5,none\n");
    g_auto(Run) run = FILTER_RUN("chance", "--bounds", "0,100", "--targets", targets.path, "--format", "csv", file.path);
    assert_int_equal(run.code, 0);
    assert_true(g_str_has_prefix(run.out, "series,due,target,chance,expected,expected_lo,expected_hi,basis\nsouth,2021-06,10,"));
    static const char *const BASES[] = {"model", "model", "none", "position", "position", "none"};
    for (size_t row = 1; row <= 6; row++) {
        g_autofree char *basis = filter_field(run.out, row, 7);
        assert_string_equal(basis, BASES[row - 1]);
    }
    assert_true(filter_number(run.out, 1, 3) > 0.99 && filter_number(run.out, 2, 3) < 0.05);
    assert_near(filter_number(run.out, 4, 3) + filter_number(run.out, 5, 3), 1,
                0); /* 47 in June 2020: one way met, the other not */
    g_autofree char *expected = filter_field(run.out, 1, 4);
    assert_string_equal(expected, "2021-01-31");
}

static void from_three_readings_a_chance_is_never_empty(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(
        FILTER_MONTHLY
        "a,2020-01,50\na,2020-02,52\na,2020-03,51\nb,2020-01,50\nb,2020-02,51\nc,2020-01,0\nc,2020-02,0\nc,2020-03,0\n");
    g_auto(Run) run = FILTER_RUN("chance", "--kind", "percent", "--target", "55", "--due", "2020-06", "--format", "csv", file.path);
    static const char *const BASES[] = {"prior", "none", "prior"};
    for (size_t row = 1; row <= 3; row++) {
        g_autofree char *basis = filter_field(run.out, row, 7);
        assert_string_equal(basis, BASES[row - 1]);
        assert_true(isnan(filter_number(run.out, row, 3)) == (row == 2));
    }
}

/* Of a series by the week what is expected falls on its own weekday; a target without a date is due in the next period. */
static void dates_are_those_of_the_series(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2024-01-01,10\na,2024-01-08,12\na,2024-01-15,13\na,2024-01-22,13\n");
    g_auto(Run) run = FILTER_RUN("chance", "--target", "9", "--format", "csv", file.path);
    g_autofree char *due = filter_field(run.out, 1, 1), *expected = filter_field(run.out, 1, 4);
    assert_string_equal(due, "2024-01-29");
    assert_string_equal(expected, "2024-01-29");
}

/* Before anything was read the first reading judges, as it does a milestone. */
static void a_target_due_before_the_first_reading_is_judged_by_it(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2020-01,c\na,2020-02,52\na,2020-03,40\na,2020-04,41\n");
    static const char *const DUES[] = {"2018-06", "2020-01", "2020-02"};
    for (size_t i = 0; i < G_N_ELEMENTS(DUES); i++) {
        g_auto(Run) run = FILTER_RUN("chance", "--target", "50", "--due", DUES[i], "--format", "csv", file.path);
        g_autofree char *basis = filter_field(run.out, 1, 7);
        assert_string_equal(basis, "position");
        assert_near(filter_number(run.out, 1, 3), 1, 0);
    }
}

static void what_is_for_no_series_is_said(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,40\n");
    g_auto(FilterFile) targets = filter_file("series,due,target\nb,2020-06,50\na,2020-06,50\nc,2020-06,50\n");
    g_auto(FilterFile) events = filter_file("series,period,kind\nb,2020-02,break\na,2020-02,break\n,2020-01,outlier\n");
    g_auto(Run) chance = FILTER_RUN("chance", "--targets", targets.path, "--events", events.path, file.path);
    assert_non_null(strstr(chance.err, "2 targets are for series that have no readings"));
    assert_non_null(strstr(chance.err, "one of the events is for a series that has no readings"));
    g_auto(Run) backtest = FILTER_RUN("backtest", "--input", file.path, "--targets", targets.path, "--events", events.path);
    assert_non_null(strstr(backtest.err, "2 targets are for series"));
    assert_non_null(strstr(backtest.err, "one of the events is for a series"));
    g_auto(Run) trend = FILTER_RUN("trend", "--events", events.path, file.path);
    assert_non_null(strstr(trend.err, "one of the events is for a series"));
}

static void readings_outside_what_can_be_are_said(void **state)
{
    (void)state;
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,900\na,2020-04,51\n");
    g_auto(Run) kind = FILTER_RUN("trend", "--kind", "percent", file.path);
    assert_non_null(strstr(kind.err, "900 is outside what this kind can be"));
    g_auto(Run) bounds = FILTER_RUN("trend", "--kind", "percent", "--bounds", "0,100", file.path);
    assert_non_null(strstr(bounds.err, "readings outside the bounds are passed over: 1"));
    g_auto(FilterFile) good = filter_file(FILTER_MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,100\na,2020-04,0\n");
    g_auto(Run) silent = FILTER_RUN("trend", "--kind", "percent", good.path);
    assert_string_equal(silent.err, "");
}

typedef struct {
    const char *name, *text, *says;
} RefusedCase;

static const RefusedCase REFUSED[] = {
    {"a column that is missing", "series,month,value\na,2020-01,5\n",
     ":1: a column is missing: there is no period among “series”, “month”"},
    {"months and a year", FILTER_MONTHLY "a,2020-01,5\na,2020-02,5\na,2020,6\n",
     "series “a” mixes periods of different lengths, 2020-02 and 2020"},
    {"a day and months", FILTER_MONTHLY "a,2020-01,5\na,2020-02-29,5\na,2020-03,6\n", "mixes periods of different lengths"},
    {"a period twice", FILTER_MONTHLY "a,2020-01,5\na,2020-01,6\n", "two rows for Jan 2020"},
    {"decimal commas", "series;period;value\na;2020-01;5,5\n", ":2:3: value “5,5” is no figure"},
    {"nothing", "", "there is nothing to read"},
};

static void what_cannot_be_read_is_said(void **state)
{
    static const char *const COMMANDS[] = {"trend", "chance", "spc", "priors", "backtest"};
    const RefusedCase *row = *state;
    g_auto(FilterFile) file = filter_file(row->text);
    for (size_t i = 0; i < G_N_ELEMENTS(COMMANDS); i++) {
        g_auto(Run) run = i == 1   ? FILTER_RUN("chance", "--target", "5", file.path)
                          : i == 3 ? FILTER_RUN("priors", "learn", file.path)
                          : i == 4 ? FILTER_RUN("backtest", "--input", file.path)
                                   : FILTER_RUN(COMMANDS[i], file.path);
        assert_int_equal(run.code, 3);
        assert_non_null(strstr(run.err, row->says));
    }
}

static void a_file_with_semicolons_is_read(void **state)
{
    (void)state;
    g_auto(FilterFile) commas = filter_file(FILTER_MONTHLY "a,2020-01,5.5\na,2020-02,6\na,2020-03,7\n");
    g_auto(FilterFile) semicolons = filter_file("series;period;value\na;2020-01;5.5\na;2020-02;6\na;2020-03;7\n");
    g_auto(Run) one = FILTER_RUN("trend", "--format", "csv", commas.path);
    g_auto(Run) other = FILTER_RUN("trend", "--format", "csv", semicolons.path);
    assert_int_equal(other.code, 0);
    assert_string_equal(one.out, other.out);
}

static void a_unit_alone_and_in_its_batch_have_one_answer(void **state)
{
    (void)state;
    g_autofree char *text = filter_rising(30);
    g_autofree char *alone_text = g_strdup(FILTER_MONTHLY);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++)
        if (g_str_has_prefix(*line, "north")) {
            char *longer = g_strconcat(alone_text, *line, "\n", NULL);
            g_free(alone_text);
            alone_text = longer;
        }
    g_auto(FilterFile) batch = filter_file(text);
    g_auto(FilterFile) alone = filter_file(alone_text);
    g_auto(FilterFile) priors = filter_file("");
    g_auto(Run) learnt = FILTER_RUN("priors", "learn", "--bounds", "0,100", "--quiet", "--output", priors.path, batch.path);
    assert_int_equal(learnt.code, 0);
    g_auto(Run) whole = FILTER_RUN("trend", "--bounds", "0,100", "--format", "csv", batch.path);
    g_auto(Run) one = FILTER_RUN("trend", "--bounds", "0,100", "--priors", priors.path, "--format", "csv", alone.path);
    assert_int_equal(one.code, 0);
    assert_int_equal(strncmp(whole.out, one.out, strlen(one.out)), 0);

    g_autofree char *kept = NULL;
    assert_true(g_file_get_contents(priors.path, &kept, NULL, NULL));
    char *centre = strstr(kept, "centre = 0.");
    assert_non_null(centre);
    centre[strlen("centre = 0.")] ^= 1;
    assert_true(g_file_set_contents(priors.path, kept, -1, NULL));
    g_auto(Run) changed = FILTER_RUN("chance", "--target", "50", "--priors", priors.path, alone.path);
    assert_int_equal(changed.code, 3);
    assert_non_null(strstr(changed.err, "changed since it was made"));
}

static void the_number_of_jobs_changes_nothing(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(FILTER_MONTHLY);
    for (int i = 0; i < 300; i++) /* more than are fitted together */
        for (int k = 0; k < 6; k++)
            g_string_append_printf(text, "s%d,2020-%02d,%d\n", i, k + 1, 20 + i % 50 + (i * 7 + k * 13) % 9);
    g_auto(FilterFile) file = filter_file(text->str);
    g_auto(Run) one = FILTER_RUN("trend", "--jobs", "1", "--horizon", "2", "--format", "csv", file.path);
    g_auto(Run) three = FILTER_RUN("trend", "--jobs", "3", "--horizon", "2", "--format", "csv", file.path);
    assert_int_equal(filter_n_rows(one.out), 300 * 8);
    assert_string_equal(one.out, three.out);
    g_auto(Run) chance_one =
        FILTER_RUN("chance", "--jobs", "1", "--target", "40", "--due", "2020-12", "--format", "csv", file.path);
    g_auto(Run) chance_three =
        FILTER_RUN("chance", "--jobs", "3", "--target", "40", "--due", "2020-12", "--format", "csv", file.path);
    assert_int_equal(filter_n_rows(chance_one.out), 300);
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
    {"a horizon beyond a century", {"trend", "--horizon", "1201", "-"}, 2},
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
    g_auto(Run) run = filter_run(row->words);
    assert_int_equal(run.code, row->code);
    assert_true(*run.err && !*run.out);
}

int main(void)
{
    ADD(chances_come_in_the_order_given);
    ADD(from_three_readings_a_chance_is_never_empty);
    ADD(dates_are_those_of_the_series);
    ADD(a_target_due_before_the_first_reading_is_judged_by_it);
    ADD(what_is_for_no_series_is_said);
    ADD(readings_outside_what_can_be_are_said);
    ADD_TABLE(REFUSED, what_cannot_be_read_is_said);
    ADD(a_file_with_semicolons_is_read);
    ADD(a_unit_alone_and_in_its_batch_have_one_answer);
    ADD(the_number_of_jobs_changes_nothing);
    ADD_TABLE(WRONG, wrong_words_are_refused);
    return run_cases("chance command");
}
