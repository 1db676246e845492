/* kill -9 at 200 moments of ingest: nothing is lost, nothing is there twice. */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "cli/fixture_command.h"

#define N_KILLS 200
#define N_ROWS  240 /* of a file: a killed ingest and its completion take some tens of milliseconds */
#define SEED    20261125

static guint next_random(guint *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* The i-th file: a new month of each series, revisions of earlier ones, a repeat, a contradiction and a bad row. */
static void write_file(const Folder *folder, int i)
{
    g_autoptr(GString) text = g_string_new(DROP_HEADER);
    for (int k = 0; k < N_ROWS; k++)
        g_string_append_printf(text, "PCT,,c%d,%d-%02d,%d,,,,file %d\n", k % 40, 2000 + (i + k / 40) / 12, (i + k / 40) % 12 + 1,
                               (i * 7 + k) % 100, i);
    g_string_append_printf(text, "PCT,,c0,%d-%02d,%d,,,,again\n", 2000 + i / 12, i % 12 + 1, (i * 7) % 100);
    g_string_append_printf(text, "PCT,,c0,%d-%02d,%d,,,,otherwise\n", 2000 + i / 12, i % 12 + 1, (i * 7 + 1) % 100);
    g_string_append(text, "PCT,,c1,2001-01,words,,,,\n");
    folder_write(folder, text_of("files/%d.csv", i), text->str);
}

typedef struct {
    char file[32], received[16];
    const char *words[6];
} Line;

static void line_init(Line *self, int i)
{
    g_snprintf(self->file, sizeof self->file, "files/%d.csv", i);
    g_snprintf(self->received, sizeof self->received, "%d-%02d-%02d", 2021 + i / 336, i / 28 % 12 + 1, i % 28 + 1);
    const char *const words[] = {"ingest", ".", self->file, "--received", self->received, NULL};
    memcpy(self->words, words, sizeof words);
}

static WmStore *store_of(const Folder *folder)
{
    g_autofree char *path = folder_path(folder, "waymark.db");
    g_autoptr(GError) error = NULL;
    WmStore *store = wm_store_open(path, &error);
    if (error)
        fail_msg("%s", error->message);
    return store;
}

/* Everything that the store says, but for the drops' numbers. */
static char *contents(const Folder *folder)
{
    g_autoptr(WmStore) store = store_of(folder);
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL), series = wm_store_series(store, NULL);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        g_autoptr(GArray) refused = wm_store_quarantine(store, drop->id, NULL);
        g_string_append_printf(out, "%s %s %d %d %d %d %d %u\n", drop->file, drop->hash, (int)drop->n_rows, (int)drop->n_loaded,
                               (int)drop->n_revised, (int)drop->n_unchanged, (int)drop->n_quarantined, refused->len);
    }
    for (guint s = 0; s < series->len; s++) {
        const WmSeriesKey *key = &g_array_index(series, WmSeriesKey, s);
        g_autoptr(GArray) list = wm_store_vintages(store, key->id, WM_NO_DAY, NULL);
        g_string_append_printf(out, "%s/%s\n", key->indicator, key->cohort);
        for (guint i = 0; i < list->len; i++) {
            const WmVintage *one = &g_array_index(list, WmVintage, i);
            g_string_append_printf(out, "%d %d %g\n", one->reading.period.start, one->received, one->reading.value);
        }
    }
    return g_string_free(out, FALSE);
}

static guint count_drops(const Folder *folder)
{
    if (!folder_has(folder, "waymark.db"))
        return 0;
    g_autoptr(WmStore) store = store_of(folder);
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, NULL);
    return drops->len;
}

static void ingest_all(const Folder *folder)
{
    for (int i = 0; i < N_KILLS; i++) {
        Line line;
        line_init(&line, i);
        g_auto(Run) run = run_in(folder, line.words);
        assert_exit(run, 0);
    }
}

static guint kill_and_complete(const Folder *folder, int i, guint duration_us, guint *seed)
{
    Line line;
    line_init(&line, i);
    const pid_t child = run_begin(folder, line.words);
    g_usleep(next_random(seed) % (duration_us + 1));
    kill(child, SIGKILL);
    const guint was_killed = run_end(child) == -SIGKILL;
    const guint n_drops = count_drops(folder);
    assert_true(n_drops == (guint)i || n_drops == (guint)i + 1); /* this one wholly, or not at all; all before it */
    g_auto(Run) again = run_in(folder, line.words);
    assert_exit(again, 0);
    assert_int_equal(count_drops(folder), i + 1);
    return was_killed;
}

static void ingest_killed_at_200_moments_loses_and_doubles_nothing(void **state)
{
    (void)state;
    g_auto(Folder) undisturbed = PLAN_FOLDER({NULL, NULL}), folder = PLAN_FOLDER({NULL, NULL});
    for (int i = 0; i < N_KILLS; i++) {
        write_file(&undisturbed, i);
        write_file(&folder, i);
    }
    const gint64 start = g_get_monotonic_time();
    ingest_all(&undisturbed);
    const guint duration_us = (guint)((g_get_monotonic_time() - start) / N_KILLS);
    guint seed = SEED, n_killed = 0;
    for (int i = 0; i < N_KILLS; i++)
        n_killed += kill_and_complete(&folder, i, duration_us, &seed);
    assert_true(n_killed > N_KILLS / 2); /* most fell before its end */

    g_autofree char *expected = contents(&undisturbed), *actual = contents(&folder);
    assert_string_equal(actual, expected);
    g_autofree char *kept = fingerprint(&folder, "drops"), *kept_expected = fingerprint(&undisturbed, "drops");
    assert_string_equal(kept, kept_expected); /* and not a part left over */
    g_auto(Run) verify = RUN(&folder, "store", "verify", ".", "--fail-on", "warning");
    assert_exit(verify, 0);
}

/* The drops folder alone makes the same store again, in whatever order the drops had come. */
static void the_drops_folder_makes_the_same_store_again(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    for (int k = 0; k < 12; k++) {
        const int i = k * 5 % 12;
        Line line;
        line_init(&line, i);
        write_file(&folder, i);
        g_auto(Run) run = run_in(&folder, line.words);
        assert_exit(run, 0);
    }
    g_autofree char *before = contents(&folder), *db = folder_path(&folder, "waymark.db");
    assert_int_equal(g_unlink(db), 0);
    g_auto(Run) run = RUN(&folder, "run", ".");
    assert_exit(run, 0);
    g_autofree char *after = contents(&folder);
    assert_string_equal(after, before);
}

int main(void)
{
    ADD(ingest_killed_at_200_moments_loses_and_doubles_nothing);
    ADD(the_drops_folder_makes_the_same_store_again);
    return run_cases("kill");
}
