/* waymark/disclosure.h: which figures about a few people must not be seen by everybody, and which others would give them away.
 *
 * A figure is *hidden* for its own sake (a small count, a share of few, a share whose complement is small), or because a published
 * total less its other parts would give a hidden one (*secondary*). Zero is shown unless the rules say otherwise. Every function
 * here is pure. Sources: Government Statistical Service, Disclosure control guidance for tables produced from administrative
 * sources (2014); Office for National Statistics, Policy on protecting confidentiality in tables of birth and death statistics
 * (thresholds, secondary suppression, differencing); Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4
 * (cell suppression, audit).
 */
#ifndef WAYMARK_DISCLOSURE_H
#define WAYMARK_DISCLOSURE_H

#include <waymark/reading.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Why a figure is hidden. */
typedef enum {
    WM_SHOWN,
    WM_HIDDEN_SMALL,       /* a count, or the numerator of a share, from 1 to the threshold (or 0, where zero is hidden) */
    WM_HIDDEN_COMPLEMENT,  /* those of a share who are not counted are so few */
    WM_HIDDEN_DENOMINATOR, /* a share of too few */
    WM_HIDDEN_PART,        /* with another measure that is shown it would give a hidden one */
    WM_HIDDEN_SECONDARY,   /* with totals that are shown it would give a hidden one */
    WM_HIDDEN_DERIVED,     /* made by a formula of a hidden one */
    WM_ROUNDED,            /* shown, but rounded */
    WM_N_HIDINGS,
} WmHiding;

typedef struct {     /* members left 0 take the default named here */
    int small;       /* largest count that is hidden; default 4 */
    int denominator; /* smallest number of which a share is shown; default 10 */
    bool hides_zero; /* nobody, and everybody, are hidden as well */
    int base;        /* of rounding: counts are shown to the nearest multiple of it; default 5 */
} WmDisclosureRules;

/** Judge a reading by itself.
 *
 * A count is judged by its value; what has a denominator by denominator, numerator and the difference of both. A share without
 * counts, a duration, a score, money and words are shown: nothing says how many they are of.
 *
 * @param rules  NULL for the defaults; borrowed
 */
WmHiding wm_disclosure_judge(const WmReading *reading, WmKind kind, const WmDisclosureRules *rules);

/** How few a reading is about: its value, or the smallest of numerator and complement; NAN where nothing says so. */
double wm_disclosure_size(const WmReading *reading, WmKind kind);

/** A published sum: the first cell is the total of the others. */
typedef struct {
    const size_t *cells; /* n_cells indices; borrowed */
    size_t n_cells;
} WmDisclosureSum;

/** Hide further cells until no hidden one can be computed from what is shown.
 *
 * Afterwards (1) no linear combination of the sums gives a hidden cell: over the hidden cells, no unit vector lies in the row space
 * of the sums (found by Gauss-Jordan elimination); and (2) each sum that has a hidden cell has among them one above the threshold,
 * so that the others may be anything from nothing up to more than the threshold. Of several the smallest cell is taken, parts
 * before totals, so that little is lost. A cell of size 0 or NAN is never taken. Where nothing is left to take, all of a sum that
 * may be is hidden. Once more on its own result it changes nothing.
 *
 * @param sizes    n_cells of wm_disclosure_size
 * @param hidings  n_cells; changed from WM_SHOWN to WM_HIDDEN_SECONDARY
 * @param rules    NULL for the defaults; borrowed
 * @return WM_OK, or WM_NO_MEMORY; then some may be hidden, and none that was is shown. O(n_sums^2 times hidden cells) a round
 */
WmStatus wm_disclosure_protect(const double *sizes, WmHiding *hidings, size_t n_cells, const WmDisclosureSum *sums, size_t n_sums,
                               const WmDisclosureRules *rules);

/** A count to the nearest multiple of the rules' base, halves up. */
double wm_disclosure_round(double count, const WmDisclosureRules *rules);

/** Counts that are shown rounded. A *figure* is what is shown or hidden as one: a count, or the numerator, complement and
 * denominator of a share, of which the complement is never printed. */
typedef struct {
    const double *counts;  /* n_cells true counts, 0 or more */
    const size_t *figures; /* n_cells: of which figure it is a part */
    const bool *is_printed;
    size_t n_cells;
    const WmDisclosureSum *sums; /* n_sums, over cells */
    size_t n_sums;
} WmRoundedTable;

/** Hide figures until the rounded ones tell of no small count.
 *
 * Who reads a rounded count knows an interval of its true one, and that the true counts are whole and add up; totals rounded by
 * themselves can then give a count away (four counts of 2 are printed as 0, their rows and columns as 5, and the total as 10: no
 * other counts are printed so). Afterwards for each small count there is another table that is printed the same, in which it is not
 * small. It is found by moves of one that keep every sum (a *witness*, so that the claim does not rest on the search being
 * complete: where none is found, more is hidden): first the smallest part of its sums that is not small itself, then their totals,
 * then the small count, then whatever is left.
 *
 * @param hidings  of each figure; changed from WM_SHOWN to WM_HIDDEN_SECONDARY, or WM_HIDDEN_SMALL where a count is hidden for its
 *                 own sake
 * @param rules    NULL for the defaults; borrowed
 * @return WM_OK, or WM_NO_MEMORY; then all of a table may not be protected. O(size of the sums) for each small count and move
 */
WmStatus wm_disclosure_protect_rounded(const WmRoundedTable *table, WmHiding *hidings, const WmDisclosureRules *rules);

/** Hide of a total to date what its differences would give.
 *
 * Each figure that is shown differs from the one shown before it in the year (from nothing, at its beginning) by nothing or by more
 * than the threshold; the others become WM_HIDDEN_SMALL.
 *
 * @param values    n of one year, in order; NAN is passed over
 * @param hidings   n; those hidden already stay so
 */
void wm_disclosure_walk(const double *values, WmHiding *hidings, size_t n, const WmDisclosureRules *rules);

/** `small`, `secondary` …; "" for WM_SHOWN. The pointer lives for ever. */
const char *wm_hiding_name(WmHiding hiding);

#ifdef __cplusplus
}
#endif
#endif
