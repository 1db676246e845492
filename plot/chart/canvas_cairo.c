/* The canvas on Cairo: an image that becomes a PNG, or a PDF page. */
#include "plot/chart/canvas_backend.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>

#define PT_A_PX 0.75

typedef struct {
    WmSurface base;
    cairo_surface_t *image;
    cairo_t *cr;
    GByteArray *written; /* PDF only */
    double scale;        /* PNG only, and the rest */
    GArray *glyphs;      /* cairo_glyph_t: room that is used again */
} CairoSurface;

static void set_colour(cairo_t *cr, WmColour colour)
{
    cairo_set_source_rgba(cr, (colour.rgb >> 16 & 0xFF) / 255.0, (colour.rgb >> 8 & 0xFF) / 255.0, (colour.rgb & 0xFF) / 255.0,
                          colour.opacity);
}

typedef struct {
    double lengths[2];
    int n;
    cairo_line_cap_t cap;
} DashPattern;

/* In widths of a line of 1.5 px; the same in canvas_svg.c. */
static const DashPattern DASHES[WM_N_DASHES] = {
    [WM_DASH_SOLID] = {{0, 0}, 0, CAIRO_LINE_CAP_ROUND},
    [WM_DASH_DASHED] = {{6, 4}, 2, CAIRO_LINE_CAP_BUTT},
    [WM_DASH_DOTTED] = {{1.5, 3}, 2, CAIRO_LINE_CAP_BUTT},
    [WM_DASH_FINE] = {{3, 2.5}, 2, CAIRO_LINE_CAP_BUTT},
};

/* Fill and stroke the current path. */
static void paint_path(cairo_t *cr, const WmPaint *paint)
{
    if (paint->fill.opacity > 0) {
        set_colour(cr, paint->fill);
        cairo_fill_preserve(cr);
    }
    if (paint->stroke.opacity > 0 && paint->width_px > 0) {
        const DashPattern *dash = &DASHES[paint->dash];
        set_colour(cr, paint->stroke);
        cairo_set_line_width(cr, paint->width_px);
        cairo_set_dash(cr, dash->lengths, dash->n, 0);
        cairo_set_line_cap(cr, dash->cap);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke_preserve(cr);
    }
    cairo_new_path(cr);
}

static bool is_opaque_line(const WmPaint *paint)
{
    return paint->stroke.opacity >= 1 && paint->width_px > 0 && paint->dash == WM_DASH_SOLID;
}

/* A level or upright line is a rectangle, which Cairo fills without looking for its outline. */
static bool draw_straight(cairo_t *cr, WmPoint from, WmPoint to, const WmPaint *paint)
{
    if (!is_opaque_line(paint) || (from.x != to.x && from.y != to.y))
        return false;
    const double half = paint->width_px / 2;
    const double left = fmin(from.x, to.x), top = fmin(from.y, to.y), width = fabs(to.x - from.x), height = fabs(to.y - from.y);
    set_colour(cr, paint->stroke);
    cairo_rectangle(cr, left - half, top - half, width + paint->width_px, height + paint->width_px);
    cairo_fill(cr);
    return true;
}

static void draw_path(WmSurface *base, const WmPoint *points, size_t n_points, bool is_closed, const WmPaint *paint)
{
    cairo_t *cr = ((CairoSurface *)base)->cr;
    if (n_points == 2 && draw_straight(cr, points[0], points[1], paint))
        return;
    cairo_move_to(cr, points[0].x, points[0].y);
    for (size_t i = 1; i < n_points; i++)
        cairo_line_to(cr, points[i].x, points[i].y);
    if (is_closed)
        cairo_close_path(cr);
    paint_path(cr, paint);
}

static void fill_disc(cairo_t *cr, WmPoint centre, double radius, WmColour colour)
{
    set_colour(cr, colour);
    cairo_arc(cr, centre.x, centre.y, radius, 0, 2 * G_PI);
    cairo_fill(cr);
}

