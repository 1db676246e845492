/* tests/core/fixture_steps.h: a series with interventions, and what a model of the filter trend makes of it. */
#ifndef WM_TESTS_CORE_FIXTURE_STEPS_H
#define WM_TESTS_CORE_FIXTURE_STEPS_H

#include "engine/core/answers/trend_model.h"

#define STEP_N       30
#define STEP_AT      18 /* the reading from which on the step is there */
#define STEP_HORIZON 6

typedef struct {
    WmReading readings[STEP_N];
    size_t n;
    WmEvent events[8];
    size_t n_events;
    WmTrendRow fitted[STEP_N], ahead[STEP_HORIZON];
    WmTrendAhead coming;
    WmTrendFit fit;
    double low, high;
} StepCase;

WmPeriod step_month(int i);
void step_intervene(StepCase *self, int i);
void step_set(StepCase *self, int i, double value, double numerator, double denominator);

/* Noise about a slow rise, between 20 and 60, with a step of `by` and a gap; every reading of 40 to 80 cases. */
void step_make(StepCase *self, unsigned seed, double by);

/* By the model of this name. */
void step_fit(StepCase *self, const char *name);

/* The first term whose name starts so; NULL: none. */
const WmTrendTerm *step_term(const StepCase *self, const char *start);

/* The estimate of the first step, which there must be. */
double step_of(const StepCase *self);

#endif
