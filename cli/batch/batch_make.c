/* One pack: made, or found as it should be. */
#include <string.h>

#include "cli/batch/batch.h"
#include "cli/batch/inputs.h"
#include "cli/month_job.h"

const char *pack_end_name(PackEnd end)
{
    static const char *const NAMES[N_PACK_ENDS] = {[PACK_MADE] = "made",     [PACK_UNCHANGED] = "unchanged", [PACK_KEPT] = "kept",
                                                   [PACK_FAILED] = "failed", [PACK_CRASHED] = "crashed",     [PACK_LEFT] = "left"};
    return NAMES[end];
}

/* Of a plan's folder, and of the drops in its store; `drops` where they are known. New. */
static char *inputs_of(const PackBatch *self, const Pack *pack, const char *drops, GError **error)
{
    if (self->inputs)
        return g_strdup(self->inputs);
    g_autofree char *folder = g_file_test(pack->plan, G_FILE_TEST_IS_DIR) ? g_strdup(pack->plan) : g_path_get_dirname(pack->plan);
    g_autofree char *hash = plan_inputs_hash(folder, self->out, error);
    return hash ? g_strconcat(hash, drops, NULL) : NULL;
}

/* Everything that a pack comes from: the program, what was asked for, and the plan's files and drops. New. */
static char *key_of(const PackBatch *self, const Pack *pack, const char *drops, GError **error)
{
    const BatchOptions *options = self->options;
    g_autofree char *inputs = inputs_of(self, pack, drops, error);
    if (!inputs)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "%s %d\n%s\n%s\n%d %d\n%d %d %d", WM_VERSION, WM_METHOD_VERSION, inputs, pack->unit ? pack->unit : "",
                    (int)options->common->as_at, (int)options->since, options->files.wants_pdf, options->files.wants_workbook,
                    options->files.wants_every_spc);
    for (int i = 0; i < WM_N_FORMATS; i++)
        g_string_append_printf(text, " %d", options->files.wants_chart[i]);
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text->str, (gssize)text->len);
}

/* The key before anything is done: of a plan by itself, what is in its store now. */
static char *key_now(const PackBatch *self, const Pack *pack, GError **error)
{
    if (pack->unit)
        return key_of(self, pack, "", error);
    g_autoptr(WmProblems) problems = wm_problems_new(); /* told when it is made */
    g_autoptr(WmPlan) plan = wm_plan_read(pack->plan, problems, error);
    g_autofree char *place = plan ? store_place(plan, self->options->common) : NULL;
    if (!plan)
        return NULL;
    g_autoptr(WmStore) store = wm_store_is_address(place) ? wm_store_open(place, error) : NULL;
    if (wm_store_is_address(place) && !store)
        return NULL;
    g_autofree char *drops = plan_drops_hash(plan, store, self->options->common, error);
    return drops ? key_of(self, pack, drops, error) : NULL;
}

/* A pack that failed is tried again. */
static gboolean is_made(const PackBatch *self, const Pack *pack, const char *key)
{
    g_autoptr(PackRecord) record = self->options->is_forced ? NULL : pack_record_read(pack->folder);
    return record && record->code == EXIT_DONE && (self->options->is_resumed || strcmp(record->key, key) == 0) &&
           pack_record_is_whole(pack->folder);
}

gboolean pack_batch_has(const PackBatch *self, size_t i)
{
    const Pack *pack = g_ptr_array_index(self->packs, i);
    g_autofree char *key = pack->unit ? key_now(self, pack, NULL) : NULL;
    return key && is_made(self, pack, key);
}

static gboolean write_pack(const PackBatch *self, const Pack *pack, const char *key, const WmMonth *month, GError **error)
{
    g_autoptr(PackRecord) record = pack_record_new(pack->name);
    g_free(record->key);
    record->key = g_strdup(key);
    pack_record_take(record, month);
    return month_files_write(month, &self->options->files, pack->folder, NULL, error) &&
           pack_record_write(record, pack->folder, error);
}

/* As `waymark run` does it. Its key is of the drops that were taken in by then. */
static gboolean make_plan(const PackBatch *self, const Pack *pack, GError **error)
{
    g_auto(MonthJob) job = {0};
    CommonOptions common = *self->options->common;
    common.is_quiet = TRUE; /* the batch speaks for its packs */
    common.progress = PROGRESS_NEVER;
    if (!month_job_do(&job, pack->plan, self->options->since, &common, error) || !month_job_compare(&job, 0, error))
        return FALSE;
    g_autofree char *drops = plan_drops_hash(job.plan, job.store, &common, error),
                    *key = drops ? key_of(self, pack, drops, error) : NULL;
    return key && write_pack(self, pack, key, job.month, error);
}

/* What all units share was read before this process began; the store is opened once in each. */
gboolean pack_batch_open_nation(PackBatch *self, GError **error)
{
    if (self->store)
        return TRUE;
    self->store = open_store(self->nation, self->options->common, error);
    if (self->store)
        wm_months_use(self->months, self->store);
    return self->store != NULL;
}

static gboolean make_unit(PackBatch *self, const Pack *pack, const char *key, GError **error)
{
    if (!pack_batch_open_nation(self, error))
        return FALSE;
    g_autoptr(WmMonth) month = wm_months_of_unit(self->months, pack->unit, error);
    return month && write_pack(self, pack, key, month, error);
}

static gboolean make(PackBatch *self, const Pack *pack, const char *key, GError **error)
{
    return pack_record_clear(pack->folder, error) &&
           (pack->unit ? make_unit(self, pack, key, error) : make_plan(self, pack, error));
}

/* The same wherever the plans lie: summary and index go to others, on other machines. */
static const char *from_base(const PackBatch *self, const char *message)
{
    const size_t length = strlen(self->base);
    return g_str_has_prefix(message, self->base) && message[length] == G_DIR_SEPARATOR ? message + length + 1 : message;
}

/* What went wrong stands in the pack's record, for the summary. */
static int leave_failure(const PackBatch *self, const Pack *pack, const GError *cause)
{
    const int code = cause->domain == WM_ERROR ? cause->code : WM_ERROR_FILE;
    g_autoptr(PackRecord) record = pack_record_failed(pack->name, code, from_base(self, cause->message));
    if (code != WM_ERROR_INTERRUPTED)
        pack_record_write(record, pack->folder, NULL);
    return code;
}

int pack_batch_make(PackBatch *self, size_t i)
{
    const Pack *pack = g_ptr_array_index(self->packs, i);
    g_autoptr(GError) error = NULL;
    if (is_interrupted(NULL))
        return WM_ERROR_INTERRUPTED;
    g_autofree char *key = key_now(self, pack, &error);
    if (key && is_made(self, pack, key))
        return PACK_NOTHING_TO_DO;
    if (!key || !make(self, pack, key, &error))
        return leave_failure(self, pack, error);
    return EXIT_DONE;
}
