/* The store as a file: made, brought up, refused, locked, read-only. */
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/fixture_store.h"

static char *refusal(const Folder *folder)
{
    g_autofree char *path = folder_path(folder, "waymark.db");
    g_autoptr(GError) error = NULL;
    assert_null(wm_store_open(path, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_string_equal(wm_error_place(error).file, path);
    return g_strdup(error->message);
}

static void a_store_is_made_from_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    assert_int_equal(drops->len, 0);
    assert_int_equal(series->len, 0);
    assert_true(folder_has(&folder, "waymark.db"));
}

static void an_empty_file_becomes_a_store(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    folder_write(&folder, "waymark.db", "");
    g_autoptr(WmStore) store = store_in(&folder);
    assert_non_null(store);
}

static void a_store_opens_again(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    WmStore *store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    wm_store_close(store);
    g_autoptr(WmStore) again = store_in(&folder);
    g_autofree char *list = vintages_text(again, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n");
}

/* Version 1, with a row a reading, as it was written then. */
static const char VERSION_1[] =
    "CREATE TABLE drops (id INTEGER PRIMARY KEY, received INTEGER NOT NULL, file TEXT NOT NULL, hash TEXT NOT NULL,"
    " n_rows INTEGER NOT NULL DEFAULT 0, n_loaded INTEGER NOT NULL DEFAULT 0, n_revised INTEGER NOT NULL DEFAULT 0,"
    " n_unchanged INTEGER NOT NULL DEFAULT 0, n_quarantined INTEGER NOT NULL DEFAULT 0);"
    "CREATE UNIQUE INDEX drops_by_hash ON drops (hash, received);"
    "CREATE TABLE series (id INTEGER PRIMARY KEY, indicator TEXT NOT NULL, unit TEXT NOT NULL, cohort TEXT NOT NULL,"
    " UNIQUE (indicator, unit, cohort));"
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, note TEXT NOT NULL UNIQUE);"
    "CREATE TABLE readings (series INTEGER NOT NULL, start INTEGER NOT NULL, kind INTEGER NOT NULL, drop_id INTEGER NOT NULL,"
    " state INTEGER NOT NULL, value REAL, numerator REAL, denominator REAL, note INTEGER,"
    " PRIMARY KEY (series, start, kind, drop_id)) WITHOUT ROWID;"
    "CREATE TABLE quarantine (drop_id INTEGER NOT NULL, line INTEGER NOT NULL, field INTEGER NOT NULL, code TEXT NOT NULL,"
    " message TEXT NOT NULL, raw TEXT NOT NULL);"
    "CREATE INDEX quarantine_by_drop ON quarantine (drop_id, line);"
    "INSERT INTO drops VALUES (1, 18658, 'a', 'a', 3, 2, 0, 0, 1), (2, 18686, 'b', 'b', 1, 1, 1, 0, 0);"
    "INSERT INTO series VALUES (1, 'PCT', '', ''), (70, 'PCT', 'N1', '');"
    "INSERT INTO notes VALUES (1, 'illustrative');"
    "INSERT INTO readings VALUES (1, 24251, 2, 1, 0, 41, NULL, NULL, 1), (70, 24251, 2, 1, 0, 50, 1, 2, NULL),"
    " (1, 24251, 2, 2, 0, 42.5, NULL, NULL, NULL);"
    "INSERT INTO quarantine VALUES (1, 3, 5, 'bad_number', 'message', 'raw');"
    "PRAGMA application_id = 1464685396; PRAGMA user_version = 1";

static void an_older_store_is_brought_up_and_keeps_what_it_holds(void **state)
{
    (void)state;
    for (int version = 1; version <= 2; version++) {
        g_auto(Folder) folder = folder_new();
        store_execute(&folder, VERSION_1);
        if (version == 2)
            store_execute(&folder, "ALTER TABLE drops ADD COLUMN was_windows_1252 INTEGER NOT NULL DEFAULT 0;"
                                   "PRAGMA user_version = 2");
        g_autoptr(WmStore) store = store_in(&folder);
        PUT(store, "2021-03-31", "c", VALUE("2020-12", 42.5), VALUE("2021-01", 43));
        g_autofree char *list = vintages_text(store, NULL), *drops = drops_text(store);
        assert_string_equal(list,
                            "2021-01-31 2020-12 41\n2021-02-28 2020-12 42.5\n2021-03-31 2020-12 42.5\n2021-03-31 2021-01 43\n");
        assert_string_equal(drops, "a 2 0 0\nb 1 1 0\nc 2 0 1\n");
        g_autoptr(GArray) first = wm_store_vintages(store, 1, WM_NO_DAY, NULL),
                          other = wm_store_vintages(store, 70, WM_NO_DAY, NULL);
        g_autoptr(GArray) refused = wm_store_quarantine(store, 1, NULL);
        assert_true(g_array_index(first, WmVintage, 0).is_illustrative);
        assert_near(g_array_index(other, WmVintage, 0).reading.denominator, 2, 0);
        assert_int_equal(refused->len, 1);
        g_autoptr(WmProblems) problems = wm_problems_new();
        assert_true(wm_store_check(store, problems, NULL));
        assert_int_equal(wm_problems_n(problems), 0);
    }
}

static void a_newer_store_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    wm_store_close(store_in(&folder));
    store_execute(&folder, "PRAGMA user_version = 99");
    g_autofree char *message = refusal(&folder);
    assert_contains(message, "it was written by a newer Waymark (schema 99, this one knows ");
    assert_contains(message, "; use that newer Waymark");
}

