/* Text set in Liberation Sans, measured by Pango. */
#include "plot/chart/text.h"

#include <pango/pangocairo.h>
#include <string.h>
#include <waymark/chart.h>

/* What a thread remembers from chart to chart: its font map carries it, as it does the fonts themselves. */
typedef struct {
    GHashTable *shapes;  /* "b" or "r" and the text -> WmTextShape */
    PangoFont *fonts[2]; /* regular, bold, at WM_SHAPE_PX; NULL until asked for */
    char *unknown;       /* the first text drawn with letters that no font has; NULL: none */
} Memory;

/* Texts remembered: the words of axes and keys come in every chart, names and figures in a few. */
#define MAX_SHAPES 4096

struct WmTypeset {
    PangoContext *context;
    PangoLayout *layout;
    PangoFontDescription *faces[2];   /* regular, bold */
    const PangoFontDescription *face; /* the one that the layout has now */
    double size_px;
    Memory *memory; /* of the thread's font map */
};

static void shape_free(gpointer data)
{
    WmTextShape *self = data;
    g_free(self->glyphs);
    g_free(self->places);
    g_free(self);
}

static void memory_free(gpointer data)
{
    Memory *self = data;
    g_hash_table_unref(self->shapes);
    for (int i = 0; i < 2; i++)
        g_clear_object(&self->fonts[i]);
    g_free(self->unknown);
    g_free(self);
}

static Memory *memory_of(PangoFontMap *map)
{
    const GQuark quark = g_quark_from_static_string("waymark-shapes");
    Memory *self = g_object_get_qdata(G_OBJECT(map), quark);
    if (self)
        return self;
    self = g_new0(Memory, 1);
    self->shapes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, shape_free);
    g_object_set_qdata_full(G_OBJECT(map), quark, self, memory_free);
    return self;
}

WmTypeset *wm_typeset_new(void)
{
    WmTypeset *self = g_new0(WmTypeset, 1);
    /* The default font map is one a thread, and keeps the fonts it has loaded: a new one would read Fontconfig for each chart. */
    PangoFontMap *map = pango_cairo_font_map_get_default();
    self->context = pango_font_map_create_context(map);
    self->memory = memory_of(map);

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
    return self;
}

void wm_typeset_free(WmTypeset *self)
{
    if (!self)
        return;
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

void wm_text_note_unknown(WmTypeset *self, const char *text)
{
    if (!self->memory->unknown && pango_layout_get_unknown_glyphs_count(self->layout) > 0)
        self->memory->unknown = g_utf8_make_valid(text, -1);
}

const char *wm_chart_unknown_letters(void)
{
    return memory_of(pango_cairo_font_map_get_default())->unknown;
}

static PangoFont *font_of(WmTypeset *self, bool is_bold)
{
    PangoFont **font = &self->memory->fonts[is_bold];
    if (!*font) {
        g_autoptr(PangoFontDescription) at_size = pango_font_description_copy(self->faces[is_bold]);
        pango_font_description_set_absolute_size(at_size, WM_SHAPE_PX * PANGO_SCALE);
        *font = pango_font_map_load_font(pango_context_get_font_map(self->context), self->context, at_size);
    }
    return *font;
}

void *wm_text_face(WmTypeset *self, bool is_bold)
{
    PangoFont *font = font_of(self, is_bold);
    return cairo_scaled_font_get_font_face(pango_cairo_font_get_scaled_font((PangoCairoFont *)font));
}

/* Append the glyphs of a line, all of `font`; false at the first that is of another. */
static bool take_glyphs(PangoLayoutLine *line, const PangoFont *font, WmTextShape *shape)
{
    g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(WmGlyphPlace));
    double x = 0;
    for (GSList *at = line->runs; at; at = at->next) {
        const PangoLayoutRun *run = at->data;
        if (run->item->analysis.font != font)
            return false;
        for (int i = 0; i < run->glyphs->num_glyphs; i++) {
            const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
            const WmGlyphPlace place = {x + (double)info->geometry.x_offset / PANGO_SCALE,
                                        (double)info->geometry.y_offset / PANGO_SCALE};
            x += (double)info->geometry.width / PANGO_SCALE;
            if (info->glyph == PANGO_GLYPH_EMPTY)
                continue;
            if (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG)
                return false;
            g_array_append_val(glyphs, info->glyph);
            g_array_append_val(places, place);
        }
    }
    shape->n_glyphs = glyphs->len;
    shape->glyphs = (unsigned *)(void *)g_array_free(g_steal_pointer(&glyphs), FALSE);
    shape->places = (WmGlyphPlace *)(void *)g_array_free(g_steal_pointer(&places), FALSE);
    return true;
}

static WmTextShape *shape_new(WmTypeset *self, const char *text, bool is_bold)
{
    const WmTextStyle style = {.size_px = WM_SHAPE_PX, .is_bold = is_bold};
    PangoRectangle logical;
    WmTextShape *shape = g_new0(WmTextShape, 1);
    set(self, text, &style);
    pango_layout_get_extents(self->layout, NULL, &logical);
    shape->width_px = (double)logical.width / PANGO_SCALE;
    shape->is_simple = take_glyphs(pango_layout_get_line_readonly(self->layout, 0), font_of(self, is_bold), shape);
    return shape;
}

/* A key on the stack where it fits: most texts are found, and need no memory of their own. */
#define KEY_LENGTH 256

const WmTextShape *wm_text_shape(WmTypeset *self, const char *text, bool is_bold)
{
    char on_stack[KEY_LENGTH];
    const size_t length = strlen(text);
    g_autofree char *on_heap = length + 2 > KEY_LENGTH ? g_malloc(length + 2) : NULL;
    char *key = on_heap ? on_heap : on_stack;
    key[0] = is_bold ? 'b' : 'r';
    memcpy(key + 1, text, length + 1);
    WmTextShape *shape = g_hash_table_lookup(self->memory->shapes, key);
    if (shape)
        return shape;
    if (g_hash_table_size(self->memory->shapes) >= MAX_SHAPES)
        g_hash_table_remove_all(self->memory->shapes);
    shape = shape_new(self, text, is_bold);
    g_hash_table_insert(self->memory->shapes, g_strdup(key), shape);
    return shape;
}

double wm_text_width(WmTypeset *self, const char *text, const WmTextStyle *style)
{
    return *text ? wm_text_shape(self, text, style->is_bold)->width_px * style->size_px / WM_SHAPE_PX : 0;
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
