/* waymark/chart_plan.h: a plan's actions and risks. */
#ifndef WAYMARK_CHART_PLAN_H
#define WAYMARK_CHART_PLAN_H

#include <waymark/action.h>
#include <waymark/chart.h>
#include <waymark/risk.h>

G_BEGIN_DECLS

/** Texts are borrowed, UTF-8, and never NULL. */
typedef struct {
    const char *id, *title, *group; /* group: as a theme's title; it stands above those that follow each other; "" for none */
    const char *due_text;           /* what is said of the due date where that is no date, as "Ongoing"; "" for nothing */
    WmActionFacts facts;            /* its dates, the state that its words say, and its marks by date */
} WmTimelineAction;

typedef struct {
    const char *title;
    WmDay as_at;                     /* what was reported later is not shown; WM_NO_DAY for everything, without a line for today */
    const WmTimelineAction *actions; /* n_actions, in order */
    size_t n_actions;
} WmTimeline;

/** Draw a timeline: a bar for each action from start to due, its reported statuses along it by form and colour, due dates and what
 * they were moved to, and the as-at.
 *
 * @return the file's bytes, new; NULL with WM_ERROR_FILE
 */
GBytes *wm_chart_timeline(const WmTimeline *timeline, const WmChartOptions *options, GError **error);
char *wm_chart_timeline_alt(const WmTimeline *timeline);

/** A risk and its scores; both of the same scale. */
typedef struct {
    const char *id, *title;
    WmRiskScore before, after; /* WM_RISK_UNSCORED: not in that matrix */
} WmRiskEntry;

typedef struct {
    const char *title;
    WmDay as_at;
    int scale;                /* 3 or 5 */
    const WmRiskEntry *risks; /* n_risks, in the order of their numbers */
    size_t n_risks;
} WmRiskChart;

/** Draw risks before and after mitigation, as numbers in two matrices of likelihood by impact, with their titles beside. */
GBytes *wm_chart_risk_matrix(const WmRiskChart *risks, const WmChartOptions *options, GError **error);
char *wm_chart_risk_matrix_alt(const WmRiskChart *risks);

G_END_DECLS
#endif
