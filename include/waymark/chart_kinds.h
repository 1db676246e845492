/* waymark/chart_kinds.h: every kind of chart by name, drawn from assessed series. */
#ifndef WAYMARK_CHART_KINDS_H
#define WAYMARK_CHART_KINDS_H

#include <waymark/chart_areas.h>
#include <waymark/plan.h>

G_BEGIN_DECLS

/** What one chart of a kind is about. */
typedef enum {
    WM_SCOPE_SERIES,    /* one series */
    WM_SCOPE_INDICATOR, /* one indicator, all its areas */
    WM_SCOPE_PLAN,      /* all that was selected */
} WmChartScope;

/** What is charted. Borrowed. */
typedef struct {
    const WmSeries *const *series; /* n_series, in order; of one indicator and cohort where the scope says so */
    size_t n_series;
    const WmPlan *plan;   /* for its actions and risks; NULL without one */
    const char *title;    /* of the plan; "" without one */
    const char *focus;    /* id or name of a unit to pick out; NULL for none */
    const WmUnit *within; /* the region that all units lie in; NULL for none */
    const char *about;    /* id of an indicator: of the plan's tables only the rows that name it; NULL for all */
    WmDay as_at;
    WmOverdispersion overdispersion; /* of a funnel */
} WmChartSelection;

typedef struct WmChartKind WmChartKind;

/** Every kind, in the order in which help lists them. The pointers live for ever. */
const WmChartKind *const *wm_chart_kinds(size_t *n);

/** The kind of this name ("spc", "risk_matrix"; letter case and "-" for "_" are overlooked); NULL for none. */
const WmChartKind *wm_chart_kind_find(const char *name);

const char *wm_chart_kind_name(const WmChartKind *kind);
const char *wm_chart_kind_summary(const WmChartKind *kind); /* one line */
WmChartScope wm_chart_kind_scope(const WmChartKind *kind);

/** Whether it is drawn from a plan's tables, not from series. */
bool wm_chart_kind_needs_plan(const WmChartKind *kind);

/** Why a series has no chart of this kind, as "a deliverable is done or not, and has no control chart"; NULL where it has one. */
const char *wm_chart_kind_refuses(const WmChartKind *kind, const WmSeries *series);

/** Draw it.
 *
 * @param options  a size of 0 takes what suits the kind: a ranking of 150 areas is taller than one of ten
 * @return the file's bytes, new; NULL with WM_ERROR_FILE, or WM_ERROR_INPUT when there is nothing that this kind could show
 */
GBytes *wm_chart_kind_write(const WmChartKind *kind, const WmChartSelection *selection, const WmChartOptions *options,
                            GError **error);

G_END_DECLS
#endif
