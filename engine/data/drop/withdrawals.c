/* Withdrawals: a row a drop, known by its content and the day it was received. */
#include "engine/data/drop/withdrawals.h"

#include <string.h>

#include "engine/data/text/number_text.h"
#include "engine/data/text/table.h"
#include "engine/data/text/whole_file.h"

#define FOLDER "drops"
#define ADVICE "make room, and make the plan folder writable"

typedef struct {
    const char *file, *hash, *note;
    WmDay received, withdrawn;
    int line;
} Withdrawal;

static const Column COLUMNS[] = {
    {.name = "file", .kind = CELL_TEXT, .offset = G_STRUCT_OFFSET(Withdrawal, file)},
    {.name = "received", .kind = CELL_DAY, .offset = G_STRUCT_OFFSET(Withdrawal, received), .is_required = TRUE},
    {.name = "withdrawn", .kind = CELL_DAY, .offset = G_STRUCT_OFFSET(Withdrawal, withdrawn), .is_required = TRUE},
    {.name = "hash", .kind = CELL_TEXT, .offset = G_STRUCT_OFFSET(Withdrawal, hash), .is_required = TRUE},
    {.name = "note", .kind = CELL_TEXT, .offset = G_STRUCT_OFFSET(Withdrawal, note)},
};

static const TableSpec SPEC = {.file = WITHDRAWALS,
                               .row_size = sizeof(Withdrawal),
                               .line_offset = G_STRUCT_OFFSET(Withdrawal, line),
                               .columns = COLUMNS,
                               .n_columns = G_N_ELEMENTS(COLUMNS)};

/* The file's rows; texts in `texts`. New. */
static GArray *read_file(const WmPlan *plan, GStringChunk *texts, WmProblems *problems, GError **error)
{
    g_autofree char *folder = g_build_filename(plan->folder, FOLDER, NULL);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(Withdrawal));
    g_autoptr(WmProblems) ignored = problems ? NULL : wm_problems_new();
    const PlanSource source = {.folder = folder}; /* a workbook's drops lie in a folder, too */
    return table_read(&SPEC, &source, rows, NULL, texts, problems ? problems : ignored, error) ? g_steal_pointer(&rows) : NULL;
}

static gboolean write_file(const WmPlan *plan, const GArray *rows, GError **error)
{
    g_autofree char *path = g_build_filename(plan->folder, FOLDER, WITHDRAWALS, NULL);
    g_autoptr(GString) text = g_string_new("file,received,withdrawn,hash,note\n");
    for (guint i = 0; i < rows->len; i++) {
        const Withdrawal *one = &g_array_index(rows, Withdrawal, i);
        char received[WM_PERIOD_TEXT], withdrawn[WM_PERIOD_TEXT];
        const char *const fields[] = {one->file, wm_day_format_iso(one->received, received),
                                      wm_day_format_iso(one->withdrawn, withdrawn), one->hash, one->note};
        csv_append_row(text, fields, G_N_ELEMENTS(fields));
    }
    g_autoptr(WholeFile) file = whole_file_begin(path, ADVICE, error);
    return file && whole_file_write(file, text->str, text->len, error) && whole_file_commit(file, NULL, MUST_BE_ON_DISK, error);
}

static gboolean is_same_content(const Withdrawal *row, const WmDropInfo *drop)
{
    return row->received == drop->received && strcmp(row->hash, drop->hash) == 0;
}

/* One content may come twice on a day: then the row's file says which is meant. A file may also have been renamed since. */
static gboolean is_of(const Withdrawal *row, const WmDropInfo *drop, const GArray *drops)
{
    if (!is_same_content(row, drop) || strcmp(row->file, drop->file) == 0)
        return is_same_content(row, drop);
    for (guint i = 0; i < drops->len; i++) {
        const WmDropInfo *other = &g_array_index(drops, WmDropInfo, i);
        if (is_same_content(row, other) && strcmp(row->file, other->file) == 0)
            return FALSE;
    }
    return TRUE;
}

static const WmDropInfo *find_drop(const GArray *drops, gint64 id)
{
    for (guint i = 0; i < drops->len; i++)
        if (g_array_index(drops, WmDropInfo, i).id == id)
            return &g_array_index(drops, WmDropInfo, i);
    return NULL;
}

/* A drop that was read again no longer counts from that day on, or from an earlier one on which its file is withdrawn. */
static WmDay day_for(const GArray *rows, const WmDropInfo *drop, const GArray *drops)
{
    const WmDropInfo *again = drop->replaced_by ? find_drop(drops, drop->replaced_by) : NULL;
    WmDay day = again ? again->since : drop->replaced_by ? drop->withdrawn : WM_NO_DAY;
    for (guint i = 0; i < rows->len; i++) {
        const Withdrawal *row = &g_array_index(rows, Withdrawal, i);
        if (is_of(row, drop, drops))
            day = drop->replaced_by && day != WM_NO_DAY ? MIN(day, row->withdrawn) : row->withdrawn;
    }
    return day;
}

