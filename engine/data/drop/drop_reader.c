/* A drop's rows, from the first above its header to the notes below it. */
#include "engine/data/drop/drop_reader.h"

#include <string.h>

#include "engine/data/drop/drop_unread.h"

#define MAX_ROWS_ABOVE 1000 /* kept for @B2 */
#define MIN_SHARES     3    /* fewer figures between 0 and 1 say nothing */

struct DropReader {
    const WmPlan *plan;
    const WmRecipe *recipe;
    const char *file;
    DropSink sink;
    SheetHeader *names;
    GPtrArray *above; /* of SheetAbove */
    DropHeader *header;
    gboolean has_ended; /* the notes below the table have begun */
};

static void above_free(gpointer data)
{
    g_strfreev(((SheetAbove *)data)->fields);
    g_free(data);
}

DropReader *drop_reader_new(const WmPlan *plan, const WmRecipe *recipe, const char *file, const DropSink *sink)
{
    DropReader *self = g_new0(DropReader, 1);
    self->plan = plan;
    self->recipe = recipe;
    self->file = file;
    self->sink = *sink;
    self->names = sheet_header_new();
    self->above = g_ptr_array_new_with_free_func(above_free);
    return self;
}

void drop_reader_free(DropReader *self)
{
    if (!self)
        return;
    drop_header_free(self->header);
    sheet_header_free(self->names);
    g_ptr_array_unref(self->above);
    g_free(self);
}

static void keep_above(DropReader *self, const SheetRow *row)
{
    if (self->above->len >= MAX_ROWS_ABOVE)
        return;
    SheetAbove *above = g_new(SheetAbove, 1);
    *above = (SheetAbove){row->number, g_new0(char *, row->n_fields + 1)};
    for (size_t i = 0; i < row->n_fields; i++)
        above->fields[i] = g_strstrip(g_strdup(row->fields[i]));
    g_ptr_array_add(self->above, above);
}

static const GArray *header_rows(const DropReader *self)
{
    return self->recipe && self->recipe->header->len ? self->recipe->header : NULL;
}

static gboolean is_header_row(const DropReader *self, int number)
{
    const GArray *rows = header_rows(self);
    if (!rows)
        return self->names->rows->len == 0;
    for (guint i = 0; i < rows->len; i++)
        if (g_array_index(rows, int, i) == number)
            return TRUE;
    return FALSE;
}

/* The last row of the header; without a statement the first that holds anything. */
static gboolean is_below_header(const DropReader *self, int number)
{
    const GArray *rows = header_rows(self);
    return rows ? number > g_array_index(rows, int, rows->len - 1) : self->names->rows->len > 0;
}

static gboolean bind(DropReader *self, GError **error)
{
    if (self->header)
        return TRUE;
    if (self->names->rows->len == 0) {
        const gboolean is_stated = header_rows(self) != NULL && self->above->len > 0;
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = self->file,
                                     .advice = is_stated ? "count the rows as a spreadsheet shows them, blank ones too"
                                                         : "is it the right file?"},
                     is_stated ? "the header row that the recipe states is not there" : "the file is empty");
        return FALSE;
    }
    sheet_header_join(self->names);
    const DropPlace place = {self->file, self->above};
    self->header = drop_header_new(self->plan, self->recipe, self->names, &place, error);
    return self->header != NULL;
}

static gboolean begins_notes(const DropReader *self, const SheetRow *row)
{
    if (!self->recipe || self->recipe->skip_after->len == 0)
        return FALSE;
    size_t first = 0;
    while (first + 1 < row->n_fields && !*row->fields[first])
        first++;
    g_autofree char *text = g_utf8_casefold(row->fields[first], -1);
    for (guint i = 0; i < self->recipe->skip_after->len; i++) {
        g_autofree char *mark = g_utf8_casefold(g_ptr_array_index(self->recipe->skip_after, i), -1);
        if (g_str_has_prefix(g_strchug(text), mark))
            return TRUE;
    }
    return FALSE;
}

gboolean drop_reader_row(const SheetRow *row, gpointer reader, GError **error)
{
    DropReader *self = reader;
    if (!self->header && is_header_row(self, row->number)) {
        sheet_header_add(self->names, row);
        return TRUE;
    }
    if (!self->header && !is_below_header(self, row->number)) {
        keep_above(self, row);
        return TRUE;
    }
    if (!bind(self, error))
        return FALSE;
    self->has_ended = self->has_ended || begins_notes(self, row);
    return self->has_ended || drop_row_read(self->header, row, &self->sink, error);
}

/* A filter that nothing passes is a slip, or another kind of file: the column's own texts show which. */
static gboolean fail_filter(const DropReader *self, const BoundFilter *bound, GError **error)
{
    g_autoptr(GString) advice = g_string_new("the column holds");
    for (guint i = 0; i < bound->samples->len; i++)
        g_string_append_printf(advice, "%s “%s”", i ? "," : "", (const char *)g_ptr_array_index(bound->samples, i));
    const Term *column = &g_array_index(bound->filter->column.terms, Term, 0);
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = self->recipe->path, .line = bound->filter->line, .advice = advice->str},
                 "no row of %s passes the filter on %s", self->file, column->text ? column->text : "that column");
    return FALSE;
}

