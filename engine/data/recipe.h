/* engine/data/recipe.h: how to read a kind of file.
 *
 *   [file]         match = ehcp_monthly*.csv
 *   [columns]      indicator = Measure    period = Month    value = Result
 *   [markers]      supp = suppressed
 *   [rename unit]  933 = E10000027
 */
#ifndef WM_DATA_RECIPE_H
#define WM_DATA_RECIPE_H

#include <waymark/ingest.h>

/* What a column of a drop can be. */
typedef enum {
    FIELD_INDICATOR,
    FIELD_UNIT,
    FIELD_COHORT,
    FIELD_PERIOD,
    FIELD_VALUE,
    FIELD_NUMERATOR,
    FIELD_DENOMINATOR,
    FIELD_STATE,
    FIELD_NOTE,
    N_FIELDS,
} Field;

/* The contract's name of a field. */
const char *field_name(Field field);

/* The column that holds a field, in this recipe's files. A NULL recipe gives the contract's names. */
const char *recipe_column(const WmRecipe *self, Field field);

/* Whether the recipe itself names a column for the field, so that its absence is an error. */
gboolean recipe_names(const WmRecipe *self, Field field);

/* Whether `name`, a file's base name, is of this recipe's kind. */
gboolean recipe_matches(const WmRecipe *self, const char *name);

/* Look a text up among the recipe's markers. */
gboolean recipe_marker(const WmRecipe *self, const char *text, WmReadingState *state);

/* The plan's own word for `text` in this field ([rename unit], [rename indicator] …), or `text`. Borrowed. */
const char *recipe_rename(const WmRecipe *self, Field field, const char *text);

/* The recipe of the plan folder that matches `name`: new, NULL without an error when none does. Two that match are an error. */
WmRecipe *recipe_find(const char *folder, const char *name, GError **error);

#endif
