/* engine/data/drop/drop_binder.h: finding a recipe's columns in a header. What drop_header.c and drop_places.c share. */
#ifndef WM_DATA_DROP_BINDER_H
#define WM_DATA_DROP_BINDER_H

#include "engine/data/drop/drop_header.h"

#define RECIPE_ADVICE "name the file's own columns in a recipe (recipes/NAME.ini)"

typedef struct {
    DropHeader *out;
    const WmRecipe *recipe;
    const SheetHeader *names;
    const DropPlace *place;
    Captures from_match;          /* what the file's name says */
    const WmIndicator *indicator; /* of the section that is being bound; NULL for any */
    GError **error;
} Binder;

/* A header that lacks something: an error at its line in the file. Always FALSE. */
gboolean binder_fail(Binder *self, const char *advice, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The same for a column, naming the one most like it. */
gboolean binder_fail_missing(Binder *self, const char *name);

/* A recipe that does not fit the plan: at its own line. */
gboolean binder_fail_recipe(Binder *self, int line, const char *advice, const char *what, const char *text);

/* Give something to the header that is being made. Returns it. */
gpointer binder_keep(Binder *self, gpointer owned);

/* A column's name as the recipe wants it: without its footnote marks where it says so. New. */
char *binder_name(const Binder *self, guint column);

/* Bind a recipe's choices; one column or constant; filters, appended to `out`. */
gboolean binder_text(Binder *self, const FieldText *text, gboolean is_shared, BoundField *out);
void binder_one(Binder *self, int column, const char *constant, gboolean is_shared, BoundField *out);
gboolean binder_filters(Binder *self, const GPtrArray *filters, GPtrArray *out);

#endif
