/* The transition state: readings put together, sent between workers, and settled. */
#include "postgres/readings_state.h"

#include <libpq/pqformat.h>
#include <math.h>
#include <utils/builtins.h>
#include <utils/date.h>
#include <utils/memutils.h>

/* What fits a chunk of the server's allocator, 2 kB: three years of months and a half. */
#define FIRST_ROOM 42

/* Days from the database's first day, 1 January 2000, back to 1 January 1970. */
#define EPOCH_DAYS (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE)

static ReadingsState *state_new(MemoryContext context, const Jsonb *options, size_t room)
{
    ReadingsState *self = MemoryContextAllocZero(context, sizeof *self);
    self->pair_kind = options_pair_kind(options);
    self->room = Max(room, FIRST_ROOM);
    self->entries = MemoryContextAllocHuge(context, self->room * sizeof *self->entries);
    if (options) {
        self->options = MemoryContextAlloc(context, VARSIZE(options));
        memcpy(self->options, options, VARSIZE(options));
    }
    return self;
}

/* Room for n more, and the first of them. */
static StateEntry *state_extend(ReadingsState *self, size_t n)
{
    if (self->n + n > self->room) {
        self->room = Max(2 * self->room, self->n + n);
        self->entries = repalloc_huge(self->entries, self->room * sizeof *self->entries);
    }
    self->n += n;
    return self->entries + self->n - n;
}

static void check_same_options(const ReadingsState *self, const Jsonb *options)
{
    if (!options == !self->options &&
        (!options || (VARSIZE(options) == VARSIZE(self->options) && memcmp(options, self->options, VARSIZE(options)) == 0)))
        return;
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("waymark: the options differ within one group"),
                    errdetail("A group is one series, of one measure."), errhint("Group by all that the options depend on.")));
}

static MemoryContext context_of(FunctionCallInfo fcinfo)
{
    MemoryContext context;
    if (!AggCheckCallContext(fcinfo, &context))
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED), errmsg("waymark: this function is part of an aggregate")));
    return context;
}

/* ---- one row */

double finite_figure(double figure, const char *name)
{
    if (isinf(figure))
        ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("waymark: %s is infinite", name),
                        errhint("Leave out such rows, or make the figure NULL.")));
    return figure;
}

/* NULL and NaN are no number; what is infinite is an error somewhere. */
static double figure_arg(FunctionCallInfo fcinfo, int i, const char *name)
{
    return PG_ARGISNULL(i) ? NAN : finite_figure(PG_GETARG_FLOAT8(i), name);
}

/* No period is as long as that: the longest are like "2021/22 financial year" with a time of day behind it. */
enum { LONGEST_PERIOD = 100 };

WmPeriod period_of_text(const text *written, WmPeriodKind pair_kind)
{
    WmPeriod period;
    char characters[LONGEST_PERIOD + 1];
    const size_t n = VARSIZE_ANY_EXHDR(written);
    if (n <= LONGEST_PERIOD) {
        memcpy(characters, VARDATA_ANY(written), n);
        characters[n] = 0;
        if (wm_period_parse(characters, pair_kind, &period))
            return period;
    }
    ereport(ERROR, (errcode(ERRCODE_INVALID_DATETIME_FORMAT), errmsg("waymark: \"%s\" is no period", text_to_cstring(written)),
                    errhint("Write it as 2021-07, 2021 or Q2 2021/22.")));
}

static WmDay day_of_date(DateADT date)
{
    const WmDay day = DATE_NOT_FINITE(date) ? WM_NO_DAY : (WmDay)(date + EPOCH_DAYS);
    if (day < wm_day_from_date(WM_YEAR_MIN, 1, 1) || day > wm_day_from_date(WM_YEAR_MAX, 12, 31))
        ereport(ERROR, (errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
                        errmsg("waymark: a date lies outside the years %d to %d", WM_YEAR_MIN, WM_YEAR_MAX)));
    return day;
}

