/* waymark/history.h: what was said of a series, when, by which drop, and how it changed. */
#ifndef WAYMARK_HISTORY_H
#define WAYMARK_HISTORY_H

#include <waymark/plan.h>
#include <waymark/store.h>

G_BEGIN_DECLS

/** Texts are borrowed, and never NULL. */
typedef struct {
    const char *indicator;
    const char *unit;   /* id or code; "" for the plan's own area */
    const char *cohort; /* "" for all */
    WmPeriod period;    /* WM_PERIOD_NONE for every one */
    WmDay as_at;        /* drops received by then; WM_NO_DAY for all */
} WmHistoryRequest;

/** Every vintage, by period, then received, then file. A derived series lists what it came to each time a part of it changed, with
 * the drop that changed it; the note of what counts now names the units that a roll-up lacks, and a period that some of its units
 * have and that never came to a figure is listed as missing, with the last drop that told of it.
 *
 * @return elements are WmHistoryEntry; texts live as long as the array; caller unrefs. NULL with WM_ERROR_INPUT where there is no
 * such indicator or it has no such readings, or WM_ERROR_FILE */
GArray *wm_history_read(const WmPlan *plan, WmStore *store, const WmHistoryRequest *request, GError **error);

G_END_DECLS
#endif
