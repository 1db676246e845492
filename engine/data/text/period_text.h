/* engine/data/text/period_text.h: a period of a measure, as a drop writes it. */
#ifndef WM_DATA_PERIOD_TEXT_H
#define WM_DATA_PERIOD_TEXT_H

#include <waymark/reading.h>

/* Read a period and bring it into the measure's own terms, so that one period is one key however it is written: 30/09/2026 of a
 * monthly measure is September, Q2 2021 of a quarterly one Q1 2021/22. Beyond wm_period_parse it takes a pair of years without a
 * mark (202122, 202122 Autumn term); where that could be a month (201112, 2011-12, 2023/4), a measure by
 * the year decides. */
bool period_text_read(const char *text, const WmMeasure *measure, WmPeriod *out);

/* The same where the text may end in a mark of how sure its figures are: "Jun-25 (p)", "2024/25 provisional", "2023/24r". *state is
 * WM_PROVISIONAL, WM_REVISED, or WM_FINAL without a mark. */
bool period_text_read_marked(const char *text, const WmMeasure *measure, WmPeriod *out, WmReadingState *state);

/* What can be done about a text that is no period of ours, as the end of a sentence; "" where nothing is known. Static. */
const char *period_text_advice(const char *text);

/* Length of a text without such a mark, and the mark's state. What is left need be no period. */
size_t period_text_length_without_state(const char *text, WmReadingState *state);

#endif
