/* waymark diff: what changed and why; and what later papers say of a pack that was issued. */
#include <glib/gstdio.h>
#include <string.h>

#include "cli/fixture_command.h"

#define INI                                                                                                                     \
    "[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-12-01\n\n[model]\nmodel = ols\n\n"                                 \
    "[policy]\nhold_readings = 1\nsignal_exceptions = no\non = green, green, green, green\nnear = amber, amber, amber, amber\n" \
    "off = red, red, red, red\n"
#define TARGETS "indicator,due,target\nPCT,2029-12,50\n"

/* On a flat path at 50: 55 is green, 46 amber, 30 red. */
static Folder plan_with(const char *february, const char *march)
{
    return PLAN_FOLDER({"plan.ini", INI},
                       {"indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n"},
                       {"baselines.csv", "indicator,value,as_at\nPCT,50,2020-12\n"}, {"targets.csv", TARGETS},
                       {"drops/2021-02-28/x.csv", text_of(DROP_HEADER "%s", february)},
                       {"drops/2021-03-31/x.csv", text_of(DROP_HEADER "%s", march)});
}

#define DIFF(folder, ...) RUN((folder), "diff", ".", "--from", "2021-02-28", "--format", "csv", __VA_ARGS__)
#define ISSUED(folder)    RUN((folder), "issue", ".", "--as-at", "2021-02-28", "--charts", "none", "--quiet")

typedef struct {
    const char *name;
    const char *february, *march;
    PlanFile edit;      /* made after the pack was issued */
    const char *status; /* the row of the status, after its sentence's beginning; NULL for none */
    const char *other;  /* a row that there is besides */
} CauseCase;

