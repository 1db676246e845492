/* tests/core/fixture_readings.h: short series as one line of text.
 *
 * "1 2.5 - 3/4 c p7 x": month by month, a value; none at all; numerator and denominator, of which the value is scale * n / d;
 * suppressed; provisional; not available. Also m missing, z not applicable, l low, r7 revised; and p*7 provisional and partial.
 */
#ifndef WM_TESTS_CORE_FIXTURE_READINGS_H
#define WM_TESTS_CORE_FIXTURE_READINGS_H

#include <waymark/formula.h>

#define MAX_TEXT_READINGS 128

typedef struct {
    WmDerivedReading items[MAX_TEXT_READINGS];
    size_t n;
    double scale;
} TextSeries;

/* Periods run from `first` on. */
TextSeries text_series(const char *text, WmPeriod first, double scale);

WmFormulaSeries text_series_of(const TextSeries *self);

/* The same notation from readings, at most 4 significant digits of a bare value; periods that are skipped after the first are "-".
 * Static while the next is not made. */
#define SERIES_TEXT 2048
const char *series_text(const WmDerivedReading *readings, size_t n, char text[SERIES_TEXT]);

#endif
