/* tests/plot/fixture_selection.h: what every kind of chart is drawn from, by chance. */
#ifndef WM_TESTS_FIXTURE_SELECTION_H
#define WM_TESTS_FIXTURE_SELECTION_H

#include <waymark/chart_kinds.h>

#include "plot/fixture_series.h"

/** A selection with all that it shows. */
typedef struct {
    WmChartSelection selection;
    GPtrArray *fixtures; /* SeriesFixture */
    GPtrArray *series;   /* const WmSeries * */
    WmPlan plan;
    GArray *actions, *rags, *risks;
    GPtrArray *texts;
} SelectionFixture;

/** 0 to 40 series, of one indicator or of many, with 0 to 60 actions and risks. The same seed gives the same. New. */
SelectionFixture *selection_random(guint32 seed);

/** The hard cases of a series as one board, with actions and risks. New. */
SelectionFixture *selection_of_cases(void);
void selection_free(SelectionFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SelectionFixture, selection_free)

#endif