static const CauseCase CAUSES[] = {
    {"a new reading",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Feb-21,30,,,,\n",
     {0},
     "green,red,reading,",
     "reading,PCT,,,2021-02,,30.0%,,"},
    {"a revision",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Jan-21,30,,,,\n",
     {0},
     "green,red,revision,",
     "revision,PCT,,,2021-01,55.0%,30.0%,,"},
    {"a plan edit",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Jan-21,55,,,,\n",
     {"targets.csv", "indicator,due,target\nPCT,2021-02,90\n"},
     "green,red,plan",
     "plan,,,,\"targets.csv: PCT, 2029-12: moved\",50 by 2029-12,90 by 2021-02,,\"In targets.csv, PCT, 2029-12 has moved: it is 90 "
     "by 2021-02, was 50 by 2029-12.\"\n"},
    {"a date moved, and nothing else",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Jan-21,55,,,,\n",
     {"targets.csv", "indicator,due,target\nPCT,2028-06,40\nPCT,2030-03,50\n"},
     NULL,
     "\"targets.csv: PCT, 2029-12: moved\",50 by 2029-12,50 by 2030-03,,"},
    {"a target that is new beside one that stays",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Jan-21,55,,,,\n",
     {"targets.csv", "indicator,due,target\nPCT,2029-12,50\nPCT,2030-03,50\n"},
     NULL,
     "plan,,,,\"targets.csv: PCT, 2030-03\",,a row,,"},
    {"a target moved",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Jan-21,55,,,,\n",
     {"targets.csv", "indicator,due,target\nPCT,2029-12,51\n"},
     NULL,
     "plan,,,,\"targets.csv: PCT, 2029-12: target\",50,51,,"},
    {"a setting",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Jan-21,55,,,,\n",
     {"plan.ini", INI "escalate = red 3\n"},
     NULL,
     "plan,,,,[policy] escalate,,red 3,,"},
    {"a person's word",
     "PCT,,,Jan-21,30,,,,\n",
     "PCT,,,Jan-21,30,,,,\n",
     {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,green,why,Head,2021-03,\n"},
     "red,green,person,",
     "plan,,,,\"overrides.csv: PCT, 2021-03\",,a row,,"},
    {"a drop of that time that came late",
     "PCT,,,Jan-21,55,,,,\n",
     "PCT,,,Jan-21,30,,,,\n",
     {"drops/2021-02-28/z.csv", DROP_HEADER "PCT,,,Jan-21,30,,,,\n"},
     "green,red,late_drops,",
     "revision,PCT,,,2021-01,55.0%,30.0%,,"},
};

static void a_status_changes_for_its_causes(void **state)
{
    const CauseCase *row = *state;
    g_auto(Folder) folder = plan_with(row->february, row->march);
    g_auto(Run) issued = ISSUED(&folder);
    assert_exit(issued, 0);
    if (row->edit.name)
        folder_write(&folder, row->edit.name, row->edit.text);
    g_auto(Run) diff = DIFF(&folder, "--to", "2021-03-31");
    assert_exit(diff, 0);
    assert_contains(diff.err, "compared with the pack 2021-02-28 as it was issued");
    assert_contains(diff.out, row->other);
    if (row->status)
        assert_contains(diff.out, text_of("\nstatus,PCT,,,,%s", row->status));
    else
        assert_lacks(diff.out, "\nstatus,");
}

/* A figure of a district is not to be read as the area's. */
static void a_change_names_its_unit(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,N1,,Jan-21,55,,,,\n", "PCT,N1,,Jan-21,30,,,,\nPCT,N1,,Feb-21,31,,,,\n");
    folder_write(&folder, "units.csv", "unit,name\nN1,North\n");
    folder_write(&folder, "targets.csv", "indicator,unit,due,target\nPCT,*,2029-12,50\n");
    folder_write(&folder, "baselines.csv", "indicator,unit,value,as_at\nPCT,*,50,2020-12\n");
    g_auto(Run) issued = ISSUED(&folder), diff = DIFF(&folder, "--to", "2021-03-31");
    assert_exit(issued, 0);
    assert_contains(diff.out, "Plans on time, North: Jan 2021 is 30.0%, was 55.0%.");
    assert_contains(diff.out, "Plans on time, North: 31.0% in Feb 2021 is new.");
    assert_contains(diff.out, "Plans on time, North: red, was green: ");
}

/* Nothing came, nothing was edited: a year later the reading is too old to judge by. */
static void time_alone_may_change_a_status(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", "PCT,,,Jan-21,55,,,,\n");
    g_auto(Run) issued = ISSUED(&folder), diff = DIFF(&folder, "--to", "2022-02-28");
    assert_exit(issued, 0);
    assert_contains(diff.out, "\nstatus,PCT,,,,green,grey,time,");
}

static void a_person_s_word_may_run_out(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,30,,,,\n", "PCT,,,Jan-21,30,,,,\n");
    folder_write(&folder, "overrides.csv",
                 "indicator,unit,status,reason,by_role,from,expires\nPCT,,green,why,Head,2021-02-01,2021-02-28\n");
    g_auto(Run) issued = ISSUED(&folder), diff = DIFF(&folder, "--to", "2021-03-31");
    assert_exit(issued, 0);
    assert_contains(diff.out, "\nstatus,PCT,,,,green,red,person,");
}

/* One text of a file of the pack for another, as another version would have written it. */
static void change_pack(const Folder *folder, const char *file, const char *was, const char *is)
{
    g_autofree char *name = g_strconcat("issued/2021-02-28/", file, NULL), *text = folder_read(folder, name);
    g_auto(GStrv) parts = g_strsplit(text, was, 2);
    assert_int_equal(g_strv_length(parts), 2);
    g_autofree char *path = folder_path(folder, name), *changed = g_strjoinv(is, parts);
    assert_int_equal(g_chmod(path, 0644), 0);
    folder_write(folder, name, changed);
}

static void another_method_is_told_and_a_cause(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", "PCT,,,Jan-21,55,,,,\n");
    g_auto(Run) issued = ISSUED(&folder);
    assert_exit(issued, 0);
    change_pack(&folder, "manifest.json", text_of("\"method_version\":\t%d", WM_METHOD_VERSION), "\"method_version\":\t0");
    change_pack(&folder, "assessments.csv", ",green,", ",amber,");
    g_auto(Run) diff = DIFF(&folder, "--to", "2021-03-31");
    assert_contains(diff.out, text_of("\nmethod,,,,method_version,0,%d,,", WM_METHOD_VERSION));
    assert_contains(diff.out, "\nstatus,PCT,,,,amber,green,method,");
}

/* Twenty after months above fifty: the straight line no longer reaches its milestone. */
static void an_outlook_changes_for_its_causes(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        plan_with("PCT,,,Oct-20,52,,,,\nPCT,,,Nov-20,54,,,,\nPCT,,,Dec-20,55,,,,\nPCT,,,Jan-21,57,,,,\n", "PCT,,,Feb-21,20,,,,\n");
    folder_write(&folder, "targets.csv", "indicator,due,target\nPCT,2021-12,50\n");
    g_auto(Run) issued = ISSUED(&folder), by_reading = DIFF(&folder, "--to", "2021-03-31");
    assert_exit(issued, 0);
    assert_contains(by_reading.out, "\noutlook,PCT,,,,likely,unlikely,reading,");
    folder_write(&folder, "drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Jan-21,10,,,,\n");
    folder_write(&folder, "targets.csv", "indicator,due,target\nPCT,2021-12,95\n");
    g_auto(Run) by_plan = DIFF(&folder, "--to", "2021-03-31");
    assert_contains(by_plan.out, "\noutlook,PCT,,,,likely,unlikely,plan");
}

static void without_a_pack_plan_edits_cannot_be_known(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", "PCT,,,Feb-21,30,,,,\n");
    g_auto(Run) diff = DIFF(&folder, "--to", "2021-03-31");
    assert_exit(diff, 0);
    assert_contains(diff.err, "no pack of 28 Feb 2021 was issued: plan edits cannot be known");
    assert_contains(diff.err, ": 1 status, 0 outlooks, 0 revisions, 1 new reading, 0 plan edits\n");
    assert_contains(diff.out, "\nstatus,PCT,,,,green,red,reading,");
    assert_lacks(diff.out, "\nplan,");
}

/* "What did we tell the board in March?": whoever asks seldom knows the day of the pack. */
static void the_pack_in_force_is_named(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", "PCT,,,Feb-21,30,,,,\n");
    g_auto(Run) issued = ISSUED(&folder), diff = RUN(&folder, "diff", ".", "--from", "2021-03-15", "--to", "2021-03-31");
    assert_exit(issued, 0);
    assert_exit(diff, 0);
    assert_contains(diff.err, "give --from 2021-02-28: the pack 2021-02-28 was the last issued before");
}

static void a_day_that_is_none_or_the_wrong_way_round_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", "PCT,,,Feb-21,30,,,,\n");
    g_auto(Run) none = RUN(&folder, "diff", ".");
    g_auto(Run) bad = RUN(&folder, "diff", ".", "--from", "yesterday");
    g_auto(Run) backwards = DIFF(&folder, "--to", "2021-01-31");
    assert_exit(none, 2);
    assert_contains(none.err, "it needs the day to compare with; give the earlier as-at");
    assert_exit(bad, 2);
    assert_exit(backwards, 2);
    assert_contains(backwards.err, "--from is not before --to");
}

