/* The readings of a public pack whose counts are rounded. */
#include <math.h>

#include "engine/data/month/public_private.h"

enum { COUNTED, COMPLEMENT, OF, N_PARTS }; /* of a figure: a count or numerator, those not counted, the denominator */

/* The cells of a period's figures: of each member up to three. */
typedef struct {
    GArray *counts, *figures, *is_printed; /* double, size_t, bool */
    GArray *sums;                          /* of WmDisclosureSum */
    GPtrArray *cells;                      /* of GArray of size_t: theirs */
    size_t (*cell_of)[N_PARTS];            /* of each member; SIZE_MAX: it has no such part */
} Rounding;

static void rounding_clear(Rounding *self)
{
    g_array_unref(self->counts);
    g_array_unref(self->figures);
    g_array_unref(self->is_printed);
    g_array_unref(self->sums);
    g_ptr_array_unref(self->cells);
    g_free(self->cell_of);
}

static Rounding rounding_new(size_t n_figures)
{
    Rounding self = {g_array_new(FALSE, FALSE, sizeof(double)),
                     g_array_new(FALSE, FALSE, sizeof(size_t)),
                     g_array_new(FALSE, FALSE, sizeof(bool)),
                     g_array_new(FALSE, FALSE, sizeof(WmDisclosureSum)),
                     g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref),
                     NULL};
    self.cell_of = g_malloc_n(n_figures + 1, sizeof *self.cell_of);
    return self;
}

static size_t add_cell(Rounding *self, size_t figure, double count, bool is_printed)
{
    const size_t cell = self->counts->len;
    if (isnan(count))
        return SIZE_MAX;
    g_array_append_val(self->counts, count);
    g_array_append_val(self->figures, figure);
    g_array_append_val(self->is_printed, is_printed);
    return cell;
}

/* `cells` are taken: the total first. A part that is not known leaves a sum that says less. */
static void add_cells(Rounding *self, GArray *cells)
{
    const WmDisclosureSum sum = {&g_array_index(cells, size_t, 0), cells->len};
    g_ptr_array_add(self->cells, cells);
    if (cells->len > 1)
        g_array_append_val(self->sums, sum);
}

static void add_figure(Rounding *self, size_t figure, const WmReading *reading, WmKind kind)
{
    const double counted = isnan(reading->numerator) && kind == WM_KIND_COUNT ? reading->value : reading->numerator;
    const double of = reading->denominator;
    size_t *cell = self->cell_of[figure];
    cell[COUNTED] = add_cell(self, figure, counted, true);
    cell[OF] = add_cell(self, figure, of, true);
    cell[COMPLEMENT] = add_cell(self, figure, kind == WM_KIND_PERCENT ? of - counted : NAN, false);
    if (cell[COMPLEMENT] == SIZE_MAX)
        return;
    GArray *cells = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_array_append_val(cells, cell[OF]);
    g_array_append_val(cells, cell[COUNTED]);
    g_array_append_val(cells, cell[COMPLEMENT]);
    add_cells(self, cells);
}

/* A sum over members is one over each of their parts. */
static void add_members(Rounding *self, const GArray *members)
{
    for (int part = 0; part < N_PARTS; part++) {
        GArray *cells = g_array_new(FALSE, FALSE, sizeof(size_t));
        const gboolean has_total = self->cell_of[g_array_index(members, size_t, 0)][part] != SIZE_MAX;
        for (guint k = 0; has_total && k < members->len; k++) {
            const size_t cell = self->cell_of[g_array_index(members, size_t, k)][part];
            if (cell != SIZE_MAX)
                g_array_append_val(cells, cell);
        }
        add_cells(self, cells);
    }
}

static void protect_rounded(const Rounding *self, WmHiding *hidings, const WmDisclosureRules *rules)
{
    const WmRoundedTable table = {
        (const double *)(gpointer)self->counts->data,        (const size_t *)(gpointer)self->figures->data,
        (const bool *)(gpointer)self->is_printed->data,      self->counts->len,
        (const WmDisclosureSum *)(gpointer)self->sums->data, self->sums->len};
    if (wm_disclosure_protect_rounded(&table, hidings, rules) != WM_OK)
        g_error("no memory for disclosure control"); /* as every other allocation of GLib's */
}

