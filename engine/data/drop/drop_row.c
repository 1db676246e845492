/* One row of a drop: whether it counts, and its readings one after another. */
#include "engine/data/drop/drop_row.h"

#include <string.h>
#include <waymark/value.h>

#include "engine/data/drop/drop_reading.h"
#include "engine/data/drop/drop_text.h"
#include "engine/data/drop/drop_unread.h"
#include "engine/data/text/figure_text.h"

#define MAX_SAMPLES 8 /* of a filtered column's texts */

static void keep_sample(BoundFilter *self, const char *text)
{
    for (guint i = 0; i < self->samples->len; i++)
        if (strcmp(g_ptr_array_index(self->samples, i), text) == 0)
            return;
    if (self->samples->len < MAX_SAMPLES)
        g_ptr_array_add(self->samples, g_strdup(text));
}

static gboolean fits_filter(const Filter *filter, const char *text)
{
    for (guint i = 0; i < filter->literals->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(filter->literals, i), text) == 0)
            return TRUE;
    for (guint i = 0; i < filter->alternatives->len; i++)
        if (pattern_fits(g_ptr_array_index(filter->alternatives, i), text))
            return TRUE;
    return FALSE;
}

static gboolean passes(const DropHeader *header, const SheetRow *row, const GPtrArray *filters)
{
    for (guint i = 0; filters && i < filters->len; i++) {
        int column;
        BoundFilter *bound = g_ptr_array_index(filters, i);
        const char *text = drop_text(header, row, &bound->column, header->scratch[FIELD_STATE], &column);
        if (fits_filter(bound->filter, text) == bound->filter->is_negated) {
            if (bound->n_passed == 0)
                keep_sample(bound, text);
            return FALSE;
        }
        bound->n_passed++;
    }
    return TRUE;
}

static gboolean has_figure(const DropHeader *header, const SheetRow *row, const Extract *extract)
{
    static const Field FIGURES[] = {FIELD_VALUE, FIELD_NUMERATOR, FIELD_DENOMINATOR};
    for (size_t i = 0; i < G_N_ELEMENTS(FIGURES); i++) {
        int column;
        if (*drop_text(header, row, &extract->fields[FIGURES[i]], header->scratch[FIGURES[i]], &column))
            return TRUE;
    }
    return FALSE;
}

static const char *first_text(const SheetRow *row)
{
    for (size_t i = 0; i < row->n_fields; i++)
        if (*row->fields[i])
            return row->fields[i];
    return "";
}

static gboolean is_figure(const DropHeader *header, const char *text)
{
    WmValueText value;
    return figure_text_read(text, header->recipe->dialect.has_decimal_commas, &value);
}

/* A banner or a section's line: no figure in a wide file; a lone text, perhaps merged over several cells. */
static gboolean is_without_figures(const DropHeader *header, const SheetRow *row)
{
    if (!header->recipe)
        return FALSE;
    if (header->n_columns > 1 && sheet_row_n_texts(row) <= 1 && !(header->is_wide && is_figure(header, first_text(row))))
        return TRUE;
    if (!header->is_wide)
        return FALSE;
    for (guint i = 0; i < header->extracts->len; i++)
        if (has_figure(header, row, &g_array_index(header->extracts, Extract, i)))
            return FALSE;
    return TRUE;
}

/* A spreadsheet's rows may be wider than its table by empty cells; a file of our own may not. */
static gboolean has_extra_text(const DropHeader *header, const SheetRow *row)
{
    if (!header->recipe)
        return row->n_fields > header->n_columns;
    for (size_t i = header->n_columns; i < row->n_fields; i++)
        if (*row->fields[i])
            return TRUE;
    return FALSE;
}

/* Where a recipe says nothing of an empty unit, the row is the area's: in a national file that is most often a slip. */
static void count_unit(DropHeader *self, const SheetRow *row, const Extract *extract, const char *unit)
{
    int column;
    const BoundField *field = &extract->fields[FIELD_UNIT];
    if (!self->recipe || field->n_terms == 0 || self->unit_row == self->counts.n_rows)
        return;
    self->unit_row = self->counts.n_rows;
    if ((unit && *unit) || *drop_text(self, row, field, self->scratch[FIELD_UNIT], &column))
        self->counts.n_named_units++;
    else
        self->counts.n_without_unit += unit && !recipe_renames(self->recipe, FIELD_UNIT, "");
}

/* Says in *goes_on whether the row's other readings are worth a look. */
static gboolean read_extract(DropHeader *self, const SheetRow *row, const Extract *extract, const DropSink *sink, gboolean *goes_on,
                             GError **error)
{
    WmStoredReading reading;
    RefusedReading refused;
    const gboolean is_read = drop_reading_read(self, row, extract, &reading, &refused);
    g_autofree char *message = refused.message;
    *goes_on = is_read || !refused.is_row;
    if (is_read || refused.is_skipped)
        count_unit(self, row, extract, reading.unit);
    if (is_read)
        return sink->reading(&reading, row, sink->data, error);
    if (!refused.is_skipped)
        return sink->refusal(&refused.why, row, sink->data, error);
    self->counts.n_unknown_units++;
    return TRUE;
}

static gboolean read_extracts(DropHeader *self, const SheetRow *row, const DropSink *sink, GError **error)
{
    gboolean goes_on = TRUE, is_taken = FALSE;
    for (guint i = 0; goes_on && i < self->extracts->len; i++) {
        const Extract *extract = &g_array_index(self->extracts, Extract, i);
        if (!passes(self, row, extract->filters) || (self->is_wide && !has_figure(self, row, extract)))
            continue;
        is_taken = TRUE;
        if (!read_extract(self, row, extract, sink, &goes_on, error))
            return FALSE;
    }
    self->counts.n_filtered += !is_taken;
    return TRUE;
}

static gboolean refuse_extra(const DropHeader *self, const SheetRow *row, const DropSink *sink, GError **error)
{
    g_autofree char *message = g_strdup_printf("the row has %zu fields, the header %zu", row->n_fields, self->n_columns);
    return sink->refusal(&(Refusal){0, "extra_field", message}, row, sink->data, error);
}

gboolean drop_row_read(DropHeader *self, const SheetRow *row, const DropSink *sink, GError **error)
{
    self->counts.n_rows++;
    if (row->has_nul)
        return sink->refusal(&(Refusal){0, "nul_byte", "the row holds a NUL byte"}, row, sink->data, error);
    if (!passes(self, row, self->filters)) {
        self->counts.n_filtered++;
        return TRUE;
    }
    drop_unread_look(self, row);
    if (is_without_figures(self, row))
        self->counts.n_without++;
    else if (has_extra_text(self, row))
        return refuse_extra(self, row, sink, error);
    else
        return read_extracts(self, row, sink, error);
    return TRUE;
}
