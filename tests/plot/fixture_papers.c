/* Months that the papers are told from. */
#include "plot/cmocka_setup.h"

#include "plot/fixture_papers.h"

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

WmAction late_action(void)
{
    return ACTIONS[0];
}

MonthFixture *busy_month(void)
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

/* All measures are well, and one of two actions is late and declared green. */
MonthFixture *calm_month(void)
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
MonthFixture *nine_changes_month(void)
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
MonthFixture *one_judged_month(void)
{
    MonthFixture *self = calm_month();
    for (guint i = 1; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).assessment.verdict.status = WM_GREY;
    return self;
}

/* Every risk is low after mitigation. */
MonthFixture *low_month(void)
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

MonthFixture *doubtful_month(void)
{
    MonthFixture *self = busy_month();
    wm_problems_add(self->problems, &(WmProblem){"targets.csv", 3, 4, WM_SEVERITY_WARNING, "worse_than_baseline",
                                                 "the first target of 1.2, 30%, is worse than its baseline of 40%", "", "1.2"});
    return self;
}

/* The last report was a year ago, and in that year a milestone fell due and was met. */
MonthFixture *annual_month(void)
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
MonthFixture *between_month(void)
{
    MonthFixture *self = annual_month();
    ((WmSeriesMilestone *)g_array_index(self->series, WmSeries, 0).milestones)->due = wm_day_from_date(2021, 7, 31);
    self->plan.settings.start = wm_day_from_date(2021, 2, 1);
    return self;
}

/* No target has fallen due, and no horizon has come. */
MonthFixture *early_month(void)
{
    MonthFixture *self = busy_month();
    self->plan.settings.start = wm_day_from_date(2022, 2, 1);
    for (guint i = 0; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).n_milestones = 0;
    return self;
}

static const WmRiskScoring SCORINGS[] = {
    {"R2", "", "", "Low", "", "", 19000}, {"R2", "", "", "High", "", "", 19050}, {"R2", "", "", "Low", "Low", "", 19999}};

/* A risk scored twice by the as-at (19082). */
MonthFixture *scored_month(void)
{
    MonthFixture *self = busy_month();
    self->plan.risk_scorings = SCORINGS;
    self->plan.n_risk_scorings = G_N_ELEMENTS(SCORINGS);
    return self;
}

/* Of the first measure nothing has come since the plan began. */
MonthFixture *unread_month(void)
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
MonthFixture *changed_month(void)
{
    MonthFixture *self = fixture_month_full();
    for (int i = 0; i < 20; i++)
        fixture_month_change(self, WM_CHANGE_STATUS_WORSE, "A measure: amber, was green.");
    return self;
}

MonthFixture *set_month(void)
{
    MonthFixture *self = fixture_month_full();
    fixture_month_change(self, WM_CHANGE_STATUS_SET, "A measure: amber, set by a person (red by the figures), was red.");
    return self;
}
