/* waymark/tracker.h: a plan's actions as at a date: declared, implied, linked to what they should move.
 *
 * Made from a month, so that an action's links show the very figures that the board's other papers show.
 */
#ifndef WAYMARK_TRACKER_H
#define WAYMARK_TRACKER_H

#include <waymark/action.h>
#include <waymark/month.h>

G_BEGIN_DECLS

/** An indicator that an action should move, and whether it moved. */
typedef struct {
    size_t i_series;     /* of the month */
    WmPeriod was_period; /* of the reading from which the move is counted; WM_PERIOD_NONE when there are not two */
    double was;          /* indicator's unit; the last reading by the action's start, else the first after it; NAN */
    double change;       /* since then, + better, indicator's unit; NAN where there is no telling */
} WmActionLink;

typedef struct {
    const WmAction *action;  /* borrowed from the plan */
    const char *theme_title; /* its theme's id where that has no title; "" for none */
    WmActionFacts facts;     /* marks are borrowed from the tracker */
    WmActionJudgement judgement;
    const char *const *sentences; /* judgement.n_findings: each finding as one plain sentence */
    const WmActionLink *links;
    size_t n_links;
    size_t n_unknown_links; /* ids that are no indicator of the plan */
} WmTrackedAction;

typedef struct WmTrackerStorage WmTrackerStorage;

typedef struct {
    WmDay as_at;
    const WmMonth *month;           /* borrowed; outlives the tracker */
    const WmTrackedAction *actions; /* n_actions, in the plan's order */
    size_t n_actions;
    const WmDay *dates; /* n_dates: the monitoring dates by the as-at, in order */
    size_t n_dates;
    size_t n_declared[WM_N_RAGS + 1]; /* by RAG; the last: nothing declared */
    size_t n_implied[WM_N_RAGS];
    size_t n_findings[WM_N_ACTION_FINDINGS]; /* actions with each finding */
    WmTrackerStorage *storage;
} WmTracker;

/** Judge every action of the month's plan as at the month. Borrows the month. @return new */
WmTracker *wm_tracker_new(const WmMonth *month);
void wm_tracker_free(WmTracker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmTracker, wm_tracker_free)

/** What is declared of an action at a monitoring date; WM_N_RAGS when nothing is. */
WmRag wm_tracked_action_at(const WmTrackedAction *self, WmDay date);

/** actions.csv: a row an action, with declared and implied RAG, findings and links. Caller frees. */
char *wm_tracker_to_csv(const WmTracker *self);

G_END_DECLS
#endif
