/* What every part of the core shares: rounding as published, and names. */
#include <waymark/base.h>

#include <math.h>
#include <strings.h>

#define MAX_DECIMALS 9

/* From here on a double has no decimals left that people could round, and the nudge below would be more than one of its units. */
#define NOTHING_TO_ROUND 1e15

double wm_round(double value, int decimals)
{
    if (!isfinite(value))
        return NAN;

    static const double POWERS[MAX_DECIMALS + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    const int places = decimals < 0 ? 0 : decimals > MAX_DECIMALS ? MAX_DECIMALS : decimals;
    const double scaled = value * POWERS[places];
    if (fabs(scaled) >= NOTHING_TO_ROUND)
        return value;
    /* 0.15 is stored just below, and people still round it to 0.2: nudge by a few units in the last place. */
    const double rounded = round(scaled + copysign(fabs(scaled) * 4e-16, scaled)) / POWERS[places];
    return rounded == 0 ? 0 : rounded; /* never "-0" */
}

int wm_names_find(const char *const *names, size_t n, const char *text)
{
    for (size_t i = 0; text && i < n; i++)
        if (names[i] && strcasecmp(names[i], text) == 0)
            return (int)i;
    return -1;
}
