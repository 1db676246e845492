/* Rows found by indicator and unit, against looking at every row. */
#include "engine/data/plan/row_index.h"

#include <string.h>

#include "core/fixture_random.h"
#include "data/fixture_folder.h"

#define MAX_ROWS 200

/* As the tables of a plan have them: a key, and more. */
typedef struct {
    const char *indicator, *unit;
    double value;
} Row;

/* One begins another, and their texts joined read alike: "A" of "BC", "AB" of "C". */
static const char *const NAMES[] = {"", "A", "AB", "ABC", "B", "BC", "C", "*", "é"};

static void finds_what_a_look_at_all_rows_finds(void **state)
{
    (void)state;
    Random random = {8};
    for (int round = 0; round < 300; round++) {
        Row rows[MAX_ROWS];
        char copies[MAX_ROWS][8]; /* texts that are alike need not be the same one */
        const guint n = (guint)random_between(&random, 0, MAX_ROWS);
        for (guint i = 0; i < n; i++) {
            g_strlcpy(copies[i], NAMES[random_between(&random, 0, N_ELEMENTS(NAMES) - 1)], sizeof copies[i]);
            rows[i] = (Row){NAMES[random_between(&random, 0, N_ELEMENTS(NAMES) - 1)], copies[i], i};
        }
        RowIndex *index = row_index_new(rows, n, sizeof *rows);
        for (size_t a = 0; a < N_ELEMENTS(NAMES); a++)
            for (size_t b = 0; b < N_ELEMENTS(NAMES); b++) {
                const PlanRows found = row_index_find(index, NAMES[a], NAMES[b]);
                guint n_found = 0;
                for (guint i = 0; i < n; i++)
                    if (strcmp(rows[i].indicator, NAMES[a]) == 0 && strcmp(rows[i].unit, NAMES[b]) == 0) {
                        assert_true(n_found < found.n);
                        assert_int_equal(found.places[n_found++], i);
                    }
                assert_int_equal(n_found, found.n);
            }
        row_index_free(index);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_what_a_look_at_all_rows_finds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
