/* The folders of tests/data, for this folder's programs too. */
#include "data/fixture_folder.c"
