/* The title of a chart is its finding, in every length, and keeps its number. */
#include "plot/cmocka_setup.h"

#include <string.h>

#include "plot/chart/finding.h"
#include "plot/fixture_series.h"

typedef struct {
    const char *series;
    const char *fullest;
} FindingCase;

static const FindingCase FINDINGS[] = {
    {"yearly_missed", "64.7% in 2021 is 8.6 points below plan; Jan 2022 milestone of 75% missed"},
    {"lower_is_better", "22.9 weeks in Q2 2021/22 is 7.9 weeks above plan; Mar 2021 milestone of 18 weeks missed"},
    {"last_held", "95.0% in Mar 2022 is 5.0 points above plan; Dec 2021 milestone of 90% met and held"},
    {"met_late", "95.0% in Mar 2022 is 5.0 points above plan; Jun 2021 milestone of 90% met late and held"},
    {"no_readings", "A reading is due and none has come"},
    {"nothing_at_all", "The plan sets no target"},
    {"one_reading", "47.3% in Jan 2023; no baseline yet: judged from Dec 2023"},
    {"no_path", "3,590 children in AY 2022/23; the plan does not say which way is better"},
    {"a_deliverable", "Done in Jul 2022; it was due in Jun 2022"},
};

static SeriesFixture *series_named(const char *name)
{
    for (size_t i = 0; i < N_SERIES_CASES; i++)
        if (strcmp(SERIES_CASES[i].name, name) == 0)
            return SERIES_CASES[i].make();
    fail_msg("no series %s", name);
    return NULL;
}

static void the_finding_is_said(void **state)
{
    const FindingCase *test = *state;
    g_autoptr(SeriesFixture) fixture = series_named(test->series);
    g_auto(GStrv) wordings = wm_finding_wordings(&fixture->series);
    assert_string_equal(wordings[0], test->fullest);
}

static void every_wording_keeps_the_number(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < 200; seed++) {
        g_autoptr(SeriesFixture) fixture = fixture_random(seed);
        const WmSeries *series = &fixture->series;
        g_auto(GStrv) wordings = wm_finding_wordings(series);
        char value[WM_VALUE_TEXT];
        wm_value_format(series->assessment.reading.value, &series->measure, series->measure_unit, value);
        for (GStrv wording = wordings; *wording; wording++) {
            assert_true(strlen(*wording) > 0);
            assert_true(!series->assessment.has_value || strstr(*wording, value));
        }
    }
}

typedef struct {
    const char *name;
    const char *words;
} NameCase;

static const NameCase NAMES[] = {
    {"statistical_neighbour", "Statistical neighbour"},
    {"nice_guideline", "NICE guideline"},
    {"national", "National"},
    {"élan_vital", "Élan vital"},
    {"", ""},
};

static void names_become_words(void **state)
{
    const NameCase *test = *state;
    g_autofree char *words = wm_name_in_words(test->name);
    assert_string_equal(words, test->words);
}

static const NameCase MONTHS[] = {
    {"from 2018-09", "from Sep 2018"},
    {"2018-05 to 2018-07, then monthly", "May 2018 to Jul 2018, then monthly"},
    {"by 2018-09-30", "by 2018-09-30"},
    {"ref 12018-09, 2018-13", "ref 12018-09, 2018-13"},
    {"Ongoing", "Ongoing"},
};

static void months_among_words_are_said(void **state)
{
    const NameCase *test = *state;
    g_autofree char *words = wm_months_in_words(test->name);
    assert_string_equal(words, test->words);
}

int main(void)
{
    struct CMUnitTest tests[1 + G_N_ELEMENTS(FINDINGS) + G_N_ELEMENTS(NAMES) + G_N_ELEMENTS(MONTHS)] = {
        cmocka_unit_test(every_wording_keeps_the_number)};
    size_t n = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(MONTHS); i++)
        tests[n++] = (struct CMUnitTest){MONTHS[i].name, months_among_words_are_said, NULL, NULL, (void *)(uintptr_t)&MONTHS[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(FINDINGS); i++)
        tests[n++] = (struct CMUnitTest){FINDINGS[i].series, the_finding_is_said, NULL, NULL, (void *)(uintptr_t)&FINDINGS[i]};
    for (size_t i = 0; i < G_N_ELEMENTS(NAMES); i++)
        tests[n++] = (struct CMUnitTest){NAMES[i].words, names_become_words, NULL, NULL, (void *)(uintptr_t)&NAMES[i]};
    return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}
