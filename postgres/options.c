/* Options from jsonb, by one table. */
#include "postgres/options.h"

#include <math.h>
#include <utils/builtins.h>
#include <utils/memutils.h>

typedef struct Key Key;

/* Write a value to where the key's offset says. */
typedef void TakeFunc(const Key *key, JsonbValue *value, void *out);

struct Key {
    const char *name;
    unsigned users; /* OptionsUser */
    TakeFunc *take;
    size_t offset;
    const char *advice;                         /* what it may be */
    double low, high;                           /* of a number */
    bool (*parse)(const char *text, void *out); /* of a word */
    const Key *members;                         /* of an object, or of each object of a list; the last has no name */
    size_t size;                                /* of each */
    const void *blank;                          /* what a member that is not given has */
};

enum { EVERYONE = OPTIONS_TREND | OPTIONS_SPC | OPTIONS_CHANCE | OPTIONS_ASSESS };

/* ---- values */

static void pg_attribute_noreturn() refuse(const Key *key, const char *what)
{
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("waymark: option \"%s\" %s", key->name, what),
                    errhint("It may be %s.", key->advice)));
    pg_unreachable();
}

static char *text_of(const Key *key, const JsonbValue *value)
{
    if (value->type != jbvString)
        refuse(key, "is no text");
    return pnstrdup(value->val.string.val, (Size)value->val.string.len);
}

static double number_of(const Key *key, const JsonbValue *value)
{
    if (value->type != jbvNumeric)
        refuse(key, "is no number");
    const double number = DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow, NumericGetDatum(value->val.numeric)));
    if (!isfinite(number) || number < key->low || number > key->high)
        refuse(key, "is out of range");
    return number;
}

static void take_number(const Key *key, JsonbValue *value, void *out)
{
    *(double *)out = number_of(key, value);
}

static void take_int(const Key *key, JsonbValue *value, void *out)
{
    const double number = number_of(key, value);
    if (number != floor(number))
        refuse(key, "is no whole number");
    *(int *)out = (int)number;
}

static void take_bool(const Key *key, JsonbValue *value, void *out)
{
    if (value->type != jbvBool)
        refuse(key, "is neither true nor false");
    *(bool *)out = value->val.boolean;
}

static void take_word(const Key *key, JsonbValue *value, void *out)
{
    const char *text = text_of(key, value);
    if (!key->parse(text, out))
        refuse(key, psprintf("is \"%s\"", text));
}

static void take_text(const Key *key, JsonbValue *value, void *out)
{
    *(const char **)out = text_of(key, value);
}

static void take_period(const Key *key, JsonbValue *value, void *out)
{
    const char *text = text_of(key, value);
    if (!wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, out))
        refuse(key, psprintf("is \"%s\", which is no period", text));
}

/* ---- lists and objects */

static JsonbContainer *array_of(const Key *key, const JsonbValue *value)
{
    if (value->type != jbvBinary || !JsonContainerIsArray(value->val.binary.data))
        refuse(key, "is no array");
    return value->val.binary.data;
}

/* Bounds may leave an end open. */
static void take_numbers(const Key *key, JsonbValue *value, void *out)
{
    JsonbContainer *array = array_of(key, value);
    OptionNumbers *self = out;
    self->n = (int)JsonContainerSize(array);
    self->items = palloc((Size)(self->n + 1) * sizeof *self->items);
    for (int i = 0; i < self->n; i++) {
        const JsonbValue *item = getIthJsonbValueFromContainer(array, (uint32)i);
        self->items[i] = item->type == jbvNull ? NAN : number_of(key, item);
    }
}

static void take_periods(const Key *key, JsonbValue *value, void *out)
{
    JsonbContainer *array = array_of(key, value);
    OptionPeriods *self = out;
    self->n = (int)JsonContainerSize(array);
    self->items = palloc((Size)(self->n + 1) * sizeof *self->items);
    for (int i = 0; i < self->n; i++)
        take_period(key, getIthJsonbValueFromContainer(array, (uint32)i), &self->items[i]);
}

