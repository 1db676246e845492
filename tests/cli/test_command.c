/* The command as people and scripts meet it: exit codes, help, what goes to stdout and what to stderr, errors that say what to do.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/fixture_command.h"

#define GOOD_DROP DROP_HEADER "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,44,,,,\n"
#define BAD_DROP  DROP_HEADER "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,900%,,,,\n"

typedef struct {
    const char *name;
    const char *words[8];
    int code;
    const char *err; /* part of stderr; NULL for any */
} ExitCase;

/* Run where PLAN is a good plan with one drop, `bad.csv` a drop with a bad row, and `empty` an empty folder. */
static const ExitCase EXIT_CASES[] = {
    {"no_words", {NULL}, 2, NULL},
    {"help", {"--help"}, 0, ""},
    {"version", {"--version"}, 0, ""},
    {"an_unknown_command", {"frobnicate"}, 2, "waymark: there is no command “frobnicate”; see `waymark --help`\n"},
    {"an_unknown_option",
     {"run", "plan", "--frobnicate"},
     2,
     "waymark run: Unknown option --frobnicate; see `waymark run --help`\n"},
    {"a_missing_operand", {"run"}, 2, "waymark run: usage: waymark run PLAN; see `waymark run --help`\n"},
    {"an_operand_too_many", {"run", "plan", "plan"}, 2, "usage: waymark run PLAN"},
    {"an_option_without_its_value", {"run", "plan", "--as-at"}, 2, "Missing argument for --as-at"},
    {"a_date_that_is_none", {"run", "plan", "--as-at", "soon"}, 2, "--as-at “soon” is no date"},
    {"an_empty_date", {"run", "plan", "--as-at", ""}, 2, "--as-at “” is no date"},
    {"a_since_that_is_none", {"run", "plan", "--since", "soon"}, 2, "--since “soon” is no date; write it as 2026-09-30"},
    {"a_received_that_is_none", {"ingest", "plan", "bad.csv", "--received", "soon"}, 2, "--received “soon” is no date"},
    {"a_format_that_is_none", {"check", "plan", "--format", "xml"}, 2, "--format “xml” is none of csv, json, table"},
    {"a_fail_on_that_is_none",
     {"check", "plan", "--fail-on", "purple"},
     2,
     "--fail-on “purple” is none of error, warning, red, amber"},
    {"a_chart_format_that_is_none",
     {"run", "plan", "--charts", "gif"},
     2,
     "--charts “gif” is no format; give any of svg,png,pdf, or none"},
    {"a_theme_that_is_none", {"chart", "plan", "--theme", "mauve"}, 2, "--theme “mauve” is not known; use screen"},
    {"a_size_that_is_none", {"chart", "plan", "--size", "big"}, 2, "--size “big” is not known; write WIDTHxHEIGHT"},
    {"no_plan_there", {"run", "nowhere"}, 3, "nowhere/plan.ini: cannot open it: No such file or directory"},
    {"an_empty_folder", {"check", "empty"}, 3, "name a plan folder, or make one with `waymark new DIR`"},
    {"no_such_indicator",
     {"chart", "plan", "--indicator", "XXX"},
     3,
     "no series is asked for by these options; the ids stand in indicators.csv and units.csv"},
    {"a_missing_file",
     {"ingest", "plan", "nowhere.csv"},
     4,
     "waymark ingest: nowhere.csv: cannot open: No such file or directory; check the path and its permissions\n"},
    {"a_folder_for_a_file", {"ingest", "plan", "empty"}, 4, "cannot read"},
    {"a_missing_recipe", {"ingest", "plan", "bad.csv", "--recipe", "none"}, 3, "plan/recipes/none.ini: "},
    {"a_strict_drop_with_a_bad_row",
     {"ingest", "plan", "bad.csv", "--strict", "--received", "2021-02-28"},
     3,
     "bad.csv:3:5: 900% is above the highest possible, 100; mend it, or ingest without --strict"},
    {"a_drop_with_a_bad_row",
     {"ingest", "plan", "bad.csv", "--received", "2021-02-28"},
     0,
     "bad.csv: 1 row quarantined; they are listed below PLAN/quarantine, and in checks.csv"},
    {"a_plan_folder_in_use", {"new", "plan"}, 4, "plan: it is not empty; name a new or empty folder; nothing was written"},
    {"a_good_run", {"run", "plan"}, 0, NULL},
    {"a_quiet_run", {"run", "plan", "--quiet"}, 0, ""},
    {"a_check_has_no_statuses",
     {"check", "plan", "--fail-on", "red"},
     2,
     "--fail-on “red” is about statuses, and check gives none"},
    {"a_store_has_no_statuses",
     {"store", "verify", "plan", "--fail-on", "amber"},
     2,
     "--fail-on “amber” is about statuses, and store gives none"},
    {"a_check_of_nothing", {"check"}, 2, "usage: waymark check PLAN"},
    {"a_check_listed", {"check", "--list", "--format", "csv"}, 0, NULL},
    {"a_good_check", {"check", "plan", "--fail-on", "error"}, 0, NULL},
    {"a_word_after_two_hyphens", {"run", "--", "plan"}, 0, NULL},
};

