/* From a file to a drop. */
#include <waymark/ingest.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/data/drop_row.h"
#include "engine/data/number_text.h"

#define HASH_CHUNK_BYTES (64 * 1024)

/* SHA-256 of a file's content, hex. */
static char *hash_file(const char *path, GError **error)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path, .advice = "check the path and its permissions"},
                     "cannot open: %s", g_strerror(errno));
        return NULL;
    }
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guchar *chunk = g_malloc(HASH_CHUNK_BYTES);
    for (size_t n; (n = fread(chunk, 1, HASH_CHUNK_BYTES, file)) > 0;)
        g_checksum_update(checksum, chunk, (gssize)n);
    const gboolean is_read = !ferror(file);
    fclose(file);
    if (!is_read)
        wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.file = path}, "cannot read it to its end");
    return is_read ? g_strdup(g_checksum_get_string(checksum)) : NULL;
}

typedef struct {
    DropHeader header;
    WmDropWriter *writer;
    const WmIngestRequest *request;
    gboolean has_header;
} Ingest;

/* The row as it came, for the quarantine. */
static char *raw_text(const CsvRow *row)
{
    g_autoptr(GString) raw = g_string_new(NULL);
    csv_append_row(raw, row->fields, row->n_fields);
    g_string_truncate(raw, raw->len - 1);
    return g_strdup(raw->str);
}

static gboolean quarantine(Ingest *self, const CsvRow *row, int column, const char *code, const char *message, GError **error)
{
    if (self->request->is_strict) {
        wm_error_set(
            error, WM_ERROR_INPUT,
            &(WmErrorPlace){
                .file = self->request->name, .line = row->line, .column = column, .advice = "mend it, or ingest without --strict"},
            "%s", message);
        return FALSE;
    }
    g_autofree char *raw = raw_text(row);
    return wm_drop_quarantine(self->writer, &(WmQuarantined){row->line, column, code, message, raw}, error);
}

static gboolean on_row(const CsvRow *row, gpointer data, GError **error)
{
    Ingest *self = data;
    if (!self->has_header) {
        self->has_header = TRUE;
        return drop_header_read(&self->header, row, self->request->name, error);
    }
    wm_drop_count_row(self->writer);
    WmStoredReading reading;
    Refusal why;
    if (!drop_row_read(&self->header, row, &reading, &why)) {
        g_autofree char *message = why.message;
        return quarantine(self, row, why.column, why.code, message, error);
    }
    WmPut put;
    if (!wm_drop_put(self->writer, &reading, &put, error))
        return FALSE;
    if (put == WM_PUT_CONFLICT)
        return quarantine(self, row, 0, "conflicting_row",
                          "an earlier row of this file gives another figure for the same series and period", error);
    return TRUE;
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

/* Whether the store has a drop of this content; then *out says so. FALSE with *error where that cannot be told. */
static gboolean find_known(WmStore *store, const WmIngestRequest *request, const char *hash, WmIngestResult *out, GError **error)
{
    const gint64 known = wm_store_find_drop(store, hash, request->received, error);
    if (known > 0)
        *out = (WmIngestResult){.drop = known, .was_known = TRUE};
    return known > 0;
}

static gboolean read_into_drop(WmStore *store, const WmPlan *plan, const WmRecipe *recipe, const WmIngestRequest *request,
                               const char *hash, WmIngestResult *out, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(WmDropWriter) writer = wm_store_begin_drop(store, request->received, request->name, hash, &cause);
    if (!writer &&
        find_known(store, request, hash, out, NULL)) /* another process took the same file while this one waited its turn */
        return TRUE;
    if (!writer) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    Ingest self = {.header = {.plan = plan, .recipe = recipe}, .writer = writer, .request = request};
    CsvFacts facts;
    if (!csv_file_read(request->path, on_row, &self, &facts, error))
        return FALSE;
    if (facts.was_windows_1252)
        wm_drop_set_windows_1252(writer);
    if (!self.has_header) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = request->name, .advice = "is it the right file?"},
                     "the file is empty");
        return FALSE;
    }
    const WmDropInfo info = wm_drop_info(writer);
    *out = result_of(&info);
    if (request->is_dry_run) {
        out->drop = 0;
        return TRUE; /* the writer rolls back */
    }
    return wm_drop_commit(g_steal_pointer(&writer), error);
}

gboolean wm_ingest_file(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, WmIngestResult *out, GError **error)
{
    *out = (WmIngestResult){0};
    g_autofree char *hash = hash_file(request->path, error);
    if (!hash)
        return FALSE;
    g_autoptr(GError) cause = NULL;
    if (find_known(store, request, hash, out, &cause))
        return TRUE;
    g_autoptr(WmRecipe) found = NULL;
    if (!cause && !request->recipe) {
        g_autofree char *base = g_path_get_basename(request->name);
        found = recipe_find(plan->folder, base, &cause);
    }
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    return read_into_drop(store, plan, request->recipe ? request->recipe : found, request, hash, out, error);
}
