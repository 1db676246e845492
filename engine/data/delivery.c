/* A file handed over: kept in the plan folder as it came, and ingested from there.
 *
 * It is copied to a part file, read from that, and given its name when the drop is whole, just before it is made permanent. Killed
 * before that moment, nothing has happened; killed after it, the next run takes the file as it would any other of the drops folder.
 */
#include "engine/data/delivery.h"

#include <string.h>
#include <sys/stat.h>

#include "engine/data/whole_file.h"

#define STDIN_NAME "stdin.csv"
#define ADVICE     "make room, and make the plan folder writable"

typedef struct {
    const WmPlan *plan;
    WholeFile *part;
    char *name, *target; /* in the plan folder, and whole; NULL: not chosen yet */
    gboolean is_there;   /* the folder held the same file already */
} Delivery;

static void delivery_clear(Delivery *self)
{
    whole_file_free(self->part);
    g_free(self->name);
    g_free(self->target);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Delivery, delivery_clear)

static gboolean has_same_content(const char *a, const char *b)
{
    struct stat x, y;
    if (stat(a, &x) != 0 || stat(b, &y) != 0 || x.st_size != y.st_size)
        return FALSE;
    g_autoptr(GMappedFile) first = g_mapped_file_new(a, FALSE, NULL), second = g_mapped_file_new(b, FALSE, NULL);
    return first && second &&
           memcmp(g_mapped_file_get_contents(first), g_mapped_file_get_contents(second), g_mapped_file_get_length(first)) == 0;
}

/* drops/RECEIVED/NAME; a file of that name and other content gets a number. */
static void choose_name(Delivery *self, const char *base, const char *day)
{
    for (int i = 1; !self->name; i++) {
        g_autofree char *file = i == 1 ? g_strdup(base) : g_strdup_printf("%d-%s", i, base);
        g_autofree char *name = g_build_filename("drops", day, file, NULL);
        g_autofree char *target = g_build_filename(self->plan->folder, name, NULL);
        self->is_there = has_same_content(target, whole_file_part(self->part));
        if (!self->is_there && g_file_test(target, G_FILE_TEST_EXISTS))
            continue;
        self->name = g_steal_pointer(&name);
        self->target = g_steal_pointer(&target);
    }
}

static gboolean keep_file(gpointer data, GError **error)
{
    Delivery *self = data;
    return self->is_there || whole_file_commit(self->part, self->target, MUST_BE_ON_DISK, error);
}

/* The reader named the part; the sender knows the file by its own name. */
static void rename_place(const char *part, const char *path, GError *cause, GError **error)
{
    WmErrorPlace place = wm_error_place(cause);
    if (g_strcmp0(place.file, part) == 0) {
        place.file = strcmp(path, "-") == 0 ? "standard input" : path;
        wm_error_set(error, (WmErrorCode)cause->code, &place, "%s", wm_error_what(cause));
        g_error_free(cause);
    } else
        g_propagate_error(error, cause);
}

static gboolean ingest_part(WmStore *store, Delivery *self, const WmIngestRequest *request, WmIngestResult *out, GError **error)
{
    g_autoptr(GError) cause = NULL;
    WmIngestRequest inner = *request;
    inner.path = whole_file_part(self->part);
    inner.name = self->name;
    if (ingest_file(store, self->plan, &inner, &(BeforeCommit){keep_file, self}, out, &cause))
        return TRUE;
    rename_place(inner.path, request->path, g_steal_pointer(&cause), error);
    return FALSE;
}

/* A dry run leaves nothing, not even a folder. Standard input can be read but once, so it is put aside. */
static gboolean ingest_dry(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, const char *name,
                           WmIngestResult *out, GError **error)
{
    WmIngestRequest inner = *request;
    inner.name = name;
    if (strcmp(request->path, "-") != 0)
        return ingest_file(store, plan, &inner, NULL, out, error);
    g_autofree char *aside = g_strdup_printf("%s%cwaymark-stdin-%08x.csv", g_get_tmp_dir(), G_DIR_SEPARATOR, g_random_int());
    g_autoptr(WholeFile) part = whole_file_begin(aside, "make room for temporary files", error);
    g_autoptr(GError) cause = NULL;
    if (!part || !whole_file_copy(part, "-", error))
        return FALSE;
    inner.path = whole_file_part(part);
    if (ingest_file(store, plan, &inner, NULL, out, &cause))
        return TRUE;
    rename_place(inner.path, "-", g_steal_pointer(&cause), error);
    return FALSE;
}

gboolean wm_ingest_delivery(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, WmIngestResult *out, GError **error)
{
    char day[WM_PERIOD_TEXT];
    g_autofree char *base = strcmp(request->path, "-") == 0 ? g_strdup(STDIN_NAME) : g_path_get_basename(request->path);
    g_autofree char *name = g_build_filename("drops", wm_day_format_iso(request->received, day), base, NULL);
    if (request->is_dry_run)
        return ingest_dry(store, plan, request, name, out, error);
    g_autofree char *target = g_build_filename(plan->folder, name, NULL);
    g_auto(Delivery) self = {.plan = plan};
    if (strcmp(request->path, "-") != 0 && !g_file_test(request->path, G_FILE_TEST_IS_REGULAR))
        return ingest_dry(store, plan, request, name, out, error); /* which says what is wrong with it */
    self.part = whole_file_begin(target, ADVICE, error);
    if (!self.part || !whole_file_copy(self.part, request->path, error))
        return FALSE;
    choose_name(&self, base, day);
    return ingest_part(store, &self, request, out, error);
}
