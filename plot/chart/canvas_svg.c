/* The canvas as SVG: real text, presentation attributes (no style sheet, so that a page's content policy and its other charts are
 * left alone), shapes of one look gathered in one group. Coordinates are whole tenths of a pixel, written relative within a path.
 */
#include "plot/chart/canvas_backend.h"

#include <math.h>
#include <string.h>

#define FONT_FAMILY "Arial, Helvetica, 'Liberation Sans', Arimo, sans-serif"

typedef struct {
    WmSurface base;
    GString *out;
    GString *look;     /* attributes of the pending shapes */
    GString *pending;  /* shapes that share a look and are not in `out` yet */
    size_t tag_length; /* of the first of them, "<" included */
    size_t n_pending;
    bool ends_in_path; /* whether the last of them is a path that may be continued */
    GString *scratch;
    char *prefix;
    size_t n_clips;
} SvgSurface;

static const char *const DASHES[WM_N_DASHES] = {
    [WM_DASH_DASHED] = "6 4",
    [WM_DASH_DOTTED] = "1.5 3",
    [WM_DASH_FINE] = "3 2.5",
};

/* What lies far off the page may lie a little less far, as long as no coordinate overflows. */
#define FARTHEST_PX 1e6

/* Whole tenths: sums of them are exact, and zero has no sign. */
static long tenths(double value)
{
    return lround(10 * fmax(fmin(value, FARTHEST_PX), -FARTHEST_PX));
}

static void append_tenths(GString *out, long value)
{
    const long size = labs(value);
    if (value < 0)
        g_string_append_c(out, '-');
    if (size >= 10 || size == 0)
        g_string_append_printf(out, "%ld", size / 10);
    if (size % 10)
        g_string_append_printf(out, ".%ld", size % 10);
}

static void append_attribute(GString *out, const char *name, double value)
{
    g_string_append_printf(out, " %s=\"", name);
    append_tenths(out, tenths(value));
    g_string_append_c(out, '"');
}

static void append_hundredths(GString *out, const char *name, double value)
{
    const long hundredths = lround(value * 100);
    if (hundredths % 10 == 0)
        append_attribute(out, name, value);
    else
        g_string_append_printf(out, " %s=\"%ld.%02ld\"", name, hundredths / 100, hundredths % 100);
}

static void append_colour(GString *out, const char *name, WmColour colour)
{
    g_string_append_printf(out, " %s=\"#%06x\"", name, colour.rgb);
    if (colour.opacity < 1) {
        g_autofree char *opacity = g_strconcat(name, "-opacity", NULL);
        append_hundredths(out, opacity, colour.opacity);
    }
}

