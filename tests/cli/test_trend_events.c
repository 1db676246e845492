/* The filter trend with --events: steps, breaks and outliers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/fixture_filter.h"
#include "core/fixture_cases.h"

/* A step of 20 at the ninth month, marked as an intervention: its effect is a term, and the forecast keeps the new level. */
static void an_intervention_has_an_effect(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(FILTER_MONTHLY);
    for (int k = 0; k < 20; k++)
        g_string_append_printf(text, "a,%d-%02d,%d\n", 2020 + k / 12, k % 12 + 1, 40 + k * 7 % 3 + (k >= 8 ? 20 : 0));
    g_auto(FilterFile) file = filter_file(text->str);
    g_auto(FilterFile) events = filter_file("series,period,kind\na,2020-09,intervention\nb,2020-03,break\n");
    static const char *const NAMES[] = {"auto",      "level", "ols", "wls",    "huber", "bisquare",
                                        "theil_sen", "ets",   "ses", "damped", "mnn"};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_auto(Run) terms = FILTER_RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--events", events.path, "--coefficients",
                                       "--format", "csv", file.path);
        const char *step = strstr(terms.out, ",step 2020-09,");
        assert_non_null(step);
        const double effect = g_ascii_strtod(step + strlen(",step 2020-09,"), NULL);
        assert_true(effect > 14 && effect < 22);
        g_auto(Run) rows = FILTER_RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--events", events.path, "--horizon", "3",
                                      "--format", "csv", file.path);
        assert_near(filter_number(rows.out, 21, 3), 61, 4);
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
    g_auto(FilterFile) file = filter_file(FILTER_MONTHLY "a,2020-01,50\na,2020-02,52\na,2020-03,51\n");
    g_auto(FilterFile) events = filter_file(row->text);
    g_auto(Run) run = FILTER_RUN("trend", "--events", events.path, file.path);
    g_autofree char *place = g_strdup_printf("%s:%d:", events.path, row->line);
    assert_int_equal(run.code, 3);
    assert_non_null(strstr(run.err, place));
}

/* A break: as if what came before had never been read; an outlier: as if it were empty. */
static void breaks_and_outliers_leave_readings_out(void **state)
{
    (void)state;
    g_autoptr(GString) whole = g_string_new(FILTER_MONTHLY), rest = g_string_new(FILTER_MONTHLY);
    for (int k = 0; k < 24; k++) {
        const int y = k < 10 ? 80 : k == 15 ? 5 : 40 + k * 5 % 7;
        g_string_append_printf(whole, "a,%d-%02d,%d\n", 2020 + k / 12, k % 12 + 1, y);
        if (k >= 10 && k != 15)
            g_string_append_printf(rest, "a,%d-%02d,%d\n", 2020 + k / 12, k % 12 + 1, y);
    }
    g_auto(FilterFile) file = filter_file(whole->str);
    g_auto(FilterFile) plain = filter_file(rest->str);
    g_auto(FilterFile) events = filter_file("series,period,kind\n,2020-11,break\na,2021-04,outlier\n");
    static const char *const NAMES[] = {"auto", "ols", "level", "ses"};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_auto(Run) marked = FILTER_RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--events", events.path, "--horizon",
                                        "2", "--format", "csv", file.path);
        g_auto(Run) without =
            FILTER_RUN("trend", "--model", NAMES[i], "--bounds", "0,100", "--horizon", "2", "--format", "csv", plain.path);
        for (size_t column = 3; column < 9; column++)
            assert_near(filter_number(marked.out, 26, column), filter_number(without.out, 15, column), 1e-6);
    }
}

int main(void)
{
    ADD(an_intervention_has_an_effect);
    ADD_TABLE(WRONG_EVENTS, events_that_cannot_be_read_are_said_with_their_line);
    ADD(breaks_and_outliers_leave_readings_out);
    return run_cases("trend events");
}
