/* What a month must survive: kill -9 at any moment, two at once, no room, no permission; and the same inputs, the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/fixture_command.h"

#define N_DROPS 12
#define N_KILLS 30

/* A plan of a year of drops, each with some hundred rows, so that a kill may fall anywhere. */
static Folder year_folder_new(void)
{
    Folder self = PLAN_FOLDER({NULL, NULL});
    for (int drop = 0; drop < N_DROPS; drop++) {
        g_autoptr(GString) text = g_string_new(DROP_HEADER);
        for (int month = 0; month <= drop; month++)
            for (int cohort = 0; cohort < 8; cohort++)
                g_string_append_printf(text, "PCT,,c%d,%d-%02d,,%d,%d,,drop %d\n", cohort, 2020 + (month + 8) / 12,
                                       (month + 8) % 12 + 1, 40 + month + drop % 3, 100 + cohort, drop);
        g_string_append_printf(text, "PCT,,,2020-09,words,,,,%d\n", drop);
        const int received = drop + 9;
        folder_write(&self, text_of("drops/%d-%02d/readings.csv", 2020 + received / 12, received % 12 + 1), text->str);
    }
    return self;
}

static void how_far_a_month_is_can_be_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = year_folder_new();
    g_auto(Run) plain = RUN(&folder, "run", ".");
    assert_exit(plain, 0);
    assert_lacks(plain.err, "papers"); /* standard error is no terminal here */
    g_auto(Run) json = RUN(&folder, "run", ".", "--progress", "json");
    assert_exit(json, 0);
    assert_contains(json.err, "{\"event\":\"drops\"}\n");
    assert_contains(json.err, "{\"event\":\"assessments\"}\n");
    assert_contains(json.err, "{\"event\":\"series charted\",\"done\":0,\"of\":");
    assert_contains(json.err, "{\"event\":\"papers\",\"what\":\"chase-list\",\"done\":");
    g_auto(Run) bad = RUN(&folder, "run", ".", "--progress", "loud");
    assert_exit(bad, 2);
}

static void the_same_inputs_give_the_same_bytes(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-wsoa-2020");
    g_auto(Run) first = RUN(&folder, "run", ".", "--charts", "svg,png,pdf");
    assert_exit(first, 0);
    g_autofree char *before = fingerprint(&folder, "out");
    g_auto(Run) again = RUN(&folder, "run", ".", "--charts", "svg,png,pdf");
    g_autofree char *after = fingerprint(&folder, "out");
    assert_string_equal(before, after);
    assert_contains(again.err, "0 new drops");
    g_autofree char *db = folder_path(&folder, "waymark.db");
    assert_int_equal(unlink(db), 0); /* and from a store made anew */
    g_auto(Run) anew = RUN(&folder, "run", ".", "--charts", "svg,png,pdf");
    assert_exit(anew, 0);
    g_autofree char *rebuilt = fingerprint(&folder, "out");
    assert_string_equal(before, rebuilt);
}

