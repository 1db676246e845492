/* Comparing with reference results by other software: series, tallies of what agrees, and what was compared. */
#ifndef TEST_SPC_GOLDEN_H
#define TEST_SPC_GOLDEN_H

#include <waymark/spc.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/fixture_golden.h"

static inline bool is_set(const Table *table, size_t row, const char *name)
{
    return strcmp(table_text(table, row, name), "1") == 0;
}

/* First row at or after `row` whose columns a (and b, and c, unless NULL) differ from those of `row`. */
static inline size_t group_end(const Table *table, size_t row, const char *a, const char *b, const char *c)
{
    size_t end = row + 1;
    while (end < table->n_rows && strcmp(table_text(table, end, a), table_text(table, row, a)) == 0 &&
           (!b || strcmp(table_text(table, end, b), table_text(table, row, b)) == 0) &&
           (!c || strcmp(table_text(table, end, c), table_text(table, row, c)) == 0))
        end++;
    return end;
}

/* The readings of one series; first is its row in the input. */
typedef struct {
    const Table *input;
    size_t first, n;
    WmSpcPoint points[400];
} Readings;

static inline void readings_of(const Table *input, const char *series, Readings *out)
{
    size_t row = 0;
    while (row < input->n_rows && strcmp(table_text(input, row, "series_id"), series) != 0)
        row++;
    assert_true(row < input->n_rows);
    *out = (Readings){.input = input, .first = row, .n = group_end(input, row, "series_id", NULL, NULL) - row};
    assert_true(out->n <= sizeof out->points / sizeof out->points[0]);
    for (size_t i = 0; i < out->n; i++)
        out->points[i] = (WmSpcPoint){.value = table_number(input, row + i, "value"),
                                      .numerator = table_number(input, row + i, "numerator"),
                                      .denominator = table_number(input, row + i, "denominator"),
                                      .target = NAN};
}

static inline size_t index_of_date(const Readings *readings, const char *date)
{
    for (size_t i = 0; i < readings->n; i++)
        if (strcmp(table_text(readings->input, readings->first + i, "date"), date) == 0)
            return i;
    fail_msg("no reading of %s", date);
    return 0;
}

static inline bool holds(const WmSpcVerdict *point, WmSignal signal)
{
    return point->signals >> signal & 1;
}

/* What was compared, and how it went. Relative error is against the larger of the number and `size` (of the upper limit), so that a
 * limit that happens to be near 0 is not held to more digits than its neighbours. */
typedef struct {
    size_t n_numbers, n_classes, n_wrong, n_on_purpose;
    double worst;
} Tally;

#define RELATIVE 1e-9

static inline void compare_number(Tally *tally, double got, double want, double size, const char *what)
{
    tally->n_numbers++;
    if (isnan(got) && isnan(want))
        return;
    const double error = fabs(got - want) / fmax(fmax(fabs(want), isnan(size) ? 0 : fabs(size)), 1e-12);
    if (error > tally->worst || isnan(error))
        tally->worst = isnan(error) ? INFINITY : error;
    if (error <= RELATIVE)
        return;
    if (tally->n_wrong++ < 8)
        print_error("%s: %.17g, expected %.17g\n", what, got, want);
}

static inline void compare_class(Tally *tally, int got, int want, const char *what)
{
    tally->n_classes++;
    if (got != want && tally->n_wrong++ < 8)
        print_error("%s: %d, expected %d\n", what, got, want);
}

static inline void tally_finish(const Tally *tally, const char *name)
{
    print_message("%s: %zu numbers (worst relative error %.1e), %zu classes, %zu different on purpose, %zu wrong\n", name,
                  tally->n_numbers, tally->worst, tally->n_classes, tally->n_on_purpose, tally->n_wrong);
    assert_int_equal(tally->n_wrong, 0);
    assert_true(tally->n_numbers + tally->n_classes > 0);
}

#endif
