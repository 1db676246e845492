/* tests/plot/fixture_sheet.h: many charts on one page, for a person to look at. */
#ifndef WM_TESTS_FIXTURE_SHEET_H
#define WM_TESTS_FIXTURE_SHEET_H

#include "plot/chart/page.h"

/** Charts that were drawn one after another, each in the next cell of a grid. */
typedef struct SheetFixture SheetFixture;

/** A sheet of cells of this size. New. */
SheetFixture *sheet_new(int width_px, int height_px, int n_columns, int n_rows);
void sheet_free(SheetFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SheetFixture, sheet_free)

void sheet_draw(SheetFixture *self, WmDrawFunc draw, const void *data, WmThemeName theme);

/** Cells, of those drawn, that have less ink than a title's. */
size_t sheet_n_empty(const SheetFixture *self);

/** Write NAME.png into the folder that WAYMARK_SHEETS names; without it, nothing. */
void sheet_write(const SheetFixture *self, const char *name);

#endif
