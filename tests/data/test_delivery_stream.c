/* A file handed over through a pipe, which can be read but once. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/fixture_store.h"

#define CONTENT DROP_HEADER "PCT,,,Dec-20,41,,,,\n"

static gpointer send_content(gpointer path)
{
    const int pipe = open(path, O_WRONLY | O_CLOEXEC);
    const gboolean is_sent = pipe >= 0 && write(pipe, CONTENT, strlen(CONTENT)) == (gssize)strlen(CONTENT);
    return GINT_TO_POINTER(pipe >= 0 && close(pipe) == 0 && is_sent);
}

static void take_from_a_pipe(const Folder *folder, bool is_dry_run, WmIngestResult *out)
{
    g_auto(Loaded) loaded = drops_load(folder);
    g_autofree char *path = folder_path(folder, "x.csv");
    const WmIngestRequest request = {.path = path, .received = day_of("2021-01-31"), .is_dry_run = is_dry_run};
    g_autoptr(GError) error = NULL;
    assert_int_equal(mkfifo(path, 0600), 0);
    GThread *sender = g_thread_new("sender", send_content, path);
    const bool is_taken = wm_ingest_delivery(loaded.store, loaded.plan, &request, out, &error);
    assert_true(GPOINTER_TO_INT(g_thread_join(sender)));
    if (!is_taken)
        fail_msg("%s", error->message);
}

static void what_comes_through_a_pipe_is_kept(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    WmIngestResult result;
    take_from_a_pipe(&folder, false, &result);
    g_autofree char *kept = folder_read(&folder, "drops/2021-01-31/stdin.csv");
    assert_string_equal(kept, CONTENT);
    assert_int_equal(result.n_loaded, 1);
}

static void a_dry_run_of_it_leaves_nothing_behind(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    WmIngestResult result;
    take_from_a_pipe(&folder, true, &result);
    assert_int_equal(result.n_loaded, 1);
    assert_false(folder_has(&folder, "drops/2021-01-31/stdin.csv"));
}

int main(void)
{
    ADD(what_comes_through_a_pipe_is_kept);
    ADD(a_dry_run_of_it_leaves_nothing_behind);
    return run_cases("delivery_stream");
}
