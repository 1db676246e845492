/* Type on paper: running text set by Pango, drawn line by line so that a page may end between two lines. */
#include "plot/report/pdf_page.h"

#include "plot/chart/text.h"
#include "plot/report/status_look.h"

#include <string.h>

#define LEADING     1.15
#define SMALL       0.85 /* size of small runs, as a share of the type's */
#define LINKS       "waymark-links"
#define PLACEHOLDER "\xEF\xBF\xBC" /* U+FFFC, where a shape stands */

typedef struct {
    int start, end; /* bytes */
    const char *target;
} LinkRange;

static void set_rgb(cairo_t *cr, uint32_t rgb)
{
    cairo_set_source_rgb(cr, (rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0);
}

void wm_paper_shape(cairo_t *cr, WmRag rag, double x, double y, double size)
{
    const WmStatusLook *look = wm_status_look(rag);
    const WmShape *shape = &look->shape;
    cairo_new_path(cr);
    if (shape->n_points == 0)
        cairo_arc(cr, x + size / 2, y + size / 2, size * (shape->is_hollow ? 0.4 : 0.5), 0, 2 * G_PI);
    for (size_t i = 0; i < shape->n_points; i++)
        cairo_line_to(cr, x + shape->x[i] * size, y + shape->y[i] * size);
    cairo_close_path(cr);
    set_rgb(cr, look->ink_rgb);
    cairo_set_line_width(cr, size * 0.17);
    if (shape->is_hollow)
        cairo_stroke(cr);
    else
        cairo_fill(cr);
}

/* Pango calls this where a placeholder stands; the current point is at the left of the baseline. */
static void draw_placeholder(cairo_t *cr, PangoAttrShape *attribute, gboolean do_path, gpointer unused)
{
    (void)unused;
    double x, y;
    if (do_path)
        return;
    cairo_get_current_point(cr, &x, &y);
    const double height = -(double)attribute->ink_rect.y / PANGO_SCALE;
    wm_paper_shape(cr, (WmRag)GPOINTER_TO_INT(attribute->data), x, y - height, height);
}

PangoContext *wm_paper_context(void)
{
    PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_cairo_context_set_shape_renderer(context, draw_placeholder, NULL, NULL);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en-GB"));
    return context;
}

static void attribute(PangoAttrList *list, PangoAttribute *attr, size_t start, size_t end)
{
    attr->start_index = (guint)start;
    attr->end_index = (guint)end;
    pango_attr_list_insert(list, attr);
}

static PangoAttribute *colour(uint32_t rgb)
{
    return pango_attr_foreground_new((guint16)((rgb >> 16 & 0xFF) * 257), (guint16)((rgb >> 8 & 0xFF) * 257),
                                     (guint16)((rgb & 0xFF) * 257));
}

static PangoAttribute *placeholder(WmRag rag, double size_pt)
{
    const int height = (int)(size_pt * 0.72 * PANGO_SCALE);
    const PangoRectangle box = {0, -height, height, height};
    return pango_attr_shape_new_with_data(&box, &box, GINT_TO_POINTER((int)rag), NULL, NULL);
}

static void append_status(GString *text, PangoAttrList *list, WmVerdict status, const WmType *type)
{
    g_autofree char *words = wm_verdict_words(status);
    const size_t start = text->len;
    g_string_append(text, PLACEHOLDER);
    attribute(list, placeholder(status.status, type->size_pt), start, text->len);
    g_string_append(text, "\xC2\xA0"); /* the shape stays with its word */
    g_string_append(text, words);
    attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), start, text->len);
    attribute(list, colour(wm_status_look(status.status)->ink_rgb), start, text->len);
}

static void append_run(GString *text, PangoAttrList *list, GArray *links, const WmRun *run, const WmType *type)
{
    const size_t start = text->len;
    g_string_append(text, run->text);
    switch (run->kind) {
    case WM_RUN_PLAIN:
    case WM_RUN_FILE:
        break;
    case WM_RUN_STRONG:
        attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), start, text->len);
        break;
    case WM_RUN_SMALL:
        attribute(list, pango_attr_size_new_absolute((int)(type->size_pt * SMALL * PANGO_SCALE)), start, text->len);
        attribute(list, pango_attr_weight_new(PANGO_WEIGHT_NORMAL), start, text->len);
        attribute(list, colour(WM_INK_SOFT), start, text->len);
        break;
    case WM_RUN_LINK:
        attribute(list, colour(WM_INK_LINK), start, text->len);
        g_array_append_val(links, ((LinkRange){(int)start, (int)text->len, run->target}));
        break;
    case WM_RUN_STATUS:
        append_status(text, list, run->status, type);
        break;
    case WM_RUN_BREAK:
        g_string_append_c(text, '\n');
        break;
    }
}

