/* Rows out. */
#include "postgres/result_row.h"

#include <catalog/pg_type.h>
#include <funcapi.h>
#include <math.h>
#include <utils/array.h>
#include <utils/builtins.h>
#include <utils/date.h>
#include <utils/lsyscache.h>
#include <utils/memutils.h>
#include <utils/typcache.h>

ResultRow result_row(TupleDesc type)
{
    return (ResultRow){.type = type};
}

void result_datum(ResultRow *self, Datum datum, bool is_null)
{
    if (self->n >= self->type->natts || self->n >= RESULT_MAX_COLUMNS)
        elog(ERROR, "waymark: the row type lacks column %d: the module and its SQL are of different versions", self->n + 1);
    self->values[self->n] = datum;
    self->nulls[self->n++] = is_null;
}

void result_number(ResultRow *self, double number)
{
    result_datum(self, Float8GetDatum(number == 0 ? 0.0 : number), !isfinite(number)); /* never "-0" */
}

void result_numbers(ResultRow *self, const double *numbers, size_t n)
{
    Datum values[OPTIONS_MAX_LEVELS];
    bool nulls[OPTIONS_MAX_LEVELS];
    for (size_t i = 0; i < n; i++) {
        values[i] = Float8GetDatum(numbers[i] == 0 ? 0.0 : numbers[i]);
        nulls[i] = !isfinite(numbers[i]);
    }
    result_datum(self,
                 PointerGetDatum(construct_md_array(values, nulls, 1, &(int){(int)n}, &(int){1}, FLOAT8OID, sizeof(float8),
                                                    FLOAT8PASSBYVAL, TYPALIGN_DOUBLE)),
                 false);
}

void result_int(ResultRow *self, int number)
{
    result_datum(self, Int32GetDatum(number), false);
}

void result_text(ResultRow *self, const char *text)
{
    result_datum(self, *text ? CStringGetTextDatum(text) : (Datum)0, *text == 0);
}

void result_period(ResultRow *self, WmPeriod period)
{
    char text[WM_PERIOD_TEXT] = "";
    if (period.kind != WM_PERIOD_NONE)
        wm_period_format_iso(period, text);
    result_text(self, text);
}

void result_day(ResultRow *self, WmDay day)
{
    result_datum(self, DateADTGetDatum(day - (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE)), day == WM_NO_DAY);
}

Datum result_datum_of(ResultRow *self)
{
    if (self->n != self->type->natts)
        elog(ERROR, "waymark: the row type has %d columns, not %d: the module and its SQL are of different versions",
             self->type->natts, self->n);
    return HeapTupleGetDatum(heap_form_tuple(self->type, self->values, self->nulls));
}

/* Row type of a type that is one, or an array of it; copied into the workshop. */
static TupleDesc row_type(Workshop *workshop, Oid type)
{
    const Oid element = get_element_type(type);
    MemoryContext before = MemoryContextSwitchTo(workshop->context);
    TupleDesc row = lookup_rowtype_tupdesc_copy(OidIsValid(element) ? element : type, -1);
    MemoryContextSwitchTo(before);
    return row;
}

TupleDesc result_type(FunctionCallInfo fcinfo)
{
    Workshop *workshop = workshop_of(fcinfo);
    if (!workshop->row)
        workshop->row = row_type(workshop, get_fn_expr_rettype(fcinfo->flinfo));
    return workshop->row;
}

TupleDesc result_inner_type(FunctionCallInfo fcinfo)
{
    Workshop *workshop = workshop_of(fcinfo);
    const TupleDesc row = result_type(fcinfo);
    if (!workshop->inner)
        workshop->inner = row_type(workshop, TupleDescAttr(row, row->natts - 1)->atttypid);
    return workshop->inner;
}

Datum result_array(const Datum *rows, size_t n, TupleDesc type)
{
    if (n > MaxAllocSize / sizeof(Datum) / 16)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("waymark: an array of %zu rows is too large", n)));
    return PointerGetDatum(construct_array((Datum *)(uintptr_t)rows, (int)n, type->tdtypeid, -1, false, TYPALIGN_DOUBLE));
}
