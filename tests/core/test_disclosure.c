/* Disclosure control: single readings by the rules, and random tables against an attacker who solves for what is hidden. */
#include <waymark/disclosure.h>

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fixture_cases.h"
#include "core/fixture_tables.h"

typedef struct {
    const char *name;
    WmKind kind;
    double value, numerator, denominator;
    WmHiding expected;
    bool hides_zero;
} JudgeCase;

static const JudgeCase JUDGE_CASES[] = {
    {"a count of 1 is hidden", WM_KIND_COUNT, 1, NAN, NAN, WM_HIDDEN_SMALL, false},
    {"a count of 4 is hidden", WM_KIND_COUNT, 4, NAN, NAN, WM_HIDDEN_SMALL, false},
    {"a count of 5 is shown", WM_KIND_COUNT, 5, NAN, NAN, WM_SHOWN, false},
    {"nobody is shown", WM_KIND_COUNT, 0, NAN, NAN, WM_SHOWN, false},
    {"nobody is hidden where the rules say so", WM_KIND_COUNT, 0, NAN, NAN, WM_HIDDEN_SMALL, true},
    {"3 of 120 are hidden", WM_KIND_PERCENT, 2.5, 3, 120, WM_HIDDEN_SMALL, false},
    {"all but 2 of 120 are hidden", WM_KIND_PERCENT, 98.3, 118, 120, WM_HIDDEN_COMPLEMENT, false},
    {"all of 120 are shown", WM_KIND_PERCENT, 100, 120, 120, WM_SHOWN, false},
    {"none of 120 is shown", WM_KIND_PERCENT, 0, 0, 120, WM_SHOWN, false},
    {"5 of 9 are hidden: a share of few", WM_KIND_PERCENT, 55.6, 5, 9, WM_HIDDEN_DENOMINATOR, false},
    {"60 of 120 are shown", WM_KIND_PERCENT, 50, 60, 120, WM_SHOWN, false},
    {"a rate of 3 cases is hidden", WM_KIND_RATE, 1.5, 3, 2000, WM_HIDDEN_SMALL, false},
    {"a bare percent says nothing of how many", WM_KIND_PERCENT, 3, NAN, NAN, WM_SHOWN, false},
    {"3 weeks are no people", WM_KIND_DURATION, 3, NAN, NAN, WM_SHOWN, false},
    {"a missing count has nothing to hide", WM_KIND_COUNT, NAN, NAN, NAN, WM_SHOWN, false},
};

static void is_judged(void **state)
{
    const JudgeCase *row = *state;
    const WmReading reading = {.value = row->value, .numerator = row->numerator, .denominator = row->denominator};
    const WmDisclosureRules rules = {.hides_zero = row->hides_zero};
    assert_int_equal(wm_disclosure_judge(&reading, row->kind, &rules), row->expected);
}

/* ---- random tables ---- */

#define N_TABLES 600
#define N_TRIES  400

static void fill(Table *table, Random *random)
{
    table_start(table, (size_t)random_between(random, 2, MAX_SIDE), (size_t)random_between(random, 1, MAX_SIDE));
    for (size_t i = 1; i <= table->n_rows; i++)
        for (size_t j = 1; j <= table->n_columns; j++)
            table_put(table, i, j, random_between(random, 0, 3) ? random_between(random, 0, 60) : random_between(random, 0, SMALL));
    table_add_sums(table);
    for (size_t k = 0; k < table->n_cells; k++)
        table->hidings[k] = table->sizes[k] > 0 && table->sizes[k] <= SMALL ? WM_HIDDEN_SMALL : WM_SHOWN;
}

/* ---- the attacker ---- */

/* All that may be added to the hidden cells without changing a sum: the right singular vectors of the sums that belong to no
 * singular value. Another way than the one that is tested. */
typedef struct {
    size_t n; /* hidden cells */
    size_t cell[MAX_CELLS];
    size_t n_directions;
    double direction[MAX_CELLS][MAX_CELLS];
} Freedom;

