/* waymark issue: what is put to a board is frozen, and can be told from anything else. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/fixture_command.h"

#define PACK "issued/2021-03-31"

static Folder plan_with_drop(void)
{
    return PLAN_FOLDER({"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Jan-21,44,,,,\n"},
                       {"drops/2021-03-31/x.csv", DROP_HEADER "PCT,,,Feb-21,41,,,,\n"},
                       {"recipes/x.ini", "[file]\nmatch = none*.csv\n"});
}

#define ISSUE(folder, ...) RUN((folder), "issue", ".", "--charts", "none", __VA_ARGS__)

static void a_pack_holds_papers_plan_and_manifest(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    g_auto(Run) issued = ISSUE(&folder, "--format", "csv");
    assert_exit(issued, 0);
    static const char *const FILES[] = {
        "exception-report.html", "exception-report.pdf", "assessments.csv",   "readings.json", "pack.xlsx",
        "plan/plan.ini",         "plan/targets.csv",     "plan/recipes/x.ini"};
    g_autofree char *manifest = folder_read(&folder, PACK "/manifest.json");
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *name = g_build_filename(PACK, FILES[i], NULL), *text = folder_read(&folder, name);
        g_autofree char *path = folder_path(&folder, name), *bytes = NULL;
        gsize length;
        assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
        g_autofree char *row = g_strdup_printf("%s,%zu,%s\n", FILES[i], length, hash);
        assert_contains(issued.out, row);
        assert_contains(manifest, hash);
    }
    assert_contains(manifest, "\"method_version\":");
    assert_contains(manifest, "drops/2021-03-31/x.csv");
    g_autofree char *was = folder_read(&folder, "targets.csv"), *copy = folder_read(&folder, PACK "/plan/targets.csv");
    assert_string_equal(was, copy);
}

static void a_dry_run_writes_nothing_and_tells_the_same(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    g_auto(Run) dry = ISSUE(&folder, "--dry-run");
    assert_exit(dry, 0);
    assert_false(folder_has(&folder, "issued"));
    g_auto(Run) issued = ISSUE(&folder, "--quiet");
    assert_exit(issued, 0);
    assert_string_equal(dry.out, issued.out);
}

static void what_is_issued_stays_as_it_is(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    g_auto(Run) first = ISSUE(&folder, "--quiet");
    assert_exit(first, 0);
    g_autofree char *before = fingerprint(&folder, "issued");
    g_auto(Run) twice = ISSUE(&folder, "--as-at", "2021-03-31");
    assert_exit(twice, 0);
    assert_contains(twice.err, "2021-03-31 is issued already, and nothing has changed since");
    folder_write(&folder, "targets.csv", "indicator,unit,due,target,note\nPCT,,2021-08,60%,\n");
    g_auto(Run) changed = ISSUE(&folder, "--quiet");
    assert_exit(changed, 3);
    assert_contains(changed.err, "it is issued already, and ");
    assert_contains(changed.err, "--again");
    folder_write(&folder, "drops/2021-03-31/late.csv", DROP_HEADER "PCT,,,Jan-21,50,,,,\n"); /* a late revision */
    g_auto(Run) run = RUN(&folder, "run", ".", "--quiet");
    assert_exit(run, 0);
    g_autofree char *after = fingerprint(&folder, "issued");
    assert_string_equal(before, after);
    g_auto(Run) again = ISSUE(&folder, "--again", "--quiet");
    assert_exit(again, 0);
    assert_true(folder_has(&folder, PACK "~2/manifest.json"));
    g_auto(Run) list = ISSUE(&folder, "--list", "--format", "csv");
    assert_contains(list.out,
                    "issue,as_at,files,drops,plan_version,waymark_version,method_version,manifest_sha256\n2021-03-31,2021-03-31,");
    assert_contains(list.out, "\n2021-03-31~2,2021-03-31,");
    g_auto(Run) verify = ISSUE(&folder, "--verify");
    assert_exit(verify, 0);
}

static void papers_that_nobody_has_read_are_not_issued(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    g_auto(Run) run = RUN(&folder, "run", ".", "--quiet");
    assert_exit(run, 0);
    folder_write(&folder, "targets.csv", "indicator,unit,due,target,note\nPCT,,2021-08,60%,\n");
    g_auto(Run) refused = ISSUE(&folder, "--quiet");
    assert_exit(refused, 3);
    assert_contains(refused.err,
                    "it is not what the plan and its drops give now; run “waymark run” again, read it, and issue then");
    assert_false(folder_has(&folder, PACK));
}

