/* The action tracker and the risk register as papers: the same in both formats, and hostile text stays text. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plot/fixture_output.h"
#include "plot/fixture_papers.h"

typedef struct {
    const char *name;
    WmDocument *(*make)(const WmMonth *month, GError **error);
    const char *said; /* in both formats */
    MonthFixture *(*month)(void);
} PaperCase;

/* Two measures with targets that are no figure, for one reason; a check tells of each as well. The others have nothing at all. */
static MonthFixture *open_month(void)
{
    static const char *const WHY = "it is relative to a baseline that has no figure";
    static WmSeriesMilestone targets[5];
    MonthFixture *self = doubtful_month();
    for (size_t i = 0; i < G_N_ELEMENTS(targets); i++) {
        targets[i] =
            (WmSeriesMilestone){.due = wm_day_from_date(2021, 3 * (i < 4 ? (int)i + 1 : 1), 28), .target = NAN, .reason = WHY};
        targets[i].text = i == 0 ? "20% reduction" : i == 3 ? "50% reduction" : "30% reduction";
        wm_problems_add(self->problems, &(WmProblem){"targets.csv", 4, 4, WM_SEVERITY_WARNING, "target_unresolved",
                                                     "the target of 1.2 is unresolved", "", "1.2"});
    }
    for (guint i = 0; i < self->series->len; i++) {
        WmSeries *series = &g_array_index(self->series, WmSeries, i);
        series->milestones = i == 0 ? targets : targets + 4;
        series->n_milestones = i == 0 ? 4 : i == 1 ? 1 : 0;
        series->n_readings = 0;
        series->baseline_value = NAN;
        series->baseline_qualifier = WM_BASELINE_NONE;
    }
    return self;
}

/* For everybody: one reading had to be hidden, or none. */
static MonthFixture *public_month(void)
{
    MonthFixture *self = busy_month();
    self->month.is_public = true;
    self->month.n_hidden = 1;
    return self;
}

static MonthFixture *open_public_month(void)
{
    MonthFixture *self = public_month();
    self->month.n_hidden = 0;
    return self;
}

static MonthFixture *quiet_public_month(void)
{
    MonthFixture *self = open_public_month();
    self->plan.settings.public_rounds = true;
    self->plan.settings.public_base = 5;
    return self;
}

/* Known before, and nothing has come since. */
static MonthFixture *still_month(void)
{
    MonthFixture *self = calm_month();
    self->month.previous_as_at = self->month.as_at - 31;
    self->month.n_new_readings = 0;
    g_array_set_size(self->changes, 0);
    return self;
}

