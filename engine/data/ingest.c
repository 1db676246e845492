/* From a file to a drop. */
#include <waymark/ingest.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/data/drop_reader.h"
#include "engine/data/ingest_preview.h"
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
    DropReader *reader;
    WmDropWriter *writer;
    const WmIngestRequest *request;
} Ingest;

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
    static const Refusal CONFLICT = {0, "conflicting_row",
                                     "an earlier row of this file gives another figure for the same series and period"};
    Ingest *self = data;
    WmPut put;
    if (!wm_drop_put(self->writer, reading, &put, error))
        return FALSE;
    return put != WM_PUT_CONFLICT || on_refusal(&CONFLICT, row, data, error);
}

static gboolean on_row(const SheetRow *row, gpointer data, GError **error)
{
    Ingest *self = data;
    const gint64 n_before = drop_reader_counts(self->reader).n_rows;
    if (!drop_reader_row(row, self->reader, error))
        return FALSE;
    if (drop_reader_counts(self->reader).n_rows > n_before)
        wm_drop_count_row(self->writer);
    return TRUE;
}

static gboolean read_source(Ingest *self, const WmRecipe *recipe, CsvFacts *facts, GError **error)
{
    const SourceOptions options = {.dialect = recipe ? recipe->dialect : (CsvDialect){0}, .sheet = recipe ? recipe->sheet : NULL};
    if (!source_read(self->request->path, &options, on_row, self, facts, error) || !drop_reader_finish(self->reader, error))
        return FALSE;
    drop_reader_report(self->reader, self->request->problems);
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
    Ingest self = {.writer = writer, .request = request};
    const DropSink sink = {on_reading, on_refusal, &self};
    g_autoptr(DropReader) reader = self.reader = drop_reader_new(plan, recipe, request->name, &sink);
    CsvFacts facts = {0};
    if (!read_source(&self, recipe, &facts, error))
        return FALSE;
    if (facts.was_windows_1252)
        wm_drop_set_windows_1252(writer);
    const WmDropInfo info = wm_drop_info(writer);
    *out = result_of(&info);
    const RowCounts counts = drop_reader_counts(reader);
    out->n_skipped = counts.n_filtered + counts.n_without + counts.n_unknown_units;
    if (request->is_dry_run) {
        out->drop = 0; /* the writer rolls back */
        return !request->preview || ingest_preview_fill(request->preview, store, info.id, error);
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