void public_round_sums(const WmReading *readings, WmHiding *hidings, size_t n, const GPtrArray *lists, WmKind kind,
                       const WmDisclosureRules *rules)
{
    Rounding rounding = rounding_new(n);
    for (size_t i = 0; i < n; i++)
        add_figure(&rounding, i, &readings[i], kind);
    for (guint i = 0; i < lists->len; i++)
        add_members(&rounding, g_ptr_array_index(lists, i));
    protect_rounded(&rounding, hidings, rules);
    rounding_clear(&rounding);
}

void public_round_steps(const double *values, WmHiding *hidings, guint n, const WmDisclosureRules *rules)
{
    Rounding rounding = rounding_new(n);
    for (guint i = 0; i < n; i++)
        rounding.cell_of[i][COUNTED] = add_cell(&rounding, i, values[i], true);
    for (guint i = 1; i < n; i++) {
        GArray *cells = g_array_new(FALSE, FALSE, sizeof(size_t));
        const size_t since = add_cell(&rounding, i, values[i] - values[i - 1], false);
        if (since != SIZE_MAX) {
            g_array_append_val(cells, rounding.cell_of[i][COUNTED]);
            g_array_append_val(cells, rounding.cell_of[i - 1][COUNTED]);
            g_array_append_val(cells, since);
        }
        add_cells(&rounding, cells);
    }
    protect_rounded(&rounding, hidings, rules);
    rounding_clear(&rounding);
}

/* What a share is times: 100, 1000 … Never the quotient itself, in which the published digits would tell of the true counts. */
static double scale_of(const WmReading *reading, WmKind kind)
{
    return kind == WM_KIND_PERCENT ? 100 : pow(10, round(log10(reading->value / (reading->numerator / reading->denominator))));
}

/* A share is what its rounded counts give, on the scale that it has. */
WmReading public_round_reading(const WmReading *reading, WmKind kind, const WmDisclosureRules *rules)
{
    WmReading out = *reading;
    out.numerator = wm_disclosure_round(reading->numerator, rules);
    out.denominator = wm_disclosure_round(reading->denominator, rules);
    if (kind == WM_KIND_COUNT)
        out.value = wm_disclosure_round(reading->value, rules);
    else if (reading->numerator > 0 && reading->denominator > 0)
        out.value = scale_of(reading, kind) * (out.numerator / out.denominator);
    return out;
}

gboolean public_is_of_few(const WmReading *reading, const WmReading *shown, const WmDisclosureRules *rules)
{
    return shown->denominator < rules->denominator && (reading->denominator > 0 || rules->hides_zero);
}

static void judge_rounded(const Search *search, const WmIndicator *indicator, Cell *cell)
{
    cell->shown = public_round_reading(&cell->reading, indicator->measure.kind, &search->rules);
    if (public_is_of_few(&cell->reading, &cell->shown, &search->rules))
        cell->hiding = WM_HIDDEN_DENOMINATOR;
}

static gboolean is_another(const WmReading *a, const WmReading *b)
{
    return (!isnan(a->value) && a->value != b->value) || (!isnan(a->numerator) && a->numerator != b->numerator) ||
           (!isnan(a->denominator) && a->denominator != b->denominator);
}

void public_round(const Search *search, const WmIndicator *indicator, GArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        judge_rounded(search, indicator, &g_array_index(cells, Cell, i));
    public_walk(search, indicator, cells);
    public_protect(search, indicator, cells);
    for (guint i = 0; i < cells->len; i++) {
        Cell *cell = &g_array_index(cells, Cell, i);
        if (!cell->hiding && is_another(&cell->reading, &cell->shown))
            cell->hiding = WM_ROUNDED;
    }
}