static const Key *find_key(const Key *keys, unsigned user, const JsonbValue *name)
{
    for (const Key *key = keys; key->name; key++)
        if ((key->users & user) && strlen(key->name) == (size_t)name->val.string.len &&
            memcmp(key->name, name->val.string.val, (size_t)name->val.string.len) == 0)
            return key;

    StringInfoData known;
    initStringInfo(&known);
    for (const Key *key = keys; key->name; key++)
        if (key->users & user)
            appendStringInfo(&known, "%s%s", known.len ? ", " : "", key->name);
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("waymark: there is no option \"%.*s\"", name->val.string.len, name->val.string.val),
                    errhint("The options here are: %s.", known.data)));
}

static void take_members(const Key *keys, unsigned user, JsonbContainer *object, void *out)
{
    JsonbIterator *walk = JsonbIteratorInit(object);
    JsonbValue value;
    const Key *key = NULL;
    JsonbIteratorToken token;
    while ((token = JsonbIteratorNext(&walk, &value, true)) != WJB_DONE) {
        if (token == WJB_KEY)
            key = find_key(keys, user, &value);
        else if (token == WJB_VALUE && value.type != jbvNull)
            key->take(key, &value, (char *)out + key->offset);
    }
}

static void take_object(const Key *key, JsonbValue *value, void *out)
{
    if (value->type != jbvBinary || !JsonContainerIsObject(value->val.binary.data))
        refuse(key, "is no object");
    memcpy(out, key->blank, key->size);
    take_members(key->members, EVERYONE, value->val.binary.data, out);
}

/* The layout that every list of objects has. */
typedef struct {
    void *items;
    int n;
} List;

static void take_list(const Key *key, JsonbValue *value, void *out)
{
    JsonbContainer *array = array_of(key, value);
    List *self = out;
    self->n = (int)JsonContainerSize(array);
    self->items = palloc((Size)(self->n + 1) * key->size);
    for (int i = 0; i < self->n; i++)
        take_object(key, getIthJsonbValueFromContainer(array, (uint32)i), (char *)self->items + (size_t)i * key->size);
}

/* ---- words */

#define WORDS(name, Type, parser)                 \
    static bool name(const char *text, void *out) \
    {                                             \
        return parser(text, (Type *)out);         \
    }
static bool parse_model(const char *text, void *out)
{
    const WmTrendModel *found = wm_trend_model_find(text);
    if (found)
        *(const WmTrendModel **)out = found;
    return found != NULL;
}
static bool parse_scope(const char *text, void *out)
{
    static const char *const NAMES[] = {[WM_ASSESS_ALL] = "all", [WM_ASSESS_STATUS] = "status"};
    for (size_t i = 0; i < lengthof(NAMES); i++)
        if (strcmp(text, NAMES[i]) == 0) {
            *(WmAssessScope *)out = (WmAssessScope)i;
            return true;
        }
    return false;
}
WORDS(parse_kind, WmKind, wm_kind_parse)
WORDS(parse_polarity, WmPolarity, wm_polarity_parse)
WORDS(parse_frequency, WmFrequency, wm_frequency_parse)
WORDS(parse_event, WmEventKind, wm_event_kind_parse)
WORDS(parse_chart, WmSpcChart, wm_spc_chart_parse)
WORDS(parse_rules, WmSpcRules, wm_spc_rules_parse)
WORDS(parse_screen, WmSpcScreen, wm_spc_screen_parse)
WORDS(parse_establish, WmSpcEstablish, wm_spc_establish_parse)
WORDS(parse_lengths, unsigned, wm_spc_lengths_parse)
WORDS(parse_path, WmPathShape, wm_path_shape_parse)
WORDS(parse_qualifier, WmBaselineQualifier, wm_baseline_qualifier_parse)

/* ---- the table */

#define POLARITIES "higher, lower, plan or none"
#define A_PERIOD   .advice = "a period such as \"2026-04\", \"2026\" or \"Q2 2021/22\""
#define A_NUMBER   .low = -HUGE_VAL, .high = HUGE_VAL, .advice = "a number"

