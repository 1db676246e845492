/* engine/data/backtest/backtest_rolling.h: what the files of a rolling origin share.
 *
 * backtest_long.c says the steps; backtest_rolling.c knows the readings; backtest_aims.c sets milestones; backtest_origin.c judges
 * one origin. *Period numbers* count periods of the group's kind, so that the readings of all series stand on one line.
 */
#ifndef WM_DATA_BACKTEST_ROLLING_H
#define WM_DATA_BACKTEST_ROLLING_H

#include "engine/data/backtest/backtest.h"

/* A milestone to be judged: by chances at some origins, and as a course on the way to it. */
typedef struct {
    size_t i_series;
    int origin;       /* period number of the last reading known when it was set */
    int due;          /* period number of the reading that judges */
    gboolean is_once; /* only the origin judges; else every origin from there on that lies a horizon before */
    gboolean has_course;
    double target, start; /* the path runs straight from `start` at the origin to the target */
    WmPolarity polarity;
    gboolean is_met;
} RollingAim;

/* What one aim adds at one origin. */
typedef struct {
    size_t i_aim;
    CourseStep step;
} RollingStep;

typedef struct {
    const BacktestOptions *options;
    ForecastBatch *batch;
    size_t i_group;
    const WmForecastGroup *group;
    GArray *aims;      /* of RollingAim, by series */
    GArray *first_aim; /* of guint, one a series and one more */
    GMutex lock;
    size_t n_stray_targets; /* of series that are not in the batch */
    size_t n_done, n_total;
    GError *error;
} RollingJob;

/* One origin: its own scores, merged in order of time whatever thread made them. */
typedef struct {
    RollingJob *job;
    int period;
    HorizonScores horizons[MAX_HORIZONS];
    GArray *steps;                /* of RollingStep */
    WmPriorComparison comparison; /* of the prior's candidates; none where it was not learnt here */
    gboolean has_any;
} RollingOrigin;

/* The readings of series i, *n of them, by period. Borrowed. */
const WmReading *rolling_readings(const RollingJob *job, size_t i, size_t *n);

bool rolling_has_value(const WmReading *reading);

/* The number of a reading's period. */
int rolling_number(const RollingJob *job, const WmReading *reading);

/* How many readings are known at an origin. */
size_t rolling_n_known(const RollingJob *job, size_t i_series, int period);

/* The reading of a period; NULL without a value. */
const WmReading *rolling_reading_at(const RollingJob *job, size_t i_series, int period);

/* The measure as it is judged: bare figures, of the job's kind. */
WmMeasure rolling_measure(const RollingJob *job, WmPolarity polarity);

int rolling_periods_a_year(const RollingJob *job);

/* Readings before an origin: a year of them, so that a season has been seen; three of a yearly series. */
size_t rolling_least_known(const RollingJob *job);

/* Whether series i is of the group that is scored. */
gboolean rolling_is_in_group(const RollingJob *job, size_t i);

/* Fill job->aims and job->first_aim, and say at which horizons they count. FALSE with *error where targets cannot be read. */
gboolean rolling_find_aims(RollingJob *job, const HorizonScores horizons[MAX_HORIZONS], GError **error);

/* Score one RollingOrigin; the second argument is its job. A GFunc for a thread pool: it writes to its own origin, and to the job
 * under its lock. */
void rolling_judge_origin(gpointer data, gpointer user_data);

#endif
