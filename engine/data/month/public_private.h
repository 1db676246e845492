/* engine/data/month/public_private.h: what the search for hidden readings shares. */
#ifndef WM_DATA_PUBLIC_PRIVATE_H
#define WM_DATA_PUBLIC_PRIVATE_H

#include <waymark/public.h>

#include "engine/data/plan/plan_formulas.h"
#include "engine/data/plan/unit_tree.h"
#include "engine/data/series/series_readings.h"

typedef struct {
    char *indicator, *unit, *cohort;
    WmReading reading;
    WmHiding hiding;
} HiddenReading;

struct WmPublic {
    GPtrArray *rows;        /* of HiddenReading */
    GHashTable *hidden;     /* indicator, unit, cohort, period -> one of them */
    GHashTable *indicators; /* ids of which something is hidden */
    WmDisclosureRules rules;
};

typedef struct {
    WmSeriesKey key;
    WmReading reading;
    WmHiding hiding;
} Cell;

typedef struct {
    const WmPlan *plan;
    WmDay as_at;
    WmDisclosureRules rules;
    SeriesReadings *readings;
    PlanFormulas *formulas;
    UnitTree *tree;
    GHashTable *forced; /* keys of readings that would give a hidden derived one */
} Search;

/* Hide of a stored indicator's cells what its differences within a year would give, where it looks like a total to date. */
void public_walk(const Search *search, const WmIndicator *indicator, GArray *cells);

/* Hide of an indicator's cells what totals over units and cohorts would give. */
void public_protect(const Search *search, const WmIndicator *indicator, GArray *cells);

void public_free_row(gpointer data);

#endif
