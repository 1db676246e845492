/* engine/data/series/peers.h: the comparators of an indicator, computed from the units themselves as at any day.
 *
 * National and regional figures, those of statistical neighbours and the bound of the best quarter, so that a target such as "top
 * quartile of national performance" comes to a number by itself, and to the number that was known on the day.
 */
#ifndef WM_DATA_PEERS_H
#define WM_DATA_PEERS_H

#include <waymark/plan.h>

#include "engine/data/plan/peer_groups.h"

typedef struct Peers Peers;

/* The units of one indicator and cohort. Borrows the plan. New. */
Peers *peers_new(const WmPlan *plan, const WmIndicator *indicator);
void peers_free(Peers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Peers, peers_free)

/* Add a unit with its vintages, kept by reference until all is settled; its id is borrowed. */
void peers_add(Peers *self, const char *unit, GArray *vintages);

/* When all are added: work out what is known at the as-at and, where a target names a comparator, on the other days, n_days of
 * them. Then everything but that is let go: a nation's readings would fill the memory.
 *
 * @param alike  elements are PeerGroups; one of the same units is shared, and a new one added
 */
void peers_settle(Peers *self, WmDay as_at, const WmDay *days, size_t n_days, GPtrArray *alike);

/* What is known on a day to hold a unit against. Elements are WmComparator. NULL on a day that is not settled, and for a unit
 * without peers; else new. */
GArray *peers_comparators(const Peers *self, const char *unit, WmDay day);

#endif
