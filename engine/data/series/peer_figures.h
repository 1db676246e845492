/* engine/data/series/peer_figures.h: the figures of peers for one period, and what they come to together. */
#ifndef WM_DATA_PEER_FIGURES_H
#define WM_DATA_PEER_FIGURES_H

#include <waymark/compare.h>

#include "engine/data/plan/peer_groups.h"

/* The readings of one peer, by period; borrowed. */
typedef struct {
    const WmReading *readings;
    size_t n;
} PeerReadings;

typedef struct {
    const PeerGroup *group;
    WmPeriod period;       /* WM_PERIOD_NONE where nobody has a figure */
    WmAreaFigure *figures; /* one for each peer */
    double scale;          /* of a share, as from wm_area_scale */
    double *sorted;        /* quartiles.n values, ascending */
    WmQuartiles quartiles;
    WmAreaTotal nation;
    WmAreaTotal *regions; /* one for each of the group's */
} PeerFigures;

/* The figures of the latest period for which at least half of those who have any have one: an early return does not stand for the
 * nation.
 *
 * @param readings  one for each peer of the group
 */
PeerFigures *peer_figures_new(const PeerGroup *group, const WmMeasure *measure, const PeerReadings *readings);
void peer_figures_free(PeerFigures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PeerFigures, peer_figures_free)

/* The neighbours of a peer as one: a value only where at least half of those that neighbours.csv names are in it. */
WmAreaTotal peer_figures_neighbours(const PeerFigures *self, guint i_peer);

/* The reading of a period; NULL for none. Borrowed. */
const WmReading *peer_reading(const PeerReadings *self, WmPeriod period);

#endif
