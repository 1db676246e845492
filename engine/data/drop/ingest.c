/* From a file to a drop. */
#include <waymark/ingest.h>

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "engine/data/drop/delivery.h"
#include "engine/data/drop/drop_reader.h"
#include "engine/data/text/file_hash.h"
#include "engine/data/drop/ingest_preview.h"
#include "engine/data/text/number_text.h"

/* A file's content, hashed at once where the store may have it already, else beside the reading of it. */
typedef struct {
    const char *path;
    gint64 n_bytes;
    char *hash;      /* NULL: not known yet */
    GThread *thread; /* NULL: not being hashed */
    GError *error;
} Content;

static gpointer hash_beside(gpointer data)
{
    Content *self = data;
    self->hash = file_hash(self->path, &self->error);
    return NULL;
}

static void content_hash_beside(Content *self)
{
    if (!self->hash)
        self->thread = g_thread_new("hash", hash_beside, self);
}

static gboolean content_hash(Content *self, GError **error)
{
    if (self->thread)
        g_thread_join(g_steal_pointer(&self->thread));
    else if (!self->hash)
        self->hash = file_hash(self->path, &self->error);
    if (self->error)
        g_propagate_error(error, g_steal_pointer(&self->error));
    return self->hash != NULL;
}

static gboolean content_init(Content *self, const char *path, GError **error)
{
    GStatBuf facts;
    *self = (Content){.path = path};
    if (g_stat(path, &facts) != 0) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                     "cannot open: %s", g_strerror(errno));
        return FALSE;
    }
    self->n_bytes = facts.st_size;
    return TRUE;
}

static void content_clear(Content *self)
{
    if (self->thread)
        g_thread_join(self->thread);
    g_clear_error(&self->error);
    g_free(self->hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Content, content_clear)

typedef struct {
    DropReader *reader;
    const WmRecipe *recipe; /* may be NULL */
    WmDropWriter *writer;
    const WmIngestRequest *request;
    CsvFacts facts;
    int last_line; /* and how many fields it has */
    size_t n_last_fields;
    int next_conflict; /* line whose text is still to be kept; 0: none */
} Ingest;

#define PROGRESS_ROWS 16384 /* between two words of how far it is */

/* The row as it came, for the quarantine. */
static char *raw_text(const SheetRow *row)
{
    g_autoptr(GString) raw = g_string_new(NULL);
    csv_append_row(raw, row->fields, row->n_fields);
    g_string_truncate(raw, raw->len - 1);
    return g_strdup(raw->str);
}

static gboolean on_refusal(const Refusal *why, const SheetRow *row, gpointer data, GError **error)
{
    Ingest *self = data;
    if (self->request->is_strict) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = self->request->name,
                                     .line = row->line,
                                     .column = why->column,
                                     .advice = "mend it, or ingest without --strict"},
                     "%s", why->message);
        return FALSE;
    }
    g_autofree char *raw = raw_text(row);
    return wm_drop_quarantine(self->writer, &(WmQuarantined){row->line, why->column, why->code, why->message, raw}, error);
}

static gboolean on_reading(const WmStoredReading *reading, const SheetRow *row, gpointer data, GError **error)
{
    const Ingest *self = data;
    (void)row;
    return wm_drop_put(self->writer, reading, error);
}

static gboolean on_row(const SheetRow *row, gpointer data, GError **error)
{
    Ingest *self = data;
    const gint64 n_before = drop_reader_counts(self->reader).n_rows;
    self->last_line = row->line;
    self->n_last_fields = row->n_fields;
    if (!drop_reader_row(row, self->reader, error))
        return FALSE;
    const gint64 n_rows = drop_reader_counts(self->reader).n_rows;
    if (n_rows > n_before)
        wm_drop_count_row(self->writer);
    return n_rows % PROGRESS_ROWS != 0 || !self->request->progress ||
           self->request->progress(n_rows, self->request->progress_data, error);
}

static gboolean read_rows(Ingest *self, SheetRowFunc func, CsvFacts *facts, GError **error)
{
    const WmRecipe *recipe = self->recipe;
    const SourceOptions options = {.dialect = recipe ? recipe->dialect : (CsvDialect){0}, .sheet = recipe ? recipe->sheet : NULL};
    return source_read(self->request->path, &options, func, self, facts, error);
}

static gboolean read_source(Ingest *self, GError **error)
{
    CsvFacts facts = {0};
    if (!read_rows(self, on_row, &facts, error) || !drop_reader_finish(self->reader, error))
        return FALSE;
    if (facts.was_windows_1252)
        wm_drop_set_windows_1252(self->writer);
    self->facts = facts;
    return TRUE;
}

