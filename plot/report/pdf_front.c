/* The first page's title and the contents. */
#include "plot/report/pdf_block.h"

#include "plot/report/status_look.h"

#define N_FACT_COLUMNS    2
#define CONTENTS_INDENT   12.0
#define PAGE_NUMBER_WIDTH 30.0
#define STATUS_WIDTH      56.0

static void put_line(WmPaper *self, const char *text, const WmType *type, const char *role, double space)
{
    g_autoptr(PangoLayout) layout = wm_paper_set_text(self, text, type, WM_PAGE_WIDTH);
    wm_paper_begin(self, role);
    wm_paper_draw_layout(self, layout, WM_PAGE_LEFT, self->y);
    wm_paper_end(self, role);
    self->y += wm_layout_height(layout) + space;
}

typedef struct {
    const char *name, *value;
} Fact;

/* Name and value in one line of one size: text that is taken out of the file then reads so, not all names and then all values. */
static double put_fact(WmPaper *self, const Fact *fact, double x, double y, double width)
{
    static const WmType TYPE = {.size_pt = 9.5, .rgb = WM_INK_SOFT, .leading = 1.05};
    g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(WmRun));
    const WmRun both[] = {{.kind = WM_RUN_PLAIN, .text = fact->name, .target = ""},
                          {.kind = WM_RUN_PLAIN, .text = " ", .target = ""},
                          {.kind = WM_RUN_STRONG, .text = fact->value, .target = ""}};
    g_array_append_vals(runs, both, G_N_ELEMENTS(both));
    const WmProse prose = {.runs = runs};
    g_autoptr(PangoLayout) layout = wm_paper_set_prose(self, &prose, &TYPE, width);
    wm_paper_begin(self, "P");
    wm_paper_draw_layout(self, layout, x, y);
    wm_paper_end(self, "P");
    return wm_layout_height(layout);
}

static double put_facts_row(WmPaper *self, const Fact *facts, size_t n_facts, double y)
{
    const double width = WM_PAGE_WIDTH / N_FACT_COLUMNS;
    double tallest = 0;
    for (size_t i = 0; i < n_facts; i++) {
        const double height = put_fact(self, &facts[i], WM_PAGE_LEFT + width * (double)i, y, width - 12);
        tallest = MAX(tallest, height);
    }
    return tallest;
}

void wm_paper_put_front(WmPaper *self)
{
    static const WmType TITLE = {.size_pt = 20, .is_bold = true, .rgb = WM_INK, .leading = 1};
    static const WmType SUBTITLE = {.size_pt = 13, .rgb = WM_INK_SOFT};
    const WmFrontMatter *front = &self->document->front;
    char as_at[WM_PERIOD_TEXT] = "", previous[WM_PERIOD_TEXT] = "";
    if (front->as_at != WM_NO_DAY)
        wm_day_format(front->as_at, as_at);
    if (front->previous_as_at != WM_NO_DAY)
        wm_day_format(front->previous_as_at, previous);

    self->y = 48;
    put_line(self, front->title, &TITLE, "H1", 3);
    put_line(self, front->subtitle, &SUBTITLE, "P", 8);

    const Fact all[] = {{"As at", as_at},      {"Previous report", previous}, {"Plan version", front->plan_version},
                        {"For", front->board}, {"Area", front->area},         {"From", wm_front_from(front)}};
    Fact facts[G_N_ELEMENTS(all)];
    size_t n_facts = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (*all[i].value)
            facts[n_facts++] = all[i];
    for (size_t i = 0; i < n_facts; i += N_FACT_COLUMNS)
        self->y += put_facts_row(self, facts + i, MIN(N_FACT_COLUMNS, n_facts - i), self->y) + 7;
}

static double entry_height(const WmPaper *self, const WmBlock *heading)
{
    const WmType type = {.size_pt = 9.5, .is_bold = heading->level == 2, .rgb = WM_INK};
    const double indent = (heading->level - 2) * CONTENTS_INDENT;
    g_autoptr(PangoLayout) title =
        wm_paper_set_text(self, heading->title, &type, WM_PAGE_WIDTH - indent - PAGE_NUMBER_WIDTH - STATUS_WIDTH);
    return wm_layout_height(title) + 3;
}

static void put_entry_end(WmPaper *self, const WmBlock *heading)
{
    static const WmType NUMBER = {.size_pt = 9.5, .rgb = WM_INK, .align = WM_ALIGN_END};
    const double right = WM_PAGE_LEFT + WM_PAGE_WIDTH;
    if (heading->status.status != WM_N_RAGS) {
        const WmStatusLook *look = wm_status_look(heading->status.status);
        const WmType type = {.size_pt = 8.5, .is_bold = true, .rgb = look->ink_rgb};
        const double x = right - PAGE_NUMBER_WIDTH - STATUS_WIDTH + 10;
        if (!wm_paper_is_rehearsal(self))
            wm_paper_shape(self->cr, heading->status.status, x, self->y + 2.5, 7);
        wm_paper_draw_text(self, look->word, &type, x + 11, self->y + 0.5, STATUS_WIDTH - 21);
    }
    const int page = GPOINTER_TO_INT(g_hash_table_lookup(self->pages, heading->id));
    g_autofree char *number = g_strdup_printf("%d", page);
    wm_paper_draw_text(self, number, &NUMBER, right - PAGE_NUMBER_WIDTH, self->y, PAGE_NUMBER_WIDTH);
}

static void put_entry(WmPaper *self, const WmBlock *heading)
{
    const WmType type = {.size_pt = 9.5, .is_bold = heading->level == 2, .rgb = WM_INK};
    const double indent = (heading->level - 2) * CONTENTS_INDENT;
    const double height = entry_height(self, heading);
    wm_paper_need(self, height);
    g_autoptr(PangoLayout) title =
        wm_paper_set_text(self, heading->title, &type, WM_PAGE_WIDTH - indent - PAGE_NUMBER_WIDTH - STATUS_WIDTH);
    wm_paper_begin(self, "P");
    wm_paper_draw_layout(self, title, WM_PAGE_LEFT + indent, self->y);
    put_entry_end(self, heading);
    wm_paper_link(self, WM_PAGE_LEFT, self->y, WM_PAGE_WIDTH, height, heading->id);
    wm_paper_end(self, "P");
    self->y += height;
}

#define CONTENTS_TITLE_HEIGHT 20.0

/* Whole, where it takes no more than half a page; else its title and three entries. */
double wm_paper_contents_head(WmPaper *self, const WmBlock *block)
{
    (void)block;
    double height = CONTENTS_TITLE_HEIGHT;
    for (guint i = 0; i < self->document->blocks->len; i++) {
        const WmBlock *heading = g_ptr_array_index(self->document->blocks, i);
        if (heading->kind == WM_BLOCK_HEADING)
            height += entry_height(self, heading);
    }
    return height <= WM_PAGE_HEIGHT / 2 ? height : 70;
}

bool wm_paper_put_contents(WmPaper *self, const WmBlock *block, GError **error)
{
    (void)error;
    static const WmType TITLE = {.size_pt = 12, .is_bold = true, .rgb = WM_INK};
    wm_paper_need(self, wm_paper_contents_head(self, block));
    put_line(self, "Contents", &TITLE, "P", 4);
    for (guint i = 0; i < self->document->blocks->len; i++) {
        const WmBlock *heading = g_ptr_array_index(self->document->blocks, i);
        if (heading->kind == WM_BLOCK_HEADING)
            put_entry(self, heading);
    }
    return true;
}
