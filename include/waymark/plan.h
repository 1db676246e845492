/* waymark/plan.h: a plan folder's tables, read and checked.
 *
 * Every text is UTF-8, owned by the plan, and "" when the field is empty. Numbers that are absent are NAN, days WM_NO_DAY, periods
 * WM_PERIOD_NONE. `line` is the row's line in its file, so that later findings can point at it.
 */
#ifndef WAYMARK_PLAN_H
#define WAYMARK_PLAN_H

#include <waymark/error.h>
#include <waymark/problems.h>
#include <waymark/series.h>

G_BEGIN_DECLS

typedef struct {
    const char *theme, *title, *parent, *owner_role;
    int line;
} WmTheme;

typedef struct {
    const char *unit, *name, *parent, *type, *code;
    WmDay from, to; /* its first and last day; WM_NO_DAY: it has always been, or is still, there */
    int line;
} WmUnit;

typedef struct {
    const char *unit, *neighbour;
    double rank;
    int line;
} WmNeighbour;

typedef struct {
    const char *indicator, *title, *theme, *measure_unit, *owner_role, *source, *note, *formula;
    const char *tags; /* what else it belongs to beside its theme, with semicolons between: outcomes, duties */
    WmMeasure measure;
    WmPeriodKind cumulative;  /* its drops give totals since the start of this year; WM_PERIOD_NONE: each period's own figure */
    int lag_days;             /* its own publication lag: a reading is due so long after its period's end; -1: the plan's */
    WmYearBasis year_to_date; /* how the figures of a year so far come to one */
    WmPathShape shape;
    WmSpcPlan spc; /* chart, establish and fix_after of its own; the rest is the plan's */
    WmModel model; /* its own, or the plan's */
    int line;
} WmIndicator;

/** Rows about one indicator of one unit: each begins with these two. The unit is the id of units.csv, "" for the plan's own area
 * and
 * "*" for all of them, however the file names it; a text that is none of these stands as it is. */
typedef struct {
    const char *indicator, *unit;
} WmRowKey;

/** A plan may print a second figure beside its baseline, "41% (21.8%)": it is shown, and nothing starts from it. */
typedef enum { WM_BASELINE_PRIMARY, WM_BASELINE_SECONDARY, WM_N_BASELINE_ROLES } WmBaselineRole;

typedef struct {
    const char *indicator, *unit, *note;
    double value;
    WmBaselineQualifier qualifier;
    WmBaselineRole role;
    WmDay as_at;
    int line;
} WmBaselineRow;

typedef struct {
    const char *indicator, *unit, *target, *note;
    const char *due_text;
    WmDay due; /* its month's end */
    WmDay from, to;
    int line;
} WmTarget;

typedef struct {
    const char *indicator, *unit, *comparator;
    WmPeriod period;
    double value;
    int line;
} WmComparatorRow;

typedef struct {
    const char *milestone, *theme, *title, *indicator, *owner_role;
    WmDay due, done;
    int line;
} WmDeliverable;

typedef struct {
    const char *action, *theme, *group, *title, *owner_role, *start_text, *due_text, *progress, *barrier, *change_request,
        *indicators, *waits_for;   /* ids, with blanks or commas between */
    WmDay start, due, new_due;     /* of texts that are a date; WM_NO_DAY for "ongoing", "TBA" */
    const char *timeline_due_text; /* what another table of the plan says of the due date */
    WmDay timeline_due;
    const char *new_due_text;
    const char *status;
    int line;
} WmAction;

typedef struct {
    const char *action, *note;
    WmDay as_at;
    WmRag rag;
    int line;
} WmActionRag;

typedef struct {
    const char *risk, *title, *likelihood_before, *impact_before, *mitigation, *likelihood_after, *impact_after, *progress,
        *indicators;
    WmDay raised, review_due, reviewed;
    int line;
} WmRisk;

typedef struct {
    const char *indicator, *unit, *title;
    WmPeriod period;
    WmEventKind kind;
    int line;
} WmEventRow;

typedef struct {
    const char *indicator, *unit, *explanation, *recovery, *author_role;
    WmDay as_at, recovery_due;
    int line;
} WmCommentary;

