/* The notation of tests/core for short series, for this folder's programs too. */
#include "core/fixture_readings.c"
