/* tests/plot/fixture_series.h: assessed series made by hand, as a month would hand them to a chart. */
#ifndef WM_TESTS_FIXTURE_SERIES_H
#define WM_TESTS_FIXTURE_SERIES_H

#include <glib.h>
#include <waymark/waymark.h>

/** A series that owns what it shows. */
typedef struct {
    WmSeries series;
    GArray *waypoints, *milestones, *readings, *revisions, *comparators, *events;
    char sentence[WM_SENTENCE_TEXT];
} SeriesFixture;

/** A percentage measured monthly, higher is better, without anything yet. New. */
SeriesFixture *fixture_new(void);
void fixture_free(SeriesFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SeriesFixture, fixture_free)

void fixture_measure(SeriesFixture *self, WmKind kind, const char *unit, WmPolarity polarity, WmFrequency frequency, int decimals);
void fixture_baseline(SeriesFixture *self, const char *day, double value, WmBaselineQualifier qualifier);
void fixture_milestone(SeriesFixture *self, const char *due, double target);
void fixture_reading(SeriesFixture *self, const char *period, double value, WmReadingState state);

/** Readings of periods that follow each other, the first at `period`. NAN is a missing one. */
void fixture_readings(SeriesFixture *self, const char *period, const double *values, size_t n);
void fixture_revision(SeriesFixture *self, const char *period, double was, double now);
void fixture_comparator(SeriesFixture *self, const char *name, const char *period, double value);
void fixture_event(SeriesFixture *self, const char *period, const char *title);

/** Make the path, and assess as at a day. Call last. */
void fixture_assess(SeriesFixture *self, const char *as_at);

/** A series of chance: any kind, length, size and plan. The same seed gives the same series. New. */
SeriesFixture *fixture_random(guint32 seed);

/** Series that a chart must bear, each with a name. */
typedef struct {
    const char *name;
    SeriesFixture *(*make)(void);
} SeriesCase;

extern const SeriesCase SERIES_CASES[];
extern const size_t N_SERIES_CASES;

#endif
