/* tests/plot/fixture_areas.h: areas that their charts must bear. */
#ifndef WM_TESTS_FIXTURE_AREAS_H
#define WM_TESTS_FIXTURE_AREAS_H

#include <glib.h>
#include <waymark/chart_areas.h>

/** Areas with what they own. */
typedef struct {
    WmAreas areas;
    GArray *list; /* WmArea */
    GPtrArray *names;
} AreasFixture;

typedef struct {
    const char *name;
    AreasFixture *(*make)(void);
    const char *funnel, *ranking; /* what their alternative texts say */
} AreasCase;

extern const AreasCase AREAS_CASES[];
extern const size_t N_AREAS_CASES;

/** Areas of chance: any number, size, kind and polarity. The same seed gives the same. New. */
AreasFixture *areas_random(guint32 seed);
void areas_free(AreasFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AreasFixture, areas_free)

#endif
