/* A drop's file read again, because its recipe was corrected; and which drops want it. */
#include <string.h>

#include "engine/data/drop/delivery.h"
#include "engine/data/drop/quarantine_file.h"
#include "engine/data/recipe/recipe.h"
#include "engine/data/text/file_hash.h"

static const WmDropInfo *drop_at(const GArray *drops, guint i)
{
    return &g_array_index(drops, WmDropInfo, i);
}

/* ---- which drop ---- */

/* drops/2021-07-31/x.csv by all of it, or by what stands last; or by a path that ends so. */
static gboolean is_called(const char *file, const char *text)
{
    const size_t n_file = strlen(file), n_text = strlen(text);
    const char *longer = n_file > n_text ? file : text, *shorter = n_file > n_text ? text : file;
    const size_t n_before = MAX(n_file, n_text) - MIN(n_file, n_text);
    return *shorter && g_str_has_suffix(longer, shorter) && (n_before == 0 || longer[n_before - 1] == G_DIR_SEPARATOR);
}

static gint64 fail_find(const char *text, const GString *several, GError **error)
{
    g_autofree char *advice = several->len ? g_strdup_printf("it may be %s: give its number, or more of its path", several->str)
                                           : g_strdup("`waymark history` and `waymark ingest` print each drop's number and file");
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = advice},
                 several->len ? "several drops are called “%s”" : "there is no drop “%s”", text);
    return 0;
}

gint64 wm_ingest_find_drop(WmStore *store, const char *text, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    g_autoptr(GString) several = g_string_new(NULL);
    guint64 number = 0;
    gint64 found = 0;
    if (!drops)
        return 0;
    const gboolean is_number = g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &number, NULL);
    for (guint i = 0; i < drops->len; i++) {
        const WmDropInfo *drop = drop_at(drops, i);
        if (is_number && drop->id == (gint64)number)
            return drop->id;
        if (drop->replaced_by || !is_called(drop->file, text))
            continue;
        g_string_append_printf(several, "%s%s (%" G_GINT64_FORMAT ")", several->len ? ", " : "", drop->file, drop->id);
        if (found)
            found = -1;
        else
            found = drop->id;
    }
    return found > 0 ? found : fail_find(text, several, error);
}

/* ---- reading it again ---- */

static gboolean fail_changed(const WmDropInfo *drop, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = drop->file,
                                 .advice = "put it back as it was received; a correction of the sender's is a drop of its own"},
                 "it is not what it was when the store took it");
    return FALSE;
}

static gboolean fail_unknown(gint64 drop, GError **error)
{
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, drop);
    g_autoptr(GString) none = g_string_new(NULL);
    return fail_find(text, none, error) != 0;
}

static WmDay latest_day(const GArray *drops)
{
    WmDay latest = WM_NO_DAY;
    for (guint i = 0; i < drops->len; i++)
        latest = MAX(latest, drop_at(drops, i)->since);
    return latest;
}

static const WmDropInfo *find_drop(const GArray *drops, gint64 id)
{
    for (guint i = 0; i < drops->len; i++)
        if (drop_at(drops, i)->id == id)
            return drop_at(drops, i);
    return NULL;
}

/* Whether a reading says of every figure what the one before said. */
static gboolean is_no_news(const WmDropInfo *old, const WmIngestResult *again)
{
    return again->n_loaded == old->n_loaded && again->n_unchanged == again->n_loaded && again->n_quarantined == old->n_quarantined;
}

static gboolean hash_of_recipe(const WmPlan *plan, const WmIngestRequest *request, char **out, GError **error)
{
    g_autofree char *base = g_path_get_basename(request->name);
    g_autoptr(GError) cause = NULL;
    g_autoptr(WmRecipe) found = request->recipe ? NULL : recipe_find(plan->folder, base, &cause);
    *out = g_strdup(request->recipe ? request->recipe->hash : found ? found->hash : "");
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean stays_as_it_is(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, const WmDropInfo *old,
                               WmIngestResult *out, GError **error)
{
    g_autofree char *hash = NULL;
    *out = (WmIngestResult){.drop = old->id, .was_known = TRUE};
    return request->is_dry_run || (hash_of_recipe(plan, request, &hash, error) && wm_store_set_recipe(store, old->id, hash, error));
}

gboolean wm_ingest_again(WmStore *store, const WmPlan *plan, gint64 drop, const WmIngestRequest *request, WmIngestResult *out,
                         GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    const WmDropInfo *old = drops ? find_drop(drops, drop) : NULL;
    g_autofree char *path = old ? g_build_filename(plan->folder, old->file, NULL) : NULL,
                    *hash = path ? file_hash(path, error) : NULL;
    if (!drops || (old && !hash))
        return FALSE;
    if (!old)
        return fail_unknown(drop, error);
    if (strcmp(hash, old->hash) != 0)
        return fail_changed(old, error);

    WmIngestRequest inner = *request;
    inner.again = drop;
    inner.path = path;
    inner.name = old->file;
    inner.received = old->received;
    inner.since = request->since != WM_NO_DAY ? request->since : latest_day(drops);
    inner.is_dry_run = TRUE;
    if (!ingest_file(store, plan, &inner, NULL, out, error))
        return FALSE;
    if (is_no_news(old, out)) {
        inner.is_dry_run = request->is_dry_run;
        return stays_as_it_is(store, plan, &inner, old, out, error);
    }
    if (request->is_dry_run)
        return TRUE;
    inner.is_dry_run = FALSE;
    inner.preview = NULL;
    inner.problems = NULL; /* they have been told */
    if (!ingest_file(store, plan, &inner, NULL, out, error))
        return FALSE;
    quarantine_file_remove(plan, old->file);
    return TRUE;
}

/* ---- which drops want it ---- */

static void report_stale(const WmDropInfo *drop, const WmRecipe *recipe, WmProblems *problems)
{
    g_autofree char *now = recipe ? g_path_get_basename(recipe->path) : NULL;
    g_autofree char *message = now ? g_strdup_printf("it was read by another recipe than recipes/%s as that now stands", now)
                                   : g_strdup("it was read by a recipe, and none in recipes/ now fits its name");
    g_autofree char *advice = g_strdup_printf("`waymark ingest PLAN --again %" G_GINT64_FORMAT
                                              "` reads it by what now fits; --dry-run shows what would change",
                                              drop->id);
    wm_problems_add(
        problems,
        &(WmProblem){
            .file = drop->file, .severity = WM_SEVERITY_WARNING, .code = "stale_drop", .message = message, .advice = advice});
}

gboolean wm_ingest_check_recipes(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    for (guint i = 0; drops && i < drops->len; i++) {
        const WmDropInfo *drop = drop_at(drops, i);
        g_autofree char *base = g_path_get_basename(drop->file);
        g_autoptr(GError) cause = NULL; /* two that fit, or one that cannot be read: told where a file is read by them */
        if (!drop->recipe || drop->replaced_by || drop->withdrawn != WM_NO_DAY)
            continue;
        g_autoptr(WmRecipe) recipe = recipe_find(plan->folder, base, &cause);
        if (!cause && strcmp(recipe ? recipe->hash : "", drop->recipe) != 0)
            report_stale(drop, recipe, problems);
    }
    return drops != NULL;
}
