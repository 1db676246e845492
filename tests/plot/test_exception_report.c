/* The exception report: what it says of each kind of month, the same in both formats. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "plot/fixture_month.h"
#include "plot/fixture_output.h"

static MonthFixture *empty_plan(void)
{
    return fixture_month_new("A plan without measures");
}

static MonthFixture *nothing_wrong(void)
{
    MonthFixture *self = fixture_month_full();
    for (guint i = 0; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).is_exception = false;
    g_array_set_size(self->changes, 0);
    return self;
}

/* One measure can be judged, and is well; the others cannot. */
static MonthFixture *mostly_grey(void)
{
    MonthFixture *self = nothing_wrong();
    for (guint i = 0; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).assessment.verdict = (WmVerdict){i == 0 ? WM_GREEN : WM_GREY, WM_PLAIN};
    return self;
}

static MonthFixture *all_grey(void)
{
    MonthFixture *self = mostly_grey();
    g_array_index(self->series, WmSeries, 0).assessment.verdict = (WmVerdict){WM_GREY, WM_PLAIN};
    return self;
}

static MonthFixture *first_report(void)
{
    MonthFixture *self = fixture_month_full();
    self->month.previous_as_at = WM_NO_DAY;
    return self;
}

static MonthFixture *very_long(void)
{
    static char words[30001];
    for (size_t i = 0; i + 1 < sizeof words; i++)
        words[i] = i % 9 == 8 ? ' ' : 'w';
    MonthFixture *self = fixture_month_full();
    WmSeries *series = &g_array_index(self->series, WmSeries, 0);
    series->title = series->sentence = series->note = series->owner_role = words;
    g_array_index(self->commentary, WmCommentary, 0).explanation = words;
    return self;
}

static MonthFixture *three_hundred(void)
{
    return fixture_month_large(300);
}

static MonthFixture *green_with_a_signal(void)
{
    MonthFixture *self = fixture_month_full();
    for (guint i = 0; i < self->series->len; i++) {
        WmSeries *series = &g_array_index(self->series, WmSeries, i);
        series->is_exception = i == 0;
        if (i == 0)
            series->assessment.verdict = (WmVerdict){WM_GREEN, WM_PLAIN};
    }
    return self;
}

/* A reason that ends as a sentence stands in brackets as a clause. */
static MonthFixture *reasons_with_full_stops(void)
{
    MonthFixture *self = fixture_month_full();
    for (guint i = 0; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).override.reason = "A census was late.";
    return self;
}

/* The first red one is near its plan, and missed a milestone. */
static MonthFixture *near_but_missed(void)
{
    MonthFixture *self = fixture_month_full();
    for (guint i = 1; i < self->series->len; i++) {
        WmAssessment *a = &g_array_index(self->series, WmSeries, i).assessment;
        if (a->verdict.status != WM_RED)
            continue;
        a->position = WM_NEAR;
        a->outlook = WM_OUTLOOK_NONE;
        a->reasons[0] = (WmReason){.code = WM_REASON_MILESTONE_MISSED, .day = wm_day_from_date(2022, 1, 31)};
        return self;
    }
    return self;
}

/* Of the first measure, an exception, a later month came suppressed. */
static MonthFixture *without_newest(void)
{
    static WmReading readings[64];
    MonthFixture *self = fixture_month_full();
    WmSeries *first = &g_array_index(self->series, WmSeries, 0);
    assert_true(first->n_readings < G_N_ELEMENTS(readings));
    memcpy(readings, first->readings, first->n_readings * sizeof *readings);
    WmReading *newest = &readings[first->n_readings];
    *newest = readings[first->n_readings - 1];
    newest->period = wm_period_step(newest->period, 1);
    newest->value = NAN;
    newest->state = WM_SUPPRESSED;
    first->readings = readings;
    first->n_readings++;
    first->assessment.reasons[first->assessment.n_reasons++] =
        (WmReason){.code = WM_REASON_LATEST_WITHOUT_VALUE, .a = WM_SUPPRESSED, .day = wm_period_end(newest->period)};
    return self;
}

