/* engine/data/series/series_history.h: what was shown of a series on earlier days, replayed from its vintages: never remembered.
 *
 * A status is held against noise (wm_policy_hold), so what a day shows hangs on the days before. The replay goes back to the
 * latest day on which what was shown before did not matter: a rule decided, or the evidence allowed one status only. That is near
 * in most series. Where there is none, it begins with the first drop of the calendar year before the day's: at most two years are
 * looked through, and the start does not slide along with the day, which would itself make statuses flap.
 */
#ifndef WM_DATA_SERIES_HISTORY_H
#define WM_DATA_SERIES_HISTORY_H

#include "engine/data/series/series_view.h"

typedef struct {
    const SeriesSource *source;
    GArray *past;      /* the evidence of each drop day, found when first asked for */
    SeriesView lender; /* the last view that was fitted: neighbouring days often have the same readings, as a quarterly figure has
                          in monthly deliveries */
    gboolean has_lender;
} SeriesHistory;

void series_history_init(SeriesHistory *self, const SeriesSource *source);
void series_history_clear(SeriesHistory *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SeriesHistory, series_history_clear)

/* Show in a view's assessment what stands after all days before it: held, then overridden. */
void series_history_show(SeriesHistory *self, SeriesView *view);

/* What was shown on the i-th drop day, without its trend. Borrowed until cleared. */
const WmAssessment *series_history_shown(SeriesHistory *self, guint i_day);

/* The exception that is open in `now`, or that was at the report before or since, over the drop days and these two. Both as shown;
 * previous->as_at is WM_NO_DAY where there was no report before, and then only an open one is sought. */
WmExceptionRun series_history_run(SeriesHistory *self, const WmAssessment *previous, const WmAssessment *now);

#endif
