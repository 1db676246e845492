/* postgres/readings_state.h: the transition state of every aggregate here: the readings of one group, in the order they came.
 *
 * Nothing is computed until the end, so that partial states of parallel workers are put together by laying one behind the other,
 * and the result does not depend on how the rows were shared out.
 */
#ifndef WM_POSTGRES_READINGS_STATE_H
#define WM_POSTGRES_READINGS_STATE_H

#include "postgres/core_host.h"

typedef struct {
    WmReading reading; /* as it came: the value may yet follow from numerator and denominator */
    WmDay received;    /* WM_NO_DAY when not given */
} StateEntry;

typedef struct {
    Jsonb *options; /* of the group's first row; NULL for none */
    WmPeriodKind pair_kind;
    StateEntry *entries;
    size_t n, room;
} ReadingsState;

/* The readings of a group as the engine takes them: by period, one each. Borrowed from the caller's memory context. */
typedef struct {
    WmReading *readings;
    size_t n;
} GroupReadings;

/* Answer for a series: the row of an aggregate. */
typedef Datum AnswerFunc(FunctionCallInfo fcinfo, const ReadingsState *state);

/* Answer of a final function, whose first argument is the state; NULL for a group without rows. */
Datum answer_state(FunctionCallInfo fcinfo, AnswerFunc *answer);

/* A period as people write it; else an ERROR. `pair_kind` says what a pair of years is. */
WmPeriod period_of_text(const text *written, WmPeriodKind pair_kind);

/* The figure, NaN for none; an ERROR for what is infinite. */
double finite_figure(double figure, const char *name);

/* Settle a group's readings: periods as the frequency has them, values from numerator and denominator, those after the as-at left
 * out, sorted. Two of one period are an ERROR, unless they were received on different days: then the later counts. */
GroupReadings state_readings(const ReadingsState *self, const Options *options);

/* The same of readings that a store holds: their periods stay as they are, and those alone are left out that had not begun by the
 * day; WM_NO_DAY: none. */
GroupReadings state_stored_readings(const ReadingsState *self, const Options *options, WmDay day);

#endif
