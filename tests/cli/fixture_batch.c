#include "cli/fixture_batch.h"

#include <stdio.h>

Folder batch_plans(void)
{
    static const char *const NAMES[] = {"a", "b", "deep/c"};
    Folder self = folder_new();
    folder_write(&self, "deep/note.txt", "no plan\n");
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++) {
        g_auto(Folder) plan = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,44,,,,\n"});
        g_autofree char *target = folder_path(&self, NAMES[i]);
        assert_int_equal(rename(plan.path, target), 0);
    }
    return self;
}

Folder batch_nation(void)
{
    g_autoptr(GString) units = g_string_new("unit,name,parent,type,code\n"), first = g_string_new(DROP_HEADER),
                       second = g_string_new(DROP_HEADER);
    for (int u = 0; u < BATCH_AREAS; u++) {
        g_string_append_printf(units, "U%d,Area %d <&>,,area,E%d\n", u, u, u);
        for (int m = 0; m < 24; m++) {
            g_string_append_printf(first, "PCT,U%d,,%d-%02d,%d,,,,\n", u, 2019 + m / 12, m % 12 + 1, 40 + (u * 7 + m * 5) % 11);
            g_string_append_printf(first, "DUR,U%d,,%d-%02d,%d,,,,\n", u, 2019 + m / 12, m % 12 + 1, 20 + (u * 3 + m * 7) % 9);
        }
        g_string_append_printf(second, "PCT,U%d,,2021-01,%d,,,,\n", u, 30 + u);
    }
    g_string_append(second, "PCT,U1,,2021-02,words,,,,\n");
    return PLAN_FOLDER({"units.csv", units->str}, {"targets.csv", "indicator,unit,due,target\nPCT,*,2021-08,National average\n"},
                       {"drops/2020-12-31/x.csv", first->str}, {"drops/2021-01-31/x.csv", second->str});
}