static guint next_random(guint *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void a_run_killed_at_any_moment_is_completed_by_the_next(void **state)
{
    (void)state;
    guint seed = 20201201;
    g_auto(Folder) undisturbed = year_folder_new();
    const gint64 start = g_get_monotonic_time();
    g_auto(Run) reference = RUN(&undisturbed, "run", ".");
    guint duration_us = (guint)(g_get_monotonic_time() - start);
    assert_exit(reference, 0);
    g_autofree char *expected = fingerprint(&undisturbed, "out");
    int n_killed = 0;
    for (int i = 0; i < N_KILLS / 3; i++) {
        g_auto(Folder) folder = year_folder_new();
        for (int k = 0; k < 3; k++) { /* killed thrice in a row, then left alone */
            const pid_t child = run_begin(&folder, (const char *const[]){"run", ".", NULL});
            const guint pause_us = next_random(&seed) % (duration_us + 1);
            g_usleep(pause_us);
            kill(child, SIGKILL);
            const bool is_killed = run_end(child) == -SIGKILL;
            n_killed += is_killed;
            if (!is_killed) /* the machine was busier when the reference was made */
                duration_us = pause_us;
        }
        g_auto(Run) run = RUN(&folder, "run", ".");
        assert_exit(run, 0);
        g_autofree char *actual = fingerprint(&folder, "out");
        assert_string_equal(actual, expected);
    }
    assert_true(n_killed > N_KILLS / 2); /* most of them fell before its end */
}

static void an_ingest_killed_at_any_moment_is_whole_or_not_at_all(void **state)
{
    (void)state;
    guint seed = 20220131;
    g_autoptr(GString) text = g_string_new(DROP_HEADER);
    for (int i = 0; i < 20000; i++)
        g_string_append_printf(text, "PCT,,c%d,%d,%d,,,,\n", i % 400, 1950 + i / 400, i % 100);
    for (int i = 0; i < N_KILLS / 3; i++) {
        g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
        folder_write(&folder, "big.csv", text->str);
        const char *const words[] = {"ingest", ".", "big.csv", "--received", "2021-01-31", NULL};
        const pid_t child = run_begin(&folder, words);
        g_usleep(next_random(&seed) % 400000);
        kill(child, SIGKILL);
        run_end(child);
        if (folder_has(&folder, "drops/2021-01-31/big.csv")) {
            g_autofree char *kept = folder_read(&folder, "drops/2021-01-31/big.csv");
            assert_string_equal(kept, text->str);
        }
        g_auto(Run) again = run_in(&folder, words);
        assert_exit(again, 0);
        if (!strstr(again.out, "big.csv,1,0,0,0,0,0\n")) /* it had been committed */
            assert_contains(again.out, "big.csv,1,20000,20000,0,0,0\n");
    }
}

static void two_runs_at_once_end_well_and_alike(void **state)
{
    (void)state;
    g_auto(Folder) undisturbed = year_folder_new();
    g_auto(Run) reference = RUN(&undisturbed, "run", ".");
    assert_exit(reference, 0);
    g_autofree char *expected = fingerprint(&undisturbed, "out");
    for (int i = 0; i < 4; i++) {
        g_auto(Folder) folder = year_folder_new();
        const char *const words[] = {"run", ".", NULL};
        const pid_t children[] = {run_begin(&folder, words), run_begin(&folder, words), run_begin(&folder, words)};
        for (size_t k = 0; k < N_ELEMENTS(children); k++)
            assert_int_equal(run_end(children[k]), 0);
        g_autofree char *actual = fingerprint(&folder, "out");
        assert_string_equal(actual, expected);
    }
}

static void the_same_file_ingested_by_two_at_once_is_one_drop(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        g_auto(Folder) folder = PLAN_FOLDER({"x.csv", DROP_HEADER "PCT,,,Dec-20,44,,,,\n"});
        const char *const words[] = {"ingest", ".", "x.csv", "--received", "2021-01-31", NULL};
        const pid_t children[] = {run_begin(&folder, words), run_begin(&folder, words), run_begin(&folder, words)};
        for (size_t k = 0; k < N_ELEMENTS(children); k++)
            assert_int_equal(run_end(children[k]), 0);
        g_auto(Run) run = RUN(&folder, "ingest", ".", "x.csv", "--received", "2021-01-31");
        assert_contains(run.out, "x.csv,1,0,0,0,0,0\n");
        assert_false(folder_has(&folder, "drops/2021-01-31/x~2.csv"));
    }
}

/* Whoever deletes it, and only then ingests a further file, or exports, lost nothing. */
static void a_store_that_was_deleted_is_made_from_the_drops_before_another_joins_them(void **state)
{
    (void)state;
    g_auto(Folder) folder = year_folder_new();
    g_autofree char *db = folder_path(&folder, "waymark.db");
    folder_write(&folder, "next.csv", DROP_HEADER "PCT,,c0,2020-09,99,,,,\n");
    g_auto(Run) run = RUN(&folder, "run", ".", "--charts", "none");
    assert_exit(run, 0);
    g_auto(Run) before = RUN(&folder, "export", ".");
    assert_int_equal(unlink(db), 0);
    g_auto(Run) after = RUN(&folder, "export", ".");
    assert_string_equal(after.out, before.out);
    assert_contains(after.err, "it was made from the 12 files of ./drops");
    assert_int_equal(unlink(db), 0);
    g_auto(Run) ingest = RUN(&folder, "ingest", ".", "next.csv", "--received", "2021-12-31");
    assert_contains(ingest.out, "next.csv,13,1,1,1,0,0");
    g_auto(Run) all = RUN(&folder, "store", "verify", ".");
    assert_contains(all.err, "the store is sound");
    assert_string_equal(strchr(all.out, '\n'), "\n");
}

static void limit_file_size(gpointer data)
{
    const struct rlimit limit = {*(const rlim_t *)data, *(const rlim_t *)data};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
}

