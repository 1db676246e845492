/* What follows from a signal in the month: reasons, exceptions, icons, files, and how many chance alone would give. */
#include <math.h>
#include <string.h>

#include "data/fixture_signals.h"

/* ---- what follows from a signal ---- */

#define GREEN .baseline = "PCT,20,2020-01\n", .targets = "PCT,2022-01,30%\n"

typedef struct {
    const char *name;
    Setup setup;
    double values[MOST_N];
    const char *reason; /* NULL for none */
    const char *says;
    bool is_exception;
} SignalCase;

static const SignalCase SIGNALS[] = {
    {"noise_gives_no_reason", {GREEN}, {NOISE, END}, NULL, "more than noise", false},
    {"a_concern_is_a_reason_and_an_exception_though_green",
     {GREEN},
     {NOISE, 36, END},
     "signal_concern",
     "A signal of concern, more than noise: Jan 2021 is below the lower limit.",
     true},
    {"an_improvement_is_a_reason_and_no_exception",
     {GREEN},
     {NOISE, 66, END},
     "signal_improvement",
     "A signal of improvement, more than noise: Jan 2021 is above the upper limit.",
     false},
    {"a_run_says_how_long",
     {GREEN},
     {50, 53, 49, 52, 47, 51, 54, 57, 47, 48, 46, 47, 46, 45, 47, END},
     "signal_concern",
     "7 months below its usual level",
     true},
    {"run_lengths_are_the_plans",
     {GREEN, .model = "lengths = run 8"},
     {50, 53, 49, 52, 47, 51, 54, 57, 47, 48, 46, 47, 46, 45, 47, END},
     NULL,
     "more than noise",
     false},
    {"rules_are_the_plans",
     {GREEN, .model = "rules = anhoej"},
     {50, 53, 49, 52, 47, 51, 54, 57, 47, 48, 46, 47, 46, 45, 47, END},
     NULL,
     "more than noise",
     false},
    {"a_plan_may_keep_quiet_about_green_ones",
     {GREEN, .policy = "signal_exceptions = no"},
     {NOISE, 36, END},
     "signal_concern",
     "below the lower limit",
     false},
    {"seven_readings_are_too_few_for_a_reason", {GREEN}, {50, 50, 50, 50, 50, 50, 40, END}, NULL, "more than noise", false},
};

static void follows_from_the_signal(void **state)
{
    const SignalCase *c = *state;
    g_auto(Loaded) loaded = setup_month(&c->setup, c->values);
    const WmSeries *series = only(&loaded);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_int_equal(series->assessment.verdict.status, WM_GREEN);
    assert_int_equal(series->is_exception, c->is_exception);
    check_contains(series->sentence, c->says, c->reason != NULL, __FILE__, __LINE__);
    check_contains(csv, given_or(c->reason, " signal_"), c->reason != NULL, __FILE__, __LINE__);
}

/* Raised when the signal comes, told as a change, and over when the next reading is back. */
static void an_exception_by_signal_comes_and_goes(void **state)
{
    (void)state;
    static const double VALUES[] = {NOISE, END};
    const Setup setup = {GREEN};
    g_auto(Folder) folder = setup_folder(&setup, VALUES);
    folder_write(&folder, "drops/2021-02-07/x.csv", DROP_HEADER "PCT,,,2021-01,36,,,,\n");
    folder_write(&folder, "drops/2021-03-07/x.csv", DROP_HEADER "PCT,,,2021-02,51,,,,\n");
    static const struct {
        const char *as_at, *change;
        WmChangeKind kind;
    } EXPECTED[] = {{"2021-02-07", "Plans on time: still green, with a signal of concern.", WM_CHANGE_EXCEPTION_OPENED},
                    {"2021-03-07", "Plans on time: still green, without a signal of concern now.", WM_CHANGE_EXCEPTION_CLOSED}};
    for (size_t i = 0; i < N_ELEMENTS(EXPECTED); i++) {
        g_auto(Loaded) loaded = month_load(&folder, EXPECTED[i].as_at);
        assert_int_equal(loaded.month->n_exceptions, i == 0);
        assert_int_equal(only(&loaded)->first_raised, i == 0 ? day_of("2021-02-07") : WM_NO_DAY);
        assert_int_equal(loaded.month->n_changes, 1);
        assert_int_equal(loaded.month->changes[0].kind, EXPECTED[i].kind);
        assert_string_equal(loaded.month->changes[0].text, EXPECTED[i].change);
    }
}

