/* Small numbers, and what would reveal them. */
#include "engine/core/disclosure_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SMALL       4
#define DEFAULT_DENOMINATOR 10
#define DEFAULT_BASE        5
#define PIVOT_TOLERANCE     1e-9 /* entries are sums of a few +1 and -1 */

static const char *const NAMES[WM_N_HIDINGS] = {
    [WM_SHOWN] = "",
    [WM_HIDDEN_SMALL] = "small",
    [WM_HIDDEN_COMPLEMENT] = "complement",
    [WM_HIDDEN_DENOMINATOR] = "denominator",
    [WM_HIDDEN_PART] = "part",
    [WM_HIDDEN_SECONDARY] = "secondary",
    [WM_HIDDEN_DERIVED] = "derived",
    [WM_ROUNDED] = "rounded",
};

const char *wm_hiding_name(WmHiding hiding)
{
    return NAMES[hiding];
}

WmDisclosureRules disclosure_rules(const WmDisclosureRules *rules)
{
    WmDisclosureRules out = rules ? *rules : (WmDisclosureRules){0};
    out.small = out.small ? out.small : DEFAULT_SMALL;
    out.denominator = out.denominator ? out.denominator : DEFAULT_DENOMINATOR;
    out.base = out.base ? out.base : DEFAULT_BASE;
    return out;
}

bool disclosure_is_small(double count, const WmDisclosureRules *rules)
{
    return count <= rules->small && (count > 0 || (rules->hides_zero && count == 0));
}

WmHiding wm_disclosure_judge(const WmReading *reading, WmKind kind, const WmDisclosureRules *rules)
{
    const WmDisclosureRules own = disclosure_rules(rules);
    const double numerator = reading->numerator, denominator = reading->denominator;
    if (kind == WM_KIND_COUNT && disclosure_is_small(fabs(reading->value), &own))
        return WM_HIDDEN_SMALL;
    if (isnan(denominator) && isnan(numerator))
        return WM_SHOWN;
    if (denominator < own.denominator && (denominator > 0 || own.hides_zero))
        return WM_HIDDEN_DENOMINATOR;
    if (disclosure_is_small(numerator, &own))
        return WM_HIDDEN_SMALL;
    return kind == WM_KIND_PERCENT && disclosure_is_small(denominator - numerator, &own) ? WM_HIDDEN_COMPLEMENT : WM_SHOWN;
}

double wm_disclosure_size(const WmReading *reading, WmKind kind)
{
    if (!isnan(reading->numerator) && !isnan(reading->denominator) && kind == WM_KIND_PERCENT)
        return fmin(reading->numerator, reading->denominator - reading->numerator);
    if (!isnan(reading->numerator))
        return reading->numerator;
    return kind == WM_KIND_COUNT ? reading->value : NAN;
}

/* ---- what can be computed ---- */

typedef struct {
    const double *sizes;
    WmHiding *hidings;
    size_t n_cells;
    const WmDisclosureSum *sums;
    size_t n_sums;
    double small;
    size_t *column_of; /* n_cells: of a hidden cell, its column */
    double *matrix;    /* n_sums times the hidden cells */
} Table;

static size_t number_columns(Table *self)
{
    size_t n = 0;
    for (size_t i = 0; i < self->n_cells; i++)
        if (self->hidings[i])
            self->column_of[i] = n++;
    return n;
}

/* Each sum says: total less parts is nothing. What is shown is known, and moves to the right-hand side, which does not matter here.
 */
static void fill_matrix(Table *self, size_t n_columns)
{
    memset(self->matrix, 0, self->n_sums * n_columns * sizeof *self->matrix);
    for (size_t i = 0; i < self->n_sums; i++)
        for (size_t k = 0; k < self->sums[i].n_cells; k++) {
            const size_t cell = self->sums[i].cells[k];
            if (self->hidings[cell])
                self->matrix[i * n_columns + self->column_of[cell]] += k == 0 ? 1 : -1;
        }
}

