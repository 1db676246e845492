/* engine/core/scratch_memory.h: doubles to work in, kept from fit to fit and grown as they need it. */
#ifndef WM_CORE_SCRATCH_MEMORY_H
#define WM_CORE_SCRATCH_MEMORY_H

#include <stddef.h>

/* All 0 to begin with; free `doubles` at the end. */
typedef struct {
    double *doubles;
    size_t n;
} ScratchMemory;

/* n doubles, of any value; borrowed until the next call, which takes them back. NULL when there is no memory. */
double *scratch_memory_take(ScratchMemory *self, size_t n);

#endif
