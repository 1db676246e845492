/* One series of the month: assessed, held against its own past, and described. */
#include "engine/data/month/month_private.h"

#include "engine/data/series/series_history.h"
#include "engine/data/series/vintages.h"

static const char *keep(WmMonth *self, const char *text)
{
    return g_string_chunk_insert_const(self->storage->texts, text ? text : "");
}

char *wm_series_name(const WmSeries *series)
{
    const char *title = *series->title ? series->title : series->indicator;
    const char *unit = *series->unit && *series->unit_name ? series->unit_name : series->unit;
    return g_strconcat(title, *unit ? ", " : "", unit, *series->cohort ? ", " : "", series->cohort, NULL);
}

/* Outcome and chance of each milestone as printed. */
static void judge_milestones(const SeriesView *view)
{
    const WmAssessmentInput input = series_view_input(view);
    for (guint i = 0; i < view->plan->printed->len; i++) {
        WmSeriesMilestone *one = &g_array_index(view->plan->printed, WmSeriesMilestone, i);
        if (*one->reason)
            continue;
        const WmMilestone milestone = {one->due, one->target};
        one->outcome = wm_milestone_judge(&input, milestone);
        one->chance = wm_milestone_chance(&input, &view->assessment, milestone);
    }
}

/* Who reads a figure must know that it is not the one that was published. */
static const char *note_of(WmMonth *month, const WmIndicator *indicator)
{
    if (indicator->cumulative == WM_PERIOD_NONE)
        return indicator->note;
    g_autofree char *note = g_strdup_printf("The last twelve months, from totals that are published to date.%s%s",
                                            *indicator->note ? " " : "", indicator->note);
    return keep(month, note);
}

void month_describe_series(WmMonth *month, const SeriesSource *source, WmSeries *out)
{
    const WmPlan *plan = month->plan;
    const WmIndicator *indicator = source->indicator;
    const WmTheme *theme = wm_plan_theme(plan, indicator->theme);
    const WmUnit *unit = *source->unit ? wm_plan_unit(plan, source->unit) : NULL;
    const char *theme_owner = theme && *theme->owner_role ? theme->owner_role : plan->settings.owner_role;
    out->indicator = indicator->indicator;
    out->title = *indicator->title ? indicator->title : indicator->indicator;
    out->unit = keep(month, source->unit);
    out->unit_name = !*source->unit ? plan->settings.area : unit && *unit->name ? unit->name : out->unit;
    out->cohort = keep(month, source->cohort);
    out->measure_unit = indicator->measure_unit;
    out->source = indicator->source;
    out->theme = indicator->theme;
    out->theme_title = theme ? theme->title : "";
    out->owner_role = *indicator->owner_role ? indicator->owner_role : theme_owner;
    out->note = note_of(month, indicator);
    out->measure = indicator->measure;
}

/* The month takes what the view owns, and the series shows it. */
static void take_view(WmMonth *month, SeriesView *view, WmSeries *out)
{
    WmMonthStorage *storage = month->storage;
    series_view_show(view, out);
    g_ptr_array_add(storage->plans, g_steal_pointer(&view->plan));
    g_ptr_array_add(storage->owned, g_steal_pointer(&view->readings));
    if (view->forecast)
        g_ptr_array_add(storage->forecasts, g_steal_pointer(&view->forecast));
    if (view->ahead)
        g_ptr_array_add(storage->forecasts, g_steal_pointer(&view->ahead));
}

/* How likely its latest reading is by chance alone, once the batch is whole; and where limits could be set afresh. */
static void judge_chance(WmMonth *month, SeriesTools *tools, WmSeries *series)
{
    WmSignals signals;
    Charted charted;
    if (!signal_work_find(tools->signals, series, &signals, &charted))
        return;
    series->signals = signals;
    signal_batch_add(month->storage->batch, &charted.spc, &charted.options, &charted.treated);
    signal_work_suggest(tools->signals, series, &series->signals.suggestion);
}

static void take_revisions(WmMonth *month, const GArray *vintages, WmSeries *out)
{
    GArray *revisions = vintages_revisions(vintages, month->as_at);
    g_ptr_array_add(month->storage->owned, revisions);
    out->revisions = (WmRevision *)(gpointer)revisions->data;
    out->n_revisions = revisions->len;
    g_ptr_array_add(month->storage->revised, vintages_revisions_since(vintages, month->previous_as_at, month->as_at));
    out->is_partial = vintages_are_partial(vintages, month->as_at);
    month->n_new_readings += vintages_count_new(vintages, month->previous_as_at, month->as_at);
}

/* What was shown at the previous as-at. Its trend is of no more use, and would not outlive this call. */
static WmAssessment previous_of(const SeriesSource *source, SeriesHistory *history, WmDay day)
{
    g_auto(SeriesView) view;
    series_view_init(&view, source, day, WM_ASSESS_STATUS, NULL);
    series_history_show(history, &view);
    view.assessment.trend = (WmTrend){.state = WM_TREND_NONE};
    return view.assessment;
}

/* What would have been said on that day, had the figures of now been known: the past before it stays as it was. */
static WmVerdict hindsight_of(const WmMonth *month, const SeriesSource *source, SeriesHistory *history, const WmSeries *series)
{
    const GArray *revised = g_ptr_array_index(month->storage->revised, month->storage->revised->len - 1);
    if (revised->len == 0 || month->previous_as_at == WM_NO_DAY)
        return series->previous.verdict;
    g_autoptr(GArray) vintages = vintages_with_hindsight(source->vintages, month->previous_as_at, month->as_at);
    SeriesSource then = *source;
    then.vintages = vintages;
    return previous_of(&then, history, month->previous_as_at).verdict;
}

void month_add_series(WmMonth *month, SeriesTools *tools, const WmIndicator *indicator, const WmSeriesKey *key,
                      const GArray *vintages, const GArray *days, const Peers *peers)
{
    const SeriesSource source = {month->plan, indicator, key->unit, key->cohort, vintages, days, tools, peers, month->is_public};
    WmSeries series = {.first_raised = WM_NO_DAY, .previous = {.as_at = WM_NO_DAY}};
    g_auto(SeriesHistory) history;
    g_auto(SeriesView) view;
    series_history_init(&history, &source);
    series_view_init(&view, &source, month->as_at, WM_ASSESS_ALL, NULL);
    series_history_show(&history, &view);
    judge_milestones(&view);
    month_describe_series(month, &source, &series);
    take_view(month, &view, &series);
    judge_chance(month, tools, &series);
    take_revisions(month, vintages, &series);

    char sentence[WM_SENTENCE_TEXT];
    series.sentence = keep(month, wm_assessment_explain(&series.assessment, &series.measure, series.measure_unit, sentence));
    if (month->previous_as_at != WM_NO_DAY)
        series.previous = previous_of(&source, &history, month->previous_as_at);
    series.hindsight = hindsight_of(month, &source, &history, &series);
    series.override = series_override_on(&source, month->as_at);
    series.is_exception = series_is_exception(month->plan, &series.assessment);
    series.run = series_history_run(&history, &series.previous, &series.assessment);
    if (series.is_exception)
        series.first_raised = series.run.opened;
    g_array_append_val(month->storage->series, series);
}
