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

int main(void)
{
    ADD(a_full_standard_output_is_no_success);
    ADD(a_log_that_cannot_be_written_ends_no_batch);
    return run_cases("full disk");
}