static void later_papers_say_what_differs_from_the_pack(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Dec-20,54,,,,\nPCT,,,Jan-21,55,,,,\n", "PCT,,,Dec-20,54.4,,,,\nPCT,,,Jan-21,30,,,,\n");
    g_auto(Run) before = RUN(&folder, "run", ".", "--quiet");
    g_autofree char *first = folder_read(&folder, "out/2021-03-31/exception-report.html");
    assert_lacks(first, "was issued");
    g_auto(Run) issued = ISSUED(&folder);
    assert_exit(issued, 0);
    g_auto(Run) run = RUN(&folder, "run", ".", "--quiet");
    assert_exit(run, 0);
    g_autofree char *html = folder_read(&folder, "out/2021-03-31/exception-report.html");
    assert_contains(html, "Since the pack of 28 Feb 2021 was issued");
    assert_contains(html, "Plans on time: red, was green: earlier figures were revised.");
    assert_contains(html, "Plans on time: Jan 2021 is 30.0%, was 55.0%.");
    assert_contains(html, "1 figure was revised by less than the plan calls material");
    assert_lacks(html, "Dec 2020 is 54.4%");
    g_auto(Run) same = RUN(&folder, "run", ".", "--as-at", "2021-02-28", "--quiet");
    assert_exit(same, 0);
    g_autofree char *unchanged = folder_read(&folder, "out/2021-02-28/exception-report.html");
    assert_contains(unchanged, "Every figure and status that the board was given then stands");
}