gboolean drop_reader_finish(DropReader *self, GError **error)
{
    if (!bind(self, error))
        return FALSE;
    const RowCounts *counts = &self->header->counts;
    if (counts->n_filtered == 0 || counts->n_filtered < counts->n_rows)
        return TRUE;
    for (guint i = 0; i < self->header->filter_lists->len; i++) {
        const GPtrArray *list = g_ptr_array_index(self->header->filter_lists, i);
        for (guint k = 0; k < list->len; k++) {
            const BoundFilter *bound = g_ptr_array_index(list, k);
            if (bound->n_passed == 0 && bound->samples->len > 0)
                return fail_filter(self, bound, error);
        }
    }
    return TRUE;
}

size_t drop_reader_n_columns(const DropReader *self)
{
    return self->header ? self->header->n_columns : 0;
}

RowCounts drop_reader_counts(const DropReader *self)
{
    return self->header ? self->header->counts : (RowCounts){0};
}

/* ---- what a reader of the file should know ---- */

static void report_unused(const DropReader *self, WmProblems *problems)
{
    for (guint i = 0; i < sheet_header_n(self->names); i++) {
        const char *name = sheet_header_name(self->names, i);
        if (self->header->is_used[i] || !*name)
            continue;
        g_autofree char *message = g_strdup_printf("column %s is kept, not used", name);
        wm_problems_add(problems, &(WmProblem){.file = self->file,
                                               .line = self->names->line,
                                               .column = (int)i + 1,
                                               .severity = WM_SEVERITY_INFO,
                                               .code = "unknown_column",
                                               .message = message,
                                               .advice = "nothing to do, unless the name is a slip"});
    }
}

void drop_reader_report_fractions(const DropReader *self, WmProblems *problems)
{
    if (!self->header)
        return;
    for (size_t i = 0; i < self->plan->n_indicators; i++) {
        const ShareCensus *census = &self->header->shares[i];
        if (census->n < MIN_SHARES || census->n_inside == 0 || census->largest > 1)
            continue;
        g_autofree char *message =
            g_strdup_printf("all %" G_GINT64_FORMAT " figures of %s lie between 0 and 1, and percents go to 100", census->n,
                            self->plan->indicators[i].indicator);
        wm_problems_add(problems, &(WmProblem){.file = self->file,
                                               .severity = WM_SEVERITY_WARNING,
                                               .code = "percent_as_fraction",
                                               .message = message,
                                               .advice = "if 0.48 is meant as 48%, say scale = 100 in the recipe",
                                               .indicator = self->plan->indicators[i].indicator});
    }
}

static void report_unknown_units(const DropReader *self, WmProblems *problems)
{
    const gint64 n = self->header->counts.n_unknown_units;
    if (n == 0)
        return;
    g_autofree char *message = g_strdup_printf("%" G_GINT64_FORMAT " row%s of units that are not in units.csv %s left out", n,
                                               n == 1 ? "" : "s", n == 1 ? "was" : "were");
    wm_problems_add(problems, &(WmProblem){.file = self->file,
                                           .severity = WM_SEVERITY_INFO,
                                           .code = "skipped_units",
                                           .message = message,
                                           .advice = "the recipe says unknown_units = skip"});
}

static void report_without_unit(const DropReader *self, WmProblems *problems)
{
    const RowCounts *counts = &self->header->counts;
    const gint64 n = counts->n_without_unit;
    if (n == 0 || counts->n_named_units == 0)
        return;
    const char *area = *self->plan->settings.area ? self->plan->settings.area : "the plan's area";
    g_autofree char *message =
        g_strdup_printf("%" G_GINT64_FORMAT " row%s without a unit, among %" G_GINT64_FORMAT " that name one, count%s as %s's own",
                        n, n == 1 ? "" : "s", counts->n_named_units, n == 1 ? "s" : "", area);
    wm_problems_add(problems,
                    &(WmProblem){.file = self->file,
                                 .severity = WM_SEVERITY_WARNING,
                                 .code = "rows_without_unit",
                                 .message = message,
                                 .advice = "name the columns that hold their unit too, filter them out, or say \"\" = under "
                                           "[rename unit] where they are the area's"});
}

static void report_no_rows(const DropReader *self, WmProblems *problems)
{
    if (self->header->counts.n_rows == 0)
        wm_problems_add(problems, &(WmProblem){.file = self->file,
                                               .line = self->names->line,
                                               .severity = WM_SEVERITY_WARNING,
                                               .code = "no_rows",
                                               .message = "there is a header, and no row below it",
                                               .advice = "ask the sender whether the file is whole"});
}

void drop_reader_report(const DropReader *self, WmProblems *problems)
{
    if (!self->header)
        return;
    if (!self->recipe)
        report_unused(self, problems);
    drop_unread_report(self->header, self->names, self->file, problems);
    drop_part_report(self->header, self->names, self->file, problems);
    report_unknown_units(self, problems);
    report_without_unit(self, problems);
    report_no_rows(self, problems);
}
