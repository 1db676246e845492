/* XmR with the Making Data Count rules against NHSRplotthedots 0.2.2, on published A&E data.
 *
 * Different on purpose, and counted: assurance of a series that never varied is by its value (pass or fail), where the peer says
 * `inconsistent`; without screening the peer judges such a series by limits of no width, which says the same except where value and
 * target are equal.
 */
#include "core/test_spc_golden.h"

typedef struct {
    const char *name, *variant;
    WmSpcScreen screen;
    size_t fix_after;
    bool rebases, flips, has_points; /* the reference has limits and assurance only of some */
} Case;

static const Case CASES[] = {
    {"xmr_default", "default", WM_SPC_SCREEN_YES, 0, false, false, true},
    {"xmr_noscreen", "noscreen", WM_SPC_SCREEN_NO, 0, false, false, true},
    {"xmr_fix12", "fix12", WM_SPC_SCREEN_YES, 12, false, false, true},
    {"xmr_rebase19", "rebase19", WM_SPC_SCREEN_YES, 0, true, false, true},
    {"xmr_fix12_rebase19", "fix12_rebase19", WM_SPC_SCREEN_YES, 12, true, false, false},
    {"xmr_flipped", "flipped", WM_SPC_SCREEN_YES, 0, false, true, false},
};

#define N_CASES (sizeof CASES / sizeof CASES[0])

static WmPolarity polarity_of(const char *series, bool flips)
{
    const char *measure = strrchr(series, '-') + 1;
    if (strcmp(measure, "perf") == 0)
        return flips ? WM_POLARITY_LOWER : WM_POLARITY_HIGHER;
    if (flips)
        return WM_POLARITY_HIGHER;
    return strcmp(measure, "bre") == 0 ? WM_POLARITY_LOWER : WM_POLARITY_NONE;
}

static void analyse(const Case *c, Readings *readings, const char *series, double target, WmSpcScratch *scratch, WmSpc *out)
{
    WmSpcOptions options = wm_spc_options_default();
    options.chart = WM_SPC_XMR;
    options.screen = c->screen;
    options.fix_after = c->fix_after;
    options.polarity = polarity_of(series, c->flips);
    for (size_t i = 0; i < readings->n; i++) {
        readings->points[i].starts_phase = c->rebases && i == 18;
        readings->points[i].target = target;
    }
    assert_int_equal(wm_spc_analyse(readings->points, readings->n, &options, scratch, out), WM_OK);
}

static WmSignal signal_of(const char *text)
{
    static const struct {
        const char *part;
        WmSignal signal;
    } WORDS[] = {{"Trend", WM_SIGNAL_TREND}, {"2 in 3", WM_SIGNAL_TWO_OF_THREE}, {"7 Points", WM_SIGNAL_RUN},
                 {"Common", WM_SIGNAL_NONE}, {"Above UCL", WM_SIGNAL_OUTSIDE},   {"Below LCL", WM_SIGNAL_OUTSIDE}};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strstr(text, WORDS[i].part))
            return WORDS[i].signal;
    fail_msg("unknown type %s", text);
    return WM_SIGNAL_NONE;
}

static int direction_of(const char *text)
{
    if (strstr(text, "Common"))
        return 0;
    return strstr(text, "Above") || strstr(text, "Increasing") ? 1 : -1;
}

static WmEffect effect_of(const char *text)
{
    WmEffect effect = WM_EFFECT_COMMON;
    if (strcmp(text, "common_cause") != 0)
        assert_true(wm_effect_parse(text, &effect));
    return effect;
}

static WmAssurance assurance_of(const char *text)
{
    static const char PREFIX[] = "consistent_";
    WmAssurance assurance = WM_ASSURANCE_NONE;
    const char *word = strncmp(text, PREFIX, strlen(PREFIX)) == 0 ? text + strlen(PREFIX) : text;
    if (*word)
        assert_true(wm_assurance_parse(word, &assurance));
    return assurance;
}

static void points_agree(void **state)
{
    const Case *c = *state;
    Table input, expected;
    golden_read("xmr_mdc.input.csv", &input);
    golden_read("xmr_mdc.expected.csv", &expected);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    Tally tally = {0};
    for (size_t row = 0, end; row < expected.n_rows; row = end) {
        end = group_end(&expected, row, "series_id", "variant", NULL);
        if (strcmp(table_text(&expected, row, "variant"), c->variant) != 0)
            continue;
        const char *series = table_text(&expected, row, "series_id");
        Readings readings;
        WmSpc spc;
        readings_of(&input, series, &readings);
        analyse(c, &readings, series, NAN, scratch, &spc);
        for (size_t i = row; i < end; i++) {
            const WmSpcVerdict *point = &spc.points[index_of_date(&readings, table_text(&expected, i, "date"))];
            const char *type = table_text(&expected, i, "special_cause_type");
            compare_class(&tally, (int)point->i_phase, (int)table_number(&expected, i, "group"), series);
            compare_class(&tally, (int)point->signal, (int)signal_of(type), series);
            compare_class(&tally, point->direction, direction_of(type), series);
            compare_class(&tally, (int)point->effect, (int)effect_of(table_text(&expected, i, "point_type")), series);
        }
    }
    wm_spc_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    tally_finish(&tally, c->name);
}

