/* Tables on paper: columns as wide as their words ask, rows kept whole, the header repeated on each page. */
#include "plot/report/pdf_page.h"

#include <math.h>
#include <string.h>

#define MAX_COLUMNS     16
#define FACT_NAME_WIDTH 128.0 /* pt: the longest of our names on one line */
#define MAX_WORD_SHARE  0.4   /* of the table: a longer word is broken */
#define NAME_SHARE      0.23  /* of a wide table: the least for what names its rows, so that titles do not become towers */
#define WIDE_FROM       6     /* columns */

typedef struct {
    WmPaper *paper;
    const WmTable *table;
    size_t n_columns;
    double widths[MAX_COLUMNS]; /* with padding */
    double pad;
    WmType cell, head;
} Setter;

static WmType cell_type(const Setter *self, size_t i_column)
{
    const WmColumn *column = &self->table->columns[i_column];
    WmType type = self->cell;
    type.align = column->align;
    type.is_bold = column->is_row_header && self->table->has_header;
    if (column->is_row_header && !self->table->has_header)
        type.rgb = WM_INK_SOFT;
    return type;
}

static WmType head_type(const Setter *self, size_t i_column)
{
    WmType type = self->head;
    type.align = self->table->columns[i_column].align;
    return type;
}

typedef struct {
    double word, whole; /* width of the longest word; of the longest line */
} Ask;

static void widen(Ask *ask, PangoLayout *layout)
{
    pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT);
    ask->whole = fmax(ask->whole, wm_layout_width(layout));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, 0);
    ask->word = fmax(ask->word, wm_layout_width(layout));
}

static Ask ask_column(const Setter *self, size_t i_column)
{
    Ask ask = {0, 0};
    const WmType cell = cell_type(self, i_column), head = head_type(self, i_column);
    g_autoptr(PangoLayout) title = wm_paper_set_text(self->paper, self->table->columns[i_column].title, &head, -1);
    widen(&ask, title);
    for (guint i = 0; i < self->table->rows->len; i++) {
        const WmTableRow *row = &g_array_index(self->table->rows, WmTableRow, i);
        if (row->group)
            continue;
        g_autoptr(PangoLayout) layout = wm_paper_set_prose(self->paper, row->cells[i_column], &cell, -1);
        widen(&ask, layout);
    }
    ask.word = fmin(ask.word, WM_PAGE_WIDTH * MAX_WORD_SHARE) + 2 * self->pad;
    if (self->table->columns[i_column].is_row_header && self->n_columns >= WIDE_FROM && ask.whole > WM_PAGE_WIDTH * NAME_SHARE)
        ask.word = fmax(ask.word, WM_PAGE_WIDTH * NAME_SHARE);
    ask.whole = fmax(ask.whole + 2 * self->pad, ask.word);
    return ask;
}

/* Shares `room` so that the least is asked first: a column of short figures gets all it asks before a long title gets more. */
static void share_room(const double *asked, size_t n, double room, double *given)
{
    bool is_served[MAX_COLUMNS] = {false};
    for (size_t n_left = n; n_left > 0;) {
        const double share = room / (double)n_left;
        size_t n_served = 0;
        for (size_t i = 0; i < n; i++) {
            if (is_served[i] || asked[i] > share)
                continue;
            given[i] = asked[i];
            room -= asked[i];
            is_served[i] = true;
            n_served++;
        }
        n_left -= n_served;
        if (n_served > 0)
            continue;
        for (size_t i = 0; i < n; i++)
            if (!is_served[i])
                given[i] = share;
        return;
    }
}

/* Each column gets its longest word, then what more it asks as far as there is room; what is left is spread over all. */
static void share_width(Setter *self)
{
    double word[MAX_COLUMNS], more[MAX_COLUMNS], extra[MAX_COLUMNS] = {0}, words = 0, asked = 0;
    for (size_t i = 0; i < self->n_columns; i++) {
        const Ask ask = ask_column(self, i);
        word[i] = ask.word;
        more[i] = ask.whole - ask.word;
        words += ask.word;
        asked += ask.whole;
    }
    const double squeeze = fmin(1, WM_PAGE_WIDTH / words), spare = fmax(0, WM_PAGE_WIDTH - asked);
    share_room(more, self->n_columns, fmax(0, WM_PAGE_WIDTH - words), extra);
    for (size_t i = 0; i < self->n_columns; i++)
        self->widths[i] = word[i] * squeeze + extra[i] + spare * (word[i] + more[i]) / asked;
}