static const Key EVENT_KEYS[] = {
    {"period", EVERYONE, take_period, offsetof(WmEvent, period), A_PERIOD},
    {"kind", EVERYONE, take_word, offsetof(WmEvent, kind), "break, intervention or outlier", .parse = parse_event},
    {NULL},
};
static const WmEvent BLANK_EVENT = {.kind = WM_N_EVENT_KINDS, .title = ""};

static const Key TARGET_KEYS[] = {
    {"due", EVERYONE, take_period, offsetof(OptionTarget, due), A_PERIOD},
    {"target", EVERYONE, take_number, offsetof(OptionTarget, target), A_NUMBER},
    {"polarity", EVERYONE, take_word, offsetof(OptionTarget, polarity), POLARITIES, .parse = parse_polarity},
    {NULL},
};
static const OptionTarget BLANK_TARGET = {.target = NAN, .polarity = WM_N_POLARITIES};

static const Key BASELINE_KEYS[] = {
    {"value", EVERYONE, take_number, offsetof(OptionBaseline, value), A_NUMBER},
    {"as_at", EVERYONE, take_period, offsetof(OptionBaseline, as_at), A_PERIOD},
    {"qualifier", EVERYONE, take_word, offsetof(OptionBaseline, qualifier),
     "exact, less_than, greater_than, approx, tbc, new_measure or none", .parse = parse_qualifier},
    {NULL},
};
static const OptionBaseline BLANK_BASELINE = {.value = NAN};

#define CHANCE .low = 0, .high = 1, .advice = "a chance, 0 to 1"
#define DAYS   .low = 0, .high = 36500, .advice = "a number of days"

