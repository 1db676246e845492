/* tests/core/fixture_theil_sen.h: a series and all that ranks say of it: Theil and Sen's line, Mann and Kendall's test, and the
 * fit. */
#ifndef WM_TESTS_CORE_FIXTURE_THEIL_SEN_H
#define WM_TESTS_CORE_FIXTURE_THEIL_SEN_H

#include <waymark/regression.h>

#define THEIL_SEN_MAX_READINGS 64

typedef struct {
    double t[THEIL_SEN_MAX_READINGS], y[THEIL_SEN_MAX_READINGS], steps[WM_REGRESSION_MAX_STEPS];
    WmLineReadings readings; /* n and n_steps are the case's; the rest is pointed here by a fit */
    WmTheilSen line;
    WmMannKendall test;
    WmRegression fit;
} TheilSenCase;

void theil_sen_fit(TheilSenCase *self);

/* What the fit expects at t, and its error. */
double theil_sen_link(const TheilSenCase *self, double t);
double theil_sen_link_error(const TheilSenCase *self, double t);

#endif