typedef struct {
    const char *name;
    const char *sql; /* makes the foreign file */
} ForeignCase;

static const ForeignCase FOREIGN_CASES[] = {
    {"a_versioned_sqlite_file_of_another_program", "CREATE TABLE x (y); PRAGMA user_version = 1;"},
    {"an_unversioned_sqlite_file_of_another_program", "CREATE TABLE notes (id, note); INSERT INTO notes VALUES (1, 'theirs');"},
    {"a_sqlite_file_with_another_application_id", "PRAGMA application_id = 12345; CREATE TABLE x (y);"},
};

static void a_foreign_file_is_refused_and_left_as_it_was(void **state)
{
    const ForeignCase *row = *state;
    g_auto(Folder) folder = folder_new();
    store_execute(&folder, row->sql);
    gsize length, after_length;
    g_autofree char *path = folder_path(&folder, "waymark.db"), *before = NULL, *after = NULL;
    g_file_get_contents(path, &before, &length, NULL);
    g_autofree char *message = refusal(&folder);
    g_file_get_contents(path, &after, &after_length, NULL);
    assert_contains(message, "it is an SQLite file of another program; move it away; the drops folder rebuilds the store");
    assert_int_equal(after_length, length);
    assert_memory_equal(after, before, length);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *text = g_strnfill(8192, 'x');
    folder_write(&folder, "waymark.db", text);
    g_autofree char *message = refusal(&folder);
    assert_contains(message, "file is not a database; it is damaged or no Waymark store: move it away and run again");
}

static void a_truncated_store_is_refused_not_believed(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    WmStore *store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    wm_store_close(store);
    g_autofree char *path = folder_path(&folder, "waymark.db");
    assert_int_equal(truncate(path, 5000), 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(WmStore) damaged = wm_store_open(path, &error);
    g_autoptr(GArray) drops = damaged ? wm_store_drops(damaged, WM_NO_DAY, &error) : NULL;
    assert_null(drops);
    assert_contains(error->message, "it is damaged or no Waymark store: move it away and run again");
}

static void a_folder_in_its_place_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    folder_write(&folder, "waymark.db/x", "");
    g_autofree char *message = refusal(&folder);
    assert_contains(message, "cannot open the store: ");
    assert_contains(message, "make the plan folder writable");
}

