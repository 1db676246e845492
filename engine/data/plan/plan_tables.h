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

/* Models that a plan, or an indicator of it, may name: those of wm_trend_model, in their order. */
#define MODEL_WORDS                                                                                                    \
    "auto ols wls huber bisquare theil_sen binomial poisson log_linear logit_linear ets ses holt damped ann aan aadn " \
    "ana aaa aada mnn man madn level llt level_seasons llt_seasons level_harmonics llt_harmonics"

extern const PlanTable PLAN_TABLES[];
extern const size_t N_PLAN_TABLES;

#endif
