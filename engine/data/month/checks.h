/* engine/data/month/checks.h: every check by its code: how grave it is, what it says in one plain sentence, and what to do.
 *
 * A finding's message says the particular case; severity and advice of data findings come from here, and docs/checks.md lists all.
 */
#ifndef WM_DATA_CHECKS_H
#define WM_DATA_CHECKS_H

#include <waymark/problems.h>

/* Checks of readings. Those of single cells, rows and plan tables are raised by their code's name where the cell is read. */
typedef enum {
    CHECK_OUTSIDE_BOUNDS,
    CHECK_WRONG_MAGNITUDE,
    CHECK_PERCENT_AS_FRACTION,
    CHECK_DUPLICATE_PERIOD,
    CHECK_OVERRULED_READING,
    CHECK_OVERLAPPING_PERIODS,
    CHECK_OTHER_PERIOD_LENGTH,
    CHECK_MISSING_READING,
    CHECK_LATE_READING,
    CHECK_FUTURE_READING,
    CHECK_OUTSIDE_UNIT_TIME,
    CHECK_VALUE_AND_COUNTS_DIFFER,
    CHECK_READINGS_NOT_USED,
    CHECK_PARTIAL_TOTAL,
    CHECK_LOOKS_CUMULATIVE,
    CHECK_NOT_UTF8,
    CHECK_OVERRIDE_EXPIRED,
    CHECK_SUPPRESSION_EXPIRED,
    CHECK_UNITS_WITHOUT_TARGET,
    N_DATA_CHECKS,
} DataCheck;

/* Where a finding is, and about what. */
typedef struct {
    const char *file, *indicator;
    int line, column;
} CheckPlace;

/* Add a finding, with the severity and advice of the table. */
void check_add(WmProblems *problems, DataCheck check, const CheckPlace *place, const char *format, ...) G_GNUC_PRINTF(4, 5);

#endif
