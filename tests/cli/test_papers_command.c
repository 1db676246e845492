/* Papers of a plan whose measures are of several areas. */
#include <string.h>

#include "cli/fixture_command.h"

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, what)); at += strlen(what))
        n++;
    return n;
}

/* Fourteen complaints are not fourteen in each district. */
static void evidence_of_a_measure_is_told_once(void **state)
{
    static const char *const PAPERS[] = {"exception-report", "quarterly-report", "impact-scorecard"};
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"units.csv", "unit,name\nN1,North\nS1,South\n"}, {"baselines.csv", "indicator,unit,value,as_at\nPCT,*,50,2020-08\n"},
        {"targets.csv", "indicator,unit,due,target\nPCT,*,2021-08,90%\n"},
        {"evidence.csv", "indicator,as_at,kind,summary,count\nPCT,2021-01-15,complaints,Letters went out late,14\n"},
        {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,30,,,,\nPCT,N1,,Dec-20,29,,,,\nPCT,S1,,Dec-20,28,,,,\n"});
    g_auto(Run) run = RUN(&folder, "run", ".", "--charts", "none", "--out", "out");
    assert_exit(run, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++) {
        g_autofree char *paper = folder_read(&folder, text_of("out/%s.html", PAPERS[i]));
        assert_int_equal(count_of(paper, "Letters went out late"), 1);
    }
}

int main(void)
{
    ADD(evidence_of_a_measure_is_told_once);
    return run_cases("papers_command");
}
