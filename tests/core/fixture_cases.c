#include "core/fixture_cases.h"

#include <math.h>

#define MAX_CASES 2000

static struct CMUnitTest cases[MAX_CASES];
static size_t n_cases;

void add_case(const char *name, TestFunction function, const void *row)
{
    assert_true(n_cases < MAX_CASES);
    cases[n_cases++] = (struct CMUnitTest){.name = name, .test_func = function, .initial_state = (void *)(uintptr_t)row};
}

int run_cases(const char *group)
{
    return _cmocka_run_group_tests(group, cases, n_cases, NULL, NULL);
}

void check_near(double actual, double expected, double tolerance, const char *file, int line)
{
    if (isnan(actual) && isnan(expected))
        return;
    if (fabs(actual - expected) <= tolerance)
        return;
    print_error("%.17g is not %.17g (tolerance %g)\n", actual, expected, tolerance);
    _fail(file, line);
}
