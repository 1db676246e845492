/* plot/report/year_words.h: a measure beside the year before, over the year so far, and as a trend in words. Texts are the
 * document's. */
#ifndef WM_PLOT_YEAR_WORDS_H
#define WM_PLOT_YEAR_WORDS_H

#include "plot/report/wording.h"

G_BEGIN_DECLS

/** "61.0% in Mar 2021"; "" where that period has no reading. */
const char *wm_say_year_before(WmDocument *document, const WmSeries *series);

typedef enum { WM_YEAR_NOW, WM_YEAR_BEFORE } WmYear;

/** "66.2%", "112 in all": the year to the latest reading's period, or the year before to the same period; "" where its figures do
 * not come to one. */
const char *wm_say_year_to_date(WmDocument *document, const WmMonth *month, const WmSeries *series, WmYear which);

/** An arrow with its word: "↑ rising, better", "→ level" where the fitted change over the readings, at most a year of them, is less
 * than one reading's noise; "" with too few readings. */
const char *wm_say_trend(WmDocument *document, const WmSeries *series);

G_END_DECLS
#endif
