/* SplitMix64: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA. */
#include "core/fixture_random.h"

#include <math.h>

static uint64_t next(Random *self)
{
    uint64_t z = (self->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

double random_uniform(Random *self)
{
    return (double)(next(self) >> 11) * 0x1p-53;
}

int random_between(Random *self, int low, int high)
{
    return low + (int)(random_uniform(self) * (high - low + 1));
}

double random_normal(Random *self) /* Box and Muller (1958) */
{
    const double radius = sqrt(-2 * log(1 - random_uniform(self)));
    return radius * cos(2 * 3.14159265358979323846 * random_uniform(self));
}
