/* plot/chart/canvas_backend.h: what a backend of the canvas gives. Only canvas.c and the backends read this. */
#ifndef WM_PLOT_CANVAS_BACKEND_H
#define WM_PLOT_CANVAS_BACKEND_H

#include "plot/chart/canvas.h"

G_BEGIN_DECLS

/** A page being drawn by one backend: its table of operations comes first, so that the canvas need not know the rest. */
typedef struct WmSurface WmSurface;

/** A line of text with its place settled: it starts at start.x, and hangs from at.x by its anchor. */
typedef struct {
    WmPoint start;
    double anchor_x;
    WmAnchor anchor;
    const char *text;
    const WmTextStyle *style;
} WmPlacedText;

typedef struct {
    void (*path)(WmSurface *, const WmPoint *points, size_t n_points, bool is_closed, const WmPaint *);
    void (*circle)(WmSurface *, WmPoint centre, double radius, const WmPaint *);
    void (*rect)(WmSurface *, WmRect, double radius, const WmPaint *);
    void (*text)(WmSurface *, WmTypeset *, const WmPlacedText *);
    void (*clip)(WmSurface *, WmRect);
    void (*unclip)(WmSurface *);
    GBytes *(*finish)(WmSurface *, GError **);
    void (*free)(WmSurface *);
} WmSurfaceOps;

struct WmSurface {
    const WmSurfaceOps *ops;
};

WmSurface *wm_surface_png_new(const WmPage *page);
WmSurface *wm_surface_pdf_new(const WmPage *page);
WmSurface *wm_surface_svg_new(const WmPage *page);

/** On a cairo_t of another document, which it references. */
WmSurface *wm_surface_on_cairo_new(void *cairo);

/** A canvas on a surface (taken): one of those above, or another that sees what is drawn. New. */
WmCanvas *wm_canvas_new_on_surface(WmSurface *surface, const WmPage *page);

/** Encode 0xXXRRGGBB pixels, `stride` bytes a row, as an opaque PNG at 96 dpi times `scale`. New; NULL with WM_ERROR_FILE. */
GBytes *wm_png_encode(const unsigned char *pixels, uint32_t width, uint32_t height, size_t stride, double scale, GError **error);

G_END_DECLS
#endif
