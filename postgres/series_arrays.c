/* A series as arrays: its first period, and figures that follow one after another. */
#include "postgres/series_arrays.h"

#include <catalog/pg_type.h>
#include <math.h>
#include <utils/array.h>
#include <utils/memutils.h>

enum { ARG_FIRST, ARG_VALUES, ARG_NUMERATORS, ARG_DENOMINATORS, ARG_OPTIONS };

/* One array, read from its beginning to its end. */
typedef struct {
    const float8 *next; /* NULL: none was given, which is NULL throughout */
    const bits8 *nulls; /* a bit an element, 0 for NULL; NULL when there is none */
    int n, i;
    const char *name;
} Figures;

static Figures figures_arg(FunctionCallInfo fcinfo, int i_arg, const char *name)
{
    if (PG_ARGISNULL(i_arg))
        return (Figures){.name = name};
    ArrayType *array = PG_GETARG_ARRAYTYPE_P(i_arg);
    if (ARR_NDIM(array) > 1)
        ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("waymark: %s is an array of more than one dimension", name),
                        errhint("One array is one series.")));
    const char *bytes = (const char *)array;
    const size_t n_dimensions = (size_t)ARR_NDIM(array);
    return (Figures){.next = (const float8 *)(const void *)(bytes + (array->dataoffset ? (size_t)array->dataoffset
                                                                                       : ARR_OVERHEAD_NONULLS(n_dimensions))),
                     .nulls = array->dataoffset ? (const bits8 *)bytes + sizeof *array + 2 * sizeof(int) * n_dimensions : NULL,
                     .n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)),
                     .name = name};
}

static double next_figure(Figures *self)
{
    const int i = self->i++;
    if (!self->next || (self->nulls && !(self->nulls[i / 8] & (1 << i % 8))))
        return NAN;
    return finite_figure(*self->next++, self->name);
}

static void check_length(const Figures *self, int n)
{
    if (self->next && self->n != n)
        ereport(ERROR,
                (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR), errmsg("waymark: %s has %d elements, not %d", self->name, self->n, n),
                 errhint("The arrays of a series have an element a period each, NULL where there is none.")));
}

/* The period of the first element, of the kind in which the others follow. */
static WmPeriod first_period(FunctionCallInfo fcinfo, const Jsonb *options, const Options *understood, int n)
{
    const WmPeriodKind kind = options_period_kind(understood);
    WmPeriod first = period_of_text(PG_GETARG_TEXT_PP(ARG_FIRST), options_pair_kind(options));
    if (kind != WM_PERIOD_NONE && first.kind != kind)
        first = wm_period_containing(kind, wm_period_end(first));
    if (n > 0 && wm_period_end(wm_period_step(first, n - 1)) > wm_day_from_date(WM_YEAR_MAX, 12, 31))
        ereport(ERROR, (errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
                        errmsg("waymark: the last of %d periods lies beyond the year %d", n, WM_YEAR_MAX)));
    return first;
}

Datum answer_arrays(FunctionCallInfo fcinfo, OptionsUser user, AnswerFunc *answer)
{
    if (PG_ARGISNULL(ARG_FIRST) || (PG_ARGISNULL(ARG_VALUES) && PG_ARGISNULL(ARG_NUMERATORS)))
        PG_RETURN_NULL();
    Workshop *workshop = workshop_of(fcinfo);
    Jsonb *options = PG_ARGISNULL(ARG_OPTIONS) ? NULL : PG_GETARG_JSONB_P(ARG_OPTIONS);
    const Options *understood = options_of(&workshop->options, workshop->context, options, user);
    Figures values = figures_arg(fcinfo, ARG_VALUES, "values"), numerators = figures_arg(fcinfo, ARG_NUMERATORS, "numerators"),
            denominators = figures_arg(fcinfo, ARG_DENOMINATORS, "denominators");
    const int n = values.next ? values.n : numerators.n;
    check_length(&numerators, n);
    check_length(&denominators, n);
    const WmPeriod first = first_period(fcinfo, options, understood, n);

    StateEntry *entries = MemoryContextAllocHuge(CurrentMemoryContext, ((Size)n + 1) * sizeof *entries);
    for (int i = 0; i < n; i++) {
        const double value = next_figure(&values);
        entries[i] = (StateEntry){{wm_period_step(first, i), value, next_figure(&numerators), next_figure(&denominators),
                                   isnan(value) ? WM_MISSING : WM_FINAL},
                                  WM_NO_DAY};
    }
    return answer(fcinfo, &(ReadingsState){.options = options, .entries = entries, .n = (size_t)n, .room = (size_t)n});
}
