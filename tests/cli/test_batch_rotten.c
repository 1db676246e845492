/* waymark batch: rotten files in a plan's folder. The pack says what is the matter, and the others are done. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/fixture_command.h"

#define DROP_FILE "drops/2021-01-31/x.csv"

static void move_plan(const Folder *root, const char *name)
{
    g_auto(Folder) plan = PLAN_FOLDER({DROP_FILE, DROP_HEADER "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,44,,,,\n"});
    g_autofree char *target = folder_path(root, name);
    assert_int_equal(rename(plan.path, target), 0);
}

/* ---- what is done to a file ---- */

static void write_bytes(const char *path, const char *bytes, size_t n)
{
    assert_true(g_file_set_contents(path, bytes, (gssize)n, NULL));
}

static void empty(const char *path)
{
    write_bytes(path, "", 0);
}

static void fill_with_noise(const char *path)
{
    char noise[600];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * 37 % 256);
    write_bytes(path, noise, sizeof noise);
}

static void leave_the_header(const char *path)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    write_bytes(path, text, strcspn(text, "\n") + 1);
}

static void make_utf16(const char *path)
{
    gsize length, n;
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_autofree char *wide = g_convert(text, (gssize)length, "UTF-16LE", "UTF-8", NULL, &n, NULL);
    g_autoptr(GByteArray) bytes = g_byte_array_append(g_byte_array_new(), (const guint8 *)"\xFF\xFE", 2);
    g_byte_array_append(bytes, (const guint8 *)wide, (guint)n);
    write_bytes(path, (const char *)bytes->data, bytes->len);
}

static void put_a_nul(const char *path)
{
    gsize length;
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, &length, NULL));
    text[length - 3] = '\0';
    write_bytes(path, text, length);
}

static void make_a_folder(const char *path)
{
    assert_int_equal(g_unlink(path), 0);
    assert_int_equal(g_mkdir(path, 0777), 0);
}

static void make_a_loop(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    assert_int_equal(g_unlink(path), 0);
    assert_int_equal(symlink(name, path), 0);
}

static void lead_nowhere(const char *path)
{
    assert_int_equal(g_unlink(path), 0);
    assert_int_equal(symlink("/nonexistent/file", path), 0);
}

static void close_it(const char *path)
{
    assert_int_equal(g_chmod(path, 0), 0);
}

/* ---- cases ---- */

typedef struct {
    const char *name, *file;
    void (*spoil)(const char *path);
    const char *message; /* of the failed pack; NULL: it is done all the same */
} Rotten;

#define SYMLINKS "Too many levels of symbolic links"

static const Rotten ROTTEN_CASES[] = {
    {"indicators_empty", "indicators.csv", empty, "rotten/indicators.csv: no indicator in it can be used: the file is empty; "},
    {"indicators_of_a_header_alone", "indicators.csv", leave_the_header,
     "rotten/indicators.csv: no indicator in it can be used; list what is measured, one a row"},
    {"indicators_of_noise", "indicators.csv", fill_with_noise, "rotten/indicators.csv:1: no indicator in it can be used: "},
    {"indicators_in_utf_16", "indicators.csv", make_utf16, NULL},
    {"indicators_a_folder", "indicators.csv", make_a_folder, "rotten/indicators.csv: cannot read: Is a directory; "},
    {"indicators_a_loop", "indicators.csv", make_a_loop, "rotten/indicators.csv: cannot open: " SYMLINKS "; "},
    {"indicators_a_link_to_nothing", "indicators.csv", lead_nowhere,
     "rotten/indicators.csv: cannot open: No such file or directory; "},
    {"plan_of_noise", "plan.ini", fill_with_noise, "rotten/plan.ini: it holds a NUL byte, and is no text; save it as UTF-8 text"},
    {"plan_with_a_nul", "plan.ini", put_a_nul, "rotten/plan.ini: it holds a NUL byte, and is no text; save it as UTF-8 text"},
    {"plan_in_utf_16", "plan.ini", make_utf16, NULL},
    {"plan_a_folder", "plan.ini", make_a_folder, "rotten/plan.ini: cannot read it: Is a directory; "},
    {"plan_a_loop", "plan.ini", make_a_loop, "rotten/plan.ini: cannot open it: " SYMLINKS "; "},
    {"targets_a_link_to_nothing", "targets.csv", lead_nowhere, "rotten/targets.csv: cannot open: No such file or directory; "},
    {"targets_a_folder", "targets.csv", make_a_folder, "rotten/targets.csv: cannot read: Is a directory; "},
    {"drop_empty", DROP_FILE, empty, "rotten/" DROP_FILE ": no drop could be used: the file is empty; is it the right file?"},
    {"drop_of_noise", DROP_FILE, fill_with_noise, "rotten/" DROP_FILE ":1: no drop could be used: there is no column "},
    {"drop_in_utf_16", DROP_FILE, make_utf16, NULL},
    {"drop_a_folder", DROP_FILE, make_a_folder, "rotten/" DROP_FILE ": cannot read: Is a directory; "},
    {"drop_a_loop", DROP_FILE, make_a_loop, "rotten/" DROP_FILE ": cannot open: " SYMLINKS "; "},
};

