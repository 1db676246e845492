/* The store: drops and vintages, whole or not at all. */
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/fixture_month.h"

static WmStore *open_store(const Folder *folder)
{
    g_autofree char *path = folder_path(folder, "waymark.db");
    g_autoptr(GError) error = NULL;
    WmStore *store = wm_store_open(path, &error);
    if (error)
        fail_msg("%s", error->message);
    return store;
}

static char *refusal(const Folder *folder)
{
    g_autofree char *path = folder_path(folder, "waymark.db");
    g_autoptr(GError) error = NULL;
    assert_null(wm_store_open(path, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_FILE));
    assert_string_equal(wm_error_place(error).file, path);
    return g_strdup(error->message);
}

static void execute(const Folder *folder, const char *sql)
{
    g_autofree char *path = folder_path(folder, "waymark.db");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* One reading of a drop, and what it should turn out to be. */
typedef struct {
    const char *period;
    double value, numerator, denominator;
    WmReadingState state;
    WmPut put;
} Put;

#define VALUE(period, value, put)              \
    {                                          \
        period, value, NAN, NAN, WM_FINAL, put \
    }

static void put_all(WmStore *store, const char *received, const char *file, const Put *puts, size_t n)
{
    g_autoptr(GError) error = NULL;
    WmDropWriter *writer = wm_store_begin_drop(store, day_of(received), file, file, &error);
    assert_non_null(writer);
    for (size_t i = 0; i < n; i++) {
        WmStoredReading stored = {"PCT", "", "", "", {{0}, puts[i].value, puts[i].numerator, puts[i].denominator, puts[i].state}};
        WmPut put;
        assert_true(wm_period_parse(puts[i].period, WM_PERIOD_FINANCIAL_YEAR, &stored.reading.period));
        assert_true(wm_drop_put(writer, &stored, &put, &error));
        assert_int_equal(put, puts[i].put);
    }
    assert_true(wm_drop_commit(writer, &error));
}

#define PUT(store, received, file, ...) \
    put_all((store), (received), (file), (const Put[]){__VA_ARGS__}, N_ELEMENTS(((const Put[]){__VA_ARGS__})))

/* Every vintage of the first series as `received period value`. */
static char *vintages(WmStore *store, const char *as_at)
{
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    GString *out = g_string_new(NULL);
    if (series->len == 0)
        return g_string_free(out, FALSE);
    g_autoptr(GArray) list =
        wm_store_vintages(store, g_array_index(series, WmSeriesKey, 0).id, as_at ? day_of(as_at) : WM_NO_DAY, NULL);
    for (guint i = 0; i < list->len; i++) {
        char received[WM_PERIOD_TEXT], period[WM_PERIOD_TEXT];
        const WmVintage *one = &g_array_index(list, WmVintage, i);
        g_string_append_printf(out, "%s %s %g\n", wm_day_format_iso(one->received, received),
                               wm_period_format_iso(one->reading.period, period),
                               isnan(one->reading.value) ? -1 : one->reading.value);
    }
    return g_string_free(out, FALSE);
}

static void a_store_is_made_from_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
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
    g_autoptr(WmStore) store = open_store(&folder);
    assert_non_null(store);
}

static void a_store_opens_again(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    WmStore *store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW));
    wm_store_close(store);
    g_autoptr(WmStore) again = open_store(&folder);
    g_autofree char *list = vintages(again, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n");
}

static void an_older_store_is_brought_up_and_keeps_what_it_holds(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    WmStore *store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW));
    wm_store_close(store);
    execute(&folder, "ALTER TABLE drops DROP COLUMN was_windows_1252; PRAGMA user_version = 1");
    g_autoptr(WmStore) newer = open_store(&folder);
    PUT(newer, "2021-02-28", "b", VALUE("2020-12", 42, WM_PUT_REVISED));
    g_autofree char *list = vintages(newer, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n");
}

static void a_newer_store_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    wm_store_close(open_store(&folder));
    execute(&folder, "PRAGMA user_version = 99");
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
    execute(&folder, row->sql);
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
    WmStore *store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW));
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
    WmStore *store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW));
    wm_store_close(store);
    chmod(path, 0444);
    chmod(folder.path, 0555);
    const int code = as_nobody(&folder, reads_but_refuses_to_write);
    chmod(folder.path, 0755);
    assert_int_equal(code, 0);
}