static void choose_widths(Setter *self)
{
    GHashTable *known = self->paper->widths;
    const double *widths = g_hash_table_lookup(known, self->table);
    if (widths) {
        memcpy(self->widths, widths, sizeof self->widths);
        return;
    }
    if (self->table->has_header) {
        share_width(self);
        g_hash_table_insert(known, (gpointer)self->table, g_memdup2(self->widths, sizeof self->widths));
        return;
    }
    self->widths[0] = FACT_NAME_WIDTH;
    self->widths[1] = WM_PAGE_WIDTH - FACT_NAME_WIDTH;
}

static Setter setter_for(WmPaper *paper, const WmTable *table)
{
    const double size = table->is_dense ? 7.5 : 9;
    Setter self = {.paper = paper,
                   .table = table,
                   .n_columns = MIN(table->n_columns, MAX_COLUMNS),
                   .pad = 3,
                   .cell = {.size_pt = size, .rgb = WM_INK, .leading = 1.08},
                   .head = {.size_pt = size, .rgb = WM_INK, .is_bold = true, .leading = 1.08}};
    choose_widths(&self);
    return self;
}

/* One row being set: its cells, and how far down each has been drawn. */
typedef struct {
    PangoLayout *cells[MAX_COLUMNS];
    int drawn[MAX_COLUMNS]; /* lines */
    double height;          /* of all of it, with padding */
} Row;

static void row_measure(const Setter *self, Row *row)
{
    row->height = 0;
    for (size_t i = 0; i < self->n_columns; i++)
        row->height = fmax(row->height, wm_layout_height(row->cells[i]));
    row->height += 2 * self->pad;
}

static Row row_set(const Setter *self, const WmTableRow *source)
{
    Row row = {.height = 0};
    for (size_t i = 0; i < self->n_columns; i++) {
        const WmType type = source ? cell_type(self, i) : head_type(self, i);
        const double width = self->widths[i] - 2 * self->pad;
        row.cells[i] = source ? wm_paper_set_prose(self->paper, source->cells[i], &type, width)
                              : wm_paper_set_text(self->paper, self->table->columns[i].title, &type, width);
    }
    row_measure(self, &row);
    return row;
}

static void row_clear(const Setter *self, Row *row)
{
    for (size_t i = 0; i < self->n_columns; i++)
        g_clear_object(&row->cells[i]);
}

/* Draw as many lines of each cell as fit into `height`; whether any is left. */
static bool row_draw(const Setter *self, Row *row, double height, const char *role)
{
    WmPaper *paper = self->paper;
    double x = WM_PAGE_LEFT;
    bool is_left = false;
    wm_paper_begin(paper, "TR");
    for (size_t i = 0; i < self->n_columns; x += self->widths[i], i++) {
        const int to = row->drawn[i] + wm_layout_lines_within(row->cells[i], row->drawn[i], height - 2 * self->pad);
        wm_paper_begin(paper, role);
        wm_paper_draw_lines(paper, row->cells[i], row->drawn[i], to, x + self->pad, paper->y + self->pad);
        wm_paper_end(paper, role);
        row->drawn[i] = to;
        is_left = is_left || to < pango_layout_get_line_count(row->cells[i]);
    }
    wm_paper_end(paper, "TR");
    paper->y += height;
    return is_left;
}

static void put_rule(const Setter *self, double thickness, uint32_t rgb)
{
    double width = 0;
    for (size_t i = 0; i < self->n_columns; i++)
        width += self->widths[i];
    wm_paper_fill(self->paper, WM_PAGE_LEFT, self->paper->y - thickness, width, thickness, rgb);
}

static double header_height(const Setter *self)
{
    if (!self->table->has_header)
        return 0;
    Row row = row_set(self, NULL);
    row_clear(self, &row);
    return row.height;
}

static void put_header(const Setter *self)
{
    if (!self->table->has_header)
        return;
    Row row = row_set(self, NULL);
    row_draw(self, &row, row.height, "TH");
    row_clear(self, &row);
    put_rule(self, 1, WM_INK);
}

static void start_page(const Setter *self)
{
    wm_paper_end(self->paper, "Table");
    wm_paper_next_page(self->paper);
    wm_paper_begin(self->paper, "Table");
    put_header(self);
}

