/* engine/data/series/series_signals.h: what control charts say of series, with what makes readings unlike independent ones allowed
 * for. */
#ifndef WM_DATA_SERIES_SIGNALS_H
#define WM_DATA_SERIES_SIGNALS_H

#include <glib.h>
#include <waymark/series.h>

/* Memory for charting one series after another; one per thread. */
typedef struct SignalWork SignalWork;

SignalWork *signal_work_new(void);
void signal_work_free(SignalWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SignalWork, signal_work_free)

/* What is to be judged in place of readings that repeat each other: their changes over a period (rolling years) or a year
 * (seasons). Where so few changes are left that they say less than the readings do, these are judged after all. */
typedef struct {
    WmSpcCaution caution;
    gboolean is_treated;
    WmSpc spc; /* of the changes, where is_treated; borrowed from the work until its next use */
    WmSpcOptions options;
} Treated;

/* Look at the latest phase of a chart of `readings` (spc->n_points of them) with these options. */
void signal_work_treat(SignalWork *self, const WmReading *readings, const WmSpc *spc, const WmSpcOptions *options, Treated *out);

/* A series on its chart, borrowed from the work until its next use. */
typedef struct {
    WmSpc spc;
    WmSpcOptions options;
    Treated treated;
} Charted;

/* Chart a series whose measure, readings, events, milestones, path and `spc` are set; `value` says whether it has a reading with a
 * value. Fills *out but for chance, q_value and suggestion. With *charted NULL, for replays, the caution is only looked for where
 * there is a signal. FALSE where it is not charted. */
gboolean signal_work_find(SignalWork *self, const WmSeries *series, WmSignals *out, Charted *charted);

/* The suggestion of the Stable Shift Algorithm, where the plan does not ask for it. */
void signal_work_suggest(SignalWork *self, const WmSeries *series, WmSpcSuggestion *out);

/* A signal that stands becomes a reason of the assessment. */
void signals_add_reason(const WmSignals *signals, WmAssessment *assessment);

#endif