/* Files may not grow beyond a limit, as on a full disk: whatever the limit, the run says so and the next one completes. */
static void a_run_out_of_room_says_so_and_the_next_completes(void **state)
{
    (void)state;
    g_auto(Folder) undisturbed = year_folder_new();
    g_auto(Run) reference = RUN(&undisturbed, "run", ".");
    assert_exit(reference, 0);
    g_autofree char *expected = fingerprint(&undisturbed, "out");
    for (rlim_t limit = 0; limit <= 64 * 1024; limit = limit ? limit * 4 : 1024) {
        g_auto(Folder) folder = year_folder_new();
        g_auto(Run) cramped = run_prepared(&folder, (const char *const[]){"run", ".", NULL}, limit_file_size, &limit);
        if (cramped.code != 0) {
            assert_exit(cramped, 4);
            assert_contains(cramped.err, "waymark run: ");
            assert_contains(cramped.err, "; "); /* and what to do */
        }
        assert_true(cramped.code == 4 || limit > 16 * 1024);
        g_auto(Run) run = RUN(&folder, "run", ".");
        assert_exit(run, 0);
        g_autofree char *actual = fingerprint(&folder, "out");
        assert_string_equal(actual, expected);
    }
}

/* The real thing, where a small file system can be mounted. */
static void a_full_disk_says_so(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    if (mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") != 0)
        skip();
    g_auto(Folder) plan = year_folder_new();
    g_autofree char *out = folder_path(&folder, "out");
    g_auto(Run) run = RUN(&plan, "run", ".", "--out", out);
    umount(folder.path);
    assert_exit(run, 4);
    assert_contains(run.err, "No space left on device; make room, or choose another folder with --out");
}

/* Leave so many bytes of a small file system. */
static void fill_but_for(const Folder *folder, guint64 room)
{
    g_autofree char *path = folder_path(folder, "filling"), *block = g_malloc0(4096);
    struct statvfs facts;
    unlink(path);
    FILE *file = fopen(path, "w");
    assert_int_equal(statvfs(folder->path, &facts), 0);
    for (guint64 left = (guint64)facts.f_bavail * facts.f_frsize; left > room; left -= MIN(left, 4096))
        fwrite(block, 1, 4096, file);
    fclose(file);
}

/* However much room is left: it is whole or not at all, and what is said is that the disk is full. */
static void a_file_that_a_full_disk_cannot_take_leaves_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    if (mount("tmpfs", folder.path, "tmpfs", 0, "size=1m") != 0)
        skip();
    g_autoptr(GString) rows = g_string_new(DROP_HEADER);
    for (int i = 0; i < 3000; i++)
        g_string_append_printf(rows, "PCT,,c%d,2021-01,%d.%d,,,,note %d\n", i, i % 97, i % 10, i);
    folder_write(&folder, "plan.ini", "[plan]\ntitle = T\narea = A\n");
    folder_write(&folder, "indicators.csv", "indicator,title,kind,frequency\nPCT,P,percent,month\n");
    folder_write(&folder, "x.csv", rows->str);
    folder_write(&folder, "drops/2021-01-31/a.csv", DROP_HEADER "PCT,,,2020-12,41,,,,\n");
    g_auto(Run) first = RUN(&folder, "history", ".", "--indicator", "PCT");
    const int first_code = first.code;
    int n_refused = 0, n_wrong = 0, code = 4;
    for (guint64 room = 0; code != 0 && room <= 512 * 1024; room += 48 * 1024) {
        fill_but_for(&folder, room);
        g_auto(Run) run = RUN(&folder, "ingest", ".", "x.csv", "--received", "2021-02-28");
        code = run.code;
        n_refused += code == 4;
        n_wrong += code != 0 && (code != 4 || folder_has(&folder, "drops/2021-02-28/x.csv") || !strstr(run.err, "make room"));
    }
    g_auto(Run) verify = RUN(&folder, "store", "verify", ".", "--fail-on", "warning");
    umount(folder.path); /* before anything can fail */
    assert_int_equal(first_code, 0);
    assert_int_equal(n_wrong, 0);
    assert_true(n_refused > 2);
    assert_int_equal(code, 0);
    assert_exit(verify, 0);
}

static void become_nobody(gpointer data)
{
    (void)data;
    if (getuid() == 0 && setuid(65534) != 0)
        _exit(77);
}