/* A child holds the write lock for a moment; the parent waits for it, then writes. */
static void a_store_locked_for_a_moment_is_waited_for(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    wm_store_close(open_store(&folder));
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        g_autoptr(WmStore) theirs = open_store(&folder);
        WmDropWriter *writer = wm_store_begin_drop(theirs, 0, "theirs", "theirs", NULL);
        if (write(ready[1], "x", 1) != 1)
            _exit(1);
        g_usleep(300 * 1000);
        _exit(writer && wm_drop_commit(writer, NULL) ? 0 : 1);
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-01-31", "ours", VALUE("2020-12", 41, WM_PUT_NEW));
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
    g_autoptr(WmStore) theirs = open_store(&folder);
    g_autoptr(WmStore) store = open_store(&folder);
    g_autoptr(WmDropWriter) writer = wm_store_begin_drop(theirs, 0, "theirs", "theirs", NULL);
    assert_non_null(writer);
    g_autoptr(GError) error = NULL;
    assert_null(wm_store_begin_drop(store, 0, "ours", "ours", &error)); /* after the ten seconds it waits */
    assert_contains(error->message,
                    "cannot begin a drop: database is locked; another Waymark is writing to it: try again when that has ended");
}

static void a_drop_is_rolled_back_unless_committed(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    {
        g_autoptr(WmDropWriter) writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
        const WmStoredReading stored = {"PCT", "", "", "a note", {{WM_PERIOD_MONTH, 24252}, 41, NAN, NAN, WM_FINAL}};
        WmPut put;
        assert_true(wm_drop_put(writer, &stored, &put, NULL));
        assert_true(wm_drop_quarantine(writer, &(WmQuarantined){2, 1, "code", "message", "raw"}, NULL));
    }
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    g_autoptr(GArray) quarantine = wm_store_quarantine(store, 1, NULL);
    assert_int_equal(drops->len + series->len + quarantine->len, 0);
    assert_int_equal(wm_store_find_drop(store, "a", wm_day_from_date(2030, 1, 1), NULL), 0);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW)); /* and the store is free again */
}

static void the_same_content_twice_is_refused(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW));
    assert_int_equal(wm_store_find_drop(store, "a", wm_day_from_date(2030, 1, 1), NULL), 1);
    g_autoptr(GError) error = NULL;
    assert_null(wm_store_begin_drop(store, wm_day_from_date(2021, 1, 31), "b", "a", &error));
    PUT(store, "2021-02-28", "c", VALUE("2021-01", 42, WM_PUT_NEW)); /* the refusal left nothing open */
}

static void as_at_shows_what_was_known_then(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW));
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 43, WM_PUT_REVISED), VALUE("2021-01", 44, WM_PUT_NEW));
    g_autofree char *before = vintages(store, "2021-01-30"), *then = vintages(store, "2021-01-31"),
                    *now = vintages(store, "2021-02-28");
    assert_string_equal(before, "");
    assert_string_equal(then, "2021-01-31 2020-12 41\n");
    assert_string_equal(now, "2021-01-31 2020-12 41\n2021-02-28 2020-12 43\n2021-02-28 2021-01 44\n");
    g_autoptr(GArray) drops = wm_store_drops(store, day_of("2021-02-27"), NULL);
    assert_int_equal(drops->len, 1);
}

static void a_drop_that_comes_late_takes_its_place_by_date(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-03-31", "march", VALUE("2020-12", 43, WM_PUT_NEW));
    PUT(store, "2021-01-31", "january", VALUE("2020-12", 41, WM_PUT_NEW)); /* by January nothing had been said */
    PUT(store, "2021-02-28", "february", VALUE("2020-12", 42, WM_PUT_REVISED));
    g_autofree char *list = vintages(store, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n2021-02-28 2020-12 42\n2021-03-31 2020-12 43\n");
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    assert_string_equal(g_array_index(drops, WmDropInfo, 0).file, "january");
    assert_string_equal(g_array_index(drops, WmDropInfo, 2).file, "march");
}

/* Which of two drops of one day counts must not depend on which was ingested first. */
static void drops_of_one_day_stand_by_name(void **state)
{
    (void)state;
    static const char *const ORDERS[][2] = {{"a", "b"}, {"b", "a"}};
    for (size_t i = 0; i < N_ELEMENTS(ORDERS); i++) {
        g_auto(Folder) folder = folder_new();
        g_autoptr(WmStore) store = open_store(&folder);
        for (size_t k = 0; k < 2; k++) {
            const gboolean is_a = *ORDERS[i][k] == 'a';
            PUT(store, "2021-01-31", ORDERS[i][k],
                VALUE("2020-12", is_a ? 41 : 42,
                      k == 0 ? WM_PUT_NEW
                      : is_a ? WM_PUT_NEW
                             : WM_PUT_REVISED));
        }
        g_autofree char *list = vintages(store, NULL);
        assert_string_equal(list, "2021-01-31 2020-12 41\n2021-01-31 2020-12 42\n");
        g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
        assert_string_equal(g_array_index(drops, WmDropInfo, 0).file, "a");
    }
}

static void vintages_come_by_the_end_of_their_period(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-09-30", "a", VALUE("2021", 3, WM_PUT_NEW), VALUE("2021-06", 2, WM_PUT_NEW), VALUE("Q1 2021/22", 1, WM_PUT_NEW),
        VALUE("2021-01", 0, WM_PUT_NEW));
    g_autofree char *list = vintages(store, NULL);
    g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
    assert_true(g_str_has_suffix(lines[0], "2021-01 0"));
    assert_true(g_str_has_suffix(lines[3], "2021 3"));
}

