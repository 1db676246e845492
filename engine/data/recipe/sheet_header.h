/* engine/data/recipe/sheet_header.h: the names of a table's columns, from one header row or several with merged cells.
 *
 * A cell that spans several columns stands in the first of them; so each row but the last is carried forward over empty cells, as
 * far as there is something below and no group of a row above ends. The texts over a column are joined by " / ": `2014 / Appeals`.
 */
#ifndef WM_DATA_SHEET_HEADER_H
#define WM_DATA_SHEET_HEADER_H

#include "engine/data/recipe/sheet_row.h"

#define HEADER_JOINT " / "

typedef struct {
    GPtrArray *rows;  /* of GStrv: the header rows as they came, blanks and line ends within made one space */
    GPtrArray *names; /* of char *: made by sheet_header_join */
    int line;         /* of the last row */
} SheetHeader;

SheetHeader *sheet_header_new(void);
void sheet_header_free(SheetHeader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SheetHeader, sheet_header_free)

void sheet_header_add(SheetHeader *self, const SheetRow *row);
void sheet_header_join(SheetHeader *self);

guint sheet_header_n(const SheetHeader *self);
const char *sheet_header_name(const SheetHeader *self, guint column);

/* The first column of this name from `from` on, letter case ignored; -1 for none. */
int sheet_header_find(const SheetHeader *self, const char *name, guint from);

/* The name most like this one, by the fewest letters to change; NULL where none is near. Borrowed. */
const char *sheet_header_nearest(const SheetHeader *self, const char *name);

#endif