static void every_change_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    g_auto(Run) issued = ISSUE(&folder, "--quiet");
    assert_exit(issued, 0);
    folder_write(&folder, PACK "/assessments.csv", "other\n");
    folder_write(&folder, PACK "/added.txt", "x");
    g_autofree char *gone = folder_path(&folder, PACK "/plan/plan.ini");
    assert_int_equal(g_unlink(gone), 0);
    g_auto(Run) verify = ISSUE(&folder, "--verify", "--format", "csv");
    assert_exit(verify, 3);
    assert_string_equal(verify.out, "issue,file,state\n2021-03-31,added.txt,unlisted\n2021-03-31,assessments.csv,changed\n"
                                    "2021-03-31,plan/plan.ini,missing\n");
    folder_write(&folder, PACK "/manifest.json",
                 "{\"issue\":\"2021-03-31\",\"as_at\":\"2021-03-31\",\"files\":[{\"file\":\"../../"
                 "plan.ini\",\"bytes\":1}],\"drops\":[],\"method_version\":2}");
    g_auto(Run) hostile = ISSUE(&folder, "--verify");
    assert_exit(hostile, 3);
    assert_contains(hostile.err, "it lists a file that cannot be");
}

static void what_a_killed_run_left_is_taken_up(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    folder_write(&folder, "issued/.2021-03-31.part/charts/junk.svg", "x");
    folder_write(&folder, "issued/notes.txt", "mine");
    g_auto(Run) issued = ISSUE(&folder, "--quiet");
    assert_exit(issued, 0);
    assert_false(folder_has(&folder, "issued/.2021-03-31.part"));
    assert_false(folder_has(&folder, PACK "/charts/junk.svg"));
    g_auto(Run) verify = ISSUE(&folder, "--verify");
    assert_exit(verify, 0);
}

static void a_pack_without_its_manifest_is_not_passed_over(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    g_auto(Run) issued = ISSUE(&folder, "--quiet");
    assert_exit(issued, 0);
    g_autofree char *manifest = folder_path(&folder, PACK "/manifest.json");
    assert_int_equal(g_unlink(manifest), 0);
    g_auto(Run) verify = ISSUE(&folder, "--verify");
    assert_exit(verify, 3);
    assert_contains(verify.err, PACK "/manifest.json: it cannot be read");
}

static void a_pack_under_another_date_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    g_auto(Run) issued = ISSUE(&folder, "--quiet");
    assert_exit(issued, 0);
    g_autofree char *was = folder_path(&folder, PACK), *now = folder_path(&folder, "issued/2021-02-28");
    assert_int_equal(g_rename(was, now), 0);
    g_auto(Run) verify = ISSUE(&folder, "--verify");
    assert_exit(verify, 3);
    assert_contains(verify.err, "it is the manifest of another pack");
}

static void a_second_run_does_not_touch_the_first_s_pack(void **state)
{
    (void)state;
    g_auto(Folder) folder = plan_with_drop();
    folder_write(&folder, "issued/.2021-03-31.part/half.csv", "a\n");
    g_autofree char *path = folder_path(&folder, "issued/.lock");
    const int lock = open(path, O_RDWR | O_CREAT, 0666);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    g_auto(Run) second = ISSUE(&folder, "--quiet");
    assert_exit(second, 4);
    assert_contains(second.err, "another “waymark issue” is at work there; wait until it has ended");
    assert_true(folder_has(&folder, "issued/.2021-03-31.part/half.csv"));
    close(lock); /* as when its process dies */
    g_auto(Run) third = ISSUE(&folder, "--quiet");
    assert_exit(third, 0);
    assert_false(folder_has(&folder, "issued/.lock"));
}

static void runs_at_once_issue_one_whole_pack(void **state)
{
    (void)state;
    g_auto(Folder) alone = plan_with_drop(), folder = plan_with_drop();
    g_auto(Run) issued = ISSUE(&alone, "--quiet");
    assert_exit(issued, 0);
    const char *const words[] = {"issue", ".", "--charts", "none", "--quiet", NULL};
    pid_t runs[3];
    int n_done = 0;
    for (size_t i = 0; i < N_ELEMENTS(runs); i++)
        runs[i] = run_begin(&folder, words);
    for (size_t i = 0; i < N_ELEMENTS(runs); i++) {
        int status;
        assert_int_equal(waitpid(runs[i], &status, 0), runs[i]);
        assert_true(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 4));
        n_done += WEXITSTATUS(status) == 0 ? 1 : 0;
    }
    assert_true(n_done > 0);
    g_autofree char *one = fingerprint(&alone, "issued"), *many = fingerprint(&folder, "issued");
    assert_string_equal(one, many);
}

int main(void)
{
    ADD(a_pack_holds_papers_plan_and_manifest);
    ADD(a_dry_run_writes_nothing_and_tells_the_same);
    ADD(what_is_issued_stays_as_it_is);
    ADD(papers_that_nobody_has_read_are_not_issued);
    ADD(every_change_is_told);
    ADD(what_a_killed_run_left_is_taken_up);
    ADD(a_pack_without_its_manifest_is_not_passed_over);
    ADD(a_pack_under_another_date_is_told);
    ADD(a_second_run_does_not_touch_the_first_s_pack);
    ADD(runs_at_once_issue_one_whole_pack);
    return run_cases("issue_command");
}