/* A finding names a measure by its id, and says another thing that begins like it. */
static MonthFixture *titled_finding(void)
{
    MonthFixture *self = fixture_month_full();
    wm_problems_add(self->problems, &(WmProblem){"targets.csv", 30, 4, WM_SEVERITY_WARNING, "target_unresolved",
                                                 "the target of 1.2 is blank; 1.2.1 is not it, nor 11.2", "", "1.2"});
    return self;
}

static MonthFixture *of_noise(void)
{
    MonthFixture *self = fixture_month_full();
    self->month.signals.n_signals = 0;
    for (guint i = 0; i < self->series->len; i++)
        g_array_index(self->series, WmSeries, i).signals = (WmSignals){.is_charted = false};
    return self;
}

static MonthFixture *suggested(void)
{
    MonthFixture *self = fixture_month_full();
    for (guint i = 0; i < self->series->len; i++) {
        WmSeries *series = &g_array_index(self->series, WmSeries, i);
        if (wm_series_has_signal(series))
            series->signals.suggestion = (WmSpcSuggestion){
                .i_point = 1, .direction = 1, .n_beyond = 9, .centre_before = 42, .centre = 55, .lower = 49, .upper = 61};
    }
    return self;
}

typedef struct {
    const char *name;
    MonthFixture *(*make)(void);
    const char *said; /* in both formats */
    const char *unsaid;
} ReportCase;

static const ReportCase CASES[] = {
    {"an empty plan says that there is nothing to report", empty_plan, "The plan has no measure yet", "All measures"},
    {"a month without exceptions says so", nothing_wrong, "none of them needs the board's attention this month.",
     "Expected to meet it"},
    {"a quiet month says first how much could be judged", mostly_grey,
     "of the plan's 14 measures can be judged, and it does not need the board's attention this month.", "none of the plan's"},
    {"where nothing could be judged it does not say that all is well", all_grey, "can be judged.",
     "Nothing needs the board's attention"},
    {"a quiet month says that nothing changed", nothing_wrong, "No status, exception or milestone has changed.", "New exceptions"},
    {"the first report compares with nothing", first_report, "This is the first report", "Previous report"},
    {"a later report names the one before", fixture_month_full,
     "Compared with what was known on 28 Feb 2022. 14 new readings have come since.", "This is the first report"},
    {"the headline counts what needs attention", fixture_month_full, "14 measures need the board's attention: ", "1 measures"},
    {"made-up figures are said to be", fixture_month_full, "Illustrative figures.", NULL},
    {"an exception says who answers for it", fixture_month_full, "Who answers for it", NULL},
    {"an exception says how old it is", fixture_month_full, "Open since 31 Oct 2021 (5 months)", NULL},
    {"an exception says where it goes", fixture_month_full, "Red for 4 months", NULL},
    {"one that has gone nowhere says how long it has been red", fixture_month_full, "Red for 1 month", NULL},
    {"a recovery date that passed is an exception itself", fixture_month_full, "1 recovery date has passed without recovery.",
     NULL},
    {"and is listed", fixture_month_full, "Recovery was due by 28 Feb 2022, 1 month ago, and the measure is still red.", NULL},
    {"what has closed is listed with how", fixture_month_full, "after 5 months: the measure is back on its plan.", NULL},
    {"what is suppressed is said to be so", fixture_month_full, "Suppressed until 31 May 2022 by Chair: known", NULL},
    {"commentary is given with its author", fixture_month_full, "(Head of SEND, 28 Feb 2022)", NULL},
    {"recovery past its date is said to be", fixture_month_full, "This was due by 28 Feb 2022.", "Due by 28 Feb 2022."},
    {"an override shows its reason, its end and the engine's view", fixture_month_full,
     "Set to Amber by Programme Lead until 31 May 2022: The provider is still checking its data. By the figures it is Red.", NULL},
    {"both statuses stand wherever one does", fixture_month_full, "Amber, set by a person; Red by the figures", NULL},
    {"an override that ran out is said to have", fixture_month_full,
     "Chair set it to Green until 15 Mar 2022 (A census was late). That has run out, and the status is that of the figures again.",
     NULL},
    {"its reason is a clause there", reasons_with_full_stops, "(A census was late). That has run out", "late.)"},
    {"findings carry their place", fixture_month_full, "drops/2022-03-31/readings.csv:18:4", NULL},
    {"drops before the last report are counted", fixture_month_full, "1 file came before that, and still counts.", NULL},
    {"the month says how many signals chance alone would give", fixture_month_full,
     "2 of 14 measures signal a real change at the latest reading; chance alone would give about 1.4.", NULL},
    {"a green one that the board must see is counted as such", green_with_a_signal,
     "1 of the plan's 14 measures needs the board's attention: 1 Green with a signal of concern.", NULL},
    {"a red one near its plan says that it missed a milestone", near_but_missed, "Near its plan, but it missed a milestone", NULL},
    {"a grey one says why in the table of all", fixture_month_full, "The plan sets no target", NULL},
    {"a period without a figure is told", without_newest, "; suppressed in Apr 2022", NULL},
    {"a finding names its measure by its title", titled_finding,
     "the target of “Families who feel listened to” is blank; 1.2.1 is not it, nor 11.2", NULL},
    {"a month of noise says so", of_noise, "None of 14 measures signals a real change", "Limits and signals"},
    {"an exception that signals says it", fixture_month_full, "a signal of improvement: ", NULL},
    {"a control chart says why it is that one", fixture_month_full,
     "XmR chart, for figures published without numerators and denominators.", NULL},
    {"an exception says what becomes of the target if nothing changes", fixture_month_full,
     "single readings may meet the path or miss it", NULL},
    {"where limits could be set afresh is said with the evidence", suggested,
     "By the Stable Shift Algorithm limits could be re-established from ", NULL},
    {"no number leaks", fixture_month_full, "Baseline", "nan"},
    {"no date leaks", fixture_month_full, "Baseline", "-2147483648"},
    {"very long texts are set", very_long, "How to read this report", NULL},
    {"hundreds of measures are set", three_hundred, "How to read this report", NULL},
};

