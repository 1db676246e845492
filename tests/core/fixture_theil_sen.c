#include "core/fixture_theil_sen.h"

#include "core/fixture_cases.h"

void theil_sen_fit(TheilSenCase *self)
{
    WmRegressionScratch *scratch = wm_regression_scratch_new();
    self->readings.t = self->t;
    self->readings.y = self->y;
    self->readings.steps = self->steps;
    assert_int_equal(wm_theil_sen(&self->readings, scratch, &self->line), WM_OK);
    assert_int_equal(wm_mann_kendall(&self->readings, scratch, &self->test), WM_OK);
    assert_int_equal(wm_line_fit(WM_REGRESSION_THEIL_SEN, &self->readings, NULL, scratch, &self->fit), WM_OK);
    wm_regression_scratch_free(scratch);
}

double theil_sen_link(const TheilSenCase *self, double t)
{
    WmRegressionPrediction at;
    wm_line_predict(&self->fit, t, &at);
    return at.link;
}

double theil_sen_link_error(const TheilSenCase *self, double t)
{
    WmRegressionPrediction at;
    wm_line_predict(&self->fit, t, &at);
    return at.link_error;
}
