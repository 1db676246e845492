/* How far a command is: on a terminal a line written over, elsewhere nothing or JSON lines. */
#include "cli/progress_line.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/fixture_folder.h"

/* Standard error, sent elsewhere for a while. */
typedef struct {
    int kept, from; /* the real one, and where to read what was written */
} Heard;

static Heard hear(int to, int from)
{
    fflush(stderr);
    const Heard self = {dup(STDERR_FILENO), from};
    assert_true(self.kept >= 0 && dup2(to, STDERR_FILENO) == STDERR_FILENO);
    close(to);
    return self;
}

/* A pipe holds far more than is written here. */
static Heard hear_by_pipe(void)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    return hear(ends[1], ends[0]);
}

/* A terminal; -1 in `from` where the system lends none. */
static Heard hear_by_terminal(void)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) || unlockpt(master))
        return (Heard){-1, -1};
    return hear(open(ptsname(master), O_RDWR | O_NOCTTY), master);
}

static void stop_hearing(Heard *self)
{
    fflush(stderr);
    dup2(self->kept, STDERR_FILENO);
    close(self->kept);
}

/* All that was written. New. */
static char *heard(Heard *self)
{
    char text[4096];
    stop_hearing(self);
    const ssize_t n = read(self->from, text, sizeof text - 1);
    close(self->from);
    return g_strndup(text, n > 0 ? (gsize)n : 0);
}

/* ---- kinds ---- */

typedef struct {
    const char *name, *text;
    gboolean is_quiet;
    ProgressKind elsewhere, on_terminal;
} KindCase;

static const KindCase KIND_CASES[] = {
    {"nothing_said_is_auto", NULL, FALSE, PROGRESS_NEVER, PROGRESS_AUTO},
    {"auto_is_for_terminals", "auto", FALSE, PROGRESS_NEVER, PROGRESS_AUTO},
    {"quiet_is_no_line", NULL, TRUE, PROGRESS_NEVER, PROGRESS_NEVER},
    {"quiet_outweighs_auto", "auto", TRUE, PROGRESS_NEVER, PROGRESS_NEVER},
    {"never_is_never", "never", FALSE, PROGRESS_NEVER, PROGRESS_NEVER},
    {"json_goes_anywhere", "json", FALSE, PROGRESS_JSON, PROGRESS_JSON},
    {"json_outweighs_quiet", "json", TRUE, PROGRESS_JSON, PROGRESS_JSON},
};

static void takes_the_kind(void **state)
{
    const KindCase *row = *state;
    ProgressKind elsewhere, on_terminal = row->on_terminal;
    Heard pipe = hear_by_pipe();
    const gboolean is_known = progress_kind_take(row->text, row->is_quiet, &elsewhere, NULL);
    g_free(heard(&pipe));
    Heard terminal = hear_by_terminal();
    if (terminal.from >= 0) {
        assert_true(progress_kind_take(row->text, row->is_quiet, &on_terminal, NULL));
        stop_hearing(&terminal);
        close(terminal.from);
    }
    assert_true(is_known);
    assert_int_equal(elsewhere, row->elsewhere);
    assert_int_equal(on_terminal, row->on_terminal);
}

static void another_kind_is_refused(void **state)
{
    (void)state;
    ProgressKind kind = PROGRESS_JSON;
    g_autoptr(GError) error = NULL;
    assert_false(progress_kind_take("loud", FALSE, &kind, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_USAGE));
    assert_contains(error->message, "--progress “loud” is not known");
    assert_int_equal(kind, PROGRESS_JSON);
}

/* ---- words ---- */

typedef struct {
    const char *name;
    ProgressStep step;
    const char *json, *line;
} StepCase;