static PangoLayout *set_plain(const WmPaper *self, const char *text, const WmType *type, double width)
{
    PangoLayout *layout = pango_layout_new(self->context);
    PangoFontDescription *face = pango_font_description_new();
    pango_font_description_set_family_static(face, WM_FONT);
    pango_font_description_set_weight(face, type->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(face, type->size_pt * PANGO_SCALE);
    pango_layout_set_font_description(layout, face);
    pango_font_description_free(face);
    pango_layout_set_line_spacing(layout, (float)(type->leading > 0 ? type->leading : LEADING));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, type->align == WM_ALIGN_END ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    return layout;
}

PangoLayout *wm_paper_set_text(const WmPaper *self, const char *text, const WmType *type, double width)
{
    PangoLayout *layout = set_plain(self, text, type, width);
    PangoAttrList *list = pango_attr_list_new();
    attribute(list, colour(type->rgb), 0, G_MAXUINT);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    return layout;
}

PangoLayout *wm_paper_set_prose(const WmPaper *self, const WmProse *prose, const WmType *type, double width)
{
    g_autoptr(GString) text = g_string_new(NULL);
    PangoAttrList *list = pango_attr_list_new();
    GArray *links = g_array_new(FALSE, FALSE, sizeof(LinkRange));
    attribute(list, colour(type->rgb), 0, G_MAXUINT);
    for (guint i = 0; i < prose->runs->len; i++)
        append_run(text, list, links, &g_array_index(prose->runs, WmRun, i), type);

    PangoLayout *layout = set_plain(self, text->str, type, width);
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
    g_object_set_data_full(G_OBJECT(layout), LINKS, links, (GDestroyNotify)g_array_unref);
    return layout;
}

double wm_layout_height(PangoLayout *layout)
{
    int height;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double wm_layout_width(PangoLayout *layout)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

/* Top of line `i` and, past the last, the bottom of the layout; in points. */
static double line_top(PangoLayout *layout, int i)
{
    if (i >= pango_layout_get_line_count(layout))
        return wm_layout_height(layout);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    while (i-- > 0)
        pango_layout_iter_next_line(iter);
    int top;
    pango_layout_iter_get_line_yrange(iter, &top, NULL);
    pango_layout_iter_free(iter);
    return (double)top / PANGO_SCALE;
}

double wm_layout_lines_height(PangoLayout *layout, int from, int to)
{
    return line_top(layout, to) - line_top(layout, from);
}

int wm_layout_lines_within(PangoLayout *layout, int from, double height)
{
    const int n_lines = pango_layout_get_line_count(layout);
    int to = from;
    while (to < n_lines && wm_layout_lines_height(layout, from, to + 1) <= height + 0.01)
        to++;
    return to - from;
}

/* The part of each link that stands in this line. */
static void link_line(WmPaper *self, PangoLayout *layout, PangoLayoutLine *line, double x, double y, double height)
{
    const GArray *links = g_object_get_data(G_OBJECT(layout), LINKS);
    for (guint i = 0; links && i < links->len; i++) {
        const LinkRange *link = &g_array_index(links, LinkRange, i);
        const int start = MAX(link->start, line->start_index), end = MIN(link->end, line->start_index + line->length);
        int left, right;
        if (start >= end)
            continue;
        pango_layout_line_index_to_x(line, start, FALSE, &left);
        pango_layout_line_index_to_x(line, end, FALSE, &right);
        wm_paper_link(self, x + (double)left / PANGO_SCALE, y, (double)(right - left) / PANGO_SCALE, height, link->target);
    }
}

void wm_paper_draw_lines(WmPaper *self, PangoLayout *layout, int from, int to, double x, double y)
{
    if (wm_paper_is_rehearsal(self))
        return;
    const double shift = y - line_top(layout, from);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    for (int i = 0; i < to; i++, pango_layout_iter_next_line(iter)) {
        if (i < from)
            continue;
        PangoRectangle logical;
        int top, bottom;
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        const double left = x + (double)logical.x / PANGO_SCALE;
        cairo_move_to(self->cr, left, shift + (double)pango_layout_iter_get_baseline(iter) / PANGO_SCALE);
        pango_cairo_show_layout_line(self->cr, line);
        link_line(self, layout, line, left, shift + (double)top / PANGO_SCALE, (double)(bottom - top) / PANGO_SCALE);
    }
    cairo_new_path(self->cr);
    pango_layout_iter_free(iter);
}

void wm_paper_draw_layout(WmPaper *self, PangoLayout *layout, double x, double y)
{
    wm_paper_draw_lines(self, layout, 0, pango_layout_get_line_count(layout), x, y);
}

void wm_paper_draw_text(WmPaper *self, const char *text, const WmType *type, double x, double y, double width)
{
    g_autoptr(PangoLayout) layout = wm_paper_set_text(self, text, type, width);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    wm_paper_draw_lines(self, layout, 0, 1, x, y);
}
