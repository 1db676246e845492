/* engine/data/month/month_private.h: what the month's files share. */
#ifndef WM_DATA_MONTH_PRIVATE_H
#define WM_DATA_MONTH_PRIVATE_H

#include <waymark/month.h>
#include <waymark/public.h>

#include "engine/data/month/data_checks.h"
#include "engine/data/series/series_readings.h"
#include "engine/data/series/signal_batch.h"
#include "engine/data/series/series_view.h"

struct WmMonthStorage {
    GStringChunk *texts;
    GArray *series;       /* of WmSeries */
    GArray *exceptions;   /* of size_t */
    GArray *records;      /* of WmExceptionRecord */
    GArray *changes;      /* of WmChange */
    GArray *revisions;    /* of WmMonthRevision */
    GArray *drops;        /* of WmDropInfo */
    GPtrArray *owned;     /* of GArray: readings, revisions and the like that series point into */
    GPtrArray *plans;     /* of SeriesPlan */
    GPtrArray *revised;   /* of GArray of WmRevision, one a series: figures that are not those of the previous as-at */
    GPtrArray *forecasts; /* of WmForecast, that trends point to */
    PriorSet *priors;     /* likewise; NULL where they belong to WmMonths */
    WmProblems *problems;
    SignalBatch *batch; /* borrowed; while the month is being made */
    WmPlan area;        /* the plan, shown as one unit's own */
};

/* What the months of one plan at one as-at have in common. */
struct WmMonths {
    const WmPlan *plan;
    WmStore *store;
    WmDay as_at, previous;
    GArray *drops; /* of WmDropInfo */
    GArray *days;  /* of WmDay: when something was received or withdrawn */
    PriorSet *priors;
    SeriesTools tools;
    SignalBatch *batch;
    const WmPublic *hidden; /* of public months; NULL: all is seen */
    GPtrArray *units;       /* with readings; NULL until asked for */
    SeriesReadings *all;    /* every unit's series, for peers; NULL until asked for */
    GHashTable *peers;      /* indicator -> GHashTable of cohort -> Peers */
    GPtrArray *groups;      /* of PeerGroups, which they share */
    size_t n_served;        /* assessments that the store's server made */
};

/* The units of an indicator's cohorts beside each other, cohort -> Peers: the same whichever unit's month is made. Borrowed; NULL
 * where the store cannot be read. Within a read of the store. */
GHashTable *months_peers(WmMonths *self, const WmIndicator *indicator, GError **error);

/* A month of all units, or of `unit` alone unless that is NULL. The result borrows the plan and the priors of `months`. Within a
 * read of the store. */
WmMonth *month_make(WmMonths *months, const WmPlan *plan, const char *unit, const WmProblems *problems, GError **error);

/* A month without series; and, when they are there, its plain members made to show what the storage holds. */
WmMonth *month_alloc(const WmMonths *months, const WmPlan *plan, const WmProblems *problems);
void month_publish(WmMonth *self);

/* Fill in who and what a series is about. */
void month_describe_series(WmMonth *month, const SeriesSource *source, WmSeries *out);

/* Assess a series and add it. Vintages, days and peers as of SeriesSource. */
void month_add_series(WmMonth *month, SeriesTools *tools, const WmIndicator *indicator, const WmSeriesKey *key,
                      const GArray *vintages, const GArray *days, const Peers *peers);

/* Fill in the changes since the previous as-at. */
void month_find_changes(WmMonth *self);

/* Fill in the records of exceptions; after the exceptions are ranked and published. */
void month_find_records(WmMonth *self);

/* An exception that a pack showed open. */
typedef struct {
    size_t i_series;
    WmDay opened, on;        /* as the pack says; its as-at */
    WmDay next;              /* the reporting date after that */
    gboolean is_still_known; /* by the plan and the files of now it was one on that day too */
} ToldException;

/* Make the records again, so that what was told (of ToldException) goes on under its opening, or is closed. */
void month_keep_told(WmMonth *self, const GArray *told);

/* A record in one plain sentence or two. Kept by the month. */
const char *month_say_record(WmMonth *self, const WmExceptionRecord *record);

/* Fill in the revisions since the previous as-at. */
void month_find_revisions(WmMonth *self);

/* Add what the assessed series suggest. */
void month_check_series(WmMonth *self);

#endif
