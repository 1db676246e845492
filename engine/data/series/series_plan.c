/* What a plan says of one series. */
#include "engine/data/series/series_plan.h"

#include <math.h>
#include <string.h>
#include <waymark/formula.h>
#include <waymark/value.h>

#include "engine/data/plan/plan_private.h"

void series_plan_free(SeriesPlan *self)
{
    if (!self)
        return;
    g_array_unref(self->comparators);
    g_array_unref(self->events);
    g_array_unref(self->printed);
    g_array_unref(self->milestones);
    g_array_unref(self->waypoints);
    g_free(self);
}

/* The rows of a table that hold for this series: its unit's own, or every unit's where it has none; in the file's order. */
static PlanRows rows_of(const SeriesPlan *self, RowTable table, const char *unit)
{
    const PlanRows own = plan_rows_of(self->plan, table, self->indicator->indicator, unit);
    return own.n ? own : plan_rows_of(self->plan, table, self->indicator->indicator, PLAN_EVERY_UNIT);
}

#define FOR_ROWS(i, rows)      for (guint i = 0; i < (rows).n; i++)
#define ROW_AT(table, rows, i) (&(table)[(rows).places[i]])

/* A total to date in full-year terms, as its series is judged: 45 after half a year is 90 a year. Shares have no such terms. */
static double full_year(const SeriesPlan *self, double value, WmDay day)
{
    const WmIndicator *indicator = self->indicator;
    if (indicator->cumulative == WM_PERIOD_NONE || wm_kind_share_scale(indicator->measure.kind) > 0 || day == WM_NO_DAY)
        return value;
    const WmDay start = wm_period_start(wm_period_containing(indicator->cumulative, day));
    const double months = wm_day_to_months(wm_day_month_end(day)) - wm_day_to_months(start - 1);
    return value * 12 / months;
}

static const WmBaselineRow *first_baseline(const WmPlan *plan, PlanRows rows, WmBaselineRole role)
{
    FOR_ROWS(i, rows)
    if (ROW_AT(plan->baselines, rows, i)->role == role)
        return ROW_AT(plan->baselines, rows, i);
    return NULL;
}

static void take_baseline(SeriesPlan *self, const char *unit)
{
    const WmPlan *plan = self->plan;
    const PlanRows rows = rows_of(self, ROWS_BASELINES, unit);
    const WmBaselineRow *row = first_baseline(plan, rows, WM_BASELINE_PRIMARY);
    self->second_baseline = first_baseline(plan, rows, WM_BASELINE_SECONDARY);
    if (row) {
        const gboolean has_figure = row->qualifier <= WM_BASELINE_APPROX;
        self->baseline_qualifier = row->qualifier;
        self->baseline_value = has_figure ? full_year(self, row->value, row->as_at) : NAN;
        self->baseline_day = row->as_at;
        return;
    }
    /* A deliverable begins undone. */
    if (self->indicator->measure.kind == WM_KIND_YES_NO) {
        self->baseline_value = 0;
        self->baseline_day = plan->settings.start;
    }
}

static void take_comparators(SeriesPlan *self, const char *unit)
{
    const WmPlan *plan = self->plan;
    const PlanRows rows = rows_of(self, ROWS_COMPARATORS, unit);
    FOR_ROWS(i, rows)
    {
        const WmComparatorRow *row = ROW_AT(plan->comparators, rows, i);
        const gboolean is_known = row->period.kind == WM_PERIOD_NONE || wm_period_end(row->period) <= self->as_at;
        if (!is_known)
            continue;
        const WmComparator one = {row->comparator, row->period, row->value};
        g_array_append_val(self->comparators, one);
    }
}

/* A name for which the table has a figure is the table's. */
static void take_computed(SeriesPlan *self, const GArray *computed)
{
    const guint n_given = self->comparators->len;
    for (guint i = 0; computed && i < computed->len; i++) {
        const WmComparator *one = &g_array_index(computed, WmComparator, i);
        gboolean is_given = FALSE;
        for (guint k = 0; k < n_given; k++) {
            const WmComparator *given = &g_array_index(self->comparators, WmComparator, k);
            is_given |= g_ascii_strcasecmp(given->name, one->name) == 0 && isfinite(given->value);
        }
        if (!is_given)
            g_array_append_val(self->comparators, *one);
    }
}