/* A row stays whole; only one taller than a page is cut, between lines. */
static void put_row(const Setter *self, const WmTableRow *source)
{
    WmPaper *paper = self->paper;
    Row row = row_set(self, source);
    const double page = WM_PAGE_HEIGHT - header_height(self);
    if (row.height > wm_paper_room(paper) && (row.height <= page || wm_paper_room(paper) < page / 4))
        start_page(self);
    double left = row.height;
    while (row_draw(self, &row, fmin(left, wm_paper_room(paper)), "TD")) {
        start_page(self);
        left = 2 * self->pad;
        for (size_t i = 0; i < self->n_columns; i++)
            left = fmax(left, 2 * self->pad +
                                  wm_layout_lines_height(row.cells[i], row.drawn[i], pango_layout_get_line_count(row.cells[i])));
    }
    row_clear(self, &row);
    put_rule(self, 0.5, WM_INK_LINE);
}

static double row_height(const Setter *self, guint i)
{
    if (i >= self->table->rows->len)
        return 0;
    const WmTableRow *source = &g_array_index(self->table->rows, WmTableRow, i);
    if (source->group)
        return 0;
    Row row = row_set(self, source);
    row_clear(self, &row);
    return row.height;
}

static void put_group(const Setter *self, guint i)
{
    WmPaper *paper = self->paper;
    const WmTableRow *source = &g_array_index(self->table->rows, WmTableRow, i);
    double width = 0;
    for (size_t c = 0; c < self->n_columns; c++)
        width += self->widths[c];
    g_autoptr(PangoLayout) title = wm_paper_set_text(paper, source->group, &self->head, width - 2 * self->pad);
    const double height = wm_layout_height(title) + 2 * self->pad;
    const double with_next = height + row_height(self, i + 1);
    if (with_next > wm_paper_room(paper) && with_next < WM_PAGE_HEIGHT / 2)
        start_page(self);
    wm_paper_fill(paper, WM_PAGE_LEFT, paper->y, width, height, WM_INK_PANEL);
    wm_paper_begin(paper, "TR");
    wm_paper_begin(paper, "TH");
    wm_paper_draw_layout(paper, title, WM_PAGE_LEFT + self->pad, paper->y + self->pad);
    wm_paper_end(paper, "TH");
    wm_paper_end(paper, "TR");
    paper->y += height;
}

static PangoLayout *set_caption(const Setter *self)
{
    const WmType type = {.size_pt = 9.5, .rgb = WM_INK, .is_bold = true};
    return wm_paper_set_text(self->paper, self->table->caption, &type, WM_PAGE_WIDTH);
}

/* A table of facts stays whole, where it takes no more than half a page; of another, the header and two rows stay together. */
static double head_height(const Setter *self)
{
    g_autoptr(PangoLayout) caption = set_caption(self);
    const double before = (*self->table->caption ? wm_layout_height(caption) + 4 : 0) + header_height(self);
    const guint n = self->table->rows->len;
    double rows = 0;
    if (!self->table->has_header) {
        for (guint i = 0; i < n; i++)
            rows += row_height(self, i);
        if (rows <= WM_PAGE_HEIGHT / 2)
            return before + rows;
    }
    const bool is_group = n > 0 && g_array_index(self->table->rows, WmTableRow, 0).group;
    return before + (is_group ? self->cell.size_pt * 2 + row_height(self, 1) : row_height(self, 0) + row_height(self, 1));
}

double wm_paper_table_head(WmPaper *paper, const WmTable *table)
{
    const Setter self = setter_for(paper, table);
    return head_height(&self);
}

void wm_paper_put_table(WmPaper *paper, const WmTable *table)
{
    if (table->rows->len == 0)
        return;
    const Setter self = setter_for(paper, table);
    wm_paper_need(paper, head_height(&self));
    if (*table->caption) {
        g_autoptr(PangoLayout) caption = set_caption(&self);
        wm_paper_begin(paper, "Caption");
        wm_paper_draw_layout(paper, caption, WM_PAGE_LEFT, paper->y);
        wm_paper_end(paper, "Caption");
        paper->y += wm_layout_height(caption) + 4;
    }
    wm_paper_begin(paper, "Table");
    put_header(&self);
    for (guint i = 0; i < table->rows->len; i++) {
        const WmTableRow *row = &g_array_index(table->rows, WmTableRow, i);
        if (row->group)
            put_group(&self, i);
        else
            put_row(&self, row);
    }
    wm_paper_end(paper, "Table");
}