/** What one document says a measure is. Documents should agree. */
typedef struct {
    const char *indicator, *source, *definition;
    int line;
} WmDefinition;

/** A risk as it was scored on a day; what is "" stands as it was scored before. The plan's risks.csv has the first scores. */
typedef struct {
    const char *risk, *likelihood_before, *impact_before, *likelihood_after, *impact_after, *note;
    WmDay as_at;
    int line;
} WmRiskScoring;

/** Evidence that is to come by itself, at its own pace: a summary of complaints each quarter. */
typedef struct {
    const char *item, *title, *theme, *indicator, *owner_role;
    int every_months; /* 0: as it comes */
    WmDay first_due;  /* WM_NO_DAY: every_months after the plan's start */
    int line;
} WmEvidenceItem;

/** Something known beside the figures: about an indicator, or about a theme as a whole. */
typedef struct {
    const char *indicator, *theme, *kind, *summary, *source;
    const char *item; /* of WmEvidenceItem: which of them it is; "" */
    double count;     /* of complaints, of families asked …; NAN */
    WmDay as_at;
    int line;
} WmEvidence;

typedef struct {
    const char *indicator, *unit, *reason, *by_role;
    WmRag status;
    WmDay from, expires;
    int line;
} WmOverride;

/** An exception that the board has decided not to see for a while. */
typedef struct {
    const char *indicator, *unit, *reason, *by_role;
    WmDay from, expires; /* expires is never WM_NO_DAY */
    int line;
} WmSuppression;

/** A waypoint of an explicit path (trajectory.csv). */
typedef struct {
    const char *indicator, *unit;
    WmPeriod period;
    double value;
    int line;
} WmPathRow;

/** What plan.ini says. */
typedef struct {
    const char *title, *area, *owner_role, *version, *board;
    const char *store_url; /* [store] url: a database that has the store; default "", PLAN/waymark.db */
    WmDay start, end;
    int reading_lag_days; /* [calendar] reading_lag_days, default 31: a reading is due this long after its period's end */
    int stale_after_days; /* [calendar] stale_after_days, default 92: and so long after that without it, nothing is judged; 0: never
                           */
    WmPeriodKind year;    /* [calendar] year, default financial: what "year to date" counts from */
    WmPathShape shape;    /* [policy] trajectory, default linear */
    WmPolicy policy;      /* [policy] likely, uncertain, hold_chance, hold_noise, hold_readings, and a line for each position */
    WmModel model;        /* [model] model, default auto */
    const char *priors; /* [model] priors: a file of `waymark priors learn`, within the plan's folder; default the built-in ones */
    WmSpcPlan spc;      /* [model] chart, rules, screen, establish, assurance, fix_after, period_min, shift_length, lengths */
    WmEscalation escalation;           /* [policy] escalate, default red 2 */
    const char *levels[WM_MAX_LEVELS]; /* [policy] levels: escalation.n_levels names, the lowest first */
    int public_small;                  /* [public] small, default 4: the largest count that a public pack hides */
    int public_denominator;            /* [public] denominator, default 10: a share of fewer is hidden */
    int public_rounds;                 /* [public] method: suppress (0, the default) or round (1) */
    int public_base;                   /* [public] base, default 5: what counts are rounded to */
    int public_hides_zero;             /* [public] zeros = keep or hide, default keep */
    const char *public_open;           /* [public] open: indicators that are not about people, and of which nothing is hidden */
    int keeps_quiet; /* [policy] signal_exceptions: whether a signal of concern alone makes no exception; default 0 */
    double
        material_points; /* [reports] material_revision: a revision of a percent is material from so many points on, default 1 … */
    double material_percent; /* … and of another kind from so many percent of its value, default 5; where one is NAN the other is
                                for all, in the measure's own unit */
} WmPlanSettings;

typedef struct WmPlanStorage WmPlanStorage;