/* Every paper: in the same words, but for the one of one page. */
static void every_paper_says_it(void **state)
{
    (void)state;
    static const char *const PAPERS[] = {"exception-report", "quarterly-report", "impact-scorecard",
                                         "action-tracker",   "risk-register",    "chase-list"};
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", "PCT,,,Jan-21,30,,,,\n");
    folder_write(&folder, "actions.csv", "action,title\nA1,Do it\n");
    folder_write(&folder, "risks.csv", "risk,title\nR1,It fails\n");
    g_auto(Run) issued = ISSUED(&folder);
    assert_exit(issued, 0);
    g_auto(Run) run = RUN(&folder, "run", ".", "--quiet", "--charts", "none");
    assert_exit(run, 0);
    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++) {
        g_autofree char *paper = folder_read(&folder, text_of("out/2021-03-31/%s.html", PAPERS[i]));
        assert_contains(paper, "Since the pack of 28 Feb 2021 was issued");
    }
    g_autofree char *summary = folder_read(&folder, "out/2021-03-31/summary.html");
    assert_contains(summary, "Against the pack of 28 Feb 2021: 1 revised figure, 0 plan edits, 1 status has changed.");
    folder_write(&folder, "list.txt", ".\n");
    g_auto(Run) batch = RUN(&folder, "batch", "list.txt", "--charts", "none", "--workbook", "--quiet", "--out", "all");
    assert_exit(batch, 0);
    g_autofree char *name = folder_path(&folder, "all/packs");
    g_autoptr(GDir) packs = g_dir_open(name, 0, NULL);
    const char *pack = g_dir_read_name(packs);
    g_autofree char *paper = folder_read(&folder, text_of("all/packs/%s/exception-report.html", pack));
    assert_contains(paper, "Since the pack of 28 Feb 2021 was issued");
    assert_true(folder_has(&folder, text_of("all/packs/%s/pack.xlsx", pack)));
}

static void a_word_without_effect_is_not_called_new(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", "PCT,,,Jan-21,55,,,,\n");
    g_auto(Run) issued = ISSUED(&folder);
    assert_exit(issued, 0);
    folder_write(&folder, "overrides.csv",
                 "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,why,Head,2021-01,2021-03-15\n");
    folder_write(&folder, "suppressions.csv", "indicator,unit,reason,by_role,from,expires\nPCT,,,Chair,2021-03,2021-05\n");
    g_auto(Run) run = RUN(&folder, "run", ".", "--as-at", "2021-03-31", "--quiet", "--charts", "none");
    g_autofree char *html = folder_read(&folder, "out/2021-03-31/exception-report.html");
    assert_contains(html, "or has run out: status set by a person, Plans on time, Jan 2021");
    assert_contains(html, "or has run out: suppressed exception, Plans on time, Mar 2021");
    assert_lacks(html, "New status set by a person");
    assert_lacks(html, "New suppressed exception");
    folder_write(&folder, "overrides.csv",
                 "indicator,unit,status,reason,by_role,from,expires\nPCT,,amber,why,Head,2021-01,2021-04-15\n");
    g_auto(Run) again = RUN(&folder, "run", ".", "--as-at", "2021-03-31", "--quiet", "--charts", "none");
    assert_exit(again, 0);
    g_autofree char *later = folder_read(&folder, "out/2021-03-31/exception-report.html");
    assert_contains(later, "New status set by a person: Plans on time, Jan 2021");
}

typedef struct {
    const char *name;
    const char *march;   /* the reading that comes after the pack */
    const char *targets; /* as edited after the pack */
    const char *as_at;
    const char *rows[2]; /* of exceptions.csv: how they begin, to the opening */
    const char *closing; /* NULL: none has closed */
    const char *sentence;
} ToldCase;