/* A filter or a person hides rows that may still belong to the table: they are read, and it is said. */
static void report_hidden(const Ingest *self, WmProblems *found)
{
    const int n = self->facts.n_hidden_rows;
    if (n == 0)
        return;
    g_autofree char *message =
        g_strdup_printf("%d hidden row%s of the sheet %s read like the others", n, n == 1 ? "" : "s", n == 1 ? "was" : "were");
    wm_problems_add(found, &(WmProblem){.file = self->request->name,
                                        .severity = WM_SEVERITY_INFO,
                                        .code = "hidden_rows",
                                        .message = message,
                                        .advice = "if they were hidden to be left out, delete them, or filter them in the recipe"});
}

/* A line that ends in its midst, where the file does: the rest of the file is most likely missing, too. */
static void report_cut(const Ingest *self, WmProblems *found)
{
    const size_t n_columns = drop_reader_n_columns(self->reader);
    if (!self->facts.is_without_end || self->n_last_fields >= n_columns)
        return;
    g_autofree char *message =
        g_strdup_printf("its last line has %zu of %zu fields and no line end: it may be cut short", self->n_last_fields, n_columns);
    wm_problems_add(found, &(WmProblem){.file = self->request->name,
                                        .line = self->last_line,
                                        .severity = WM_SEVERITY_WARNING,
                                        .code = "cut_short",
                                        .message = message,
                                        .advice = "get the file again from its sender; what is there of it is loaded"});
}

/* What is odd about the file as a whole is told now, and kept with the drop. */
static gboolean keep_findings(Ingest *self, GError **error)
{
    g_autoptr(WmProblems) found = wm_problems_new();
    drop_reader_report(self->reader, found);
    report_hidden(self, found);
    report_cut(self, found);
    for (size_t i = 0; i < wm_problems_n(found); i++) {
        const WmProblem *one = wm_problems_at(found, i);
        if (self->request->problems)
            wm_problems_add(self->request->problems, one);
        if (!wm_drop_add_finding(self->writer, one, error))
            return FALSE;
    }
    if (self->request->problems)
        drop_reader_report_fractions(self->reader, self->request->problems);
    return TRUE;
}

/* Rows that contradict earlier ones are found when those are stored: then their text has gone by, and the file is read once more.
 */
static gboolean on_row_again(const SheetRow *row, gpointer data, GError **error)
{
    Ingest *self = data;
    if (row->line != self->next_conflict)
        return TRUE;
    g_autofree char *raw = raw_text(row);
    return wm_drop_set_raw(self->writer, row->line, raw, error) &&
           wm_drop_next_conflict(self->writer, row->line, &self->next_conflict, error);
}

static gboolean keep_conflicts(Ingest *self, GError **error)
{
    if (!wm_drop_next_conflict(self->writer, 0, &self->next_conflict, error))
        return FALSE;
    if (!self->next_conflict)
        return TRUE;
    if (self->request->is_strict) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){
                         .file = self->request->name, .line = self->next_conflict, .advice = "mend it, or ingest without --strict"},
                     "an earlier row of this file gives another figure for the same series and period");
        return FALSE;
    }
    return read_rows(self, on_row_again, NULL, error);
}

static WmIngestResult result_of(const WmDropInfo *info)
{
    return (WmIngestResult){.drop = info->id,
                            .n_rows = info->n_rows,
                            .n_loaded = info->n_loaded,
                            .n_revised = info->n_revised,
                            .n_unchanged = info->n_unchanged,
                            .n_quarantined = info->n_quarantined,
                            .was_windows_1252 = info->was_windows_1252};
}

/* The file is kept in its place before the store says that it has it. */
static gboolean call_before(const BeforeCommit *before, GError **error)
{
    return !before || before->func(before->data, error);
}

/* What content that the store has on other days amounts to on this one. Of a file handed over, what is no news is not kept: it is
 * looked at first. */
static gboolean receive_again(WmStore *store, const WmIngestRequest *request, WmReceipt receipt, const BeforeCommit *before,
                              WmIngestResult *out, GError **error)
{
    WmDropInfo again;
    if (!wm_store_receive_again(store, &receipt, &again, error))
        return FALSE;
    const gboolean is_news = again.n_rows > 0;
    if (is_news && before && !request->is_dry_run) {
        receipt.is_dry_run = false;
        if (!call_before(before, error) || !wm_store_receive_again(store, &receipt, &again, error))
            return FALSE;
    }
    *out = result_of(&again);
    out->was_known = !is_news;
    if (request->is_dry_run && is_news)
        out->drop = 0;
    return TRUE;
}

