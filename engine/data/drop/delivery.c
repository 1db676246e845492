/* A file handed over: kept in the plan folder as it came, and ingested from there.
 *
 * It is copied to a part file, read from that, and given its name when the drop is whole, just before it is made permanent. Killed
 * before that moment, nothing has happened; killed after it, the next run takes the file as it would any other of the drops folder.
 */
#include "engine/data/drop/delivery.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/data/drop/delivery_name.h"
#include "engine/data/drop/source.h"
#include "engine/data/text/whole_file.h"

#define DROPS          "drops"
#define STDIN_CSV      "stdin.csv"
#define STDIN_WORKBOOK "stdin.xlsx"
#define ADVICE         "make room, and make the plan folder writable"

typedef struct {
    const WmPlan *plan;
    WholeFile *part;
    char *name, *target; /* in the plan folder, and whole; NULL: not chosen yet */
    gboolean is_there;   /* the folder held the same file already */
    gboolean is_kept;    /* it was given its name there */
    char *new_folder;    /* that was made for it, to be removed where nothing comes to lie there; NULL: it was there */
} Delivery;

static void delivery_clear(Delivery *self)
{
    whole_file_free(self->part);
    if (self->new_folder && g_rmdir(self->new_folder) == 0) { /* fails where something lies in it */
        g_autofree char *drops = g_path_get_dirname(self->new_folder);
        g_rmdir(drops);
    }
    g_free(self->new_folder);
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

/* Standard input, or a pipe by its name: what can be read but once. */
static gboolean is_stream(const char *path)
{
    return strcmp(path, "-") == 0 || (g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
                                      !g_file_test(path, G_FILE_TEST_IS_DIR));
}

static char *name_sent(const WmIngestRequest *request, const char *content)
{
    if (!is_stream(request->path))
        return g_path_get_basename(request->path);
    return g_strdup(source_is_workbook(content) ? STDIN_WORKBOOK : STDIN_CSV);
}

static gboolean is_same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* drops/RECEIVED/NAME; a file of that name and other content gets a number, and stands after it. Content that lies there, but not
 * last, comes again: what came in between is changed back. */
static void choose_name(Delivery *self, const WmIngestRequest *request, const char *content)
{
    char day[WM_PERIOD_TEXT];
    g_autofree char *file = name_sent(request, content);
    wm_day_format_iso(request->received, day);
    for (gboolean is_chosen = FALSE; !is_chosen;) {
        g_autofree char *name = g_build_filename(DROPS, day, file, NULL);
        g_autofree char *target = g_build_filename(self->plan->folder, name, NULL);
        const gboolean is_taken = g_file_test(target, G_FILE_TEST_EXISTS);
        if (!is_taken && self->is_there) /* the one before is the last, and the same */
            return;
        self->is_there = is_taken && has_same_content(target, content);
        is_chosen = !is_taken || is_same_file(target, request->path);
        g_free(self->name);
        g_free(self->target);
        self->name = g_steal_pointer(&name);
        self->target = g_steal_pointer(&target);
        char *next = delivery_name_next(file);
        g_free(file);
        file = next;
    }
}

static gboolean keep_file(gpointer data, GError **error)
{
    Delivery *self = data;
    if (self->is_there)
        return TRUE;
    self->is_kept = whole_file_commit(self->part, self->target, MUST_BE_ON_DISK, error);
    return self->is_kept;
}

/* The reader named the part, or the place that the file was to have; the sender knows it by the name under which it was sent. */
static void rename_place(const WmIngestRequest *inner, const char *path, GError *cause, GError **error)
{
    WmErrorPlace place = wm_error_place(cause);
    if (g_strcmp0(place.file, inner->path) == 0 || g_strcmp0(place.file, inner->name) == 0) {
        place.file = strcmp(path, "-") == 0 ? "standard input" : path;
        wm_error_set(error, (WmErrorCode)cause->code, &place, "%s", wm_error_what(cause));
        g_error_free(cause);
    } else
        g_propagate_error(error, cause);
}

/* The content, which lies at `content`, under the name chosen for it. A dry run chooses the same. */
static gboolean ingest_content(WmStore *store, Delivery *self, const WmIngestRequest *request, const char *content,
                               WmIngestResult *out, GError **error)
{
    g_autoptr(GError) cause = NULL;
    WmIngestRequest inner = *request;
    choose_name(self, request, content);
    inner.path = content;
    inner.name = self->name;
    if (ingest_file(store, self->plan, &inner, &(BeforeCommit){keep_file, self}, out, &cause))
        return TRUE;
    if (self->is_kept) /* the store could not take it: it may be sent again */
        g_unlink(self->target);
    rename_place(&inner, request->path, g_steal_pointer(&cause), error);
    return FALSE;
}

/* A dry run leaves nothing, not even a folder. A stream can be read but once, so it is put aside. */
static gboolean ingest_dry(WmStore *store, Delivery *self, const WmIngestRequest *request, WmIngestResult *out, GError **error)
{
    if (!is_stream(request->path))
        return ingest_content(store, self, request, request->path, out, error);
    g_autofree char *aside = g_strdup_printf("%s%cwaymark-stdin-%08x.csv", g_get_tmp_dir(), G_DIR_SEPARATOR, g_random_int());
    self->part = whole_file_begin(aside, "make room for temporary files", error);
    return self->part && whole_file_copy(self->part, request->path, error) &&
           ingest_content(store, self, request, whole_file_part(self->part), out, error);
}

static gboolean begin_part(Delivery *self, const WmIngestRequest *request, GError **error)
{
    char day[WM_PERIOD_TEXT];
    g_autofree char *base = is_stream(request->path) ? g_strdup(STDIN_CSV) : g_path_get_basename(request->path);
    g_autofree char *folder = g_build_filename(self->plan->folder, DROPS, wm_day_format_iso(request->received, day), NULL);
    g_autofree char *target = g_build_filename(folder, base, NULL);
    if (!g_file_test(folder, G_FILE_TEST_EXISTS))
        self->new_folder = g_steal_pointer(&folder);
    self->part = whole_file_begin(target, ADVICE, error);
    return self->part && whole_file_copy(self->part, request->path, error);
}

gboolean wm_ingest_delivery(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, WmIngestResult *out, GError **error)
{
    g_auto(Delivery) self = {.plan = plan};
    const gboolean is_readable = is_stream(request->path) || g_file_test(request->path, G_FILE_TEST_IS_REGULAR);
    if (request->is_dry_run || !is_readable) /* then reading it says what is wrong with it */
        return ingest_dry(store, &self, request, out, error);
    return begin_part(&self, request, error) && ingest_content(store, &self, request, whole_file_part(self.part), out, error);
}
