/* tests/plot/fixture_month.h: an assessed month made by hand, with its plan, as the engine would hand it to a report. */
#ifndef WM_TESTS_FIXTURE_MONTH_H
#define WM_TESTS_FIXTURE_MONTH_H

#include <waymark/waymark.h>

#include "plot/fixture_series.h"

/** A month that owns what it shows. Its plan's tables and its own counts may be changed before a report is made of it. */
typedef struct {
    WmPlan plan;
    WmMonth month;
    GPtrArray *fixtures; /* of SeriesFixture */
    GArray *series, *exceptions, *changes, *drops, *commentary, *evidence, *records;
    WmProblems *problems;
} MonthFixture;

/** A plan of this title without a measure, as at 31 Mar 2022, the first report. New. */
MonthFixture *fixture_month_new(const char *title);
void fixture_month_free(MonthFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MonthFixture, fixture_month_free)

/** Take a series as a measure of this id, title and theme: an exception where it is Red or Amber. Texts live as long as the test.
 */
WmSeries *fixture_month_add(MonthFixture *self, SeriesFixture *taken, const char *id, const char *title, const char *theme);
void fixture_month_change(MonthFixture *self, WmChangeKind kind, const char *text);
void fixture_month_drop(MonthFixture *self, const char *received, const char *file, gint64 loaded, gint64 revised,
                        gint64 quarantined);

/** Count, sort and point. Call after the last change. Borrowed. */
const WmMonth *fixture_month_finish(MonthFixture *self);

/** Every part of a report at once: exceptions, changes, commentary, an override, findings, an earlier report. New. */
MonthFixture *fixture_month_full(void);

/** The same measures many times over: `n` of them, in ten themes. New. */
MonthFixture *fixture_month_large(size_t n);

/** A full month in which every text tries to be markup. New. */
MonthFixture *fixture_month_hostile(void);

#endif
