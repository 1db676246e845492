/* Each kind of block on paper: how much room it needs, and its drawing. */
#include "plot/report/pdf_block.h"

#include <math.h>

#include "plot/report/status_look.h"

static const WmType BODY = {.size_pt = 10, .rgb = WM_INK};
static const WmType CAPTION = {.size_pt = 8, .rgb = WM_INK_SOFT};
static const WmType HEADINGS[] = {
    [2] = {.size_pt = 15, .is_bold = true, .rgb = WM_INK, .leading = 1.05},
    [3] = {.size_pt = 12, .is_bold = true, .rgb = WM_INK, .leading = 1.05},
};
static const char *const HEADING_ROLES[] = {[2] = "H2", [3] = "H3"};

#define BULLET_INDENT 12.0
#define NOTICE_PAD    7.0
#define ITEM_SPACE    3.0

static double prose_height(const WmPaper *self, const WmProse *prose, const WmType *type, double width)
{
    g_autoptr(PangoLayout) layout = wm_paper_set_prose(self, prose, type, width);
    return wm_layout_height(layout);
}

/* Two lines at least stay together at the foot of a page and at the top of the next. */
static double first_lines(const WmPaper *self, const WmProse *prose, double width)
{
    g_autoptr(PangoLayout) layout = wm_paper_set_prose(self, prose, &BODY, width);
    const int n = pango_layout_get_line_count(layout);
    return wm_layout_lines_height(layout, 0, n <= 3 ? n : 2);
}

static void put_lines(WmPaper *self, PangoLayout *layout, double x, const char *role)
{
    const int n = pango_layout_get_line_count(layout);
    for (int from = 0; from < n;) {
        int take = wm_layout_lines_within(layout, from, wm_paper_room(self));
        if (n - from - take == 1 && take > 2)
            take--; /* no single line on the next page */
        if (take == 0 && wm_paper_is_at_top(self))
            take = 1;
        if (take > 0) {
            wm_paper_begin(self, role);
            wm_paper_draw_lines(self, layout, from, from + take, x, self->y);
            wm_paper_end(self, role);
            self->y += wm_layout_lines_height(layout, from, from + take);
        }
        from += take;
        if (from < n)
            wm_paper_next_page(self);
    }
}

static double heading_height(WmPaper *self, const WmBlock *block)
{
    return prose_height(self, block->prose, &HEADINGS[block->level], WM_PAGE_WIDTH) + (block->level == 2 ? 8 : 2);
}

static bool put_heading(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)error;
    g_hash_table_insert(self->pages, (gpointer)(guintptr)block->id, GINT_TO_POINTER(self->page));
    g_autoptr(PangoLayout) layout = wm_paper_set_prose(self, block->prose, &HEADINGS[block->level], WM_PAGE_WIDTH);
    if (block->level == 2) {
        wm_paper_fill(self, WM_PAGE_LEFT, self->y, WM_PAGE_WIDTH, 1.5, WM_INK);
        self->y += 6;
    }
    wm_paper_destination(self, WM_PAGE_LEFT, self->y, block->id);
    put_lines(self, layout, WM_PAGE_LEFT, HEADING_ROLES[block->level]);
    self->y += 2;
    return true;
}

static double paragraph_whole(WmPaper *self, const WmBlock *block)
{
    return prose_height(self, block->prose, &BODY, WM_PAGE_WIDTH);
}

static double paragraph_head(WmPaper *self, const WmBlock *block)
{
    return first_lines(self, block->prose, WM_PAGE_WIDTH);
}

static bool put_paragraph(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)error;
    wm_paper_need(self, paragraph_head(self, block));
    g_autoptr(PangoLayout) layout = wm_paper_set_prose(self, block->prose, &BODY, WM_PAGE_WIDTH);
    put_lines(self, layout, WM_PAGE_LEFT, "P");
    return true;
}

static double list_head(WmPaper *self, const WmBlock *block)
{
    return block->items->len ? first_lines(self, g_ptr_array_index(block->items, 0), WM_PAGE_WIDTH - BULLET_INDENT) : 0;
}