enum { ARG_STATE, ARG_PERIOD, ARG_VALUE, ARG_NUMERATOR, ARG_DENOMINATOR, ARG_OPTIONS };

/* Of an assessment, before the options. */
enum { ARG_READING_STATE = ARG_OPTIONS, ARG_RECEIVED, ARG_ASSESS_OPTIONS };

static WmReadingState reading_state_arg(FunctionCallInfo fcinfo)
{
    WmReadingState state;
    char *name = text_to_cstring(PG_GETARG_TEXT_PP(ARG_READING_STATE));
    if (!wm_reading_state_parse(name, &state))
        ereport(ERROR,
                (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("waymark: \"%s\" is no state of a reading", name),
                 errhint("It may be final, provisional, revised, suppressed, not_applicable, not_available, low or missing.")));
    pfree(name);
    return state;
}

/* A row without a period has no place; one that is empty altogether is what an outer join makes of no reading. */
static bool has_place(FunctionCallInfo fcinfo)
{
    if (!PG_ARGISNULL(ARG_PERIOD))
        return true;
    if (PG_ARGISNULL(ARG_VALUE) && PG_ARGISNULL(ARG_NUMERATOR) && PG_ARGISNULL(ARG_DENOMINATOR))
        return false;
    ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("waymark: a reading has no period"),
                    errhint("Add FILTER (WHERE period IS NOT NULL) to leave such readings out.")));
}

static Datum add_row(FunctionCallInfo fcinfo, bool is_date, bool is_assessed)
{
    MemoryContext context = context_of(fcinfo);
    ReadingsState *self = PG_ARGISNULL(ARG_STATE) ? NULL : (ReadingsState *)PG_GETARG_POINTER(ARG_STATE);
    const int arg_options = is_assessed ? ARG_ASSESS_OPTIONS : ARG_OPTIONS;
    const Jsonb *options = PG_ARGISNULL(arg_options) ? NULL : PG_GETARG_JSONB_P(arg_options);
    if (self)
        check_same_options(self, options);
    else
        self = state_new(context, options, FIRST_ROOM);
    if (!has_place(fcinfo))
        PG_RETURN_POINTER(self);

    StateEntry *entry = state_extend(self, 1);
    memset(entry, 0, sizeof *entry);
    entry->received = WM_NO_DAY;
    entry->reading.period = is_date ? (WmPeriod){WM_PERIOD_DAY, day_of_date(PG_GETARG_DATEADT(ARG_PERIOD))}
                                    : period_of_text(PG_GETARG_TEXT_PP(ARG_PERIOD), self->pair_kind);
    entry->reading.value = figure_arg(fcinfo, ARG_VALUE, "a value");
    entry->reading.numerator = figure_arg(fcinfo, ARG_NUMERATOR, "a numerator");
    entry->reading.denominator = figure_arg(fcinfo, ARG_DENOMINATOR, "a denominator");
    entry->reading.state = isnan(entry->reading.value) ? WM_MISSING : WM_FINAL;
    if (is_assessed && !PG_ARGISNULL(ARG_READING_STATE))
        entry->reading.state = reading_state_arg(fcinfo);
    if (is_assessed && !PG_ARGISNULL(ARG_RECEIVED))
        entry->received = day_of_date(PG_GETARG_DATEADT(ARG_RECEIVED));
    PG_RETURN_POINTER(self);
}

PG_FUNCTION_INFO_V1(waymark_add_text);
Datum waymark_add_text(PG_FUNCTION_ARGS)
{
    return add_row(fcinfo, false, false);
}

PG_FUNCTION_INFO_V1(waymark_add_date);
Datum waymark_add_date(PG_FUNCTION_ARGS)
{
    return add_row(fcinfo, true, false);
}

PG_FUNCTION_INFO_V1(waymark_add_assessed_text);
Datum waymark_add_assessed_text(PG_FUNCTION_ARGS)
{
    return add_row(fcinfo, false, true);
}

