/* Which two columns of counts a column of percents comes of: those whose ratio it is in every row. */
#include <math.h>
#include <string.h>
#include <waymark/value.h>

#include "engine/data/recipe/guess_private.h"
#include "engine/data/text/figure_text.h"

#define MAX_ROWS    400 /* looked at */
#define MAX_COLUMNS 60  /* of figures; pairs of more are too many to try */
#define MIN_ROWS    8   /* in which all three stand; fewer agree by chance */
#define MIN_SHARES  4   /* that differ from each other: noughts and hundreds agree with many pairs */

typedef struct {
    double value;
    double half_unit; /* of its last published digit */
} Cell;

typedef struct {
    const Guess *guess;
    guint columns[MAX_COLUMNS], n_columns; /* of figures */
    GArray *cells;                         /* of Cell: n_columns a row */
    guint n_rows;
} Figures;

static Cell read_cell(const SheetProfile *profile, const char *text)
{
    WmValueText value;
    const char *point = strchr(text, profile->has_decimal_commas ? ',' : '.');
    const size_t n_decimals = point ? strspn(point + 1, "0123456789") : 0;
    if (!figure_text_read(text, profile->has_decimal_commas, &value))
        return (Cell){NAN, 0};
    return (Cell){value.value, 0.5 * pow(10, -(double)n_decimals) + 1e-9};
}

static gboolean take_row(const SheetRow *row, gpointer data, GError **error)
{
    Figures *self = data;
    (void)error;
    if (self->n_rows >= MAX_ROWS || row->number <= self->guess->profile->last_header_row)
        return TRUE;
    for (guint i = 0; i < self->n_columns; i++) {
        g_autofree char *text = g_strstrip(g_strdup(self->columns[i] < row->n_fields ? row->fields[self->columns[i]] : ""));
        const Cell cell = read_cell(self->guess->profile, text);
        g_array_append_val(self->cells, cell);
    }
    self->n_rows++;
    return TRUE;
}

static Cell cell_at(const Figures *self, guint row, guint i)
{
    return g_array_index(self->cells, Cell, row * self->n_columns + i);
}

/* In how many rows the share is that of the two counts; 0 where it is not in one of them, or in too few. */
static guint n_agreeing(const Figures *self, guint share, guint numerator, guint denominator, double scale)
{
    double first = NAN;
    guint n = 0, n_other = 0;
    for (guint row = 0; row < self->n_rows; row++) {
        const Cell p = cell_at(self, row, share);
        const double a = cell_at(self, row, numerator).value, b = cell_at(self, row, denominator).value;
        if (isnan(p.value) || isnan(a) || !(b > 0))
            continue;
        if (fabs(a / b * scale - p.value) > p.half_unit)
            return 0;
        if (n == 0)
            first = p.value;
        n++;
        n_other += p.value != first && p.value > 0 && p.value < scale;
    }
    return n >= MIN_ROWS && n_other >= MIN_SHARES ? n : 0;
}

static gboolean is_counts(const Figures *self, guint i)
{
    const ColumnProfile *column = sheet_profile_column(self->guess->profile, self->columns[i]);
    return column->n_parts == 0 && column->n_percents == 0 && column->smallest >= 0 && column->largest > 1;
}

static void find_counts(const Figures *self, GuessedIndicator *one, guint share)
{
    guint most = 0, numerator = 0, denominator = 0;
    for (guint a = 0; a < self->n_columns; a++)
        for (guint b = 0; is_counts(self, a) && b < self->n_columns; b++) {
            if (a == b || a == share || b == share || !is_counts(self, b))
                continue;
            const guint n = n_agreeing(self, share, a, b, one->is_fraction ? 1 : 100);
            if (n > most) {
                most = n;
                numerator = a;
                denominator = b;
            }
        }
    if (most == 0)
        return;
    one->n_agreeing = most;
    one->numerator = guess_column_text(self->guess->profile->names, self->columns[numerator]);
    one->denominator = guess_column_text(self->guess->profile->names, self->columns[denominator]);
}

gboolean guess_find_ratios(Guess *self, const SourceOptions *options, GError **error)
{
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    Figures figures = {.guess = self, .cells = cells};
    gboolean has_shares = FALSE;
    for (guint i = 0; i < self->profile->columns->len && figures.n_columns < MAX_COLUMNS; i++)
        if (self->roles[i] == ROLE_FIGURE)
            figures.columns[figures.n_columns++] = i;
    for (guint i = 0; i < self->indicators->len; i++)
        has_shares |= g_array_index(self->indicators, GuessedIndicator, i).is_percent;
    if (!has_shares || figures.n_columns < 3)
        return TRUE;
    if (!source_read(self->path, options, take_row, &figures, NULL, error))
        return FALSE;
    for (guint i = 0; i < self->indicators->len; i++) {
        GuessedIndicator *one = &g_array_index(self->indicators, GuessedIndicator, i);
        for (guint k = 0; one->is_percent && k < figures.n_columns; k++)
            if (figures.columns[k] == one->example)
                find_counts(&figures, one, k);
    }
    return TRUE;
}
