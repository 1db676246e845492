/* waymark batch: what a terminal shows while it works. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/fixture_batch.h"

#define CLEAR "\r\033[K"

static void write_to_terminal(gpointer name)
{
    const int terminal = open(name, O_RDWR | O_NOCTTY);
    if (terminal < 0 || dup2(terminal, STDERR_FILENO) < 0)
        _exit(98);
}

/* What a run writes to a terminal as its standard error; NULL where the system lends none. New. */
static char *seen(const Folder *folder, const char *const *words, int expected)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) || unlockpt(master))
        return NULL;
    g_autofree char *name = g_strdup(ptsname(master));
    const int kept = open(name, O_RDWR | O_NOCTTY); /* so that what was written can be read after the run has ended */
    g_auto(Run) run = run_prepared(folder, words, write_to_terminal, name);
    assert_exit(run, expected);
    assert_string_equal(run.err, "");
    assert_true(write(kept, "\n", 1) == 1);
    g_autoptr(GString) text = g_string_new(NULL);
    while (!g_str_has_suffix(text->str, "\r\n\r\n") && text->len < 4000) {
        char piece[512];
        const ssize_t n = read(master, piece, sizeof piece);
        if (n <= 0 || (n == 2 && memcmp(piece, "\r\n", 2) == 0 && text->len == 0))
            break;
        g_string_append_len(text, piece, n);
    }
    close(kept);
    close(master);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

#define SEEN(folder, expected, ...) seen((folder), (const char *const[]){__VA_ARGS__, NULL}, (expected))

static void a_line_is_written_over_and_taken_away(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    g_autofree char *text = SEEN(&folder, 0, "batch", ".", "--charts", "none", "--jobs", "1");
    if (!text)
        return;
    assert_contains(text, " of 3 packs");
    const char *line = strstr(text, " of 3 packs"), *end = strstr(text, CLEAR "3 packs made, 0 unchanged, 0 failed");
    assert_true(end && line < end);
    assert_null(memchr(text, '\n', (size_t)(end - text))); /* one line, until the result */
    for (const char *next = line; (next = strstr(next + 1, " of 3 packs"));) {
        const char *begin = next;
        while (begin > text && *begin != 'K')
            begin--;
        assert_true(g_str_has_prefix(begin - 3, CLEAR)); /* each in the place of the one before */
    }
}

static void a_failure_shows_at_once_with_rate_and_time_left(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_plans();
    folder_write(&folder, "a/targets.csv", "indicator,due\n\"open");
    g_autofree char *text = SEEN(&folder, 3, "batch", ".", "--charts", "none", "--jobs", "1");
    if (!text)
        return;
    const char *line = strstr(text, CLEAR "1 of 3 packs, ");
    if (!line && g_str_has_prefix(text, "1 of 3 packs, "))
        line = text;
    assert_non_null(line);
    g_autofree char *first = g_strndup(line, strcspn(line + 3, "\r") + 3);
    assert_contains(first, " a second, ");
    assert_contains(first, " s left, 1 failed");
}

static void what_is_there_already_is_counted(void **state)
{
    (void)state;
    g_auto(Folder) folder = batch_nation();
    g_auto(Run) before = RUN(&folder, "batch", ".", "--charts", "none", "--quiet");
    assert_exit(before, 0);
    g_autofree char *text = SEEN(&folder, 0, "batch", ".", "--charts", "none");
    if (text)
        assert_contains(text, "0 packs made, 12 unchanged, 0 failed");
}

static const char *const SILENT[] = {"--quiet", "--progress=never"};

static void silence_is_kept_on_a_terminal(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ELEMENTS(SILENT); i++) {
        g_auto(Folder) folder = batch_plans();
        g_autofree char *text = SEEN(&folder, 0, "batch", ".", "--charts", "none", SILENT[i]);
        if (!text)
            return;
        assert_lacks(text, "of 3 packs");
        assert_lacks(text, "\033");
    }
}

int main(void)
{
    ADD(a_line_is_written_over_and_taken_away);
    ADD(a_failure_shows_at_once_with_rate_and_time_left);
    ADD(what_is_there_already_is_counted);
    ADD(silence_is_kept_on_a_terminal);
    return run_cases("batch, on a terminal");
}
