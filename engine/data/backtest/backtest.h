/* engine/data/backtest/backtest.h: history replayed, and what was said then scored by what came.
 *
 * Nothing is said that was not known: each *origin* sees the readings of its day alone. What is scored, beside the simple rivals
 * that any model must beat: forecasts  of readings some steps ahead: CRPS, absolute error, coverage chances    of milestones:
 * Brier, log score, reliability statuses   on the way to a milestone: how often they change, alarms where it was met after all,
 * warning before it was missed
 */
#ifndef WM_DATA_BACKTEST_H
#define WM_DATA_BACKTEST_H

#include <waymark/drift.h>
#include <waymark/scores.h>
#include <waymark/store.h>

#include "engine/data/series/forecast_batch.h"
#include "engine/data/series/series_view.h"

typedef enum { FORECASTER_POOLED, FORECASTER_DRIFT, FORECASTER_LINE, N_FORECASTERS } Forecaster;

/* The forecasters again, then the rule that a milestone will be met where the latest reading meets it: a chance of 1 or 0. */
typedef enum { CHANCER_RAG = N_FORECASTERS, N_CHANCERS } Chancer;

const char *forecaster_name(Forecaster forecaster);
const char *chancer_name(int chancer);

#define MAX_HORIZONS WM_FORECAST_MAX_HORIZONS

/* Scores at one number of steps ahead. */
typedef struct {
    int steps;
    WmForecastTally forecasts[N_FORECASTERS];
    WmChanceTally chances[N_CHANCERS];
} HorizonScores;

/* How far ahead readings of this kind are scored; unused ones have 0 steps. */
void backtest_horizons(WmPeriodKind kind, HorizonScores out[MAX_HORIZONS]);

/* The horizon at which something `steps` ahead counts: the first one no shorter, else the longest. NULL for no step ahead. */
HorizonScores *backtest_horizon(HorizonScores horizons[MAX_HORIZONS], int steps);

void backtest_merge(HorizonScores into[MAX_HORIZONS], const HorizonScores from[MAX_HORIZONS]);

/* One day on the way to a milestone. */
typedef struct {
    WmStatusNumbers numbers; /* of the pooled model */
    double line_chance;      /* of the straight line */
    double t_months;
    gboolean meets;     /* the latest reading meets the milestone's target */
    gboolean has_shown; /* there is a plan, which showed: */
    WmRag shown;
} CourseStep;

/* The way to one milestone that has been judged. */
typedef struct {
    WmMeasure measure;
    double t_due;
    gboolean is_met;
    GArray *steps; /* of CourseStep, before the reading that judges */
} Course;

/* New array of Course that frees their steps. */
GArray *courses_new(void);

/* ---- series of a long CSV: the origin rolls over their readings ---- */

typedef struct {
    ForecastBatchOptions batch;
    WmPolarity polarity;      /* where a target does not say */
    const char *targets_path; /* NULL: hold and improve, see docs/backtest.md */
    int n_jobs;
    gboolean (*tick)(size_t done, size_t total, gpointer data, GError **error); /* FALSE with *error: stop. May be NULL */
    gpointer data;
} BacktestOptions;

typedef struct {
    HorizonScores horizons[MAX_HORIZONS];
    GArray *courses; /* of Course */
    size_t n_series, n_origins;
    WmPeriodKind period_kind;
    WmDay from, to;         /* of the origins */
    size_t n_other;         /* series of another frequency than most, left out */
    size_t n_stray_targets; /* of series that have no readings */
    ForecastBatchNotes notes;
    WmForecastGroup group;        /* that candidates are of */
    WmPriorComparison comparison; /* of candidates, as known at the last origin; of none where priors were not learnt */
} Backtest;

void backtest_clear(Backtest *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Backtest, backtest_clear)

/* Clear it in either case. FALSE with *error. */
gboolean backtest_long(const char *path, const BacktestOptions *options, Backtest *out, GError **error);

/* ---- a plan: drop by drop ---- */

gboolean backtest_plan(const WmPlan *plan, WmStore *store, WmDay as_at, const BacktestOptions *options, Backtest *out,
                       GError **error);

/* ---- statuses ---- */

typedef enum {
    RULE_PATH,        /* plain RAG: on, near or off the path */
    RULE_TARGET,      /* plain RAG: red while the latest reading does not meet the milestone, green while it does */
    RULE_LINE,        /* the policy's table with a straight line's chance */
    RULE_DAY,         /* with the pooled model's chance, each day by itself */
    RULE_HELD,        /* held against noise */
    RULE_SHOWN,       /* what the plan showed, rules of judgement and all */
    RULE_LIKE_PATH,   /* held, at the threshold that gives as many false alarms as RULE_PATH */
    RULE_LIKE_TARGET, /* likewise as RULE_TARGET */
    RULE_CHANCE, /* by the chance alone: likely green, uncertain amber, unlikely red; changed only by a chance that is beyond its
                    threshold by hold_chance, however long it is short of that */
    RULE_CHANCE_LIKE_PATH,
    RULE_CHANCE_LIKE_TARGET,
    RULE_NEARING, /* the same with thresholds that rise to what they are with the share of the way to the milestone that is gone */
    RULE_NEARING_LIKE_PATH,
    RULE_NEARING_LIKE_TARGET,
    N_RULES,
} StatusRule;

typedef struct {
    size_t n_met, n_missed; /* courses */
    double likely_from;     /* the policy's threshold; NAN for rules without */
    double false_alarm;     /* share of the days before milestones met after all that were red or amber */
    double hit;             /* the same before milestones missed */
    double flaps;           /* changes of status a year */
    double lead;            /* median months before a missed milestone since which it had been red or amber without a break; 0: it
                               was not */
    double unwarned;        /* share of missed milestones that were neither red nor amber at the end */
} StatusScores;

/* Scores of every rule. A rule that cannot be applied has n_met = n_missed = 0. */
void backtest_statuses(const GArray *courses, const WmPolicy *policy, StatusScores out[N_RULES]);

const char *status_rule_name(StatusRule rule);

#endif
