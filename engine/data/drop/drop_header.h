/* engine/data/drop/drop_header.h: a recipe, or the contract's names, bound to a file's columns. */
#ifndef WM_DATA_DROP_HEADER_H
#define WM_DATA_DROP_HEADER_H

#include "engine/data/drop/drop_row.h"
#include "engine/data/recipe/sheet_header.h"

/* A row above the table, kept for @B2. */
typedef struct {
    int number;
    char **fields;
} SheetAbove;

/* What is known before the table begins; all borrowed. */
typedef struct {
    const char *file;       /* for messages; `match` may take a period from its base name */
    const GPtrArray *above; /* of SheetAbove, in order */
} DropPlace;

/* Bind. New, or NULL with *error when what a drop needs is not there. Borrows all that it is given. */
DropHeader *drop_header_new(const WmPlan *plan, const WmRecipe *recipe, const SheetHeader *names, const DropPlace *place,
                            GError **error);
void drop_header_free(DropHeader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DropHeader, drop_header_free)

#endif
