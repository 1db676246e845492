/* plot/report/evidence.h: evidence.csv in papers: what is known beside the figures, the latest first. Shown as data, never as
 * markup. */
#ifndef WM_PLOT_EVIDENCE_H
#define WM_PLOT_EVIDENCE_H

#include "plot/report/document.h"

G_BEGIN_DECLS

/** "Complaints. 14, before that 9 in Nov 2021. Most are about late plans. (Complaints panel, 28 Feb 2022)" */
WmProse *wm_say_evidence(WmDocument *document, const WmMonth *month, const WmEvidence *row);

/** Whether something is known about a measure at the month's as-at, and this is the series with which it is told: the area's own, or
 * the measure's first. */
bool wm_month_has_evidence(const WmMonth *month, const WmSeries *series);

/** A list of at most `max` entries about a measure, or about a theme as a whole. @return how many there are */
size_t wm_document_add_evidence(WmDocument *document, const WmMonth *month, const WmSeries *series, size_t max);
size_t wm_document_add_theme_evidence(WmDocument *document, const WmMonth *month, const char *theme, size_t max);

/** A table of the evidence that is to come at its own pace: the last of each item, and when the next is due. Nothing where the plan
 * names none. */
void wm_document_add_evidence_items(WmDocument *document, const WmMonth *month);

G_END_DECLS
#endif