static const PaperCase PAPERS[] = {
    {"the tracker counts what raises a question", wm_report_actions, "Both actions raise a question.", busy_month},
    {"the tracker lists an action under its question", wm_report_actions, "Green although their date has passed (1)", busy_month},
    {"the tracker says who answers for it", wm_report_actions, "A1 Late and green was due by Jun 2021 and is 9 months overdue",
     busy_month},
    {"the tracker has what was done", wm_report_actions, "Progress: Three posts filled", busy_month},
    {"the tracker has what is in the way", wm_report_actions, "Barrier: Two are not", busy_month},
    {"the summary has the report's headline", wm_report_summary, "of the plan's", busy_month},
    {"a calm headline does not hide a late plan", wm_report_summary,
     "No measure needs the board's attention this month: none of the plan's 14 measures is an exception. 1 of 2 actions is past "
     "its "
     "date and not complete; it is declared Green.",
     calm_month},
    {"nor does the exception report's", wm_report_exception, "1 of 2 actions is past its date and not complete;", busy_month},
    {"the summary counts the month before", wm_report_summary, "Red, was ", busy_month},
    {"the summary asks for what is not explained", wm_report_summary, "ask for that, and a recovery date", busy_month},
    {"the summary counts what the chase list does", wm_report_summary, "9 things are overdue: the chase list names them.",
     busy_month},
    {"a late plan asks for decisions though no measure does", wm_report_summary,
     "No measure needs a decision of the board. Actions past their date need a new date or another course: the action tracker "
     "names "
     "them.",
     calm_month},
    {"what could not be judged is no reason to be calm", wm_report_summary,
     "The one measure that could be judged does not need a decision of the board; the exception report says what the others wait "
     "for.",
     one_judged_month},
    {"the summary is filled as far as it has room", wm_report_summary, "Measure 9: green, was amber.", nine_changes_month},
    {"the chase list names who is asked", wm_report_chase, "Head of Service", busy_month},
    {"the chase list says how late an action is", wm_report_chase, "to be completed; declared green", busy_month},
    {"the chase list has the reviews of risks", wm_report_chase, "Review of a risk", busy_month},
    {"the quarterly report has the report's headline", wm_report_quarterly, "of the plan's", busy_month},
    {"the quarterly report says which way a measure goes", wm_report_quarterly, "rising, better", busy_month},
    {"the quarterly report has the year before", wm_report_quarterly, "Same period last year", busy_month},
    {"the quarterly report has the actions in brief", wm_report_quarterly, "Both actions raise a question.", busy_month},
    {"the quarterly report has the risks in brief", wm_report_quarterly, "1 of 2 risks is high after mitigation.", busy_month},
    {"the quarterly report has the owner's words", wm_report_quarterly, "Bring in locum hours", busy_month},
    {"the quarterly report has evidence beside the measure", wm_report_quarterly, "Survey. Two families in three", busy_month},
    {"a count of complaints stands beside the one before", wm_report_quarterly,
     "Complaints. 14, before that 9 in Nov 2021. Most are about late plans.", complaints_month},
    {"what is explained though no exception is shown", wm_report_exception, "Explained, though no exception", explained_month},
    {"with who said it and when", wm_report_exception, "Two caseworkers start in May. (Head of Therapies, 31 Mar 2022)",
     explained_month},
    {"the quarterly report shows it beside the measure", wm_report_quarterly, "Two caseworkers start in May. Head of Therapies",
     explained_month},
    {"the exception report has the same evidence", wm_report_exception,
     "Complaints. 14, before that 9 in Nov 2021. Most are about late plans.", complaints_month},
    {"the scorecard has the evidence of a theme", wm_report_scorecard, "Theme. Calls are returned sooner.", complaints_month},
    {"the scorecard counts what fell due at a horizon", wm_report_scorecard, "Targets by horizon", busy_month},
    {"the scorecard's headline says what came of what fell due", wm_report_scorecard,
     "7 targets have fallen due by 31 Mar 2022: 1 met; 3 missed, since recovered; 3 missed.", annual_month},
    {"what falls due between two horizons has its own month in the second's cell", wm_report_scorecard, "40% by Jul 2021",
     between_month},
    {"where nothing fell due the scorecard says that, and when the first horizon comes", wm_report_scorecard,
     "No target has fallen due yet. The first horizon, 3 months, comes on 31 May 2022.", early_month},
    {"evidence that is not known yet leaves no heading", wm_report_scorecard, "Evidence of impact None has been recorded.",
     unknown_month},
    {"the scorecard says where the path should be", wm_report_scorecard, "path: ", busy_month},
    {"the register counts what stays high", wm_report_risks, "1 of 2 risks is high after mitigation.", busy_month},
    {"the register scores in words and figures", wm_report_risks, "6 High", busy_month},
    {"the register says which review is overdue", wm_report_risks, "R2 Posts not filled: its review was due on", busy_month},
    {"the register has the scores of each review", wm_report_risks, "Scores after mitigation at each review", scored_month},
    {"the register says what has risen", wm_report_risks,
     "R2 Posts not filled: it was scored higher after mitigation on 27 Feb 2022: 9, 3 before.", scored_month},
    {"the register has each score", wm_report_risks, "9 High", scored_month},
    {"the quarterly report counts by outcome too", wm_report_quarterly, "Outcomes at a glance", tagged_month},
    {"an outcome has its measures", wm_report_quarterly, "Valued", tagged_month},
    {"a quarter is called one", wm_report_quarterly, "Quarterly performance report", busy_month},
    {"a year is called one", wm_report_quarterly, "Annual performance report", annual_month},
    {"a year has its milestones", wm_report_quarterly,
     "3 milestones fell due after 10 Apr 2021 and by 31 Mar 2022: 1 missed, since recovered; 2 missed.", annual_month},
    {"a second baseline stands below the first", wm_report_scorecard, "also 21.8% in Dec 2019", tagged_month},
    {"the scorecard says which evidence is to come", wm_report_scorecard, "every 3 months", tagged_month},
    {"the chase list asks for evidence", wm_report_chase, "Complaints team", tagged_month},
    {"where nothing is dated the tracker says so first", wm_report_actions,
     "No action has a date or a status yet. How far the plan's 12 actions have come cannot be told.", silent_month},
    {"the chase list says where the first readings that are overdue stand", wm_report_chase,
     "Besides, the first reading of 1 measure is overdue: see", unread_month},
    {"the summary counts the changes that it leaves out", wm_report_summary, "more are in the exception report. Next dates",
     changed_month},
    {"of one action none raises a question", wm_report_actions,
     "The only action raises no question. None is past its date; 1 is complete.", finished_month},
    {"what a person sets has a heading of its own", wm_report_exception, "Set by a person, or no longer", set_month},
    {"a long group without dates is counted by theme", wm_report_actions, "All 12 by theme: First 8; Second 4.", silent_month},
    {"a long group points at the table", wm_report_actions, "they are marked \xE2\x80\x9Cno status\xE2\x80\x9D", silent_month},
    {"of a long group the latest are named", wm_report_actions, "The 10 longest overdue:", late_month},
    {"of a long group the rest are counted", wm_report_actions, "The other 2 by theme:", late_month},
    {"what asks for no answer stands apart", wm_report_actions, "What a sharp reader notes", dated_month},
    {"of a long group the two dates of each are told", wm_report_actions,
     "By the action table, and by the timeline: A1 from Sep 2018, 3 times a year; A1 from Sep 2018, 3 times a year;", dated_month},
    {"what is declared Red is named", wm_report_actions, "none is complete. Declared Red: A1 Late and green.", red_month},
    {"a headline has what is declared Red where no action is late", wm_report_summary,
     "The only action raises no question; 1 is declared Red.", red_month},
    {"actions that raise a question are put to the board", wm_report_summary,
     "1 action is to be asked about: the action tracker says what.", vacant_month},
    {"and those without a status", wm_report_summary, "Actions need a status from their leads.", silent_month},
    {"and that none has a status", wm_report_summary, "None of the plan's 12 actions has a status.", silent_month},
    {"the chase list counts by kind in words", wm_report_chase,
     "9 things are overdue, and nothing falls due by 1 Jul 2022: 6 explanations, all overdue; 1 recovery, overdue; 1 action, "
     "overdue; 1 review of a risk, overdue.",
     busy_month},
    {"of no risk that is high the register says none", wm_report_risks, "None of 2 risks is high after mitigation.", low_month},
    {"the scorecard's doubts name a measure by its title", wm_report_scorecard,
     "The first target of “Families who feel listened to”, 30%, is worse than its baseline of 40%.", doubtful_month},
    {"targets that are no figure stand together by the reason", wm_report_scorecard,
     "by Mar 2021 to “50% reduction” by Dec 2021 (4 targets)", open_month},
    {"measures with nothing to show are named by theme", wm_report_scorecard,
     "Measures without a baseline, a dated target or a reading", open_month},
    {"the quarterly report labels the owner's words", wm_report_quarterly, "Recovery: Bring in locum hours", busy_month},
    {"the quarterly report says why a measure is not judged", wm_report_quarterly, "The plan sets no target", busy_month},
    {"the scorecard says why a measure is not judged", wm_report_scorecard, "The plan does not say which way is better",
     busy_month},
    {"a public paper says why it may differ", wm_report_summary,
     "would give them away: 1 reading, shown as suppressed. Nothing here is computed from it, so that a status, a chance or a date "
     "may differ from the board's own papers.",
     public_month},
    {"a public paper in which nothing is hidden says so", wm_report_summary,
     "No figure here is about so few people that it had to be hidden.", open_public_month},
    {"a rounded public paper speaks of no readings where none is hidden", wm_report_summary,
     "Counts are rounded to the nearest 5, and shares are what rounded counts give. Headline", quiet_public_month},
    {"what has not come is not counted in figures", wm_report_summary, "no new readings, no changes, no material revisions.",
     still_month},
    {"the tracker says how it judges", wm_report_actions,
     "An action that is not complete three months after its date is to be escalated.", busy_month},
    {"the table marks what is late", wm_report_actions, "overdue 14 months; escalate", late_month},
};

