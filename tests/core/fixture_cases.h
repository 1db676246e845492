/* tests/core/fixture_cases.h: one row of a table, one named case, so that one failure hides no other. */
#ifndef WM_TESTS_CORE_FIXTURE_CASES_H
#define WM_TESTS_CORE_FIXTURE_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define N_ELEMENTS(array) (sizeof(array) / sizeof(array)[0])

typedef void (*TestFunction)(void **state);

/* Cases of one program, run as one group in the order in which they were added. */
void add_case(const char *name, TestFunction function, const void *row);

/* Run all that was added; the value is main's. */
int run_cases(const char *group);

/* Add every row of a table whose first member is `const char *name`. */
#define ADD_TABLE(table, function)                             \
    for (size_t i_row = 0; i_row < N_ELEMENTS(table); i_row++) \
    add_case((table)[i_row].name, (function), &(table)[i_row])

/* Add a test that has no row: its name is the function's. */
#define ADD(function) add_case(#function, (function), NULL)

/* Two numbers within `tolerance` of each other; NAN equals NAN. */
void check_near(double actual, double expected, double tolerance, const char *file, int line);
#define assert_near(actual, expected, tolerance) check_near((actual), (expected), (tolerance), __FILE__, __LINE__)

/* Two numbers within a share of the expected one. */
#define assert_close(actual, expected, share) \
    assert_near((actual), (expected), (share) * (1e-300 + ((expected) < 0 ? -(expected) : (expected))))

#endif
