/* What a batch came to. */
#include "cli/batch/summary.h"

#include <string.h>

#include "cli/batch/measure_page.h"
#include "engine/data/text/number_text.h"
#include "engine/data/text/whole_file.h"

static const OutputColumn COLUMNS[] = {
    {"pack", FALSE},   {"area", FALSE},  {"as_at", FALSE},   {"state", FALSE},   {"series", TRUE}, {"red", TRUE},
    {"amber", TRUE},   {"green", TRUE},  {"blue", TRUE},     {"white", TRUE},    {"grey", TRUE},   {"exceptions", TRUE},
    {"changes", TRUE}, {"errors", TRUE}, {"warnings", TRUE}, {"message", FALSE},
};

static const PackRecord *record_at(const PackBatch *batch, guint i)
{
    return g_ptr_array_index(batch->records, i);
}

static void add_row(Output *out, const PackRecord *record)
{
    const gint64 numbers[] = {record->n_series,           record->n_status[WM_RED],  record->n_status[WM_AMBER],
                              record->n_status[WM_GREEN], record->n_status[WM_BLUE], record->n_status[WM_WHITE],
                              record->n_status[WM_GREY],  record->n_exceptions,      record->n_changes,
                              record->n_errors,           record->n_warnings};
    const char *cells[G_N_ELEMENTS(COLUMNS)] = {record->name, record->area, record->as_at, record->code ? "failed" : "done"};
    char texts[G_N_ELEMENTS(numbers)][24];
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_snprintf(texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, numbers[i]);
        cells[4 + i] = record->code ? "" : texts[i];
    }
    cells[G_N_ELEMENTS(COLUMNS) - 1] = record->message;
    output_add(out, cells);
}

Output *summary_new(const PackBatch *batch)
{
    Output *out = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint i = 0; i < batch->records->len; i++)
        if (record_at(batch, i))
            add_row(out, record_at(batch, i));
    return out;
}

static gboolean write_table(const PackBatch *batch, const Output *summary, const char *name, OutputFormat format, GError **error)
{
    g_autoptr(GString) text = output_text(summary, format);
    g_autofree char *path = g_build_filename(batch->out, name, NULL);
    return write_output(path, text->str, text->len, error);
}

/* ---- the index ---- */

static WmBatchPack describe(const PackRecord *record, char *folder)
{
    WmBatchPack pack = {.name = record->name,
                        .area = record->area,
                        .folder = folder,
                        .message = record->code ? record->message : "",
                        .n_series = (size_t)record->n_series,
                        .n_exceptions = (size_t)record->n_exceptions,
                        .n_changes = (size_t)record->n_changes,
                        .n_errors = (size_t)record->n_errors,
                        .n_warnings = (size_t)record->n_warnings};
    for (int rag = 0; rag < WM_N_RAGS; rag++)
        pack.n_status[rag] = (size_t)record->n_status[rag];
    if (!wm_day_parse(record->as_at, WM_PERIOD_FINANCIAL_YEAR, &pack.as_at))
        pack.as_at = WM_NO_DAY;
    return pack;
}

/* Their common as-at; WM_NO_DAY where packs have their own. */
static WmDay common_as_at(const GArray *packs)
{
    WmDay day = WM_NO_DAY;
    for (guint i = 0; i < packs->len; i++) {
        const WmBatchPack *pack = &g_array_index(packs, WmBatchPack, i);
        if (*pack->message)
            continue;
        if (day != WM_NO_DAY && pack->as_at != day)
            return WM_NO_DAY;
        day = pack->as_at;
    }
    return day;
}

/* A nation's own title, else the name of what was asked for. New. */
static char *title_of(const PackBatch *batch)
{
    return batch->nation ? g_strdup(batch->nation->settings.title) : g_path_get_basename(batch->operand);
}

/* New. */
static char *say_checks(const PackBatch *batch)
{
    return g_strdup_printf("what was found in the nation's own tables and drops: %zu error%s, %zu warning%s", batch->n_errors,
                           s_of(batch->n_errors), batch->n_warnings, s_of(batch->n_warnings));
}

enum { N_FILES_OF_PLANS = 2 }; /* a nation has those of its units, too */

/* Tables that are there: areas.csv is not where a measure could not be made. */
static void list_tables(const PackBatch *batch, GArray *files, const WmBatchFile *tables, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autofree char *path = g_build_filename(batch->out, tables[i].path, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            g_array_append_val(files, tables[i]);
    }
}