PG_FUNCTION_INFO_V1(waymark_add_assessed_date);
Datum waymark_add_assessed_date(PG_FUNCTION_ARGS)
{
    return add_row(fcinfo, true, true);
}

/* ---- between workers */

PG_FUNCTION_INFO_V1(waymark_combine);
Datum waymark_combine(PG_FUNCTION_ARGS)
{
    MemoryContext context = context_of(fcinfo);
    ReadingsState *self = PG_ARGISNULL(0) ? NULL : (ReadingsState *)PG_GETARG_POINTER(0);
    const ReadingsState *other = PG_ARGISNULL(1) ? NULL : (ReadingsState *)PG_GETARG_POINTER(1);
    if (!other) {
        if (!self)
            PG_RETURN_NULL();
        PG_RETURN_POINTER(self);
    }
    if (!self)
        self = state_new(context, other->options, other->n);
    check_same_options(self, other->options);
    memcpy(state_extend(self, other->n), other->entries, other->n * sizeof *other->entries);
    PG_RETURN_POINTER(self);
}

/* Workers of one server run one module, so the entries go as they are; the size of each says if that were ever not so. */
PG_FUNCTION_INFO_V1(waymark_serialize);
Datum waymark_serialize(PG_FUNCTION_ARGS)
{
    context_of(fcinfo);
    const ReadingsState *self = (ReadingsState *)PG_GETARG_POINTER(0);
    StringInfoData out;
    pq_begintypsend(&out);
    if (self->n > MaxAllocSize / sizeof *self->entries / 2)
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("waymark: a group of %zu readings is too large", self->n)));
    pq_sendint32(&out, sizeof *self->entries);
    pq_sendint32(&out, self->options ? VARSIZE(self->options) : 0);
    if (self->options)
        pq_sendbytes(&out, (const char *)self->options, (int)VARSIZE(self->options));
    pq_sendint64(&out, self->n);
    pq_sendbytes(&out, (const char *)self->entries, (int)(self->n * sizeof *self->entries));
    PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

PG_FUNCTION_INFO_V1(waymark_deserialize);
Datum waymark_deserialize(PG_FUNCTION_ARGS)
{
    context_of(fcinfo);
    const bytea *bytes = PG_GETARG_BYTEA_PP(0);
    StringInfoData in = {.data = (char *)VARDATA_ANY(bytes), .len = (int)VARSIZE_ANY_EXHDR(bytes)};
    if (pq_getmsgint(&in, 4) != sizeof(StateEntry))
        ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("waymark: a partial result of another version")));
    const int n_options = (int)pq_getmsgint(&in, 4);
    Jsonb *options = n_options ? memcpy(palloc((Size)n_options), pq_getmsgbytes(&in, n_options), (size_t)n_options) : NULL;
    const size_t n = (size_t)pq_getmsgint64(&in);
    ReadingsState *self = state_new(CurrentMemoryContext, options, n);
    memcpy(self->entries, pq_getmsgbytes(&in, (int)(n * sizeof *self->entries)), n * sizeof *self->entries);
    self->n = n;
    pq_getmsgend(&in);
    PG_RETURN_POINTER(self);
}

/* ---- settled */

/* By period; of one period, the latest received first. */
static int by_period(const void *a, const void *b)
{
    const StateEntry *x = a, *y = b;
    const int order = wm_period_compare(x->reading.period, y->reading.period);
    return order ? order : (x->received < y->received) - (x->received > y->received);
}

/* What is the same for every reading of a group. */
typedef struct {
    WmPeriodKind kind; /* WM_PERIOD_NONE: as written */
    double unit;       /* of a numerator over its denominator */
    WmDay as_at;       /* WM_NO_DAY: all */
} Settling;

