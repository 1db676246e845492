/* Text set in Liberation Sans, measured by Pango. */
#include "plot/chart/text.h"

#include <pango/pangocairo.h>
#include <string.h>

struct WmTypeset {
    PangoContext *context;
    PangoLayout *layout;
    PangoFontDescription *faces[2];   /* regular, bold */
    const PangoFontDescription *face; /* the one that the layout has now */
    double size_px;
    GHashTable *widths; /* "b" or "r" and the text -> width (double) at WIDTH_PX: unhinted, it grows with the size */
};

#define WIDTH_PX 100.0

WmTypeset *wm_typeset_new(void)
{
    WmTypeset *self = g_new0(WmTypeset, 1);
    /* The default font map is one a thread, and keeps the fonts it has loaded: a new one would read Fontconfig for each chart. */
    self->context = pango_font_map_create_context(pango_cairo_font_map_get_default());

    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(self->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(self->context, 96);
    pango_context_set_round_glyph_positions(self->context, FALSE);
    pango_context_set_language(self->context, pango_language_from_string("en-GB"));

    for (int i = 0; i < 2; i++) {
        self->faces[i] = pango_font_description_new();
        pango_font_description_set_family_static(self->faces[i], WM_FONT);
        pango_font_description_set_weight(self->faces[i], i ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    }
    self->layout = pango_layout_new(self->context);
    pango_layout_set_single_paragraph_mode(self->layout, TRUE);
    self->widths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return self;
}

void wm_typeset_free(WmTypeset *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->widths);
    g_object_unref(self->layout);
    g_object_unref(self->context);
    for (int i = 0; i < 2; i++)
        pango_font_description_free(self->faces[i]);
    g_free(self);
}

static void set(WmTypeset *self, const char *text, const WmTextStyle *style)
{
    PangoFontDescription *face = self->faces[style->is_bold];
    if (face != self->face || style->size_px != self->size_px) {
        pango_font_description_set_absolute_size(face, style->size_px * PANGO_SCALE);
        pango_layout_set_font_description(self->layout, face);
        self->face = face;
        self->size_px = style->size_px;
    }
    if (g_utf8_validate(text, -1, NULL)) {
        pango_layout_set_text(self->layout, text, -1);
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1); /* Pango would complain to stderr, which is not ours to write to */
    pango_layout_set_text(self->layout, valid, -1);
}

PangoLayoutLine *wm_text_line(WmTypeset *self, const char *text, const WmTextStyle *style)
{
    set(self, text, style);
    return pango_layout_get_line_readonly(self->layout, 0);
}

static double measure(WmTypeset *self, const char *text, bool is_bold)
{
    const WmTextStyle style = {.size_px = WIDTH_PX, .is_bold = is_bold};
    PangoRectangle logical;
    set(self, text, &style);
    pango_layout_get_extents(self->layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

/* Laying out a chart asks for most widths several times, and shaping is what it would spend its time on. */
double wm_text_width(WmTypeset *self, const char *text, const WmTextStyle *style)
{
    if (!*text)
        return 0;
    g_autofree char *key = g_strconcat(style->is_bold ? "b" : "r", text, NULL);
    double *width = g_hash_table_lookup(self->widths, key);
    if (!width) {
        width = g_new(double, 1);
        *width = measure(self, text, style->is_bold);
        g_hash_table_insert(self->widths, g_steal_pointer(&key), width);
    }
    return *width * style->size_px / WIDTH_PX;
}

/* The first n_chars of `text`, without the spaces and marks that would stand before the ellipsis. */
static char *cut(const char *text, long n_chars)
{
    g_autofree char *head = g_utf8_substring(text, 0, n_chars);
    size_t length = strlen(head);
    while (length > 0 && strchr(" ,;:.-(", head[length - 1]))
        length--;
    head[length] = '\0';
    return length ? g_strconcat(head, "…", NULL) : g_strdup("");
}

char *wm_text_shorten(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px)
{
    g_autofree char *whole = g_utf8_make_valid(text, -1);
    if (wm_text_width(self, whole, style) <= max_px)
        return g_steal_pointer(&whole);

    long fits = 0, too_long = g_utf8_strlen(whole, -1);
    while (too_long - fits > 1) {
        const long middle = (fits + too_long) / 2;
        g_autofree char *candidate = cut(whole, middle);
        if (wm_text_width(self, candidate, style) <= max_px)
            fits = middle;
        else
            too_long = middle;
    }
    return cut(whole, fits);
}

/* Take from *rest the words that fit one line; a word longer than the line stands alone. */
static char *take_line(WmTypeset *self, const char **rest, const WmTextStyle *style, double max_px)
{
    const char *start = *rest, *end = start + strcspn(start, " ");
    while (*end) {
        const char *next = end + 1 + strcspn(end + 1, " ");
        g_autofree char *longer = g_strndup(start, (size_t)(next - start));
        if (wm_text_width(self, longer, style) > max_px)
            break;
        end = next;
    }
    *rest = *end ? end + 1 : end;
    return g_strndup(start, (size_t)(end - start));
}

GStrv wm_text_wrap(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px, size_t max_lines)
{
    GStrvBuilder *lines = g_strv_builder_new();
    const char *rest = text;
    for (size_t i = 0; i < max_lines && *rest; i++) {
        g_autofree char *line = i + 1 < max_lines ? take_line(self, &rest, style, max_px) : g_strdup(rest);
        g_autofree char *fitted = wm_text_shorten(self, line, style, max_px);
        g_strv_builder_add(lines, fitted);
    }
    GStrv result = g_strv_builder_end(lines);
    g_strv_builder_unref(lines);
    return result;
}

bool wm_text_fits(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px, size_t max_lines)
{
    const char *rest = text;
    for (size_t i = 0; *rest; i++) {
        if (i == max_lines)
            return false;
        g_autofree char *line = take_line(self, &rest, style, max_px);
        if (wm_text_width(self, line, style) > max_px)
            return false;
    }
    return true;
}

GStrv wm_text_wrap_evenly(WmTypeset *self, const char *text, const WmTextStyle *style, double max_px, size_t max_lines)
{
    double narrow = max_px;
    if (wm_text_width(self, text, style) > max_px)
        while (narrow > max_px / 2 && wm_text_fits(self, text, style, narrow * 0.95, max_lines))
            narrow *= 0.95;
    return wm_text_wrap(self, text, style, narrow, max_lines);
}
