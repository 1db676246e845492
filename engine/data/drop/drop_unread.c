/* Columns that nothing reads. */
#include "engine/data/drop/drop_unread.h"

#include <math.h>
#include <string.h>

#include "engine/data/text/figure_text.h"
#include "engine/data/text/period_text.h"

#define MONTHS_A_YEAR 12
#define YEAR_COLUMN   "time_period"
#define MAX_NAMED     12                /* of them in the message */
#define PART_COLUMN   "time_identifier" /* in the files of the Department for Education: which part of time_period a row is about */

static gboolean is_ignored(const WmRecipe *recipe, const char *name)
{
    for (guint i = 0; i < recipe->ignored->len; i++)
        if (pattern_fits(g_ptr_array_index(recipe->ignored, i), name))
            return TRUE;
    return FALSE;
}

/* Without it, a term's figure would pass for the whole year's. */
static void find_part(DropHeader *self, const SheetHeader *names)
{
    const int column = sheet_header_find(names, PART_COLUMN, 0);
    self->year_column = sheet_header_find(names, YEAR_COLUMN, 0);
    self->part_column = self->recipe && column >= 0 && !self->is_used[column] ? column : -1;
}

void drop_unread_find(DropHeader *self, const SheetHeader *names)
{
    find_part(self, names);
    for (guint i = 0; self->recipe && i < sheet_header_n(names); i++)
        if (!self->is_used[i] && !is_ignored(self->recipe, sheet_header_name(names, i)))
            g_array_append_val(self->unread, i);
}

static gboolean is_figure(const DropHeader *self, const char *text)
{
    WmValueText value;
    return *text && figure_text_read(text, self->recipe->dialect.has_decimal_commas, &value) && !isnan(value.value) &&
           strcmp(value.unit, "yes/no") != 0;
}

/* "Autumn term", "January", "Financial year Q1", "Week 36", and two terms together: a part of the year that it stands beside. What
 * merely says how long periods are ("Month", "Academic year") is none. */
static gboolean is_part_of_year(const char *text)
{
    static const char *const YEARS[] = {"2000/01 ", "2000 "};
    static const WmMeasure ANY = {.frequency = WM_FREQUENCY_ONCE};
    for (size_t i = 0; i < G_N_ELEMENTS(YEARS); i++) {
        WmPeriod period;
        g_autofree char *joined = g_strconcat(YEARS[i], text, NULL);
        if (period_text_read(joined, &ANY, &period))
            return wm_period_kind_months(period.kind) < MONTHS_A_YEAR;
    }
    return *period_text_advice(text) != 0;
}

/* Beside "202105" it says no more than that does. */
static gboolean is_year(const char *text)
{
    static const WmMeasure BY_YEAR = {.frequency = WM_FREQUENCY_ACADEMIC_YEAR};
    WmPeriod period;
    return period_text_read(text, &BY_YEAR, &period) && wm_period_kind_months(period.kind) == MONTHS_A_YEAR;
}

static const char *text_at(const SheetRow *row, int column)
{
    return column >= 0 && (size_t)column < row->n_fields ? row->fields[column] : "";
}

static void look_at_part(DropHeader *self, const SheetRow *row)
{
    const char *text = self->part_column >= 0 && !self->part_text ? text_at(row, self->part_column) : "";
    if (*text && is_year(text_at(row, self->year_column)) && is_part_of_year(text))
        self->part_text = g_strdup(text);
}

void drop_unread_look(DropHeader *self, const SheetRow *row)
{
    look_at_part(self, row);
    for (guint i = self->unread->len; i-- > 0;) {
        const guint column = g_array_index(self->unread, guint, i);
        if (column >= row->n_fields || !is_figure(self, row->fields[column]))
            continue;
        g_array_append_val(self->unread_figures, column);
        g_array_remove_index_fast(self->unread, i);
    }
}

static gint by_number(gconstpointer a, gconstpointer b)
{
    const guint x = *(const guint *)a, y = *(const guint *)b;
    return x < y ? -1 : x > y;
}

static void append_name(GString *out, const SheetHeader *names, guint column)
{
    const char *name = sheet_header_name(names, column);
    if (*name)
        g_string_append(out, name);
    else
        g_string_append_printf(out, "column %u, which has no name", column + 1);
}

void drop_unread_report(const DropHeader *self, const SheetHeader *names, const char *file, WmProblems *problems)
{
    GArray *columns = self->unread_figures;
    if (columns->len == 0)
        return;
    g_array_sort(columns, by_number);
    g_autoptr(GString) message = g_string_new(NULL);
    g_string_append_printf(message, "nothing reads %u column%s that hold%s figures: ", columns->len, columns->len == 1 ? "" : "s",
                           columns->len == 1 ? "s" : "");
    for (guint i = 0; i < columns->len && i < MAX_NAMED; i++) {
        g_string_append(message, i ? ", " : "");
        append_name(message, names, g_array_index(columns, guint, i));
    }
    if (columns->len > MAX_NAMED)
        g_string_append_printf(message, " and %u more", columns->len - MAX_NAMED);
    wm_problems_add(problems, &(WmProblem){.file = file,
                                           .line = names->line,
                                           .column = (int)g_array_index(columns, guint, 0) + 1,
                                           .severity = self->has_places ? WM_SEVERITY_WARNING : WM_SEVERITY_INFO,
                                           .code = "unread_columns",
                                           .message = message->str,
                                           .advice = "name them in the recipe, or say ignore = NAME under [file] where they are "
                                                     "not wanted"});
}

void drop_part_report(const DropHeader *self, const SheetHeader *names, const char *file, WmProblems *problems)
{
    if (!self->part_text)
        return;
    g_autofree char *message =
        g_strdup_printf("%s says “%s”, and nothing reads it: such figures count as the whole year's", PART_COLUMN, self->part_text);
    wm_problems_add(problems,
                    &(WmProblem){.file = file,
                                 .line = names->line,
                                 .column = self->part_column + 1,
                                 .severity = WM_SEVERITY_WARNING,
                                 .code = "part_of_period",
                                 .message = message,
                                 .advice = "say period = time_period + " PART_COLUMN
                                           "; what is no period (two terms together) can be a cohort, or be filtered out"});
}
