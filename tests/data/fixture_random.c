/* The same in every folder. */
#include "core/fixture_random.c"
