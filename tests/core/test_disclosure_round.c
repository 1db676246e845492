/* Disclosure control by rounding: whatever is printed, no small count is small in every table that looks the same. */
#include <math.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_tables.h"

/* Every table of whole counts that is printed like another: cells within their intervals, sums kept. Another way than the one that
 * is tested: it tries them all. Parts of a list of rows by columns run freely; the totals follow. */
typedef struct {
    const Table *table;
    const WmDisclosureRules *rules;
    bool is_hidden[MAX_CELLS];
    double now[MAX_CELLS];
    bool can_be_other[MAX_CELLS]; /* not small in some table */
    size_t n_tables;
} Printed;

static bool is_little(const Printed *self, size_t cell)
{
    return self->now[cell] > 0 && self->now[cell] <= SMALL && self->rules;
}

static void take_table(Printed *self)
{
    const Table *table = self->table;
    for (size_t i = 0; i < table->n_cells; i++)
        if ((i <= table->n_columns || i % (table->n_columns + 1) == 0))
            self->now[i] = 0;
    for (size_t i = 1; i <= table->n_rows; i++)
        for (size_t j = 1; j <= table->n_columns; j++) {
            const double count = self->now[table_at(table, i, j)];
            self->now[table_at(table, i, 0)] += count;
            self->now[table_at(table, 0, j)] += count;
            self->now[0] += count;
        }
    for (size_t k = 0; k < table->n_cells; k++)
        if (!self->is_hidden[k] &&
            wm_disclosure_round(self->now[k], self->rules) != wm_disclosure_round(table->sizes[k], self->rules))
            return;
    self->n_tables++;
    for (size_t k = 0; k < table->n_cells; k++)
        self->can_be_other[k] |= !is_little(self, k);
}

static void try_all(Printed *self, size_t i, size_t j)
{
    const Table *table = self->table;
    if (i > table->n_rows) {
        take_table(self);
        return;
    }
    const size_t cell = table_at(table, i, j);
    const double shown = wm_disclosure_round(table->sizes[cell], self->rules);
    const double reach = 2 * self->rules->base; /* of a hidden count: far enough to be no small one */
    for (double count = fmax(0, shown - reach); count <= shown + reach; count++) {
        if (!self->is_hidden[cell] && wm_disclosure_round(count, self->rules) != shown)
            continue;
        self->now[cell] = count;
        try_all(self, j == table->n_columns ? i + 1 : i, j == table->n_columns ? 1 : j + 1);
    }
}

/* Small tables with many small counts, which can all be tried. */
static void fill_little(Table *table, Random *random, bool is_all_twos)
{
    table_start(table, 2, (size_t)(is_all_twos ? 2 : random_between(random, 1, 3)));
    for (size_t i = 1; i <= table->n_rows; i++)
        for (size_t j = 1; j <= table->n_columns; j++)
            table_put(table, i, j,
                      is_all_twos                    ? 2
                      : random_between(random, 0, 3) ? random_between(random, 0, 5)
                                                     : random_between(random, 0, 60));
    table_add_sums(table);
}

static void protect_rounded(Table *table, const WmDisclosureRules *rules)
{
    size_t figures[MAX_CELLS];
    bool is_printed[MAX_CELLS];
    for (size_t k = 0; k < table->n_cells; k++) {
        figures[k] = k;
        is_printed[k] = true;
    }
    const WmRoundedTable rounded = {table->sizes, figures, is_printed, table->n_cells, table->sums, table->n_sums};
    assert_int_equal(wm_disclosure_protect_rounded(&rounded, table->hidings, rules), WM_OK);
}

/* How many small counts are small in every table that is printed the same. */
static size_t count_told(const Table *table, const WmDisclosureRules *rules)
{
    static Printed printed;
    size_t n = 0;
    printed = (Printed){.table = table, .rules = rules};
    for (size_t k = 0; k < table->n_cells; k++)
        printed.is_hidden[k] = table->hidings[k] != WM_SHOWN;
    try_all(&printed, 1, 1);
    assert_true(printed.n_tables > 0);
    for (size_t k = 0; k < table->n_cells; k++)
        n += table->sizes[k] > 0 && table->sizes[k] <= SMALL && !printed.can_be_other[k];
    return n;
}

static void no_rounded_table_tells_a_small_count(void **state)
{
    (void)state;
    Random random = {20261127};
    static Table table;
    size_t n_open = 0, n_hidden = 0, n_cells = 0;
    for (int i = 0; i < 300; i++) {
        const WmDisclosureRules rules = {.base = i % 3 == 2 ? 3 : 5};
        fill_little(&table, &random, i == 0);
        n_open += count_told(&table, &rules) > 0;
        protect_rounded(&table, &rules);
        assert_int_equal(count_told(&table, &rules), 0);
        for (size_t k = 0; k < table.n_cells && rules.base == 5; k++, n_cells++)
            n_hidden += table.hidings[k] != WM_SHOWN;
    }
    assert_true(n_open > 20);            /* without protection some do */
    assert_true(n_hidden * 4 < n_cells); /* and most of what is rounded is shown */
}

static void four_twos_give_each_other_away(void **state)
{
    (void)state;
    static Table table;
    const WmDisclosureRules rules = {.base = 5};
    Random random = {1};
    fill_little(&table, &random, true);
    assert_int_equal(count_told(&table, &rules), 8); /* and so do the totals of rows and columns */
    protect_rounded(&table, &rules);
    assert_int_equal(count_told(&table, &rules), 0);
}

static void counts_are_rounded_to_the_nearest(void **state)
{
    (void)state;
    static const double ROUNDED[] = {0, 0, 0, 5, 5, 5, 5, 5, 10, 10};
    for (int i = 0; i < 10; i++)
        assert_near(wm_disclosure_round(i, NULL), ROUNDED[i], 0);
    assert_near(wm_disclosure_round(25, &(WmDisclosureRules){.base = 10}), 30, 0);
    assert_near(wm_disclosure_round(123456, &(WmDisclosureRules){.base = 10}), 123460, 0);
}

int main(void)
{
    ADD(counts_are_rounded_to_the_nearest);
    ADD(four_twos_give_each_other_away);
    ADD(no_rounded_table_tells_a_small_count);
    return run_cases("disclosure_round");
}