static void assert_says(const ReportCase *test, const char *format, const char *text)
{
    if (!strstr(text, test->said))
        fail_msg("the %s does not say: %s", format, test->said);
    if (test->unsaid && strstr(text, test->unsaid))
        fail_msg("the %s says: %s", format, test->unsaid);
}

static void says(void **state)
{
    const ReportCase *test = *state;
    g_autoptr(MonthFixture) fixture = test->make();
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document), *html_words = fixture_words(html);
    assert_says(test, "HTML", html_words);
    if (!fixture_has_pdf_tools())
        return;
    g_autofree char *pdf = fixture_pdf_text(document), *pdf_words = fixture_words(pdf);
    assert_says(test, "PDF", pdf_words);
}

static void the_worst_come_first(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_full();
    const WmMonth *month = fixture_month_finish(fixture);
    g_autoptr(WmDocument) document = wm_report_exception(month, NULL);
    g_autofree char *html = fixture_html(document);
    const char *place = html;
    for (size_t i = 0; i < month->n_exceptions; i++) {
        g_autofree char *heading = g_strdup_printf("<h3 id=\"exception-%zu\">%s", i + 1, month->series[month->exceptions[i]].title);
        place = strstr(place, heading);
        assert_non_null(place);
    }
}

static void the_scorecard_has_every_measure_once(void **state)
{
    (void)state;
    g_autoptr(MonthFixture) fixture = fixture_month_large(60);
    g_autoptr(WmDocument) document = wm_report_exception(fixture_month_finish(fixture), NULL);
    g_autofree char *html = fixture_html(document);
    const char *table = strstr(html, "aria-label=\"Scorecard of all measures\"");
    assert_non_null(table);
    g_autofree char *rows = g_strndup(table, (size_t)(strstr(table, "</section>") - table));
    assert_int_equal(fixture_count(rows, "scope=\"row\""), 60);
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(CASES) + 2];
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        tests[i] = (struct CMUnitTest){CASES[i].name, says, NULL, NULL, (void *)(guintptr)&CASES[i]};
    tests[G_N_ELEMENTS(CASES)] = (struct CMUnitTest)cmocka_unit_test(the_worst_come_first);
    tests[G_N_ELEMENTS(CASES) + 1] = (struct CMUnitTest)cmocka_unit_test(the_scorecard_has_every_measure_once);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
