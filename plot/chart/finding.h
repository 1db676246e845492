/* plot/chart/finding.h: an assessment as the title of a chart. */
#ifndef WM_PLOT_FINDING_H
#define WM_PLOT_FINDING_H

#include <waymark/chart.h>

G_BEGIN_DECLS

/** Of a deliverable, the reading since which it has been done; NULL where it is not, and of every other kind. */
const WmReading *wm_finding_done_since(const WmSeries *series);

/** What stands behind a figure after which newer ones are not published, and what a chart says of it. */
#define WM_OLDER_MARK "\xE2\x80\xA0"
#define WM_OLDER_NOTE WM_OLDER_MARK " newer figures are not published"

/** Whether the latest figure that is known here is not the newest: those after it are not for the public. */
bool wm_is_older(const WmSeries *series);

/** Wordings of the finding, fullest first; each keeps the number that matters. Never empty. New. */
GStrv wm_finding_wordings(const WmSeries *series);

/** "5.3 points below plan", "on plan"; NULL where nothing was planned. New. */
char *wm_finding_position(const WmSeries *series);

/** "18% chance of 50% by Aug 2021", "Jan 2022 milestone of 75% missed", or why nothing can be said; NULL for nothing to say. New.
 */
char *wm_finding_outlook(const WmSeries *series);

/** "Plans issued within 20 weeks (%), Somerset, girls". New. */
char *wm_subject(const WmSeries *series);

/** With its first letter in upper case. New. */
char *wm_capitalised(const char *text);

/** The unit where it is a sign ("%", "£") that goes with every figure; "" for a word, which is said once. Lives as long as it. */
const char *wm_unit_sign(const char *measure_unit);

/** A name from a file as people read it: "statistical_neighbour" is "Statistical neighbour". New. */
char *wm_name_in_words(const char *name);

/** " in " before a period; " on " before a day. */
const char *wm_period_in(WmPeriod period);

/** A plan's own words with its months as the papers have them: "from 2018-09" is "from Sep 2018". New. */
char *wm_months_in_words(const char *words);

G_END_DECLS
#endif
