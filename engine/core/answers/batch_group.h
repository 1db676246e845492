/* engine/core/answers/batch_group.h: what series that come without a plan have in common, as far as their readings show it: the
 * kind of their periods, and their bounds. */
#ifndef WM_CORE_BATCH_GROUP_H
#define WM_CORE_BATCH_GROUP_H

#include <waymark/forecast.h>

/* Least gap in days between two readings, sorted by period, that are given by days; `least` where none is smaller. Begin with
 * INT32_MAX. */
int wm_least_gap_days(const WmReading *readings, size_t n, int least);

/* Days are often the first day of a longer period ("2016-04-01"): the longest that keeps readings so many days apart from each
 * other; 0 or less: months. */
WmPeriodKind wm_period_kind_of_gap(int days);

/* Quarters of the financial and of the calendar year are the same months: the kind that stands for both. */
WmPeriodKind wm_period_kind_usual(WmPeriodKind kind);

/* The kind of the last reading; `kind_of_days` where that is a day, or there is none. */
WmPeriodKind wm_readings_period_kind(const WmReading *readings, size_t n, WmPeriodKind kind_of_days);

/* In which steps a measured series goes on: those of its frequency, or of its latest reading where that is finer; a thing that is
 * told now and then goes by the month. */
WmPeriodKind wm_measure_period_kind(const WmMeasure *measure, const WmReading *readings, size_t n);

/* Make every reading's period one of `kind`, so that what is printed is what was counted. */
void wm_readings_settle(WmReading *readings, size_t n, WmPeriodKind kind);

/* What the readings of a whole batch show. */
typedef struct {
    double least, most;
    bool are_shares; /* all are a numerator within its denominator */
} WmExtent;

WmExtent wm_extent_none(void);
void wm_extent_add(WmExtent *self, const WmReading *readings, size_t n);

/* Bounds as the kind implies and the readings let stand; without a kind (WM_N_KINDS) as the readings show. NAN for none. */
void wm_extent_bounds(const WmExtent *self, WmKind kind, double *low, double *high);

/* Whether two groups are of one kind: the same bounds, and periods that follow one another alike. Of days the step counts; of
 * longer periods not in which month their year begins. */
bool wm_forecast_group_is_same(const WmForecastGroup *a, const WmForecastGroup *b);

#endif