static bool put_list(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)error;
    for (guint i = 0; i < block->items->len; i++) {
        const WmProse *item = g_ptr_array_index(block->items, i);
        const double width = WM_PAGE_WIDTH - BULLET_INDENT;
        wm_paper_need(self, first_lines(self, item, width));
        g_autoptr(PangoLayout) layout = wm_paper_set_prose(self, item, &BODY, width);
        wm_paper_draw_text(self, "\xE2\x80\xA2", &BODY, WM_PAGE_LEFT + 2, self->y, BULLET_INDENT);
        put_lines(self, layout, WM_PAGE_LEFT + BULLET_INDENT, "LI");
        self->y += i + 1 < block->items->len ? ITEM_SPACE : 0;
    }
    return true;
}

static double table_head(WmPaper *self, const WmBlock *block)
{
    return wm_paper_table_head(self, block->table);
}

static bool put_table(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)error;
    wm_paper_put_table(self, block->table);
    return true;
}

/* The size at which charts are asked for: the page's width at 96 pixels an inch, so that their letters print as large as intended.
 */
#define PT_A_PX          0.75
#define FIGURE_WIDTH_PX  665
#define FIGURE_HEIGHT_PX 395

static int picture_height_px(const WmFigure *figure)
{
    return figure->paper_height_px ? figure->paper_height_px : FIGURE_HEIGHT_PX;
}

static double figure_height(WmPaper *self, const WmBlock *block)
{
    g_autoptr(PangoLayout) caption = wm_paper_set_text(self, block->figure.caption, &CAPTION, WM_PAGE_WIDTH);
    return picture_height_px(&block->figure) * PT_A_PX + (*block->figure.caption ? wm_layout_height(caption) + 3 : 0);
}

static bool draw_picture(WmPaper *self, const WmFigure *figure, GError **error)
{
    if (wm_paper_is_rehearsal(self))
        return true;
    const WmChartOptions options = {.format = WM_FORMAT_PDF,
                                    .width_px = FIGURE_WIDTH_PX,
                                    .height_px = picture_height_px(figure),
                                    .theme = WM_THEME_PRINT,
                                    .scale = 1};
    wm_paper_begin(self, "Figure");
    cairo_save(self->cr);
    cairo_translate(self->cr, WM_PAGE_LEFT, self->y);
    cairo_scale(self->cr, PT_A_PX, PT_A_PX);
    const bool is_drawn = figure->picture->draw(figure->subject, &options, self->cr, error);
    cairo_restore(self->cr);
    wm_paper_end(self, "Figure");
    return is_drawn;
}

static bool put_figure(WmPaper *self, const WmBlock *block, GError **error)
{
    wm_paper_need(self, figure_height(self, block));
    if (!draw_picture(self, &block->figure, error))
        return false;
    self->y += picture_height_px(&block->figure) * PT_A_PX;
    if (*block->figure.caption) {
        g_autoptr(PangoLayout) caption = wm_paper_set_text(self, block->figure.caption, &CAPTION, WM_PAGE_WIDTH);
        self->y += 3;
        put_lines(self, caption, WM_PAGE_LEFT, "Caption");
    }
    return true;
}

static PangoLayout *set_notice(const WmPaper *self, const WmBlock *block)
{
    WmProse prose = *block->prose;
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(WmRun));
    const WmRun title[] = {{.kind = WM_RUN_STRONG, .text = block->title, .target = ""},
                           {.kind = WM_RUN_PLAIN, .text = *block->title ? " " : "", .target = ""}};
    g_array_append_vals(runs, title, G_N_ELEMENTS(title));
    g_array_append_vals(runs, block->prose->runs->data, block->prose->runs->len);
    prose.runs = runs;
    return wm_paper_set_prose(self, &prose, &BODY, WM_PAGE_WIDTH - 2 * NOTICE_PAD - 4);
}

static double notice_height(WmPaper *self, const WmBlock *block)
{
    g_autoptr(PangoLayout) layout = set_notice(self, block);
    return wm_layout_height(layout) + 2 * NOTICE_PAD;
}

