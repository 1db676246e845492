/* Risks: levels in words, scores and bands, and what is asked about them. */
#include <waymark/risk.h>

#include <string.h>

#include "core/fixture_cases.h"

typedef struct {
    const char *name; /* the text itself */
    int of_three, of_five;
} LevelCase;

static const LevelCase LEVELS[] = {
    {"Low", 1, 2},        {"medium", 2, 3}, {" High ", 3, 4},      {"Very high", 0, 5}, {"almost certain", 0, 5},
    {"4 - likely", 0, 4}, {"3", 3, 3},      {"Unlikely", 0, 2},    {"", 0, 0},          {"highish", 0, 0},
    {"12", 0, 0},         {"0", 0, 0},      {"catastrophic", 0, 5}};

static void a_level_is_understood(void **state)
{
    const LevelCase *row = *state;
    assert_int_equal(wm_risk_level_parse(row->name, 3), row->of_three);
    assert_int_equal(wm_risk_level_parse(row->name, 5), row->of_five);
    assert_int_equal(wm_risk_level_is_of_five(row->name), row->of_five > 0 && row->of_three == 0);
}

static void bands_are_those_of_the_risk_matrix(void **state)
{
    (void)state;
    static const WmRiskBand OF_THREE[3][3] = {{WM_RISK_LOW, WM_RISK_LOW, WM_RISK_MODERATE},
                                              {WM_RISK_LOW, WM_RISK_MODERATE, WM_RISK_HIGH},
                                              {WM_RISK_MODERATE, WM_RISK_HIGH, WM_RISK_HIGH}};
    for (int l = 1; l <= 3; l++)
        for (int i = 1; i <= 3; i++)
            assert_int_equal(wm_risk_score(l, i, 3).band, OF_THREE[l - 1][i - 1]);
    assert_int_equal(wm_risk_score(3, 1, 5).band, WM_RISK_LOW);
    assert_int_equal(wm_risk_score(2, 3, 5).band, WM_RISK_MODERATE);
    assert_int_equal(wm_risk_score(3, 4, 5).band, WM_RISK_HIGH);
    assert_int_equal(wm_risk_score(3, 5, 5).band, WM_RISK_EXTREME);
    assert_int_equal(wm_risk_score(0, 5, 5).band, WM_RISK_UNSCORED);
}

typedef struct {
    const char *name;
    int before[2], after[2];
    const char *raised, *review_due, *reviewed; /* NULL: undated */
    bool has_no_mitigation, has_progress;
    size_t n_worse;
    int was[2]; /* after mitigation, the time before */
    const char *as_at;
    const char *findings; /* each followed by a space */
} JudgeCase;

static const JudgeCase JUDGED[] = {
    {.name = "lowered, reviewed, reported on: nothing to ask",
     .before = {2, 3},
     .after = {1, 3},
     .raised = "2023-03-21",
     .review_due = "2023-06-21",
     .reviewed = "2023-06-20",
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = ""},
    {.name = "a review past its date",
     .before = {2, 3},
     .after = {1, 3},
     .raised = "2023-03-21",
     .review_due = "2023-06-21",
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = "review_overdue "},
    {.name = "due today is not overdue",
     .before = {2, 3},
     .after = {1, 3},
     .raised = "2023-03-21",
     .review_due = "2023-06-21",
     .has_progress = true,
     .as_at = "2023-06-21",
     .findings = ""},
    {.name = "a review to come has not happened",
     .before = {2, 3},
     .after = {1, 3},
     .raised = "2023-03-21",
     .review_due = "2023-06-21",
     .reviewed = "2023-07-15",
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = "review_overdue "},
    {.name = "never reviewed in four months",
     .before = {2, 3},
     .after = {1, 3},
     .raised = "2023-03-21",
     .has_progress = true,
     .as_at = "2023-07-31",
     .findings = "never_reviewed "},
    {.name = "mitigation that moves nothing",
     .before = {2, 2},
     .after = {2, 2},
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = "not_lowered "},
    {.name = "lowers one, raises the other, same score: it moved",
     .before = {1, 2},
     .after = {2, 1},
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = ""},
    {.name = "worse after than before",
     .before = {2, 2},
     .after = {2, 3},
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = "raised_by_plan "},
    {.name = "not scored after mitigation",
     .before = {2, 2},
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = "not_scored "},
    {.name = "no mitigation",
     .before = {2, 2},
     .after = {2, 2},
     .has_no_mitigation = true,
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = "no_mitigation "},
    {.name = "it shows in what it threatens",
     .before = {2, 2},
     .after = {1, 2},
     .has_progress = true,
     .n_worse = 2,
     .as_at = "2023-06-30",
     .findings = "showing "},
    {.name = "scored higher than the time before",
     .before = {3, 3},
     .after = {2, 3},
     .was = {1, 3},
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = "risen "},
    {.name = "scored lower than the time before",
     .before = {3, 3},
     .after = {1, 3},
     .was = {2, 3},
     .has_progress = true,
     .as_at = "2023-06-30",
     .findings = ""},
    {.name = "nothing is said of what was done",
     .before = {2, 2},
     .after = {1, 2},
     .raised = "2023-03-21",
     .review_due = "2023-09-21",
     .as_at = "2023-06-21",
     .findings = "no_progress "},
};

static WmDay day_of(const char *text)
{
    WmDay day = WM_NO_DAY;
    if (text)
        assert_true(wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day));
    return day;
}

static void a_risk_is_judged(void **state)
{
    const JudgeCase *row = *state;
    const WmRiskFacts facts = {.before = wm_risk_score(row->before[0], row->before[1], 3),
                               .after = wm_risk_score(row->after[0], row->after[1], 3),
                               .raised = day_of(row->raised),
                               .review_due = day_of(row->review_due),
                               .reviewed = day_of(row->reviewed),
                               .has_mitigation = !row->has_no_mitigation,
                               .has_progress = row->has_progress,
                               .n_links_worse = row->n_worse,
                               .after_was = wm_risk_score(row->was[0], row->was[1], 3)};
    WmRiskJudgement judgement;
    wm_risk_judge(&facts, day_of(row->as_at), &judgement);
    char names[256] = "";
    for (size_t i = 0; i < judgement.n_findings; i++) {
        strcat(names, wm_risk_finding_name(judgement.findings[i].code));
        strcat(names, " ");
    }
    assert_string_equal(names, row->findings);
}

/* A higher level never lowers a score or its band. */
static void scores_rise_with_their_levels(void **state)
{
    (void)state;
    for (int scale = 3; scale <= 5; scale += 2)
        for (int l = 0; l < scale; l++)
            for (int i = 0; i <= scale; i++) {
                const WmRiskScore low = wm_risk_score(l, i, scale), high = wm_risk_score(l + 1, i, scale);
                assert_true(high.score >= low.score);
                assert_true(high.band >= low.band);
            }
}

int main(void)
{
    ADD_TABLE(LEVELS, a_level_is_understood);
    ADD_TABLE(JUDGED, a_risk_is_judged);
    ADD(bands_are_those_of_the_risk_matrix);
    ADD(scores_rise_with_their_levels);
    return run_cases("risk");
}