static const StepCase STEP_CASES[] = {
    {"a_stage", {"assessments", NULL, 0, 0}, "{\"event\":\"assessments\"}\n", "\r\033[Kassessments"},
    {"a_count_of_unknown_length",
     {"rows", "a.csv", 7, 0},
     "{\"event\":\"rows\",\"what\":\"a.csv\",\"done\":7}\n",
     "\r\033[Ka.csv: 7 rows"},
    {"some_of_all", {"series", NULL, 3, 60}, "{\"event\":\"series\",\"done\":3,\"of\":60}\n", "\r\033[K3 of 60 series"},
    {"none_of_all_yet", {"series", NULL, 0, 60}, "{\"event\":\"series\",\"done\":0,\"of\":60}\n", "\r\033[K0 of 60 series"},
    {"marks_within_a_name",
     {"rows", "a \"b\"\\.csv", 1, 0},
     "{\"event\":\"rows\",\"what\":\"a \\\"b\\\"\\\\.csv\",\"done\":1}\n",
     "\r\033[Ka \"b\"\\.csv: 1 rows"},
};

static char *told(ProgressKind kind, const ProgressStep *step)
{
    Heard pipe = hear_by_pipe();
    ProgressLine line = {.kind = kind};
    progress_line_tell(&line, step);
    return heard(&pipe);
}

static void tells_a_step(void **state)
{
    const StepCase *row = *state;
    g_autofree char *json = told(PROGRESS_JSON, &row->step), *line = told(PROGRESS_AUTO, &row->step),
                    *none = told(PROGRESS_NEVER, &row->step);
    assert_string_equal(json, row->json);
    assert_string_equal(line, row->line);
    assert_string_equal(none, "");
}

static void a_long_count_is_told_now_and_then_but_its_end_always(void **state)
{
    (void)state;
    Heard pipe = hear_by_pipe();
    ProgressLine line = {.kind = PROGRESS_JSON};
    const gint64 before = g_get_monotonic_time();
    for (size_t i = 0; i <= 1000; i++)
        progress_line_tell(&line, &(ProgressStep){"series", NULL, i, 1000});
    const gint64 seconds_5 = (g_get_monotonic_time() - before) / 200000; /* fifths of a second that went by */
    g_autofree char *text = heard(&pipe);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    assert_string_equal(lines[0], "{\"event\":\"series\",\"done\":0,\"of\":1000}");
    const guint n = g_strv_length(lines) - 1;
    assert_string_equal(lines[n - 1], "{\"event\":\"series\",\"done\":1000,\"of\":1000}");
    assert_true(n >= 2 && n <= 2 + (guint)seconds_5);
}

static void something_else_is_told_at_once(void **state)
{
    (void)state;
    Heard pipe = hear_by_pipe();
    ProgressLine line = {.kind = PROGRESS_JSON};
    progress_line_tell(&line, &(ProgressStep){"rows", "a.csv", 200000, 0});
    progress_line_tell(&line, &(ProgressStep){"rows", "b.csv", 200000, 0});
    g_autofree char *text = heard(&pipe);
    assert_contains(text, "a.csv");
    assert_contains(text, "b.csv");
}

static void the_line_is_written_over_and_taken_away_once(void **state)
{
    (void)state;
    Heard pipe = hear_by_pipe();
    ProgressLine line = {.kind = PROGRESS_AUTO};
    progress_line_tell(&line, &(ProgressStep){"drops", NULL, 0, 0});
    progress_line_tell(&line, &(ProgressStep){"papers", NULL, 0, 0});
    progress_line_end(&line);
    progress_line_end(&line);
    g_autofree char *text = heard(&pipe);
    assert_string_equal(text, "\r\033[Kdrops\r\033[Kpapers\r\033[K");
}

static void json_lines_are_not_taken_away(void **state)
{
    (void)state;
    Heard pipe = hear_by_pipe();
    ProgressLine line = {.kind = PROGRESS_JSON};
    progress_line_tell(&line, &(ProgressStep){"drops", NULL, 0, 0});
    progress_line_end(&line);
    g_autofree char *text = heard(&pipe);
    assert_string_equal(text, "{\"event\":\"drops\"}\n");
}

int main(void)
{
    ADD_TABLE(KIND_CASES, takes_the_kind);
    ADD(another_kind_is_refused);
    ADD_TABLE(STEP_CASES, tells_a_step);
    ADD(a_long_count_is_told_now_and_then_but_its_end_always);
    ADD(something_else_is_told_at_once);
    ADD(the_line_is_written_over_and_taken_away_once);
    ADD(json_lines_are_not_taken_away);
    return run_cases("progress_line");
}
