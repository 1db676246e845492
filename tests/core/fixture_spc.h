/* tests/core/fixture_spc.h: points, options and charts in one call; what is charted lives until the next chart. */
#ifndef WM_TESTS_CORE_FIXTURE_SPC_H
#define WM_TESTS_CORE_FIXTURE_SPC_H

#include <waymark/spc.h>

#include "core/fixture_cases.h"

/* The memory that charts are made in: for main's group, as its set-up and its end. */
extern WmSpcScratch *scratch;
int open_scratch(void **state);
int close_scratch(void **state);

WmSpcPoint valued(double value);
WmSpcPoint targeted(double value, double target);
WmSpcPoint counted(double numerator, double denominator);

/* n values as points, without targets. */
void fill_points(WmSpcPoint *points, const double *values, size_t n);

/* All defaults but the chart; an XmR chart of this polarity. */
WmSpcOptions options_of_chart(WmSpcChart chart);
WmSpcOptions options_of_polarity(WmPolarity polarity);

/* Chart, or fail. */
WmSpc charted(const WmSpcPoint *points, size_t n, const WmSpcOptions *options);

#endif
