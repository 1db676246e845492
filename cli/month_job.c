/* A month, from the plan's path on. */
#include "cli/month_job.h"

#include <waymark/ingest.h>

#include "cli/usable_plan.h"

static gboolean make_public_month(MonthJob *self, WmDay since, const CommonOptions *common, GError **error)
{
    self->hidden = wm_public_new(self->plan, self->store, common->as_at, error);
    if (!self->hidden)
        return FALSE;
    wm_public_withhold(self->hidden, self->plan);
    self->month = wm_month_new_public(self->plan, self->store, common->as_at, since, self->hidden, error);
    return self->month != NULL;
}

static gboolean make_month(MonthJob *self, WmDay since, const CommonOptions *common, GError **error)
{
    size_t n_new;
    progress_line_tell(&self->progress, &(ProgressStep){.event = "drops"});
    self->store = open_store(self->plan, common, error);
    if (!self->store || !wm_ingest_drops(self->store, self->plan, self->problems, &n_new, error) ||
        !wm_ingest_write_quarantine(self->store, self->plan, error))
        return FALSE;
    progress_line_end(&self->progress);
    say(common, "%zu new drop%s", n_new, n_new == 1 ? "" : "s");
    if (self->is_public)
        return make_public_month(self, since, common, error);
    progress_line_tell(&self->progress, &(ProgressStep){.event = "assessments"});
    self->month = wm_month_new(self->plan, self->store, common->as_at, since, self->problems, error);
    return self->month != NULL;
}

gboolean month_job_do(MonthJob *self, const char *plan_path, WmDay since, const CommonOptions *common, GError **error)
{
    self->progress.kind = common->progress;
    self->problems = wm_problems_new();
    self->plan = wm_plan_read(plan_path, self->problems, error);
    if (!self->plan)
        return FALSE;
    wm_plan_check(self->plan, self->problems);
    if (!plan_is_usable(self->plan, self->problems, error))
        return FALSE;
    g_autoptr(GError) cause = NULL;
    if (make_month(self, since, common, &cause))
        return TRUE;
    blame_drop(self->plan, self->store, self->problems, &cause);
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

/* What the board was told of exceptions before this as-at is not to vanish. */
static gboolean keep_exceptions(const MonthJob *self, GError **error)
{
    const WmIssued *before = wm_issued_last(self->packs, self->month->as_at, 1);
    return !before || self->month->is_public || wm_issued_keep_exceptions(before, self->month, self->store, error);
}

gboolean month_job_compare(MonthJob *self, int number, GError **error)
{
    if (!self->packs)
        self->packs = wm_issued_list(self->plan->folder, error);
    if (!self->packs || !keep_exceptions(self, error))
        return FALSE;
    const WmIssued *last = wm_issued_last(self->packs, self->month->as_at, number);
    if (!last)
        return TRUE;
    if (last->as_at != self->month->previous_as_at) {
        self->compared = wm_month_new(self->plan, self->store, self->month->as_at, last->as_at, NULL, error);
        if (!self->compared)
            return FALSE;
    }
    self->diff = wm_diff_new(self->compared ? self->compared : self->month, self->store, last, error);
    self->month->since_issued = self->diff;
    return self->diff != NULL;
}

void month_job_clear(MonthJob *self)
{
    progress_line_end(&self->progress);
    g_clear_pointer(&self->diff, wm_diff_free);
    g_clear_pointer(&self->compared, wm_month_free);
    g_clear_pointer(&self->packs, g_ptr_array_unref);
    g_clear_pointer(&self->month, wm_month_free);
    g_clear_pointer(&self->hidden, wm_public_free);
    if (self->store)
        wm_store_close(self->store);
    g_clear_pointer(&self->plan, wm_plan_free);
    g_clear_pointer(&self->problems, wm_problems_free);
    self->store = NULL;
}
