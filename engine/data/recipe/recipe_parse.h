/* engine/data/recipe/recipe_parse.h: what the files that read a recipe's text share. */
#ifndef WM_DATA_RECIPE_PARSE_H
#define WM_DATA_RECIPE_PARSE_H

#include "engine/data/recipe/recipe.h"
#include "engine/data/text/ini_text.h"

#define MAX_HEADER_ROW 1000 /* further down it is a slip */

typedef struct {
    WmRecipe *recipe;
    Section *section; /* the [indicator X] that is being read */
    GChecksum *said;  /* all that bears on what is read */
} RecipeParser;

typedef gboolean (*RecipeTakeFunc)(RecipeParser *self, const IniEntry *entry, GError **error);

/* An error at the entry's line. Always FALSE. */
gboolean recipe_fail(const RecipeParser *self, const IniEntry *entry, const char *advice, GError **error, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

/* Cut at `mark` outside quotes; parts are trimmed, their quotes still on. New. */
GPtrArray *recipe_cut(const char *text, const char *mark);

/* Take a key of [file]. */
gboolean recipe_take_file(RecipeParser *self, const IniEntry *entry, GError **error);

#endif
