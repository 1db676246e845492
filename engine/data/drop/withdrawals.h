/* engine/data/drop/withdrawals.h: which drops no longer count, and from which day on: PLAN/drops/withdrawn.csv.
 *
 * The file lies with the drops, so that the drops folder alone rebuilds the store; the store follows it.
 */
#ifndef WM_DATA_WITHDRAWALS_H
#define WM_DATA_WITHDRAWALS_H

#include <waymark/ingest.h>

#define WITHDRAWALS "withdrawn.csv" /* in the drops folder */

/* Bring the store in line with the file. */
gboolean withdrawals_apply(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error);

/* Say where the store is not in line with it. */
gboolean withdrawals_check(WmStore *store, const WmPlan *plan, WmProblems *problems, GError **error);

#endif
