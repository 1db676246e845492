/* waymark batch: many plans and nations, whatever the order in which packs are made, and whatever becomes of one of them. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/fixture_command.h"

#define N_AREAS   12
#define N_FIGURES 32 /* columns of assessments.csv before the sentence */

/* `a`, `b` and `deep/c` are good plans, with a drop each. */
static Folder plans(void)
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

/* One plan with units U0, U1 …; each with readings of two indicators, the last of which comes in a second drop. */
static Folder nation(void)
{
    g_autoptr(GString) units = g_string_new("unit,name,parent,type,code\n"), first = g_string_new(DROP_HEADER),
                       second = g_string_new(DROP_HEADER);
    for (int u = 0; u < N_AREAS; u++) {
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

static char *outputs(const Folder *self)
{
    g_autofree char *log = folder_path(self, "batch/log.jsonl");
    assert_int_equal(g_unlink(log), 0); /* it tells of time */
    return fingerprint(self, "batch");
}

/* ---- many plans ---- */

static void every_plan_below_a_folder_gets_a_pack(void **state)
{
    (void)state;
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
    g_auto(Run) run = RUN(&folder, "batch", "a/plan.ini");
    assert_exit(run, 3);
    assert_contains(run.err, "it is no list of plans; name a plan's folder");
}

static void two_batches_do_not_write_into_one_folder(void **state)
{
    (void)state;
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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
    g_auto(Folder) folder = plans();
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

/* ---- a nation ---- */

static void every_unit_gets_a_pack_of_its_own_name(void **state)
{
    (void)state;
    g_auto(Folder) folder = nation();
    g_auto(Run) run = RUN(&folder, "batch", ".");
    assert_exit(run, 0);
    assert_contains(run.err, "2 new drops");
    assert_contains(run.err, text_of("%d packs made", N_AREAS));
    assert_contains(run.out, "\nU3,Area 3 <&>,2021-01-31,done,5,");
    g_autofree char *report = folder_read(&folder, "batch/packs/U3/exception-report.html"),
                    *index = folder_read(&folder, "batch/index.html"), *checks = folder_read(&folder, "batch/checks.csv");
    assert_contains(report, "Area 3 &lt;&amp;&gt;");
    assert_lacks(report, "Area 4");
    assert_contains(index, "Area 11 &lt;&amp;&gt;");
    assert_contains(checks, "words"); /* the row that was refused is told once, and in no pack */
    g_autofree char *pack_checks = folder_read(&folder, "batch/packs/U1/checks.csv");
    assert_lacks(pack_checks, "words");
}

/* Rows of a unit's series, without the columns that are about all series of a month together: signal_q and its caution. */
static void a_unit_may_be_called_as_the_nation_s_pack(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"units.csv", "unit,name\n_area,Area of that name\n"},
                                        {"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\nPCT,_area,,Dec-20,55,,,,\n"});
    g_auto(Run) run = RUN(&folder, "batch", ".", "--charts", "none");
    assert_exit(run, 0);
    g_autofree char *nation = folder_read(&folder, "batch/packs/_area/assessments.csv"),
                    *unit = folder_read(&folder, "batch/packs/_area~unit/assessments.csv");
    assert_contains(nation, ",44,");
    assert_contains(unit, ",55,");
}

static void every_series_is_as_in_the_whole_plans_month(void **state)
{
    (void)state;
    g_auto(Folder) folder = nation();
    g_auto(Run) batch = RUN(&folder, "batch", ".", "--quiet"), run = RUN(&folder, "run", ".", "--out", "whole", "--quiet");
    assert_exit(batch, 0);
    assert_exit(run, 0);
    g_autofree char *all = folder_read(&folder, "batch/assessments.csv"), *whole = folder_read(&folder, "whole/assessments.csv");
    g_auto(GStrv) rows = g_strsplit(all, "\n", -1);
    guint n_compared = 0;
    for (char **row = rows; *row; row++) {
        if (!strstr(*row, "PCT,U"))
            continue;
        g_auto(GStrv) fields = g_strsplit(strchr(*row, ',') + 1, ",", N_FIGURES + 1);
        assert_int_equal(g_strv_length(fields), N_FIGURES + 1);
        g_clear_pointer(&fields[N_FIGURES], g_free); /* the sentence and what follows */
        g_autofree char *figures = g_strjoinv(",", fields);
        assert_contains(whole, figures);
        n_compared++;
    }
    assert_int_equal(n_compared, N_AREAS);
    g_autofree char *areas = folder_read(&folder, "batch/areas.csv"), *whole_areas = folder_read(&folder, "whole/areas.csv");
    assert_string_equal(areas, whole_areas); /* units are ranked without assessing them together */
}

static void the_number_of_jobs_changes_no_byte(void **state)
{
    (void)state;
    g_auto(Folder) folder = nation(), other = nation();
    g_auto(Run) one = RUN(&folder, "batch", ".", "--jobs", "1", "--quiet"),
                many = RUN(&other, "batch", ".", "--jobs", "5", "--quiet");
    assert_exit(one, 0);
    assert_exit(many, 0);
    assert_string_equal(one.out, many.out);
    g_autofree char *expected = outputs(&folder), *actual = outputs(&other);
    /* keys and all: the folders differ, the plans do not */
    assert_string_equal(actual, expected);
}

static void a_log_tells_each_pack_and_how_long_it_will_take(void **state)
{
    (void)state;
    g_auto(Folder) folder = nation();
    g_auto(Run) run = RUN(&folder, "batch", ".", "--progress", "json");
    assert_exit(run, 0);
    g_autofree char *log = folder_read(&folder, "batch/log.jsonl");
    g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
    assert_int_equal(g_strv_length(lines), N_AREAS + 3); /* begin, end, and what follows the last line's end */
    assert_contains(lines[0], "{\"event\":\"begin\",");
    assert_contains(log, "\"pack\":\"U7\",\"state\":\"made\",");
    assert_contains(lines[N_AREAS], text_of("\"done\":%d,\"of\":%d,", N_AREAS, N_AREAS));
    assert_contains(lines[N_AREAS], "\"seconds_left\":0.0");
    assert_contains(lines[N_AREAS + 1], "{\"event\":\"end\",");
    assert_contains(run.err, lines[N_AREAS]);
}

static void an_interrupted_batch_goes_on_to_the_same_bytes(void **state)
{
    (void)state;
    static const char *const WORDS[] = {"batch", ".", "--jobs", "2", "--charts", "svg,png", NULL};
    g_auto(Folder) folder = nation(), undisturbed = nation();
    const pid_t child = run_begin(&folder, WORDS);
    for (int i = 0; i < 2000 && !folder_has(&folder, "batch/packs/U2/record.json"); i++)
        g_usleep(5000);
    kill(child, SIGINT);
    assert_int_equal(run_end(child), 5);
    assert_false(folder_has(&folder, text_of("batch/packs/U%d/record.json", N_AREAS - 1)));
    assert_false(folder_has(&folder, "batch/index.html"));
    g_autofree char *log = folder_read(&folder, "batch/log.jsonl");
    assert_contains(log, "{\"event\":\"interrupted\",");

    g_auto(Run) again = run_in(&folder, WORDS), whole = run_in(&undisturbed, WORDS);
    assert_exit(again, 0);
    assert_exit(whole, 0);
    assert_lacks(again.err, " 0 unchanged"); /* what was done is not done again */
    g_autofree char *expected = outputs(&undisturbed), *actual = outputs(&folder);
    assert_string_equal(actual, expected);
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
    {"red_by_fail_on", {"batch", ".", "--fail-on", "red"}, 1, "3 packs made"},
    {"no_error_by_fail_on", {"batch", ".", "--fail-on", "error"}, 0, "3 packs made"},
};

static void ends_with_its_code(void **state)
{
    const ExitCase *row = *state;
    g_auto(Folder) folder = plans();
    folder_write(&folder, "a/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,10,,,,\n"); /* far below its path */
    folder_write(&folder, "empty/x.txt", "");
    folder_write(&folder, "twice.txt", "a\n./a/\n");
    folder_write(&folder, "gone.txt", "gone\n");
    g_auto(Run) run = run_in(&folder, row->words);
    assert_exit(run, row->code);
    assert_contains(run.err, row->err);
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
    ADD(every_unit_gets_a_pack_of_its_own_name);
    ADD(a_unit_may_be_called_as_the_nation_s_pack);
    ADD(every_series_is_as_in_the_whole_plans_month);
    ADD(the_number_of_jobs_changes_no_byte);
    ADD(a_log_tells_each_pack_and_how_long_it_will_take);
    ADD(an_interrupted_batch_goes_on_to_the_same_bytes);
    ADD_TABLE(EXIT_CASES, ends_with_its_code);
    return run_cases("batch_command");
}