gboolean withdrawals_apply(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    g_autoptr(GStringChunk) texts = g_string_chunk_new(1024);
    g_autoptr(GArray) rows = read_file(plan, texts, problems, error);
    g_autoptr(GArray) drops = rows ? wm_store_drops(store, WM_NO_DAY, error) : NULL;
    for (guint i = 0; drops && i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        const WmDay day = day_for(rows, drop, drops);
        if (day != drop->withdrawn && !wm_store_set_withdrawn(store, drop->id, day, NULL, error))
            return FALSE;
    }
    return drops != NULL;
}

gboolean withdrawals_check(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error)
{
    g_autoptr(GStringChunk) texts = g_string_chunk_new(1024);
    g_autoptr(GArray) rows = read_file(plan, texts, problems, error);
    g_autoptr(GArray) drops = rows ? wm_store_drops(store, WM_NO_DAY, error) : NULL;
    for (guint i = 0; drops && i < drops->len; i++) {
        const WmDropInfo *drop = &g_array_index(drops, WmDropInfo, i);
        if (day_for(rows, drop, drops) != drop->withdrawn)
            wm_problems_add(problems, &(WmProblem){.file = FOLDER G_DIR_SEPARATOR_S WITHDRAWALS,
                                                   .severity = WM_SEVERITY_WARNING,
                                                   .code = "other_withdrawals",
                                                   .message = "it and the store do not agree on which drops are withdrawn",
                                                   .advice = "`waymark run` brings the store in line with it"});
    }
    return drops != NULL;
}

/* The row of a drop, or of none where it is restored, in place of what the file said of it. */
static gboolean note_in_file(const WmPlan *plan, const WmDropInfo *drop, const GArray *drops, WmDay day, const char *note,
                             GError **error)
{
    g_autoptr(GStringChunk) texts = g_string_chunk_new(1024);
    g_autoptr(GArray) rows = read_file(plan, texts, NULL, error);
    if (!rows)
        return FALSE;
    for (guint i = rows->len; i-- > 0;)
        if (is_of(&g_array_index(rows, Withdrawal, i), drop, drops))
            g_array_remove_index(rows, i);
    const Withdrawal row = {drop->file, drop->hash, note ? note : "", drop->received, day, 0};
    if (day != WM_NO_DAY)
        g_array_append_val(rows, row);
    return write_file(plan, rows, error);
}

static WmDay latest_day(WmStore *store, GError **error)
{
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    WmDay latest = WM_NO_DAY;
    for (guint i = 0; drops && i < drops->len; i++)
        latest = MAX(latest, g_array_index(drops, WmDropInfo, i).since);
    return latest;
}

static gboolean fail_unknown(const WmPlan *plan, gint64 drop, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT,
                 &(WmErrorPlace){.file = plan->folder, .advice = "`waymark history` and `waymark ingest` print each drop's number"},
                 "there is no drop %" G_GINT64_FORMAT, drop);
    return FALSE;
}

static gboolean fail_replaced(const WmDropInfo *drop, GError **error)
{
    wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.file = drop->file, .advice = "withdraw that one: both go"},
                 "drop %" G_GINT64_FORMAT " was read again, and drop %" G_GINT64_FORMAT " stands for it", drop->id,
                 drop->replaced_by);
    return FALSE;
}

/* What is withdrawn may stand in another delivery, too. */
static gboolean find_other(WmStore *store, const WmDropInfo *drop, WmDay day, WmWithdrawResult *out, GError **error)
{
    g_autoptr(GArray) same = day != WM_NO_DAY ? wm_store_same_content(store, drop->id, error) : NULL;
    if (day == WM_NO_DAY)
        return TRUE;
    if (same && same->len > 0) {
        out->other = g_array_index(same, WmDropInfo, 0).id;
        g_strlcpy(out->other_file, g_array_index(same, WmDropInfo, 0).file, sizeof out->other_file);
    }
    return same != NULL;
}

gboolean wm_ingest_withdraw(WmStore *store, const WmPlan *plan, const WmWithdrawRequest *request, WmWithdrawResult *out,
                            GError **error)
{
    *out = (WmWithdrawResult){.day = request->day};
    g_autoptr(GArray) drops = wm_store_drops(store, WM_NO_DAY, error);
    if (!drops)
        return FALSE;
    const WmDropInfo *drop = find_drop(drops, request->drop);
    if (!drop)
        return fail_unknown(plan, request->drop, error);
    if (drop->replaced_by)
        return fail_replaced(drop, error);
    if (!request->is_restore && out->day == WM_NO_DAY)
        out->day = latest_day(store, error);
    const WmDay day = request->is_restore ? WM_NO_DAY : out->day;
    out->was_so = drop->withdrawn == day;
    g_strlcpy(out->file, drop->file, sizeof out->file);
    out->counts = *drop;
    out->counts.file = out->counts.hash = out->counts.recipe = NULL;
    if (!find_other(store, drop, day, out, error))
        return FALSE;
    if (request->is_dry_run)
        return wm_store_try_withdrawal(store, drop->id, day, &out->n_changed, error);
    /* The file first: killed in between, the next run brings the store in line with it. */
    return note_in_file(plan, drop, drops, day, request->note, error) &&
           wm_store_set_withdrawn(store, drop->id, day, &out->n_changed, error) && withdrawals_apply(store, plan, NULL, error);
}
