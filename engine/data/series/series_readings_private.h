/* engine/data/series/series_readings_private.h: what the list of series and their vintages share. */
#ifndef WM_DATA_SERIES_READINGS_PRIVATE_H
#define WM_DATA_SERIES_READINGS_PRIVATE_H

#include "engine/data/series/series_readings.h"

struct SeriesReadings {
    const WmPlan *plan;
    WmStore *store;
    WmDay as_at;
    PlanFormulas *formulas;
    UnitTree *tree;
    WmFormulaScratch *scratch;
    GStringChunk *texts;
    GArray *stored;           /* of WmSeriesKey: every series of the store; NULL where they are read in turn */
    GHashTable *stored_keys;  /* indicator -> GArray of WmSeriesKey, whose texts are those of `stored`, or their own */
    GHashTable *ids;          /* series_readings_key -> id in the store */
    GHashTable *derived_keys; /* indicator -> GArray of WmSeriesKey: asked for so far */
    GStringChunk *key_texts;  /* theirs */
    GArray *no_keys;
    GArray *impossible;        /* of ImpossibleSeriesReading */
    GHashTable *is_impossible; /* series_readings_key of those in it */
    const WmPublic *hidden;    /* NULL: all is seen */
};

/* One text for the three. No id holds its separator: it is a control character. New. */
char *series_readings_key(const char *indicator, const char *unit, const char *cohort);

/* The series that part i_part of a formula is made of, of WmSeriesKey; borrowed. */
const GArray *series_readings_part_keys(SeriesReadings *self, const PlanFormula *formula, size_t i_part);

#endif
