#include "plot/fixture_month.h"

#include <math.h>
#include <string.h>

#include "engine/data/series/series_signals.h"

static WmDay day_of(const char *text)
{
    WmDay day = WM_NO_DAY;
    wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day);
    return day;
}

static void free_series(gpointer fixture)
{
    fixture_free(fixture);
}

MonthFixture *fixture_month_new(const char *title)
{
    MonthFixture *self = g_new0(MonthFixture, 1);
    self->plan.folder = "plan";
    self->plan.settings = (WmPlanSettings){.title = title,
                                           .area = "Anyshire",
                                           .owner_role = "Director of Children's Services",
                                           .version = "2.1",
                                           .board = "SEND Improvement Board",
                                           .start = day_of("2020-09-01"),
                                           .end = day_of("2022-12-31"),
                                           .reading_lag_days = 31,
                                           .policy = wm_policy_default()};
    self->month = (WmMonth){.as_at = day_of("2022-03-31"), .previous_as_at = WM_NO_DAY, .plan = &self->plan};
    self->fixtures = g_ptr_array_new_with_free_func(free_series);
    self->series = g_array_new(FALSE, TRUE, sizeof(WmSeries));
    self->exceptions = g_array_new(FALSE, TRUE, sizeof(size_t));
    self->changes = g_array_new(FALSE, TRUE, sizeof(WmChange));
    self->drops = g_array_new(FALSE, TRUE, sizeof(WmDropInfo));
    self->commentary = g_array_new(FALSE, TRUE, sizeof(WmCommentary));
    self->evidence = g_array_new(FALSE, TRUE, sizeof(WmEvidence));
    self->records = g_array_new(FALSE, TRUE, sizeof(WmExceptionRecord));
    self->problems = wm_problems_new();
    return self;
}

void fixture_month_free(MonthFixture *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->fixtures);
    GArray *const arrays[] = {self->series,     self->exceptions, self->changes, self->drops,
                              self->commentary, self->evidence,   self->records};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_array_unref(arrays[i]);
    wm_problems_free(self->problems);
    g_free(self);
}

WmSeries *fixture_month_add(MonthFixture *self, SeriesFixture *taken, const char *id, const char *title, const char *theme)
{
    g_ptr_array_add(self->fixtures, taken);
    WmSeries series = taken->series;
    series.indicator = id;
    series.title = title;
    series.theme = series.theme_title = theme;
    const WmRag rag = series.assessment.verdict.status;
    series.is_exception = rag == WM_RED || rag == WM_AMBER;
    series.first_raised = series.is_exception ? day_of("2021-10-31") : WM_NO_DAY;
    g_autoptr(SignalWork) work = signal_work_new();
    signal_work_find(work, &series, &series.signals, NULL);
    series.signals.is_judged_signal = series.signals.latest.is_beyond_noise; /* as a batch of it alone would */
    g_array_append_val(self->series, series);
    return &g_array_index(self->series, WmSeries, self->series->len - 1);
}

void fixture_month_change(MonthFixture *self, WmChangeKind kind, const char *text)
{
    const WmChange change = {kind, 0, text};
    g_array_append_val(self->changes, change);
}

void fixture_month_drop(MonthFixture *self, const char *received, const char *file, gint64 loaded, gint64 revised,
                        gint64 quarantined)
{
    const WmDropInfo drop = {.id = self->drops->len + 1,
                             .received = day_of(received),
                             .since = day_of(received),
                             .file = file,
                             .hash = "",
                             .n_rows = loaded + quarantined,
                             .n_loaded = loaded,
                             .n_revised = revised,
                             .n_quarantined = quarantined,
                             .withdrawn = WM_NO_DAY};
    g_array_append_val(self->drops, drop);
}

#define POINT_AT(owner, member, array, Type)                         \
    do {                                                             \
        (owner)->member = (const Type *)(const void *)(array)->data; \
        (owner)->n_##member = (array)->len;                          \
    } while (0)

