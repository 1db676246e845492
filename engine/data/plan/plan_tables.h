/* engine/data/plan/plan_tables.h: the tables of a plan folder, described. */
#ifndef WM_DATA_PLAN_TABLES_H
#define WM_DATA_PLAN_TABLES_H

#include <waymark/plan.h>

#include "engine/data/text/table.h"

/* A table and where its rows go in a WmPlan. */
typedef struct {
    TableSpec spec;
    size_t rows_offset; /* of the pointer to the rows */
    size_t n_offset;    /* of their number */
} PlanTable;

extern const PlanTable PLAN_TABLES[];
extern const size_t N_PLAN_TABLES;

#endif
