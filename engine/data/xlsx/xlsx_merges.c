/* Merged ranges: <mergeCells> of <mergeCell ref="A1:C2">. */
#include "engine/data/xlsx/xlsx_merges.h"

#include <string.h>

#include "engine/data/xlsx/xlsx_cell.h"
#include "engine/data/xlsx/xlsx_error.h"
#include "engine/data/xlsx/xlsx_xml.h"

#define MARK        "mergeCell"
#define CHUNK_BYTES (64 * 1024)
#define MAX_RANGES  100000

typedef struct {
    int first_row, last_row, first_column, last_column;
    char *text; /* of its first cell, once its first row has been read */
} Range;

struct XlsxMerges {
    GArray *ranges; /* of Range, by first row */
    guint next;     /* the first that has not begun */
    GArray *active; /* indices of those that cover the present row */
};

static void range_clear(gpointer data)
{
    g_free(((Range *)data)->text);
}

/* Whether the part's bytes have the mark anywhere, across chunks too. */
static gboolean has_mark(XlsxZip *zip, const char *part, gboolean *has, GError **error)
{
    const size_t overlap = strlen(MARK) - 1;
    g_autoptr(XlsxPart) stream = xlsx_part_open(zip, part, error);
    g_autofree char *chunk = g_malloc(overlap + CHUNK_BYTES + 1);
    size_t kept = 0;
    gssize n = stream ? 1 : -1;
    *has = FALSE;
    while (!*has && stream && (n = xlsx_part_read(stream, chunk + kept, CHUNK_BYTES, error)) > 0) {
        const size_t length = kept + (size_t)n;
        *has = g_strstr_len(chunk, (gssize)length, MARK) != NULL;
        kept = MIN(overlap, length);
        memmove(chunk, chunk + length - kept, kept);
    }
    return n >= 0;
}

typedef struct {
    XlsxMerges *merges;
    const char *file;
} Reader;

static gboolean range_read(const char *text, Range *out)
{
    g_auto(GStrv) corners = g_strsplit(text, ":", 3);
    *out = (Range){0};
    return g_strv_length(corners) == 2 && xlsx_reference_read(corners[0], &out->first_row, &out->first_column) &&
           xlsx_reference_read(corners[1], &out->last_row, &out->last_column) && out->first_row <= out->last_row &&
           out->first_column <= out->last_column;
}

static gboolean on_begin(const XlsxElement *element, gpointer data, GError **error)
{
    Reader *self = data;
    if (!xlsx_element_is(element, MARK))
        return TRUE;
    g_autofree char *text = xlsx_attribute(element, "ref");
    Range range;
    if (!text || !range_read(text, &range))
        return xlsx_fail(error, self->file, XLSX_SAVE_AGAIN, "the merged range “%.40s” lies outside a sheet", text ? text : "");
    if (self->merges->ranges->len == MAX_RANGES)
        return xlsx_fail(error, self->file, "save the sheet as CSV", "a sheet has more than 100,000 merged ranges");
    g_array_append_val(self->merges->ranges, range);
    return TRUE;
}

static int by_first_row(gconstpointer a, gconstpointer b)
{
    const Range *first = a, *second = b;
    return first->first_row != second->first_row ? first->first_row - second->first_row
                                                 : first->first_column - second->first_column;
}

XlsxMerges *xlsx_merges_read(XlsxZip *zip, const char *part, GError **error)
{
    static const XlsxEvents EVENTS = {"worksheet", on_begin, NULL, NULL};
    g_autoptr(XlsxMerges) self = g_new0(XlsxMerges, 1);
    self->ranges = g_array_new(FALSE, FALSE, sizeof(Range));
    g_array_set_clear_func(self->ranges, range_clear);
    self->active = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean has;
    Reader reader = {self, xlsx_zip_name(zip)};
    if (!has_mark(zip, part, &has, error) || (has && !xlsx_xml_read(zip, part, &EVENTS, &reader, error)))
        return NULL;
    g_array_sort(self->ranges, by_first_row);
    return g_steal_pointer(&self);
}

void xlsx_merges_free(XlsxMerges *self)
{
    if (!self)
        return;
    g_array_unref(self->ranges);
    g_array_unref(self->active);
    g_free(self);
}

static Range *active_range(const XlsxMerges *self, guint i)
{
    return &g_array_index(self->ranges, Range, g_array_index(self->active, guint, i));
}

/* A range whose first row is none, or is empty, covers nothing. */
static void begin_ranges(XlsxMerges *self, int row, const GPtrArray *fields)
{
    for (; self->next < self->ranges->len; self->next++) {
        Range *range = &g_array_index(self->ranges, Range, self->next);
        const guint column = (guint)range->first_column - 1;
        if (range->first_row > row)
            break;
        if (range->first_row < row || column >= fields->len || !*(const char *)g_ptr_array_index(fields, column))
            continue;
        range->text = g_strdup(g_ptr_array_index(fields, column));
        g_array_append_val(self->active, self->next);
    }
}

static void end_ranges(XlsxMerges *self, int row)
{
    for (guint i = self->active->len; i-- > 0;)
        if (active_range(self, i)->last_row < row) {
            g_clear_pointer(&active_range(self, i)->text, g_free);
            g_array_remove_index_fast(self->active, i);
        }
}

gboolean xlsx_merges_fill(XlsxMerges *self, int row, GPtrArray *fields)
{
    end_ranges(self, row);
    begin_ranges(self, row, fields);
    int n_covered = 0;
    for (guint i = 0; i < self->active->len; i++) {
        const Range *range = active_range(self, i);
        n_covered += range->last_column - range->first_column + 1;
        if (n_covered > XLSX_MAX_COLUMNS)
            return FALSE;
        while (fields->len < (guint)range->last_column)
            g_ptr_array_add(fields, (gpointer) "");
        for (int column = range->first_column - 1; column < range->last_column; column++)
            if (!*(const char *)g_ptr_array_index(fields, (guint)column))
                g_ptr_array_index(fields, (guint)column) = range->text;
    }
    return TRUE;
}
