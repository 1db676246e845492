/* What the two kinds of backtest share. */
#include "engine/data/backtest/backtest.h"

#include <math.h>

const char *chancer_name(int chancer)
{
    static const char *const NAMES[N_CHANCERS] = {
        [FORECASTER_POOLED] = "waymark", [FORECASTER_DRIFT] = "drift", [FORECASTER_LINE] = "line", [CHANCER_RAG] = "rag"};
    return NAMES[chancer];
}

const char *forecaster_name(Forecaster forecaster)
{
    return chancer_name((int)forecaster);
}

void backtest_horizons(WmPeriodKind kind, HorizonScores out[MAX_HORIZONS])
{
    int steps[WM_FORECAST_MAX_HORIZONS];
    const size_t n = wm_forecast_horizons(kind, steps);
    for (size_t k = 0; k < MAX_HORIZONS; k++)
        out[k] = (HorizonScores){.steps = k < n ? steps[k] : 0};
}

HorizonScores *backtest_horizon(HorizonScores horizons[MAX_HORIZONS], int steps)
{
    HorizonScores *longest = NULL;
    for (size_t k = 0; k < MAX_HORIZONS && horizons[k].steps; k++) {
        longest = &horizons[k];
        if (steps >= 1 && horizons[k].steps >= steps)
            return longest;
    }
    return steps >= 1 ? longest : NULL;
}

void backtest_merge(HorizonScores into[MAX_HORIZONS], const HorizonScores from[MAX_HORIZONS])
{
    for (size_t k = 0; k < MAX_HORIZONS; k++) {
        for (int i = 0; i < N_FORECASTERS; i++)
            wm_forecast_tally_merge(&into[k].forecasts[i], &from[k].forecasts[i]);
        for (int i = 0; i < N_CHANCERS; i++)
            wm_chance_tally_merge(&into[k].chances[i], &from[k].chances[i]);
    }
}

static void clear_course(gpointer data)
{
    g_clear_pointer(&((Course *)data)->steps, g_array_unref);
}

GArray *courses_new(void)
{
    GArray *courses = g_array_new(FALSE, TRUE, sizeof(Course));
    g_array_set_clear_func(courses, clear_course);
    return courses;
}

void backtest_clear(Backtest *self)
{
    g_clear_pointer(&self->courses, g_array_unref);
}