/* An edge all around a disc is a disc beneath it: filling two costs a third of stroking one. */
static void draw_circle(WmSurface *base, WmPoint centre, double radius, const WmPaint *paint)
{
    cairo_t *cr = ((CairoSurface *)base)->cr;
    if (paint->fill.opacity >= 1 && is_opaque_line(paint)) {
        fill_disc(cr, centre, radius + paint->width_px / 2, paint->stroke);
        fill_disc(cr, centre, fmax(radius - paint->width_px / 2, 0), paint->fill);
        return;
    }
    cairo_arc(cr, centre.x, centre.y, radius, 0, 2 * G_PI);
    cairo_close_path(cr);
    paint_path(cr, paint);
}

static void draw_rect(WmSurface *base, WmRect rect, double radius, const WmPaint *paint)
{
    cairo_t *cr = ((CairoSurface *)base)->cr;
    const double r = MIN(radius, MIN(rect.width, rect.height) / 2);
    if (r <= 0) {
        cairo_rectangle(cr, rect.x, rect.y, rect.width, rect.height);
    } else {
        const double right = rect.x + rect.width - r, bottom = rect.y + rect.height - r;
        cairo_arc(cr, right, rect.y + r, r, -G_PI_2, 0);
        cairo_arc(cr, right, bottom, r, 0, G_PI_2);
        cairo_arc(cr, rect.x + r, bottom, r, G_PI_2, G_PI);
        cairo_arc(cr, rect.x + r, rect.y + r, r, G_PI, 3 * G_PI_2);
        cairo_close_path(cr);
    }
    paint_path(cr, paint);
}

#define HALO_WIDTH 0.25 /* of the text's size: of the stroke around its outline */
#define HALO_STEP  0.1  /* likewise: what an outline's pieces are no shorter than */
#define HALO_FLAT  0.05 /* likewise: how far a piece may leave the curve that it stands for */

/* The current path in few straight pieces. A stroke many times as broad looks the same, and its numbers were most of a page. */
static void coarsen_outline(cairo_t *cr, double size_px)
{
    double x = 1, y = 0, last_x = 0, last_y = 0;
    cairo_user_to_device_distance(cr, &x, &y);
    const double tolerance = cairo_get_tolerance(cr), step = HALO_STEP * size_px;
    cairo_set_tolerance(cr, fmax(HALO_FLAT * size_px * hypot(x, y), tolerance));
    cairo_path_t *path = cairo_copy_path_flat(cr);
    cairo_set_tolerance(cr, tolerance);
    cairo_new_path(cr);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_type_t type = path->data[i].header.type;
        if (type == CAIRO_PATH_CLOSE_PATH) {
            cairo_close_path(cr);
            continue;
        }
        x = path->data[i + 1].point.x;
        y = path->data[i + 1].point.y;
        if (type == CAIRO_PATH_LINE_TO && hypot(x - last_x, y - last_y) < step)
            continue;
        (type == CAIRO_PATH_MOVE_TO ? cairo_move_to : cairo_line_to)(cr, x, y);
        last_x = x;
        last_y = y;
    }
    cairo_path_destroy(path);
}

static void draw_text(WmSurface *base, WmTypeset *typeset, const WmPlacedText *placed)
{
    const WmTextStyle *style = placed->style;
    cairo_t *cr = ((CairoSurface *)base)->cr;
    PangoLayoutLine *line = wm_text_line(typeset, placed->text, style);
    wm_text_note_unknown(typeset, placed->text);
    if (style->halo.opacity > 0) {
        cairo_move_to(cr, placed->start.x, placed->start.y);
        pango_cairo_layout_line_path(cr, line);
        coarsen_outline(cr, style->size_px);
        paint_path(cr, &(WmPaint){.stroke = style->halo, .width_px = style->size_px * HALO_WIDTH});
    }
    set_colour(cr, style->colour);
    cairo_move_to(cr, placed->start.x, placed->start.y);
    pango_cairo_show_layout_line(cr, line);
    cairo_new_path(cr);
}

