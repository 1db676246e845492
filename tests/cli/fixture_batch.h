/* tests/cli/fixture_batch.h: many plans, and one of many units. */
#ifndef WM_TESTS_CLI_FIXTURE_BATCH_H
#define WM_TESTS_CLI_FIXTURE_BATCH_H

#include "cli/fixture_command.h"

#define BATCH_AREAS 12

/* `a`, `b` and `deep/c` are good plans, with a drop each. */
Folder batch_plans(void);

/* One plan with units U0, U1 …; each with readings of two indicators, the last of which comes in a second drop. One row of that
 * is no number. */
Folder batch_nation(void);

#endif