static void find_exceptions(MonthFixture *self)
{
    static const WmRag WORST_FIRST[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};
    g_array_set_size(self->exceptions, 0);
    for (size_t r = 0; r < G_N_ELEMENTS(WORST_FIRST); r++)
        for (size_t i = 0; i < self->month.n_series; i++)
            if (self->month.series[i].is_exception && self->month.series[i].assessment.verdict.status == WORST_FIRST[r])
                g_array_append_val(self->exceptions, i);
}

static void add_record(MonthFixture *self, size_t i_series, WmExceptionRecord like)
{
    const WmSeries *series = &self->month.series[i_series];
    like.i_series = i_series;
    like.id = series->indicator;
    like.age_months = wm_months_between(like.opened, self->month.as_at);
    like.owner_role = series->owner_role;
    g_array_append_val(self->records, like);
}

/* Each exception has its record; the worst has gone up a level, is late, and has a missed date of its own; the next
 * has been red for a month, and open for longer. What is none has closed,
 * and one is suppressed. */
static void find_records(MonthFixture *self)
{
    static const WmSuppression SUPPRESSION = {.reason = "known", .by_role = "Chair"};
    const WmDay due = day_of("2022-02-28");
    WmExceptionRecord record = {.state = WM_EXCEPTION_CONTINUING,
                                .opened = day_of("2021-10-31"),
                                .closed = WM_NO_DAY,
                                .since = {WM_NO_DAY, WM_NO_DAY, WM_NO_DAY},
                                .level_name = self->plan.settings.board,
                                .level_by = WM_N_CLOCKS,
                                .recovery = {WM_NO_DAY, WM_NO_DAY, 0},
                                .sentence = "Open since 31 Oct 2021 (5 months), no real change since the last report."};
    g_array_set_size(self->records, 0);
    for (guint i = 0; i < self->exceptions->len; i++) {
        WmExceptionRecord one = record;
        if (i == 0) {
            one.level = 2;
            one.level_by = WM_CLOCK_RED;
            one.since[WM_CLOCK_RED] = day_of("2021-11-30");
            one.recovery = (WmRecovery){due, due, 2};
        }
        if (i == 1)
            one.since[WM_CLOCK_RED] = day_of("2022-02-28");
        add_record(self, g_array_index(self->exceptions, size_t, i), one);
        if (i == 0) {
            one.kind = WM_RECORD_RECOVERY;
            one.opened = due;
            one.sentence = "Recovery was due by 28 Feb 2022, 1 month ago, and the measure is still red.";
            add_record(self, g_array_index(self->exceptions, size_t, i), one);
        }
    }
    for (size_t i = 0, n = 0; self->month.previous_as_at != WM_NO_DAY && i < self->month.n_series && n < 2; i++) {
        WmExceptionRecord one = record;
        if (self->month.series[i].is_exception)
            continue;
        one.state = n == 0 ? WM_EXCEPTION_CLOSED : WM_EXCEPTION_CONTINUING;
        one.suppression = n == 1 ? &SUPPRESSION : NULL;
        one.sentence = n == 0 ? "Opened on 31 Oct 2021, closed on 31 Mar 2022 after 5 months: the measure is back on its plan."
                              : "Open since 31 Oct 2021. Suppressed until 31 May 2022 by Chair: known";
        add_record(self, i, one);
        n++;
    }
}

const WmMonth *fixture_month_finish(MonthFixture *self)
{
    WmMonth *month = &self->month;
    POINT_AT(month, series, self->series, WmSeries);
    POINT_AT(month, changes, self->changes, WmChange);
    POINT_AT(month, drops, self->drops, WmDropInfo);
    POINT_AT(&self->plan, commentary, self->commentary, WmCommentary);
    POINT_AT(&self->plan, evidence, self->evidence, WmEvidence);
    find_exceptions(self);
    POINT_AT(month, exceptions, self->exceptions, size_t);
    find_records(self);
    POINT_AT(month, records, self->records, WmExceptionRecord);
    month->problems = self->problems;
    memset(month->n_status, 0, sizeof month->n_status);
    for (size_t i = 0; i < month->n_series; i++) {
        month->n_status[month->series[i].assessment.verdict.status]++;
        month->is_illustrative = month->is_illustrative || month->series[i].is_illustrative;
    }
    return month;
}