static void limits_agree(void **state)
{
    const Case *c = *state;
    Table input, expected;
    golden_read("xmr_mdc.input.csv", &input);
    golden_read("xmr_mdc_limits.expected.csv", &expected);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    Tally tally = {0};
    for (size_t row = 0; row < expected.n_rows; row++) {
        if (strcmp(table_text(&expected, row, "variant"), c->variant) != 0)
            continue;
        const char *series = table_text(&expected, row, "series_id");
        Readings readings;
        WmSpc spc;
        readings_of(&input, series, &readings);
        analyse(c, &readings, series, NAN, scratch, &spc);
        const size_t i_phase = (size_t)table_number(&expected, row, "group");
        assert_true(i_phase < spc.n_phases);
        const WmSpcPhase *phase = &spc.phases[i_phase];
        const double upper = table_number(&expected, row, "upl");
        compare_number(&tally, phase->centre, table_number(&expected, row, "mean"), upper, series);
        compare_number(&tally, phase->lower, table_number(&expected, row, "lpl"), upper, series);
        compare_number(&tally, phase->upper, upper, upper, series);
        compare_class(&tally, (int)phase->i_first, (int)index_of_date(&readings, table_text(&expected, row, "first_date")), series);
        compare_class(&tally, (int)phase->i_end - 1, (int)index_of_date(&readings, table_text(&expected, row, "last_date")),
                      series);
        compare_class(&tally, (int)phase->n_readings, (int)table_number(&expected, row, "n"), series);
    }
    wm_spc_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    tally_finish(&tally, c->name);
}

static bool differs_on_purpose(const WmSpc *spc, double target, WmAssurance theirs)
{
    const WmSpcVerdict *last = &spc->points[spc->i_last];
    const bool meets = spc->assurance == WM_ASSURANCE_PASS;
    return spc->phases[last->i_phase].is_constant && theirs == WM_ASSURANCE_INCONSISTENT && !isnan(target) &&
           (meets || spc->assurance == WM_ASSURANCE_FAIL);
}

static void assurance_agrees(void **state)
{
    const Case *c = *state;
    Table input, expected;
    golden_read("xmr_mdc.input.csv", &input);
    golden_read("xmr_mdc_assurance.expected.csv", &expected);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    Tally tally = {0};
    for (size_t row = 0; row < expected.n_rows; row++) {
        if (strcmp(table_text(&expected, row, "variant"), c->variant) != 0)
            continue;
        const char *series = table_text(&expected, row, "series_id");
        const double target = table_number(&expected, row, "target");
        const WmAssurance theirs = assurance_of(table_text(&expected, row, "assurance_type"));
        Readings readings;
        WmSpc spc;
        readings_of(&input, series, &readings);
        analyse(c, &readings, series, target, scratch, &spc);
        compare_class(&tally, (int)spc.variation, (int)effect_of(table_text(&expected, row, "variation_type")), series);
        if (differs_on_purpose(&spc, target, theirs))
            tally.n_on_purpose++;
        else
            compare_class(&tally, (int)spc.assurance, (int)theirs, series);
    }
    wm_spc_scratch_free(scratch);
    table_free(&input);
    table_free(&expected);
    tally_finish(&tally, c->name);
}

int main(void)
{
    static char names[3 * N_CASES][64];
    struct CMUnitTest tests[3 * N_CASES];
    static const struct {
        const char *what;
        CMUnitTestFunction test;
    } CHECKS[] = {{"limits", limits_agree}, {"assurance", assurance_agrees}, {"points", points_agree}};
    size_t n = 0;
    for (size_t i = 0; i < N_CASES; i++) {
        const size_t n_checks = CASES[i].has_points ? 3 : 2;
        for (size_t j = 0; j < n_checks; j++, n++) {
            snprintf(names[n], sizeof names[n], "%s_%s", CASES[i].name, CHECKS[j].what);
            tests[n] = (struct CMUnitTest){names[n], CHECKS[j].test, NULL, NULL, (void *)(uintptr_t)&CASES[i]};
        }
    }
    return _cmocka_run_group_tests("spc_golden_xmr", tests, n, NULL, NULL);
}
