/* waymark/diff.h: what changed between two as-ats, and why.
 *
 * A status is taken through four steps, and a change is put down to the step at which it happens: what was told then; the same
 * recomputed today with the plan as it was (the method, or drops of that time that came late); with the plan of now; with the
 * figures of now for the periods known then (revisions); and with all that has come since (new readings, a person's word, time).
 */
#ifndef WAYMARK_DIFF_H
#define WAYMARK_DIFF_H

#include <waymark/issued.h>

G_BEGIN_DECLS

typedef enum {
    WM_DIFF_METHOD,
    WM_DIFF_PLAN,
    WM_DIFF_STATUS,
    WM_DIFF_OUTLOOK,
    WM_DIFF_REVISION,
    WM_DIFF_READING,
    WM_N_DIFF_KINDS,
} WmDiffKind;

typedef enum {
    WM_CAUSE_METHOD,     /* another method version */
    WM_CAUSE_LATE_DROPS, /* drops of that time were taken in, or withdrawn, only afterwards */
    WM_CAUSE_PLAN,       /* the plan was edited */
    WM_CAUSE_REVISION,   /* earlier figures were revised */
    WM_CAUSE_READING,    /* new readings came */
    WM_CAUSE_PERSON,     /* a person set a status, or that ran out */
    WM_CAUSE_TIME,       /* a date passed: a milestone fell due, a reading grew old */
    WM_N_CAUSES,
} WmCause;

#define WM_DIFF_MAX_KEYS 4

/** Where a plan was edited, in the plan's own words. Texts are the diff's, "" for none. */
typedef struct {
    const char *file;                   /* "actions.csv"; "plan.ini", whose keys are group and key; NULL where no plan was edited */
    const char *keys[WM_DIFF_MAX_KEYS]; /* what tells the row from others: an id, a unit, a date */
    const char *column;                 /* "" for the whole row: new where `was` is "", gone where `now` is, else moved */
} WmDiffEdit;

/** Texts are the diff's, "" for none. */
typedef struct {
    WmDiffKind kind;
    size_t i_series;  /* in the later month; SIZE_MAX where it is about no series */
    const char *item; /* a period, a row of a table, a setting */
    const char *was, *now;
    bool is_material;     /* of WM_DIFF_REVISION: by the plan's threshold */
    unsigned causes;      /* bits of WmCause; 0 where it is a cause itself */
    const char *sentence; /* in plain words, with files and ids as they are named */
    WmDiffEdit edit;      /* of WM_DIFF_PLAN */
} WmDiffRow;

typedef struct WmDiffStorage WmDiffStorage;

typedef struct WmDiff {
    WmDay from, to;
    const WmMonth *month;   /* the later one; borrowed */
    const WmIssued *issued; /* what `from` is known from beside the drops; NULL for none; borrowed */
    bool knows_plan;        /* plan edits can be known */
    const WmDiffRow *rows;  /* n_rows, by kind, then in the plan's order */
    size_t n_rows;
    size_t n_kind[WM_N_DIFF_KINDS];
    WmDiffStorage *storage;
} WmDiff;

/** Compare a month with its previous as-at, which it must have.
 *
 * @param store   of the month; borrowed for the call
 * @param issued  the pack of that as-at, NULL for none; borrowed, outlives the result
 * @return new, or NULL with *error
 */
WmDiff *wm_diff_new(const WmMonth *month, WmStore *store, const WmIssued *issued, GError **error);

/** Compare two plans, each a folder or a workbook, cell by cell: rows of WM_DIFF_PLAN alone, without a month.
 *
 * @return new, or NULL with *error
 */
WmDiff *wm_diff_of_plans(const char *was, const char *now, GError **error);
void wm_diff_free(WmDiff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmDiff, wm_diff_free)

/** "the plan was edited; new readings came". Caller frees. */
char *wm_diff_causes_text(unsigned causes);

/** Names in files, with a space between them. Caller frees. */
char *wm_diff_causes_names(unsigned causes);
const char *wm_diff_kind_name(WmDiffKind kind);

G_END_DECLS
#endif