/* Measures as a local plan has them; the shapes of the series are those that the charts are tested with. */
static const struct {
    const char *id, *title, *theme, *owner;
} MEASURES[] = {
    {"8.3", "Education, health and care plans issued within 20 weeks", "Assessments and plans", "Head of SEND"},
    {"8.2", "Advice from educational psychologists received within six weeks of the request", "Assessments and plans",
     "Principal Educational Psychologist"},
    {"5.4", "Children waiting more than 18 weeks for speech and language therapy", "Joint commissioning",
     "Designated Clinical Officer"},
    {"1.2", "Families who feel listened to", "Working with families", "Director, Parent Carer Forum"},
    {"7.5", "Young people with a plan who are in education, employment or training", "Preparing for adulthood",
     "Head of Post-16 Learning"},
    {"3.1", "Permanent exclusions of pupils with special educational needs", "Inclusion", "Assistant Director, Inclusion"},
};

static void add_cases(MonthFixture *self, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const size_t m = i % G_N_ELEMENTS(MEASURES);
        WmSeries *series =
            fixture_month_add(self, SERIES_CASES[i % N_SERIES_CASES].make(), MEASURES[m].id, MEASURES[m].title, MEASURES[m].theme);
        series->owner_role = MEASURES[m].owner;
        series->source = "Case system, monthly extract";
    }
}

static void add_past(MonthFixture *self)
{
    self->month.previous_as_at = day_of("2022-02-28");
    self->month.n_new_readings = 14;
    for (guint i = 0; i < self->series->len; i++) {
        WmSeries *series = &g_array_index(self->series, WmSeries, i);
        series->previous = series->assessment;
        series->previous.as_at = self->month.previous_as_at;
        if (i % 3 == 1)
            series->previous.verdict = (WmVerdict){WM_AMBER, WM_PLAIN};
    }
    fixture_month_change(
        self, WM_CHANGE_EXCEPTION_OPENED,
        "Advice from educational psychologists received within six weeks of the request is Red, watch; it was Green.");
    fixture_month_change(self, WM_CHANGE_STATUS_BETTER, "Families who feel listened to went from Amber to Green.");
    fixture_month_change(self, WM_CHANGE_REVISION, "Plans issued within 20 weeks, Nov 2020: 44.0% became 48.8%.");
}

static void add_voices(MonthFixture *self, const char *indicator)
{
    const WmCommentary row = {.indicator = indicator,
                              .unit = "",
                              .as_at = day_of("2022-02-28"),
                              .author_role = "Head of SEND",
                              .explanation = "Three psychology posts were empty from spring to July, and requests rose by a fifth.",
                              .recovery = "Bring in locum hours and clear the oldest requests first.",
                              .recovery_due = day_of("2022-02-28")};
    const WmEvidence evidence = {.indicator = indicator,
                                 .item = "",
                                 .theme = "",
                                 .count = NAN,
                                 .kind = "survey",
                                 .as_at = day_of("2022-01-31"),
                                 .source = "Parent carer survey",
                                 .summary = "Two families in three said that nobody told them why their plan was late."};
    g_array_append_val(self->commentary, row);
    g_array_append_val(self->evidence, evidence);
}