/* In a child that is nobody, so that even a test run as root meets a folder it may not write to. */
static int as_nobody(const Folder *folder, int (*func)(const Folder *folder))
{
    const pid_t child = fork();
    if (child == 0) {
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(77);
        _exit(func(folder));
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int is_refused_as_read_only(const Folder *folder)
{
    g_autofree char *path = folder_path(folder, "waymark.db");
    g_autoptr(GError) error = NULL;
    g_autoptr(WmStore) store = wm_store_open(path, &error);
    return !store && g_error_matches(error, WM_ERROR, WM_ERROR_FILE) && strstr(error->message, "make the plan folder writable") ? 0
                                                                                                                                : 1;
}

static int reads_but_refuses_to_write(const Folder *folder)
{
    g_autofree char *path = folder_path(folder, "waymark.db");
    g_autoptr(GError) error = NULL;
    g_autoptr(WmStore) store = wm_store_open(path, &error);
    g_autoptr(GArray) drops = store ? wm_store_drops(store, WM_NO_DAY, &error) : NULL;
    if (!drops || drops->len != 1)
        return 1;
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "b", "b", &error);
    g_autoptr(WmStore) copy = wm_store_open_copy(store, NULL);
    if (!wm_store_is_read_only(store) || !copy || !wm_store_begin_drop(copy, 0, "b", "b", NULL))
        return 3;
    return !writer && strstr(error->message, "make the plan folder writable") ? 0 : 2;
}

static void a_store_in_a_read_only_folder_cannot_be_made(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    assert_int_equal(chmod(folder.path, 0555), 0);
    const int code = as_nobody(&folder, is_refused_as_read_only);
    chmod(folder.path, 0755);
    assert_int_equal(code, 0);
}

static void a_read_only_store_is_read_and_never_written(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *path = folder_path(&folder, "waymark.db");
    WmStore *store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    wm_store_close(store);
    chmod(path, 0444);
    chmod(folder.path, 0555);
    const int code = as_nobody(&folder, reads_but_refuses_to_write);
    chmod(folder.path, 0755);
    assert_int_equal(code, 0);
}

static void add_drop_of_many(WmStore *store)
{
    WmDropWriter *writer = wm_store_begin_drop(store, day_of("2021-02-28"), "many", "many", NULL);
    assert_non_null(writer);
    for (int i = 0; i < 300000; i++) {
        char cohort[16];
        const WmReading reading = {{WM_PERIOD_MONTH, i % 12}, i, NAN, NAN, WM_FINAL};
        g_snprintf(cohort, sizeof cohort, "%d", i / 12);
        assert_true(wm_drop_put(
            writer, &(WmStoredReading){.indicator = "PCT", .unit = "", .cohort = cohort, .note = "", .reading = reading}, NULL));
    }
    assert_true(wm_drop_commit(writer, NULL));
}

/* A drop larger than the cache, while a report reads; the report goes on seeing what it began with. */
static void who_reads_does_not_hold_up_who_writes(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) report = store_in(&folder);
    PUT(report, "2021-01-31", "a", VALUE("2020-12", 41));
    assert_true(wm_store_begin_read(report, NULL));
    g_autoptr(GArray) before = wm_store_drops(report, WM_NO_DAY, NULL);
    assert_int_equal(before->len, 1);
    g_autoptr(WmStore) store = store_in(&folder);
    add_drop_of_many(store); /* where it waited, it would fail after ten seconds */
    g_autoptr(GArray) during = wm_store_drops(report, WM_NO_DAY, NULL);
    assert_int_equal(during->len, 1);
    wm_store_end_read(report);
    g_autoptr(GArray) after = wm_store_drops(report, WM_NO_DAY, NULL);
    assert_int_equal(after->len, 2);
}

static void a_copy_is_its_own(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41));
    g_autoptr(WmStore) copy = wm_store_open_copy(store, NULL);
    assert_non_null(copy);
    PUT(copy, "2021-02-28", "b", VALUE("2020-12", 42));
    g_autofree char *ours = drops_text(store), *theirs = drops_text(copy);
    assert_string_equal(ours, "a 1 0 0\n");
    assert_string_equal(theirs, "a 1 0 0\nb 1 1 0\n");
    assert_false(wm_store_is_read_only(store));
}

/* A child holds the write lock for a moment; the parent waits for it, then writes. */
static void a_store_locked_for_a_moment_is_waited_for(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    wm_store_close(store_in(&folder));
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        g_autoptr(WmStore) theirs = store_in(&folder);
        WmDropWriter *writer = wm_store_begin_drop(theirs, 0, "theirs", "theirs", NULL);
        if (write(ready[1], "x", 1) != 1)
            _exit(1);
        g_usleep(300 * 1000);
        _exit(writer && wm_drop_commit(writer, NULL) ? 0 : 1);
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    g_autoptr(WmStore) store = store_in(&folder);
    PUT(store, "2021-01-31", "ours", VALUE("2020-12", 41));
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    assert_int_equal(drops->len, 2);
    close(ready[0]);
    close(ready[1]);
}

static void a_store_locked_for_long_says_so(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) theirs = store_in(&folder);
    g_autoptr(WmStore) store = store_in(&folder);
    g_autoptr(WmDropWriter) writer = wm_store_begin_drop(theirs, 0, "theirs", "theirs", NULL);
    assert_non_null(writer);
    g_autoptr(GError) error = NULL;
    assert_null(wm_store_begin_drop(store, 0, "ours", "ours", &error)); /* after the ten seconds it waits */
    assert_contains(error->message,
                    "cannot begin a drop: database is locked; another Waymark is writing to it: try again when that has ended");
}

int main(void)
{
    ADD(a_store_is_made_from_nothing);
    ADD(an_empty_file_becomes_a_store);
    ADD(a_store_opens_again);
    ADD(an_older_store_is_brought_up_and_keeps_what_it_holds);
    ADD(a_newer_store_is_refused);
    ADD_TABLE(FOREIGN_CASES, a_foreign_file_is_refused_and_left_as_it_was);
    ADD(a_file_that_is_no_database_is_refused);
    ADD(a_truncated_store_is_refused_not_believed);
    ADD(a_folder_in_its_place_is_refused);
    ADD(a_store_in_a_read_only_folder_cannot_be_made);
    ADD(a_read_only_store_is_read_and_never_written);
    ADD(who_reads_does_not_hold_up_who_writes);
    ADD(a_copy_is_its_own);
    ADD(a_store_locked_for_a_moment_is_waited_for);
    ADD(a_store_locked_for_long_says_so);
    return run_cases("store");
}
