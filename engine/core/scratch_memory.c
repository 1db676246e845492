/* Doubles to work in. */
#include "engine/core/scratch_memory.h"

#include <stdint.h>
#include <stdlib.h>

double *scratch_memory_take(ScratchMemory *self, size_t n)
{
    if (n <= self->n && self->doubles)
        return self->doubles;
    if (n > SIZE_MAX / 2 / sizeof(double))
        return NULL;
    free(self->doubles);
    self->n = n + n / 2 + 64;
    self->doubles = malloc(self->n * sizeof(double));
    if (!self->doubles)
        self->n = 0;
    return self->doubles;
}