static Folder workplace(void)
{
    g_auto(Folder) plan = PLAN_FOLDER({"drops/2021-01-31/x.csv", GOOD_DROP});
    Folder self = folder_new();
    g_autofree char *target = folder_path(&self, "plan");
    assert_int_equal(rename(plan.path, target), 0);
    folder_write(&self, "bad.csv", BAD_DROP);
    g_autofree char *empty = folder_path(&self, "empty");
    g_mkdir_with_parents(empty, 0777);
    return self;
}

static void ends_with_its_code(void **state)
{
    const ExitCase *row = *state;
    g_auto(Folder) folder = workplace();
    g_auto(Run) run = run_in(&folder, row->words);
    assert_exit(run, row->code);
    if (row->err && !*row->err)
        assert_string_equal(run.err, "");
    else if (row->err)
        assert_contains(run.err, row->err);
    if (row->code > 1)
        assert_lacks(run.out, "error"); /* talk goes to stderr */
}

static const char *const COMMANDS[] = {"run", "batch", "ingest", "check", "new", "chart", "spc"};

static void has_help(void **state)
{
    g_auto(Folder) folder = folder_new();
    g_auto(Run) run = RUN(&folder, *state, "--help");
    assert_exit(run, 0);
    assert_contains(run.out, "Usage:");
    assert_contains(run.out, text_of("waymark %s: ", (const char *)*state));
    assert_string_equal(run.err, "");
    g_auto(Run) all = RUN(&folder, "--help");
    assert_contains(all.out, text_of("\n  %s ", (const char *)*state));
}

typedef struct {
    const char *name;
    const char *what;
    const char *file, *text; /* put into the plan */
    const char *command;
    int code;
} FailOnCase;

static const FailOnCase FAIL_ON_CASES[] = {
    {"check_fails_on_an_error", "error", "plan/targets.csv", "indicator,due,target\nPCT,2021-08,900%\n", "check", 1},
    {"check_fails_on_a_warning", "warning", "plan/targets.csv", "indicator,due,target\nPCT,2021-08,TBC\n", "check", 1},
    {"an_error_is_a_warning_too", "warning", "plan/targets.csv", "indicator,due,target\nPCT,2021-08,900%\n", "check", 1},
    {"check_looks_at_the_drops", "error", "plan/drops/2021-07-31/b.csv", "indicator,period,value\nPCT,2021-06,900\n", "check", 1},
    {"a_warning_is_no_error", "error", "plan/targets.csv", "indicator,due,target\nPCT,2021-08,TBC\n", "check", 0},
    {"run_fails_on_a_quarantined_row", "error", "plan/drops/2021-02-28/x.csv", BAD_DROP, "run", 1},
    {"run_fails_on_red", "red", "plan/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,10,,,,\n", "run", 1},
    {"red_is_amber_too", "amber", "plan/drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,10,,,,\n", "run", 1},
    {"amber_is_no_red", "red", "plan/overrides.csv",
     "indicator,status,reason,by_role,expires\nPCT,amber,x,y,2030\nYES,amber,x,y,2030\nDUR,amber,x,y,2030\nCNT,amber,x,y,2030\nACY,"
     "amber,x,y,2030\n",
     "run", 0},
    {"run_fails_on_amber", "amber", "plan/overrides.csv", "indicator,status,reason,by_role,expires\nPCT,amber,x,y,2030\n", "run",
     1},
};

static void fails_on_request(void **state)
{
    const FailOnCase *row = *state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, row->file, row->text);
    g_auto(Run) run = RUN(&folder, row->command, "plan", "--fail-on", row->what);
    assert_exit(run, row->code);
    g_auto(Run) plain = RUN(&folder, row->command, "plan");
    assert_exit(plain, 0); /* findings change the exit code only on request */
}

