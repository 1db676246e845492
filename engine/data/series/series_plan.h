/* engine/data/series/series_plan.h: what a plan says of one series at one as-at: baseline, milestones, path, comparators, events.
 */
#ifndef WM_DATA_SERIES_PLAN_H
#define WM_DATA_SERIES_PLAN_H

#include <waymark/plan.h>

typedef struct {
    const WmPlan *plan;
    const WmIndicator *indicator;
    WmDay as_at;
    double baseline_value; /* NAN when there is none to start from */
    WmDay baseline_day;    /* as the plan dates it; WM_NO_DAY when it does not */
    WmBaselineQualifier baseline_qualifier;
    const WmBaselineRow *second_baseline; /* printed beside it; NULL for none */
    GArray *comparators;                  /* of WmComparator */
    GArray *events;                       /* of WmEvent */
    GArray *printed;                      /* of WmSeriesMilestone: every target, by due, undated last */
    GArray *milestones;                   /* of WmMilestone: dated and resolved, by due */
    GArray *waypoints;                    /* of WmWaypoint */
    WmTrajectory trajectory;              /* over the waypoints */
    size_t n_unresolved;
    size_t n_later_unresolved; /* of those: after the last of the milestones, or undated */
} SeriesPlan;

/* New. `unit` is "" for the plan's own area; rows of a unit without its own are those of the area. */
SeriesPlan *series_plan_new(const WmPlan *plan, const WmIndicator *indicator, const char *unit, WmDay as_at);

/* The same with comparators that are computed from the units: WmComparator, copied, or NULL. One whose name comparators.csv has a
 * figure for by the as-at is not used. */
SeriesPlan *series_plan_with(const WmPlan *plan, const WmIndicator *indicator, const char *unit, WmDay as_at,
                             const GArray *computed);
void series_plan_free(SeriesPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SeriesPlan, series_plan_free)

/* What an assessment of this series looks at; borrows everything. */
WmAssessmentInput series_plan_input(const SeriesPlan *self, const WmReading *readings, size_t n_readings);

#endif
