/* postgres/result_row.h: composite rows and arrays of them, filled column by column in the order of their type. NAN, no day and ""
 * are NULL. */
#ifndef WM_POSTGRES_RESULT_ROW_H
#define WM_POSTGRES_RESULT_ROW_H

#include "postgres/core_host.h"

enum { RESULT_MAX_COLUMNS = 40 };

typedef struct {
    TupleDesc type;
    int n;
    Datum values[RESULT_MAX_COLUMNS];
    bool nulls[RESULT_MAX_COLUMNS];
} ResultRow;

ResultRow result_row(TupleDesc type);
void result_number(ResultRow *self, double number);
void result_numbers(ResultRow *self, const double *numbers, size_t n);
void result_int(ResultRow *self, int number);
void result_text(ResultRow *self, const char *text);
void result_period(ResultRow *self, WmPeriod period);
void result_day(ResultRow *self, WmDay day);
void result_datum(ResultRow *self, Datum datum, bool is_null);
Datum result_datum_of(ResultRow *self);

/* The row type that the final function returns, or of which it returns an array; kept in the workshop. */
TupleDesc result_type(FunctionCallInfo fcinfo);

/* The row type of which the last column of result_type is an array. */
TupleDesc result_inner_type(FunctionCallInfo fcinfo);

Datum result_array(const Datum *rows, size_t n, TupleDesc type);

#endif
