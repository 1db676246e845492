/* plot/chart/text.h: text set in Liberation Sans, measured by Pango.
 *
 * Liberation Sans has the widths of Arial and Helvetica, so that an SVG read where only those exist keeps its layout. Hinting is
 * off: a text is as wide at any scale and in every format.
 */
#ifndef WM_PLOT_TEXT_H
#define WM_PLOT_TEXT_H

#include <pango/pango.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

#define WM_FONT "Liberation Sans"

/** 0xRRGGBB, and how opaque it is: 0 (nothing at all) to 1. */
typedef struct {
    uint32_t rgb;
    double opacity;
} WmColour;

typedef struct {
    double size_px;
    bool is_bold;
    WmColour colour;
    WmColour halo; /* drawn around the letters, so that they read over lines; opacity 0 for none */
} WmTextStyle;

typedef struct {
    double x, y;
} WmGlyphPlace;

/** Sets text: one Pango context and layout. One thread at a time. */
typedef struct WmTypeset WmTypeset;

WmTypeset *wm_typeset_new(void);
void wm_typeset_free(WmTypeset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmTypeset, wm_typeset_free)

/** Width of one line, in pixels; 0 for "". */
double wm_text_width(WmTypeset *self, const char *text, const WmTextStyle *style);

/** A text's glyphs in one face at WM_SHAPE_PX, unhinted: at another size everything grows in proportion. */
typedef struct {
    double width_px;
    bool is_simple;       /* every glyph is of Liberation Sans itself; else Pango must draw it */
    size_t n_glyphs;      /* 0 unless simple */
    unsigned *glyphs;     /* indices in the face */
    WmGlyphPlace *places; /* of each, from the start of the baseline */
} WmTextShape;

#define WM_SHAPE_PX 100.0

/** Shape a text, or remember how: shaping is what laying out a chart would spend its time on. Borrowed until the next call. */
const WmTextShape *wm_text_shape(WmTypeset *self, const char *text, bool is_bold);

/** The face that simple shapes are of. A cairo_font_face_t, borrowed. */
void *wm_text_face(WmTypeset *self, bool is_bold);

/** The first line of `text` set in `style`. Borrowed until the next call. */
PangoLayoutLine *wm_text_line(WmTypeset *self, const char *text, const WmTextStyle *style);

/** Keep `text`, whose line wm_text_line has just set, for wm_chart_unknown_letters where letters of it are in no font. */
void wm_text_note_unknown(WmTypeset *self, const char *text);

/** `text` cut with "…" to fit `max_px`; whole when it fits, "" when not even one letter does. New. */
char *wm_text_shorten(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px);

/** Whether `text` fits on max_lines lines of max_px without being cut. */
bool wm_text_fits(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px, size_t max_lines);

/** `text` broken at spaces into at most max_lines lines; the last is cut with "…" when more is left. New, NULL-terminated. */
GStrv wm_text_wrap(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px, size_t max_lines);

/** The same, with lines of like length: a title does not leave one word alone on its last line. New, NULL-terminated. */
GStrv wm_text_wrap_evenly(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px, size_t max_lines);

/** What letters cover above and below the baseline, as a share of size_px: accents and descenders, not the line's leading. */
#define WM_TEXT_ABOVE 0.76
#define WM_TEXT_BELOW 0.22

G_END_DECLS
#endif