static void says_what_is_rotten(void **state)
{
    const Rotten *row = *state;
    g_auto(Folder) folder = folder_new();
    move_plan(&folder, "good");
    move_plan(&folder, "rotten");
    folder_write(&folder, "rotten/targets.csv", "indicator,due,target\nPCT,2021-08,60\n");
    g_autofree char *path = folder_path(&folder, text_of("rotten/%s", row->file));
    row->spoil(path);
    g_auto(Run) run = RUN(&folder, "batch", ".", "--charts", "none", "--quiet");
    g_autofree char *summary = folder_read(&folder, "batch/summary.csv");
    assert_contains(summary, "\ngood,Ourland,2021-01-31,done,");
    if (row->message) {
        assert_true(run.code == 3 || run.code == 4);
        assert_contains(run.err, text_of("waymark batch: rotten: %s", row->message));
        assert_contains(summary, row->message);
        assert_contains(summary, "\nrotten,,,failed,");
    } else {
        assert_exit(run, 0);
        assert_contains(summary, "\nrotten,Ourland,2021-01-31,done,");
    }
}

/* ---- files that may not be read ---- */

static void become_nobody(gpointer data)
{
    (void)data;
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        _exit(99);
}

static const Rotten CLOSED_CASES[] = {
    {"closed_indicators", "rotten/indicators.csv", close_it, "rotten: rotten/indicators.csv: cannot open: Permission denied; "},
    {"closed_plan", "rotten/plan.ini", close_it, "rotten: rotten/plan.ini: cannot open it: Permission denied; "},
    {"closed_drop", "rotten/" DROP_FILE, close_it, "rotten: rotten/" DROP_FILE ": cannot open: Permission denied; "},
    {"closed_drops", "rotten/drops", close_it, "rotten: rotten/drops: cannot list it: Permission denied; "},
    {"closed_folder", "rotten", close_it, "rotten: rotten/plan.ini: cannot open it: Permission denied; "},
};

static void let_in(const char *path)
{
    assert_int_equal(g_chmod(path, 0777), 0);
}

static void says_what_is_closed(void **state)
{
    const Rotten *row = *state;
    g_auto(Folder) folder = folder_new();
    move_plan(&folder, "rotten");
    g_autofree char *plan = folder_path(&folder, "rotten"), *path = folder_path(&folder, row->file);
    let_in(folder.path);
    let_in(plan);
    row->spoil(path);
    g_auto(Run) run =
        run_prepared(&folder, (const char *const[]){"batch", ".", "--charts", "none", "--quiet", NULL}, become_nobody, NULL);
    const gboolean could_run = run.code != 99 && run.code != 127; /* as another user, from where the program lies */
    assert_int_equal(g_chmod(path, 0777), 0);
    if (could_run)
        assert_contains(run.err, row->message);
}

/* ---- a nation ---- */

static void a_nation_without_indicators_has_no_packs(void **state)
{
    (void)state;
    g_auto(Folder) nation = PLAN_FOLDER({DROP_FILE, DROP_HEADER "PCT,N1,,Nov-20,43,,,,\nPCT,S1,,Nov-20,44,,,,\n"});
    g_autofree char *path = folder_path(&nation, "indicators.csv");
    empty(path);
    g_auto(Run) run = RUN(&nation, "batch", ".");
    assert_exit(run, 3);
    assert_contains(run.err, "indicators.csv: no indicator in it can be used: the file is empty; ");
    assert_false(folder_has(&nation, "batch/index.html"));
}

static void a_nation_whose_drops_are_rotten_says_so(void **state)
{
    (void)state;
    g_auto(Folder) nation = PLAN_FOLDER({DROP_FILE, DROP_HEADER "PCT,N1,,Nov-20,43,,,,\n"});
    g_autofree char *path = folder_path(&nation, DROP_FILE);
    fill_with_noise(path);
    g_auto(Run) run = RUN(&nation, "batch", ".");
    assert_exit(run, 3);
    assert_contains(run.err, DROP_FILE ":1: no drop could be used: ");
}

int main(void)
{
    ADD_TABLE(ROTTEN_CASES, says_what_is_rotten);
    ADD_TABLE(CLOSED_CASES, says_what_is_closed);
    ADD(a_nation_without_indicators_has_no_packs);
    ADD(a_nation_whose_drops_are_rotten_says_so);
    return run_cases("batch, rotten");
}