static const Key KEYS[] = {
    {"kind", EVERYONE, take_word, offsetof(Options, kind), "count, percent, rate, duration, score, money or yes_no",
     .parse = parse_kind},
    {"polarity", EVERYONE, take_word, offsetof(Options, polarity), POLARITIES, .parse = parse_polarity},
    {"frequency", EVERYONE, take_word, offsetof(Options, frequency),
     "month, quarter, term, half, year, academic_year, financial_year or once", .parse = parse_frequency},
    {"bounds", EVERYONE, take_numbers, offsetof(Options, bounds), "two numbers as in [0, 100]; either may be null",
     .low = -HUGE_VAL, .high = HUGE_VAL},
    {"events", OPTIONS_TREND | OPTIONS_CHANCE | OPTIONS_ASSESS, take_list, offsetof(Options, events),
     "as in [{\"period\": \"2020-04\", \"kind\": \"break\"}]", .members = EVENT_KEYS, .size = sizeof(WmEvent),
     .blank = &BLANK_EVENT},
    {"as_at", EVERYONE, take_period, offsetof(Options, as_at), .advice = "a day or a period, of which the last day is meant"},
    {"method", EVERYONE, take_int, offsetof(Options, method), "the method that waymark_method() tells", .low = 1, .high = 1e6},

    {"model", OPTIONS_TREND, take_word, offsetof(Options, model), "auto, or a line, smoothing or structural model of waymark trend",
     .parse = parse_model},
    {"horizon", OPTIONS_TREND, take_int, offsetof(Options, horizon), "0 to 1200 periods", .low = 0, .high = 1200},
    {"levels", OPTIONS_TREND, take_numbers, offsetof(Options, levels), "percents between 0 and 100, as in [80, 95]; at most 20",
     .low = 0, .high = 100},

    {"target", OPTIONS_SPC | OPTIONS_CHANCE, take_number, offsetof(Options, target.target), A_NUMBER},
    {"due", OPTIONS_CHANCE, take_period, offsetof(Options, target.due), A_PERIOD},
    {"targets", OPTIONS_CHANCE, take_list, offsetof(Options, targets), "as in [{\"due\": \"2026-04\", \"target\": 60}]",
     .members = TARGET_KEYS, .size = sizeof(OptionTarget), .blank = &BLANK_TARGET},

    {"chart", OPTIONS_SPC, take_word, offsetof(Options, spc.chart), "auto, xmr, i, c, u, up, p, pp, g, t or run",
     .parse = parse_chart},
    {"rules", OPTIONS_SPC, take_word, offsetof(Options, spc.rules), "mdc, anhoej or nelson", .parse = parse_rules},
    {"screen", OPTIONS_SPC, take_word, offsetof(Options, spc.screen), "yes or no", .parse = parse_screen},
    {"establish", OPTIONS_SPC, take_word, offsetof(Options, spc.establish), "no or ssa", .parse = parse_establish},
    {"lengths", OPTIONS_SPC, take_word, offsetof(Options, spc.lengths),
     "signals with the readings that make them, as in \"run=8,trend=6\"", .parse = parse_lengths},
    {"rebase", OPTIONS_SPC, take_periods, offsetof(Options, rebase), .advice = "an array of periods"},
    {"exclude", OPTIONS_SPC, take_periods, offsetof(Options, exclude), .advice = "an array of periods"},
    {"fix_after", OPTIONS_SPC, take_int, offsetof(Options, fix_after), "2 readings or more", .low = 2, .high = 1e9},
    {"period_min", OPTIONS_SPC, take_int, offsetof(Options, period_min), "2 readings or more", .low = 2, .high = 1e9},
    {"shift_length", OPTIONS_SPC, take_int, offsetof(Options, shift_length), "2 readings or more", .low = 2, .high = 1e9},
    {"points", OPTIONS_SPC, take_bool, offsetof(Options, wants_points), .advice = "true or false"},

    {"measure_unit", OPTIONS_ASSESS, take_text, offsetof(Options, measure_unit), .advice = "a text such as \"%\" or \"weeks\""},
    {"decimals", OPTIONS_ASSESS, take_int, offsetof(Options, decimals), "0 to 9", .low = 0, .high = 9},
    {"tolerance", OPTIONS_ASSESS, take_number, offsetof(Options, tolerance), "0 or more", .low = 0, .high = HUGE_VAL},
    {"near", OPTIONS_ASSESS, take_number, offsetof(Options, near), "0 or more", .low = 0, .high = HUGE_VAL},
    {"baseline", OPTIONS_ASSESS, take_object, offsetof(Options, baseline), "as in {\"value\": 41, \"as_at\": \"2020-03\"}",
     .members = BASELINE_KEYS, .size = sizeof(OptionBaseline), .blank = &BLANK_BASELINE},
    {"milestones", OPTIONS_ASSESS, take_list, offsetof(Options, targets), "as in [{\"due\": \"2026-04\", \"target\": 60}]",
     .members = TARGET_KEYS, .size = sizeof(OptionTarget), .blank = &BLANK_TARGET},
    {"path", OPTIONS_ASSESS, take_word, offsetof(Options, path), "linear, step or geometric", .parse = parse_path},
    {"start", OPTIONS_ASSESS, take_period, offsetof(Options, start),
     .advice = "a day or a period, of which the first day is meant"},
    {"reading_lag_days", OPTIONS_ASSESS, take_int, offsetof(Options, reading_lag_days), DAYS},
    {"stale_after_days", OPTIONS_ASSESS, take_int, offsetof(Options, stale_after_days), DAYS},
    {"likely_from", OPTIONS_ASSESS, take_number, offsetof(Options, policy.likely_from), CHANCE},
    {"uncertain_from", OPTIONS_ASSESS, take_number, offsetof(Options, policy.uncertain_from), CHANCE},
    {"scope", OPTIONS_ASSESS, take_word, offsetof(Options, scope), "all or status", .parse = parse_scope},
    {NULL},
};

/* ---- what belongs together */

static void pg_attribute_noreturn() refuse_all(const char *what, const char *hint)
{
    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("waymark: %s", what), errhint("%s", hint)));
    pg_unreachable();
}

