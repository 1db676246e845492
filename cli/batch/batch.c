/* Which packs there are. */
#include "cli/batch/batch.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <waymark/ingest.h>

#include "cli/batch/inputs.h"
#include "cli/batch/plan_list.h"
#include "cli/chart_files.h"
#include "cli/usable_plan.h"
#include "engine/data/drop/source.h"
#include "engine/data/plan/plan_source.h"
#include "engine/data/store/store_assess.h"

#define NATION_AREA "_area" /* the pack of the nation's own figures */

static void pack_free(gpointer data)
{
    Pack *self = data;
    g_free(self->name);
    g_free(self->plan);
    g_free(self->unit);
    g_free(self->folder);
    g_free(self);
}

static void record_free(gpointer data)
{
    pack_record_free(data);
}

void pack_batch_free(PackBatch *self)
{
    if (!self)
        return;
    g_free(self->operand);
    g_free(self->base);
    g_free(self->out);
    g_free(self->inputs);
    g_ptr_array_unref(self->packs);
    g_ptr_array_unref(self->records);
    g_clear_pointer(&self->months, wm_months_free);
    g_clear_pointer(&self->store, wm_store_close);
    wm_plan_free(self->nation);
    folder_lock_free(self->alone);
    g_free(self);
}

void pack_batch_add(PackBatch *self, const char *name, const char *plan, const char *unit)
{
    Pack *pack = g_new0(Pack, 1);
    const char *only = self->options->only;
    *pack = (Pack){
        .name = g_strdup(name),
        .plan = g_strdup(plan),
        .unit = g_strdup(unit),
        .folder = g_build_filename(self->out, "packs", name, NULL),
        .is_left_out = only && !g_pattern_match_simple(only, name),
    };
    g_ptr_array_add(self->packs, pack);
    g_ptr_array_add(self->records, NULL);
}

