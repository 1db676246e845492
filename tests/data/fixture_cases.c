/* The cases of tests/core, for this folder's programs too. */
#include "core/fixture_cases.c"
