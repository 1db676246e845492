#include "plot/fixture_beneath.h"

#include <cairo.h>
#include <math.h>

#include "plot/chart/canvas_backend.h"

#define SCALE       2    /* pixels of the images a pixel of the page */
#define INK         235  /* of 255: a pixel that is the letter's own, not its edge */
#define FEW         0.02 /* of a text's pixels that may stand on something else: where a hairline crosses */
#define STANDS_OUT  2.5  /* the contrast from which something is a mark: a grid's hairlines and shades have less */
#define N_COLOURS   4096 /* 4 bits a channel */
#define TOP_SHARE   0.72 /* of its size: what capitals reach above the baseline */
#define SAME_COLOUR 48   /* a channel */

/* Three images: of all but texts, of everything, and of the ink of one text. */
typedef struct {
    cairo_surface_t *image;
    cairo_t *cr;
    WmSurface *surface;
} Layer;

/* Pixels that a text inks. */
typedef struct {
    GArray *at; /* offsets in an image */
    guint32 rgb;
} Inked;

typedef struct {
    WmSurface base;
    Layer bare, full, ink;
    int width, height; /* of the images */
    GArray *texts;     /* TextBeneath */
    GArray *inked;     /* Inked, of each */
} Watcher;

static Layer layer_new(int width, int height)
{
    Layer layer = {.image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)};
    layer.cr = cairo_create(layer.image);
    cairo_scale(layer.cr, SCALE, SCALE);
    layer.surface = wm_surface_on_cairo_new(layer.cr);
    return layer;
}

static void layer_clear(Layer *layer)
{
    layer->surface->ops->free(layer->surface);
    cairo_destroy(layer->cr);
    cairo_surface_destroy(layer->image);
}

static const guint32 *pixels_of(const Layer *layer)
{
    cairo_surface_flush(layer->image);
    return (const guint32 *)(const void *)cairo_image_surface_get_data(layer->image);
}

static void path(WmSurface *base, const WmPoint *points, size_t n, bool is_closed, const WmPaint *paint)
{
    Watcher *self = (Watcher *)(void *)base;
    self->bare.surface->ops->path(self->bare.surface, points, n, is_closed, paint);
    self->full.surface->ops->path(self->full.surface, points, n, is_closed, paint);
}

static void circle(WmSurface *base, WmPoint centre, double radius, const WmPaint *paint)
{
    Watcher *self = (Watcher *)(void *)base;
    self->bare.surface->ops->circle(self->bare.surface, centre, radius, paint);
    self->full.surface->ops->circle(self->full.surface, centre, radius, paint);
}

static void rect(WmSurface *base, WmRect box, double radius, const WmPaint *paint)
{
    Watcher *self = (Watcher *)(void *)base;
    self->bare.surface->ops->rect(self->bare.surface, box, radius, paint);
    self->full.surface->ops->rect(self->full.surface, box, radius, paint);
}

static void clip(WmSurface *base, WmRect box)
{
    Watcher *self = (Watcher *)(void *)base;
    self->bare.surface->ops->clip(self->bare.surface, box);
    self->full.surface->ops->clip(self->full.surface, box);
}

static void unclip(WmSurface *base)
{
    Watcher *self = (Watcher *)(void *)base;
    self->bare.surface->ops->unclip(self->bare.surface);
    self->full.surface->ops->unclip(self->full.surface);
}

static GBytes *finish(WmSurface *base, GError **error)
{
    (void)base, (void)error;
    return g_bytes_new(NULL, 0);
}

static void text_clear(gpointer text)
{
    g_free(((TextBeneath *)text)->text);
}

static void inked_clear(gpointer inked)
{
    g_array_unref(((Inked *)inked)->at);
}

static void watcher_free(WmSurface *base)
{
    Watcher *self = (Watcher *)(void *)base;
    layer_clear(&self->bare);
    layer_clear(&self->full);
    layer_clear(&self->ink);
    g_array_unref(self->inked);
    g_free(self);
}

/* Pixels of the letters' box, from the top of its capitals to its baseline. */
typedef struct {
    int left, top, right, bottom;
} Box;

static Box box_of(const Watcher *self, const WmPlacedText *placed, double width)
{
    const double y = placed->start.y, size = placed->style->size_px;
    return (Box){MAX(0, (int)floor(placed->start.x * SCALE)), MAX(0, (int)floor((y - TOP_SHARE * size) * SCALE)),
                 MIN(self->width, (int)ceil((placed->start.x + width) * SCALE)), MIN(self->height, (int)ceil(y * SCALE))};
}

/* The letters alone, white on black, in the image of ink; where they are. */
static Inked ink_of(Watcher *self, WmTypeset *typeset, const WmPlacedText *placed, Box box)
{
    Inked inked = {g_array_new(FALSE, FALSE, sizeof(int)), placed->style->colour.rgb};
    WmTextStyle white = *placed->style;
    white.colour = (WmColour){0xFFFFFF, 1};
    white.halo = (WmColour){0, 0};
    WmPlacedText alone = *placed;
    alone.style = &white;
    const double size = placed->style->size_px;
    const WmRect around = {placed->start.x - size, placed->start.y - 2 * size, (box.right - box.left) / (double)SCALE + 2 * size,
                           3 * size};
    self->ink.surface->ops->rect(self->ink.surface, around, 0, &(WmPaint){.fill = {0, 1}});
    self->ink.surface->ops->text(self->ink.surface, typeset, &alone);
    const guint32 *ink = pixels_of(&self->ink);
    const int below = MIN(self->height, box.bottom + (int)(size * WM_TEXT_BELOW * SCALE));
    for (int y = box.top; y < below; y++)
        for (int x = box.left; x < box.right; x++) {
            const int offset = y * self->width + x;
            if ((ink[offset] & 0xFF) >= INK)
                g_array_append_val(inked.at, offset);
        }
    return inked;
}

