/* A document as its parts: building it, and keeping text data. */
#include "plot/report/document.h"

#include <string.h>

#define REPLACEMENT 0xFFFD

static void prose_free(gpointer prose)
{
    g_array_unref(((WmProse *)prose)->runs);
    g_free(prose);
}

static void table_free(gpointer table)
{
    g_array_unref(((WmTable *)table)->rows);
    g_free(table);
}

static void block_free(gpointer data)
{
    WmBlock *block = data;
    g_clear_pointer(&block->items, g_ptr_array_unref);
    g_clear_pointer(&block->key_figures, g_array_unref);
    g_free(block);
}

typedef struct {
    gpointer thing;
    GDestroyNotify free;
} Owned;

static void owned_free(gpointer data)
{
    Owned *owned = data;
    owned->free(owned->thing);
    g_free(owned);
}

gpointer wm_document_own(WmDocument *self, gpointer thing, GDestroyNotify free)
{
    Owned *owned = g_new(Owned, 1);
    *owned = (Owned){thing, free};
    g_ptr_array_add(self->owned, owned);
    return thing;
}

const char *wm_front_from(const WmFrontMatter *front)
{
    return strcmp(front->author_role, front->board) == 0 ? "" : front->author_role;
}

WmDocument *wm_document_new(const WmFrontMatter *front)
{
    WmDocument *self = g_new0(WmDocument, 1);
    self->blocks = g_ptr_array_new_with_free_func(block_free);
    self->owned = g_ptr_array_new_with_free_func(owned_free);
    self->texts = g_string_chunk_new(4096);
    self->front = *front;
    const char **const texts[] = {&self->front.title, &self->front.subtitle,    &self->front.area,
                                  &self->front.board, &self->front.author_role, &self->front.plan_version};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = wm_document_text(self, *texts[i]);
    return self;
}

void wm_document_free(WmDocument *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->blocks);
    g_ptr_array_unref(self->owned);
    g_string_chunk_free(self->texts);
    g_free(self);
}

/* Characters that XML forbids, that do not show, or that make a reader see letters in another order than they stand. */
static const struct {
    gunichar first, last;
} UNFIT[] = {
    {0x00, 0x08},     {0x0B, 0x1F},     {0x7F, 0x9F},     {0x200E, 0x200F}, {0x2028, 0x202E},
    {0x2066, 0x2069}, {0xFDD0, 0xFDEF}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFC}, {0xFFFE, 0xFFFF},
};

static bool is_unfit(gunichar c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(UNFIT); i++)
        if (c >= UNFIT[i].first && c <= UNFIT[i].last)
            return true;
    return (c & 0xFFFE) == 0xFFFE;
}

char *wm_text_fit(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
    GString *fit = g_string_sized_new(strlen(valid));
    for (char *p = valid; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (c == '\r' && p[1] == '\n')
            continue;
        g_string_append_unichar(fit, c == '\r' ? '\n' : is_unfit(c) ? REPLACEMENT : c);
    }
    return g_string_free(fit, FALSE);
}

static const char *keep_text(GStringChunk *texts, const char *text)
{
    g_autofree char *fit = wm_text_fit(text);
    return g_string_chunk_insert(texts, fit);
}

const char *wm_document_text(WmDocument *self, const char *text)
{
    return keep_text(self->texts, text);
}

const char *wm_document_textf(WmDocument *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return wm_document_text(self, text);
}

const char *wm_document_id(WmDocument *self, const char *kind, size_t i)
{
    return wm_document_textf(self, "%s-%zu", kind, i);
}

WmProse *wm_document_prose(WmDocument *self, const char *text)
{
    WmProse *prose = g_new0(WmProse, 1);
    prose->runs = g_array_new(FALSE, FALSE, sizeof(WmRun));
    prose->texts = self->texts;
    wm_prose_add(prose, WM_RUN_PLAIN, text);
    return wm_document_own(self, prose, prose_free);
}

WmProse *wm_document_prosef(WmDocument *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return wm_document_prose(self, text);
}

void wm_prose_add(WmProse *self, WmRunKind kind, const char *text)
{
    if (!text || !*text)
        return;
    const WmRun run = {.kind = kind, .text = keep_text(self->texts, text), .target = ""};
    g_array_append_val(self->runs, run);
}

void wm_prose_addf(WmProse *self, WmRunKind kind, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wm_prose_add(self, kind, text);
}

void wm_prose_add_link(WmProse *self, const char *text, const char *target)
{
    const WmRun run = {.kind = WM_RUN_LINK, .text = keep_text(self->texts, text), .target = keep_text(self->texts, target)};
    g_array_append_val(self->runs, run);
}

void wm_prose_add_file(WmProse *self, const char *text, const char *path)
{
    const WmRun run = {.kind = WM_RUN_FILE, .text = keep_text(self->texts, text), .target = keep_text(self->texts, path)};
    g_array_append_val(self->runs, run);
}

void wm_prose_add_status(WmProse *self, WmVerdict status)
{
    const WmRun run = {.kind = WM_RUN_STATUS, .text = "", .target = "", .status = status};
    g_array_append_val(self->runs, run);
}

void wm_prose_break(WmProse *self)
{
    const WmRun run = {.kind = WM_RUN_BREAK, .text = "", .target = ""};
    g_array_append_val(self->runs, run);
}

bool wm_prose_is_empty(const WmProse *self)
{
    return self->runs->len == 0;
}

