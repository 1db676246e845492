/* tests/core/fixture_random.h: random inputs that are the same in every run, on every machine. */
#ifndef WM_TESTS_CORE_FIXTURE_RANDOM_H
#define WM_TESTS_CORE_FIXTURE_RANDOM_H

#include <stdint.h>

typedef struct {
    uint64_t state;
} Random;

/* 0 <= u < 1. */
double random_uniform(Random *self);

/* low <= i <= high. */
int random_between(Random *self, int low, int high);

/* Standard normal. */
double random_normal(Random *self);

#endif