/* Jan-21 is 55, against 90 by February, which is red. */
static const ToldCase TOLD[] = {
    {"a target made easy closes it, and that is said",
     "55",
     "PCT,2029-12,50\n",
     "2021-03-31",
     {"PCT@2021-02-28,status,PCT,,,2021-03-31,closed,2021-02-28,", NULL},
     ",2021-03-31,replanned,",
     "Opened on 28 Feb 2021, closed on 31 Mar 2021 after 1 month: the plan, or the files of that time, were edited after it was "
     "put "
     "to the board, and by them it was no exception."},
    {"still red against the new one, it goes on",
     "56",
     "PCT,2021-02,88\n",
     "2021-03-31",
     {"PCT@2021-02-28,status,PCT,,,2021-03-31,continuing,2021-02-28,", NULL},
     NULL,
     "Open since 28 Feb 2021"},
    {"red now, though by the new one it was not then, it is the same",
     "30",
     "PCT,2029-12,50\n",
     "2021-03-31",
     {"PCT@2021-02-28,status,PCT,,,2021-03-31,continuing,2021-02-28,", NULL},
     NULL,
     "Open since 28 Feb 2021 (1 month), no real change since the last report."},
    {"its missed recovery date closes with it",
     "55",
     "PCT,2029-12,50\n",
     "2021-04-15",
     {"PCT@2021-02-28,status,PCT,,,2021-04-15,closed,2021-02-28,", "PCT@2021-03-10+recovery,recovery,PCT,,,2021-04-15,closed,"},
     ",2021-04-15,replanned,",
     "The recovery date of 10 Mar 2021, missed, is settled: the plan, or the files of that time, were edited"},
};

static void what_a_pack_told_does_not_vanish(void **state)
{
    const ToldCase *row = *state;
    g_auto(Folder) folder = plan_with("PCT,,,Jan-21,55,,,,\n", text_of("PCT,,,Feb-21,%s,,,,\n", row->march));
    folder_write(&folder, "targets.csv", "indicator,due,target\nPCT,2021-02,90\n");
    folder_write(&folder, "commentary.csv",
                 "indicator,unit,as_at,explanation,recovery,recovery_due,author_role\nPCT,,2021-02-28,why,what,2021-03-10,Lead\n");
    g_auto(Run) issued = ISSUED(&folder);
    assert_exit(issued, 0);
    if (strcmp(row->as_at, "2021-03-31") > 0) {
        g_auto(Run) again = RUN(&folder, "issue", ".", "--as-at", "2021-03-31", "--charts", "none", "--quiet");
        assert_exit(again, 0);
    }
    folder_write(&folder, "targets.csv", text_of("indicator,due,target\n%s", row->targets));
    g_auto(Run) run = RUN(&folder, "run", ".", "--as-at", row->as_at, "--quiet", "--charts", "none");
    assert_exit(run, 0);
    g_autofree char *csv = folder_read(&folder, text_of("out/%s/exceptions.csv", row->as_at));
    g_autofree char *html = folder_read(&folder, text_of("out/%s/exception-report.html", row->as_at));
    for (size_t i = 0; i < G_N_ELEMENTS(row->rows) && row->rows[i]; i++)
        assert_contains(csv, text_of("\n%s", row->rows[i]));
    if (row->closing)
        assert_contains(csv, row->closing);
    else
        assert_lacks(csv, ",closed,2021");
    assert_contains(csv, row->sentence);
    assert_contains(html, row->sentence);
}

int main(void)
{
    ADD_TABLE(TOLD, what_a_pack_told_does_not_vanish);
    ADD_TABLE(CAUSES, a_status_changes_for_its_causes);
    ADD(a_change_names_its_unit);
    ADD(time_alone_may_change_a_status);
    ADD(a_person_s_word_may_run_out);
    ADD(another_method_is_told_and_a_cause);
    ADD(an_outlook_changes_for_its_causes);
    ADD(without_a_pack_plan_edits_cannot_be_known);
    ADD(the_pack_in_force_is_named);
    ADD(a_day_that_is_none_or_the_wrong_way_round_is_refused);
    ADD(later_papers_say_what_differs_from_the_pack);
    ADD(every_paper_says_it);
    ADD(a_word_without_effect_is_not_called_new);
    return run_cases("diff_command");
}
