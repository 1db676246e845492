/* Edits of a plan as a board reads them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plot/fixture_month.h"
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

static const WmAction ACTIONS[] = {{.action = "A1", .title = "Recruit four caseworkers"}, {.action = "A2", .title = ""}};
static const WmIndicator INDICATORS[] = {{.indicator = "EHC20", .title = "Plans in 20 weeks"}};
static const WmUnit UNITS[] = {{.unit = "E1", .name = "Anyshire", .code = "E99"}};
static const WmTheme THEMES[] = {{.theme = "T1", .title = "Waiting well"}};

typedef struct {
    const char *name;
    WmDiffEdit edit;
    const char *was, *now, *said;
} EditCase;

static const EditCase EDITS[] = {
    {"a new date",
     {"actions.csv", {"A1", "", "", ""}, "new_due"},
     "",
     "2026-10-31",
     "Recruit four caseworkers: new date 31 Oct 2026 (was none)"},
    {"a date taken out",
     {"actions.csv", {"A1", "", "", ""}, "new_due"},
     "2026-10",
     "",
     "Recruit four caseworkers: new date none (was Oct 2026)"},
    {"words are in quotation marks",
     {"actions.csv", {"A1", "", "", ""}, "progress"},
     "Two in post",
     "Three in post",
     "Recruit four caseworkers: progress “Three in post” (was “Two in post”)"},
    {"a school year is no month",
     {"actions.csv", {"A1", "", "", ""}, "note"},
     "2026-27",
     "2011-12",
     "Recruit four caseworkers: note 2011-12 (was 2026-27)"},
    {"a day that is none stands as it is",
     {"actions.csv", {"A1", "", "", ""}, "due"},
     "2026-02-30",
     "from 2026-03",
     "Recruit four caseworkers: date “from 2026-03” (was 2026-02-30)"},
    {"what has no title has its id",
     {"actions.csv", {"A2", "", "", ""}, "owner_role"},
     "",
     "Lead",
     "A2: who answers for it “Lead” (was none)"},
    {"what is gone from the plan has its id", {"actions.csv", {"A9", "", "", ""}, ""}, "a row", "", "Removed action: A9"},
    {"a new row",
     {"commentary.csv", {"EHC20", "", "2026-08-31", ""}, ""},
     "",
     "a row",
     "New commentary: Plans in 20 weeks, 31 Aug 2026"},
    {"a row of an area",
     {"baselines.csv", {"EHC20", "E1", "", ""}, "value"},
     "40",
     "41",
     "Plans in 20 weeks, Anyshire: baseline 41 (was 40)"},
    {"a row for all of them",
     {"baselines.csv", {"EHC20", "*", "", ""}, "value"},
     "40",
     "41",
     "Plans in 20 weeks, every area: baseline 41 (was 40)"},
    {"evidence of a theme",
     {"evidence.csv", {"", "T1", "2026-08-31", "voice"}, ""},
     "",
     "a row",
     "New evidence: Waiting well, 31 Aug 2026, voice"},
    {"a target that moved",
     {"targets.csv", {"EHC20", "", "2029-12", ""}, ""},
     "50 by 2029-12",
     "90% by 2029-02-28",
     "Plans in 20 weeks: target moved to 90% by 28 Feb 2029 (was 50 by Dec 2029)"},
    {"a status that a person set",
     {"overrides.csv", {"EHC20", "", "2026-08", ""}, ""},
     "",
     "a row",
     "New status set by a person: Plans in 20 weeks, Aug 2026"},
    {"one of a unit that is named by its code",
     {"overrides.csv", {"EHC20", "E99", "", ""}, ""},
     "",
     "a row",
     "New status set by a person: Plans in 20 weeks, E99"},
    {"one that has run out is not new",
     {"overrides.csv", {"EHC20", "", "2026-01", ""}, ""},
     "",
     "a row",
     "Without effect, as it was refused or has run out: status set by a person, Plans in 20 weeks, Jan 2026"},
    {"nor one that was refused",
     {"overrides.csv", {"EHC20", "", "2026-07", ""}, ""},
     "",
     "a row",
     "Without effect, as it was refused or has run out: status set by a person, Plans in 20 weeks, Jul 2026"},
    {"nor one of a measure that is not there",
     {"overrides.csv", {"NONE", "", "", ""}, ""},
     "",
     "a row",
     "Without effect, as it was refused or has run out: status set by a person, NONE"},
    {"what is taken out is said as ever",
     {"overrides.csv", {"EHC20", "", "2026-01", ""}, ""},
     "a row",
     "",
     "Removed status set by a person: Plans in 20 weeks, Jan 2026"},
    {"a suppression",
     {"suppressions.csv", {"EHC20", "*", "", ""}, ""},
     "",
     "a row",
     "New suppressed exception: Plans in 20 weeks, every area"},
    {"one that ended yesterday",
     {"suppressions.csv", {"EHC20", "", "", ""}, ""},
     "",
     "a row",
     "Without effect, as it was refused or has run out: suppressed exception, Plans in 20 weeks"},
    {"a setting",
     {"plan.ini", {"calendar", "reading_lag_days", "", ""}, "reading_lag_days"},
     "",
     "20",
     "The plan's setting “reading lag days”: 20 (was none)"},
    {"what is no edit keeps its sentence", {NULL, {NULL}, NULL}, "", "", "As it was told."},
    {"a table that is not known keeps its sentence", {"more.csv", {"x", "", "", ""}, "y"}, "", "z", "As it was told."},
};

static void is_said_in_words(void **state)
{
    const EditCase *test = *state;
    g_autoptr(MonthFixture) fixture = fixture_month_new("A plan");
    WmPlan *plan = &fixture->plan;
    plan->actions = ACTIONS;
    plan->n_actions = G_N_ELEMENTS(ACTIONS);
    plan->indicators = INDICATORS;
    plan->n_indicators = G_N_ELEMENTS(INDICATORS);
    plan->units = UNITS;
    plan->n_units = G_N_ELEMENTS(UNITS);
    const WmDay as_at = wm_day_from_date(2026, 9, 30);
    const WmOverride overrides[] = {
        {.indicator = "EHC20", .unit = "", .from = wm_day_from_date(2026, 8, 1), .expires = as_at},
        {.indicator = "EHC20", .unit = "E1", .from = WM_NO_DAY, .expires = WM_NO_DAY},
        {.indicator = "EHC20", .unit = "", .from = wm_day_from_date(2026, 1, 1), .expires = as_at - 1},
        {.indicator = "NONE", .unit = "", .from = WM_NO_DAY, .expires = WM_NO_DAY},
    };
    const WmSuppression suppressions[] = {
        {.indicator = "EHC20", .unit = "*", .from = WM_NO_DAY, .expires = as_at},
        {.indicator = "EHC20", .unit = "", .from = WM_NO_DAY, .expires = as_at - 1},
    };
    plan->overrides = overrides;
    plan->n_overrides = G_N_ELEMENTS(overrides);
    plan->suppressions = suppressions;
    plan->n_suppressions = G_N_ELEMENTS(suppressions);
    plan->themes = THEMES;
    plan->n_themes = G_N_ELEMENTS(THEMES);
    g_autoptr(WmDocument) document = wm_document_for_month(fixture_month_finish(fixture), "x");
    const WmDiffRow row = {
        .kind = WM_DIFF_PLAN, .was = test->was, .now = test->now, .edit = test->edit, .sentence = "As it was told."};
    assert_string_equal(wm_say_edit(document, plan, as_at, &row), test->said);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(EDITS)];
    for (size_t i = 0; i < G_N_ELEMENTS(EDITS); i++)
        tests[i] = (struct CMUnitTest){EDITS[i].name, is_said_in_words, NULL, NULL, (void *)(guintptr)&EDITS[i]};
    return cmocka_run_group_tests_name("edit words", tests, NULL, NULL);
}