static void check(const Options *self)
{
    if (self->method && self->method != WM_METHOD_VERSION)
        ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                        errmsg("waymark: this server has method %d, not %d", WM_METHOD_VERSION, self->method),
                        errhint("Install the same version of the extension on every server.")));
    if (self->bounds.n && (self->bounds.n != 2 || self->bounds.items[0] >= self->bounds.items[1]))
        refuse_all("option \"bounds\" is no range", "Give two numbers as in [0, 100]; either may be null.");
    bool are_good = self->levels.n > 0 && self->levels.n <= OPTIONS_MAX_LEVELS;
    for (int i = 0; i < self->levels.n; i++)
        are_good = are_good && self->levels.items[i] > 0 && self->levels.items[i] < 100;
    if (!are_good)
        refuse_all("option \"levels\" is not understood", "Give percents between 0 and 100, as in [80, 95]; at most 20.");
    for (int i = 0; i < self->events.n; i++)
        if (self->events.items[i].kind == WM_N_EVENT_KINDS || self->events.items[i].period.kind == WM_PERIOD_NONE)
            refuse_all("an event lacks its period or its kind", "Write it as {\"period\": \"2020-04\", \"kind\": \"break\"}.");
}

static double DEFAULT_LEVELS[] = {80, 95};

static Options options_default(void)
{
    return (Options){.kind = WM_N_KINDS,
                     .polarity = WM_N_POLARITIES,
                     .frequency = WM_N_FREQUENCIES,
                     .model = wm_trend_model(0),
                     .horizon = 12,
                     .levels = {DEFAULT_LEVELS, lengthof(DEFAULT_LEVELS)},
                     .target = BLANK_TARGET,
                     .spc = wm_spc_options_default(),
                     .wants_points = true,
                     .measure_unit = "",
                     .reading_lag_days = 31,
                     .stale_after_days = 92,
                     .decimals = -1,
                     .tolerance = NAN,
                     .near = NAN,
                     .baseline = {.value = NAN, .qualifier = WM_BASELINE_NONE},
                     .policy = wm_policy_default()};
}

static bool is_cached(const OptionsCache *cache, const Jsonb *raw)
{
    if (!raw)
        return cache->has_null;
    return cache->raw && VARSIZE(cache->raw) == VARSIZE(raw) && memcmp(cache->raw, raw, VARSIZE(raw)) == 0;
}

const Options *options_of(OptionsCache *cache, MemoryContext parent, const Jsonb *raw, OptionsUser user)
{
    if (is_cached(cache, raw))
        return cache->parsed;
    if (!cache->context)
        cache->context = AllocSetContextCreate(parent, "waymark options", ALLOCSET_SMALL_SIZES);
    MemoryContextReset(cache->context);
    *cache = (OptionsCache){.context = cache->context};
    MemoryContext before = MemoryContextSwitchTo(cache->context);
    Options *self = palloc(sizeof *self);
    *self = options_default();
    Jsonb *copy = NULL;
    if (raw) {
        copy = palloc(VARSIZE(raw));
        memcpy(copy, raw, VARSIZE(raw));
        if (!JB_ROOT_IS_OBJECT(copy))
            refuse_all("the options are no object", "Write them as '{\"kind\": \"percent\"}'.");
        take_members(KEYS, user, &copy->root, self);
        check(self);
    }
    MemoryContextSwitchTo(before);
    cache->raw = copy;
    cache->parsed = self;
    cache->has_null = !raw;
    return self;
}

WmPeriodKind options_pair_kind(const Jsonb *raw)
{
    JsonbValue value;
    static const char *const ACADEMIC = "academic_year";
    if (raw && JB_ROOT_IS_OBJECT(raw) &&
        getKeyJsonValueFromContainer((JsonbContainer *)(uintptr_t)&raw->root, "frequency", 9, &value) && value.type == jbvString &&
        (size_t)value.val.string.len == strlen(ACADEMIC) && pg_strncasecmp(value.val.string.val, ACADEMIC, strlen(ACADEMIC)) == 0)
        return WM_PERIOD_ACADEMIC_YEAR;
    return WM_PERIOD_FINANCIAL_YEAR;
}

WmPeriodKind options_period_kind(const Options *self)
{
    return self->frequency == WM_N_FREQUENCIES ? WM_PERIOD_NONE : wm_frequency_period_kind(self->frequency);
}

WmDay options_as_at(const Options *self)
{
    return wm_period_end(self->as_at);
}

WmDay options_due_day(WmPeriod due)
{
    return due.kind == WM_PERIOD_NONE ? WM_NO_DAY : wm_day_month_end(wm_period_end(due));
}
