/* tests/plot/fixture_spc.h: control charts that a page must bear, each with a name. */
#ifndef WM_TESTS_FIXTURE_SPC_H
#define WM_TESTS_FIXTURE_SPC_H

#include "plot/fixture_series.h"

/** A series and how it is charted. */
typedef struct {
    SeriesFixture *fixture;
    WmSpcOptions options;
    WmSpcPoint points[400];
    WmSpcScratch *scratch;
    WmSpc spc;
} SpcFixture;

typedef struct {
    const char *name;
    void (*make)(SpcFixture *self);
} SpcCase;

extern const SpcCase SPC_CASES[];
extern const size_t N_SPC_CASES;

/** Make the series of a case and chart it. New. */
SpcFixture *spc_fixture_new(const SpcCase *test);

/** A series of chance on the chart that suits it, or another. The same seed gives the same. New. */
SpcFixture *spc_fixture_random(guint32 seed);

void spc_fixture_free(SpcFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpcFixture, spc_fixture_free)

#endif
