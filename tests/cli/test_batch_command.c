/* waymark batch: many plans, whatever is there already, and whatever becomes of one of them. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/fixture_batch.h"

/* ---- many plans ---- */

static void every_plan_below_a_folder_gets_a_pack(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    g_auto(Run) run = RUN(&folder, "batch", ".");
    assert_exit(run, 0);
    assert_contains(run.out, "\na,Ourland,2021-01-31,done,");
    assert_contains(run.out, "\ndeep/c,Ourland,2021-01-31,done,");
    assert_contains(run.err, "3 packs made, 0 unchanged, 0 failed");
    static const char *const FILES[] = {"exception-report.html", "assessments.csv", "assessments.json", "checks.csv",
                                        "charts/PCT.svg",        "record.json"};
    for (size_t i = 0; i < N_ELEMENTS(FILES); i++)
        assert_true(folder_has(&folder, text_of("batch/packs/deep/c/%s", FILES[i])));
    assert_false(folder_has(&folder, "batch/packs/a/exception-report.pdf"));
    g_autofree char *index = folder_read(&folder, "batch/index.html"), *summary = folder_read(&folder, "batch/summary.csv"),
                    *all = folder_read(&folder, "batch/assessments.csv");
    assert_contains(index, "href=\"./packs/deep/c/exception-report.html\"");
    assert_string_equal(summary, run.out);
    assert_contains(all, "pack,indicator,unit,");
    assert_contains(all, "\ndeep/c,PCT,,,2021-01-31,2020-12,44,");
}

static void a_pack_is_what_run_writes(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    g_auto(Run) batch = RUN(&folder, "batch", ".", "--pdf", "--quiet"),
                run = RUN(&folder, "run", "a", "--out", "single", "--quiet");
    assert_exit(batch, 0);
    assert_exit(run, 0);
    g_autofree char *record = folder_path(&folder, "batch/packs/a/record.json"),
                    *workbook = folder_path(&folder, "single/pack.xlsx"); /* is for the one who fills it in */
    assert_int_equal(g_unlink(record), 0);
    assert_int_equal(g_unlink(workbook), 0);
    g_autofree char *pack = fingerprint(&folder, "batch/packs/a"), *single = fingerprint(&folder, "single");
    g_auto(GStrv) parts = g_strsplit(pack, "batch/packs/a/", -1);
    g_autofree char *moved = g_strjoinv("single/", parts);
    assert_string_equal(moved, single);
}

static void a_list_names_plans_from_its_own_folder(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    folder_write(&folder, "lists/some.txt", "# the good ones\n../a\n\n../deep/c/\n");
    g_auto(Run) run = RUN(&folder, "batch", "lists/some.txt");
    assert_exit(run, 0);
    assert_contains(run.err, "2 packs made");
    assert_true(folder_has(&folder, "lists/batch/packs/c/assessments.csv"));
}

typedef struct {
    const char *name, *text; /* of lists/some.txt, or of any other file */
    int code;
    const char *err;
} ListCase;

static const ListCase LIST_CASES[] = {
    {"lines_of_another_system", "../a\r\n../b\r\n", 0, "2 packs made"},
    {"a_byte_order_mark", "\xEF\xBB\xBF../a\n../b\n", 0, "2 packs made"},
    {"no_text", "\xFF\xFE.\n../a\n", 3, "lists/some.txt: it is no list of plans; name a plan's folder"},
    {"one_plan_in_two_spellings", "../a\n../deep/..//a/\n", 3, "some.txt:2: its pack would be “a”, as that of line 1"},
    {"one_plan_in_two_spellings_within", "inner/x\ninner//./x\n", 3, "its pack would be “inner/x”, as that of line 1"},
    {"a_pack_within_a_pack", "inner\ninner/x\n", 3,
     "some.txt:2: its pack, “inner/x”, and that of line 1 would lie one within the other"},
    {"a_pack_around_a_pack", "inner/x\ninner\n", 3, "its pack, “inner”, and that of line 1 would lie one within the other"},
    {"no_pack_leads_out_of_packs", "..\n", 3, "0 packs made, 0 unchanged, 1 failed"},
    {"nor_lies_in_it_bare", ".\n", 3, "0 packs made, 0 unchanged, 1 failed"},
};

