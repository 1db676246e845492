/* plot/report/signal_words.h: what a control chart says of a series, in the same words everywhere. Texts are the document's. */
#ifndef WM_PLOT_SIGNAL_WORDS_H
#define WM_PLOT_SIGNAL_WORDS_H

#include "plot/report/document.h"

G_BEGIN_DECLS

/** "a signal of concern: 7 months below the mean"; "no signal: within the limits of chance, 41.6% to 59.4%"; "" where there is no
 * chart. */
const char *wm_say_signal(WmDocument *document, const WmSeries *series);

/** "Concern", "Improvement", "High", "Low"; "" for none, or one that does not stand. Lives for ever. */
const char *wm_say_signal_briefly(const WmSeries *series);

/** "75% will not be met", "single readings may meet the path or miss it"; "" for none. */
const char *wm_say_assurance(WmDocument *document, const WmSeries *series);

/** How seldom chance alone shows as much: "about 1 reading in 700"; "" where no signal is possible. */
const char *wm_say_rarity(WmDocument *document, const WmSeries *series);

/** What to bear in mind: seasons, rolling years, few readings; "" for nothing. Lives for ever. */
const char *wm_say_caution(const WmSeries *series);

G_END_DECLS
#endif
