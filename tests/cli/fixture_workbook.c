/* The same in every folder. */
#include "data/fixture_workbook.c"
