#include "plot/fixture_sheet.h"

#include <cairo.h>

struct SheetFixture {
    cairo_surface_t *image;
    cairo_t *cr;
    int width_px, height_px, n_columns, n_drawn;
};

SheetFixture *sheet_new(int width_px, int height_px, int n_columns, int n_rows)
{
    SheetFixture *self = g_new0(SheetFixture, 1);
    *self = (SheetFixture){.width_px = width_px, .height_px = height_px, .n_columns = n_columns};
    self->image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, n_columns * (width_px + 4), n_rows * (height_px + 4));
    self->cr = cairo_create(self->image);
    return self;
}

void sheet_free(SheetFixture *self)
{
    cairo_destroy(self->cr);
    cairo_surface_destroy(self->image);
    g_free(self);
}

static void corner_of(const SheetFixture *self, int i_cell, int *x, int *y)
{
    *x = i_cell % self->n_columns * (self->width_px + 4);
    *y = i_cell / self->n_columns * (self->height_px + 4);
}

void sheet_draw(SheetFixture *self, WmDrawFunc draw, const void *data, WmThemeName theme)
{
    int x, y;
    corner_of(self, self->n_drawn++, &x, &y);
    cairo_save(self->cr);
    cairo_rectangle(self->cr, x, y, self->width_px, self->height_px);
    cairo_clip(self->cr);
    cairo_translate(self->cr, x, y);
    const WmPage page = {
        .width_px = self->width_px, .height_px = self->height_px, .background = wm_opaque(wm_palette(theme)->page)};
    g_autoptr(WmCanvas) canvas = wm_canvas_new_on_cairo(&page, self->cr);
    wm_drawing_draw(draw, data, canvas, theme);
    cairo_restore(self->cr);
}

/* Pixels of a cell that differ from its corner's. */
static size_t ink_of(const SheetFixture *self, int i_cell)
{
    int x0, y0;
    corner_of(self, i_cell, &x0, &y0);
    cairo_surface_flush(self->image);
    const unsigned char *pixels = cairo_image_surface_get_data(self->image);
    const int stride = cairo_image_surface_get_stride(self->image);
    const guint32 page = ((const guint32 *)(const void *)(pixels + y0 * stride))[x0];
    size_t n = 0;
    for (int y = y0; y < y0 + self->height_px; y++)
        for (int x = x0; x < x0 + self->width_px; x++)
            n += ((const guint32 *)(const void *)(pixels + y * stride))[x] != page;
    return n;
}

size_t sheet_n_empty(const SheetFixture *self)
{
    size_t n = 0;
    for (int i = 0; i < self->n_drawn; i++)
        n += ink_of(self, i) < 300;
    return n;
}

void sheet_write(const SheetFixture *self, const char *name)
{
    const char *folder = g_getenv("WAYMARK_SHEETS");
    if (!folder)
        return;
    g_autofree char *path = g_strdup_printf("%s/%s.png", folder, name);
    cairo_surface_write_to_png(self->image, path);
}
