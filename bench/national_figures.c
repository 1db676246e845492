/* What the generated nation is like. */
#include "bench/national_figures.h"

#include <math.h>

#define SEED UINT64_C(20260401)

/* SplitMix64: Steele, G., Lea, D. and Flood, C. (2014), OOPSLA, 453-472. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t hash(uint64_t what, uint64_t a, uint64_t b, uint64_t c)
{
    return mix(mix(mix(mix(SEED + what) ^ a) ^ b) ^ c);
}

static double uniform(uint64_t h)
{
    return ((double)(h >> 11) + 0.5) * 0x1p-53;
}

double normal(uint64_t h)
{
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += (double)(h >> (16 * i) & 0xFFFF);
    return (sum / 65536.0 - 2) * 1.7320508;
}

int chance(uint64_t h, int in_10000)
{
    return (int)(h % 10000) < in_10000;
}

Indicator indicator_of(int i)
{
    const double u = uniform(hash(OF_INDICATOR, (uint64_t)i, 0, 0)), v = uniform(hash(OF_INDICATOR, (uint64_t)i, 1, 0));
    const Kind kind = i % 10 < 6 ? PERCENT : i % 10 < 8 ? COUNT : i % 10 < 9 ? WEEKS : RATE;
    return (Indicator){.kind = kind,
                       .is_higher = kind == PERCENT && i % 3 != 0,
                       .level = kind == PERCENT ? -0.6 + 1.6 * u
                                : kind == COUNT ? 3 + 2 * u
                                : kind == WEEKS ? 2.4 + u
                                                : 2 + u,
                       .season = 0.02 + 0.12 * v,
                       .term = i % 4 == 0 ? 0.15 : 0.02,
                       .wander = 0.02 + 0.04 * u,
                       .climb = 0.002 + 0.006 * v,
                       .size = 30 + 250 * v};
}

double size_of(int area)
{
    return exp(0.8 * normal(hash(OF_AREA, (uint64_t)area, 0, 0)));
}

/* A school year's terms: fewest in August, most in the months after a term begins. */
static double term_of(int month_of_year)
{
    static const double TERMS[12] = {0.5, 0.2, 0.3, -0.4, 0.3, 0.2, -0.2, -1.6, 0.6, 0.7, 0.4, -0.6};
    return TERMS[month_of_year];
}

void make_levels(const Indicator *indicator, int i, int area, int n_months, double *out)
{
    const uint64_t a = (uint64_t)area, k = (uint64_t)i;
    const double phase = 6.2831853 * uniform(hash(OF_LEVEL, a, k, 1));
    const double pace = indicator->climb * (0.9 + normal(hash(OF_LEVEL, a, k, 2))) * (indicator->is_higher ? 1 : -1);
    const int has_shift = chance(hash(OF_SHIFT, a, k, 0), 1500);
    const int shift_at = (int)(hash(OF_SHIFT, a, k, 1) % (uint64_t)n_months);
    const double shift = 0.35 * normal(hash(OF_SHIFT, a, k, 2));
    double level = indicator->level + 0.4 * normal(hash(OF_LEVEL, a, k, 0));
    for (int m = 0; m < n_months; m++) {
        level += pace + indicator->wander * normal(hash(OF_STEP, a, k, (uint64_t)m));
        level += has_shift && m == shift_at ? shift : 0;
        level += 0.01 * (indicator->level + pace * m - level); /* back towards the middle */
        out[m] = level + indicator->season * sin(6.2831853 * m / 12 + phase) + indicator->term * term_of(m % 12);
    }
}
