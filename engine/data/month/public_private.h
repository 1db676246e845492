/* engine/data/month/public_private.h: what the search for hidden readings shares. */
#ifndef WM_DATA_PUBLIC_PRIVATE_H
#define WM_DATA_PUBLIC_PRIVATE_H

#include <waymark/public.h>

#include "engine/data/plan/plan_formulas.h"
#include "engine/data/plan/unit_tree.h"
#include "engine/data/series/series_readings.h"

typedef struct {
    char *indicator, *unit, *cohort;
    WmReading reading, shown; /* shown: instead; without figures where it is hidden */
    WmHiding hiding;
} HiddenReading;

struct WmPublic {
    GPtrArray *rows;        /* of HiddenReading */
    GHashTable *hidden;     /* indicator, unit, cohort, period -> one of them */
    GHashTable *indicators; /* ids of which something is hidden */
    WmDisclosureRules rules;
    gboolean rounds;
};

typedef struct {
    WmSeriesKey key;
    WmReading reading, shown; /* shown: of a rounded one */
    WmHiding hiding;
} Cell;

typedef struct {
    const WmPlan *plan;
    WmDay as_at;
    WmDisclosureRules rules;
    SeriesReadings *readings;
    PlanFormulas *formulas;
    UnitTree *tree;
    gboolean rounds;    /* counts are rounded, not hidden */
    GHashTable *forced; /* keys of readings that would give a hidden derived one */
} Search;

/* What a reading is found by. New. */
char *public_key_of(const char *indicator, const char *unit, const char *cohort, WmPeriod period);

/* Whether the plan says that all of an indicator may be seen. */
gboolean public_is_open(const WmPlan *plan, const char *indicator);

/* Take a reading among what is hidden; of cells those that are. */
void public_add_hidden(WmPublic *self, const Cell *cell);
void public_keep_hidden(WmPublic *self, const GArray *cells);

/* Find all that is hidden as at a day. FALSE with *error. */
gboolean public_search(WmPublic *self, const WmPlan *plan, WmStore *store, WmDay as_at, GError **error);

/* Hide of a stored indicator's cells what its differences within a year would give, where it looks like a total to date. */
void public_walk(const Search *search, const WmIndicator *indicator, GArray *cells);

/* A reading with its counts rounded, and the share that they give. */
WmReading public_round_reading(const WmReading *reading, WmKind kind, const WmDisclosureRules *rules);

/* Whether a figure is a share of too few, by its denominator as it is shown. */
gboolean public_is_of_few(const WmReading *reading, const WmReading *shown, const WmDisclosureRules *rules);

/* Hide of a period's readings, whose counts are rounded, what their sums would give. `lists`: of GArray of size_t, the total first.
 */
void public_round_sums(const WmReading *readings, WmHiding *hidings, size_t n, const GPtrArray *lists, WmKind kind,
                       const WmDisclosureRules *rules);

/* The same of a year's totals to date, each of which is the one before it and what came since. */
void public_round_steps(const double *values, WmHiding *hidings, guint n, const WmDisclosureRules *rules);

/* Round an indicator's cells, and hide those that would still give a small count. */
void public_round(const Search *search, const WmIndicator *indicator, GArray *cells);

/* Hide of an indicator's cells what totals over units and cohorts would give. */
void public_protect(const Search *search, const WmIndicator *indicator, GArray *cells);

void public_free_row(gpointer data);

#endif
