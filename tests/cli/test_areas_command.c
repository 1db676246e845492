/* The area comparison as `waymark run` writes it: what it says, what it leaves alone, and the same bytes twice. */
#include <string.h>

#include "cli/fixture_command.h"

#define HOSTILE "<script>alert(1)</script> & Sons"

static const char UNITS[] = "unit,name,parent,type\nR1,North,,region\nR2,South,,region\nA,Ashton,R1,la\nB,\"" HOSTILE "\",R1,la\n"
                            "C,Corby,R2,la\nD,Derby,R2,la\nE,Isles,R2,la\n";
static const char DROP[] = DROP_HEADER "PCT,A,,2021-01,,10,100,,\nPCT,B,,2021-01,,80,100,,\nPCT,C,,2021-01,,30,60,,\n"
                                       "PCT,D,,2021-01,,20,200,,\nPCT,E,,2021-01,,3,5,,\nPCT,A,,2020-01,,12,100,,\n"
                                       "DUR,A,,2021-01,4,,,,\nDUR,C,,2021-01,5,,,,\n";

static Folder folder_of(const char *area)
{
    return PLAN_FOLDER({"plan.ini", text_of("[plan]\ntitle = Compared\narea = %s\n", area)}, {"units.csv", UNITS},
                       {"neighbours.csv", "unit,neighbour,rank\nA,C,1\nA,D,2\n"}, {"baselines.csv", NULL},
                       {"targets.csv", "indicator,unit,due,target\nPCT,*,2021-12,Top quartile of national performance\n"},
                       {"drops/2021-02-28/x.csv", DROP});
}

static void the_paper_and_its_table_say_the_same(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("Country");
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out");
    assert_exit(run, 0);
    g_autofree char *html = folder_read(&folder, "out/area-comparison.html"), *csv = folder_read(&folder, "out/areas.csv");
    assert_contains(html, "The 5 areas with counts stand together at 30.8% (143 of 465).");
    assert_contains(html, "few cases: read with caution");
    assert_contains(html, "Ashton and 1 more<"); /* level with Derby at the end */
    assert_contains(html, "2 at 19.2%"); /* Ashton's neighbours: 50 of 260 */
    assert_contains(html, "<h2 id=\"method\">");
    assert_lacks(html, "<script");
    assert_contains(html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons");
    assert_contains(csv, "PCT,E,,2021-02-28,la,2021-01,60,3,5,");
    assert_contains(csv, ",few_cases\n");
    g_autofree char *assessments = folder_read(&folder, "out/assessments.csv");
    assert_contains(assessments, ",2021-12-31,60,"); /* the upper quartile of 10, 10, 50, 60, 80 */
    assert_true(folder_has(&folder, "out/area-comparison.pdf") && folder_has(&folder, "out/areas.json"));
}

static void the_same_bytes_come_twice(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("Country");
    g_auto(Run) once = RUN(&folder, "run", ".", "--out", "out");
    g_autofree char *first = fingerprint(&folder, "out");
    g_auto(Run) twice = RUN(&folder, "run", ".", "--out", "out");
    g_autofree char *second = fingerprint(&folder, "out");
    assert_exit(once, 0);
    assert_exit(twice, 0);
    assert_string_equal(first, second);
}

/* The plan's own area is one of the areas: it is picked out. */
static void the_plans_own_area_is_picked_out(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("Corby");
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out");
    assert_exit(run, 0);
    g_autofree char *html = folder_read(&folder, "out/area-comparison.html");
    assert_contains(html, "Corby is 3rd of 5 at 50.0%");
    assert_contains(html, "Corby at 50.0%; areas are from");
    assert_contains(html, "3 of 5");
}

/* A board must see which section is about which; the measure counts once. */
static void units_of_two_types_have_titles_of_their_own(void **state)
{
    (void)state;
    g_autofree char *drop = g_strconcat(DROP, "PCT,R1,,2021-01,,90,200,,\nPCT,R2,,2021-01,,53,265,,\n", NULL);
    g_autoptr(GString) units = g_string_new(UNITS);
    g_string_replace(units, ",la\n", ",local_authority\n", 0);
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", units->str}, {"baselines.csv", NULL}, {"drops/2021-02-28/x.csv", drop});
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out");
    assert_exit(run, 0);
    g_autofree char *html = folder_read(&folder, "out/area-comparison.html");
    assert_contains(html, ", local authority</h2>");
    assert_contains(html, ", region</h2>");
    assert_contains(html, "2 measures compared over up to 5 areas."); /* PCT of both types, DUR of one */
}

static void without_units_there_is_no_paper(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", NULL}, {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,2021-01,41,,,,\n"});
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out");
    assert_exit(run, 0);
    assert_false(folder_has(&folder, "out/area-comparison.html") || folder_has(&folder, "out/areas.csv"));
}