static void reads_the_list(void **state)
{
    const ListCase *row = *state;
    g_auto(Folder) folder = batch_plans();
    folder_write(&folder, "lists/some.txt", row->text);
    g_auto(Run) run = RUN(&folder, "batch", "lists/some.txt", "--charts", "none");
    assert_exit(run, row->code);
    assert_contains(run.err, row->err);
    assert_false(folder_has(&folder, "lists/batch/record.json"));
    assert_false(folder_has(&folder, "lists/batch/packs/record.json"));
}

static void a_plan_s_own_file_is_no_list(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    g_auto(Run) run = RUN(&folder, "batch", "a/plan.ini");
    assert_exit(run, 3);
    assert_contains(run.err, "it is no list of plans; name a plan's folder");
}

static void two_batches_do_not_write_into_one_folder(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    folder_write(&folder, "batch/log.jsonl", "the first one's\n");
    g_autofree char *path = folder_path(&folder, "batch/.lock");
    const int lock = open(path, O_RDWR | O_CREAT, 0666);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    g_auto(Run) run = RUN(&folder, "batch", ".");
    assert_exit(run, 4);
    assert_contains(run.err, "another “waymark batch” is at work there");
    g_autofree char *log = folder_read(&folder, "batch/log.jsonl");
    assert_string_equal(log, "the first one's\n");
    close(lock);
}

static void one_store_is_one_plan_s(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    g_auto(Run) several = RUN(&folder, "batch", ".", "--store", "all.db");
    assert_exit(several, 2);
    assert_contains(several.err, "--store names one store, and there are 3 plans; say it in each plan.ini, [store] url");
    assert_false(folder_has(&folder, "all.db"));
    g_auto(Run) one = RUN(&folder, "batch", "a", "--store", "one.db");
    assert_exit(one, 0);
    assert_true(folder_has(&folder, "one.db"));
    assert_false(folder_has(&folder, "a/waymark.db"));
}

/* ---- one bad plan ---- */

static void a_bad_plan_is_told_and_takes_no_other_with_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    folder_write(&folder, "bad/plan.ini", "nonsense\n");
    g_auto(Run) run = RUN(&folder, "batch", ".", "--quiet");
    assert_exit(run, 3);
    assert_contains(run.out, "\nbad,,,failed,,,");
    assert_contains(run.out, "\nb,Ourland,2021-01-31,done,");
    assert_contains(run.err, "waymark batch: bad: ");
    g_autofree char *index = folder_read(&folder, "batch/index.html");
    assert_contains(index, "Packs that failed");
    assert_lacks(index, "packs/bad/exception-report.html");

    folder_write(&folder, "bad/plan.ini", "[plan]\ntitle = Mended\n"); /* and it is tried again, alone */
    folder_write(&folder, "bad/indicators.csv", INDICATORS_HEADER "PCT,Plans,,percent,%,higher,month,0,100,1\n");
    folder_write(&folder, "bad/drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\n");
    g_auto(Run) again = RUN(&folder, "batch", ".");
    assert_exit(again, 0);
    assert_contains(again.err, "1 pack made, 3 unchanged, 0 failed");
}

/* ---- again ---- */

typedef struct {
    const char *name;
    const char *file, *text; /* written before the second run; NULL text: removed */
    const char *option;
    const char *err;
} AgainCase;

