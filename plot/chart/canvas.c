/* The canvas: hands each operation to its backend, and remembers what text was drawn where. */
#include "plot/chart/canvas_backend.h"

struct WmCanvas {
    WmSurface *surface;
    WmTypeset *typeset;
    WmRect bounds;
    GArray *texts; /* WmTextBox */
};

static WmSurface *(*const BACKENDS[WM_N_FORMATS])(const WmPage *) = {
    [WM_FORMAT_SVG] = wm_surface_svg_new,
    [WM_FORMAT_PNG] = wm_surface_png_new,
    [WM_FORMAT_PDF] = wm_surface_pdf_new,
};

static void text_box_clear(gpointer box)
{
    g_free(((WmTextBox *)box)->text);
}

WmCanvas *wm_canvas_new_on_surface(WmSurface *surface, const WmPage *page)
{
    WmCanvas *self = g_new0(WmCanvas, 1);
    self->surface = surface;
    self->typeset = wm_typeset_new();
    self->bounds = (WmRect){0, 0, page->width_px, page->height_px};
    self->texts = g_array_new(FALSE, FALSE, sizeof(WmTextBox));
    g_array_set_clear_func(self->texts, text_box_clear);
    wm_canvas_rect(self, self->bounds, 0, &(WmPaint){.fill = page->background});
    return self;
}

WmCanvas *wm_canvas_new(const WmPage *page)
{
    return wm_canvas_new_on_surface(BACKENDS[page->format](page), page);
}

WmCanvas *wm_canvas_new_on_cairo(const WmPage *page, void *cairo)
{
    return wm_canvas_new_on_surface(wm_surface_on_cairo_new(cairo), page);
}

void wm_canvas_free(WmCanvas *self)
{
    if (!self)
        return;
    self->surface->ops->free(self->surface);
    wm_typeset_free(self->typeset);
    g_array_unref(self->texts);
    g_free(self);
}

GBytes *wm_canvas_finish(WmCanvas *self, GError **error)
{
    return self->surface->ops->finish(self->surface, error);
}

WmRect wm_canvas_bounds(const WmCanvas *self)
{
    return self->bounds;
}

WmTypeset *wm_canvas_typeset(const WmCanvas *self)
{
    return self->typeset;
}

void wm_canvas_line(WmCanvas *self, const WmPoint *points, size_t n_points, const WmPaint *paint)
{
    if (n_points >= 2)
        self->surface->ops->path(self->surface, points, n_points, false, paint);
}

void wm_canvas_polygon(WmCanvas *self, const WmPoint *points, size_t n_points, const WmPaint *paint)
{
    if (n_points >= 2)
        self->surface->ops->path(self->surface, points, n_points, true, paint);
}

void wm_canvas_segment(WmCanvas *self, WmPoint from, WmPoint to, const WmPaint *paint)
{
    wm_canvas_line(self, (const WmPoint[]){from, to}, 2, paint);
}

void wm_canvas_circle(WmCanvas *self, WmPoint centre, double radius, const WmPaint *paint)
{
    self->surface->ops->circle(self->surface, centre, radius, paint);
}

void wm_canvas_rect(WmCanvas *self, WmRect rect, double radius, const WmPaint *paint)
{
    self->surface->ops->rect(self->surface, rect, radius, paint);
}

WmRect wm_canvas_text_box(const WmCanvas *self, WmPoint at, WmAnchor anchor, const char *text, const WmTextStyle *style)
{
    static const double SHIFT[WM_N_ANCHORS] = {[WM_ANCHOR_START] = 0, [WM_ANCHOR_MIDDLE] = 0.5, [WM_ANCHOR_END] = 1};
    const double width = wm_text_width(self->typeset, text, style);
    return (WmRect){at.x - SHIFT[anchor] * width, at.y - WM_TEXT_ABOVE * style->size_px, width,
                    (WM_TEXT_ABOVE + WM_TEXT_BELOW) * style->size_px};
}

WmRect wm_canvas_text(WmCanvas *self, WmPoint at, WmAnchor anchor, const char *text, const WmTextStyle *style)
{
    const WmRect box = wm_canvas_text_box(self, at, anchor, text, style);
    if (!*text)
        return box;
    const WmPlacedText placed = {{box.x, at.y}, at.x, anchor, text, style};
    self->surface->ops->text(self->surface, self->typeset, &placed);
    const WmTextBox drawn = {box, g_strdup(text)};
    g_array_append_val(self->texts, drawn);
    return box;
}

void wm_canvas_clip(WmCanvas *self, WmRect rect)
{
    self->surface->ops->clip(self->surface, rect);
}

void wm_canvas_unclip(WmCanvas *self)
{
    self->surface->ops->unclip(self->surface);
}

const WmTextBox *wm_canvas_texts(const WmCanvas *self, size_t *n)
{
    *n = self->texts->len;
    return (const WmTextBox *)(const void *)self->texts->data;
}

bool wm_rect_overlaps(WmRect a, WmRect b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool wm_rect_contains(WmRect outer, WmRect inner)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width &&
           inner.y + inner.height <= outer.y + outer.height;
}

WmRect wm_rect_grow(WmRect rect, double margin)
{
    return (WmRect){rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin};
}
