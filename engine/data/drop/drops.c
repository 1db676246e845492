/* The drops folder: what has been received, in order. */
#include "engine/data/drop/drops.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include <waymark/ingest.h>

#include "engine/data/recipe/recipe.h"
#include "engine/data/drop/withdrawals.h"

#define DROPS "drops"

WmDay wm_drop_folder_day(const char *name)
{
    WmPeriod period;
    const size_t length = strlen(name);
    const gboolean is_shaped = (length == 10 && name[4] == '-' && name[7] == '-') || (length == 7 && name[4] == '-');
    return is_shaped && wm_period_parse(name, WM_PERIOD_NONE, &period) &&
                   (period.kind == WM_PERIOD_DAY || period.kind == WM_PERIOD_MONTH)
               ? wm_period_end(period)
               : WM_NO_DAY;
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Folders by the day they stand for: 2021-05, its last day, comes after 2021-05-15. Those of one day by their files' paths, as the
 * store has it. */
static int by_day(gconstpointer a, gconstpointer b)
{
    const char *const *first = a, *const *second = b;
    const WmDay x = wm_drop_folder_day(*first), y = wm_drop_folder_day(*second);
    if (x != y)
        return x < y ? -1 : 1;
    g_autofree char *first_path = g_strconcat(*first, G_DIR_SEPARATOR_S, NULL),
                    *second_path = g_strconcat(*second, G_DIR_SEPARATOR_S, NULL);
    return strcmp(first_path, second_path);
}

static gboolean fail_list(const char *path, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                 "cannot list it: %s", g_strerror(errno));
    return FALSE;
}

/* The names in a folder, sorted; hidden ones left out. Empty when there is no such folder; NULL with *error when what it holds
 * cannot be told. */
static GPtrArray *list_folder(const char *path, GCompareFunc order, GError **error)
{
    DIR *dir = opendir(path);
    if (!dir && errno != ENOENT && errno != ENOTDIR && !fail_list(path, error))
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (const struct dirent *entry; dir && (entry = readdir(dir));)
        if (*entry->d_name != '.')
            g_ptr_array_add(names, g_strdup(entry->d_name));
    if (dir)
        closedir(dir);
    g_ptr_array_sort(names, order);
    return names;
}

static void report(WmProblems *problems, const char *file, const char *code, const char *message, const char *advice)
{
    wm_problems_add(
        problems, &(WmProblem){.file = file, .severity = WM_SEVERITY_WARNING, .code = code, .message = message, .advice = advice});
}

/* A delivery that could not be used at all. What is wrong with the file is told at its place; what is wrong with a recipe names
 * that one. */
static void report_unusable(WmProblems *problems, const char *name, const char *path, const GError *cause)
{
    const WmErrorPlace place = wm_error_place(cause);
    const gboolean is_here = g_strcmp0(place.file, name) == 0 || g_strcmp0(place.file, path) == 0;
    wm_problems_add(problems, &(WmProblem){.file = name,
                                           .line = is_here ? place.line : 0,
                                           .column = is_here ? place.column : 0,
                                           .severity = WM_SEVERITY_ERROR,
                                           .code = "unusable_drop",
                                           .message = is_here ? wm_error_what(cause) : cause->message,
                                           .advice = is_here ? place.advice : NULL});
}

/* A file whose content the store had already. */
typedef struct {
    char *name;
    gint64 drop;
} KnownFile;

static void known_file_clear(gpointer data)
{
    g_free(((KnownFile *)data)->name);
}

/* A file that another folder holds too, with nothing changed in between, tells nothing new and is not read again: that is said. */
static gboolean report_repeated(WmStore *store, const GArray *known, WmProblems *problems, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    g_autoptr(GHashTable) files = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; drops && i < drops->len; i++)
        g_hash_table_insert(files, &g_array_index(drops, WmDropInfo, i).id, (gpointer)g_array_index(drops, WmDropInfo, i).file);
    for (guint i = 0; drops && i < known->len; i++) {
        const KnownFile *one = &g_array_index(known, KnownFile, i);
        const char *file = g_hash_table_lookup(files, &one->drop);
        g_autofree char *message = g_strdup_printf("its content is that of %s, and was not read again", file);
        if (file && strcmp(file, one->name) != 0)
            report(problems, one->name, "repeated_drop", message,
                   "remove it, unless it shows that the sender confirmed those figures");
    }
    return drops != NULL;
}

