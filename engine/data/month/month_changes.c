/* What changed since the previous as-at, one sentence a change. */
#include <math.h>

#include "engine/data/month/month_private.h"

static const char *const KIND_NAMES[WM_N_CHANGES] = {
    [WM_CHANGE_EXCEPTION_OPENED] = "exception_opened",
    [WM_CHANGE_EXCEPTION_CLOSED] = "exception_closed",
    [WM_CHANGE_STATUS_WORSE] = "status_worse",
    [WM_CHANGE_STATUS_BETTER] = "status_better",
    [WM_CHANGE_STATUS_SET] = "status_set",
    [WM_CHANGE_MILESTONE_MISSED] = "milestone_missed",
    [WM_CHANGE_MILESTONE_MET] = "milestone_met",
    [WM_CHANGE_REVISION] = "revision",
};

const char *wm_change_kind_name(WmChangeKind kind)
{
    return KIND_NAMES[kind];
}

/* From worst to best; grey and white stand outside the order. */
static int rank(WmRag status)
{
    return status == WM_GREY || status == WM_WHITE ? 0 : (int)status;
}

/* A sentence about a series, which begins with its name. */
static void add(WmMonth *self, WmChangeKind kind, size_t i_series, const char *format, ...) G_GNUC_PRINTF(4, 5);

static void add(WmMonth *self, WmChangeKind kind, size_t i_series, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments), *name = wm_series_name(&self->series[i_series]);
    va_end(arguments);
    g_autofree char *text = g_strconcat(name, ": ", what, NULL);
    const WmChange change = {kind, i_series, g_string_chunk_insert(self->storage->texts, text)};
    g_array_append_val(self->storage->changes, change);
}

/* Better and worse are said of the figures: what a person sets, or what of that runs out, is neither. */
static WmChangeKind kind_of_change(WmVerdict before, WmVerdict after, gboolean was_raised, gboolean is_raised)
{
    const WmRag was = wm_verdict_computed(before), now = wm_verdict_computed(after);
    if (is_raised != was_raised)
        return is_raised ? WM_CHANGE_EXCEPTION_OPENED : WM_CHANGE_EXCEPTION_CLOSED;
    if (was == now)
        return WM_CHANGE_STATUS_SET;
    return rank(now) < rank(was) || rank(now) == 0 ? WM_CHANGE_STATUS_WORSE : WM_CHANGE_STATUS_BETTER;
}

static void compare_status(WmMonth *self, size_t i)
{
    const WmSeries *series = &self->series[i];
    char was_text[WM_VERDICT_TEXT], is_text[WM_VERDICT_TEXT];
    const WmVerdict was = series->previous.verdict, now = series->assessment.verdict;
    const gboolean was_raised = series_is_exception(self->plan, &series->previous);
    if (was.status != now.status)
        add(self, kind_of_change(was, now, was_raised, series->is_exception), i, "%s, was %s.", wm_verdict_format(now, is_text),
            wm_verdict_format(was, was_text));
    else if (was_raised != series->is_exception)
        add(self, kind_of_change(was, now, was_raised, series->is_exception), i, "still %s, %s.", wm_verdict_format(now, is_text),
            was_raised ? "without a signal of concern now" : "with a signal of concern");
}

/* "the Jul 2021 milestone of 75% was missed at 41% in Jun 2021": the period where it is not the milestone's own. */
static void tell_milestone(WmMonth *self, size_t i, const WmSeriesMilestone *one)
{
    const WmSeries *series = &self->series[i];
    const WmReading *reading = &series->readings[one->outcome.i_reading];
    char value[WM_VALUE_TEXT], target[WM_VALUE_TEXT], month[WM_PERIOD_TEXT], period[WM_PERIOD_TEXT] = "";
    const gboolean is_met = one->outcome.state == WM_MILESTONE_MET, is_other = wm_period_end(reading->period) != one->due;
    if (is_other)
        wm_period_format(reading->period, period);
    add(self, is_met ? WM_CHANGE_MILESTONE_MET : WM_CHANGE_MILESTONE_MISSED, i, "the %s milestone of %s was %s at %s%s%s.",
        wm_day_format_month(one->due, month), wm_target_format(one->target, &series->measure, series->measure_unit, target),
        is_met ? "met" : "missed", wm_value_format(reading->value, &series->measure, series->measure_unit, value),
        is_other ? " in " : "", period);
}

/* Milestones that fell due since, with what became of them. */
static void compare_milestones(WmMonth *self, size_t i)
{
    const WmSeries *series = &self->series[i];
    char month[WM_PERIOD_TEXT];
    for (size_t k = 0; k < series->n_milestones; k++) {
        const WmSeriesMilestone *one = &series->milestones[k];
        const gboolean is_judged = one->outcome.i_reading != SIZE_MAX;
        if (!is_judged || one->due == WM_NO_DAY || one->due <= self->previous_as_at || one->due > self->as_at)
            continue;
        wm_day_format_month(one->due, month);
        const gboolean is_met = one->outcome.state == WM_MILESTONE_MET;
        if (series->measure.kind == WM_KIND_YES_NO)
            add(self, is_met ? WM_CHANGE_MILESTONE_MET : WM_CHANGE_MILESTONE_MISSED, i, "due in %s and %s.", month,
                is_met ? "done" : "not done");
        else
            tell_milestone(self, i, one);
    }
}

static void tell_revisions(WmMonth *self)
{
    char was[WM_VALUE_TEXT], now[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    for (guint i = 0; i < self->storage->revisions->len; i++) {
        const WmMonthRevision *one = &g_array_index(self->storage->revisions, WmMonthRevision, i);
        const WmSeries *series = &self->series[one->i_series];
        wm_value_format_pair(one->revision.was, one->revision.now, &series->measure, series->measure_unit, was, now);
        add(self, WM_CHANGE_REVISION, one->i_series, "%s was revised from %s to %s.",
            wm_period_format(one->revision.period, period), was, now);
    }
}

static gint by_kind(gconstpointer a, gconstpointer b)
{
    const WmChange *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return (x->i_series > y->i_series) - (x->i_series < y->i_series);
}

void month_find_changes(WmMonth *self)
{
    if (self->previous_as_at == WM_NO_DAY)
        return;
    for (size_t i = 0; i < self->n_series; i++) {
        compare_status(self, i);
        compare_milestones(self, i);
    }
    tell_revisions(self);
    g_array_sort(self->storage->changes, by_kind);
}
