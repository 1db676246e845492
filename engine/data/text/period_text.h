/* engine/data/text/period_text.h: a period of a measure, as a drop writes it. */
#ifndef WM_DATA_PERIOD_TEXT_H
#define WM_DATA_PERIOD_TEXT_H

#include <waymark/reading.h>

/* Read a period and bring it into the measure's own terms, so that one period is one key however it is written: 30/09/2026 of a
 * monthly measure is September, Q2 2021 of a quarterly one Q1 2021/22. Beyond wm_period_parse it takes a pair of years without a
 * mark (202122, 202122 Autumn term); where that could be a month (201112), a measure by the year decides. */
bool period_text_read(const char *text, const WmMeasure *measure, WmPeriod *out);

#endif