/* Files of a name that figures come under, and whatever a recipe asks for. A recipe that cannot be read speaks up where it is used.
 */
static gboolean is_to_be_read(const WmPlan *plan, const char *file)
{
    static const char *const ENDINGS[] = {".csv", ".tsv", ".xlsx"};
    g_autofree char *lower = g_ascii_strdown(file, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(ENDINGS); i++)
        if (g_str_has_suffix(lower, ENDINGS[i]))
            return TRUE;
    g_autoptr(WmRecipe) recipe = recipe_find(plan->folder, file, NULL);
    return recipe != NULL;
}

static gboolean each_file_of(const WmPlan *plan, const char *folder, WmDay received, WmProblems *problems, DropFileFunc func,
                             gpointer data, GError **error)
{
    g_autofree char *path = g_build_filename(plan->folder, DROPS, folder, NULL);
    g_autoptr(GPtrArray) files = list_folder(path, by_name, error);
    for (guint i = 0; files && i < files->len; i++) {
        const char *file = g_ptr_array_index(files, i);
        g_autofree char *name = g_build_filename(DROPS, folder, file, NULL);
        g_autofree char *full = g_build_filename(path, file, NULL);
        if (is_to_be_read(plan, file)) {
            if (!func(&(DropFile){name, full, received}, data, error))
                return FALSE;
        } else
            report(problems, name, "unread_file", "it is neither .csv nor .xlsx, no recipe asks for it, and it was not read",
                   "save it as one of them in the same folder, or name it in a recipe's match");
    }
    return files != NULL;
}

gboolean drops_each_file(const WmPlan *plan, WmProblems *problems, DropFileFunc func, gpointer data, GError **error)
{
    g_autofree char *path = g_build_filename(plan->folder, DROPS, NULL);
    g_autoptr(GPtrArray) folders = list_folder(path, by_day, error);
    for (guint i = 0; folders && i < folders->len; i++) {
        const char *folder = g_ptr_array_index(folders, i);
        const WmDay received = wm_drop_folder_day(folder);
        if (strcmp(folder, WITHDRAWALS) == 0)
            continue;
        if (received != WM_NO_DAY) {
            if (!each_file_of(plan, folder, received, problems, func, data, error))
                return FALSE;
            continue;
        }
        g_autofree char *name = g_build_filename(DROPS, folder, NULL);
        report(problems, name, "undated_drop", "it is not a dated folder, and was not read",
               "put the file under drops/YYYY-MM-DD/");
    }
    return folders != NULL;
}

typedef struct {
    WmStore *store;
    const WmPlan *plan;
    WmProblems *problems;
    GArray *known; /* of KnownFile */
    size_t *n_new;
} Taking;

/* One bad file does not stop the month. */
static gboolean take_file(const DropFile *file, gpointer data, GError **error)
{
    const Taking *self = data;
    WmIngestResult result;
    const WmIngestRequest request = {.path = file->path, .name = file->name, .received = file->received};
    g_autoptr(GError) cause = NULL;
    if (wm_ingest_file(self->store, self->plan, &request, &result, &cause)) {
        const KnownFile one = {result.was_known ? g_strdup(file->name) : NULL, result.drop};
        if (result.was_known)
            g_array_append_val(self->known, one);
        else
            ++*self->n_new;
        return TRUE;
    }
    if (g_error_matches(cause, WM_ERROR, WM_ERROR_INPUT)) {
        report_unusable(self->problems, file->name, file->path, cause);
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

gboolean wm_ingest_drops(WmStore *store, const WmPlan *plan, WmProblems *problems, size_t *n_new, GError **error)
{
    *n_new = 0;
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(KnownFile));
    g_array_set_clear_func(known, known_file_clear);
    Taking taking = {store, plan, problems, known, n_new};
    return drops_each_file(plan, problems, take_file, &taking, error) &&
           (known->len == 0 || report_repeated(store, known, problems, error)) && withdrawals_apply(store, plan, problems, error);
}