/* A link that leads nowhere, too. */
static gboolean is_there(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static gboolean is_plan(const char *folder)
{
    g_autofree char *ini = g_build_filename(folder, PLAN_INI, NULL), *book = g_build_filename(folder, PLAN_WORKBOOK, NULL);
    return is_there(ini) || is_there(book);
}

/* A folder whose content cannot be told may be a plan: it gets a pack, which then says why it failed. */
static gboolean is_closed(const char *folder)
{
    return g_access(folder, R_OK | X_OK) != 0;
}

/* Plans lie in folders of any depth, and not in one another. A link is not followed, lest it lead back. */
static void find_plans(PackBatch *self, const char *folder, const char *below)
{
    g_autoptr(GPtrArray) names = sorted_names(folder);
    for (guint i = 0; i < names->len; i++) {
        const char *name = g_ptr_array_index(names, i);
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *inner = *below ? g_build_filename(below, name, NULL) : g_strdup(name);
        if (!g_file_test(path, G_FILE_TEST_IS_DIR) || g_file_test(path, G_FILE_TEST_IS_SYMLINK) || strcmp(path, self->out) == 0)
            continue;
        if (is_plan(path) || is_closed(path))
            pack_batch_add(self, inner, path, NULL);
        else
            find_plans(self, path, inner);
    }
}

/* ---- a nation ---- */

static gboolean write_text(const PackBatch *self, const char *name, const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(self->out, name, NULL);
    return text && write_output(path, text, strlen(text), error);
}

/* What each unit is held against; not where no unit is made anew. */
gboolean pack_batch_prepare(PackBatch *self, size_t n_to_make, GError **error)
{
    if (!self->nation)
        return TRUE;
    const gboolean is_done = n_to_make == 0 || wm_months_prepare(self->months, error);
    wm_months_use(self->months, NULL);
    g_clear_pointer(&self->store, wm_store_close); /* each process opens its own */
    return is_done;
}

/* A unit may be called as the nation's own pack is; its tilde is in no stem that keeps an id as it is. */
static char *name_of_unit(const char *unit)
{
    if (!*unit)
        return g_strdup(NATION_AREA);
    return strcmp(unit, NATION_AREA) == 0 ? g_strdup(NATION_AREA "~unit") : file_stem(&unit, 1);
}

static gboolean add_drops(PackBatch *self, GError **error)
{
    g_autofree char *folder = self->inputs, *drops = plan_drops_hash(self->nation, self->store, self->options->common, error);
    self->inputs = drops ? g_strconcat(folder, drops, NULL) : NULL;
    return drops != NULL;
}

static gboolean say_who_assesses(const PackBatch *self, GError **error)
{
    gboolean can;
    if (!store_can_assess(self->store, &can, error))
        return FALSE;
    if (can)
        say(self->options->common, "the store's server assesses");
    return TRUE;
}

/* Take in what is new, and list the units; what is not about one of them is found here, once. */
static gboolean find_units(PackBatch *self, WmProblems *problems, GError **error)
{
    self->store = open_store(self->nation, self->options->common, error);
    size_t n_new;
    if (!self->store || !wm_ingest_drops(self->store, self->nation, problems, &n_new, error) ||
        !wm_ingest_write_quarantine(self->store, self->nation, error))
        return FALSE;
    say(self->options->common, "%zu new drop%s", n_new, n_new == 1 ? "" : "s");
    if (!say_who_assesses(self, error))
        return FALSE;
    if (!add_drops(self, error))
        return FALSE;
    self->months = wm_months_new(self->nation, self->store, self->options->common->as_at, self->options->since, error);
    if (!self->months)
        blame_drop(self->nation, self->store, problems, error);
    const GPtrArray *units = self->months ? wm_months_units(self->months, error) : NULL;
    if (!units || !wm_months_check(self->months, problems, error))
        return FALSE;
    for (guint i = 0; i < units->len; i++) {
        const char *unit = g_ptr_array_index(units, i);
        g_autofree char *name = name_of_unit(unit);
        pack_batch_add(self, name, self->operand, unit);
    }
    self->n_errors = wm_problems_count(problems, WM_SEVERITY_ERROR);
    self->n_warnings = wm_problems_count(problems, WM_SEVERITY_WARNING) - self->n_errors;
    g_autofree char *checks = wm_problems_to_csv(problems);
    return write_text(self, "checks.csv", checks, error);
}

/* Whether ROOT is a plan; one without units is a pack of its own. */
static gboolean find_nation(PackBatch *self, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    self->nation = wm_plan_read(self->operand, problems, error);
    if (!self->nation)
        return FALSE;
    if (self->nation->n_units == 0) {
        g_autofree char *name = g_path_get_basename(self->operand);
        g_clear_pointer(&self->nation, wm_plan_free);
        pack_batch_add(self, name, self->operand, NULL);
        return TRUE;
    }
    wm_plan_check(self->nation, problems);
    if (!plan_is_usable(self->nation, problems, error))
        return FALSE;
    self->inputs = plan_inputs_hash(self->nation->folder, self->out, error);
    return self->inputs && find_units(self, problems, error);
}

static gboolean find_packs(PackBatch *self, GError **error)
{
    if (is_plan(self->operand) || source_is_workbook(self->operand))
        return find_nation(self, error);
    if (!g_file_test(self->operand, G_FILE_TEST_IS_DIR))
        return plan_list_read(self, self->operand, error);
    find_plans(self, self->operand, "");
    return TRUE;
}

/* A store is one plan's: several in one would take each other's drops for their own. */
static gboolean is_one_store_enough(const PackBatch *self, GError **error)
{
    if (!self->options->common->store || self->nation || self->packs->len < 2)
        return TRUE;
    wm_error_set(error, WM_ERROR_USAGE,
                 &(WmErrorPlace){.advice = "say it in each plan.ini, [store] url, a database for each; --store is for one plan"},
                 "--store names one store, and there are %u plans", self->packs->len);
    return FALSE;
}

/* Packs of an as-at that was asked for stand beside those of others. */
static char *out_of(const PackBatch *self)
{
    const CommonOptions *common = self->options->common;
    char as_at[WM_PERIOD_TEXT];
    if (common->out)
        return g_canonicalize_filename(common->out, NULL);
    return common->as_at == WM_NO_DAY ? g_build_filename(self->base, "batch", NULL)
                                      : g_build_filename(self->base, "batch", wm_day_format_iso(common->as_at, as_at), NULL);
}

PackBatch *pack_batch_new(const BatchOptions *options, const char *operand, GError **error)
{
    g_autoptr(PackBatch) self = g_new0(PackBatch, 1);
    self->options = options;
    self->packs = g_ptr_array_new_with_free_func(pack_free);
    self->records = g_ptr_array_new_with_free_func(record_free);
    self->operand = g_canonicalize_filename(operand, NULL);
    self->base = g_file_test(self->operand, G_FILE_TEST_IS_DIR) ? g_strdup(self->operand) : g_path_get_dirname(self->operand);
    self->out = out_of(self);
    if (!find_packs(self, error) || !is_one_store_enough(self, error))
        return NULL;
    if (self->packs->len == 0) {
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = operand,
                                     .advice = "name a folder with plans below it, a plan whose units have "
                                               "readings, or a list of plans"},
                     "there is no plan to do");
        return NULL;
    }
    return g_steal_pointer(&self);
}