/* The colour of which there is most in the box: the ground that the text stands on. */
static guint32 ground_of(const guint32 *bare, int stride, Box box)
{
    g_autofree guint *counts = g_new0(guint, N_COLOURS);
    g_autofree guint32 *colours = g_new0(guint32, N_COLOURS);
    guint most = 0;
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++) {
            const guint32 rgb = bare[y * stride + x] & 0xFFFFFF;
            const guint i = (rgb >> 12 & 0xF00) | (rgb >> 8 & 0xF0) | (rgb >> 4 & 0xF);
            colours[i] = rgb;
            if (++counts[i] > counts[most])
                most = i;
        }
    return colours[most];
}

static double mark_share(const guint32 *bare, int stride, Box box)
{
    const guint32 ground = ground_of(bare, stride, box);
    size_t n = 0, n_marks = 0;
    for (int y = box.top; y < box.bottom; y++)
        for (int x = box.left; x < box.right; x++, n++) {
            const guint32 rgb = bare[y * stride + x] & 0xFFFFFF;
            n_marks += rgb != ground && wm_contrast(rgb, ground) >= STANDS_OUT;
        }
    return n ? (double)n_marks / (double)n : 0;
}

static int ascending(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Through the halo, where the text has one. */
static double contrast_of(const guint32 *bare, const Inked *inked, const WmTextStyle *style)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
    guint32 last = 0xFF000000;
    double contrast = 0;
    for (guint i = 0; i < inked->at->len; i++) {
        const guint32 below = bare[g_array_index(inked->at, int, i)] & 0xFFFFFF;
        if (below != last) {
            const guint32 behind = style->halo.opacity > 0 ? wm_blend(style->halo.rgb, style->halo.opacity, below) : below;
            contrast = wm_contrast(wm_blend(style->colour.rgb, style->colour.opacity, behind), behind);
            last = below;
        }
        g_array_append_val(all, contrast);
    }
    if (all->len == 0)
        return HUGE_VAL;
    g_array_sort(all, ascending);
    return g_array_index(all, double, (guint)(FEW * all->len));
}

static void text(WmSurface *base, WmTypeset *typeset, const WmPlacedText *placed)
{
    Watcher *self = (Watcher *)(void *)base;
    const WmTextStyle *style = placed->style;
    const Box box = box_of(self, placed, wm_text_width(typeset, placed->text, style));
    const Inked inked = ink_of(self, typeset, placed, box);
    const guint32 *bare = pixels_of(&self->bare);
    const TextBeneath seen = {.text = g_strdup(placed->text),
                              .size_px = style->size_px,
                              .is_large = style->size_px >= (style->is_bold ? 18.66 : 24),
                              .contrast = contrast_of(bare, &inked, style),
                              .mark_share = mark_share(bare, self->width, box)};
    g_array_append_val(self->texts, seen);
    g_array_append_val(self->inked, inked);
    self->full.surface->ops->text(self->full.surface, typeset, placed);
}

static bool is_same(guint32 a, guint32 b)
{
    for (int shift = 0; shift <= 16; shift += 8)
        if (abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF)) > SAME_COLOUR)
            return false;
    return true;
}

/* What of each text's ink the whole picture no longer shows. */
static void look_for_struck(Watcher *self)
{
    const guint32 *full = pixels_of(&self->full);
    for (guint i = 0; i < self->texts->len; i++) {
        const Inked *inked = &g_array_index(self->inked, Inked, i);
        size_t n = 0;
        for (guint k = 0; k < inked->at->len; k++)
            n += !is_same(full[g_array_index(inked->at, int, k)], inked->rgb);
        g_array_index(self->texts, TextBeneath, i).struck_share = inked->at->len ? (double)n / (double)inked->at->len : 0;
    }
}

static const WmSurfaceOps OPS = {path, circle, rect, text, clip, unclip, finish, watcher_free};

GArray *beneath_texts(WmDrawFunc draw, const void *data, DrawingSize size, WmThemeName theme)
{
    Watcher *self = g_new0(Watcher, 1);
    self->base.ops = &OPS;
    self->width = size.width_px * SCALE;
    self->height = size.height_px * SCALE;
    self->bare = layer_new(self->width, self->height);
    self->full = layer_new(self->width, self->height);
    self->ink = layer_new(self->width, self->height);
    self->texts = g_array_new(FALSE, TRUE, sizeof(TextBeneath));
    g_array_set_clear_func(self->texts, text_clear);
    self->inked = g_array_new(FALSE, TRUE, sizeof(Inked));
    g_array_set_clear_func(self->inked, inked_clear);
    const WmPage page = {.width_px = size.width_px, .height_px = size.height_px, .background = wm_opaque(wm_palette(theme)->page)};
    g_autoptr(WmCanvas) canvas = wm_canvas_new_on_surface(&self->base, &page);
    wm_drawing_draw(draw, data, canvas, theme);
    look_for_struck(self);
    return self->texts;
}
