/* The action tracker and the risk register as papers: the same in both formats, and hostile text stays text. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plot/fixture_month.h"
#include "plot/fixture_output.h"

static const char HOSTILE[] = "<script>alert(1)</script>\"&'><img src=x onerror=y>";

static const WmAction ACTIONS[] = {{.action = "A1",
                                    .theme = "",
                                    .group = "",
                                    .title = "Late and green",
                                    .owner_role = "Head of Service",
                                    .start_text = "",
                                    .due_text = "2021-06",
                                    .progress = "Three posts filled",
                                    .barrier = "Two are not",
                                    .change_request = "",
                                    .waits_for = "",
                                    .indicators = "",
                                    .start = WM_NO_DAY,
                                    .due = 18808,
                                    .new_due = WM_NO_DAY,
                                    .timeline_due = WM_NO_DAY,
                                    .timeline_due_text = "",
                                    .new_due_text = "",
                                    .status = "under way"},
                                   {.action = "A2",
                                    .theme = HOSTILE,
                                    .group = HOSTILE,
                                    .title = HOSTILE,
                                    .owner_role = HOSTILE,
                                    .start_text = HOSTILE,
                                    .due_text = HOSTILE,
                                    .progress = HOSTILE,
                                    .barrier = HOSTILE,
                                    .change_request = HOSTILE,
                                    .waits_for = "",
                                    .indicators = HOSTILE,
                                    .start = WM_NO_DAY,
                                    .due = WM_NO_DAY,
                                    .new_due = WM_NO_DAY,
                                    .timeline_due = WM_NO_DAY,
                                    .timeline_due_text = HOSTILE,
                                    .new_due_text = HOSTILE,
                                    .status = HOSTILE}};
static const WmActionRag RAGS[] = {{.action = "A1", .note = "", .as_at = 18900, .rag = WM_GREEN}};
static const WmRisk RISKS[] = {{.risk = "R1",
                                .title = HOSTILE,
                                .likelihood_before = "High",
                                .impact_before = HOSTILE,
                                .mitigation = HOSTILE,
                                .likelihood_after = "Low",
                                .impact_after = "High",
                                .progress = HOSTILE,
                                .indicators = HOSTILE,
                                .raised = WM_NO_DAY,
                                .review_due = WM_NO_DAY,
                                .reviewed = WM_NO_DAY},
                               {.risk = "R2",
                                .title = "Posts not filled",
                                .likelihood_before = "High",
                                .impact_before = "High",
                                .mitigation = "Recruit",
                                .likelihood_after = "Medium",
                                .impact_after = "High",
                                .progress = "",
                                .indicators = "",
                                .raised = WM_NO_DAY,
                                .review_due = 18900,
                                .reviewed = WM_NO_DAY}};

static MonthFixture *busy_month(void)
{
    MonthFixture *self = fixture_month_full();
    self->plan.actions = ACTIONS;
    self->plan.n_actions = G_N_ELEMENTS(ACTIONS);
    self->plan.action_rags = RAGS;
    self->plan.n_action_rags = G_N_ELEMENTS(RAGS);
    self->plan.risks = RISKS;
    self->plan.n_risks = G_N_ELEMENTS(RISKS);
    self->plan.settings.start = wm_day_from_date(2021, 1, 1);
    return self;
}

/* A dozen actions that say nothing: more than are listed one by one. */
static MonthFixture *silent_month(void)
{
    static WmAction actions[12];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = ACTIONS[0];
        actions[i].action = i % 2 ? "S1" : "S2";
        actions[i].theme = i < 8 ? "First" : "Second";
        actions[i].status = actions[i].due_text = "";
        actions[i].due = WM_NO_DAY;
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* All measures are well, and one of two actions is late and declared green. */
static MonthFixture *calm_month(void)
{
    MonthFixture *self = busy_month();
    for (guint i = 0; i < self->series->len; i++) {
        WmSeries *series = &g_array_index(self->series, WmSeries, i);
        series->is_exception = false;
        series->assessment.verdict = (WmVerdict){WM_GREEN, WM_PLAIN};
    }
    return self;
}

/* Nothing to decide on, and nine changes: the page has room for all. */
static MonthFixture *nine_changes_month(void)
{
    static char texts[9][64];
    MonthFixture *self = calm_month();
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_snprintf(texts[i], sizeof texts[i], "Measure %zu: green, was amber.", i + 1);
        fixture_month_change(self, WM_CHANGE_STATUS_BETTER, texts[i]);
    }
    return self;
}

/* One of the measures can be judged. */
static MonthFixture *one_judged_month(void)
{
    MonthFixture *self = calm_month();
    for (guint i = 1; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).assessment.verdict.status = WM_GREY;
    return self;
}

