/* engine/data/series/forecast_batch.h: the series of a long CSV, grouped by how they are measured, each group with its prior: what
 * the filters trend and chance, and `priors learn`, work on. */
#ifndef WM_DATA_FORECAST_BATCH_H
#define WM_DATA_FORECAST_BATCH_H

#include <waymark/forecast.h>

#include "engine/data/backtest/long_csv.h"

typedef enum { PRIORS_LEARN, PRIORS_BUILTIN, PRIORS_FILE } PriorSource;

typedef struct {
    WmPeriodKind period_kind; /* WM_PERIOD_NONE: as written; days are taken for the longest period that tells them apart */
    WmKind kind;              /* WM_N_KINDS when not given */
    gboolean has_bounds;
    double low, high; /* NAN for none; only with has_bounds: else as the kind implies, or the readings show */
    WmDay as_at;      /* WM_NO_DAY: all readings */
    PriorSource source;
    gboolean is_recalibrated; /* of PRIORS_LEARN: with the spread that past forecasts would have wanted */
    const char *prior_path;   /* of PRIORS_FILE */
    const char *events_path;  /* series,period,kind; NULL for none */
} ForecastBatchOptions;

/* What may not be as whoever gave the files thinks. */
typedef struct {
    size_t n_stray_events; /* of series that are not in the batch */
    size_t n_outside;      /* readings outside the bounds that were given, which are passed over */
    double beyond;         /* a reading outside what its kind allows, so that no such bound is taken; NAN: none */
} ForecastBatchNotes;

typedef struct {
    GArray *series;    /* of LongSeries, readings by period, those after the as-at left out */
    GArray *group_of;  /* of size_t, one a series */
    GPtrArray *events; /* of GArray of WmEvent, one a series; NULL without a file of them */
    GArray *priors;    /* of WmPrior, one a group */
    ForecastBatchNotes notes;
    WmForecastScratch *scratch;
    gboolean has_guessed_bounds; /* neither bounds nor kind were given */
} ForecastBatch;

/* Learn what is typical of series of a group, and combine its candidates by rolling origin; *found may be NULL. */
WmStatus forecast_batch_learn(const WmForecastGroup *group, const WmForecastSeries *series, size_t n_series,
                              gboolean is_recalibrated, WmForecastScratch *scratch, WmPrior *out, WmPriorComparison *found);

/* Read, group and learn. NULL with *error. */
ForecastBatch *forecast_batch_new(const char *path, const ForecastBatchOptions *options, GError **error);

/* The same of series that have been read: an array of LongSeries, which is taken. */
ForecastBatch *forecast_batch_of(GArray *series, const ForecastBatchOptions *options, GError **error);
void forecast_batch_free(ForecastBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ForecastBatch, forecast_batch_free)

const LongSeries *forecast_batch_series(const ForecastBatch *self, size_t i);
const WmPrior *forecast_batch_prior(const ForecastBatch *self, size_t i_series);

/* The i-th series as the models take it; borrowed. */
WmForecastSeries forecast_batch_input(const ForecastBatch *self, size_t i);

/* Fit the i-th series; one scratch a thread. */
void forecast_batch_fit(const ForecastBatch *self, size_t i, WmForecastScratch *scratch, WmForecast *out);

#endif
