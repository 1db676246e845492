/* Assessments by the store's own server. */
#include "engine/data/store/store_private.h"

gboolean store_can_assess(WmStore *self, gboolean *can, GError **error)
{
    *can = FALSE;
    return !self->backend->can_assess || self->backend->can_assess(self, can, error);
}

gboolean store_assess(WmStore *self, const AssessQuestion *question, AssessedFunc func, gpointer data, GError **error)
{
    g_assert(self->backend->assess);
    return self->backend->assess(self, question, func, data, error);
}