/* The page of each measure; `paths` takes what they point to. */
static void list_pages(const PackBatch *batch, GArray *files, GPtrArray *paths)
{
    for (size_t i = 0; batch->nation && i < batch->nation->n_indicators; i++) {
        const WmIndicator *indicator = &batch->nation->indicators[i];
        char *path = measure_page_path(batch, i);
        const WmBatchFile page = {path, "", *indicator->title ? indicator->title : indicator->indicator};
        if (!path)
            continue;
        g_ptr_array_add(paths, path);
        g_array_append_val(files, page);
    }
}

static gboolean write_index(const PackBatch *batch, GError **error)
{
    g_autoptr(GArray) packs = g_array_new(FALSE, FALSE, sizeof(WmBatchPack));
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < batch->records->len; i++) {
        const PackRecord *record = record_at(batch, i);
        if (!record)
            continue;
        char *folder = g_strconcat("packs/", record->name, NULL);
        g_ptr_array_add(folders, folder);
        const WmBatchPack pack = describe(record, folder);
        g_array_append_val(packs, pack);
    }
    g_autofree char *title = title_of(batch), *path = g_build_filename(batch->out, "index.html", NULL);
    g_autofree char *checks = say_checks(batch);
    const WmBatchFile tables[] = {{"summary.csv", "the table below", NULL},
                                  {"assessments.csv", "every measure of every pack, with its status and reasons", NULL},
                                  {"areas.csv", "every area's rank, quarter, funnel and comparators, measure by measure", NULL},
                                  {"checks.csv", checks, NULL}};
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(WmBatchFile));
    list_tables(batch, files, tables, batch->nation ? G_N_ELEMENTS(tables) : N_FILES_OF_PLANS);
    list_pages(batch, files, folders);
    g_autoptr(WmDocument) document = wm_report_batch(title, common_as_at(packs), (const WmBatchPack *)(const void *)packs->data,
                                                     packs->len, (const WmBatchFile *)(const void *)files->data, files->len);
    g_autoptr(GBytes) html = wm_document_to_html(document, error);
    gsize length;
    gconstpointer bytes = html ? g_bytes_get_data(html, &length) : NULL;
    return html && write_output(path, bytes, length, error);
}

/* ---- all assessments, with the pack in front ---- */

/* A record may span lines, for a field may hold a line end within quotes: the pack's name goes in front of each record. */
static gboolean append_rows(WholeFile *out, const char *pack, const char *text, gboolean with_header, GError **error)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    g_autoptr(GString) name = g_string_new(NULL);
    gboolean is_quoted = FALSE, is_header = TRUE;
    csv_append_field(name, pack);
    for (const char *start = text, *c = text; *c; c++) {
        is_quoted ^= *c == '"';
        if (*c != '\n' || is_quoted)
            continue;
        if (!is_header || with_header) {
            g_string_append(rows, is_header ? "pack" : name->str);
            g_string_append_c(rows, ',');
            g_string_append_len(rows, start, c + 1 - start);
        }
        is_header = FALSE;
        start = c + 1;
    }
    return whole_file_write(out, rows->str, rows->len, error);
}

static gboolean write_assessments(const PackBatch *batch, GError **error)
{
    g_autofree char *path = g_build_filename(batch->out, "assessments.csv", NULL);
    g_autoptr(WholeFile) out = whole_file_begin(path, "make room, or choose another folder with --out", error);
    gboolean with_header = TRUE;
    for (guint i = 0; out && i < batch->records->len; i++) {
        const PackRecord *record = record_at(batch, i);
        const Pack *pack = g_ptr_array_index(batch->packs, i);
        g_autofree char *part = g_build_filename(pack->folder, "assessments.csv", NULL), *text = NULL;
        if (!record || record->code || !g_file_get_contents(part, &text, NULL, NULL))
            continue;
        if (!append_rows(out, record->name, text, with_header, error))
            return FALSE;
        with_header = FALSE;
    }
    return out && whole_file_commit(out, NULL, CAN_BE_MADE_AGAIN, error);
}

gboolean summary_write(const PackBatch *batch, const Output *summary, GError **error)
{
    return write_table(batch, summary, "summary.csv", OUTPUT_CSV, error) &&
           write_table(batch, summary, "summary.json", OUTPUT_JSON, error) && write_assessments(batch, error) &&
           write_index(batch, error);
}
