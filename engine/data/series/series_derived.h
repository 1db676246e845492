/* engine/data/series/series_derived.h: the vintages of a derived series, from those of its parts. */
#ifndef WM_DATA_SERIES_DERIVED_H
#define WM_DATA_SERIES_DERIVED_H

#include <waymark/store.h>

#include "engine/data/plan/plan_formulas.h"
#include "engine/data/plan/unit_tree.h"

/* What is known of one part: one series, or of a roll-up one for each unit of the tree below that has any. */
typedef struct {
    GPtrArray *vintages; /* of GArray of WmVintage */
    GPtrArray *units;    /* of const char *, beside them */
} PartVintages;

/* A derived reading that cannot be, and is not used. */
typedef struct {
    WmPeriod period;
    double value, numerator, denominator; /* as the formula gives them */
} ImpossibleReading;

typedef struct {
    const WmPlan *plan;
    const PlanFormula *formula;
    const PartVintages *parts; /* one for each of the formula's */
    const UnitTree *tree;
    const char *unit;
    WmFormulaScratch *scratch;
    GArray *impossible; /* of ImpossibleReading: filled with those of the last day */
} DerivedInput;

/* A derived series changes on the days on which a part does. Its readings as at each such day are told where they are not those of
 * the day before, so that every view of it, as at any day, is the formula of what was then known. Elements are WmVintage, by
 * period, then received. New. */
GArray *series_derived_vintages(const DerivedInput *input);

#endif