static const AgainCase AGAIN_CASES[] = {
    {"nothing_new_makes_nothing", NULL, NULL, NULL, "0 packs made, 3 unchanged"},
    {"the_same_content_written_again_is_nothing_new", "a/themes.csv",
     "theme,title,parent,owner_role\nT1,First theme,,Head of SEND\n", NULL, "0 packs made, 3 unchanged"},
    {"a_changed_table_makes_its_pack", "a/themes.csv", "theme,title,parent,owner_role\nT1,Other,,\n", NULL,
     "1 pack made, 2 unchanged"},
    {"a_new_drop_makes_its_pack", "b/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,45,,,,\n", NULL,
     "1 pack made, 2 unchanged"},
    {"a_lost_chart_makes_its_pack", "batch/packs/deep/c/charts/PCT.svg", NULL, NULL, "1 pack made, 2 unchanged"},
    {"a_cut_report_makes_its_pack", "batch/packs/deep/c/exception-report.html", "<p>", NULL, "1 pack made, 2 unchanged"},
    {"a_lost_store_is_nothing_new", "a/waymark.db", NULL, NULL, "0 packs made, 3 unchanged"},
    {"other_charts_make_all", NULL, NULL, "--charts=none", "3 packs made, 0 unchanged"},
    {"resume_keeps_what_has_changed_since", "a/themes.csv", "theme,title\nT1,Other\n", "--resume", "0 packs made, 3 unchanged"},
    {"force_makes_all", NULL, NULL, "--force", "3 packs made, 0 unchanged"},
};

static void run_again(void **state)
{
    const AgainCase *row = *state;
    g_auto(Folder) folder = batch_plans();
    g_auto(Run) first = RUN(&folder, "batch", ".");
    assert_exit(first, 0);
    g_autofree char *path = row->file ? folder_path(&folder, row->file) : NULL;
    if (row->text)
        folder_write(&folder, row->file, row->text);
    else if (path)
        assert_int_equal(g_unlink(path), 0);
    g_auto(Run) again = RUN(&folder, "batch", ".", row->option ? row->option : "--progress=auto");
    assert_exit(again, 0);
    assert_contains(again.err, row->err);
}

static void a_chart_that_is_no_longer_drawn_is_taken_away(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    g_auto(Run) first = RUN(&folder, "batch", ".", "--quiet");
    assert_true(folder_has(&folder, "batch/packs/a/charts/DUR.svg"));
    folder_write(&folder, "a/indicators.csv", INDICATORS_HEADER "PCT,Plans on time,T1,percent,%,higher,month,0,100,1\n");
    g_auto(Run) again = RUN(&folder, "batch", ".", "--quiet");
    assert_exit(again, 0);
    assert_false(folder_has(&folder, "batch/packs/a/charts/DUR.svg"));
    assert_true(folder_has(&folder, "batch/packs/a/charts/PCT.svg"));
    assert_true(folder_has(&folder, "batch/packs/b/charts/DUR.svg"));
}

static void only_does_what_fits_and_keeps_what_is_known(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    g_auto(Run) first = RUN(&folder, "batch", ".", "--only", "deep/*"), second = RUN(&folder, "batch", ".", "--only", "a");
    assert_exit(first, 0);
    assert_contains(first.err, "1 pack made");
    assert_lacks(first.out, "\na,");
    assert_exit(second, 0);
    assert_contains(second.err, "1 pack made");
    assert_contains(second.out, "\na,");
    assert_contains(second.out, "\ndeep/c,");
    assert_lacks(second.out, "\nb,");
}

/* ---- words ---- */

typedef struct {
    const char *name;
    const char *words[8];
    int code;
    const char *err; /* part of stderr */
} ExitCase;

