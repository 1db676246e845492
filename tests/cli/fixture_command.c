#include "cli/fixture_command.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void run_clear(Run *self)
{
    g_clear_pointer(&self->out, g_free);
    g_clear_pointer(&self->err, g_free);
}

static char **command_line(const char *const *words)
{
    const char *command = g_getenv("WAYMARK_COMMAND");
    if (!command) {
        print_message("WAYMARK_COMMAND is not set\n");
        exit(77);
    }
    GPtrArray *line = g_ptr_array_new();
    g_ptr_array_add(line, g_strdup(command));
    for (; *words; words++)
        g_ptr_array_add(line, g_strdup(*words));
    g_ptr_array_add(line, NULL);
    return (char **)g_ptr_array_free(line, FALSE);
}

Run run_prepared(const Folder *self, const char *const *words, void (*prepare)(gpointer data), gpointer data)
{
    Run run = {0};
    int status;
    g_auto(GStrv) line = command_line(words);
    g_autoptr(GError) error = NULL;
    if (!g_spawn_sync(self->path, line, NULL, G_SPAWN_CHILD_INHERITS_STDIN, prepare, data, &run.out, &run.err, &status, &error))
        fail_msg("%s", error->message);
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return run;
}

Run run_in(const Folder *self, const char *const *words)
{
    return run_prepared(self, words, NULL, NULL);
}

pid_t run_begin(const Folder *self, const char *const *words)
{
    GPid child;
    g_auto(GStrv) line = command_line(words);
    g_autoptr(GError) error = NULL;
    if (!g_spawn_async(self->path, line, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, &child, &error))
        fail_msg("%s", error->message);
    return child;
}

int run_end(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void add_fingerprints(GPtrArray *lines, const char *root, const char *below)
{
    g_autofree char *path = g_build_filename(root, below, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *child = g_build_filename(below, name, NULL);
        if (!g_str_has_prefix(name, "waymark.db"))
            add_fingerprints(lines, root, child);
    }
    g_autofree char *bytes = NULL;
    gsize length;
    if (dir || !g_file_get_contents(path, &bytes, &length, NULL))
        return;
    g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
    g_ptr_array_add(lines, g_strdup_printf("%s %s", below, hash));
}

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *fingerprint(const Folder *self, const char *below)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    add_fingerprints(lines, self->path, below);
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

void check_exit(const Run *run, int expected, const char *file, int line)
{
    if (run->code == expected)
        return;
    print_error("exit code %d, not %d\nstdout: %.2000s\nstderr: %.2000s\n", run->code, expected, run->out, run->err);
    _fail(file, line);
}
