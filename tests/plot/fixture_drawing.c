#include "plot/fixture_drawing.h"

#include <libxml/parser.h>
#include <math.h>
#include <string.h>

const DrawingSize DRAWING_SIZES[] = {{160, 90},  {240, 400}, {320, 200},  {480, 270},
                                     {640, 400}, {960, 540}, {1200, 300}, {1587, 1123}};
const size_t N_DRAWING_SIZES = G_N_ELEMENTS(DRAWING_SIZES);

#define TOUCH_PX 0.01 /* two boxes that share an edge do not overlap */

static WmCanvas *drawn(WmDrawFunc draw, const void *data, DrawingSize size)
{
    const WmPage page = {.format = WM_FORMAT_SVG,
                         .width_px = size.width_px,
                         .height_px = size.height_px,
                         .scale = 1,
                         .title = "",
                         .description = "",
                         .day = WM_NO_DAY};
    WmCanvas *canvas = wm_canvas_new(&page);
    wm_drawing_draw(draw, data, canvas, WM_THEME_SCREEN);
    return canvas;
}

char *drawing_fault(WmDrawFunc draw, const void *data, DrawingSize size)
{
    g_autoptr(WmCanvas) canvas = drawn(draw, data, size);
    size_t n;
    const WmTextBox *texts = wm_canvas_texts(canvas, &n);
    for (size_t i = 0; i < n; i++) {
        const WmRect box = wm_rect_grow(texts[i].box, -TOUCH_PX);
        if (!wm_rect_contains(wm_canvas_bounds(canvas), box))
            return g_strdup_printf("at %dx%d \"%s\" leaves the page", size.width_px, size.height_px, texts[i].text);
        for (size_t j = 0; j < i; j++)
            if (wm_rect_overlaps(box, wm_rect_grow(texts[j].box, -TOUCH_PX)))
                return g_strdup_printf("at %dx%d \"%s\" covers \"%s\"", size.width_px, size.height_px, texts[i].text,
                                       texts[j].text);
    }
    return NULL;
}

bool drawing_has_text(WmDrawFunc draw, const void *data, DrawingSize size, const char *text)
{
    g_autoptr(WmCanvas) canvas = drawn(draw, data, size);
    size_t n;
    const WmTextBox *texts = wm_canvas_texts(canvas, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(texts[i].text, text) == 0)
            return true;
    return false;
}

bool drawing_says(WmDrawFunc draw, const void *data, DrawingSize size, const char *part)
{
    g_autoptr(WmCanvas) canvas = drawn(draw, data, size);
    size_t n;
    const WmTextBox *texts = wm_canvas_texts(canvas, &n);
    for (size_t i = 0; i < n; i++)
        if (strstr(texts[i].text, part))
            return true;
    return false;
}

double drawing_text_y(WmDrawFunc draw, const void *data, DrawingSize size, const char *start)
{
    g_autoptr(WmCanvas) canvas = drawn(draw, data, size);
    size_t n;
    const WmTextBox *texts = wm_canvas_texts(canvas, &n);
    for (size_t i = n; i-- > 0;)
        if (g_str_has_prefix(texts[i].text, start))
            return texts[i].box.y + texts[i].box.height / 2;
    return (double)NAN;
}

size_t drawing_n_shapes(WmDrawFunc draw, const void *data, DrawingSize size, const char *start)
{
    g_autoptr(WmCanvas) canvas = drawn(draw, data, size);
    g_autoptr(GBytes) svg = wm_canvas_finish(canvas, NULL);
    g_autofree char *text = g_strndup(g_bytes_get_data(svg, NULL), g_bytes_get_size(svg));
    g_auto(GStrv) parts = g_strsplit(text, start, -1);
    return g_strv_length(parts) - 1;
}

bool file_has(GBytes *file, const char *text)
{
    const size_t size = g_bytes_get_size(file), length = strlen(text);
    const char *bytes = g_bytes_get_data(file, NULL);
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(bytes + i, text, length) == 0)
            return true;
    return false;
}

static char *svg_fault(GBytes *svg)
{
    static const char *const NEVER[] = {"nan",
                                        "inf\"",
                                        "\"-0\"",
                                        ">-0<",
                                        ">\xE2\x88\x92"
                                        "0<",
                                        "0000000"};
    static const char *const ALWAYS[] = {"role=\"img\"", "<title id=", "<desc id="};
    xmlDoc *document = xmlReadMemory(g_bytes_get_data(svg, NULL), (int)g_bytes_get_size(svg), "chart.svg", NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOWARNING);
    if (!document)
        return g_strdup("the SVG is not well formed");
    xmlFreeDoc(document);
    for (size_t i = 0; i < G_N_ELEMENTS(NEVER); i++)
        if (file_has(svg, NEVER[i]))
            return g_strdup_printf("the SVG has %s", NEVER[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(ALWAYS); i++)
        if (!file_has(svg, ALWAYS[i]))
            return g_strdup_printf("the SVG lacks %s", ALWAYS[i]);
    return file_has(svg, "<desc id=\"wm-desc\"></desc>") ? g_strdup("the description is empty") : NULL;
}

static char *twice_fault(DrawingWrite write, const void *data, const WmChartOptions *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) once = write(data, options, &error);
    g_autoptr(GBytes) twice = once ? write(data, options, &error) : NULL;
    if (!twice)
        return g_strdup(error->message);
    if (!g_bytes_equal(once, twice))
        return g_strdup_printf("%s, %s: other bytes the second time", wm_format_name(options->format),
                               wm_theme_name(options->theme));
    return g_bytes_get_size(once) < 600 ? g_strdup("a file too small to show anything") : NULL;
}

char *drawing_file_fault(DrawingWrite write, const void *data)
{
    for (int format = 0; format < WM_N_FORMATS; format++)
        for (int theme = 0; theme < WM_N_THEMES; theme++) {
            const WmChartOptions options = {
                .format = (WmFormat)format, .theme = (WmThemeName)theme, .width_px = 480, .height_px = 270, .scale = 1};
            char *fault = twice_fault(write, data, &options);
            if (fault)
                return fault;
        }
    g_autoptr(GBytes) svg = write(data, NULL, NULL);
    return svg ? svg_fault(svg) : g_strdup("no SVG");
}