/* The same dozen, each a month later than the one before. */
static MonthFixture *late_month(void)
{
    static WmAction actions[12];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = ACTIONS[0];
        actions[i].due = wm_day_from_date(2021, (int)i % 12 + 1, 28);
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* Every risk is low after mitigation. */
static MonthFixture *low_month(void)
{
    static WmRisk risks[8];
    MonthFixture *self = busy_month();
    assert_true(self->plan.n_risks <= G_N_ELEMENTS(risks));
    for (size_t i = 0; i < self->plan.n_risks; i++) {
        risks[i] = self->plan.risks[i];
        risks[i].likelihood_after = risks[i].impact_after = "Low";
    }
    self->plan.risks = risks;
    return self;
}

static MonthFixture *doubtful_month(void)
{
    MonthFixture *self = busy_month();
    wm_problems_add(self->problems, &(WmProblem){"targets.csv", 3, 4, WM_SEVERITY_WARNING, "target_unresolved",
                                                 "the target of 1.2 for Jan 2021 is blank", "", "1.2"});
    return self;
}

/* Twelve actions without an end, each with another date in the plan's timeline. */
static MonthFixture *dated_month(void)
{
    static WmAction actions[12];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = ACTIONS[0];
        actions[i].due = WM_NO_DAY;
        actions[i].due_text = "from 2018-09";
        actions[i].timeline_due_text = "3 times a year";
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* One action, on time and declared red. */
static MonthFixture *red_month(void)
{
    static const WmActionRag RED[] = {{.action = "A1", .note = "", .as_at = 18900, .rag = WM_RED}};
    static WmAction action;
    MonthFixture *self = fixture_month_full();
    action = ACTIONS[0];
    action.due = wm_day_from_date(2023, 6, 30);
    self->plan.actions = &action;
    self->plan.n_actions = 1;
    self->plan.action_rags = RED;
    self->plan.n_action_rags = 1;
    return self;
}

/* Two actions on time, of which one waits for a post to be filled. */
static MonthFixture *vacant_month(void)
{
    static WmAction actions[2];
    MonthFixture *self = fixture_month_full();
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        actions[i] = ACTIONS[0];
        actions[i].action = i ? "V2" : "V1";
        actions[i].due = wm_day_from_date(2023, 6, 30);
        actions[i].barrier = i ? "Until someone is in post." : "";
    }
    self->plan.actions = actions;
    self->plan.n_actions = G_N_ELEMENTS(actions);
    return self;
}

/* This month a lead explains a measure that is no exception; another did so before the last report. */
static MonthFixture *explained_month(void)
{
    MonthFixture *self = busy_month();
    const WmCommentary rows[] = {{.indicator = "quiet",
                                  .unit = "",
                                  .as_at = wm_day_from_date(2022, 3, 31),
                                  .author_role = "Head of Therapies",
                                  .explanation = "Two caseworkers start in May.",
                                  .recovery = "",
                                  .recovery_due = WM_NO_DAY},
                                 {.indicator = "old",
                                  .unit = "",
                                  .as_at = wm_day_from_date(2022, 2, 27),
                                  .author_role = "Head of Therapies",
                                  .explanation = "An old story.",
                                  .recovery = "",
                                  .recovery_due = WM_NO_DAY}};
    const char *const ids[] = {"quiet", "old"};
    for (guint i = 0, n = 0; i < self->series->len && n < G_N_ELEMENTS(ids); i++) {
        WmSeries *series = &g_array_index(self->series, WmSeries, i);
        if (!series->is_exception)
            series->indicator = ids[n++];
    }
    g_array_append_vals(self->commentary, rows, G_N_ELEMENTS(rows));
    return self;
}

/* Complaints twice about the first measure, and a theme's own evidence. */
static MonthFixture *complaints_month(void)
{
    MonthFixture *self = busy_month();
    const WmEvidence first = g_array_index(self->evidence, WmEvidence, 0);
    const WmEvidence rows[] = {
        {.indicator = first.indicator,
         .theme = "",
         .kind = "complaints",
         .count = 9,
         .as_at = wm_day_from_date(2021, 11, 30),
         .summary = "Most are about silence.",
         .source = "Panel"},
        {.indicator = first.indicator,
         .theme = "",
         .kind = "complaints",
         .count = 14,
         .as_at = wm_day_from_date(2022, 2, 28),
         .summary = "Most are about late plans.",
         .source = "Panel"},
        {.indicator = "",
         .theme = "",
         .kind = "theme",
         .count = NAN,
         .as_at = wm_day_from_date(2022, 2, 28),
         .summary = "Calls are returned sooner.",
         .source = ""},
    };
    g_array_append_vals(self->evidence, rows, G_N_ELEMENTS(rows));
    const char *theme = g_array_index(self->series, WmSeries, 0).theme;
    g_array_index(self->evidence, WmEvidence, self->evidence->len - 1).theme = theme;
    return self;
}

/* A second tagging, a second baseline, and evidence that is to come. */
static MonthFixture *tagged_month(void)
{
    static WmIndicator indicator;
    static const WmEvidenceItem ITEMS[] = {{.item = "Q1",
                                            .title = HOSTILE,
                                            .theme = "",
                                            .indicator = "",
                                            .owner_role = "Complaints team",
                                            .every_months = 3,
                                            .first_due = WM_NO_DAY}};
    MonthFixture *self = busy_month();
    WmSeries *first = &g_array_index(self->series, WmSeries, 0);
    indicator = (WmIndicator){
        .indicator = first->indicator, .tags = "Healthy; Valued", .theme = "", .title = "", .formula = "", .owner_role = ""};
    self->plan.indicators = &indicator;
    self->plan.n_indicators = 1;
    self->plan.evidence_items = ITEMS;
    self->plan.n_evidence_items = G_N_ELEMENTS(ITEMS);
    first->second_baseline = 21.8;
    first->second_baseline_day = wm_day_from_date(2019, 12, 31);
    return self;
}

/* The last report was a year ago, and in that year a milestone fell due and was met. */
static MonthFixture *annual_month(void)
{
    static WmSeriesMilestone milestone;
    MonthFixture *self = busy_month();
    WmSeries *first = &g_array_index(self->series, WmSeries, 0);
    self->month.previous_as_at = wm_day_from_date(2021, 4, 10);
    milestone = (WmSeriesMilestone){.text = "40%",
                                    .target = 40,
                                    .due = wm_day_from_date(2021, 8, 31),
                                    .reason = "",
                                    .outcome = {.state = WM_MILESTONE_RECOVERED, .i_reading = 0}};
    first->milestones = &milestone;
    first->n_milestones = 1;
    return self;
}

/* The horizons lie in May 2021, Aug 2021 and Feb 2022, and no target falls due in any of these months. */
static MonthFixture *between_month(void)
{
    MonthFixture *self = annual_month();
    ((WmSeriesMilestone *)g_array_index(self->series, WmSeries, 0).milestones)->due = wm_day_from_date(2021, 7, 31);
    self->plan.settings.start = wm_day_from_date(2021, 2, 1);
    return self;
}

/* No target has fallen due, and no horizon has come. */
static MonthFixture *early_month(void)
{
    MonthFixture *self = busy_month();
    self->plan.settings.start = wm_day_from_date(2022, 2, 1);
    for (guint i = 0; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).n_milestones = 0;
    return self;
}

/* All the evidence is dated after the as-at. */
static MonthFixture *unknown_month(void)
{
    MonthFixture *self = busy_month();
    for (guint i = 0; i < self->evidence->len; i++)
        g_array_index(self->evidence, WmEvidence, i).as_at = self->month.as_at + 1;
    return self;
}

static const WmRiskScoring SCORINGS[] = {
    {"R2", "", "", "Low", "", "", 19000}, {"R2", "", "", "High", "", "", 19050}, {"R2", "", "", "Low", "Low", "", 19999}};

/* A risk scored twice by the as-at (19082). */
static MonthFixture *scored_month(void)
{
    MonthFixture *self = busy_month();
    self->plan.risk_scorings = SCORINGS;
    self->plan.n_risk_scorings = G_N_ELEMENTS(SCORINGS);
    return self;
}

/* Of the first measure nothing has come since the plan began. */
static MonthFixture *unread_month(void)
{
    static WmIndicator indicator;
    MonthFixture *self = fixture_month_full();
    WmSeries *first = &g_array_index(self->series, WmSeries, 0);
    indicator = (WmIndicator){
        .indicator = first->indicator, .tags = "", .theme = "", .title = "", .formula = "", .owner_role = "", .lag_days = -1};
    first->n_readings = 0;
    self->plan.settings.start = wm_day_from_date(2021, 1, 1);
    self->plan.indicators = &indicator;
    self->plan.n_indicators = 1;
    return self;
}

/* More than the page can list. */
static MonthFixture *changed_month(void)
{
    MonthFixture *self = fixture_month_full();
    for (int i = 0; i < 20; i++)
        fixture_month_change(self, WM_CHANGE_STATUS_WORSE, "A measure: amber, was green.");
    return self;
}

/* One action, which is done. */
static MonthFixture *finished_month(void)
{
    static const WmActionRag BLUE[] = {{.action = "A1", .note = "", .as_at = 18900, .rag = WM_BLUE}};
    static WmAction action;
    MonthFixture *self = fixture_month_full();
    action = ACTIONS[0];
    action.status = "complete";
    self->plan.actions = &action;
    self->plan.n_actions = 1;
    self->plan.action_rags = BLUE;
    self->plan.n_action_rags = 1;
    return self;
}

static MonthFixture *set_month(void)
{
    MonthFixture *self = fixture_month_full();
    fixture_month_change(self, WM_CHANGE_STATUS_SET, "A measure: amber, set by a person (red by the figures), was red.");
    return self;
}

typedef struct {
    const char *name;
    WmDocument *(*make)(const WmMonth *month, GError **error);
    const char *said; /* in both formats */
    MonthFixture *(*month)(void);
} PaperCase;

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
     "The target of “Families who feel listened to” for Jan 2021 is blank.", doubtful_month},
    {"the quarterly report labels the owner's words", wm_report_quarterly, "Recovery: Bring in locum hours", busy_month},
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
