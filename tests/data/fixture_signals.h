/* tests/data/fixture_signals.h: a plan of one measure, as its control chart needs it, and its month by one call. */
#ifndef WM_TESTS_DATA_FIXTURE_SIGNALS_H
#define WM_TESTS_DATA_FIXTURE_SIGNALS_H

#include "data/fixture_month.h"

#define NOISE         50, 53, 49, 52, 47, 51, 54, 48, 50, 52, 49, 51
#define LOW_THEN_HIGH NOISE, 70, 73, 69, 72, 67, 71, 74, 68, 70, 72, 69, 71
#define ALWAYS(x)     x, x, x, x, x, x, x, x, x, x, x, x
#define END           -1 /* of a list of values */
#define MOST_N        60

/* A plan of one monthly percent from January 2020 on, higher is better; `model` is a line of plan.ini, `chart` cells of
 * indicators.csv. What is NULL is left out. */
typedef struct {
    const char *kind, *bounds; /* "percent", "0,100" */
    const char *model, *policy;
    const char *chart; /* chart,establish,fix_after */
    const char *baseline, *targets, *events;
    double denominator; /* of every reading; 0: published without */
} Setup;

/* `text`, or what stands for NULL. */
const char *given_or(const char *text, const char *otherwise);

/* Everything in one drop, received a week after the last period's end. `values` end with END; NAN is suppressed. */
Folder setup_folder(const Setup *setup, const double *values);
Loaded setup_month(const Setup *setup, const double *values);

/* The plan's only series. */
const WmSeries *only(const Loaded *loaded);

#endif