/* The recipe that the request names, or that fits the file's name; *found, new, owns the latter. */
static gboolean find_recipe(const WmPlan *plan, const WmIngestRequest *request, WmRecipe **found, GError **error)
{
    g_autofree char *base = g_path_get_basename(request->name);
    g_autoptr(GError) cause = NULL;
    *found = request->recipe ? NULL : recipe_find(plan->folder, base, &cause);
    if (!cause)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* Content that came on another day: the same drop again where the recipe is the same. Another one reads other figures. */
static gboolean find_repeated(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, const char *hash,
                              const BeforeCommit *before, gboolean *is_known, WmIngestResult *out, GError **error)
{
    g_autoptr(WmRecipe) found = NULL;
    if (!find_recipe(plan, request, &found, error))
        return FALSE;
    const WmRecipe *recipe = request->recipe ? request->recipe : found;
    const WmReceipt receipt = {.received = request->received,
                               .file = request->name,
                               .hash = hash,
                               .is_dry_run = request->is_dry_run || before,
                               .recipe = recipe ? recipe->hash : NULL};
    bool has = false;
    if (!wm_store_has_content(store, &receipt, &has, error))
        return FALSE;
    *is_known = has;
    return !has || receive_again(store, request, receipt, before, out, error);
}

/* Whether the store has this content; then, what its coming again amounts to. */
static gboolean find_known(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, Content *content,
                           const BeforeCommit *before, gboolean *is_known, WmIngestResult *out, GError **error)
{
    bool has = false;
    *is_known = FALSE;
    if (!wm_store_has_size(store, content->n_bytes, &has, error))
        return FALSE;
    if (!has)
        return TRUE;
    if (!content_hash(content, error))
        return FALSE;
    const WmReceipt receipt = {.received = request->received, .file = request->name, .hash = content->hash};
    const gint64 drop = wm_store_find_drop(store, &receipt, error);
    *is_known = drop > 0;
    if (drop > 0) {
        *out = (WmIngestResult){.drop = drop, .was_known = TRUE};
        return wm_store_overruled(store, drop, &out->overruled_by, error);
    }
    return drop == 0 && find_repeated(store, plan, request, content->hash, before, is_known, out, error);
}

static gboolean read_into_drop(Ingest *self, Content *content, GError **error)
{
    content_hash_beside(content);
    if (!read_source(self, error) || !content_hash(content, error))
        return FALSE;
    wm_drop_set_content(self->writer, content->hash, content->n_bytes);
    return wm_drop_finish(self->writer, error) && keep_conflicts(self, error) && keep_findings(self, error);
}

static gboolean take_new(WmStore *store, const WmPlan *plan, const WmRecipe *recipe, const WmIngestRequest *request,
                         const BeforeCommit *before, Content *content, WmIngestResult *out, GError **error)
{
    g_autoptr(WmDropWriter) writer = request->again ? wm_store_begin_again(store, request->again, request->since, error)
                                                    : wm_store_begin_drop(store, request->received, request->name, NULL, error);
    if (!writer)
        return FALSE;
    wm_drop_set_recipe(writer, recipe ? recipe->hash : "");
    Ingest self = {.recipe = recipe, .writer = writer, .request = request};
    const DropSink sink = {on_reading, on_refusal, &self};
    g_autoptr(DropReader) reader = self.reader = drop_reader_new(plan, recipe, request->name, &sink);
    if (!read_into_drop(&self, content, error))
        return FALSE;
    const WmDropInfo info = wm_drop_info(writer);
    *out = result_of(&info);
    const RowCounts counts = drop_reader_counts(reader);
    out->n_skipped = counts.n_filtered + counts.n_without + counts.n_unknown_units;
    if (before && !wm_store_overruled(store, info.id, &out->overruled_by, error))
        return FALSE;
    if (request->is_dry_run) {
        out->drop = 0; /* the writer rolls back */
        return !request->preview || ingest_preview_fill(request->preview, store, info.id, error);
    }
    return call_before(before, error) && wm_drop_commit(g_steal_pointer(&writer), error);
}

gboolean ingest_file(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, const BeforeCommit *before,
                     WmIngestResult *out, GError **error)
{
    g_auto(Content) content;
    g_autoptr(WmRecipe) found = NULL;
    g_autoptr(GError) cause = NULL;
    gboolean is_known;
    *out = (WmIngestResult){0};
    if (!content_init(&content, request->path, error) ||
        (!request->again && !find_known(store, plan, request, &content, before, &is_known, out, error)))
        return FALSE;
    if (!request->again && is_known)
        return TRUE;
    if (!find_recipe(plan, request, &found, error))
        return FALSE;
    if (take_new(store, plan, request->recipe ? request->recipe : found, request, before, &content, out, &cause))
        return TRUE;
    /* Another process may have taken the same file while this one waited its turn. */
    if (!request->again && find_known(store, plan, request, &content, before, &is_known, out, NULL) && is_known)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

gboolean wm_ingest_file(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, WmIngestResult *out, GError **error)
{
    return ingest_file(store, plan, request, NULL, out, error);
}
