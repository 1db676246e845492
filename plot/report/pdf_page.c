/* Pages: their beginning and end, header and footer, links and structure. */
#include "plot/report/pdf_page.h"

static const WmType FRAME_LEFT = {.size_pt = 8, .rgb = WM_INK_SOFT};
static const WmType FRAME_RIGHT = {.size_pt = 8, .rgb = WM_INK_SOFT, .align = WM_ALIGN_END};

bool wm_paper_is_rehearsal(const WmPaper *self)
{
    return self->surface == NULL;
}

double wm_paper_room(const WmPaper *self)
{
    return WM_PAGE_BOTTOM - self->y;
}

bool wm_paper_is_at_top(const WmPaper *self)
{
    return self->y <= WM_PAGE_TOP;
}

void wm_paper_next_page(WmPaper *self)
{
    if (!wm_paper_is_rehearsal(self)) {
        wm_paper_put_frame(self);
        cairo_show_page(self->cr);
    }
    self->page++;
    self->y = WM_PAGE_TOP;
}

void wm_paper_need(WmPaper *self, double height)
{
    if (height > wm_paper_room(self) && height <= WM_PAGE_HEIGHT && !wm_paper_is_at_top(self))
        wm_paper_next_page(self);
}

void wm_paper_fill(WmPaper *self, double x, double y, double width, double height, uint32_t rgb)
{
    if (wm_paper_is_rehearsal(self))
        return;
    cairo_set_source_rgb(self->cr, (rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0, (rgb & 0xFF) / 255.0);
    cairo_rectangle(self->cr, x, y, width, height);
    cairo_fill(self->cr);
}

static char *frame_date(const WmFrontMatter *front)
{
    char as_at[WM_PERIOD_TEXT] = "";
    if (front->as_at != WM_NO_DAY)
        wm_day_format(front->as_at, as_at);
    return g_strdup_printf("%s%s%s%s%s", *as_at ? "As at " : "", as_at, *as_at && *front->plan_version ? " \xC2\xB7 " : "",
                           *front->plan_version ? "plan version " : "", front->plan_version);
}

void wm_paper_put_frame(WmPaper *self)
{
    const WmFrontMatter *front = &self->document->front;
    const double foot = WM_PAGE_BOTTOM + 18, half = WM_PAGE_WIDTH / 2;
    g_autofree char *date = frame_date(front);
    g_autofree char *number = g_strdup_printf("Page %d of %d", self->page, self->n_pages);
    if (self->page > 1) {
        wm_paper_draw_text(self, front->title, &FRAME_LEFT, WM_PAGE_LEFT, 34, half + 40);
        wm_paper_draw_text(self, date, &FRAME_RIGHT, WM_PAGE_LEFT + half + 50, 34, half - 50);
        wm_paper_fill(self, WM_PAGE_LEFT, 47, WM_PAGE_WIDTH, 0.5, WM_INK_LINE);
    }
    wm_paper_fill(self, WM_PAGE_LEFT, foot - 5, WM_PAGE_WIDTH, 0.5, WM_INK_LINE);
    wm_paper_draw_text(self, front->subtitle, &FRAME_LEFT, WM_PAGE_LEFT, foot, WM_PAGE_WIDTH * 0.38);
    wm_paper_draw_text(self, "Made by Waymark " WM_VERSION ", method version " G_STRINGIFY(WM_METHOD_VERSION), &FRAME_LEFT,
                       WM_PAGE_LEFT + WM_PAGE_WIDTH * 0.38, foot, WM_PAGE_WIDTH * 0.4);
    wm_paper_draw_text(self, number, &FRAME_RIGHT, WM_PAGE_LEFT + half, foot, half);
}

/* Cairo reads the numbers of a rectangle with a point, whatever the locale. */
static void append_number(GString *text, double value)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(text, "%s ", g_ascii_formatd(number, sizeof number, "%.2f", value));
}

void wm_paper_destination(WmPaper *self, double x, double y, const char *id)
{
    if (wm_paper_is_rehearsal(self))
        return;
    g_autoptr(GString) attributes = g_string_new("x=");
    append_number(attributes, x);
    g_string_append(attributes, "y=");
    append_number(attributes, y);
    g_string_append_printf(attributes, "name='%s'", id);
    cairo_tag_begin(self->cr, CAIRO_TAG_DEST, attributes->str);
    cairo_tag_end(self->cr, CAIRO_TAG_DEST);
}

void wm_paper_link(WmPaper *self, double x, double y, double width, double height, const char *id)
{
    if (wm_paper_is_rehearsal(self) || !*id)
        return;
    g_autoptr(GString) attributes = g_string_new("rect=[");
    const double numbers[] = {x, y, width, height};
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        append_number(attributes, numbers[i]);
    g_string_append_printf(attributes, "] dest='%s'", id);
    cairo_tag_begin(self->cr, CAIRO_TAG_LINK, attributes->str);
    cairo_tag_end(self->cr, CAIRO_TAG_LINK);
}

void wm_paper_begin(WmPaper *self, const char *role)
{
    if (!wm_paper_is_rehearsal(self))
        cairo_tag_begin(self->cr, role, NULL);
}

void wm_paper_end(WmPaper *self, const char *role)
{
    if (!wm_paper_is_rehearsal(self))
        cairo_tag_end(self->cr, role);
}