typedef struct {
    const char *name;
    Put first, second; /* of two drops */
} VintageCase;

static const VintageCase VINTAGE_CASES[] = {
    {"the_same_value_is_unchanged", VALUE("2020-12", 41, WM_PUT_NEW), VALUE("2020-12", 41, WM_PUT_UNCHANGED)},
    {"another_value_is_a_revision", VALUE("2020-12", 41, WM_PUT_NEW), VALUE("2020-12", 42, WM_PUT_REVISED)},
    {"another_period_is_new", VALUE("2020-12", 41, WM_PUT_NEW), VALUE("2021-01", 41, WM_PUT_NEW)},
    {"provisional_turned_final_is_unchanged",
     {"2020-12", 41, NAN, NAN, WM_PROVISIONAL, WM_PUT_NEW},
     VALUE("2020-12", 41, WM_PUT_UNCHANGED)},
    {"suppressed_twice_is_unchanged",
     {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED, WM_PUT_NEW},
     {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED, WM_PUT_UNCHANGED}},
    {"suppressed_turned_missing_is_a_revision",
     {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED, WM_PUT_NEW},
     {"2020-12", NAN, NAN, NAN, WM_MISSING, WM_PUT_REVISED}},
    {"a_figure_withdrawn_is_a_revision",
     VALUE("2020-12", 41, WM_PUT_NEW),
     {"2020-12", NAN, NAN, NAN, WM_SUPPRESSED, WM_PUT_REVISED}},
    {"a_figure_come_at_last_is_a_revision",
     {"2020-12", NAN, NAN, NAN, WM_MISSING, WM_PUT_NEW},
     VALUE("2020-12", 41, WM_PUT_REVISED)},
    {"other_counts_of_the_same_value_are_a_revision",
     {"2020-12", 50, 10, 20, WM_FINAL, WM_PUT_NEW},
     {"2020-12", 50, 20, 40, WM_FINAL, WM_PUT_REVISED}},
    {"a_bare_value_that_agrees_is_unchanged",
     {"2020-12", 50, 10, 20, WM_FINAL, WM_PUT_NEW},
     VALUE("2020-12", 50, WM_PUT_UNCHANGED)},
    {"a_bare_value_that_disagrees_is_a_revision",
     {"2020-12", 50, 10, 20, WM_FINAL, WM_PUT_NEW},
     VALUE("2020-12", 51, WM_PUT_REVISED)},
    {"counts_after_a_bare_value_are_a_revision",
     VALUE("2020-12", 50, WM_PUT_NEW),
     {"2020-12", 50, 10, 20, WM_FINAL, WM_PUT_REVISED}},
};

static void the_second_drop_is(void **state)
{
    const VintageCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-01-31", "a", row->first);
    PUT(store, "2021-02-28", "b", row->second);
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, 1);
    assert_int_equal(drop->n_loaded, 1);
    assert_int_equal(drop->n_revised, row->second.put == WM_PUT_REVISED);
    assert_int_equal(drop->n_unchanged, row->second.put == WM_PUT_UNCHANGED);
}

static void a_bare_value_takes_over_the_counts_it_agrees_with(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-01-31", "a", {"2020-12", 50, 10, 20, WM_FINAL, WM_PUT_NEW});
    PUT(store, "2021-02-28", "b", VALUE("2020-12", 50, WM_PUT_UNCHANGED));
    g_autoptr(GArray) list = wm_store_vintages(store, 1, WM_NO_DAY, NULL);
    assert_near(g_array_index(list, WmVintage, 1).reading.numerator, 10, 0);
    assert_near(g_array_index(list, WmVintage, 1).reading.denominator, 20, 0);
}

static void a_repeat_in_one_drop_is_stored_once(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW), VALUE("2020-12", 41, WM_PUT_REPEATED));
    g_autofree char *list = vintages(store, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n");
}

static void a_conflict_in_one_drop_keeps_the_first(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    PUT(store, "2021-01-31", "a", VALUE("2020-12", 41, WM_PUT_NEW), VALUE("2020-12", 42, WM_PUT_CONFLICT));
    g_autofree char *list = vintages(store, NULL);
    assert_string_equal(list, "2021-01-31 2020-12 41\n");
}

