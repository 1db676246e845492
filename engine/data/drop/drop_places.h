/* engine/data/drop/drop_places.h: a column for each period, indicator, cohort or unit: what {period} in a recipe's names stands
 * for. */
#ifndef WM_DATA_DROP_PLACES_H
#define WM_DATA_DROP_PLACES_H

#include "engine/data/drop/drop_binder.h"

/* The columns that belong to one reading: all whose names took the same texts. */
typedef struct {
    Captures captures;
    int columns[N_FIELDS]; /* -1: none of its own */
} Group;

void group_free(gpointer group);

/* Whether a field's text has a place in it. */
gboolean text_has_place(const FieldText *text);

/* Find the columns that a field's pattern fits, and put each into the group of the texts it took. */
gboolean binder_add_to_groups(Binder *self, Field field, const FieldText *text, GPtrArray *groups);

#endif