static void find_freedom(const Table *table, Freedom *out)
{
    memset(out, 0, sizeof *out);
    for (size_t k = 0; k < table->n_cells; k++)
        if (table->hidings[k])
            out->cell[out->n++] = k;
    if (out->n == 0)
        return;
    const size_t n_rows = table->n_sums > out->n ? table->n_sums : out->n;
    gsl_matrix *a = gsl_matrix_calloc(n_rows, out->n), *v = gsl_matrix_alloc(out->n, out->n);
    gsl_vector *s = gsl_vector_alloc(out->n), *work = gsl_vector_alloc(out->n);
    for (size_t i = 0; i < table->n_sums; i++)
        for (size_t k = 0; k < out->n; k++)
            for (size_t m = 0; m < table->sums[i].n_cells; m++)
                if (table->sums[i].cells[m] == out->cell[k])
                    gsl_matrix_set(a, i, k, m == 0 ? 1 : -1);
    gsl_linalg_SV_decomp(a, v, s, work);
    for (size_t r = 0; r < out->n; r++)
        if (gsl_vector_get(s, r) < 1e-9) {
            for (size_t k = 0; k < out->n; k++)
                out->direction[out->n_directions][k] = gsl_matrix_get(v, k, r);
            out->n_directions++;
        }
    gsl_matrix_free(a);
    gsl_matrix_free(v);
    gsl_vector_free(s);
    gsl_vector_free(work);
}

/* How far a hidden cell may go from its value along a direction, while none falls below nothing. */
static double reach(const Table *table, const Freedom *freedom, const double *direction, size_t k)
{
    double step = INFINITY;
    for (size_t i = 0; i < freedom->n; i++)
        if (direction[i] < -1e-9)
            step = fmin(step, table->sizes[freedom->cell[i]] / -direction[i]);
    return isinf(step) ? INFINITY : step * fabs(direction[k]);
}

/* The widest range of a hidden cell that is found among the tables that look the same. */
static double width_of(const Table *table, const Freedom *freedom, size_t k, Random *random)
{
    double best = 0;
    for (int i_try = 0; i_try < N_TRIES && best < 1; i_try++) {
        double direction[MAX_CELLS] = {0}, opposite[MAX_CELLS];
        for (size_t r = 0; r < freedom->n_directions; r++) {
            const double weight = random_normal(random);
            for (size_t i = 0; i < freedom->n; i++)
                direction[i] += weight * freedom->direction[r][i];
        }
        for (size_t i = 0; i < freedom->n; i++)
            opposite[i] = -direction[i];
        best = fmax(best, reach(table, freedom, direction, k) + reach(table, freedom, opposite, k));
    }
    return best;
}

static void no_hidden_cell_can_be_computed(void **state)
{
    (void)state;
    Random random = {20261126};
    static Table table;
    static Freedom freedom;
    size_t n_hidden = 0, n_secondary = 0;
    for (int i = 0; i < N_TABLES; i++) {
        fill(&table, &random);
        assert_int_equal(wm_disclosure_protect(table.sizes, table.hidings, table.n_cells, table.sums, table.n_sums, NULL), WM_OK);
        find_freedom(&table, &freedom);
        for (size_t k = 0; k < freedom.n; k++) {
            const WmHiding hiding = table.hidings[freedom.cell[k]];
            n_hidden++;
            n_secondary += hiding == WM_HIDDEN_SECONDARY;
            if (hiding == WM_HIDDEN_SMALL && width_of(&table, &freedom, k, &random) < 1)
                fail_msg("table %d: hidden cell %zu of %g can be computed, or nearly", i, freedom.cell[k],
                         table.sizes[freedom.cell[k]]);
        }
    }
    assert_true(n_secondary > 0 && n_hidden > n_secondary);
}

