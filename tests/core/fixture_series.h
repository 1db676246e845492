/* tests/core/fixture_series.h: measures, readings, paths and assessments made in one call, dated as people write dates. */
#ifndef WM_TESTS_CORE_FIXTURE_SERIES_H
#define WM_TESTS_CORE_FIXTURE_SERIES_H

#include <waymark/assess.h>

#define MAX_READINGS   400
#define MAX_MILESTONES 40

/* The end of a period written as text; the test fails where it cannot be read. */
WmDay day_of(const char *text);
double months_of(const char *text);
WmPeriod period_of(const char *text);

/* A measure with everything else at its default: no bounds, tolerance and near of the kind. */
WmMeasure measure_of(WmKind kind, WmPolarity polarity, WmFrequency frequency, int decimals);

/* A monthly percent with one decimal, higher is better. */
WmMeasure percent_measure(void);

WmReading reading_of(const char *period, double value);

/* n readings of consecutive months, the first in `first`. */
void monthly_readings(const char *first, const double *values, size_t n, WmReading *out);

/* An assessment's input with the memory that it borrows. Not to be copied. */
typedef struct {
    WmAssessmentInput input;
    WmReading readings[MAX_READINGS];
    WmMilestone milestones[MAX_MILESTONES];
    WmWaypoint waypoints[MAX_MILESTONES + 1];
    WmPolicy policy;
} Plan;

/* A plan with a baseline at the end of a period: linear, no readings, no milestones, no start. */
void plan_init(Plan *self, WmMeasure measure, double baseline, const char *baseline_at, const char *as_at);

/* The same without a usable baseline. */
void plan_init_without_baseline(Plan *self, WmMeasure measure, const char *as_at);

/* Adds in order of time. A milestone is also a waypoint of the path. */
void plan_milestone(Plan *self, const char *due, double target);
void plan_reading(Plan *self, const char *period, double value);
void plan_marker(Plan *self, const char *period, WmReadingState state);

/* Readings in consecutive months. */
void plan_readings(Plan *self, const char *first, const double *values, size_t n);

WmAssessment plan_assess(const Plan *self);
bool has_reason(const WmAssessment *assessment, WmReasonCode code);
const WmReason *get_reason(const WmAssessment *assessment, WmReasonCode code);

/* The test fails where the verdict, or a day as ISO text, is another. */
void check_verdict(const WmAssessment *assessment, WmRag status, WmMark mark);
void check_day(WmDay day, const char *expected);

/* 41% in August 2020, 40% by April 2021, 50% by August 2021, 75% by January 2022: a path that first dips. */
void plan_somerset_monthly(Plan *self, const char *as_at);

#endif
