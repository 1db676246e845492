/* The chase list: everything that a plan waits for, by date. */
#include <waymark/chase.h>

#include <math.h>
#include <string.h>
#include <waymark/register.h>
#include <waymark/tracker.h>

#include "engine/data/plan/unit_tree.h"
#include "engine/data/text/number_text.h"

struct WmChaseStorage {
    GArray *items; /* of WmChaseItem */
    GStringChunk *texts;
};

static const struct {
    const char *name, *title;
} KINDS[WM_N_CHASE_KINDS] = {
    [WM_CHASE_COMMENTARY] = {"commentary", "Explanation"},
    [WM_CHASE_RECOVERY] = {"recovery", "Recovery"},
    [WM_CHASE_READING] = {"reading", "Reading"},
    [WM_CHASE_FIRST_READING] = {"first_reading", "First reading"},
    [WM_CHASE_MILESTONE] = {"milestone", "Milestone"},
    [WM_CHASE_DELIVERABLE] = {"deliverable", "Deliverable"},
    [WM_CHASE_ACTION] = {"action", "Action"},
    [WM_CHASE_RISK_REVIEW] = {"risk_review", "Review of a risk"},
    [WM_CHASE_EVIDENCE] = {"evidence", "Evidence"},
    [WM_CHASE_OVERRIDE] = {"override", "Override"},
};

const char *wm_chase_kind_name(WmChaseKind kind)
{
    return KINDS[kind].name;
}

const char *wm_chase_kind_title(WmChaseKind kind)
{
    return KINDS[kind].title;
}

typedef struct {
    const WmMonth *month;
    WmChase *out;
} Gather;

