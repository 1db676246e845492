/* A document as one HTML file: no network, no script, real headings, tables and landmarks. */
#include "plot/report/html_part.h"
#include "plot/report/html_style.h"

#include <string.h>

typedef struct {
    const WmDocument *document;
    WmHtml *html;
    int depth; /* sections open now: one a level of heading from 2 */
    size_t n_pictures;
} Writer;

/* Two sizes of one chart: letters stay readable on a telephone, where the wide one would shrink to a third. */
static const struct {
    const char *class_name;
    int width_px, height_px;
} CHART_SIZES[] = {{"wide", 960, 500}, {"narrow", 300, 400}};

static bool put_picture(Writer *self, const WmFigure *figure, size_t i_size, GError **error)
{
    g_autofree char *prefix = g_strdup_printf("c%zu", ++self->n_pictures);
    const int asked = i_size == 0 ? figure->wide_height_px : figure->narrow_height_px;
    const WmChartOptions options = {.format = WM_FORMAT_SVG,
                                    .width_px = CHART_SIZES[i_size].width_px,
                                    .height_px = asked ? asked : CHART_SIZES[i_size].height_px,
                                    .theme = WM_THEME_SCREEN,
                                    .id_prefix = prefix};
    g_autoptr(GBytes) svg = figure->picture->write(figure->subject, &options, error);
    if (!svg)
        return false;
    gsize size;
    const char *data = g_bytes_get_data(svg, &size);
    g_autofree char *whole = g_strndup(data, size);
    g_autofree char *markup = wm_text_fit(whole);
    const char *root = strstr(markup, "<svg");
    wm_html_open_class(self->html, "div", CHART_SIZES[i_size].class_name);
    wm_html_markup(self->html, root ? root : "");
    wm_html_close(self->html);
    return true;
}

static bool put_figure(Writer *self, const WmFigure *figure, GError **error)
{
    wm_html_open(self->html, "figure");
    wm_html_attribute(self->html, "id", figure->id);
    wm_html_open_class(self->html, "div", "chart");
    wm_html_attribute(self->html, "role", "img");
    wm_html_attribute(self->html, "aria-label", figure->alt);
    for (size_t i = 0; i < G_N_ELEMENTS(CHART_SIZES); i++)
        if (!put_picture(self, figure, i, error))
            return false;
    wm_html_close(self->html);
    if (*figure->caption)
        wm_html_element(self->html, "figcaption", figure->caption);
    wm_html_close(self->html);
    if (figure->data) {
        wm_html_open(self->html, "details");
        wm_html_element(self->html, "summary", "Show the figures behind this chart");
        wm_html_table(self->html, figure->data);
        wm_html_close(self->html);
    }
    return true;
}

static void put_notice(WmHtml *html, const WmBlock *block)
{
    wm_html_open_class(html, "div", block->tone == WM_NOTICE_WARNING ? "notice warning" : "notice");
    wm_html_attribute(html, "role", "note");
    wm_html_open(html, "p");
    if (*block->title) {
        wm_html_element(html, "strong", block->title);
        wm_html_text(html, " ");
    }
    wm_html_prose(html, block->prose);
    wm_html_close(html);
    wm_html_close(html);
}

static void put_key_figures(WmHtml *html, const WmBlock *block)
{
    wm_html_open_class(html, "ul", "figures");
    for (guint i = 0; i < block->key_figures->len; i++) {
        const WmKeyFigure *figure = &g_array_index(block->key_figures, WmKeyFigure, i);
        wm_html_open_class(html, "li", figure->has_status ? wm_rag_name(figure->status) : "");
        wm_html_open(html, "b");
        if (figure->has_status) {
            wm_html_shape(html, figure->status);
            wm_html_text(html, " ");
        }
        wm_html_text(html, figure->value);
        wm_html_close(html);
        wm_html_text(html, figure->label);
        wm_html_close(html);
    }
    wm_html_close(html);
}

static void put_list(WmHtml *html, const WmBlock *block)
{
    if (block->items->len == 0)
        return;
    wm_html_open(html, "ul");
    for (guint i = 0; i < block->items->len; i++) {
        wm_html_open(html, "li");
        wm_html_prose(html, g_ptr_array_index(block->items, i));
        wm_html_close(html);
    }
    wm_html_close(html);
}

static void put_contents_entry(WmHtml *html, const WmBlock *heading)
{
    wm_html_open(html, "li");
    wm_html_link(html, heading->title, heading->id);
    if (heading->status.status != WM_N_RAGS) {
        wm_html_text(html, " ");
        const bool is_set = heading->status.mark == WM_OVERRIDDEN; /* then both statuses show */
        wm_html_status(html, is_set ? heading->status : (WmVerdict){heading->status.status, WM_PLAIN});
    }
}

static void close_lists(WmHtml *html, int *level, int to)
{
    for (; *level > to; (*level)--) {
        wm_html_close(html);
        wm_html_close(html);
    }
    wm_html_close(html);
}

static void put_contents(Writer *self)
{
    WmHtml *html = self->html;
    int level = 1; /* of the list that is open */
    wm_html_open(html, "nav");
    wm_html_attribute(html, "aria-labelledby", "contents");
    wm_html_open(html, "h2");
    wm_html_attribute(html, "id", "contents");
    wm_html_text(html, "Contents");
    wm_html_close(html);
    for (guint i = 0; i < self->document->blocks->len; i++) {
        const WmBlock *block = g_ptr_array_index(self->document->blocks, i);
        if (block->kind != WM_BLOCK_HEADING)
            continue;
        if (level >= block->level)
            close_lists(html, &level, block->level);
        for (; level < block->level; level++)
            wm_html_open(html, "ul");
        put_contents_entry(html, block);
    }
    for (; level > 1; level--) {
        wm_html_close(html);
        wm_html_close(html);
    }
    wm_html_close(html);
}

