/* Which units one row can name beside each other. */
#include "engine/data/drop/drop_unit.h"

#include "data/fixture_folder.h"

static void only_two_of_a_kind_differ(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", "unit,name,parent,type\n"
                                                      "C,Country,,country\nR1,East,C,region\nR2,West,C,region\n"
                                                      "A,Ash,R1,district\nB,Birch,R2,district\nP,Park,A,district\n"
                                                      "X,Elm,A,\nY,Fir,A,\nZ,Oak,B,\nU,Yew,,\nV,Box,,\n"});
    static const struct {
        const char *a, *b;
        gboolean differ;
    } CASES[] = {
        {"A", "B", TRUE},   {"R1", "R2", TRUE},   {"A", "A", FALSE},
        {"A", "R1", FALSE}, {"A", "R2", FALSE},   {"A", "P", FALSE}, /* a district within a district */
        {"P", "B", TRUE},   {"X", "Y", TRUE},     {"X", "Z", FALSE}, /* without types: siblings alone */
        {"U", "V", FALSE},                                           /* nor is a level known of those that lie below nobody */
        {"", "A", FALSE},   {"none", "A", FALSE},
    };
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(folder.path, problems, NULL);
    const DropHeader header = {.plan = plan};
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        assert_int_equal(drop_units_differ(&header, CASES[i].a, CASES[i].b), CASES[i].differ);
        assert_int_equal(drop_units_differ(&header, CASES[i].b, CASES[i].a), CASES[i].differ);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_two_of_a_kind_differ)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