static void take_events(SeriesPlan *self, const char *unit)
{
    const WmPlan *plan = self->plan;
    for (size_t i = 0; i < plan->n_events; i++) {
        const WmEventRow *row = &plan->events[i];
        if (strcmp(row->indicator, self->indicator->indicator) != 0 ||
            (strcmp(row->unit, PLAN_EVERY_UNIT) != 0 && strcmp(row->unit, unit) != 0))
            continue;
        const WmEvent one = {row->period, row->kind, row->title};
        g_array_append_val(self->events, one);
    }
}

static gboolean is_valid_at(const WmTarget *row, WmDay as_at)
{
    return (row->from == WM_NO_DAY || row->from <= as_at) && (row->to == WM_NO_DAY || as_at <= row->to);
}

static WmSeriesMilestone printed_milestone(const SeriesPlan *self, const WmTarget *row)
{
    const WmIndicator *indicator = self->indicator;
    const WmTargetText text = wm_target_parse(row->target, &indicator->measure);
    const WmResolvedTarget resolved =
        wm_target_resolve(&text, &indicator->measure, indicator->measure_unit, self->baseline_value,
                          (const WmComparator *)(gconstpointer)self->comparators->data, self->comparators->len);
    const gboolean is_undated = row->due == WM_NO_DAY;
    const gboolean is_of_its_own = text.kind == WM_TARGET_ABSOLUTE; /* others are told of a baseline, which is full-year already */
    return (WmSeriesMilestone){
        .due = is_undated ? WM_NO_DAY : wm_day_month_end(row->due),
        .target = is_of_its_own ? full_year(self, resolved.target, row->due) : resolved.target,
        .text = row->target,
        .reason = is_undated && !*resolved.reason ? "the plan gives it no date" : resolved.reason,
        .outcome = {WM_MILESTONE_AHEAD, SIZE_MAX},
        .chance = NAN,
    };
}

static gint by_due(gconstpointer a, gconstpointer b)
{
    const WmSeriesMilestone *x = a, *y = b;
    if (x->due == y->due)
        return 0;
    if (x->due == WM_NO_DAY || y->due == WM_NO_DAY)
        return x->due == WM_NO_DAY ? 1 : -1;
    return x->due < y->due ? -1 : 1;
}

static void take_milestones(SeriesPlan *self, const char *unit)
{
    const WmPlan *plan = self->plan;
    const PlanRows rows = rows_of(self, ROWS_TARGETS, unit);
    FOR_ROWS(i, rows)
    {
        const WmTarget *row = ROW_AT(plan->targets, rows, i);
        if (!is_valid_at(row, self->as_at))
            continue;
        const WmSeriesMilestone one = printed_milestone(self, row);
        g_array_append_val(self->printed, one);
    }
    g_array_sort(self->printed, by_due); /* stable: merge sort in GLib */
    for (guint i = 0; i < self->printed->len; i++) {
        const WmSeriesMilestone *one = &g_array_index(self->printed, WmSeriesMilestone, i);
        const WmMilestone milestone = {one->due, one->target};
        if (*one->reason) {
            const WmTargetKind kind = wm_target_parse(one->text, &self->indicator->measure).kind;
            self->n_unresolved++;
            self->n_later_unresolved += kind != WM_TARGET_NOT_APPLICABLE; /* "n/a" asks nothing */
            continue;
        }
        g_array_append_val(self->milestones, milestone);
        self->n_later_unresolved = 0;
    }
}

/* Where the path starts: the baseline's date, else the plan's start. */
static WmDay path_start(const SeriesPlan *self)
{
    return self->baseline_day != WM_NO_DAY ? self->baseline_day : self->plan->settings.start;
}

static void append_waypoint(SeriesPlan *self, double t_months, double value)
{
    GArray *waypoints = self->waypoints;
    const WmWaypoint one = {t_months, value};
    if (waypoints->len && g_array_index(waypoints, WmWaypoint, waypoints->len - 1).t_months >= t_months)
        return; /* before the path's start, or a second target of one date: the first stands */
    g_array_append_val(waypoints, one);
}