/* What the report's control charts show stands in a file too: of series that signal, every reading. */
static void charts_shown_are_in_the_data(void **state)
{
    (void)state;
    static const double SIGNAL[] = {NOISE, 36, END}, QUIET[] = {NOISE, END};
    const Setup setup = {GREEN};
    g_auto(Loaded) loud = setup_month(&setup, SIGNAL), quiet = setup_month(&setup, QUIET);
    g_autofree char *csv = wm_month_signals_to_csv(loud.month), *none = wm_month_signals_to_csv(quiet.month);
    assert_contains(csv, "indicator,unit,cohort,period,value,centre,lower,upper,phase,target,signal,effect\nPCT,,,2020-01,50,");
    assert_contains(csv, "\nPCT,,,2021-01,36,");
    assert_contains(csv, ",outside,concern\n");
    assert_lacks(none, "PCT");
}

typedef struct {
    const char *name;
    Setup setup;
    double values[MOST_N];
    const char *icons[2], *words[2]; /* in assessments.csv, and below the icons */
} IconCase;

static const IconCase ICONS[] = {
    {"concern_and_pass", {.targets = "PCT,2022-03,20%\n"}, {NOISE, 36, END}, {"concern", "pass"}, {"Concern", "Meets target"}},
    {"improvement_and_fail",
     {.targets = "PCT,2022-03,95%\n"},
     {NOISE, 66, END},
     {"improvement", "fail"},
     {"Improvement", "Misses target"}},
    {"common_and_inconsistent",
     {.targets = "PCT,2022-03,51%\n"},
     {NOISE, END},
     {"common", "inconsistent"},
     {"No signal", "Hit or miss"}},
    {"constant_and_pass", {.targets = "PCT,2022-03,95%\n"}, {ALWAYS(100), END}, {"common", "pass"}, {"Not judged", "Meets target"}},
};

static void the_icon_shown_is_the_one_in_the_data(void **state)
{
    const IconCase *c = *state;
    g_auto(Loaded) loaded = setup_month(&c->setup, c->values);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, text_of(",%s,%s,", c->icons[0], c->icons[1]));
    g_autoptr(GBytes) svg = wm_chart_spc(only(&loaded), NULL, NULL, NULL);
    g_autofree char *text = g_strndup(g_bytes_get_data(svg, NULL), g_bytes_get_size(svg));
    assert_contains(text, text_of(">%s<", c->words[0]));
    assert_contains(text, text_of(">%s<", c->words[1]));
}

/* Twelve months that repeat each year: winter is no signal. */
static void a_season_is_no_signal(void **state)
{
    (void)state;
    static const double YEAR[] = {44, 45, 50, 55, 58, 60, 61, 60, 56, 52, 47, 44}, WOBBLE[] = {0, 0.5, -0.4, 0.2, -0.3};
    double values[MOST_N];
    for (size_t i = 0; i < 48; i++)
        values[i] = YEAR[i % 12] + WOBBLE[i % 5];
    values[48] = END;
    const Setup setup = {GREEN};
    g_auto(Loaded) loaded = setup_month(&setup, values);
    const WmSignals *signals = &only(&loaded)->signals;
    assert_int_equal(signals->caution, WM_SPC_CAUTION_SEASONAL);
    assert_int_not_equal(signals->variation, WM_EFFECT_COMMON);
    assert_false(signals->stands);
    assert_false(only(&loaded)->is_exception);
}

static void the_month_counts_signals_beside_what_chance_would_give(void **state)
{
    (void)state;
    static const double VALUES[] = {NOISE, 36, END};
    const Setup setup = {GREEN};
    g_auto(Loaded) loaded = setup_month(&setup, VALUES);
    const WmSignalTotals *totals = &loaded.month->signals;
    const WmSignals *signals = &only(&loaded)->signals;
    assert_int_equal(totals->n_judged, 1);
    assert_int_equal(totals->n_signals, 1);
    assert_true(totals->n_expected > 0.005 && totals->n_expected < 0.05); /* of one series of 13 readings */
    assert_near(signals->q_value, signals->chance.p_value, 1e-15);        /* of one test */
    assert_true(signals->chance.p_value <= signals->chance.chance_signal);
    g_autofree char *json = wm_month_to_json(loaded.month);
    assert_contains(json, "\"expected_by_chance\":");
}

int main(void)
{
    ADD_TABLE(SIGNALS, follows_from_the_signal);
    ADD(an_exception_by_signal_comes_and_goes);
    ADD(charts_shown_are_in_the_data);
    for (size_t i = 0; i < N_ELEMENTS(ICONS); i++)
        add_case(text_of("the_icon_shown_is_the_one_in_the_data: %s", ICONS[i].name), the_icon_shown_is_the_one_in_the_data,
                 &ICONS[i]);
    ADD(a_season_is_no_signal);
    ADD(the_month_counts_signals_beside_what_chance_would_give);
    return run_cases("signal_reasons");
}
