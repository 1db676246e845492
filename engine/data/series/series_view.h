/* engine/data/series/series_view.h: what is known of one series on one day, and what it comes to. */
#ifndef WM_DATA_SERIES_VIEW_H
#define WM_DATA_SERIES_VIEW_H

#include "engine/core/answers/trend_model.h"
#include "engine/data/plan/prior_set.h"
#include "engine/data/series/peers.h"
#include "engine/data/series/series_plan.h"
#include "engine/data/series/series_signals.h"

/* What assessing series needs beside the plan; one per thread, but for the priors. */
typedef struct {
    PriorSet *priors; /* borrowed */
    WmForecastScratch *forecast;
    WmSpcScratch *spc;
    SignalWork *signals;
    WmTrendScratch models;            /* of series whose model is another than auto */
    struct ServedAssessments *served; /* that the store's server made (series_served.h); borrowed, NULL for none */
} SeriesTools;

/* New scratch memory. */
SeriesTools series_tools_new(PriorSet *priors);
void series_tools_clear(SeriesTools *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SeriesTools, series_tools_clear)

/* One series with its past. Everything is borrowed. */
typedef struct {
    const WmPlan *plan;
    const WmIndicator *indicator;
    const char *unit, *cohort;
    const GArray *vintages; /* of WmVintage */
    const GArray *days;     /* of WmDay: the dates of drops, in order */
    SeriesTools *tools;
    const Peers *peers; /* the units of its indicator and cohort; NULL: comparators.csv alone */
    gboolean is_public; /* readings that are hidden from the public are suppressed */
} SeriesSource;

/* The series on one day. */
typedef struct {
    SeriesPlan *plan;
    GArray *readings;     /* of WmReading */
    WmForecast *forecast; /* that the assessment's trend points to; NULL when the trend is another view's */
    WmTrendAhead *ahead;  /* likewise */
    gboolean is_illustrative, is_public;
    size_t n_future; /* readings of periods that had not begun, left out */
    WmAssessment assessment;
    WmSignals signals; /* what its control chart says, which is among the assessment's reasons too */
} SeriesView;

/* Assess it by that day's readings alone: neither held nor overridden.
 *
 * @param earlier  a view of the same series; where its readings are the same, its trend is taken over, and must outlive this one's.
 *                 NULL for none
 */
void series_view_init(SeriesView *self, const SeriesSource *source, WmDay day, WmAssessScope scope, const SeriesView *earlier);
void series_view_clear(SeriesView *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SeriesView, series_view_clear)

/* The prior that the series is assessed with on a day, where the plan's file has one for it; NULL: the built-in one. Borrowed from
 * the tools' priors. */
const WmPrior *series_prior_learnt(const SeriesSource *source, WmDay day);

/* The input of the assessment, for what else is asked of it. */
WmAssessmentInput series_view_input(const SeriesView *self);

/* Fill in what the view shows of a series; borrowed from it. */
void series_view_show(const SeriesView *self, WmSeries *out);

/* What a person had set by a day. Texts are the plan's. */
WmSeriesOverride series_override_on(const SeriesSource *source, WmDay day);

/* A person's status in place of the engine's, where there is one on that day; the engine's stays among the reasons. */
void series_override(const SeriesSource *source, WmAssessment *assessment);

/* Whether the board must see it: red and amber; and a signal of concern whatever the colour, unless it is of long ago, or a person
 * has ruled on the status. */
gboolean series_is_exception(const WmPlan *plan, const WmAssessment *assessment);

#endif
