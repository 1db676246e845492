/* waymark/public.h: a pack that everybody may see: small numbers hidden, and what would reveal them (waymark/disclosure.h).
 *
 * A hidden reading is hidden before anything is computed: the public month is assessed, charted and told from what is left, so that
 * no table, chart, sentence or alternative text can give it away.
 */
#ifndef WAYMARK_PUBLIC_H
#define WAYMARK_PUBLIC_H

#include <waymark/disclosure.h>
#include <waymark/month.h>

G_BEGIN_DECLS

/** What of a plan's readings is hidden as at a day. */
typedef struct WmPublic WmPublic;

/** Find it: every reading by itself, then by unit tree and cohorts what totals would give, by the rules of the plan's [public]:
 * small numbers suppressed, or all counts rounded.
 *
 * Plan and store are borrowed for the call. @return new, or NULL with WM_ERROR_FILE
 */
WmPublic *wm_public_new(const WmPlan *plan, WmStore *store, WmDay as_at, GError **error);
void wm_public_free(WmPublic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmPublic, wm_public_free)

/** Whether counts are rounded; otherwise they are suppressed. */
bool wm_public_rounds(const WmPublic *self);

/** Round a reading that is not shown, but made into what is: nothing where small numbers are suppressed, and of an indicator that
 * is not about people. */
void wm_public_round(const WmPublic *self, const WmPlan *plan, const char *indicator, WmReading *reading);

/** Put in a reading's place what everybody may see of it: the same, rounded, or suppressed without figures. The reading is found by
 * its period. @return whether it is another now */
bool wm_public_show(const WmPublic *self, const char *indicator, const char *unit, const char *cohort, WmReading *reading);

/** Why a reading is hidden, or that it is rounded; WM_SHOWN. */
WmHiding wm_public_hiding(const WmPublic *self, const char *indicator, const char *unit, const char *cohort, WmPeriod period);

/** How many readings are not shown at all, and how many only rounded. */
size_t wm_public_n_hidden(const WmPublic *self);
size_t wm_public_n_rounded(const WmPublic *self);

/** The list of what was hidden and why: indicator, unit, cohort, period, reason, value, numerator, denominator, and what is
 * shown of each instead (empty: nothing). It is not for the
 * public. Caller frees. */
char *wm_public_to_csv(const WmPublic *self);

/** Take out of a plan what may name a hidden figure: baselines that are small or equal one, and commentary, evidence, notes,
 * reasons and progress with a number in them where something of their indicator is hidden. */
void wm_public_withhold(const WmPublic *self, WmPlan *plan);

/** Whether a text of the plan is what wm_public_withhold puts in the place of another. */
bool wm_public_is_withheld(const char *text);

/** Assess the public month. As wm_month_new, with the plan after wm_public_withhold; without revisions, findings and hashes. */
WmMonth *wm_month_new_public(const WmPlan *plan, WmStore *store, WmDay as_at, WmDay previous, const WmPublic *hidden,
                             GError **error);

G_END_DECLS
#endif
