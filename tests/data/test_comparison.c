/* Units beside each other: totals of counts, ranks and quarters, as at any day; and targets that hang on them. */
#include <math.h>
#include <string.h>
#include <waymark/comparison.h>

#include "core/fixture_random.h"
#include "data/fixture_month.h"

#define INDICATORS                                                                   \
    "indicator,title,kind,measure_unit,polarity,frequency,decimals\n"                \
    "PCT,On time,percent,%,higher,year,1\nRATE,Appeals,rate,per 1000,lower,year,1\n" \
    "DUR,Wait,duration,weeks,lower,year,1\n"
#define UNITS                                                                                                         \
    "unit,name,parent,type\nN,North,,region\nS,South,,region\nA,Ashton,N,la\nB,Bolton,N,la\nC,Corby,S,la\nD,Derby,S," \
    "la\nE,Ely,S,la\n"

/* PCT in 2020: 10 of 100, 80 of 100, 30 of 50, 20 of 200, and nothing of Ely, whose 2020 comes in the second drop. */
#define FIRST                                                                                                         \
    "PCT,A,,2020,,10,100,,\nPCT,B,,2020,,80,100,,\nPCT,C,,2020,,30,50,,\nPCT,D,,2020,,20,200,,\nPCT,E,,2019,50,,,,\n" \
    "DUR,A,,2020,9,,,,\nDUR,B,,2020,7,,,,\nDUR,C,,2020,8,,,,\nDUR,D,,2020,30,,,,\n"                                   \
    "RATE,A,,2020,5,10,2000,,\nRATE,B,,2020,2,2,1000,,\n"
#define SECOND "PCT,A,,2020,,50,100,,\nPCT,E,,2020,,90,100,,\nPCT,B,,2021,,99,100,,\n"

static Folder folder_of(const char *targets, const char *comparators)
{
    return PLAN_FOLDER(
        {"plan.ini", "[plan]\ntitle = T\narea = Country\n"}, {"indicators.csv", INDICATORS}, {"units.csv", UNITS},
        {"neighbours.csv", "unit,neighbour,rank\nASHTON,C,2\nA, derby ,1\nA,Elsewhere,3\nB,Elsewhere,1\nB,Nowhere,2\nB,A,3\n"},
        {"baselines.csv", NULL}, {"targets.csv", targets}, {"comparators.csv", comparators},
        {"drops/2021-03-31/x.csv", DROP_HEADER FIRST}, {"drops/2021-09-30/y.csv", DROP_HEADER SECOND});
}

static double comparator_of(const WmSeries *series, const char *name)
{
    for (size_t i = 0; i < series->n_comparators; i++)
        if (strcmp(series->comparators[i].name, name) == 0)
            return series->comparators[i].value;
    return NAN;
}

static const WmComparedMeasure *measure_of(const WmComparison *comparison, const char *indicator)
{
    for (size_t i = 0; i < comparison->n_measures; i++)
        if (strcmp(comparison->measures[i].series->indicator, indicator) == 0)
            return &comparison->measures[i];
    return NULL;
}

static const WmComparedArea *area_of(const WmComparedMeasure *measure, const char *unit)
{
    for (size_t i = 0; i < measure->n_areas; i++)
        if (strcmp(measure->areas[i].series->unit, unit) == 0)
            return &measure->areas[i];
    fail_msg("no unit %s", unit);
    return NULL;
}

static const char ABOVE_ALL[] = "indicator,unit,due,target\nPCT,*,2021-12,Top quartile of national performance\n"
                                "RATE,*,2021-12,National average\nDUR,*,2021-12,In line with statistical neighbours\n";