static gboolean take_explicit_path(SeriesPlan *self, const char *unit)
{
    const WmPlan *plan = self->plan;
    const PlanRows rows = rows_of(self, ROWS_PATHS, unit);
    FOR_ROWS(i, rows)
    {
        const WmPathRow *row = ROW_AT(plan->paths, rows, i);
        const WmDay end = wm_period_end(row->period);
        append_waypoint(self, wm_day_to_months(end), full_year(self, row->value, end));
    }
    return self->waypoints->len > 0;
}

static void take_path(SeriesPlan *self, const char *unit)
{
    const WmIndicator *indicator = self->indicator;
    const WmDay start = path_start(self);
    const gboolean has_start = !isnan(self->baseline_value) && start != WM_NO_DAY;
    const gboolean is_explicit = indicator->shape == WM_PATH_EXPLICIT && take_explicit_path(self, unit);
    if (!is_explicit && self->milestones->len) {
        if (has_start)
            append_waypoint(self, wm_day_to_months(start), self->baseline_value);
        for (guint i = 0; i < self->milestones->len; i++) {
            const WmMilestone *milestone = &g_array_index(self->milestones, WmMilestone, i);
            append_waypoint(self, wm_day_to_months(milestone->due), milestone->target);
        }
    }
    const gboolean is_step = indicator->measure.kind == WM_KIND_YES_NO;
    self->trajectory = (WmTrajectory){
        .waypoints = (WmWaypoint *)(gpointer)self->waypoints->data,
        .n_waypoints = self->waypoints->len,
        .shape = is_step                                                ? WM_PATH_STEP
                 : indicator->shape == WM_PATH_EXPLICIT && !is_explicit ? WM_PATH_LINEAR
                                                                        : indicator->shape,
        .starts_at_milestone = is_explicit || !has_start,
    };
}

SeriesPlan *series_plan_new(const WmPlan *plan, const WmIndicator *indicator, const char *unit, WmDay as_at)
{
    return series_plan_with(plan, indicator, unit, as_at, NULL);
}

SeriesPlan *series_plan_with(const WmPlan *plan, const WmIndicator *indicator, const char *unit, WmDay as_at,
                             const GArray *computed)
{
    SeriesPlan *self = g_new0(SeriesPlan, 1);
    *self = (SeriesPlan){
        .plan = plan,
        .indicator = indicator,
        .as_at = as_at,
        .baseline_value = NAN,
        .baseline_day = WM_NO_DAY,
        .baseline_qualifier = WM_BASELINE_NONE,
        .comparators = g_array_new(FALSE, FALSE, sizeof(WmComparator)),
        .events = g_array_new(FALSE, FALSE, sizeof(WmEvent)),
        .printed = g_array_new(FALSE, FALSE, sizeof(WmSeriesMilestone)),
        .milestones = g_array_new(FALSE, FALSE, sizeof(WmMilestone)),
        .waypoints = g_array_new(FALSE, FALSE, sizeof(WmWaypoint)),
    };
    take_baseline(self, unit);
    take_comparators(self, unit);
    take_computed(self, computed);
    take_events(self, unit);
    take_milestones(self, unit);
    take_path(self, unit);
    return self;
}

WmAssessmentInput series_plan_input(const SeriesPlan *self, const WmReading *readings, size_t n_readings)
{
    const WmPlanSettings *settings = &self->plan->settings;
    const gboolean is_bound =
        self->baseline_qualifier == WM_BASELINE_LESS_THAN || self->baseline_qualifier == WM_BASELINE_GREATER_THAN;
    return (WmAssessmentInput){
        .measure = self->indicator->measure,
        .baseline = {.value = self->baseline_value,
                     .is_bound = is_bound && !isnan(self->baseline_value),
                     .is_undated = !isnan(self->baseline_value) && self->baseline_day == WM_NO_DAY},
        .trajectory = self->trajectory,
        .milestones = (WmMilestone *)(gpointer)self->milestones->data,
        .n_milestones = self->milestones->len,
        .n_unresolved = self->n_unresolved,
        .n_later_unresolved = self->n_later_unresolved,
        .readings = readings,
        .n_readings = n_readings,
        .as_at = self->as_at,
        .plan_start = settings->start,
        .reading_lag_days = wm_plan_lag_days(self->plan, self->indicator),
        .stale_after_days = settings->stale_after_days,
        .trend = {.model = self->indicator->model},
        .policy = &settings->policy,
    };
}