static void a_number_comes_back_to_the_bit(void **state)
{
    (void)state;
    static const double VALUES[] = {0.1 + 0.2, -0.0, 5e-324, 1.7976931348623157e308, 100.0 / 3};
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    for (size_t i = 0; i < N_ELEMENTS(VALUES); i++)
        PUT(store, "2021-01-31", text_of("%zu", i), VALUE(text_of("%zu", 2000 + i), VALUES[i], WM_PUT_NEW));
    g_autoptr(GArray) list = wm_store_vintages(store, 1, WM_NO_DAY, NULL);
    for (size_t i = 0; i < N_ELEMENTS(VALUES); i++)
        assert_true(g_array_index(list, WmVintage, i).reading.value == VALUES[i]);
}

static void hostile_texts_are_kept_as_they_are(void **state)
{
    (void)state;
    static const char HOSTILE[] = "'; DROP TABLE drops; -- \"\n\x1F%s€";
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, HOSTILE, "h", NULL);
    const WmStoredReading stored = {HOSTILE, HOSTILE, HOSTILE, HOSTILE, {{WM_PERIOD_MONTH, 24252}, 41, NAN, NAN, WM_FINAL}};
    WmPut put;
    assert_true(wm_drop_put(writer, &stored, &put, NULL));
    assert_true(wm_drop_quarantine(writer, &(WmQuarantined){2, 1, "code", HOSTILE, HOSTILE}, NULL));
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    g_autoptr(GArray) quarantine = wm_store_quarantine(store, 1, NULL);
    assert_string_equal(g_array_index(drops, WmDropInfo, 0).file, HOSTILE);
    assert_string_equal(g_array_index(series, WmSeriesKey, 0).cohort, HOSTILE);
    assert_string_equal(g_array_index(quarantine, WmQuarantined, 0).raw, HOSTILE);
    assert_int_equal(g_array_index(drops, WmDropInfo, 0).n_quarantined, 1);
}

static void series_that_share_letters_stay_apart(void **state)
{
    (void)state;
    static const char *const KEYS[][3] = {{"A", "B", ""},
                                          {"A", "", "B"},
                                          {"AB", "", ""},
                                          {"A\x1F", "B", ""},
                                          {"A",
                                           "\x1F"
                                           "B",
                                           ""}};
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    for (size_t i = 0; i < N_ELEMENTS(KEYS); i++) {
        const WmStoredReading stored = {
            KEYS[i][0], KEYS[i][1], KEYS[i][2], "", {{WM_PERIOD_MONTH, 24252}, (double)i, NAN, NAN, WM_FINAL}};
        WmPut put;
        assert_true(wm_drop_put(writer, &stored, &put, NULL));
        assert_int_equal(put, WM_PUT_NEW);
    }
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) series = wm_store_series(store, NULL);
    assert_int_equal(series->len, N_ELEMENTS(KEYS));
}

static void a_note_can_mark_a_reading_as_illustrative(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autoptr(WmStore) store = open_store(&folder);
    WmDropWriter *writer = wm_store_begin_drop(store, 0, "a", "a", NULL);
    static const char *const NOTES[] = {"Illustrative: made up", "not illustrative", ""};
    for (size_t i = 0; i < N_ELEMENTS(NOTES); i++) {
        const WmStoredReading stored = {"A", "", "", NOTES[i], {{WM_PERIOD_MONTH, 24252 + (int)i}, 1, NAN, NAN, WM_FINAL}};
        WmPut put;
        assert_true(wm_drop_put(writer, &stored, &put, NULL));
    }
    assert_true(wm_drop_commit(writer, NULL));
    g_autoptr(GArray) list = wm_store_vintages(store, 1, WM_NO_DAY, NULL);
    assert_true(g_array_index(list, WmVintage, 0).is_illustrative);
    assert_false(g_array_index(list, WmVintage, 1).is_illustrative);
    assert_false(g_array_index(list, WmVintage, 2).is_illustrative);
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
    ADD(a_store_locked_for_a_moment_is_waited_for);
    ADD(a_store_locked_for_long_says_so);
    ADD(a_drop_is_rolled_back_unless_committed);
    ADD(the_same_content_twice_is_refused);
    ADD(as_at_shows_what_was_known_then);
    ADD(a_drop_that_comes_late_takes_its_place_by_date);
    ADD(drops_of_one_day_stand_by_name);
    ADD(vintages_come_by_the_end_of_their_period);
    ADD_TABLE(VINTAGE_CASES, the_second_drop_is);
    ADD(a_bare_value_takes_over_the_counts_it_agrees_with);
    ADD(a_repeat_in_one_drop_is_stored_once);
    ADD(a_conflict_in_one_drop_keeps_the_first);
    ADD(a_number_comes_back_to_the_bit);
    ADD(hostile_texts_are_kept_as_they_are);
    ADD(series_that_share_letters_stay_apart);
    ADD(a_note_can_mark_a_reading_as_illustrative);
    return run_cases("store");
}
