/* waymark/chase.h: what is due, from whom, by when, before the deadline has passed.
 *
 * One list of everything that a plan waits for: readings, explanations, promised recoveries, milestones, deliverables, actions,
 * reviews of risks, and overrides that run out. Made from a month, so that it asks for what the board's papers miss.
 */
#ifndef WAYMARK_CHASE_H
#define WAYMARK_CHASE_H

#include <waymark/month.h>

G_BEGIN_DECLS

/** Kinds, in the order in which a list shows those of one day. */
typedef enum {
    WM_CHASE_COMMENTARY,    /* an exception without an explanation since it was raised: due on that day */
    WM_CHASE_RECOVERY,      /* the date by which a measure was to have recovered; it has not */
    WM_CHASE_READING,       /* the next reading: its period's end and the publication lag */
    WM_CHASE_FIRST_READING, /* a measure of which nothing has come yet */
    WM_CHASE_MILESTONE,     /* a target that is not met now */
    WM_CHASE_DELIVERABLE,   /* of milestones.csv, not done */
    WM_CHASE_ACTION,        /* not complete; its new date where there is one */
    WM_CHASE_RISK_REVIEW,
    WM_CHASE_EVIDENCE, /* an item of evidence_items.csv: so many months after the last of it */
    WM_CHASE_OVERRIDE, /* a person's status runs out: renew it or let the figures speak */
    WM_N_CHASE_KINDS,
} WmChaseKind;

/** How far ahead the list looks. What is overdue is on it whatever its age; of milestones only what is ahead. */
#define WM_CHASE_AHEAD_DAYS 92

typedef struct {
    WmChaseKind kind;
    WmDay due;
    int days;               /* from the as-at to `due`; negative when overdue */
    const char *id;         /* of the indicator, action, risk or deliverable */
    const char *unit;       /* "" where there is none */
    const char *cohort;     /* likewise */
    const char *title;      /* what it is about */
    const char *owner_role; /* its own, else its theme's, else the plan's; "" for none */
    const char *text;       /* what is asked, in a few words */
} WmChaseItem;

typedef struct WmChaseStorage WmChaseStorage;

typedef struct {
    WmDay as_at;
    const WmChaseItem *items; /* n_items by due date, then kind, then the plan's order */
    size_t n_items;
    size_t n_overdue; /* due before the as-at */
    WmChaseStorage *storage;
} WmChase;

/** List all that is due by WM_CHASE_AHEAD_DAYS after the month's as-at. Borrows the month. @return new */
WmChase *wm_chase_new(const WmMonth *month);
void wm_chase_free(WmChase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmChase, wm_chase_free)

/** `reading`, `risk_review` …; "Reading", "Review of a risk" …. The pointers live for ever. */
const char *wm_chase_kind_name(WmChaseKind kind);
const char *wm_chase_kind_title(WmChaseKind kind);

/** chase.csv: a row an item. Caller frees. */
char *wm_chase_to_csv(const WmChase *self);

G_END_DECLS
#endif
