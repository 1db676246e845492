/* Points, options and charts in one call. */
#include "core/fixture_spc.h"

#include <math.h>

WmSpcScratch *scratch;

int open_scratch(void **state)
{
    (void)state;
    scratch = wm_spc_scratch_new();
    return scratch ? 0 : -1;
}

int close_scratch(void **state)
{
    (void)state;
    wm_spc_scratch_free(scratch);
    return 0;
}

WmSpcPoint targeted(double value, double target)
{
    return (WmSpcPoint){value, NAN, NAN, target, false, false};
}

WmSpcPoint valued(double value)
{
    return targeted(value, NAN);
}

WmSpcPoint counted(double numerator, double denominator)
{
    return (WmSpcPoint){NAN, numerator, denominator, NAN, false, false};
}

void fill_points(WmSpcPoint *points, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        points[i] = valued(values[i]);
}

WmSpcOptions options_of_chart(WmSpcChart chart)
{
    WmSpcOptions options = wm_spc_options_default();
    options.chart = chart;
    return options;
}

WmSpcOptions options_of_polarity(WmPolarity polarity)
{
    WmSpcOptions options = options_of_chart(WM_SPC_XMR);
    options.polarity = polarity;
    return options;
}

WmSpc charted(const WmSpcPoint *points, size_t n, const WmSpcOptions *options)
{
    WmSpc spc;
    assert_int_equal(wm_spc_analyse(points, n, options, scratch, &spc), WM_OK);
    return spc;
}
