/* The store beside its plan folder: is every drop's file there, and what it was? */
#include <string.h>

#include "engine/data/drop/drops.h"
#include "engine/data/text/file_hash.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/drop/withdrawals.h"

static void report(WmProblems *problems, WmSeverity severity, const char *file, const char *code, const char *message,
                   const char *advice)
{
    wm_problems_add(problems, &(WmProblem){.file = file, .severity = severity, .code = code, .message = message, .advice = advice});
}

static void check_file(const WmPlan *plan, const WmDropInfo *drop, WmProblems *problems)
{
    g_autofree char *path = g_build_filename(plan->folder, drop->file, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        report(problems, WM_SEVERITY_ERROR, drop->file, "missing_file", "the store has it, and the drops folder does not",
               "put it back from a backup: without it the store cannot be rebuilt");
        return;
    }
    g_autoptr(GError) cause = NULL;
    g_autofree char *hash = file_hash(path, &cause);
    if (!hash)
        report(problems, WM_SEVERITY_ERROR, drop->file, "unreadable_file", wm_error_what(cause), "check its permissions");
    else if (strcmp(hash, drop->hash) != 0)
        report(problems, WM_SEVERITY_ERROR, drop->file, "changed_file", "it is not what it was when the store took it",
               "put the file back as it was received; a correction is a drop of its own");
}

static gboolean check_files(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    for (guint i = 0; drops && i < drops->len; i++)
        if (!g_array_index(drops, WmDropInfo, i).replaced_by) /* the file is looked at once */
            check_file(plan, &g_array_index(drops, WmDropInfo, i), problems);
    return drops != NULL;
}

typedef struct {
    WmStore *store;
    WmProblems *problems;
    GHashTable *taken; /* names of the drops' files */
} Untaken;

/* A file that says nothing new is none of the drops that are listed, but is known by its content. */
static gboolean check_taken(const DropFile *file, gpointer data, GError **error)
{
    const Untaken *self = data;
    if (g_hash_table_contains(self->taken, file->name))
        return TRUE;
    g_autofree char *hash = file_hash(file->path, error);
    const WmReceipt receipt = {.received = file->received, .file = file->name, .hash = hash};
    const gint64 drop = hash ? wm_store_find_drop(self->store, &receipt, error) : -1;
    if (drop == 0)
        report(self->problems, WM_SEVERITY_WARNING, file->name, "untaken_file",
               "it lies in the drops folder, and is not in the store", "`waymark run` takes it, or says why it cannot");
    return drop >= 0;
}

static gboolean check_untaken(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(WmProblems) unread = wm_problems_new(); /* what is not to be read is the month's to tell */
    for (guint i = 0; drops && i < drops->len; i++)
        g_hash_table_add(taken, (gpointer)g_array_index(drops, WmDropInfo, i).file);
    Untaken self = {store, problems, taken};
    return drops && drops_each_file(plan, unread, check_taken, &self, error);
}

gboolean wm_ingest_verify(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    return wm_store_check(store, problems, error) && check_files(store, plan, problems, error) &&
           check_untaken(store, plan, problems, error) && withdrawals_check(store, plan, problems, error) &&
           wm_ingest_check_recipes(store, plan, problems, error);
}
