/* engine/data/plan/plan_new.h: taking back a starter plan that cannot be ended. */
#ifndef WM_DATA_PLAN_NEW_H
#define WM_DATA_PLAN_NEW_H

#include <glib.h>

/* The highest folder on the way to `folder` that is not there: making `folder` begins with it. New; NULL: `folder` is there. */
char *plan_new_first_missing(const char *folder);

/* Take away what wm_plan_new wrote into `folder`, and the folders from `folder` up to `first_missing` (NULL: none). What else lies
 * there stays, with its folders. *error, which says why, says what is left, too. */
void plan_new_undo(const char *folder, const char *first_missing, GError **error);

#endif