/* By hand, from the counts above. */
static void comparators_are_totals_of_counts(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(ABOVE_ALL, NULL);
    g_auto(Loaded) loaded = month_load(&folder, "2021-03-31");
    const WmSeries *a = series_of(loaded.month, "PCT", "A", ""), *b = series_of(loaded.month, "PCT", "B", "");
    assert_near(comparator_of(a, "national"), 31.1, 1e-9); /* 140 of 450, at the published decimals */
    assert_near(comparator_of(a, "regional"), 100.0 * 90 / 200, 1e-9);
    assert_near(comparator_of(a, "statistical_neighbour"), 100.0 * 50 / 250, 1e-9); /* 2 of 3 are measured */
    assert_true(isnan(comparator_of(b, "statistical_neighbour")));                  /* 1 of 3 */
    assert_near(comparator_of(a, "upper_quartile"), 65, 1e-9);                      /* of 10, 10, 60, 80 */
    const WmSeries *wait = series_of(loaded.month, "DUR", "A", "");
    assert_true(isnan(comparator_of(wait, "national")));
    assert_near(comparator_of(wait, "upper_quartile"), 7.8, 1e-9); /* 7.75, of 7, 8, 9, 30: less is better */
    assert_near(comparator_of(series_of(loaded.month, "RATE", "B", ""), "national"), 1000.0 * 12 / 3000, 1e-9);
}

static void a_target_comes_to_what_was_known_on_the_day(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(ABOVE_ALL, NULL);
    g_auto(Loaded) then = month_load(&folder, "2021-03-31");
    g_auto(Loaded) now = month_load(&folder, NULL);
    assert_near(series_of(then.month, "PCT", "A", "")->milestones[0].target, 65, 1e-9);
    assert_near(series_of(now.month, "PCT", "A", "")->milestones[0].target, 80, 1e-9); /* of 10, 50, 60, 80, 90 */
    assert_near(series_of(now.month, "RATE", "A", "")->milestones[0].target, 4, 1e-9);
    assert_near(series_of(now.month, "PCT", "A", "")->previous.next.target, 65, 1e-9); /* the report before said so */
    const WmSeriesMilestone *none = &series_of(now.month, "DUR", "A", "")->milestones[0];
    assert_true(isnan(none->target));
    assert_contains(none->reason, "nor can the units give one");
}

/* A batch makes each unit's month by itself, and says the same. */
static void a_unit_alone_is_held_against_all(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(ABOVE_ALL, NULL);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(WmMonths) months = wm_months_new(loaded.plan, loaded.store, WM_NO_DAY, WM_NO_DAY, NULL);
    static const char *const UNITS_MEASURED[] = {"A", "B", "C", "D", "E"};
    for (size_t i = 0; i < G_N_ELEMENTS(UNITS_MEASURED); i++) {
        g_autoptr(WmMonth) alone = wm_months_of_unit(months, UNITS_MEASURED[i], NULL);
        const WmSeries *one = series_of(alone, "PCT", UNITS_MEASURED[i], ""),
                       *all = series_of(loaded.month, "PCT", UNITS_MEASURED[i], "");
        assert_near(one->milestones[0].target, all->milestones[0].target, 0);
        assert_near(comparator_of(one, "regional"), comparator_of(all, "regional"), 0);
        assert_near(one->previous.next.target, all->previous.next.target, 0);
        assert_false(wm_month_compares(alone));
    }
    assert_true(wm_month_compares(loaded.month));
}

