/* engine/data/plan/peer_groups.h: which units stand beside each other: those of one type of units.csv that are measured, none of
 * them above another. Two local authorities are peers, a local authority and its region are not.
 */
#ifndef WM_DATA_PEER_GROUPS_H
#define WM_DATA_PEER_GROUPS_H

#include <waymark/plan.h>

#define NO_REGION G_MAXUINT

typedef struct {
    const char *unit;   /* as it was asked for: its id, "" for the plan's own area */
    const WmUnit *row;  /* of units.csv */
    guint region;       /* index into the group's regions; NO_REGION for none */
    GArray *neighbours; /* of guint: its statistical neighbours in the group, the nearest first */
    guint n_named;      /* neighbours that neighbours.csv gives it, in the group or not */
} Peer;

typedef struct {
    const char *type;   /* of units.csv; "" where the table has none */
    GArray *peers;      /* of Peer, in the order asked for */
    GPtrArray *regions; /* of const WmUnit: what lies directly above; empty unless there are two at least */
} PeerGroup;

typedef struct PeerPlace PeerPlace;

typedef struct {
    const char **units; /* all that were asked for, as they were given */
    size_t n_units;
    GPtrArray *all;     /* of PeerGroup, in the order of their first units */
    GHashTable *places; /* unit -> PeerPlace */
} PeerGroups;

/* Group units. One without a row in units.csv, or alone of its type, is in no group. The plan is borrowed, and so are the units.
 * New. */
PeerGroups *peer_groups_new(const WmPlan *plan, const char *const *units, size_t n_units);

/* Indicators of the same units share one. */
PeerGroups *peer_groups_ref(PeerGroups *self);
void peer_groups_unref(PeerGroups *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PeerGroups, peer_groups_unref)

/* The group of a unit, as its place among all, and its place in it; FALSE for none. */
gboolean peer_groups_find(const PeerGroups *self, const char *unit, guint *i_group, guint *i_peer);

#endif