static void a_paper_says_it_in_both_formats(void **state)
{
    const PaperCase *row = *state;
    g_autoptr(MonthFixture) fixture = row->month();
    g_autoptr(WmDocument) document = row->make(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document);
    g_autofree char *words = fixture_words(html);
    assert_non_null(strstr(words, row->said));
    const char *where = NULL;
    assert_true(fixture_is_balanced(html, &where));
    assert_null(strstr(html, "<script"));
    assert_null(strstr(html, "<img"));
    if (!fixture_has_pdf_tools())
        return;
    g_autofree char *text = fixture_pdf_text(document);
    g_autofree char *pdf_words = fixture_words(text);
    assert_non_null(strstr(pdf_words, row->said));
}

/* Sixty measures and twenty changes: neither leaves the other one line. */
static void a_full_page_is_shared(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_large(60);
    fixture->month.previous_as_at = fixture->month.as_at - 31;
    for (int i = 0; i < 20; i++)
        fixture_month_change(fixture, WM_CHANGE_STATUS_WORSE, "A measure: amber, was green.");
    g_autoptr(WmDocument) document = wm_report_summary(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document);
    assert_true(fixture_count(html, "A measure: amber, was green.") >= 2);
    assert_true(fixture_count(html, "ask for that, and a recovery date") >= 2);
}

/* From the board to the board: the front says it once. */
static void a_paper_is_not_from_the_board_to_itself(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_full();
    fixture->plan.settings.owner_role = fixture->plan.settings.board;
    g_autoptr(WmDocument) document = wm_report_summary(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document);
    assert_null(strstr(html, ">From<"));
    assert_non_null(strstr(html, ">For<"));
}