static void a_read_only_out_folder_says_so(void **state)
{
    (void)state;
    g_auto(Folder) folder = year_folder_new();
    chmod(folder.path, 0777);
    g_autofree char *out = folder_path(&folder, "out");
    g_mkdir_with_parents(out, 0755);
    chmod(out, 0555);
    g_auto(Run) run = run_prepared(&folder, (const char *const[]){"run", ".", NULL}, become_nobody, NULL);
    chmod(out, 0755);
    if (run.code == 126 || run.code == 127)
        skip(); /* the command itself is out of nobody's reach */
    assert_exit(run, 4);
    assert_contains(run.err, "cannot make the folder: Permission denied; make room, or choose another folder with --out");
}

static void a_read_only_plan_with_nothing_new_still_reports_elsewhere(void **state)
{
    (void)state;
    g_auto(Folder) folder = year_folder_new(), elsewhere = folder_new();
    g_auto(Run) first = RUN(&folder, "run", ".");
    assert_exit(first, 0);
    chmod(folder.path, 0555);
    chmod(elsewhere.path, 0777);
    g_auto(Run) run = run_prepared(&folder, (const char *const[]){"run", ".", "--out", elsewhere.path, NULL}, become_nobody, NULL);
    chmod(folder.path, 0755);
    if (run.code == 126 || run.code == 127)
        skip();
    assert_exit(run, 0);
    g_autofree char *path = g_build_filename(elsewhere.path, "assessments.csv", NULL);
    assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void a_read_only_plan_can_be_looked_at(void **state)
{
    (void)state;
    static const char *const WORDS[][6] = {{"ingest", ".", "new.csv", "--dry-run", NULL},
                                           {"history", ".", "--indicator", "PCT", "--cohort", "c1"},
                                           {"export", ".", NULL},
                                           {"store", "verify", ".", NULL},
                                           {"check", ".", NULL}};
    g_auto(Folder) folder = year_folder_new();
    folder_write(&folder, "new.csv", DROP_HEADER "PCT,,c1,2020-09,77,,,,\n");
    g_auto(Run) first = RUN(&folder, "run", ".");
    assert_exit(first, 0);
    chmod(folder.path, 0555);
    for (size_t i = 0; i < N_ELEMENTS(WORDS); i++) {
        const char *words[7] = {WORDS[i][0], WORDS[i][1], WORDS[i][2], WORDS[i][3], WORDS[i][4], WORDS[i][5], NULL};
        g_auto(Run) run = run_prepared(&folder, words, become_nobody, NULL);
        if (run.code == 126 || run.code == 127)
            break; /* the command itself is out of nobody's reach */
        assert_exit(run, 0);
        if (i == 0)
            assert_contains(run.out, "new.csv,0,1,1,1,0,0");
    }
    chmod(folder.path, 0755);
}

static void an_interrupted_run_says_so_and_the_next_completes(void **state)
{
    (void)state;
    guint seed = 7;
    g_auto(Folder) folder = dataset_folder_new("south-glos-wsoa-2018");
    gboolean was_interrupted = FALSE;
    for (int i = 0; i < 20 && !was_interrupted; i++) {
        const pid_t child = run_begin(&folder, (const char *const[]){"run", ".", "--charts", "svg,png,pdf", NULL});
        g_usleep(100000 + next_random(&seed) % 400000);
        kill(child, SIGINT);
        const int code = run_end(child);
        assert_true(code == 0 || code == 5 || code == -SIGINT); /* the last before it watches */
        was_interrupted = code == 5;
    }
    assert_true(was_interrupted);
    g_auto(Run) run = RUN(&folder, "run", ".");
    assert_exit(run, 0);
}

int main(void)
{
    ADD(how_far_a_month_is_can_be_told);
    ADD(the_same_inputs_give_the_same_bytes);
    ADD(a_run_killed_at_any_moment_is_completed_by_the_next);
    ADD(an_ingest_killed_at_any_moment_is_whole_or_not_at_all);
    ADD(two_runs_at_once_end_well_and_alike);
    ADD(the_same_file_ingested_by_two_at_once_is_one_drop);
    ADD(a_store_that_was_deleted_is_made_from_the_drops_before_another_joins_them);
    ADD(a_run_out_of_room_says_so_and_the_next_completes);
    ADD(a_full_disk_says_so);
    ADD(a_file_that_a_full_disk_cannot_take_leaves_nothing);
    ADD(a_read_only_out_folder_says_so);
    ADD(a_read_only_plan_with_nothing_new_still_reports_elsewhere);
    ADD(a_read_only_plan_can_be_looked_at);
    ADD(an_interrupted_run_says_so_and_the_next_completes);
    return run_cases("robust");
}