static void a_check_leaves_nothing_behind(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    g_autofree char *before = fingerprint(&folder, ".");
    g_auto(Run) checked = RUN(&folder, "check", "plan");
    g_autofree char *after = fingerprint(&folder, ".");
    assert_exit(checked, 0);
    assert_string_equal(after, before);
    assert_false(folder_has(&folder, "plan/waymark.db"));
}

static void check_prints_rows_for_scripts(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, "plan/targets.csv", "indicator,due,target\nPCT,2021-08,900%\n");
    g_auto(Run) csv = RUN(&folder, "check", "plan"), json = RUN(&folder, "check", "plan", "--format", "json"),
                table = RUN(&folder, "check", "plan", "--format", "table");
    assert_true(g_str_has_prefix(csv.out, "file,line,column,severity,code,message,advice\n"));
    assert_contains(csv.out, "targets.csv,2,3,error,outside_bounds,");
    assert_contains(json.out, "\"line\":\t2,");
    assert_contains(json.out, "\"code\":\t\"outside_bounds\"");
    assert_contains(table.out, "targets.csv:2:3: error: the target of PCT");
    assert_contains(csv.err, "plan: 5 indicators; 1 error, 0 warnings, ");
}

static void ingest_prints_a_row_a_file_and_keeps_a_copy(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, "next.csv", DROP_HEADER "PCT,,,Dec-20,45,,,,\nPCT,,,Jan-21,46,,,,\nXXX,,,Jan-21,46,,,,\n");
    g_auto(Run) first = RUN(&folder, "run", "plan");
    assert_exit(first, 0);
    g_auto(Run) run = RUN(&folder, "ingest", "plan", "next.csv", "--received", "2021-02-28");
    assert_exit(run, 0);
    assert_string_equal(run.out, "file,drop,rows,loaded,revised,unchanged,quarantined\nnext.csv,2,3,2,1,0,1\n");
    g_autofree char *kept = folder_read(&folder, "plan/drops/2021-02-28/next.csv"), *sent = folder_read(&folder, "next.csv");
    assert_string_equal(kept, sent);
}

static void ingesting_again_is_a_no_op(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, "next.csv", DROP_HEADER "PCT,,,Jan-21,46,,,,\n");
    g_auto(Run) run = RUN(&folder, "ingest", "plan", "next.csv", "--received", "2021-02-28");
    assert_exit(run, 0);
    g_autofree char *before = fingerprint(&folder, "plan");
    g_auto(Run) again = RUN(&folder, "ingest", "plan", "next.csv", "--received", "2021-02-28");
    g_auto(Run) later = RUN(&folder, "ingest", "plan", "next.csv", "--received", "2021-03-31");
    assert_exit(again, 0);
    assert_exit(later, 0);
    assert_contains(again.err, "next.csv: its content is in the store already, as drop 2; nothing was done");
    assert_string_equal(again.out, "file,drop,rows,loaded,revised,unchanged,quarantined\nnext.csv,2,0,0,0,0,0\n");
    g_autofree char *after = fingerprint(&folder, "plan");
    assert_string_equal(after, before);
}

static void another_file_of_the_same_name_is_kept_beside_it(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, "next.csv", DROP_HEADER "PCT,,,Jan-21,46,,,,\n");
    g_auto(Run) first = RUN(&folder, "ingest", "plan", "next.csv", "--received", "2021-02-28");
    assert_exit(first, 0);
    folder_write(&folder, "next.csv", DROP_HEADER "PCT,,,Jan-21,47,,,,\n");
    g_auto(Run) second = RUN(&folder, "ingest", "plan", "next.csv", "--received", "2021-02-28");
    assert_exit(second, 0);
    assert_true(folder_has(&folder, "plan/drops/2021-02-28/next~2.csv"));
    g_auto(Run) run = RUN(&folder, "run", "plan");
    assert_contains(first.err, "it was made from the 1 file of plan/drops");
    assert_contains(run.err, "0 new drops\n"); /* the plan's first was taken before the ingested ones */
}

