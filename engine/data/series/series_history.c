/* A series' past, replayed. */
#include "engine/data/series/series_history.h"

typedef struct {
    gboolean is_known, is_shown;
    WmAssessment *assessment; /* evidence and reasons; the verdict once it is shown */
} PastDay;

static void clear_day(gpointer data)
{
    g_free(((PastDay *)data)->assessment);
}

void series_history_init(SeriesHistory *self, const SeriesSource *source)
{
    *self = (SeriesHistory){.source = source, .past = g_array_new(FALSE, TRUE, sizeof(PastDay))};
    g_array_set_clear_func(self->past, clear_day);
    g_array_set_size(self->past, source->days->len);
}

static void end_loan(SeriesHistory *self)
{
    if (self->has_lender)
        series_view_clear(&self->lender);
    self->has_lender = FALSE;
}

void series_history_clear(SeriesHistory *self)
{
    g_clear_pointer(&self->past, g_array_unref);
    end_loan(self);
}

static WmDay day_at(const SeriesHistory *self, guint i)
{
    return g_array_index(self->source->days, WmDay, i);
}

static PastDay *past_day(SeriesHistory *self, guint i)
{
    PastDay *day = &g_array_index(self->past, PastDay, i);
    if (day->is_known)
        return day;
    SeriesView view;
    series_view_init(&view, self->source, day_at(self, i), WM_ASSESS_STATUS, self->has_lender ? &self->lender : NULL);
    *day = (PastDay){.is_known = TRUE, .assessment = g_memdup2(&view.assessment, sizeof view.assessment)};
    day->assessment->trend = (WmTrend){.state = WM_TREND_NONE}; /* which would not outlive its forecast */
    const WmTrend *trend = &view.assessment.trend;
    if ((trend->forecast && trend->forecast == view.forecast) || (trend->ahead && trend->ahead == view.ahead)) {
        end_loan(self);
        self->lender = view;
        self->has_lender = TRUE;
    } else {
        series_view_clear(&view);
    }
    return day;
}

static const WmStatusEvidence *evidence_at(SeriesHistory *self, guint i)
{
    return &past_day(self, i)->assessment->evidence;
}

/* Whether a day shows its evidence whatever was shown before. */
static gboolean is_settled(const WmStatusEvidence *evidence)
{
    return evidence->is_ruled || evidence->within_noise == 1u << evidence->verdict.status;
}

static int year_of(WmDay day)
{
    return (int)(wm_day_to_months(day) - 1e-6) / 12;
}

/* The evidence of the drop days before `day`, from the one at which the fold may begin. */
static GArray *past_before(SeriesHistory *self, WmDay day)
{
    guint end = 0;
    while (end < self->source->days->len && day_at(self, end) < day)
        end++;
    guint first = end;
    while (first > 0 && year_of(day_at(self, first - 1)) >= year_of(day) - 1 &&
           !(first < end && is_settled(evidence_at(self, first))))
        first--;
    GArray *past = g_array_new(FALSE, FALSE, sizeof(WmStatusEvidence));
    for (guint i = first; i < end; i++)
        g_array_append_val(past, *evidence_at(self, i));
    return past;
}

static WmStanding standing_on(SeriesHistory *self, WmDay day, const WmStatusEvidence *today)
{
    if (is_settled(today)) /* nothing before matters */
        return (WmStanding){.verdict = today->verdict};
    g_autoptr(GArray) past = past_before(self, day);
    g_array_append_val(past, *today);
    return wm_policy_hold(&self->source->plan->settings.policy, (const WmStatusEvidence *)(const void *)past->data, past->len);
}

static void show(SeriesHistory *self, WmAssessment *assessment)
{
    const WmStanding standing = standing_on(self, assessment->as_at, &assessment->evidence);
    wm_assessment_hold(assessment, &standing);
    series_override(self->source, assessment);
}

void series_history_show(SeriesHistory *self, SeriesView *view)
{
    show(self, &view->assessment);
}

const WmAssessment *series_history_shown(SeriesHistory *self, guint i_day)
{
    PastDay *day = past_day(self, i_day);
    if (!day->is_shown)
        show(self, day->assessment);
    day->is_shown = TRUE;
    return day->assessment;
}

/* Whether it was an exception. */
static gboolean add_day(const SeriesHistory *self, GArray *days, const WmAssessment *shown)
{
    const WmExceptionDay one = {
        .day = shown->as_at,
        .is_raised = series_is_exception(self->source->plan, shown),
        .shown = shown->verdict.status,
        .computed = wm_verdict_computed(shown->verdict),
    };
    g_array_append_val(days, one);
    return one.is_raised;
}

/* Whether a clock of the exception that is open runs on through the day that was added last: by the figures, whatever a person
 * said. */
static gboolean is_hidden(const GArray *days)
{
    const WmRag computed = g_array_index(days, WmExceptionDay, days->len - 1).computed;
    return computed == WM_RED || computed == WM_AMBER;
}

/* The drop days before `now`, the latest first, to the beginning of the exception that is open and of its clocks, or of the one
 * that was at `previous` or later. The day of `previous` counts, beside the drops', only for what is not open now: an opening must
 * not hang on which report one compares with. */
static void gather_run(SeriesHistory *self, const WmAssessment *previous, const WmAssessment *now, GArray *days)
{
    const gboolean has_previous = previous->as_at != WM_NO_DAY;
    gboolean is_in_run = add_day(self, days, now);
    const gboolean is_open = is_in_run;
    for (guint i = self->source->days->len; i-- > 0 && (is_in_run || has_previous);) {
        const WmDay day = day_at(self, i);
        if (day >= now->as_at)
            continue;
        if (!is_in_run && day < previous->as_at) {
            is_in_run = series_is_exception(self->source->plan, previous) && add_day(self, days, previous);
            if (!is_in_run)
                return;
        }
        const gboolean was_raised = add_day(self, days, day == previous->as_at ? previous : series_history_shown(self, i));
        const gboolean goes_on = was_raised || (is_open && is_hidden(days));
        if (is_in_run && !goes_on)
            return;
        is_in_run = goes_on;
    }
}

static gint by_day(gconstpointer a, gconstpointer b)
{
    const WmExceptionDay *x = a, *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

WmExceptionRun series_history_run(SeriesHistory *self, const WmAssessment *previous, const WmAssessment *now)
{
    g_autoptr(GArray) days = g_array_new(FALSE, FALSE, sizeof(WmExceptionDay));
    gather_run(self, previous, now, days);
    g_array_sort(days, by_day);
    return wm_exception_fold((const WmExceptionDay *)(const void *)days->data, days->len);
}
