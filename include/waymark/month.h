/* waymark/month.h: the month: every series of a plan assessed at one as-at, with what changed since the one before.
 *
 * Charts, reports and data files are all made from this one value, so that words, figures and pictures agree.
 */
#ifndef WAYMARK_MONTH_H
#define WAYMARK_MONTH_H

#include <waymark/exception_record.h>
#include <waymark/plan.h>
#include <waymark/store.h>

G_BEGIN_DECLS

/** What changed since the previous as-at. */
typedef enum {
    WM_CHANGE_EXCEPTION_OPENED,
    WM_CHANGE_EXCEPTION_CLOSED,
    WM_CHANGE_STATUS_WORSE,
    WM_CHANGE_STATUS_BETTER,
    WM_CHANGE_STATUS_SET, /* a person set it, or what a person had set ran out; by the figures it is what it was */
    WM_CHANGE_MILESTONE_MISSED,
    WM_CHANGE_MILESTONE_MET,
    WM_CHANGE_REVISION, /* a material one */
    WM_N_CHANGES,
} WmChangeKind;

typedef struct {
    WmChangeKind kind;
    size_t i_series;
    const char *text; /* one plain sentence */
} WmChange;

/** A figure that was known at the previous as-at, and is materially another now. */
typedef struct {
    size_t i_series;
    WmRevision revision;
    const char *was_file, *file; /* the drops that said so */
    double materiality;          /* the change over the threshold of plan.ini, from 1; infinite where a figure came or went */
    bool changes_status;         /* with the figures of now, the status at the previous as-at would have been another */
} WmMonthRevision;

/** How far a change of a figure goes beyond what the plan calls material: from 1 on it is. Judged by the figures themselves, since
 * 40% and 41% may lie a fifth of a point apart.
 *
 * @return 0 where nothing that is published has changed, infinite where a figure came or went
 */
double wm_materiality(const WmPlanSettings *settings, const WmMeasure *measure, double was, double now);

typedef struct WmMonthStorage WmMonthStorage;

typedef struct {
    WmDay as_at;
    WmDay previous_as_at;   /* WM_NO_DAY when there is none */
    const WmPlan *plan;     /* borrowed; outlives the month */
    const WmSeries *series; /* n_series, in the order of indicators.csv, then unit, then cohort */
    size_t n_series;
    const size_t *exceptions; /* n_exceptions indices into series, worst first; suppressed ones are left out */
    size_t n_exceptions;
    const WmExceptionRecord *records; /* n_records: every exception that is open, suppressed or not, in the order of `exceptions`
                                         with the suppressed after them, each followed by its missed recovery date; then what has
                                         closed since the previous as-at */
    size_t n_records;
    const WmChange *changes; /* n_changes, by kind, then series */
    size_t n_changes;
    const WmMonthRevision *revisions; /* n_revisions, the weightiest first: since the previous as-at, material ones alone */
    size_t n_revisions;
    size_t n_immaterial;     /* how many others there were */
    const WmDropInfo *drops; /* n_drops received by the as-at, in order */
    size_t n_drops;
    const WmProblems *problems; /* of the plan and its data, as at */
    size_t n_status[WM_N_RAGS];
    WmSignalTotals signals;            /* over all its series, beside what chance alone would give */
    size_t n_new_readings;             /* since the previous as-at */
    bool is_illustrative;              /* some series is */
    const struct WmDiff *since_issued; /* what changed since the last pack that was issued; set by whoever makes papers of the
                                          month, NULL for none; borrowed */
    bool is_public;                    /* small numbers are hidden (waymark/public.h): no revisions, no findings */
    size_t n_hidden;                   /* how many readings that are */
    WmMonthStorage *storage;
} WmMonth;

/** Assess a plan.
 *
 * @param plan      borrowed; must outlive the result
 * @param store     borrowed for the call
 * @param as_at     WM_NO_DAY for the latest drop
 * @param previous  WM_NO_DAY for the latest drop before the as-at
 * @param problems  the findings of reading and checking the plan; copied
 * @return new, or NULL with WM_ERROR_FILE (store) or WM_ERROR_INPUT (no drop by the as-at, and none given)
 */
WmMonth *wm_month_new(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, const WmProblems *problems, GError **error);
void wm_month_free(WmMonth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmMonth, wm_month_free)

/** Months of the units of one plan, each on its own, all at one as-at: a pack for each area of a nation. What they share is read
 * once, and nothing is kept from one to the next, so that memory does not grow with the number of units. One per thread. */
typedef struct WmMonths WmMonths;

/** New, or NULL with *error as wm_month_new. Plan and store are borrowed, and nothing may be ingested meanwhile. */
WmMonths *wm_months_new(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, GError **error);

/** After the last of its months, which borrow from it. */
void wm_months_free(WmMonths *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmMonths, wm_months_free)

/** Work out what units are held against, for all of them, before the first month asks: processes that are forked afterwards share
 * it. False with WM_ERROR_FILE. */
bool wm_months_prepare(WmMonths *self, GError **error);

/** From now on read from another connection to the same store: none may be carried across a fork. Borrowed. */
void wm_months_use(WmMonths *self, WmStore *store);

/** All units' series of one of the plan's indicators with their readings, and nothing assessed: what it takes to set units beside
 * each other (wm_comparison_new, wm_report_areas) with no more than one measure in memory. NULL with WM_ERROR_FILE. Caller frees.
 */
WmMonth *wm_months_of_measure(WmMonths *self, size_t i_indicator, GError **error);

/** The units that have readings in the store: "" (the plan's own area), then in the order of units.csv. Elements are const char *,
 * borrowed. NULL with WM_ERROR_FILE. */
const GPtrArray *wm_months_units(WmMonths *self, GError **error);

/** Assess one unit: its own series alone, each as it is in the whole plan's month but for its q-value, which is among the unit's
 * own; the plan's area is the unit's name. Findings that are not about a series are left to wm_months_check. NULL with
 * WM_ERROR_FILE. Caller frees. */
WmMonth *wm_months_of_unit(WmMonths *self, const char *unit, GError **error);

/** Add what is wrong with the data beyond single series: rows that were refused, readings that nobody uses, overrides that have run
 * out. False with WM_ERROR_FILE. */
bool wm_months_check(WmMonths *self, WmProblems *problems, GError **error);

/** "Exclusions, North district, boys": the title, or the id, with the unit and cohort that it is of. New. */
char *wm_series_name(const WmSeries *series);

const char *wm_change_kind_name(WmChangeKind kind);

/** Write `assessments.csv`, the columns of the contract. Returns the text; caller frees. */
char *wm_month_to_csv(const WmMonth *self);

/** The same as JSON, with the same names. Caller frees. */
char *wm_month_to_json(const WmMonth *self);

/** `signals.csv`: the readings of every control chart that the report shows, with limits, phase, target, signal and effect. Caller
 * frees. */
char *wm_month_signals_to_csv(const WmMonth *self);

/** `revisions.csv`: the material revisions since the previous as-at. Caller frees. */
char *wm_month_revisions_to_csv(const WmMonth *self);

/** `exceptions.csv`: every record. Caller frees. */
char *wm_month_exceptions_to_csv(const WmMonth *self);

/** The open record of a series and kind; NULL for none. Borrowed. */
const WmExceptionRecord *wm_month_record_of(const WmMonth *self, size_t i_series, WmRecordKind kind);

/** `checks.csv`: every finding. Caller frees. */
char *wm_problems_to_csv(const WmProblems *problems);

G_END_DECLS
#endif