static void each_target_counts_with_one_horizon(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = between_month();
    g_autoptr(WmDocument) document = wm_report_scorecard(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document);
    g_autofree char *words = fixture_words(html); /* the cells of a row stand without a blank */
    assert_non_null(strstr(words, "By 3 months, May 2021"
                                  "3"
                                  "021000"));
    assert_non_null(strstr(words, "By 6 months, Aug 2021"
                                  "1"
                                  "010000"));
    assert_non_null(strstr(words, "By 12 months, Feb 2022"
                                  "2"
                                  "002000"));
    assert_non_null(strstr(words, "Later"
                                  "13"
                                  "1000120"));
}

/* Five checks ask of two measures one thing: the paper asks it once. */
static void a_doubt_is_told_once(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = open_month();
    g_autoptr(WmDocument) document = wm_report_scorecard(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document);
    assert_int_equal(fixture_count(html, "It is relative to a baseline that has no figure"), 1);
    assert_null(strstr(html, "is unresolved"));
}

/* Sixty measures, and nobody has said anything: once a theme, not once a measure. */
static void silence_is_told_once_a_theme(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_large(60);
    const WmMonth *month = fixture_month_finish(fixture);
    assert_true(month->n_exceptions > 6);
    g_autoptr(WmDocument) document = wm_report_quarterly(month, NULL);
    g_autofree char *html = fixture_html(document);
    assert_int_equal(fixture_count(html, "No commentary has been given."), 0);
    assert_true(fixture_count(html, "No commentary has been given on these ") > 0);
}

static void old_commentary_on_what_is_no_exception_is_left_out(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = explained_month();
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document);
    assert_null(strstr(html, "An old story."));
    assert_int_equal(fixture_count(html, "Two caseworkers start in May."), 1);
}

static const struct {
    const char *name;
    MonthFixture *(*month)(void);
} SUMMARIES[] = {
    {"a busy month is summed up on one page", busy_month},
    {"a month of late actions is summed up on one page", late_month},
    {"a hostile month is summed up on one page", fixture_month_hostile},
};

static void takes_one_page(void **state)
{
    MonthFixture *(*const *month)(void) = *state;
    g_autoptr(MonthFixture) fixture = (*month)();
    g_autoptr(WmDocument) document = wm_report_summary(fixture_month_finish(fixture), NULL);
    assert_int_equal(wm_document_count_pages(document, NULL), 1);
}

/* Hundreds of measures, each with an endless name and owner. */
static void a_month_of_long_texts_takes_one_page(void **state)
{
    (void)state;
    static char words[3001];
    for (size_t i = 0; i + 1 < sizeof words; i++)
        words[i] = i % 9 == 8 ? ' ' : 'w';
    g_autoptr(MonthFixture) fixture = fixture_month_large(300);
    for (guint i = 0; i < fixture->series->len; i++) {
        WmSeries *series = &g_array_index(fixture->series, WmSeries, i);
        series->title = series->owner_role = words;
    }
    fixture->plan.settings.title = words;
    for (int i = 0; i < 20; i++)
        fixture_month_change(fixture, WM_CHANGE_STATUS_WORSE, words);
    g_autoptr(WmDocument) document = wm_report_summary(fixture_month_finish(fixture), NULL);
    assert_int_equal(wm_document_count_pages(document, NULL), 1);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(a_month_of_long_texts_takes_one_page),
        cmocka_unit_test(a_doubt_is_told_once),
        cmocka_unit_test(silence_is_told_once_a_theme),
        cmocka_unit_test(old_commentary_on_what_is_no_exception_is_left_out),
        cmocka_unit_test(each_target_counts_with_one_horizon),
        cmocka_unit_test(a_full_page_is_shared),
        cmocka_unit_test(a_paper_is_not_from_the_board_to_itself),
    };
    struct CMUnitTest tests[G_N_ELEMENTS(PAPERS) + G_N_ELEMENTS(SUMMARIES) + G_N_ELEMENTS(others)];
    for (size_t i = 0; i < G_N_ELEMENTS(SUMMARIES); i++)
        tests[G_N_ELEMENTS(PAPERS) + i] =
            (struct CMUnitTest){SUMMARIES[i].name, takes_one_page, NULL, NULL, (void *)(guintptr)&SUMMARIES[i].month};
    memcpy(tests + G_N_ELEMENTS(PAPERS) + G_N_ELEMENTS(SUMMARIES), others, sizeof others);
    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++)
        tests[i] = (struct CMUnitTest){PAPERS[i].name, a_paper_says_it_in_both_formats, NULL, NULL, (void *)(guintptr)&PAPERS[i]};
    return cmocka_run_group_tests_name("papers", tests, NULL, NULL);
}
