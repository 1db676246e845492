/* plot/chart/finding.h: an assessment as the title of a chart. */
#ifndef WM_PLOT_FINDING_H
#define WM_PLOT_FINDING_H

#include <waymark/chart.h>

G_BEGIN_DECLS

/** Wordings of the finding, fullest first; each keeps the number that matters. Never empty. New. */
GStrv wm_finding_wordings(const WmSeries *series);

/** "Plans issued within 20 weeks (%), Somerset, girls". New. */
char *wm_subject(const WmSeries *series);

/** A name from a file as people read it: "statistical_neighbour" is "Statistical neighbour". New. */
char *wm_name_in_words(const char *name);

G_END_DECLS
#endif
