/* waymark/series.h: one assessed series, with all that a chart or a report shows of it.
 *
 * A *series* is the readings of one indicator for one unit and one cohort. This struct is a view: every pointer in it is borrowed
 * from whoever made it (a WmMonth, or a caller with its own data), every text is UTF-8 and never NULL ("" when absent).
 */
#ifndef WAYMARK_SERIES_H
#define WAYMARK_SERIES_H

#include <waymark/assess.h>
#include <waymark/event.h>
#include <waymark/spc.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A level to compare with: national, statistical_neighbour, upper_quartile … */
typedef struct {
    const char *name;
    WmPeriod period; /* WM_PERIOD_NONE when undated */
    double value;    /* indicator's unit */
} WmComparator;

/** A reading that a later drop changed. */
typedef struct {
    WmPeriod period;
    double was;     /* the value of the vintage before; NAN when it had none */
    double now;     /* the value as at; NAN when it has none */
    WmDay received; /* of the drop that changed it */
} WmRevision;

/** How the baseline is qualified. */
typedef enum {
    WM_BASELINE_EXACT,
    WM_BASELINE_LESS_THAN,
    WM_BASELINE_GREATER_THAN,
    WM_BASELINE_APPROX,
    WM_BASELINE_TBC,
    WM_BASELINE_NEW_MEASURE,
    WM_BASELINE_NONE,
    WM_N_BASELINE_QUALIFIERS,
} WmBaselineQualifier;

/** A milestone as the plan prints it, beside what it resolves to. */
typedef struct {
    WmDay due;          /* WM_NO_DAY when the plan gives no date */
    double target;      /* indicator's unit; NAN when unresolved */
    const char *text;   /* as people wrote it */
    const char *reason; /* why it is not a number; "" when it is */
    WmMilestoneOutcome outcome;
    double chance; /* of meeting it, 0..1; NAN once judged or with too little data */
} WmSeriesMilestone;

typedef struct {
    const char *indicator; /* its id */
    const char *title;
    const char *unit; /* id of who is measured; "" the plan's own area */
    const char *unit_name;
    const char *cohort;       /* "" for all */
    const char *measure_unit; /* %, weeks, … */
    const char *source;
    const char *theme;
    const char *theme_title;
    const char *owner_role;
    const char *note;
    bool is_illustrative; /* some reading was made up to illustrate: every output must say so */
    WmMeasure measure;

    WmDay baseline_day;    /* WM_NO_DAY when undated */
    double baseline_value; /* NAN when there is none */
    WmBaselineQualifier baseline_qualifier;

    const WmSeriesMilestone *milestones; /* n_milestones, as printed: by due, undated last */
    size_t n_milestones;
    const WmReading *readings; /* n_readings as known at the as-at, by period */
    size_t n_readings;
    size_t n_future;             /* readings of periods that begin after the as-at, left out */
    const WmRevision *revisions; /* n_revisions, by period */
    size_t n_revisions;
    const WmComparator *comparators;
    size_t n_comparators;
    const WmEvent *events;
    size_t n_events;

    WmTrajectory trajectory;
    WmAssessment assessment;
    WmAssessment previous; /* at the previous as-at; its as_at is WM_NO_DAY when there is none */
    WmEffect variation;    /* real or noise at the latest reading, by the control chart that suits the measure */
    WmAssurance assurance; /* whether the process, left as it is, meets the milestone in force: always, never, now and then */
    const char *sentence;  /* wm_assessment_explain of the assessment */
    bool is_exception;     /* the board must see it */
    WmDay first_raised;    /* as-at at which the present unbroken exception was first raised; WM_NO_DAY when none */
} WmSeries;

/** The milestone in force in a period: the first one due at its end or later, else the last; NAN for none. */
double wm_series_target_at(const WmSeries *series, WmPeriod period);

/** Readings as points of a control chart, n_readings of them: a break in events starts a phase, an outlier is left out of the
 * limits, and the target is the milestone in force. Chart them with wm_series_spc_options. */
void wm_series_spc_points(const WmSeries *series, WmSpcPoint *points);
WmSpcOptions wm_series_spc_options(const WmSeries *series);

/** Whether the latest reading is evidence of a change or noise, from readings alone: for judgements that are replayed at each
 * vintage. The chart is the one that suits the measure, with Making Data Count's rules; breaks and outliers among the events count.
 * With a path it is the gap y - T(t) that is charted (XmR): on a path that rises, readings that rise with it are no news, and
 * readings that stand still are.
 *
 * O(n_readings), some microseconds for 60 readings, and no allocation once the scratch has grown.
 *
 * @param readings  n_readings as known at one date, sorted by period; borrowed
 * @param measure   kind, polarity and bounds; borrowed
 * @param events    n_events; NULL for none
 * @param path      NULL to chart the readings themselves; readings before the path begins are left out
 * @param scratch   borrowed; what it held is gone
 * @param out       written in every case
 * @return WM_OK, or WM_NO_MEMORY
 */
WmStatus wm_readings_latest_signal(const WmReading *readings, size_t n_readings, const WmMeasure *measure, const WmEvent *events,
                                   size_t n_events, const WmTrajectory *path, WmSpcScratch *scratch, WmSpcLatest *out);

const char *wm_baseline_qualifier_name(WmBaselineQualifier qualifier);
bool wm_baseline_qualifier_parse(const char *text, WmBaselineQualifier *out);

#ifdef __cplusplus
}
#endif
#endif