static bool put_notice(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)error;
    static const uint32_t GROUND[] = {[WM_NOTICE_NOTE] = 0xE8F0FA, [WM_NOTICE_WARNING] = 0xFFF3D6};
    static const uint32_t EDGE[] = {[WM_NOTICE_NOTE] = WM_INK_LINK, [WM_NOTICE_WARNING] = 0x8A5300};
    const double height = notice_height(self, block);
    wm_paper_need(self, height);
    g_autoptr(PangoLayout) layout = set_notice(self, block);
    if (height <= wm_paper_room(self)) {
        wm_paper_fill(self, WM_PAGE_LEFT, self->y, WM_PAGE_WIDTH, height, GROUND[block->tone]);
        wm_paper_fill(self, WM_PAGE_LEFT, self->y, 4, height, EDGE[block->tone]);
    }
    self->y += NOTICE_PAD;
    put_lines(self, layout, WM_PAGE_LEFT + 4 + NOTICE_PAD, "P");
    self->y += NOTICE_PAD;
    return true;
}

#define CARD_GAP    8.0
#define CARD_HEIGHT 48.0
#define CARDS_A_ROW 6

static double cards_height(WmPaper *self, const WmBlock *block)
{
    (void)self;
    const guint n_rows = (block->key_figures->len + CARDS_A_ROW - 1) / CARDS_A_ROW;
    return n_rows * (CARD_HEIGHT + CARD_GAP) - CARD_GAP;
}

static void put_card(WmPaper *self, const WmKeyFigure *figure, double x, double y, double width)
{
    const WmType number = {.size_pt = 18, .is_bold = true, .rgb = WM_INK};
    const WmType label = {.size_pt = 8, .rgb = WM_INK_SOFT, .leading = 1};
    const uint32_t edge = figure->has_status ? wm_status_look(figure->status)->ink_rgb : WM_INK;
    wm_paper_fill(self, x, y, width, CARD_HEIGHT, WM_INK_PANEL);
    wm_paper_fill(self, x, y, 3.5, CARD_HEIGHT, edge);
    if (figure->has_status && !wm_paper_is_rehearsal(self))
        wm_paper_shape(self->cr, figure->status, x + 10, y + 9, 12);
    g_autoptr(PangoLayout) words = wm_paper_set_text(self, figure->label, &label, width - 14);
    wm_paper_begin(self, "P");
    wm_paper_draw_text(self, figure->value, &number, x + (figure->has_status ? 27 : 10), y + 3, width - 30);
    wm_paper_draw_lines(self, words, 0, MIN(2, pango_layout_get_line_count(words)), x + 10, y + 26);
    wm_paper_end(self, "P");
}

static bool put_cards(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)error;
    wm_paper_need(self, cards_height(self, block));
    const guint n = block->key_figures->len;
    const double a_row = MIN(n, CARDS_A_ROW), width = (WM_PAGE_WIDTH - CARD_GAP * (a_row - 1)) / a_row;
    for (guint i = 0; i < n; i++)
        put_card(self, &g_array_index(block->key_figures, WmKeyFigure, i), WM_PAGE_LEFT + (i % CARDS_A_ROW) * (width + CARD_GAP),
                 self->y + (i / CARDS_A_ROW) * (CARD_HEIGHT + CARD_GAP), width);
    self->y += cards_height(self, block);
    return true;
}

static bool put_new_page(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)block;
    (void)error;
    if (!wm_paper_is_at_top(self))
        wm_paper_next_page(self);
    return true;
}

static const WmBlockSetter SETTERS[WM_N_BLOCKS] = {
    [WM_BLOCK_HEADING] = {16, heading_height, heading_height, put_heading},
    [WM_BLOCK_PARAGRAPH] = {6, paragraph_whole, paragraph_head, put_paragraph},
    [WM_BLOCK_LIST] = {6, NULL, list_head, put_list},
    [WM_BLOCK_TABLE] = {8, NULL, table_head, put_table},
    [WM_BLOCK_FIGURE] = {8, figure_height, figure_height, put_figure},
    [WM_BLOCK_NOTICE] = {8, notice_height, notice_height, put_notice},
    [WM_BLOCK_KEY_FIGURES] = {10, cards_height, cards_height, put_cards},
    [WM_BLOCK_CONTENTS] = {14, NULL, wm_paper_contents_head, wm_paper_put_contents},
    [WM_BLOCK_NEW_PAGE] = {0, NULL, NULL, put_new_page},
};

const WmBlockSetter *wm_block_setter(const WmBlock *block)
{
    return &SETTERS[block->kind];
}
