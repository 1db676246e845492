/* plot/report/pdf_page.h: A4 paper being filled from top to bottom, and the type set on it.
 *
 * Lengths are points (1/72 inch) from the top left. The document is set twice: a rehearsal that draws nothing and learns on which
 * page each heading falls and how many pages there are, then the real one, which prints them.
 */
#ifndef WM_PLOT_PDF_PAGE_H
#define WM_PLOT_PDF_PAGE_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "plot/report/document.h"

G_BEGIN_DECLS

#define WM_A4_WIDTH    595.28
#define WM_A4_HEIGHT   841.89
#define WM_PAGE_LEFT   48.0
#define WM_PAGE_TOP    62.0
#define WM_PAGE_BOTTOM 786.0 /* of the text; the footer stands below */
#define WM_PAGE_WIDTH  (WM_A4_WIDTH - 2 * WM_PAGE_LEFT)
#define WM_PAGE_HEIGHT (WM_PAGE_BOTTOM - WM_PAGE_TOP)

#define WM_INK       0x17212B
#define WM_INK_SOFT  0x4A5560
#define WM_INK_LINK  0x0B4F9E
#define WM_INK_LINE  0xC9D1D9
#define WM_INK_PANEL 0xF4F6F8

typedef struct {
    const WmDocument *document;
    cairo_surface_t *surface; /* NULL in the rehearsal */
    cairo_t *cr;              /* in the rehearsal, a page that keeps nothing */
    PangoContext *context;
    double y;           /* where the next part begins */
    int page;           /* from 1 */
    int n_pages;        /* 0 in the rehearsal */
    GHashTable *pages;  /* heading's id (borrowed) to the page it falls on */
    GHashTable *widths; /* WmTable (borrowed) to what its columns get, as double: every cell is set to find them */
} WmPaper;

typedef struct {
    double size_pt;
    bool is_bold;
    uint32_t rgb;
    WmAlign align;
    double leading; /* line to line, as a share of the font's own height; 0 for 1.15 */
} WmType;

/** The context in which everything is set: Liberation Sans, unhinted, so that screens and printers agree. New. */
PangoContext *wm_paper_context(void);

bool wm_paper_is_rehearsal(const WmPaper *self);
double wm_paper_room(const WmPaper *self);
bool wm_paper_is_at_top(const WmPaper *self);
void wm_paper_next_page(WmPaper *self);

/** Begin a new page unless `height` fits on this one. What is taller than a page starts where it stands. */
void wm_paper_need(WmPaper *self, double height);

/** The header and footer of the page that is being drawn. */
void wm_paper_put_frame(WmPaper *self);

/** Running text set to `width`; -1 for one line of any width. New: unref it. */
PangoLayout *wm_paper_set_prose(const WmPaper *self, const WmProse *prose, const WmType *type, double width);
PangoLayout *wm_paper_set_text(const WmPaper *self, const char *text, const WmType *type, double width);

double wm_layout_height(PangoLayout *layout);
double wm_layout_width(PangoLayout *layout);

/** Height of the lines from `from` up to, but not with, `to`. */
double wm_layout_lines_height(PangoLayout *layout, int from, int to);

/** How many lines after `from` fit into `height`. */
int wm_layout_lines_within(PangoLayout *layout, int from, double height);

/** Draw those lines with their top at (x, y), and their links. Nothing in the rehearsal. */
void wm_paper_draw_lines(WmPaper *self, PangoLayout *layout, int from, int to, double x, double y);
void wm_paper_draw_layout(WmPaper *self, PangoLayout *layout, double x, double y);

/** One line of text, cut with "…" at `width`. */
void wm_paper_draw_text(WmPaper *self, const char *text, const WmType *type, double x, double y, double width);

void wm_paper_fill(WmPaper *self, double x, double y, double width, double height, uint32_t rgb);

/** A status's shape in a square of `size` whose top left is (x, y). */
void wm_paper_shape(cairo_t *cr, WmRag rag, double x, double y, double size);

/** A place on this page that links and bookmarks of that id lead to. */
void wm_paper_destination(WmPaper *self, double x, double y, const char *id);

/** A link over a rectangle of the page, to the heading of that id. */
void wm_paper_link(WmPaper *self, double x, double y, double width, double height, const char *id);

/** Begin and end a part of the document's structure ("H2", "P", "Table" …), so that a reader's software knows what it is. */
void wm_paper_begin(WmPaper *self, const char *role);
void wm_paper_end(WmPaper *self, const char *role);

/** A block's least height at the foot of a page, its whole height, and its drawing at self->y. */
double wm_paper_table_head(WmPaper *self, const WmTable *table);
void wm_paper_put_table(WmPaper *self, const WmTable *table);

G_END_DECLS
#endif
