/* postgres/options.h: what a query asks of an aggregate: a jsonb object whose keys are the command's own words.
 *
 * Every key, its range and whom it is for stands in one table in options.c. What is not understood is an ERROR that says which key,
 * what it had and what it may have; a null is as good as absent. docs/postgres.md lists the keys.
 */
#ifndef WM_POSTGRES_OPTIONS_H
#define WM_POSTGRES_OPTIONS_H

#include <postgres.h>
#include <utils/jsonb.h>
#include <waymark/assess.h>
#include <waymark/forecast.h>
#include <waymark/series.h>

#include "engine/core/answers/trend_model.h"

typedef enum { OPTIONS_TREND = 1, OPTIONS_SPC = 2, OPTIONS_CHANCE = 4, OPTIONS_ASSESS = 8 } OptionsUser;

#define OPTIONS_MAX_LEVELS 20

/* A dated target. */
typedef struct {
    WmPeriod due;        /* as written; WM_PERIOD_NONE for none */
    double target;       /* NAN when not given */
    WmPolarity polarity; /* WM_N_POLARITIES when not given */
} OptionTarget;

typedef struct {
    WmPeriod as_at; /* WM_PERIOD_NONE when undated */
    double value;
    WmBaselineQualifier qualifier;
} OptionBaseline;

typedef struct {
    double *items;
    int n;
} OptionNumbers;

typedef struct {
    WmPeriod *items;
    int n;
} OptionPeriods;

typedef struct {
    OptionTarget *items;
    int n;
} OptionTargets;

typedef struct {
    WmEvent *items;
    int n;
} OptionEvents;

/* A section of a file of priors (waymark/forecast.h, WmPrior). */
typedef struct {
    bool is_given;
    WmForecastGroup group;
    int n_series, first;
    double change, scale, units, centre, kappa; /* NAN where the file has none */
    double spread;                              /* 1 where it has none */
    OptionNumbers weights, path;
} OptionPrior;

typedef struct {
    /* what is measured */
    WmKind kind;           /* WM_N_KINDS when not given */
    WmPolarity polarity;   /* WM_N_POLARITIES when not given */
    WmFrequency frequency; /* WM_N_FREQUENCIES when not given */
    OptionNumbers bounds;  /* LO, HI, NAN for none; n 0 when not given */
    OptionEvents events;
    WmPeriod as_at; /* WM_PERIOD_NONE: all readings */
    int method;     /* 0 when any will do */

    const WmTrendModel *model; /* trend */
    int horizon;
    OptionNumbers levels;

    OptionTarget target; /* spc and chance: target and due */
    OptionTargets targets;

    WmSpcOptions spc;
    OptionPeriods rebase, exclude;
    int fix_after, period_min, shift_length;
    bool wants_points;

    const char *measure_unit; /* assess */
    int decimals;             /* -1 when not given */
    double tolerance, near;
    OptionBaseline baseline;
    WmPathShape path;
    OptionTargets waypoints; /* of an explicit path */
    WmModel plan_model;
    OptionPrior prior;
    WmPeriod start;
    int reading_lag_days, stale_after_days;
    WmPolicy policy;
    WmAssessScope scope;
} Options;

/* The options of one call site: parsed again only when they change. */
typedef struct {
    MemoryContext context;
    Jsonb *raw; /* NULL before the first */
    Options *parsed;
    bool has_null; /* whether *parsed is that of no options at all */
} OptionsCache;

/* Understand options; NULL is none at all. What is returned lives until the next call with others. */
const Options *options_of(OptionsCache *cache, MemoryContext parent, const Jsonb *raw, OptionsUser user);

/* How a pair of years in a period is to be read ("2021/22"): of the frequency alone, for rows that come before all else is
 * understood. */
WmPeriodKind options_pair_kind(const Jsonb *raw);

/* The kind of period in which readings come; WM_PERIOD_NONE when not given. */
WmPeriodKind options_period_kind(const Options *self);

/* Last day that counts; WM_NO_DAY: all. */
WmDay options_as_at(const Options *self);

/* When a target is due: its month's end. */
WmDay options_due_day(WmPeriod due);

#endif
