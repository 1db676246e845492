/* Priors by group and day. */
#include "engine/data/plan/prior_set.h"

#include "engine/core/answers/batch_group.h"
#include "engine/data/plan/prior_file.h"

/* One answer given. */
typedef struct {
    WmDay as_at;
    WmPrior prior;
    gboolean is_builtin;
} Answer;

struct PriorSet {
    GArray *file;       /* of WmPrior; NULL without a file */
    GPtrArray *answers; /* of Answer, at addresses that stay */
    GMutex lock;
};

static void answer_free(gpointer data)
{
    Answer *self = data;
    wm_prior_clear(&self->prior);
    g_free(self);
}

PriorSet *prior_set_new(const char *path, GError **error)
{
    GArray *file = path && *path ? prior_file_read(path, error) : NULL;
    if (path && *path && !file)
        return NULL;
    PriorSet *self = g_new0(PriorSet, 1);
    self->file = file;
    self->answers = g_ptr_array_new_with_free_func(answer_free);
    g_mutex_init(&self->lock);
    return self;
}

PriorSet *prior_set_of_plan(const WmPlan *plan, GError **error)
{
    if (!*plan->settings.priors)
        return prior_set_new(NULL, error);
    const char *name = plan->settings.priors;
    g_autofree char *path = g_path_is_absolute(name) ? g_strdup(name) : g_build_filename(plan->folder, name, NULL);
    return prior_set_new(path, error);
}

void prior_set_free(PriorSet *self)
{
    if (!self)
        return;
    g_clear_pointer(&self->file, g_array_unref);
    g_ptr_array_unref(self->answers);
    g_mutex_clear(&self->lock);
    g_free(self);
}

gboolean prior_set_has_file(const PriorSet *self)
{
    return self->file != NULL;
}

/* Periods of one length follow one another alike, whatever month their year begins in. */
static gboolean is_same_time(const WmForecastGroup *a, const WmForecastGroup *b)
{
    const int months = wm_period_kind_months(a->period_kind);
    return a->period_kind == b->period_kind && (months || a->step_days == b->step_days);
}

static const WmPrior *find_in_file(const PriorSet *self, const WmForecastGroup *group)
{
    for (guint i = 0; self->file && i < self->file->len; i++) {
        const WmPrior *prior = &g_array_index(self->file, WmPrior, i);
        if (wm_forecast_group_is_same(&prior->group, group))
            return prior;
    }
    return NULL;
}

const WmPrior *prior_set_only(const PriorSet *self, const WmForecastGroup *group)
{
    const WmPrior *only = NULL;
    for (guint i = 0; self->file && i < self->file->len; i++) {
        const WmPrior *prior = &g_array_index(self->file, WmPrior, i);
        if (!is_same_time(&prior->group, group))
            continue;
        if (only)
            return NULL;
        only = prior;
    }
    return only;
}

static const Answer *find_answer(const PriorSet *self, const WmForecastGroup *group, WmDay as_at)
{
    for (guint i = 0; i < self->answers->len; i++) {
        const Answer *answer = g_ptr_array_index(self->answers, i);
        if ((answer->is_builtin || answer->as_at == as_at) && wm_forecast_group_is_same(&answer->prior.group, group))
            return answer;
    }
    return NULL;
}

static const Answer *add_answer(PriorSet *self, const WmForecastGroup *group, WmDay as_at)
{
    const WmPrior *known = find_in_file(self, group);
    Answer *answer = g_new0(Answer, 1);
    answer->as_at = as_at;
    answer->is_builtin = known == NULL;
    if (!known) {
        wm_prior_builtin(group, &answer->prior);
    } else if (wm_prior_known_by(known, as_at, &answer->prior) != WM_OK) {
        answer_free(answer);
        return NULL;
    }
    g_ptr_array_add(self->answers, answer);
    return answer;
}

const WmPrior *prior_set_find(PriorSet *self, const WmForecastGroup *group, WmDay as_at, gboolean *is_builtin)
{
    g_mutex_lock(&self->lock);
    const Answer *answer = find_answer(self, group, as_at);
    if (!answer)
        answer = add_answer(self, group, as_at);
    g_mutex_unlock(&self->lock);
    if (answer && is_builtin)
        *is_builtin = answer->is_builtin;
    return answer ? &answer->prior : NULL;
}