WmTable *wm_document_table(WmDocument *self, const char *caption, const WmColumn *columns, size_t n_columns)
{
    WmColumn *kept = wm_document_own(self, g_new0(WmColumn, MAX(n_columns, 1)), g_free);
    for (size_t i = 0; i < n_columns; i++) {
        kept[i] = columns[i];
        kept[i].title = wm_document_text(self, columns[i].title);
    }
    WmTable *table = wm_document_own(self, g_new0(WmTable, 1), table_free);
    *table = (WmTable){.caption = wm_document_text(self, caption),
                       .label = "",
                       .columns = kept,
                       .n_columns = n_columns,
                       .rows = g_array_new(FALSE, FALSE, sizeof(WmTableRow)),
                       .has_header = true};
    return table;
}

WmTable *wm_document_facts(WmDocument *self, const char *label)
{
    static const WmColumn COLUMNS[] = {{.title = "", .is_row_header = true}, {.title = ""}};
    WmTable *table = wm_document_table(self, "", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->label = wm_document_text(self, label);
    table->has_header = false;
    return table;
}

void wm_table_row(WmDocument *self, WmTable *table, WmProse *const *cells)
{
    WmProse **kept = wm_document_own(self, g_new0(WmProse *, table->n_columns), g_free);
    for (size_t i = 0; i < table->n_columns; i++)
        kept[i] = cells[i] ? cells[i] : wm_document_prose(self, "");
    const WmTableRow row = {NULL, kept};
    g_array_append_val(table->rows, row);
}

void wm_table_group(WmDocument *self, WmTable *table, const char *title)
{
    const WmTableRow row = {wm_document_text(self, title), NULL};
    g_array_append_val(table->rows, row);
}

void wm_table_fact(WmDocument *self, WmTable *table, const char *name, WmProse *value)
{
    if (value && !wm_prose_is_empty(value))
        wm_table_row(self, table, (WmProse *[]){wm_document_prose(self, name), value});
}

static WmBlock *add_block(WmDocument *self, WmBlockKind kind)
{
    WmBlock *block = g_new0(WmBlock, 1);
    block->kind = kind;
    block->id = block->title = "";
    block->status.status = WM_N_RAGS;
    g_ptr_array_add(self->blocks, block);
    return block;
}

WmBlock *wm_document_heading(WmDocument *self, int level, const char *id, const char *title)
{
    WmBlock *block = add_block(self, WM_BLOCK_HEADING);
    block->is_kept = true;
    block->level = level;
    block->id = wm_document_text(self, id);
    block->title = wm_document_text(self, title);
    block->prose = wm_document_prose(self, title);
    return block;
}

WmBlock *wm_document_paragraph(WmDocument *self, WmProse *prose)
{
    WmBlock *block = add_block(self, WM_BLOCK_PARAGRAPH);
    block->prose = prose;
    return block;
}

WmBlock *wm_document_list(WmDocument *self)
{
    WmBlock *block = add_block(self, WM_BLOCK_LIST);
    block->items = g_ptr_array_new();
    return block;
}

void wm_list_add(WmBlock *list, WmProse *item)
{
    g_ptr_array_add(list->items, item);
}

WmBlock *wm_document_add_table(WmDocument *self, WmTable *table)
{
    WmBlock *block = add_block(self, WM_BLOCK_TABLE);
    block->table = table;
    if (table->rows->len > WM_MOST_ROWS && !table->is_whole) {
        wm_document_paragraph(
            self, wm_document_prosef(self, "The first %d of %u rows are shown. The CSV files beside this paper have all.",
                                     WM_MOST_ROWS, table->rows->len));
        g_array_set_size(table->rows, WM_MOST_ROWS);
    }
    return block;
}

size_t wm_document_most_sections(WmDocument *self, size_t n)
{
    if (n <= WM_MOST_SECTIONS)
        return n;
    wm_document_paragraph(
        self, wm_document_prosef(
                  self, "%d of %zu are shown in full. The tables name the others, and the CSV files beside this paper have all.",
                  WM_MOST_SECTIONS, n));
    return WM_MOST_SECTIONS;
}

void wm_document_link_section(WmProse *prose, const char *text, size_t i, const char *target)
{
    if (i < WM_MOST_SECTIONS)
        wm_prose_add_link(prose, text, target);
    else
        wm_prose_add(prose, WM_RUN_PLAIN, text);
}

WmBlock *wm_document_figure(WmDocument *self, const WmFigure *figure)
{
    WmBlock *block = add_block(self, WM_BLOCK_FIGURE);
    block->figure = *figure;
    block->figure.id = wm_document_text(self, figure->id);
    block->figure.alt = wm_document_text(self, figure->alt);
    block->figure.caption = wm_document_text(self, figure->caption);
    return block;
}

WmBlock *wm_document_notice(WmDocument *self, WmNoticeTone tone, const char *title, const char *text)
{
    WmBlock *block = add_block(self, WM_BLOCK_NOTICE);
    block->tone = tone;
    block->title = wm_document_text(self, title);
    block->prose = wm_document_prose(self, text);
    return block;
}

WmBlock *wm_document_key_figures(WmDocument *self)
{
    WmBlock *block = add_block(self, WM_BLOCK_KEY_FIGURES);
    block->key_figures = g_array_new(FALSE, FALSE, sizeof(WmKeyFigure));
    return block;
}

void wm_key_figures_add(WmDocument *self, WmBlock *block, const char *value, const char *label, const WmRag *status)
{
    const WmKeyFigure figure = {wm_document_text(self, value), wm_document_text(self, label), status != NULL,
                                status ? *status : WM_GREY};
    g_array_append_val(block->key_figures, figure);
}

WmBlock *wm_document_mark(WmDocument *self, WmBlockKind contents_or_new_page)
{
    return add_block(self, contents_or_new_page);
}
