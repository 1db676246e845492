/* postgres/series_arrays.h: the aggregates' answers for a series that lies in one row, as arrays: the period of the first element,
 * and figures of the periods that follow one after another. */
#ifndef WM_POSTGRES_SERIES_ARRAYS_H
#define WM_POSTGRES_SERIES_ARRAYS_H

#include "postgres/readings_state.h"

/* Answer f(first text, "values" float8[], numerators float8[], denominators float8[], options jsonb). NULL without a first period,
 * or without values and numerators; an array of no elements is a series without readings. */
Datum answer_arrays(FunctionCallInfo fcinfo, OptionsUser user, AnswerFunc *answer);

#endif