static const ExitCase EXIT_CASES[] = {
    {"no_operand", {"batch"}, 2, "usage: waymark batch ROOT|LIST"},
    {"an_unknown_progress", {"batch", ".", "--progress", "loud"}, 2, "--progress “loud” is not known; give auto, never or json"},
    {"resume_and_force", {"batch", ".", "--resume", "--force"}, 2, "--resume keeps what is made, and --force makes it again"},
    {"only_nothing", {"batch", ".", "--only", "z*"}, 2, "--only “z*” names none of the 3 packs"},
    {"no_such_place", {"batch", "nowhere"}, 4, "name a folder of plans, or a list of their paths"},
    {"a_folder_without_plans", {"batch", "empty"}, 3, "there is no plan to do"},
    {"a_plan_listed_twice", {"batch", "twice.txt"}, 3, "twice.txt:2: its pack would be “a”, as that of line 1"},
    {"a_listed_plan_that_is_not_there", {"batch", "gone.txt"}, 3, "gone: "},
};

static void ends_with_its_code(void **state)
{
    const ExitCase *row = *state;
    g_auto(Folder) folder = batch_plans();
    folder_write(&folder, "empty/x.txt", "");
    folder_write(&folder, "twice.txt", "a\n./a/\n");
    folder_write(&folder, "gone.txt", "gone\n");
    g_auto(Run) run = run_in(&folder, row->words);
    assert_exit(run, row->code);
    assert_contains(run.err, row->err);
}

typedef struct {
    const char *name, *what;
    const char *file, *text; /* of one of the three plans */
    int code;
} FailOnCase;

static const FailOnCase FAIL_ON_CASES[] = {
    {"red_in_one_pack", "red", "a/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,10,,,,\n", 1},
    {"red_is_amber_too", "amber", "a/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,10,,,,\n", 1},
    {"red_is_no_error", "error", "a/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,10,,,,\n", 0},
    {"amber_in_one_pack", "amber", "b/overrides.csv", "indicator,status,reason,by_role,expires\nPCT,amber,x,y,2030\n", 1},
    {"amber_is_no_red", "red", "b/overrides.csv", "indicator,status,reason,by_role,expires\nPCT,amber,x,y,2030\n", 0},
    {"a_refused_row_is_an_error", "error", "deep/c/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,900,,,,\n", 1},
    {"an_error_is_a_warning_too", "warning", "deep/c/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,900,,,,\n", 1},
    {"a_target_to_be_confirmed_is_a_warning", "warning", "a/targets.csv", "indicator,due,target\nPCT,2021-08,TBC\n", 1},
    {"a_warning_is_no_error", "error", "a/targets.csv", "indicator,due,target\nPCT,2021-08,TBC\n", 0},
};

static void fails_on_request(void **state)
{
    const FailOnCase *row = *state;
    g_auto(Folder) folder = batch_plans();
    folder_write(&folder, row->file, row->text);
    g_auto(Run) run = RUN(&folder, "batch", ".", "--charts", "none", "--fail-on", row->what);
    assert_exit(run, row->code);
    assert_contains(run.err, "3 packs made");
    g_auto(Run) again = RUN(&folder, "batch", ".", "--charts", "none", "--fail-on", row->what);
    assert_exit(again, row->code); /* what is made already counts as well */
    g_auto(Run) plain = RUN(&folder, "batch", ".", "--charts", "none");
    assert_exit(plain, 0);
}

int main(void)
{
    ADD(every_plan_below_a_folder_gets_a_pack);
    ADD(a_pack_is_what_run_writes);
    ADD(a_list_names_plans_from_its_own_folder);
    ADD_TABLE(LIST_CASES, reads_the_list);
    ADD(a_plan_s_own_file_is_no_list);
    ADD(two_batches_do_not_write_into_one_folder);
    ADD(one_store_is_one_plan_s);
    ADD(a_bad_plan_is_told_and_takes_no_other_with_it);
    ADD_TABLE(AGAIN_CASES, run_again);
    ADD(a_chart_that_is_no_longer_drawn_is_taken_away);
    ADD(only_does_what_fits_and_keeps_what_is_known);
    ADD_TABLE(EXIT_CASES, ends_with_its_code);
    ADD_TABLE(FAIL_ON_CASES, fails_on_request);
    return run_cases("batch_command");
}