static void a_dry_run_leaves_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    g_autofree char *before = fingerprint(&folder, "plan");
    g_auto(Run) run = RUN(&folder, "ingest", "plan", "bad.csv", "--dry-run", "--received", "2021-02-28");
    assert_exit(run, 0);
    assert_string_equal(run.out, "file,drop,rows,loaded,revised,unchanged,quarantined\nbad.csv,0,2,1,0,1,1\n");
    g_autofree char *after = fingerprint(&folder, "plan");
    assert_string_equal(after, before);
    g_auto(Run) real = RUN(&folder, "ingest", "plan", "bad.csv", "--received", "2021-02-28");
    assert_contains(real.out, "bad.csv,2,2,1,0,1,1\n");
}

static void a_refused_file_leaves_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    g_autofree char *before = fingerprint(&folder, "plan");
    g_auto(Run) run = RUN(&folder, "ingest", "plan", "bad.csv", "--strict", "--received", "2021-02-28");
    assert_exit(run, 3);
    g_autofree char *after = fingerprint(&folder, "plan");
    assert_string_equal(after, before);
}

static void what_was_done_before_a_failure_is_printed(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    g_auto(Run) run = RUN(&folder, "ingest", "plan", "bad.csv", "nowhere.csv", "--received", "2021-02-28");
    assert_exit(run, 4);
    assert_contains(run.out, "bad.csv,2,2,1,0,1,1\n");
}

static void a_file_that_cannot_be_used_keeps_no_other_out(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, "empty.csv", "");
    folder_write(&folder, "next.csv", DROP_HEADER "PCT,,,Jan-21,46,,,,\n");
    g_auto(Run) run = RUN(&folder, "ingest", "plan", "bad.csv", "empty.csv", "next.csv", "--received", "2021-02-28");
    assert_exit(run, 3);
    assert_contains(run.out, "bad.csv,2,2,1,0,1,1\nnext.csv,3,1,1,0,0,0\n");
    assert_contains(run.err, "empty.csv: ");
    assert_contains(run.err, "1 of 3 files could not be used; why is said above; the others are in the store");
}

static void a_new_plan_checks_and_runs(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_auto(Run) made = RUN(&folder, "new", "mine"), checked = RUN(&folder, "check", "mine", "--fail-on", "warning"),
                run = RUN(&folder, "run", "mine");
    assert_exit(made, 0);
    assert_contains(made.err, "next: waymark run mine");
    assert_exit(checked, 0);
    assert_exit(run, 0);
    assert_true(folder_has(&folder, "mine/out/2026-07-31/exception-report.html"));
}

/* The tables are sheets, and come to the same month; a table of which the starter has nothing is there to be filled in. */
static void a_new_plan_may_be_a_workbook(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_auto(Run) files = RUN(&folder, "new", "files"), book = RUN(&folder, "new", "book", "--workbook"),
                checked = RUN(&folder, "check", "book", "--fail-on", "warning"), run = RUN(&folder, "run", "book"),
                run_files = RUN(&folder, "run", "files");
    assert_exit(files, 0);
    assert_exit(book, 0);
    assert_false(folder_has(&folder, "book/plan.ini"));
    assert_false(folder_has(&folder, "book/targets.csv"));
    assert_true(folder_has(&folder, "book/drops/2026-07-31/readings.csv"));
    assert_exit(checked, 0);
    assert_contains(checked.err, "2 indicators; 0 errors, 0 warnings, 0 notes");
    assert_exit(run, 0);
    assert_exit(run_files, 0);
    g_autofree char *of_book = folder_read(&folder, "book/out/2026-07-31/assessments.csv"),
                    *of_files = folder_read(&folder, "files/out/2026-07-31/assessments.csv");
    assert_string_equal(of_book, of_files);
    g_autofree char *path = folder_path(&folder, "book");
    g_autoptr(WmPlanTexts) plan = wm_plan_texts_read(path, NULL);
    assert_int_equal(wm_plan_texts_find(plan, "actions")->n_rows, 0);
    assert_true(wm_plan_text_column(wm_plan_texts_find(plan, "suppressions"), "expires") != SIZE_MAX);
}

static const char *const OUTPUTS[] = {"exception-report.html", "exception-report.pdf", "assessments.csv",
                                      "assessments.json",      "checks.csv",           "charts/PCT.svg"};

static void run_writes_what_the_contract_lists(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    g_auto(Run) run = RUN(&folder, "run", "plan"), elsewhere = RUN(&folder, "run", "plan", "--out", "there/deep");
    assert_exit(run, 0);
    assert_exit(elsewhere, 0);
    for (size_t i = 0; i < N_ELEMENTS(OUTPUTS); i++) {
        assert_true(folder_has(&folder, text_of("plan/out/2021-01-31/%s", OUTPUTS[i])));
        assert_true(folder_has(&folder, text_of("there/deep/%s", OUTPUTS[i])));
    }
    assert_string_equal(run.out, "");
}

