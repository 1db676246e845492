/* The sums that readers can make: a unit over those below it, a total over its cohorts, a year over its months. */
#include <math.h>
#include <string.h>

#include "engine/data/month/public_private.h"

/* The cells of one period, and the sums among them. */
typedef struct {
    const Search *search;
    const WmIndicator *indicator;
    GArray *cells;    /* of Cell: of the whole indicator */
    GArray *members;  /* of guint: which of them are of this period */
    GPtrArray *lists; /* of GArray of size_t: indices into members, total first */
} Period;

static const Cell *member(const Period *self, guint i)
{
    return &g_array_index(self->cells, Cell, g_array_index(self->members, guint, i));
}

/* The member of a unit and cohort; -1 for none. */
static int find_member(const Period *self, const char *unit, const char *cohort)
{
    for (guint i = 0; i < self->members->len; i++)
        if (strcmp(member(self, i)->key.unit, unit) == 0 && strcmp(member(self, i)->key.cohort, cohort) == 0)
            return (int)i;
    return -1;
}

static void add_sum(Period *self, GArray *list)
{
    if (list->len > 1)
        g_ptr_array_add(self->lists, list);
    else
        g_array_unref(list);
}

static void sum_units(Period *self, guint i_total)
{
    const Cell *total = member(self, i_total);
    const GPtrArray *below = unit_tree_children(self->search->tree, total->key.unit);
    GArray *list = g_array_new(FALSE, FALSE, sizeof(size_t));
    const size_t first = i_total;
    g_array_append_val(list, first);
    for (guint i = 0; below && i < below->len; i++) {
        const int found = find_member(self, ((const WmUnit *)g_ptr_array_index(below, i))->unit, total->key.cohort);
        const size_t part = (size_t)found;
        if (found >= 0)
            g_array_append_val(list, part);
    }
    add_sum(self, list);
}

static double count_of(const Period *self, guint i)
{
    const WmReading *reading = &member(self, i)->reading;
    return isnan(reading->numerator) ? reading->value : reading->numerator;
}

/* Cohorts that come to their total are its parts. Others may overlap (boys, under fives), and nobody can say which sums they make:
 * then one hidden cohort hides all. */
static void sum_cohorts(Period *self, guint i_total)
{
    const Cell *total = member(self, i_total);
    GArray *list = g_array_new(FALSE, FALSE, sizeof(size_t));
    const size_t first = i_total;
    double sum = 0;
    gboolean has_hidden = FALSE;
    g_array_append_val(list, first);
    for (guint i = 0; i < self->members->len; i++) {
        const size_t part = i;
        if (i == i_total || strcmp(member(self, i)->key.unit, total->key.unit) != 0)
            continue;
        g_array_append_val(list, part);
        sum += count_of(self, i);
        has_hidden |= member(self, i)->hiding != WM_SHOWN;
    }
    const gboolean is_partition = fabs(sum - count_of(self, i_total)) < 0.5;
    for (guint k = 1; has_hidden && !is_partition && !self->search->rounds && k < list->len; k++) {
        const guint i_cell = g_array_index(self->members, guint, (guint)g_array_index(list, size_t, k));
        Cell *cell = &g_array_index(self->cells, Cell, i_cell);
        cell->hiding = cell->hiding ? cell->hiding : WM_HIDDEN_SECONDARY;
    }
    if (is_partition)
        add_sum(self, list);
    else
        g_array_unref(list);
}

static void protect_sums(Period *self)
{
    const size_t n = self->members->len, n_sums = self->lists->len;
    g_autofree double *sizes = g_new(double, n + 1);
    g_autofree WmHiding *hidings = g_new(WmHiding, n + 1);
    g_autofree WmDisclosureSum *sums = g_new(WmDisclosureSum, n_sums + 1);
    for (guint i = 0; i < n; i++) {
        sizes[i] = wm_disclosure_size(&member(self, i)->reading, self->indicator->measure.kind);
        hidings[i] = member(self, i)->hiding;
    }
    for (guint i = 0; i < n_sums; i++) {
        const GArray *list = g_ptr_array_index(self->lists, i);
        sums[i] = (WmDisclosureSum){&g_array_index(list, size_t, 0), list->len};
    }
    if (wm_disclosure_protect(sizes, hidings, n, sums, n_sums, &self->search->rules) != WM_OK)
        g_error("no memory for disclosure control"); /* as every other allocation of GLib's */
    for (guint i = 0; i < n; i++)
        g_array_index(self->cells, Cell, g_array_index(self->members, guint, i)).hiding = hidings[i];
}

