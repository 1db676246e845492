/* Months that the papers are told from: what people say of the measures, and what shows it. */
#include "plot/cmocka_setup.h"

#include "plot/fixture_papers.h"

#include <math.h>

/* This month a lead explains a measure that is no exception; another did so before the last report. */
MonthFixture *explained_month(void)
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
MonthFixture *complaints_month(void)
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
MonthFixture *tagged_month(void)
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

/* All the evidence is dated after the as-at. */
MonthFixture *unknown_month(void)
{
    MonthFixture *self = busy_month();
    for (guint i = 0; i < self->evidence->len; i++)
        g_array_index(self->evidence, WmEvidence, i).as_at = self->month.as_at + 1;
    return self;
}
