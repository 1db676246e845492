/* plot/chart/canvas.h: what every chart is drawn with: lines, shapes and text on a page.
 *
 * One small interface, three backends: Cairo (PNG, PDF) and an SVG writer of our own with real text. Coordinates are pixels of 1/96
 * inch from the top left; y grows downwards; text stands on its baseline. Drawing never fails half way: the first failure is
 * kept and told by wm_canvas_finish. A canvas is used by one thread at a time and shares nothing with another.
 */
#ifndef WM_PLOT_CANVAS_H
#define WM_PLOT_CANVAS_H

#include <waymark/chart.h>

#include "plot/chart/text.h"

G_BEGIN_DECLS

typedef struct {
    double x, y;
} WmPoint;

typedef struct {
    double x, y, width, height;
} WmRect;

typedef enum { WM_DASH_SOLID, WM_DASH_DASHED, WM_DASH_DOTTED, WM_DASH_FINE, WM_N_DASHES } WmDash;

/** How a shape is painted. All 0: not at all. */
typedef struct {
    WmColour fill;
    WmColour stroke;
    double width_px; /* of the stroke */
    WmDash dash;
} WmPaint;

/** Where a text stands from its x. */
typedef enum { WM_ANCHOR_START, WM_ANCHOR_MIDDLE, WM_ANCHOR_END, WM_N_ANCHORS } WmAnchor;

/** A text as it was drawn, kept so that a test can see that none collides and none is cut. */
typedef struct {
    WmRect box; /* what its letters cover */
    char *text;
} WmTextBox;

typedef struct {
    WmFormat format;
    int width_px, height_px;
    double scale; /* PNG only: device pixels a pixel */
    WmColour background;
    const char *title; /* of the document; copied */
    const char *description;
    const char *id_prefix; /* SVG only */
    WmDay day;             /* of PDF metadata; WM_NO_DAY for 1970-01-01 */
} WmPage;

typedef struct WmCanvas WmCanvas;

/** Begin a page, painted with its background. New. */
WmCanvas *wm_canvas_new(const WmPage *page);

/** Begin a picture on a page of another document: its top left is the origin of `cairo` (a cairo_t, borrowed; scaled so that one
 * unit is one pixel). Of `page`, only size and background count. wm_canvas_finish ends no page and gives empty bytes. New. */
WmCanvas *wm_canvas_new_on_cairo(const WmPage *page, void *cairo);
void wm_canvas_free(WmCanvas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmCanvas, wm_canvas_free)

/** End the page and give the file's bytes, new; NULL with WM_ERROR_FILE when a library below failed. Nothing is drawn after it. */
GBytes *wm_canvas_finish(WmCanvas *self, GError **error);

WmRect wm_canvas_bounds(const WmCanvas *self);

/** What measures text on this canvas. Borrowed. */
WmTypeset *wm_canvas_typeset(const WmCanvas *self);

/** A line through n_points, closed into a shape or not. Fewer than two points draw nothing. */
void wm_canvas_line(WmCanvas *self, const WmPoint *points, size_t n_points, const WmPaint *paint);
void wm_canvas_polygon(WmCanvas *self, const WmPoint *points, size_t n_points, const WmPaint *paint);
void wm_canvas_segment(WmCanvas *self, WmPoint from, WmPoint to, const WmPaint *paint);
void wm_canvas_circle(WmCanvas *self, WmPoint centre, double radius, const WmPaint *paint);

/** A rectangle with corners rounded by `radius`. */
void wm_canvas_rect(WmCanvas *self, WmRect rect, double radius, const WmPaint *paint);

/** One line of text, and what it covers. An empty text draws nothing. */
WmRect wm_canvas_text(WmCanvas *self, WmPoint at, WmAnchor anchor, const char *text, const WmTextStyle *style);

/** What a text would cover. */
WmRect wm_canvas_text_box(const WmCanvas *self, WmPoint at, WmAnchor anchor, const char *text, const WmTextStyle *style);

/** Confine the drawing that follows to a rectangle. Not nested. */
void wm_canvas_clip(WmCanvas *self, WmRect rect);
void wm_canvas_unclip(WmCanvas *self);

/** Every text drawn so far, in order. Borrowed. */
const WmTextBox *wm_canvas_texts(const WmCanvas *self, size_t *n);

bool wm_rect_overlaps(WmRect a, WmRect b);
bool wm_rect_contains(WmRect outer, WmRect inner);

/** A rectangle grown by `margin` on each side (shrunk when negative). */
WmRect wm_rect_grow(WmRect rect, double margin);

G_END_DECLS
#endif