/* ---- text of an image: its glyphs alone ---- */

/* Directions in which glyphs are drawn again for a halo, on a circle of radius 1. */
static const WmPoint AROUND[] = {{1, 0}, {0.7, 0.7}, {0, 1}, {-0.7, 0.7}, {-1, 0}, {-0.7, -0.7}, {0, -1}, {0.7, -0.7}};
#define HALO_SHARE  (HALO_WIDTH / 2) /* of the text's size */
#define WIDEST_RING 3.5              /* device pixels that glyphs' own stems still fill */

static void append_glyphs(GArray *glyphs, const WmTextShape *shape, WmPoint start, double share)
{
    for (size_t i = 0; i < shape->n_glyphs; i++) {
        const cairo_glyph_t glyph = {shape->glyphs[i], start.x + shape->places[i].x * share, start.y + shape->places[i].y * share};
        g_array_append_val(glyphs, glyph);
    }
}

static void show_glyphs(cairo_t *cr, GArray *glyphs, WmColour colour)
{
    set_colour(cr, colour);
    cairo_show_glyphs(cr, (const cairo_glyph_t *)(void *)glyphs->data, (int)glyphs->len);
    g_array_set_size(glyphs, 0);
}

/* Eight copies around the text, which the glyph cache makes cheap, in place of a stroke around its outline. */
static void draw_glyph_halo(CairoSurface *self, const WmTextShape *shape, const WmPlacedText *placed)
{
    const WmTextStyle *style = placed->style;
    const double radius = style->size_px * HALO_SHARE;
    const int n_rings = (int)ceil(radius * self->scale / WIDEST_RING);
    for (int ring = n_rings; ring > 0; ring--)
        for (size_t i = 0; i < G_N_ELEMENTS(AROUND); i++) {
            const double r = radius * ring / n_rings;
            append_glyphs(self->glyphs, shape, (WmPoint){placed->start.x + AROUND[i].x * r, placed->start.y + AROUND[i].y * r},
                          style->size_px / WM_SHAPE_PX);
        }
    show_glyphs(self->cr, self->glyphs, style->halo);
}

static void draw_glyphs(WmSurface *base, WmTypeset *typeset, const WmPlacedText *placed)
{
    CairoSurface *self = (CairoSurface *)base;
    const WmTextStyle *style = placed->style;
    const WmTextShape *shape = wm_text_shape(typeset, placed->text, style->is_bold);
    if (!shape->is_simple) {
        draw_text(base, typeset, placed);
        return;
    }
    cairo_set_font_face(self->cr, wm_text_face(typeset, style->is_bold));
    cairo_set_font_size(self->cr, style->size_px);
    if (style->halo.opacity > 0)
        draw_glyph_halo(self, shape, placed);
    append_glyphs(self->glyphs, shape, placed->start, style->size_px / WM_SHAPE_PX);
    show_glyphs(self->cr, self->glyphs, style->colour);
}

static void clip(WmSurface *base, WmRect rect)
{
    cairo_t *cr = ((CairoSurface *)base)->cr;
    cairo_save(cr);
    cairo_rectangle(cr, rect.x, rect.y, rect.width, rect.height);
    cairo_clip(cr);
}

static void unclip(WmSurface *base)
{
    cairo_restore(((CairoSurface *)base)->cr);
}

static bool is_sound(CairoSurface *self, GError **error)
{
    cairo_status_t status = cairo_status(self->cr);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(self->image);
    if (status != CAIRO_STATUS_SUCCESS)
        wm_error_set(error, WM_ERROR_FILE, NULL, "the chart could not be drawn: %s", cairo_status_to_string(status));
    return status == CAIRO_STATUS_SUCCESS;
}

