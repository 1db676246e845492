/* Targets that the units settle: told once, with the units for which they are open, and alike by `check` and by the month. */
#include <string.h>

#include "core/fixture_cases.h"
#include "data/fixture_month.h"

typedef struct {
    const char *name;
    const char *targets;  /* below the header */
    const char *readings; /* of 2021-07, below the header: unit,value,numerator,denominator */
    const char *messages; /* the findings' lines, and their messages from the target's text on */
} TargetCase;

#define FIVE_WITH_COUNTS "A,,1,10\nB,,2,10\nC,,3,10\nD,,4,10\nE,,5,10\n"
#define FIVE_WITHOUT     "A,10,,\nB,20,,\nC,30,,\nD,40,,\nE,50,,\n"
#define NO_FIGURE        ": the comparator has no figure in comparators.csv, nor can the units give one\n"

static const TargetCase CASES[] = {
    {"the_units_give_it", "PCT,*,2021-12,National average\nPCT,*,2022-12,Top quartile of national performance\n", FIVE_WITH_COUNTS,
     ""},
    {"without_counts_there_is_no_national_figure",
     "PCT,*,2021-12,National average\nPCT,*,2022-12,Top quartile of national performance\n", FIVE_WITHOUT,
     "2: “National average”, is unresolved for all 5 that have readings" NO_FIGURE},
    {"the_area_is_no_peer_of_its_units", "PCT,*,2021-12,National average\n", FIVE_WITH_COUNTS ",25,,\n",
     "2: “National average”, is unresolved for Ourland" NO_FIGURE},
    {"some_have_no_region", "PCT,*,2021-12,Regional average\n", FIVE_WITH_COUNTS,
     "2: “Regional average”, is unresolved for Elm" NO_FIGURE},
    {"three_are_named", "PCT,*,2021-12,Statistical neighbours\n", "A,,1,10\nB,,2,10\nC,,3,10\nD,,4,10\nE,,5,10\nG,,5,10\n",
     "2: “Statistical neighbours”, is unresolved for Birch, Cedar, Dogwood and 2 more" NO_FIGURE},
    {"a_unit_s_own_target", "PCT,E,2021-12,Regional average\nPCT,A,2021-12,Regional average\n", FIVE_WITH_COUNTS,
     "2: “Regional average”, is unresolved for Elm" NO_FIGURE},
    {"units_without_a_baseline", "PCT,*,2021-12,20% reduction\n", FIVE_WITH_COUNTS,
     "2: “20% reduction”, is unresolved for Birch, Cedar, Dogwood and 1 more: it is relative to a baseline that has no figure\n"},
    {"what_no_unit_can_settle_is_the_plan_s", "PCT,*,2021-12,TBC\n", FIVE_WITH_COUNTS,
     "2: “TBC”, is unresolved: it is still to be set\n"},
};

/* The findings' lines, and their messages from the target's text on. New. */
static char *unresolved_of(const WmProblems *problems)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *one = wm_problems_at(problems, i);
        const char *text = strcmp(one->code, "target_unresolved") == 0 ? strstr(one->message, "“") : NULL;
        if (text)
            g_string_append_printf(out, "%d: %s\n", one->line, text);
    }
    return g_string_free(out, FALSE);
}

static Folder folder_for(const TargetCase *row)
{
    g_autofree char *targets = g_strconcat("indicator,unit,due,target\n", row->targets, NULL);
    g_autoptr(GString) drop = g_string_new("indicator,period,unit,value,numerator,denominator\n");
    g_auto(GStrv) lines = g_strsplit(row->readings, "\n", -1);
    for (guint i = 0; lines[i] && *lines[i]; i++)
        g_string_append_printf(drop, "PCT,2021-07,%s\n", lines[i]);
    return PLAN_FOLDER({"units.csv", "unit,name,parent,type\nR,East,,region\nS,West,,region\nA,Ash,R,district\nB,Birch,R,district\n"
                                     "C,Cedar,S,district\nD,Dogwood,S,district\nE,Elm,,district\nG,Gorse,,district\n"},
                       {"neighbours.csv", "unit,neighbour\nA,B\n"}, {"baselines.csv", "indicator,unit,value\nPCT,A,40\n"},
                       {"targets.csv", targets}, {"drops/2021-08-31/a.csv", drop->str});
}

static void is_told_once(void **state)
{
    const TargetCase *row = *state;
    g_auto(Folder) folder = folder_for(row);
    g_auto(Loaded) loaded = drops_load(&folder);
    wm_plan_check(loaded.plan, loaded.problems);
    assert_true(wm_check_data(loaded.plan, loaded.store, WM_NO_DAY, loaded.problems, NULL));
    g_autofree char *checked = unresolved_of(loaded.problems);
    assert_string_equal(checked, row->messages);
}

static void the_month_tells_the_same(void **state)
{
    const TargetCase *row = *state;
    g_auto(Folder) folder = folder_for(row);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *found = unresolved_of(loaded.month->problems);
    if (strcmp(row->name, "what_no_unit_can_settle_is_the_plan_s") != 0) /* which this month's maker did not check */
        assert_string_equal(found, row->messages);
}

int main(void)
{
    ADD_TABLE(CASES, is_told_once);
    ADD_TABLE(CASES, the_month_tells_the_same);
    return run_cases("target checks");
}