static void add_findings(MonthFixture *self)
{
    static const WmProblem PROBLEMS[] = {
        {"drops/2022-03-31/readings.csv", 18, 4, WM_SEVERITY_ERROR, "outside_bounds", "900% is more than 100%",
         "Check the figure with the provider.", "7.5"},
        {"targets.csv", 12, 0, WM_SEVERITY_WARNING, "worse_than_predecessor",
         "the target 19% after 50% is worse than the one before it", "Check the plan.", "7.5"},
        {"plan.ini", 0, 0, WM_SEVERITY_INFO, "no_end", "the plan has no end date", "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(PROBLEMS); i++)
        wm_problems_add(self->problems, &PROBLEMS[i]);
    fixture_month_drop(self, "2021-12-31", "drops/2021-12-31/readings.csv", 1204, 0, 0);
    fixture_month_drop(self, "2022-03-31", "drops/2022-03-31/readings.csv", 14, 1, 1);
}

MonthFixture *fixture_month_full(void)
{
    MonthFixture *self = fixture_month_new("Anyshire SEND improvement plan 2020 to 2022");
    add_cases(self, MIN(N_SERIES_CASES, 14));
    add_past(self);
    WmSeries *first = &g_array_index(self->series, WmSeries, 0);
    first->indicator = "8.3a";
    first->assessment.reasons[first->assessment.n_reasons++] =
        (WmReason){.code = WM_REASON_OVERRIDDEN, .a = first->assessment.verdict.status};
    first->assessment.verdict = (WmVerdict){WM_AMBER, WM_OVERRIDDEN, first->assessment.verdict.status};
    first->override = (WmSeriesOverride){.state = WM_OVERRIDE_IN_FORCE,
                                         .status = WM_AMBER,
                                         .by_role = "Programme Lead",
                                         .reason = "The provider is still checking its data.",
                                         .from = day_of("2022-02-28"),
                                         .expires = day_of("2022-05-31")};
    g_array_index(self->series, WmSeries, 1).override = (WmSeriesOverride){.state = WM_OVERRIDE_EXPIRED,
                                                                           .status = WM_GREEN,
                                                                           .by_role = "Chair",
                                                                           .reason = "A census was late",
                                                                           .from = WM_NO_DAY,
                                                                           .expires = day_of("2022-03-15")};
    add_voices(self, "8.3a");
    add_findings(self);
    self->month.signals = (WmSignalTotals){.n_judged = 14, .n_signals = 2, .n_expected = 1.4, .n_discoveries = 1};
    return self;
}

MonthFixture *fixture_month_large(size_t n)
{
    MonthFixture *self = fixture_month_new("A plan with very many measures");
    add_cases(self, n);
    add_past(self);
    return self;
}

#define HOSTILE "</title></style></svg><script>alert('x')</script><img src=x onerror=alert(1)>\"' ]]> \x01 \xE2\x80\xAE &amp; <!--"

MonthFixture *fixture_month_hostile(void)
{
    MonthFixture *self = fixture_month_full();
    WmPlanSettings *settings = &self->plan.settings;
    settings->title = settings->area = settings->owner_role = settings->version = settings->board = HOSTILE;
    for (guint i = 0; i < self->series->len; i++) {
        WmSeries *series = &g_array_index(self->series, WmSeries, i);
        series->title = series->unit = series->unit_name = series->cohort = series->source = series->theme_title = HOSTILE;
        series->owner_role = series->note = series->sentence = series->measure_unit = series->indicator = HOSTILE;
    }
    for (guint i = 0; i < self->changes->len; i++)
        g_array_index(self->changes, WmChange, i).text = HOSTILE;
    g_array_index(self->drops, WmDropInfo, 1).file = HOSTILE;
    add_voices(self, HOSTILE);
    WmCommentary *said = &g_array_index(self->commentary, WmCommentary, self->commentary->len - 1);
    said->unit = said->explanation = said->recovery = said->author_role = HOSTILE;
    WmSeriesOverride *override = &g_array_index(self->series, WmSeries, 0).override;
    override->reason = override->by_role = HOSTILE;
    wm_problems_add(self->problems, &(WmProblem){HOSTILE, 1, 1, WM_SEVERITY_ERROR, HOSTILE, HOSTILE, HOSTILE, HOSTILE});
    return self;
}
