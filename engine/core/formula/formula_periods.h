/* engine/core/formula/formula_periods.h: how periods of one kind lie in those of another. */
#ifndef WM_CORE_FORMULA_PERIODS_H
#define WM_CORE_FORMULA_PERIODS_H

#include <waymark/calendar.h>

/* How many periods of kind `part` fill one of kind `whole`; 0 where they do not fill it exactly: quarters no academic year. */
int wm_periods_in(WmPeriodKind part, WmPeriodKind whole);

#endif
