/* A document as A4 paper: set twice, so that the contents and "page n of m" are known when they are printed. */
#include <cairo-pdf.h>

#include "engine/data/text/point_locale.h"
#include "plot/report/pdf_block.h"

/* Whether a block stands on the page of the one before it. A heading begins a part of its own, except right under another: else
 * pictures would be held together through all that follows. */
static bool is_held(const WmDocument *document, guint i)
{
    const WmBlock *block = g_ptr_array_index(document->blocks, i);
    const WmBlock *before = i > 0 ? g_ptr_array_index(document->blocks, i - 1) : NULL;
    return before && before->is_kept && (block->kind != WM_BLOCK_HEADING || before->kind == WM_BLOCK_HEADING);
}

/* A block, with those that are kept with the next one and the least of the block after them. */
static double chain_height(WmPaper *self, guint i)
{
    const GPtrArray *blocks = self->document->blocks;
    double height = 0;
    do {
        const WmBlock *block = g_ptr_array_index(blocks, i);
        const WmBlockSetter *setter = wm_block_setter(block);
        const bool is_kept = block->is_kept && setter->whole;
        height += setter->space_before;
        height += is_kept ? setter->whole(self, block) : setter->head ? setter->head(self, block) : 0;
        if (!is_kept)
            break;
    } while (++i < blocks->len && is_held(self->document, i));
    return height;
}

static void add_bookmark(WmPaper *self, const WmBlock *block, int *section)
{
    if (wm_paper_is_rehearsal(self) || block->kind != WM_BLOCK_HEADING)
        return;
    g_autofree char *place = g_strdup_printf("dest='%s'", block->id);
    const int parent = block->level == 2 ? CAIRO_PDF_OUTLINE_ROOT : *section;
    const int bookmark = cairo_pdf_surface_add_outline(self->surface, parent, block->title, place,
                                                       block->level == 2 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
    if (block->level == 2)
        *section = bookmark;
}

static bool put_block(WmPaper *self, guint i, GError **error)
{
    const WmBlock *block = g_ptr_array_index(self->document->blocks, i);
    const WmBlockSetter *setter = wm_block_setter(block);
    if (!is_held(self->document, i))
        wm_paper_need(self, chain_height(self, i));
    if (!wm_paper_is_at_top(self))
        self->y += setter->space_before;
    return setter->put(self, block, error);
}

static bool put_all(WmPaper *self, GError **error)
{
    int section = CAIRO_PDF_OUTLINE_ROOT;
    self->page = 1;
    wm_paper_put_front(self);
    for (guint i = 0; i < self->document->blocks->len; i++) {
        if (!put_block(self, i, error))
            return false;
        add_bookmark(self, g_ptr_array_index(self->document->blocks, i), &section);
    }
    wm_paper_put_frame(self);
    return true;
}

/* Pages that keep nothing: their only use is that layouts can be measured against them. */
static bool rehearse(WmPaper *self, GError **error)
{
    cairo_surface_t *nothing = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    self->cr = cairo_create(nothing);
    const bool is_set = put_all(self, error);
    cairo_destroy(self->cr);
    cairo_surface_destroy(nothing);
    return is_set;
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(closure, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/* The dates come from the as-at: Cairo would take them from the clock. */
static void set_metadata(cairo_surface_t *pdf, const WmFrontMatter *front)
{
    char day[WM_PERIOD_TEXT];
    wm_day_format_iso(front->as_at == WM_NO_DAY ? 0 : front->as_at, day);
    g_autofree char *moment = g_strconcat(day, "T00:00:00Z", NULL);
    g_autofree char *title = g_strdup_printf("%s: %s", front->subtitle, front->title);
    const struct {
        cairo_pdf_metadata_t key;
        const char *value;
    } entries[] = {
        {CAIRO_PDF_METADATA_TITLE, title},         {CAIRO_PDF_METADATA_AUTHOR, front->author_role},
        {CAIRO_PDF_METADATA_SUBJECT, front->area}, {CAIRO_PDF_METADATA_CREATOR, "Waymark " WM_VERSION},
        {CAIRO_PDF_METADATA_CREATE_DATE, moment},  {CAIRO_PDF_METADATA_MOD_DATE, moment},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++)
        cairo_pdf_surface_set_metadata(pdf, entries[i].key, entries[i].value);
}

static bool finish(WmPaper *self, GError **error)
{
    cairo_show_page(self->cr);
    cairo_status_t status = cairo_status(self->cr);
    cairo_surface_finish(self->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(self->surface);
    if (status != CAIRO_STATUS_SUCCESS)
        wm_error_set(error, WM_ERROR_FILE, NULL, "the PDF could not be written: %s", cairo_status_to_string(status));
    return status == CAIRO_STATUS_SUCCESS;
}

static bool print(WmPaper *self, GByteArray *written, GError **error)
{
    self->n_pages = self->page;
    self->surface = cairo_pdf_surface_create_for_stream(append, written, WM_A4_WIDTH, WM_A4_HEIGHT);
    self->cr = cairo_create(self->surface);
    set_metadata(self->surface, &self->document->front);
    const bool is_done = put_all(self, error) && finish(self, error);
    cairo_destroy(self->cr);
    cairo_surface_destroy(self->surface);
    return is_done;
}

size_t wm_document_count_pages(const WmDocument *self, GError **error)
{
    g_autoptr(GHashTable) pages = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) widths = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    WmPaper paper = {.document = self, .context = wm_paper_context(), .pages = pages, .widths = widths};
    const bool is_done = rehearse(&paper, error);
    g_object_unref(paper.context);
    return is_done ? (size_t)paper.page : 0;
}

GBytes *wm_document_to_pdf(const WmDocument *self, GError **error)
{
    g_auto(PointLocale) locale = point_locale_begin();
    g_autoptr(GHashTable) pages = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) widths = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_autoptr(GByteArray) written = g_byte_array_new();
    WmPaper paper = {.document = self, .context = wm_paper_context(), .pages = pages, .widths = widths};
    const bool is_done = rehearse(&paper, error) && print(&paper, written, error);
    g_object_unref(paper.context);
    if (!is_done)
        return NULL;
    return g_byte_array_free_to_bytes(g_steal_pointer(&written));
}