static WmReading settled(const StateEntry *entry, const Settling *how)
{
    WmReading reading = entry->reading;
    if (how->kind != WM_PERIOD_NONE && reading.period.kind != how->kind)
        reading.period = wm_period_containing(how->kind, wm_period_end(reading.period));
    if (isnan(reading.value) && reading.denominator > 0 && !isnan(reading.numerator) &&
        (reading.state == WM_MISSING || wm_reading_state_has_value(reading.state))) {
        reading.value = reading.numerator / reading.denominator * how->unit;
        reading.state = reading.state == WM_MISSING ? WM_FINAL : reading.state;
    }
    return reading;
}

static bool is_known(const WmReading *reading, WmDay received, const Settling *how)
{
    return how->as_at == WM_NO_DAY || (wm_period_end(reading->period) <= how->as_at && received <= how->as_at);
}

static void pg_attribute_noreturn() refuse_twice(WmPeriod period)
{
    char text[WM_PERIOD_TEXT];
    ereport(ERROR, (errcode(ERRCODE_CARDINALITY_VIOLATION),
                    errmsg("waymark: two readings for %s in one group", wm_period_format(period, text)),
                    errhint("A group is one series: group by indicator, unit and cohort, and keep one reading a period.")));
    pg_unreachable();
}

/* As they come, which is mostly by period. False: they need sorting. */
static bool take_in_order(const ReadingsState *self, const Settling *how, GroupReadings *out)
{
    out->n = 0;
    for (size_t i = 0; i < self->n; i++) {
        WmReading *reading = &out->readings[out->n];
        *reading = settled(&self->entries[i], how);
        if (!is_known(reading, self->entries[i].received, how))
            continue;
        if (out->n && wm_period_compare(reading[-1].period, reading->period) >= 0)
            return false;
        out->n++;
    }
    return true;
}

static void take_sorted(const ReadingsState *self, const Settling *how, GroupReadings *out)
{
    StateEntry *entries = MemoryContextAllocHuge(CurrentMemoryContext, (self->n + 1) * sizeof *entries);
    size_t n = 0;
    for (size_t i = 0; i < self->n; i++) {
        entries[n] = (StateEntry){settled(&self->entries[i], how), self->entries[i].received};
        n += is_known(&entries[n].reading, entries[n].received, how);
    }
    qsort(entries, n, sizeof *entries, by_period);
    out->n = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && wm_period_compare(entries[i - 1].reading.period, entries[i].reading.period) == 0) {
            if (entries[i - 1].received == entries[i].received)
                refuse_twice(entries[i].reading.period);
            continue;
        }
        out->readings[out->n++] = entries[i].reading;
    }
    pfree(entries);
}

static GroupReadings settle(const ReadingsState *self, const Settling *how)
{
    GroupReadings out = {MemoryContextAllocHuge(CurrentMemoryContext, (self->n + 1) * sizeof *out.readings), 0};
    if (!take_in_order(self, how, &out))
        take_sorted(self, how, &out);
    return out;
}

static double unit_of(const Options *options)
{
    return options->kind == WM_KIND_PERCENT ? 100 : 1;
}

GroupReadings state_readings(const ReadingsState *self, const Options *options)
{
    return settle(self, &(Settling){options_period_kind(options), unit_of(options), options_as_at(options)});
}

GroupReadings state_stored_readings(const ReadingsState *self, const Options *options, WmDay day)
{
    GroupReadings out = settle(self, &(Settling){WM_PERIOD_NONE, unit_of(options), WM_NO_DAY});
    while (day != WM_NO_DAY && out.n > 0 && wm_period_start(out.readings[out.n - 1].period) > day)
        out.n--;
    return out;
}

Datum answer_state(FunctionCallInfo fcinfo, AnswerFunc *answer)
{
    if (PG_ARGISNULL(0))
        PG_RETURN_NULL();
    return answer(fcinfo, (const ReadingsState *)PG_GETARG_POINTER(0));
}