static void the_table_stands_before_what_is_computed(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(ABOVE_ALL, "indicator,unit,comparator,period,value\nPCT,*,national,2019,77\n"
                                                 "PCT,A,upper_quartile,2099,99\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *b = series_of(loaded.month, "PCT", "B", "");
    assert_near(comparator_of(b, "national"), 77, 0);
    assert_near(comparator_of(b, "upper_quartile"), 80, 1e-9);
    assert_near(series_of(loaded.month, "PCT", "A", "")->milestones[0].target, 80, 1e-9); /* 2099 is not known yet */
}

/* One early figure of 2021 is not the year of all. */
static void units_are_compared_in_the_year_of_half(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(NULL, NULL);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(WmComparison) comparison = wm_comparison_new(loaded.month);
    const WmComparedMeasure *pct = measure_of(comparison, "PCT");
    char period[WM_PERIOD_TEXT];
    assert_string_equal(wm_period_format_iso(pct->period, period), "2020");
    assert_int_equal(pct->n_areas, 5);
    assert_int_equal(pct->n_ranked, 5);
    assert_near(pct->nation.value, 100.0 * 270 / 550, 1e-9);
    const WmComparedArea *e = area_of(pct, "E"), *a = area_of(pct, "A");
    assert_int_equal(e->rank, 1);
    assert_int_equal(e->quartile, 1);
    assert_near(e->before, 50, 0);
    assert_string_equal(e->region, "South");
    assert_near(e->regional, 100.0 * 140 / 350, 1e-9);
    assert_int_equal(e->funnel, 2);
    assert_int_equal(area_of(pct, "D")->funnel, -2);
    assert_int_equal(a->n_neighbours, 2);
    assert_int_equal(a->n_named, 3);
    assert_true(isnan(a->before));
    assert_near(wm_compared_gap(pct, a->figure.value, pct->nation.value), 50 - 100.0 * 270 / 550, 1e-9);
    const WmComparedMeasure *rate = measure_of(comparison, "RATE");
    assert_true(area_of(rate, "B")->is_small && !area_of(rate, "A")->is_small);
    assert_near(wm_compared_gap(rate, 2, rate->nation.value), 2, 1e-9); /* less is better */
    assert_int_equal(area_of(rate, "B")->rank, 1);
    assert_true(isnan(rate->best_quartile)); /* of two units there are no quarters */
    g_autofree char *csv = wm_comparison_to_csv(comparison);
    assert_contains(csv, "PCT,E,,2021-09-30,la,2020,90,90,100,");
    assert_contains(csv, ",2019,50,40,\n");
    assert_contains(csv, "few_cases");
}

/* ---- units of chance ---- */

#define MOST 40

typedef struct {
    int n, n_regions;
    int region[MOST], numerator[MOST], denominator[MOST]; /* denominator 0: no figure */
    bool is_lower;
} Chance;

static Chance chance_of(guint32 seed)
{
    Random random = {seed + 1};
    Chance self = {.n = random_between(&random, 2, MOST), .n_regions = random_between(&random, 1, 4), .is_lower = seed % 2};
    for (int i = 0; i < self.n; i++) {
        self.region[i] = random_between(&random, 0, self.n_regions - 1);
        self.denominator[i] = random_uniform(&random) < 0.1 ? 0 : random_between(&random, 1, 400);
        self.numerator[i] = random_between(&random, 0, self.denominator[i]);
    }
    return self;
}

static Folder folder_of_chance(const Chance *self, bool is_backwards)
{
    g_autoptr(GString) units = g_string_new("unit,name,parent,type\n"), drop = g_string_new(DROP_HEADER);
    for (int i = 0; i < self->n_regions; i++)
        g_string_append_printf(units, "R%d,Region %d,,region\n", i, i);
    for (int k = 0; k < self->n; k++) {
        const int i = is_backwards ? self->n - 1 - k : k;
        g_string_append_printf(units, "U%02d,Unit %02d,R%d,la\n", i, i, self->region[i]);
        if (self->denominator[i])
            g_string_append_printf(drop, "X,U%02d,,2020,,%d,%d,,\n", i, self->numerator[i], self->denominator[i]);
        else
            g_string_append_printf(drop, "X,U%02d,,2020,c,,,,\n", i);
    }
    return PLAN_FOLDER({"plan.ini", "[plan]\ntitle = T\narea = Country\n"},
                       {"indicators.csv", text_of("indicator,title,kind,measure_unit,polarity,frequency\nX,X,percent,%%,%s,year\n",
                                                  self->is_lower ? "lower" : "higher")},
                       {"units.csv", text_of("%s", units->str)}, {"baselines.csv", NULL}, {"targets.csv", NULL},
                       {"drops/2021-03-31/x.csv", text_of("%s", drop->str)});
}

static double share_of(const Chance *self, int region)
{
    double numerators = 0, denominators = 0;
    for (int i = 0; i < self->n; i++)
        if (region < 0 || self->region[i] == region) {
            numerators += self->numerator[i];
            denominators += self->denominator[i];
        }
    return denominators > 0 ? 100 * numerators / denominators : NAN;
}

static void assert_same(double got, double wanted)
{
    if (isnan(wanted))
        assert_true(isnan(got));
    else
        assert_near(got, wanted, 1e-9);
}

static void assert_area(const Chance *self, const WmComparedMeasure *measure, const WmComparedArea *area, bool has_regions)
{
    const int i = atoi(area->series->unit + 1), sign = self->is_lower ? -1 : 1;
    if (self->denominator[i] == 0) {
        assert_true(isnan(area->figure.value) && area->rank == 0 && area->quartile == 0);
        return;
    }
    size_t n_better = 0;
    const double value = 100.0 * self->numerator[i] / self->denominator[i];
    for (int k = 0; k < self->n; k++)
        n_better += self->denominator[k] && sign * (100.0 * self->numerator[k] / self->denominator[k] - value) > 0;
    assert_near(area->figure.value, value, 1e-9);
    assert_int_equal(area->rank, n_better + 1);
    if (has_regions)
        assert_same(area->regional, share_of(self, self->region[i]));
    if (isfinite(measure->best_quartile))
        assert_int_equal(area->quartile == 1, sign * (area->figure.value - measure->best_quartile) >= 0);
    assert_true(area->interval.low <= value + 1e-9 && area->interval.high >= value - 1e-9);
    assert_int_equal(area->is_small, self->denominator[i] < WM_FEW_CASES);
}

static void aggregates_are_direct_sums_in_any_order(void **state)
{
    (void)state;
    for (guint32 seed = 0; seed < 24; seed++) {
        const Chance chance = chance_of(seed);
        g_auto(Folder) folder = folder_of_chance(&chance, false), backwards = folder_of_chance(&chance, true);
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        g_auto(Loaded) again = month_load(&backwards, NULL);
        g_autoptr(WmComparison) comparison = wm_comparison_new(loaded.month);
        g_autoptr(WmComparison) turned = wm_comparison_new(again.month);
        g_autofree char *csv = wm_comparison_to_csv(comparison), *other = wm_comparison_to_csv(turned);
        assert_string_equal(csv, other);
        bool seen[4] = {false};
        int n_regions = 0;
        for (int i = 0; i < chance.n; i++) {
            n_regions += !seen[chance.region[i]];
            seen[chance.region[i]] = true;
        }
        const WmComparedMeasure *measure = measure_of(comparison, "X");
        if (!measure) /* fewer than two have a figure */
            continue;
        assert_same(measure->nation.value, share_of(&chance, -1));
        for (size_t i = 0; i < measure->n_areas; i++)
            assert_area(&chance, measure, &measure->areas[i], n_regions > 1);
    }
}

static void a_neighbour_s_name_that_several_bear_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"units.csv", "unit,name,code\nA,Ashton,E1\nB,Bath & Wells,E2\nC,Corby,E3\nD,corby,E4\n"},
                    {"neighbours.csv", "unit,neighbour\nE1,bath and wells\nAshton,Corby\nCORBY,E2\nA,C\nB,E4\n"});
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(folder.path, problems, NULL);
    assert_string_equal(plan->neighbours[0].unit, "A");
    assert_string_equal(plan->neighbours[0].neighbour, "B");
    assert_string_equal(plan->neighbours[1].unit, "A");
    assert_string_equal(plan->neighbours[4].neighbour, "D");
    wm_plan_check(plan, problems);
    g_autofree char *csv = wm_problems_to_csv(problems);
    assert_contains(csv,
                    "neighbours.csv,3,2,error,ambiguous_unit,several units are called Corby,write the id or code of one of them");
    assert_contains(csv, "neighbours.csv,4,1,error,ambiguous_unit,several units are called CORBY,");
    g_auto(GStrv) parts = g_strsplit(csv, "neighbours.csv,", -1);
    assert_int_equal(g_strv_length(parts), 3); /* and nothing else of that file */
}

int main(void)
{
    ADD(comparators_are_totals_of_counts);
    ADD(a_target_comes_to_what_was_known_on_the_day);
    ADD(a_unit_alone_is_held_against_all);
    ADD(the_table_stands_before_what_is_computed);
    ADD(units_are_compared_in_the_year_of_half);
    ADD(aggregates_are_direct_sums_in_any_order);
    ADD(a_neighbour_s_name_that_several_bear_is_refused);
    return run_cases("comparison");
}