static const char *keep(const Gather *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
static const char *keep(const Gather *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return g_string_chunk_insert(self->out->storage->texts, text);
}

static const char *owner_of(const Gather *self, const char *own, const char *theme)
{
    const WmTheme *row = wm_plan_theme(self->month->plan, theme);
    return *own ? own : row && *row->owner_role ? row->owner_role : self->month->plan->settings.owner_role;
}

static void add(const Gather *self, const WmChaseItem *item)
{
    const WmDay as_at = self->month->as_at;
    if (item->due == WM_NO_DAY || item->due > as_at + WM_CHASE_AHEAD_DAYS)
        return;
    WmChaseItem kept = *item;
    kept.days = item->due - as_at;
    self->out->n_overdue += kept.days < 0;
    g_array_append_val(self->out->storage->items, kept);
}

static void add_of_series(const Gather *self, const WmSeries *series, WmChaseKind kind, WmDay due, const char *text)
{
    g_autofree char *title = wm_series_name(series);
    add(self, &(WmChaseItem){.kind = kind,
                             .due = due,
                             .id = series->indicator,
                             .unit = series->unit,
                             .cohort = series->cohort,
                             .title = keep(self, "%s", title),
                             .owner_role = owner_of(self, series->owner_role, series->theme),
                             .text = text});
}

/* ---- readings ---- */

/* Of a measure whose readings come at all: not one that is made of others, nor what is told once or has been done. */
static bool is_awaited(const WmIndicator *indicator, const WmSeries *series)
{
    const bool is_done =
        series->measure.kind == WM_KIND_YES_NO && series->assessment.has_value && series->assessment.reading.value > 0;
    return indicator && !is_done && !*indicator->formula && series->measure.kind != WM_KIND_TEXT &&
           series->measure.frequency != WM_FREQUENCY_ONCE;
}

/* A unit that has closed, or has not opened, owes no reading of that day. */
static bool is_owed(const Gather *self, const WmSeries *series, WmDay day)
{
    const WmUnit *unit = *series->unit ? wm_plan_unit(self->month->plan, series->unit) : NULL;
    return !unit || unit_is_there(unit, day);
}

static void add_reading(const Gather *self, const WmSeries *series)
{
    const WmIndicator *indicator = wm_plan_indicator(self->month->plan, series->indicator);
    char latest[WM_PERIOD_TEXT], next[WM_PERIOD_TEXT];
    if (!is_awaited(indicator, series))
        return;
    const int lag = wm_plan_lag_days(self->month->plan, indicator);
    const WmPeriod awaited = wm_series_next_period(series);
    if (awaited.kind == WM_PERIOD_NONE) {
        const WmDay start = self->month->plan->settings.start;
        const WmPeriodKind kind = wm_frequency_period_kind(series->measure.frequency);
        const WmDay end = start == WM_NO_DAY ? self->month->as_at : wm_period_end(wm_period_containing(kind, start));
        if (is_owed(self, series, self->month->as_at))
            add_of_series(self, series, WM_CHASE_FIRST_READING, start == WM_NO_DAY ? end : end + lag, "no reading has come yet");
        return;
    }
    if (!is_owed(self, series, wm_period_end(awaited)))
        return;
    add_of_series(self, series, WM_CHASE_READING, wm_period_end(awaited) + lag,
                  keep(self, "%s; the latest is for %s", wm_period_format(awaited, next),
                       wm_period_format(series->readings[series->n_readings - 1].period, latest)));
}

/* ---- exceptions and milestones ---- */

static void add_exception(const Gather *self, const WmSeries *series)
{
    const WmCommentary *row = wm_plan_commentary_on(self->month->plan, series, self->month->as_at);
    const WmDay raised = series->first_raised;
    char day[WM_PERIOD_TEXT] = "";
    if (!series->is_exception)
        return;
    if (raised != WM_NO_DAY)
        wm_day_format(raised, day);
    if (!row || (row->as_at != WM_NO_DAY && raised != WM_NO_DAY && row->as_at < raised))
        add_of_series(self, series, WM_CHASE_COMMENTARY, raised != WM_NO_DAY ? raised : self->month->as_at,
                      keep(self, "explanation and recovery plan for an exception%s%s", *day ? " raised on " : "", day));
    else if (row->recovery_due != WM_NO_DAY)
        add_of_series(self, series, WM_CHASE_RECOVERY, row->recovery_due, row->recovery);
}

static void add_milestone(const Gather *self, const WmSeries *series)
{
    const WmAssessment *a = &series->assessment;
    char target[WM_VALUE_TEXT], now[WM_VALUE_TEXT];
    if (a->next.due == WM_NO_DAY || a->next.due <= self->month->as_at ||
        (a->has_value && wm_measure_is_met(&series->measure, a->reading.value, a->next.target)))
        return;
    wm_target_format(a->next.target, &series->measure, series->measure_unit, target);
    wm_value_format(a->reading.value, &series->measure, series->measure_unit, now);
    add_of_series(self, series, WM_CHASE_MILESTONE, a->next.due,
                  a->has_value ? keep(self, "%s; now %s", target, now) : keep(self, "%s; no reading yet", target));
}

static void add_override(const Gather *self, const WmOverride *row)
{
    const WmIndicator *indicator = wm_plan_indicator(self->month->plan, row->indicator);
    if (!indicator || row->expires < self->month->as_at || (row->from != WM_NO_DAY && row->from > self->month->as_at))
        return;
    add(self, &(WmChaseItem){.kind = WM_CHASE_OVERRIDE,
                             .due = row->expires,
                             .id = row->indicator,
                             .unit = row->unit,
                             .cohort = "",
                             .title = *indicator->title ? indicator->title : row->indicator,
                             .owner_role = owner_of(self, row->by_role, indicator->theme),
                             .text = keep(self, "the status set to %s runs out", wm_rag_name(row->status))});
}

/* ---- what is done or not ---- */

static void add_deliverable(const Gather *self, const WmDeliverable *row)
{
    if (row->done != WM_NO_DAY && row->done <= self->month->as_at)
        return;
    add(self, &(WmChaseItem){.kind = WM_CHASE_DELIVERABLE,
                             .due = row->due,
                             .id = row->milestone,
                             .unit = "",
                             .cohort = "",
                             .title = row->title,
                             .owner_role = owner_of(self, row->owner_role, row->theme),
                             .text = "to be done, or its day of completion given"});
}

static void add_actions(const Gather *self)
{
    g_autoptr(WmTracker) tracker = wm_tracker_new(self->month);
    for (size_t i = 0; i < tracker->n_actions; i++) {
        const WmTrackedAction *one = &tracker->actions[i];
        const WmRag declared = one->judgement.declared;
        if (one->judgement.is_complete || one->facts.state == WM_ACTION_WITHDRAWN || one->facts.is_recurrent)
            continue;
        add(self,
            &(WmChaseItem){.kind = WM_CHASE_ACTION,
                           .due = one->judgement.due,
                           .id = one->action->action,
                           .unit = "",
                           .cohort = "",
                           .title = one->action->title,
                           .owner_role = owner_of(self, one->action->owner_role, one->action->theme),
                           .text = declared == WM_N_RAGS ? "to be completed; no status is declared"
                                                         : keep(self, "to be completed; declared %s", wm_rag_name(declared))});
    }
}

static void add_risks(const Gather *self)
{
    g_autoptr(WmRegister) risks = wm_register_new(self->month);
    char day[WM_PERIOD_TEXT];
    for (size_t i = 0; i < risks->n_risks; i++) {
        const WmRisk *row = risks->risks[i].risk;
        const WmDay reviewed = risks->risks[i].facts.reviewed;
        const bool is_reviewed = reviewed != WM_NO_DAY && reviewed <= self->month->as_at;
        if (row->review_due == WM_NO_DAY || wm_risk_is_reviewed(row->review_due, reviewed, self->month->as_at))
            continue;
        add(self, &(WmChaseItem){.kind = WM_CHASE_RISK_REVIEW,
                                 .due = row->review_due,
                                 .id = row->risk,
                                 .unit = "",
                                 .cohort = "",
                                 .title = row->title,
                                 .owner_role = owner_of(self, "", ""),
                                 .text = is_reviewed ? keep(self, "last reviewed on %s", wm_day_format(reviewed, day))
                                                     : "not reviewed yet"});
    }
}

static void add_evidence(const Gather *self, const WmEvidenceItem *item)
{
    const WmEvidence *last = wm_plan_evidence_on(self->month->plan, item, self->month->as_at);
    const WmIndicator *indicator = wm_plan_indicator(self->month->plan, item->indicator);
    char day[WM_PERIOD_TEXT];
    add(self, &(WmChaseItem){.kind = WM_CHASE_EVIDENCE,
                             .due = wm_plan_evidence_due(self->month->plan, item, self->month->as_at),
                             .id = item->item,
                             .unit = "",
                             .cohort = "",
                             .title = *item->title ? item->title : item->item,
                             .owner_role = owner_of(self, item->owner_role, indicator ? indicator->theme : item->theme),
                             .text = last ? keep(self, "every %d months; the last is of %s", item->every_months,
                                                 wm_day_format(last->as_at, day))
                                          : "none has been recorded yet"});
}

static gint by_due(gconstpointer a, gconstpointer b)
{
    const WmChaseItem *x = a, *y = b;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

WmChase *wm_chase_new(const WmMonth *month)
{
    WmChase *self = g_new0(WmChase, 1);
    self->as_at = month->as_at;
    self->storage = g_new0(WmChaseStorage, 1);
    self->storage->items = g_array_new(FALSE, FALSE, sizeof(WmChaseItem));
    self->storage->texts = g_string_chunk_new(4096);
    const Gather gather = {month, self};
    for (size_t i = 0; i < month->n_series; i++) {
        add_reading(&gather, &month->series[i]);
        add_exception(&gather, &month->series[i]);
        add_milestone(&gather, &month->series[i]);
    }
    for (size_t i = 0; i < month->plan->n_overrides; i++)
        add_override(&gather, &month->plan->overrides[i]);
    for (size_t i = 0; i < month->plan->n_deliverables; i++)
        add_deliverable(&gather, &month->plan->deliverables[i]);
    for (size_t i = 0; i < month->plan->n_evidence_items; i++)
        add_evidence(&gather, &month->plan->evidence_items[i]);
    add_actions(&gather);
    add_risks(&gather);
    g_array_sort(self->storage->items, by_due); /* stable */
    self->items = &g_array_index(self->storage->items, WmChaseItem, 0);
    self->n_items = self->storage->items->len;
    return self;
}

void wm_chase_free(WmChase *self)
{
    if (!self)
        return;
    g_array_unref(self->storage->items);
    g_string_chunk_free(self->storage->texts);
    g_free(self->storage);
    g_free(self);
}

static const char *const CSV_HEADER[] = {"due", "days", "kind", "id", "unit", "cohort", "title", "owner_role", "text"};

char *wm_chase_to_csv(const WmChase *self)
{
    GString *csv = g_string_new(NULL);
    csv_append_row(csv, CSV_HEADER, G_N_ELEMENTS(CSV_HEADER));
    for (size_t i = 0; i < self->n_items; i++) {
        const WmChaseItem *item = &self->items[i];
        char due[WM_PERIOD_TEXT], days[G_ASCII_DTOSTR_BUF_SIZE];
        const char *const fields[] = {wm_day_format_iso(item->due, due),
                                      number_text(item->days, days),
                                      wm_chase_kind_name(item->kind),
                                      item->id,
                                      item->unit,
                                      item->cohort,
                                      item->title,
                                      item->owner_role,
                                      item->text};
        G_STATIC_ASSERT(G_N_ELEMENTS(fields) == G_N_ELEMENTS(CSV_HEADER));
        csv_append_row(csv, fields, G_N_ELEMENTS(fields));
    }
    return g_string_free(csv, FALSE);
}
