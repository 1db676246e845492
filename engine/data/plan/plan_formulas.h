/* engine/data/plan/plan_formulas.h: the formulas of a plan's indicators, understood and fitted together. */
#ifndef WM_DATA_PLAN_FORMULAS_H
#define WM_DATA_PLAN_FORMULAS_H

#include <waymark/formula.h>
#include <waymark/plan.h>

typedef struct {
    const WmIndicator *indicator;
    WmFormula formula;
    const WmIndicator *parts[WM_FORMULA_MAX_PARTS]; /* of each part: its indicator; its own for published readings */
    gboolean is_to_date[WM_FORMULA_MAX_PARTS];      /* of each part: it is taken as the drops give it, a total to date */
    gboolean is_usable;                             /* it and all that it is made of can be computed */
} PlanFormula;

typedef struct PlanFormulas PlanFormulas;

/* New. What is wrong with a formula is added to `problems`, unless that is NULL: bad_formula (with the place in it),
 * formula_unknown_indicator (with the nearest), formula_cycle (with the chain), formula_periods, formula_of_words. The plan is
 * borrowed and must outlive it. */
PlanFormulas *plan_formulas_new(const WmPlan *plan, WmProblems *problems);
void plan_formulas_free(PlanFormulas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlanFormulas, plan_formulas_free)

/* The formula of an indicator; NULL where it has none. Borrowed. */
const PlanFormula *plan_formulas_of(const PlanFormulas *self, const char *indicator);

/* How many each of an indicator's denominators stands for: 1,000 of "EXCL per 1,000 of PUPILS", whose rates are of 6.015 thousand
 * pupils; 1 where none of its formulas says so. */
double plan_formulas_exposure(const PlanFormulas *self, const char *indicator);

/* Whether a part is the indicator's own readings, from the drops. */
gboolean plan_formula_is_published(const PlanFormula *self, size_t i_part);

/* Whether a part is read as the drops give it: those, and what `in-year of` takes of another measure's totals to date. */
gboolean plan_formula_reads_drops(const PlanFormula *self, size_t i_part);

/* Whether it comes to a total that starts afresh each year. A share to date does not: it goes on at its level. */
gboolean plan_formula_restarts(const WmFormula *formula);

#endif