/* Text for XML: valid UTF-8, escaped, without the control characters that XML forbids. */
static void append_text(GString *out, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (char *p = valid; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    g_autofree char *escaped = g_markup_escape_text(valid, -1);
    g_string_append(out, escaped);
}

/* Write the pending shapes: one carries its look itself, more share a group. */
static void flush(SvgSurface *self)
{
    if (self->n_pending == 1) {
        g_string_append_len(self->out, self->pending->str, (gssize)self->tag_length);
        g_string_append_len(self->out, self->look->str, (gssize)self->look->len);
        g_string_append(self->out, self->pending->str + self->tag_length);
        g_string_append_c(self->out, '\n');
    } else if (self->n_pending > 1) {
        g_string_append_printf(self->out, "<g%s>%s</g>\n", self->look->str, self->pending->str);
    }
    g_string_truncate(self->pending, 0);
    self->n_pending = 0;
    self->ends_in_path = false;
}

/* Begin a shape whose look is in `scratch`, and give where to write the rest of it. */
static GString *begin_shape(SvgSurface *self, const char *tag)
{
    if (!g_string_equal(self->scratch, self->look)) {
        flush(self);
        g_string_assign(self->look, self->scratch->str);
    }
    if (self->n_pending == 0)
        self->tag_length = strlen(tag) + 1;
    self->n_pending++;
    self->ends_in_path = false;
    g_string_append_c(self->pending, '<');
    g_string_append(self->pending, tag);
    return self->pending;
}

static void set_look(SvgSurface *self, const WmPaint *paint)
{
    GString *look = self->scratch;
    g_string_truncate(look, 0);
    if (paint->fill.opacity > 0)
        append_colour(look, "fill", paint->fill);
    else
        g_string_append(look, " fill=\"none\"");
    if (paint->stroke.opacity <= 0 || paint->width_px <= 0)
        return;
    append_colour(look, "stroke", paint->stroke);
    append_hundredths(look, "stroke-width", paint->width_px);
    g_string_append(look, " stroke-linejoin=\"round\"");
    if (DASHES[paint->dash])
        g_string_append_printf(look, " stroke-dasharray=\"%s\"", DASHES[paint->dash]);
    else
        g_string_append(look, " stroke-linecap=\"round\"");
}

static void append_pair(GString *d, char command, long x, long y)
{
    g_string_append_c(d, command);
    append_tenths(d, x);
    if (y >= 0)
        g_string_append_c(d, ' ');
    append_tenths(d, y);
}

static void append_path(GString *d, const WmPoint *points, size_t n_points, bool is_closed)
{
    long x = tenths(points[0].x), y = tenths(points[0].y);
    append_pair(d, 'M', x, y);
    for (size_t i = 1; i < n_points; i++) {
        const long next_x = tenths(points[i].x), next_y = tenths(points[i].y);
        if (next_x == x && next_y == y && n_points > 2)
            continue;
        append_pair(d, 'l', next_x - x, next_y - y);
        x = next_x;
        y = next_y;
    }
    if (is_closed)
        g_string_append_c(d, 'z');
}

static void draw_path(WmSurface *base, const WmPoint *points, size_t n_points, bool is_closed, const WmPaint *paint)
{
    SvgSurface *self = (SvgSurface *)base;
    /* Open opaque lines of one look may cross each other unseen, so they share one element. */
    const bool may_join = !is_closed && paint->fill.opacity <= 0 && paint->stroke.opacity >= 1;
    set_look(self, paint);
    if (may_join && self->ends_in_path && g_string_equal(self->scratch, self->look)) {
        g_string_truncate(self->pending, self->pending->len - strlen("\"/>"));
    } else {
        begin_shape(self, "path");
        g_string_append(self->pending, " d=\"");
    }
    append_path(self->pending, points, n_points, is_closed);
    g_string_append(self->pending, "\"/>");
    self->ends_in_path = may_join;
}

static void draw_circle(WmSurface *base, WmPoint centre, double radius, const WmPaint *paint)
{
    SvgSurface *self = (SvgSurface *)base;
    set_look(self, paint);
    GString *out = begin_shape(self, "circle");
    append_attribute(out, "cx", centre.x);
    append_attribute(out, "cy", centre.y);
    append_attribute(out, "r", radius);
    g_string_append(out, "/>");
}

static void append_rect(GString *out, WmRect rect)
{
    append_attribute(out, "x", rect.x);
    append_attribute(out, "y", rect.y);
    append_attribute(out, "width", rect.width);
    append_attribute(out, "height", rect.height);
}

static void draw_rect(WmSurface *base, WmRect rect, double radius, const WmPaint *paint)
{
    SvgSurface *self = (SvgSurface *)base;
    set_look(self, paint);
    GString *out = begin_shape(self, "rect");
    append_rect(out, rect);
    if (radius > 0)
        append_attribute(out, "rx", MIN(radius, MIN(rect.width, rect.height) / 2));
    g_string_append(out, "/>");
}

static void draw_text(WmSurface *base, WmTypeset *typeset, const WmPlacedText *placed)
{
    static const char *const ANCHORS[WM_N_ANCHORS] = {
        [WM_ANCHOR_START] = "", [WM_ANCHOR_MIDDLE] = " text-anchor=\"middle\"", [WM_ANCHOR_END] = " text-anchor=\"end\""};
    SvgSurface *self = (SvgSurface *)base;
    (void)typeset;
    const WmTextStyle *style = placed->style;
    g_string_truncate(self->scratch, 0);
    append_attribute(self->scratch, "font-size", style->size_px);
    if (style->is_bold)
        g_string_append(self->scratch, " font-weight=\"bold\"");
    append_colour(self->scratch, "fill", style->colour);
    if (style->halo.opacity > 0) {
        append_colour(self->scratch, "stroke", style->halo);
        append_attribute(self->scratch, "stroke-width", style->size_px / 4);
        g_string_append(self->scratch, " stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
    GString *out = begin_shape(self, "text");
    append_attribute(out, "x", placed->anchor_x);
    append_attribute(out, "y", placed->start.y);
    g_string_append(out, ANCHORS[placed->anchor]);
    g_string_append_c(out, '>');
    append_text(out, placed->text);
    g_string_append(out, "</text>");
}

static void clip(WmSurface *base, WmRect rect)
{
    SvgSurface *self = (SvgSurface *)base;
    flush(self);
    self->n_clips++;
    g_string_append_printf(self->out, "<clipPath id=\"%s-clip%zu\"><rect", self->prefix, self->n_clips);
    append_rect(self->out, rect);
    g_string_append_printf(self->out, "/></clipPath><g clip-path=\"url(#%s-clip%zu)\">\n", self->prefix, self->n_clips);
}

static void unclip(WmSurface *base)
{
    SvgSurface *self = (SvgSurface *)base;
    flush(self);
    g_string_append(self->out, "</g>\n");
}

static GBytes *finish(WmSurface *base, GError **error)
{
    SvgSurface *self = (SvgSurface *)base;
    (void)error;
    flush(self);
    g_string_append(self->out, "</svg>\n");
    return g_string_free_to_bytes(g_steal_pointer(&self->out));
}

static void surface_free(WmSurface *base)
{
    SvgSurface *self = (SvgSurface *)base;
    GString *const strings[] = {self->out, self->look, self->pending, self->scratch};
    for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
        if (strings[i])
            g_string_free(strings[i], TRUE);
    g_free(self->prefix);
    g_free(self);
}

static const WmSurfaceOps SVG_OPS = {draw_path, draw_circle, draw_rect, draw_text, clip, unclip, finish, surface_free};

/* A prefix as an XML name: a space in it would end the list of aria-labelledby. */
static char *id_prefix(const char *wanted)
{
    char *prefix = g_strdup(wanted && g_ascii_isalpha(*wanted) ? wanted : "wm");
    return g_strcanon(prefix, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.", '-');
}

static void append_head(SvgSurface *self, const WmPage *page)
{
    g_string_append_printf(
        self->out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
        "aria-labelledby=\"%s-title %s-desc\" font-family=\"" FONT_FAMILY "\">\n",
        page->width_px, page->height_px, page->width_px, page->height_px, self->prefix, self->prefix);
    g_string_append_printf(self->out, "<title id=\"%s-title\">", self->prefix);
    append_text(self->out, page->title);
    g_string_append_printf(self->out, "</title>\n<desc id=\"%s-desc\">", self->prefix);
    append_text(self->out, page->description);
    g_string_append(self->out, "</desc>\n");
}

WmSurface *wm_surface_svg_new(const WmPage *page)
{
    SvgSurface *self = g_new0(SvgSurface, 1);
    self->base.ops = &SVG_OPS;
    self->out = g_string_sized_new(16 * 1024);
    self->look = g_string_new(NULL);
    self->pending = g_string_new(NULL);
    self->scratch = g_string_new(NULL);
    self->prefix = id_prefix(page->id_prefix);
    append_head(self, page);
    return &self->base;
}