static GBytes *finish_png(WmSurface *base, GError **error)
{
    CairoSurface *self = (CairoSurface *)base;
    cairo_surface_flush(self->image);
    if (!is_sound(self, error))
        return NULL;
    return wm_png_encode(cairo_image_surface_get_data(self->image), (uint32_t)cairo_image_surface_get_width(self->image),
                         (uint32_t)cairo_image_surface_get_height(self->image), (size_t)cairo_image_surface_get_stride(self->image),
                         self->scale, error);
}

static GBytes *finish_pdf(WmSurface *base, GError **error)
{
    CairoSurface *self = (CairoSurface *)base;
    cairo_show_page(self->cr);
    cairo_surface_finish(self->image);
    if (!is_sound(self, error))
        return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&self->written));
}

/* The page belongs to the document around it: there is nothing to end. */
static GBytes *finish_within(WmSurface *base, GError **error)
{
    return is_sound((CairoSurface *)base, error) ? g_bytes_new_static("", 0) : NULL;
}

static void surface_free(WmSurface *base)
{
    CairoSurface *self = (CairoSurface *)base;
    cairo_destroy(self->cr);
    cairo_surface_destroy(self->image);
    g_clear_pointer(&self->written, g_byte_array_unref);
    g_clear_pointer(&self->glyphs, g_array_unref);
    g_free(self);
}

static const WmSurfaceOps PNG_OPS = {draw_path, draw_circle, draw_rect, draw_glyphs, clip, unclip, finish_png, surface_free};
static const WmSurfaceOps PDF_OPS = {draw_path, draw_circle, draw_rect, draw_text, clip, unclip, finish_pdf, surface_free};
static const WmSurfaceOps WITHIN_OPS = {draw_path, draw_circle, draw_rect, draw_text, clip, unclip, finish_within, surface_free};

/* As Pango has them: no hinting, so that text is as wide at any scale. */
static void set_font_options(cairo_t *cr)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
}

WmSurface *wm_surface_png_new(const WmPage *page)
{
    CairoSurface *self = g_new0(CairoSurface, 1);
    self->base.ops = &PNG_OPS;
    self->scale = page->scale;
    self->image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, MAX(1, (int)(page->width_px * page->scale + 0.5)),
                                             MAX(1, (int)(page->height_px * page->scale + 0.5)));
    self->cr = cairo_create(self->image);
    cairo_scale(self->cr, page->scale, page->scale);
    cairo_set_antialias(self->cr, CAIRO_ANTIALIAS_FAST);
    set_font_options(self->cr);
    self->glyphs = g_array_new(FALSE, FALSE, sizeof(cairo_glyph_t));
    return &self->base;
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/* Cairo would write the time of day into the file: its dates come from the page instead. */
static void set_pdf_metadata(cairo_surface_t *pdf, const WmPage *page)
{
    char day[WM_PERIOD_TEXT];
    wm_day_format_iso(page->day == WM_NO_DAY ? 0 : page->day, day);
    g_autofree char *moment = g_strconcat(day, "T00:00:00Z", NULL);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, page->title);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_SUBJECT, page->description);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Waymark " WM_VERSION);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, moment);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, moment);
}

WmSurface *wm_surface_pdf_new(const WmPage *page)
{
    CairoSurface *self = g_new0(CairoSurface, 1);
    self->base.ops = &PDF_OPS;
    self->written = g_byte_array_new();
    self->image = cairo_pdf_surface_create_for_stream(append, self->written, page->width_px * PT_A_PX, page->height_px * PT_A_PX);
    set_pdf_metadata(self->image, page);
    self->cr = cairo_create(self->image);
    cairo_scale(self->cr, PT_A_PX, PT_A_PX);
    return &self->base;
}

WmSurface *wm_surface_on_cairo_new(void *cairo)
{
    CairoSurface *self = g_new0(CairoSurface, 1);
    self->base.ops = &WITHIN_OPS;
    self->cr = cairo_reference(cairo);
    self->image = cairo_surface_reference(cairo_get_target(cairo));
    return &self->base;
}