/* The test itself must see what is wrong: without protection most tables give something away. */
static void the_attacker_finds_what_is_left_open(void **state)
{
    (void)state;
    Random random = {20261126};
    static Table table;
    static Freedom freedom;
    size_t n_found = 0;
    for (int i = 0; i < 100; i++) {
        fill(&table, &random);
        find_freedom(&table, &freedom);
        for (size_t k = 0; k < freedom.n; k++)
            n_found += width_of(&table, &freedom, k, &random) < 1;
    }

    assert_true(n_found > 20);
}

static void once_more_changes_nothing_and_zero_stays(void **state)
{
    (void)state;
    Random random = {7};
    static Table table, again;
    for (int i = 0; i < N_TABLES; i++) {
        fill(&table, &random);
        wm_disclosure_protect(table.sizes, table.hidings, table.n_cells, table.sums, table.n_sums, NULL);
        again = table;
        for (size_t k = 0; k < table.n_sums; k++)
            again.sums[k].cells = again.cells[k];
        wm_disclosure_protect(again.sizes, again.hidings, again.n_cells, again.sums, again.n_sums, NULL);
        assert_memory_equal(again.hidings, table.hidings, sizeof table.hidings);
        for (size_t k = 0; k < table.n_cells; k++)
            assert_true(table.sizes[k] != 0 || table.hidings[k] == WM_SHOWN);
    }
}

static void nothing_small_hides_nothing(void **state)
{
    (void)state;
    const double sizes[] = {30, 10, 20};
    WmHiding hidings[3] = {WM_SHOWN, WM_SHOWN, WM_SHOWN};
    const size_t cells[] = {0, 1, 2};
    const WmDisclosureSum sum = {cells, 3};
    wm_disclosure_protect(sizes, hidings, 3, &sum, 1, NULL);
    assert_true(hidings[0] == WM_SHOWN && hidings[1] == WM_SHOWN && hidings[2] == WM_SHOWN);
}

static void two_small_ones_alone_want_a_cover(void **state)
{
    (void)state;
    const double sizes[] = {58, 4, 4, 20, 30}; /* 58 - 20 - 30 = 8: both would have to be 4 */
    WmHiding hidings[5] = {WM_SHOWN, WM_HIDDEN_SMALL, WM_HIDDEN_SMALL, WM_SHOWN, WM_SHOWN};
    const size_t cells[] = {0, 1, 2, 3, 4};
    const WmDisclosureSum sum = {cells, 5};
    wm_disclosure_protect(sizes, hidings, 5, &sum, 1, NULL);
    assert_int_equal(hidings[3], WM_HIDDEN_SECONDARY);
    assert_int_equal(hidings[4], WM_SHOWN);
    assert_int_equal(hidings[0], WM_SHOWN);
}

/* ---- totals to date ---- */

static void no_difference_of_what_is_shown_is_small(void **state)
{
    (void)state;
    Random random = {11};
    for (int i = 0; i < 500; i++) {
        double values[12], shown = 0, total = 0;
        WmHiding hidings[12] = {WM_SHOWN};
        for (size_t k = 0; k < 12; k++)
            values[k] = total += random_between(&random, 0, 8);
        wm_disclosure_walk(values, hidings, 12, NULL);
        for (size_t k = 0; k < 12; k++) {
            if (hidings[k])
                continue;
            assert_true(values[k] == shown || values[k] - shown > SMALL);
            shown = values[k];
        }
    }
}

int main(void)
{
    for (size_t i = 0; i < sizeof JUDGE_CASES / sizeof JUDGE_CASES[0]; i++)
        add_case(JUDGE_CASES[i].name, is_judged, &JUDGE_CASES[i]);
    ADD(no_hidden_cell_can_be_computed);
    ADD(the_attacker_finds_what_is_left_open);
    ADD(once_more_changes_nothing_and_zero_stays);
    ADD(nothing_small_hides_nothing);
    ADD(two_small_ones_alone_want_a_cover);
    ADD(no_difference_of_what_is_shown_is_small);
    return run_cases("disclosure");
}
