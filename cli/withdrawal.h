/* cli/withdrawal.h: `waymark ingest PLAN --withdraw DROP`, and its way back. */
#ifndef WM_CLI_WITHDRAWAL_H
#define WM_CLI_WITHDRAWAL_H

#include <waymark/ingest.h>

#include "cli/command.h"

/* What the command's line says of it; members 0 or NULL where it says nothing. */
typedef struct {
    char *withdraw, *restore; /* a drop, by its number or file */
    char *note;
} WithdrawalOptions;

/* Do it, or with `is_dry_run` say what it would change, and print a row. An exit code, or -1 with *error set. */
int withdrawal_run(WmStore *store, const WmPlan *plan, const WithdrawalOptions *options, gboolean is_dry_run,
                   const CommonOptions *common, GError **error);

#endif