static void a_chart_sets_peers_beside_each_other(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("Country");
    folder_write(&folder, "drops/2021-03-31/y.csv", DROP_HEADER "PCT,R1,,2021-01,,90,200,,\nPCT,R2,,2021-01,,53,265,,\n");
    g_auto(Run) all = RUN(&folder, "chart", ".", "--kind", "ranking", "--indicator", "PCT");
    assert_exit(all, 0);
    g_autofree char *peers = folder_read(&folder, "PCT~ranking.svg");
    assert_contains(peers, "is best at 80.0%, Ashton and 1 more last at 10.0%");
    assert_lacks(peers, ">North<");
    assert_contains(all.err, "PCT: 2 of 7 units left out");
    g_auto(Run) picked = RUN(&folder, "chart", ".", "--kind", "ranking", "--indicator", "PCT", "--unit", "North");
    assert_exit(picked, 0);
    g_autofree char *regions = folder_read(&folder, "PCT~ranking.svg");
    assert_contains(regions, "North is 1st of 2 at 45.0%");
}

static void a_chart_of_a_region_has_its_units_alone(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("Country");
    g_auto(Run) by_id = RUN(&folder, "chart", ".", "--kind", "ranking", "--indicator", "PCT", "--region", "R2", "--unit", "Derby");
    assert_exit(by_id, 0);
    g_autofree char *south = folder_read(&folder, "PCT--R2~ranking.svg");
    assert_contains(south, "Derby is 3rd of 3 in South at 10.0%");
    assert_contains(south, ", South, ");
    assert_lacks(south, ">Ashton<");
    g_auto(Run) by_name = RUN(&folder, "chart", ".", "--kind", "multiples", "--indicator", "PCT", "--region", "North");
    assert_exit(by_name, 0);
    assert_true(folder_has(&folder, "PCT--R1~multiples.svg"));
    g_auto(Run) series = RUN(&folder, "chart", ".", "--indicator", "PCT", "--region", "North");
    assert_exit(series, 0);
    assert_true(folder_has(&folder, "PCT--A.svg"));
    assert_false(folder_has(&folder, "PCT--C.svg"));
    g_auto(Run) nowhere = RUN(&folder, "chart", ".", "--kind", "ranking", "--region", "Ashton");
    assert_exit(nowhere, 3);
    assert_contains(nowhere.err, "no unit lies in a region “Ashton”; use North, South");
    folder_write(&folder, "x.csv", "series,period,value\nA,2021,4\n");
    g_auto(Run) file = RUN(&folder, "chart", "--input", "x.csv", "--kind", "ranking", "--region", "North");
    assert_exit(file, 2);
    assert_contains(file.err, "--region does not go with --input");
}

int main(void)
{
    ADD(a_chart_sets_peers_beside_each_other);
    ADD(a_chart_of_a_region_has_its_units_alone);
    ADD(the_paper_and_its_table_say_the_same);
    ADD(the_same_bytes_come_twice);
    ADD(the_plans_own_area_is_picked_out);
    ADD(units_of_two_types_have_titles_of_their_own);
    ADD(without_units_there_is_no_paper);
    return run_cases("areas");
}
