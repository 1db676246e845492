/* cli/batch/inputs.h: what a plan's outputs come from, as one hash. */
#ifndef WM_CLI_BATCH_INPUTS_H
#define WM_CLI_BATCH_INPUTS_H

#include "cli/command.h"

/* SHA-256, in hex, over the name and content of every file in a plan's folder, but for what Waymark makes there itself (the store,
 * quarantine, out) and the folder `skipped` (canonical; may be NULL). Hidden files do not count. New; NULL with WM_ERROR_FILE. */
char *plan_inputs_hash(const char *folder, const char *skipped, GError **error);

/* What tells the drops in a plan's store from those of another time, where others give drops to it that are in no folder here:
 * where it is at an address; "" of a file. New; NULL with *error. */
char *plan_drops_hash(const WmPlan *plan, WmStore *store, const CommonOptions *common, GError **error);

/* Names in a folder, sorted, hidden ones left out; empty where there is no such folder. New. */
GPtrArray *sorted_names(const char *folder);

#endif
