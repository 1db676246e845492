/* tests/data/fixture_drop.h: a file of a plan read by a recipe, as text. */
#ifndef WM_TESTS_DATA_FIXTURE_DROP_H
#define WM_TESTS_DATA_FIXTURE_DROP_H

#include "data/fixture_month.h"
#include "engine/data/drop/drop_reader.h"

#define FILE_NAME    "pct_2020-12.csv"
#define WIDE_BY_YEAR "[columns]\nunit = Area\n[indicator PCT]\n"

/* Read a file of the plan by a recipe. To `out` comes a line for each reading,
 * `line indicator|unit|cohort|period|value|numerator|denominator|state`, and `!line:column code` for what is refused; `recipe` and
 * `problems` may be NULL. */
gboolean read_drop(const Folder *folder, const WmRecipe *recipe, const char *name, GString *out, WmProblems *problems,
                   GError **error);

#endif