static void swap_rows(double *a, double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

static size_t largest_row(const double *matrix, size_t n_rows, size_t n_columns, size_t from, size_t column)
{
    size_t best = from;
    for (size_t i = from; i < n_rows; i++)
        if (fabs(matrix[i * n_columns + column]) > fabs(matrix[best * n_columns + column]))
            best = i;
    return best;
}

/* Reduced row echelon form, by Gauss-Jordan elimination with partial pivoting. Returns the rank. */
static size_t reduce(double *matrix, size_t n_rows, size_t n_columns)
{
    size_t rank = 0;
    for (size_t column = 0; column < n_columns && rank < n_rows; column++) {
        double *row = matrix + rank * n_columns;
        swap_rows(row, matrix + largest_row(matrix, n_rows, n_columns, rank, column) * n_columns, n_columns);
        const double pivot = row[column];
        if (fabs(pivot) < PIVOT_TOLERANCE)
            continue;
        for (size_t k = 0; k < n_columns; k++)
            row[k] /= pivot;
        for (size_t i = 0; i < n_rows; i++) {
            const double factor = matrix[i * n_columns + column];
            for (size_t k = 0; i != rank && factor != 0 && k < n_columns; k++)
                matrix[i * n_columns + k] -= factor * row[k];
        }
        rank++;
    }
    return rank;
}

/* A reduced row with one entry is an equation with one unknown. SIZE_MAX when there is none. */
static size_t single_column(const double *row, size_t n_columns)
{
    size_t found = SIZE_MAX;
    for (size_t k = 0; k < n_columns; k++) {
        if (fabs(row[k]) < PIVOT_TOLERANCE)
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = k;
    }
    return found;
}

/* ---- what to take ---- */

static bool can_be_taken(const Table *self, size_t cell, double above)
{
    return !self->hidings[cell] && self->sizes[cell] > above;
}

/* The smallest part of a sum that is above a size, else its total; SIZE_MAX for none. */
static size_t candidate_of(const Table *self, const WmDisclosureSum *sum, double above)
{
    size_t best = SIZE_MAX;
    for (size_t k = 1; k < sum->n_cells; k++)
        if (can_be_taken(self, sum->cells[k], above) && (best == SIZE_MAX || self->sizes[sum->cells[k]] < self->sizes[best]))
            best = sum->cells[k];
    if (best == SIZE_MAX && sum->n_cells && can_be_taken(self, sum->cells[0], above))
        best = sum->cells[0];
    return best;
}

static bool hide(Table *self, size_t cell)
{
    if (cell == SIZE_MAX)
        return false;
    self->hidings[cell] = WM_HIDDEN_SECONDARY;
    return true;
}

static bool is_covered(const Table *self, const WmDisclosureSum *sum)
{
    size_t n_hidden = 0;
    bool has_cover = false;
    for (size_t k = 0; k < sum->n_cells; k++) {
        n_hidden += self->hidings[sum->cells[k]] != WM_SHOWN;
        has_cover |= self->hidings[sum->cells[k]] && self->sizes[sum->cells[k]] > self->small;
    }
    return n_hidden == 0 || (n_hidden > 1 && has_cover);
}

/* One more cell of each sum whose hidden cells are alone, or all small. */
static bool cover_sums(Table *self)
{
    bool has_changed = false;
    for (size_t i = 0; i < self->n_sums; i++) {
        if (is_covered(self, &self->sums[i]))
            continue;
        size_t cell = candidate_of(self, &self->sums[i], self->small);
        if (cell == SIZE_MAX)
            cell = candidate_of(self, &self->sums[i], 0);
        has_changed |= hide(self, cell);
    }
    return has_changed;
}

static bool has_cell(const WmDisclosureSum *sum, size_t cell)
{
    for (size_t k = 0; k < sum->n_cells; k++)
        if (sum->cells[k] == cell)
            return true;
    return false;
}

/* Another cell of a sum that a computable one stands in; failing that, of any sum that has hidden cells. */
static bool break_sum_of(Table *self, size_t cell)
{
    for (int is_any = 0; is_any < 2; is_any++)
        for (size_t i = 0; i < self->n_sums; i++)
            if ((has_cell(&self->sums[i], cell) || (is_any && !is_covered(self, &self->sums[i]))) &&
                hide(self, candidate_of(self, &self->sums[i], 0)))
                return true;
    return false;
}

static bool break_computable(Table *self)
{
    const size_t n_columns = number_columns(self);
    if (n_columns == 0)
        return false;
    fill_matrix(self, n_columns);
    const size_t rank = reduce(self->matrix, self->n_sums, n_columns);
    for (size_t i = 0; i < rank; i++) {
        const size_t column = single_column(self->matrix + i * n_columns, n_columns);
        for (size_t cell = 0; column != SIZE_MAX && cell < self->n_cells; cell++)
            if (self->hidings[cell] && self->column_of[cell] == column && break_sum_of(self, cell))
                return true;
    }
    return false;
}

WmStatus wm_disclosure_protect(const double *sizes, WmHiding *hidings, size_t n_cells, const WmDisclosureSum *sums, size_t n_sums,
                               const WmDisclosureRules *rules)
{
    if (n_cells == 0 || n_sums == 0)
        return WM_OK;
    Table self = {sizes, hidings, n_cells, sums, n_sums, disclosure_rules(rules).small, NULL, NULL};
    self.column_of = calloc(n_cells, sizeof *self.column_of);
    self.matrix = calloc(n_sums * n_cells, sizeof *self.matrix);
    const bool has_memory = self.column_of && self.matrix;
    while (has_memory && (cover_sums(&self) || break_computable(&self)))
        ;
    free(self.column_of);
    free(self.matrix);
    return has_memory ? WM_OK : WM_NO_MEMORY;
}

void wm_disclosure_walk(const double *values, WmHiding *hidings, size_t n, const WmDisclosureRules *rules)
{
    const WmDisclosureRules own = disclosure_rules(rules);
    double shown = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]) || hidings[i])
            continue;
        if (disclosure_is_small(fabs(values[i] - shown), &own))
            hidings[i] = WM_HIDDEN_SMALL;
        else
            shown = values[i];
    }
}
