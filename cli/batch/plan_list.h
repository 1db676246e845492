/* cli/batch/plan_list.h: the plans that a list names. */
#ifndef WM_CLI_BATCH_PLAN_LIST_H
#define WM_CLI_BATCH_PLAN_LIST_H

#include "cli/batch/batch.h"

/* Add a pack for each line of the file: the path of a plan, from the list's own folder. FALSE with WM_ERROR_FILE, or with
 * WM_ERROR_INPUT where it is no list, or where two packs would share a folder. */
gboolean plan_list_read(PackBatch *batch, const char *path, GError **error);

#endif
