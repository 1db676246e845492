/* plot/report/overview.h: the measures of a performance report counted: by theme, by what else they serve, and by the milestones
 * that fell due since the last report. */
#ifndef WM_PLOT_OVERVIEW_H
#define WM_PLOT_OVERVIEW_H

#include "plot/report/document.h"

G_BEGIN_DECLS

/** Statuses as they are listed: what needs a look first. */
extern const WmRag WM_RAG_ORDER[WM_N_RAGS];

/** A row a section of wm_sections_new: how many measures stand where, and how many moved. */
void wm_overview_add_themes(WmDocument *document, const WmMonth *month, const GArray *sections);

/** The same by the tags of indicators.csv, in the order in which they first come; a measure counts under each of its tags. Nothing
 * where no indicator has one. */
void wm_overview_add_outcomes(WmDocument *document, const WmMonth *month);

/** Every milestone that fell due since the last report, with what came of it. */
void wm_overview_add_milestones(WmDocument *document, const WmMonth *month, const GArray *sections);

G_END_DECLS
#endif