static void round_sums(Period *self)
{
    const size_t n = self->members->len;
    g_autofree WmReading *readings = g_new(WmReading, n + 1);
    g_autofree WmHiding *hidings = g_new(WmHiding, n + 1);
    for (guint i = 0; i < n; i++) {
        readings[i] = member(self, i)->reading;
        hidings[i] = member(self, i)->hiding;
    }
    public_round_sums(readings, hidings, n, self->lists, self->indicator->measure.kind, &self->search->rules);
    for (guint i = 0; i < n; i++)
        g_array_index(self->cells, Cell, g_array_index(self->members, guint, i)).hiding = hidings[i];
}

static void protect_period(Period *self)
{
    self->lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < self->members->len; i++) {
        if (!*member(self, i)->key.cohort)
            sum_cohorts(self, i);
        sum_units(self, i);
    }
    if (self->search->rounds)
        round_sums(self);
    else
        protect_sums(self);
    g_ptr_array_unref(self->lists);
}

static gboolean has_hidden(const GArray *cells, const GArray *members)
{
    for (guint i = 0; i < members->len; i++)
        if (g_array_index(cells, Cell, g_array_index(members, guint, i)).hiding)
            return TRUE;
    return FALSE;
}

void public_protect(const Search *search, const WmIndicator *indicator, GArray *cells)
{
    g_autoptr(GHashTable) periods = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    for (guint i = 0; i < cells->len; i++) {
        char text[WM_PERIOD_TEXT];
        wm_period_format_iso(g_array_index(cells, Cell, i).reading.period, text);
        GArray *members = g_hash_table_lookup(periods, text);
        if (!members) {
            members = g_array_new(FALSE, FALSE, sizeof(guint));
            g_hash_table_insert(periods, g_strdup(text), members);
        }
        g_array_append_val(members, i);
    }
    GHashTableIter iter;
    gpointer members;
    g_hash_table_iter_init(&iter, periods);
    while (g_hash_table_iter_next(&iter, NULL, &members)) {
        Period period = {search, indicator, cells, members, NULL};
        if (search->rounds || has_hidden(cells, members))
            protect_period(&period);
    }
}

/* ---- totals to date ---- */

static gboolean is_same_series(const Cell *a, const Cell *b)
{
    return strcmp(a->key.unit, b->key.unit) == 0 && strcmp(a->key.cohort, b->key.cohort) == 0;
}

static WmDay year_of(const Search *search, const Cell *cell)
{
    return wm_period_start(wm_period_containing(search->plan->settings.year, wm_period_end(cell->reading.period)));
}

/* It never falls within a year, rises in one, and falls where one begins. */
static gboolean looks_to_date(const Search *search, const Cell *cells, guint n)
{
    gboolean rises = FALSE, restarts = FALSE;
    for (guint i = 1; i < n; i++) {
        const double step = cells[i].reading.value - cells[i - 1].reading.value;
        const gboolean is_new_year = year_of(search, &cells[i]) != year_of(search, &cells[i - 1]);
        if (step < 0 && !is_new_year)
            return FALSE;
        rises |= step > 0 && !is_new_year;
        restarts |= step < 0 && is_new_year;
    }
    return rises && restarts;
}

static void walk_year(const Search *search, Cell *cells, guint n)
{
    g_autofree double *values = g_new(double, n);
    g_autofree WmHiding *hidings = g_new(WmHiding, n);
    for (guint i = 0; i < n; i++) {
        values[i] = cells[i].reading.value;
        hidings[i] = cells[i].hiding;
    }
    if (search->rounds)
        public_round_steps(values, hidings, n, &search->rules);
    else
        wm_disclosure_walk(values, hidings, n, &search->rules);
    for (guint i = 0; i < n; i++)
        cells[i].hiding = hidings[i];
}

void public_walk(const Search *search, const WmIndicator *indicator, GArray *cells)
{
    Cell *all = &g_array_index(cells, Cell, 0);
    for (guint from = 0, to; indicator->measure.kind == WM_KIND_COUNT && from < cells->len; from = to) {
        for (to = from + 1; to < cells->len && is_same_series(&all[from], &all[to]); to++)
            ;
        if (!looks_to_date(search, all + from, to - from))
            continue;
        for (guint i = from, k; i < to; i = k) {
            for (k = i + 1; k < to && year_of(search, &all[k]) == year_of(search, &all[i]); k++)
                ;
            walk_year(search, all + i, k - i);
        }
    }
}