static void charts_of_two_series_never_share_a_file(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, "plan/indicators.csv",
                 INDICATORS_HEADER "A/B,x,T1,percent,%,higher,month,0,100,1\nA_B,y,T1,percent,%,higher,month,0,100,1\n"
                                   "é1,z,T1,percent,%,higher,month,0,100,1\nè1,z,T1,percent,%,higher,month,0,100,1\n"
                                   "A,v,T1,percent,%,higher,month,0,100,1\nA-N1,w,T1,percent,%,higher,month,0,100,1\n");
    folder_write(&folder, "plan/drops/2021-01-31/x.csv", DROP_HEADER "A,N1,,Dec-20,41,,,,\n");
    g_auto(Run) run = RUN(&folder, "chart", "plan", "--out", "charts");
    assert_exit(run, 0);
    g_auto(GStrv) paths = g_strsplit(run.out, "\n", -1);
    for (size_t i = 0; paths[i]; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(paths[i], paths[k]);
    assert_int_equal(g_strv_length(paths), 7); /* six and the empty text after the last line end */
    g_autofree char *all = fingerprint(&folder, "charts");
    g_auto(GStrv) files = g_strsplit(all, "\n", -1);
    assert_int_equal(g_strv_length(files), 6);
}

static void a_hostile_id_stays_in_its_folder(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    folder_write(&folder, "plan/indicators.csv", INDICATORS_HEADER "../../evil,x,T1,percent,%,higher,month,0,100,1\n");
    g_auto(Run) run = RUN(&folder, "chart", "plan", "--out", "charts");
    assert_exit(run, 0);
    g_autofree char *all = fingerprint(&folder, "charts");
    assert_contains(all, "evil");
    assert_false(folder_has(&folder, "evil.svg"));
}

static void as_at_shows_what_was_known_then(void **state)
{
    (void)state;
    g_auto(Folder) folder = workplace();
    g_auto(Run) then = RUN(&folder, "run", "plan", "--out", "then");
    folder_write(&folder, "plan/drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Dec-20,20,,,,\nPCT,,,Jan-21,21,,,,\n");
    g_auto(Run) now = RUN(&folder, "run", "plan", "--out", "now"),
                past = RUN(&folder, "run", "plan", "--as-at", "2021-01-31", "--out", "past");
    assert_exit(then, 0);
    assert_exit(now, 0);
    assert_exit(past, 0);
    g_autofree char *a = folder_read(&folder, "then/assessments.csv"), *b = folder_read(&folder, "past/assessments.csv"),
                    *c = folder_read(&folder, "now/assessments.csv");
    assert_string_equal(a, b);
    assert_string_not_equal(b, c);
    g_auto(Run) before = RUN(&folder, "run", "plan", "--as-at", "Feb-21", "--out", "february"); /* a month is its last day */
    assert_exit(before, 0);
    g_autofree char *d = folder_read(&folder, "february/assessments.csv");
    assert_contains(d, ",2021-02-28,2020-12,44,");
}

int main(void)
{
    ADD_TABLE(EXIT_CASES, ends_with_its_code);
    for (size_t i = 0; i < N_ELEMENTS(COMMANDS); i++)
        add_case(text_of("%s has help", COMMANDS[i]), has_help, COMMANDS[i]);
    ADD_TABLE(FAIL_ON_CASES, fails_on_request);
    ADD(a_check_leaves_nothing_behind);
    ADD(check_prints_rows_for_scripts);
    ADD(ingest_prints_a_row_a_file_and_keeps_a_copy);
    ADD(ingesting_again_is_a_no_op);
    ADD(another_file_of_the_same_name_is_kept_beside_it);
    ADD(a_dry_run_leaves_nothing);
    ADD(a_refused_file_leaves_nothing);
    ADD(what_was_done_before_a_failure_is_printed);
    ADD(a_file_that_cannot_be_used_keeps_no_other_out);
    ADD(a_new_plan_checks_and_runs);
    ADD(a_new_plan_may_be_a_workbook);
    ADD(run_writes_what_the_contract_lists);
    ADD(charts_of_two_series_never_share_a_file);
    ADD(a_hostile_id_stays_in_its_folder);
    ADD(as_at_shows_what_was_known_then);
    return run_cases("command");
}
