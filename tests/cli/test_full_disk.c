/* What is said where there is no room for what is printed, for a batch's log or for a new plan, and what is left then. */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/fixture_command.h"

#define DROP DROP_HEADER "PCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,44,,,,\n"

static void a_full_standard_output_is_no_success(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP});
    const char *command = g_getenv("WAYMARK_COMMAND");
    g_autofree char *line = g_strdup_printf("'%s' check '%s' --format csv > /dev/full", command, folder.path);
    g_autofree char *version = g_strdup_printf("'%s' --version > /dev/full", command);
    assert_int_equal(WEXITSTATUS(system(line)), 4);
    assert_int_equal(WEXITSTATUS(system(version)), 4);
    static const char *const COMMANDS[] = {"run", "batch", "ingest", "chart", "import"}; /* --help ends each within its parsing */
    for (size_t i = 0; i < N_ELEMENTS(COMMANDS); i++) {
        g_autofree char *help = g_strdup_printf("'%s' %s --help > /dev/full", command, COMMANDS[i]);
        assert_int_equal(WEXITSTATUS(system(help)), 4);
    }
}

/* The log leads to where every write fails: it is told once, and the packs are made. */
static void a_log_that_cannot_be_written_ends_no_batch(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP});
    g_autofree char *batch = folder_path(&folder, "batch"), *log = folder_path(&folder, "batch/log.jsonl");
    assert_int_equal(g_mkdir(batch, 0755), 0);
    assert_int_equal(symlink("/dev/full", log), 0);
    g_auto(Run) run = RUN(&folder, "batch", ".", "--quiet");
    assert_exit(run, 4);
    const char *told = strstr(run.err, "log.jsonl: cannot write it: No space left on device; the packs are made all the same");
    assert_non_null(told);
    assert_null(strstr(told + 1, "log.jsonl"));
    assert_true(folder_has(&folder, "batch/index.html"));
    assert_true(folder_has(&folder, "batch/summary.csv"));
    assert_int_equal(unlink(log), 0);
    g_auto(Run) again = RUN(&folder, "batch", ".", "--quiet");
    assert_exit(again, 0);
    assert_string_equal(again.err, "");
    g_autofree char *text = folder_read(&folder, "batch/log.jsonl");
    assert_contains(text, "\"event\":\"end\"");
}

static void limit_file_size(gpointer data)
{
    const struct rlimit limit = {*(const rlim_t *)data, *(const rlim_t *)data};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
}

typedef struct {
    const char *name;
    const char *folder; /* of the plan */
    const char *option;
    const char *stays; /* a folder that was there before; NULL: none */
    rlim_t limit;      /* bytes of a file */
} NewCase;

/* README.txt, the last of the files, has more than 1,200 bytes, and the workbook more than 4,000. */
static const NewCase NEW_CASES[] = {
    {"a_plan_without_room_leaves_nothing", "mine", NULL, NULL, 1200},
    {"a_plan_without_any_room_leaves_nothing", "mine", NULL, NULL, 0},
    {"a_plan_takes_back_the_folders_on_the_way", "over/there/mine/", NULL, NULL, 1200},
    {"a_plan_leaves_the_folder_that_was_there", "over/there", NULL, "over/there", 1200},
    {"a_plan_leaves_the_folders_above_that_were_there", "over/there/mine", NULL, "over", 1200},
    {"a_workbook_without_room_leaves_nothing", "mine", "--workbook", NULL, 4000},
    {"a_workbook_leaves_the_folder_that_was_there", "over/there", "--workbook", "over/there", 4000},
};

static void new_is_whole_or_not_at_all(void **state)
{
    const NewCase *row = *state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *stays = row->stays ? folder_path(&folder, row->stays) : NULL;
    if (stays)
        assert_int_equal(g_mkdir_with_parents(stays, 0755), 0);
    const char *words[] = {"new", row->folder, row->option, NULL};
    rlim_t limit = row->limit;
    g_auto(Run) run = run_prepared(&folder, words, limit_file_size, &limit);
    assert_exit(run, 4);
    assert_contains(run.err, "waymark new: no plan was made, and nothing of it is left: ");
    assert_contains(run.err, "; make room, or ");
    assert_string_equal(run.out, "");
    g_autoptr(GDir) inside = g_dir_open(stays ? stays : folder.path, 0, NULL);
    assert_non_null(inside);
    assert_null(g_dir_read_name(inside));
    g_auto(Run) again = run_in(&folder, words);
    assert_exit(again, 0);
}

int main(void)
{
    ADD(a_full_standard_output_is_no_success);
    ADD(a_log_that_cannot_be_written_ends_no_batch);
    ADD_TABLE(NEW_CASES, new_is_whole_or_not_at_all);
    return run_cases("full disk");
}
