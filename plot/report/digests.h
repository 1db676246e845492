/* plot/report/digests.h: the actions and the risks in brief, for papers about something else. */
#ifndef WM_PLOT_DIGESTS_H
#define WM_PLOT_DIGESTS_H

#include "plot/report/document.h"

G_BEGIN_DECLS

/** The actions in a headline: "38 of 120 actions are past their date and not complete; 35 of them are declared Green." Where none
 * is late, how many raise a question and how many are declared Red; "" where there is nothing to say of them. */
const char *wm_action_say_briefly(WmDocument *document, const WmMonth *month);

/** What the board should do about the actions; "" for nothing. */
const char *wm_action_say_decision(WmDocument *document, const WmMonth *month);

/** How many actions raise a question, and the longest overdue. */
void wm_action_add_digest(WmDocument *document, const WmMonth *month);

/** How many risks stay high, and the highest. */
void wm_risk_add_digest(WmDocument *document, const WmMonth *month);

G_END_DECLS
#endif