/* A heading begins a section that lasts until the next heading of its level or above. */
static void close_sections(Writer *self, int level)
{
    for (; self->depth >= level; self->depth--)
        wm_html_close(self->html);
}

static void put_heading(Writer *self, const WmBlock *block)
{
    const char *name = block->level == 2 ? "h2" : "h3";
    close_sections(self, block->level);
    wm_html_open(self->html, "section");
    if (block->level == 2) /* a landmark; one for each measure would be too many to steer by */
        wm_html_attribute(self->html, "aria-labelledby", block->id);
    self->depth = block->level;
    wm_html_open(self->html, name);
    wm_html_attribute(self->html, "id", block->id);
    wm_html_prose(self->html, block->prose);
    wm_html_close(self->html);
}

static bool put_block(Writer *self, const WmBlock *block, GError **error)
{
    switch (block->kind) {
    case WM_BLOCK_HEADING:
        put_heading(self, block);
        break;
    case WM_BLOCK_PARAGRAPH:
        wm_html_open(self->html, "p");
        wm_html_prose(self->html, block->prose);
        wm_html_close(self->html);
        break;
    case WM_BLOCK_LIST:
        put_list(self->html, block);
        break;
    case WM_BLOCK_TABLE:
        wm_html_table(self->html, block->table);
        break;
    case WM_BLOCK_FIGURE:
        return put_figure(self, &block->figure, error);
    case WM_BLOCK_NOTICE:
        put_notice(self->html, block);
        break;
    case WM_BLOCK_KEY_FIGURES:
        put_key_figures(self->html, block);
        break;
    case WM_BLOCK_CONTENTS:
        close_sections(self, 2);
        put_contents(self);
        break;
    case WM_BLOCK_NEW_PAGE:
    case WM_N_BLOCKS:
        break;
    }
    return true;
}

static void put_fact(WmHtml *html, const char *name, const char *value)
{
    if (!*value)
        return;
    wm_html_open(html, "div");
    wm_html_element(html, "dt", name);
    wm_html_element(html, "dd", value);
    wm_html_close(html);
}

static void put_header(WmHtml *html, const WmFrontMatter *front)
{
    char as_at[WM_PERIOD_TEXT] = "", previous[WM_PERIOD_TEXT] = "";
    if (front->as_at != WM_NO_DAY)
        wm_day_format(front->as_at, as_at);
    if (front->previous_as_at != WM_NO_DAY)
        wm_day_format(front->previous_as_at, previous);
    wm_html_open(html, "header");
    wm_html_element(html, "h1", front->title);
    wm_html_open_class(html, "p", "subtitle");
    wm_html_text(html, front->subtitle);
    wm_html_close(html);
    wm_html_open_class(html, "dl", "front");
    put_fact(html, "As at", as_at);
    put_fact(html, "Previous report", previous);
    put_fact(html, "Area", front->area);
    put_fact(html, "For", front->board);
    put_fact(html, "From", wm_front_from(front));
    put_fact(html, "Plan version", front->plan_version);
    put_fact(html, "Made by", "Waymark " WM_VERSION ", method " G_STRINGIFY(WM_METHOD_VERSION));
    wm_html_close(html);
    wm_html_close(html);
}

#define MAX_TITLE 70 /* characters: what the tab of a window and a list of results show */

static char *window_title(const WmFrontMatter *front)
{
    g_autofree char *title = g_strconcat(front->subtitle, ": ", front->title, NULL);
    if (g_utf8_strlen(title, -1) <= MAX_TITLE)
        return g_steal_pointer(&title);
    g_autofree char *cut = g_utf8_substring(title, 0, MAX_TITLE - 1);
    return g_strconcat(g_strchomp(cut), "\xE2\x80\xA6", NULL);
}

static void put_head(WmHtml *html, const WmFrontMatter *front)
{
    g_autofree char *title = window_title(front);
    wm_html_open(html, "head");
    wm_html_markup(html, "\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    wm_html_element(html, "title", title);
    wm_html_open(html, "style");
    for (const char *const *rule = WM_HTML_STYLE; *rule; rule++)
        wm_html_markup(html, *rule);
    wm_html_close(html);
    wm_html_close(html);
}

static void put_footer(WmHtml *html)
{
    wm_html_open(html, "footer");
    wm_html_element(html, "p", "Made by Waymark " WM_VERSION ", method version " G_STRINGIFY(WM_METHOD_VERSION) ".");
    wm_html_close(html);
}

static bool put_body(Writer *self, GError **error)
{
    WmHtml *html = self->html;
    wm_html_open(html, "body");
    wm_html_markup(html, "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
    put_header(html, &self->document->front);
    wm_html_open(html, "main");
    wm_html_attribute(html, "id", "main");
    for (guint i = 0; i < self->document->blocks->len; i++) {
        if (!put_block(self, g_ptr_array_index(self->document->blocks, i), error))
            return false;
        wm_html_markup(html, "\n");
    }
    close_sections(self, 2);
    wm_html_close(html);
    put_footer(html);
    wm_html_close(html);
    return true;
}

GBytes *wm_document_to_html(const WmDocument *self, GError **error)
{
    g_autoptr(WmHtml) html = wm_html_new();
    Writer writer = {self, html, 1, 0};
    wm_html_markup(html, "<!DOCTYPE html>\n");
    wm_html_open(html, "html");
    wm_html_attribute(html, "lang", "en-GB");
    put_head(html, &self->front);
    if (!put_body(&writer, error))
        return NULL;
    wm_html_close(html);
    wm_html_markup(html, "\n");
    return wm_html_finish(html, error);
}
