/* plot/chart/labels.h: places labels beside what they name, so that none covers another, leaves the page or hides the data.
 *
 * Each label has a few places it may take, in order of liking. The page is divided into small cells that know how much ink they
 * carry; the place with the least ink, the shortest way and the best liking wins. Other labels are never covered: a label without a
 * free place is not drawn, and its caller is told. So labels are placed in order of importance.
 */
#ifndef WM_PLOT_LABELS_H
#define WM_PLOT_LABELS_H

#include "plot/chart/canvas.h"

G_BEGIN_DECLS

/** How much it matters that a label does not cover something. */
typedef enum {
    WM_INK_FAINT = 2,   /* edges of a band, leader lines */
    WM_INK_LINE = 14,   /* lines of data */
    WM_INK_MARK = 40,   /* readings, milestones */
    WM_INK_NAMED = 120, /* marks that each have a name of their own: another's beside it would be read as that */
} WmInk;

#define WM_LABEL_LINES 3

typedef struct {
    const char *text;
    WmTextStyle style;
} WmLabelLine;

/** Which sides a label likes. */
typedef enum {
    WM_SIDES_AROUND, /* above, below, right, left, then leaning and corners */
    WM_SIDES_ALONG,  /* above or below only, level or leaning: for a line's name */
    WM_SIDES_BESIDE, /* right or left, level with the anchor: where marks stand close above each other */
    WM_SIDES_END,    /* right only, sliding up or down: names at the end of a line */
    WM_SIDES_INSIDE, /* centred on the anchor: names of an area */
    WM_N_SIDES,
} WmSides;

typedef struct {
    WmLabelLine lines[WM_LABEL_LINES];
    size_t n_lines;
    const WmPoint *anchors; /* n_anchors places that the label may name, best first; borrowed */
    size_t n_anchors;
    double clearance; /* from the anchor to the label */
    WmSides sides;
    double reach;    /* how much farther it may go, with a leader line; 0 not at all */
    double patience; /* cost above which it is better not drawn; 0 for no limit */
    WmPaint leader;
} WmLabel;

typedef struct WmLabeller WmLabeller;

/** Labels stay within `bounds`. Borrows the canvas. New. */
WmLabeller *wm_labeller_new(WmCanvas *canvas, WmRect bounds);
void wm_labeller_free(WmLabeller *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmLabeller, wm_labeller_free)

/** Tell what has been drawn. Without a labeller (NULL) nothing is kept: a picture without labels. */
void wm_labeller_add_line(WmLabeller *self, const WmPoint *points, size_t n_points, WmInk ink);
void wm_labeller_add_rect(WmLabeller *self, WmRect rect, WmInk ink);

/** Keep labels off a rectangle altogether. */
void wm_labeller_reserve(WmLabeller *self, WmRect rect);

/** Draw a label at its best place; false when it has none. */
bool wm_labeller_place(WmLabeller *self, const WmLabel *label);

/** Move labels of one column apart, keeping their order: the middles that are nearest to those wanted (least squares) with no label
 * upon another and none beyond the ends of the column.
 *
 * @param middles  n, ascending: wanted in, given out
 * @param heights  n; together at most bottom - top
 */
void wm_labels_spread(double *middles, const double *heights, size_t n, double top, double bottom);

G_END_DECLS
#endif