typedef struct {
    const char *path; /* what it was read from: the folder, or a workbook */
    const char *folder;
    WmPlanSettings settings;
    const WmTheme *themes;
    size_t n_themes;
    const WmUnit *units;
    size_t n_units;
    const WmNeighbour *neighbours;
    size_t n_neighbours;
    const WmIndicator *indicators;
    size_t n_indicators;
    const WmBaselineRow *baselines;
    size_t n_baselines;
    const WmTarget *targets;
    size_t n_targets;
    const WmComparatorRow *comparators;
    size_t n_comparators;
    const WmDeliverable *deliverables;
    size_t n_deliverables;
    const WmAction *actions;
    size_t n_actions;
    const WmActionRag *action_rags;
    size_t n_action_rags;
    const WmRisk *risks;
    size_t n_risks;
    const WmRiskScoring *risk_scorings;
    size_t n_risk_scorings;
    const WmEventRow *events;
    size_t n_events;
    const WmCommentary *commentary;
    size_t n_commentary;
    const WmEvidence *evidence;
    size_t n_evidence;
    const WmEvidenceItem *evidence_items;
    size_t n_evidence_items;
    const WmDefinition *definitions;
    size_t n_definitions;
    const WmOverride *overrides;
    size_t n_overrides;
    const WmSuppression *suppressions;
    size_t n_suppressions;
    const WmPathRow *paths;
    size_t n_paths;
    WmPlanStorage *storage;
} WmPlan;

/** Read a plan: plan.ini and every table that is there; or a workbook that holds them as its sheets.
 *
 * `path` is a plan's folder, or a workbook, whose folder is then the plan's. A folder may hold plan.xlsx instead of plan.ini and
 * the tables: targets.csv is its sheet “targets”, plan.ini its sheet “plan” with the columns section, key and value. Findings then
 * name the sheet, as plan.xlsx!targets.
 *
 * Everything wrong with it is added to `problems`; rows that cannot be used are left out, the good ones around them survive.
 *
 * @return new, or NULL with WM_ERROR_FILE or WM_ERROR_INPUT when there is no plan to speak of: no folder, plan.ini or
 * indicators.csv, or one that stands twice
 */
WmPlan *wm_plan_read(const char *path, WmProblems *problems, GError **error);
void wm_plan_free(WmPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmPlan, wm_plan_free)

/** Look beyond single fields: unknown references, targets that cannot be read or are worse than their predecessor, impossible
 * values, dates out of order. Adds to `problems`. */
void wm_plan_check(const WmPlan *self, WmProblems *problems);

/** How long after its period's end a reading of an indicator is due, in days: its own lag, else the plan's. */
int wm_plan_lag_days(const WmPlan *self, const WmIndicator *indicator);

const WmIndicator *wm_plan_indicator(const WmPlan *self, const char *indicator);
const WmTheme *wm_plan_theme(const WmPlan *self, const char *theme);

/** The latest evidence of an item that is known on a day: dated, and not after it. NULL for none. Borrowed. */
const WmEvidence *wm_plan_evidence_on(const WmPlan *self, const WmEvidenceItem *item, WmDay day);

/** When the next evidence of an item is due, as known on a day: its number of months after the last; where there is none, its first
 * date, else so many months after the plan's start. WM_NO_DAY: none is due any more, or nothing says when. */
WmDay wm_plan_evidence_due(const WmPlan *self, const WmEvidenceItem *item, WmDay day);

/** The unit by its id or code, or NULL. */
const WmUnit *wm_plan_unit(const WmPlan *self, const char *unit);

/** The override of an indicator of a unit ("": the area) that is in force on a day: of its own rows, or else of every unit's, the
 * one that began last, and of several such the last in the file. NULL for none. Borrowed. */
const WmOverride *wm_plan_override(const WmPlan *self, const char *indicator, const char *unit, WmDay day);

/** The one that ran out last before a day. NULL for none. Borrowed. */
const WmOverride *wm_plan_override_run_out(const WmPlan *self, const char *indicator, const char *unit, WmDay day);

/** Write a commented starter plan into `folder`, which must not exist or be empty. It passes wm_plan_check. Where there is no room
 * for all of it, what was written is taken back, the folders that were made with it. */
bool wm_plan_new(const char *folder, GError **error);

G_END_DECLS
#endif
