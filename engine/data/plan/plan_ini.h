/* engine/data/plan/plan_ini.h: the keys of plan.ini, or of the sheet that stands in for it, each with where it stands. */
#ifndef WM_DATA_PLAN_INI_H
#define WM_DATA_PLAN_INI_H

#include "engine/data/plan/plan_source.h"

typedef struct {
    char *group, *key, *value;
    int line; /* 0 when it is not found again */
} PlanKey;

typedef struct {
    GArray *keys; /* of PlanKey, in their order */
} PlanIni;

/* New, or NULL with *error when it is not there or cannot be read. What is odd but usable is added to `problems`. */
PlanIni *plan_ini_read(const PlanSource *source, WmProblems *problems, GError **error);
void plan_ini_free(PlanIni *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlanIni, plan_ini_free)

/* NULL when there is no such key; the last, where a key stands twice. Borrowed. */
const PlanKey *plan_ini_find(const PlanIni *self, const char *group, const char *key);

#endif
