/* Which options there are. */
#include "postgres/options.h"

#include <math.h>
#include <utils/builtins.h>
#include <utils/memutils.h>

#include "postgres/options_read.h"
#include "postgres/series_group.h"

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
WORDS(parse_plan_model, WmModel, wm_model_parse)
WORDS(parse_path, WmPathShape, wm_path_shape_parse)
WORDS(parse_qualifier, WmBaselineQualifier, wm_baseline_qualifier_parse)

/* ---- the table */

#define POLARITIES "higher, lower, plan or none"
#define A_PERIOD   .advice = "a period such as \"2026-04\", \"2026\" or \"Q2 2021/22\""
#define A_NUMBER   .low = -HUGE_VAL, .high = HUGE_VAL, .advice = "a number"

static bool parse_period_kind(const char *text, void *out)
{
    for (WmPeriodKind kind = WM_PERIOD_DAY; kind < WM_N_PERIOD_KINDS; kind++)
        if (strcmp(text, wm_period_kind_name(kind)) == 0) {
            *(WmPeriodKind *)out = kind;
            return true;
        }
    return false;
}

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

#define A_STATUS \
    .advice = "four statuses, for likely, uncertain, unlikely and none, as in [\"green\", \"green watch\", \"amber\", \"green\"]"

static const Key POLICY_KEYS[] = {
    {"on", EVERYONE, take_verdicts, WM_ON * sizeof(WmVerdict[WM_N_OUTLOOKS]), A_STATUS},
    {"near", EVERYONE, take_verdicts, WM_NEAR * sizeof(WmVerdict[WM_N_OUTLOOKS]), A_STATUS},
    {"off", EVERYONE, take_verdicts, WM_OFF * sizeof(WmVerdict[WM_N_OUTLOOKS]), A_STATUS},
    {NULL},
};

/* The words of a file of priors. */
static const Key PRIOR_KEYS[] = {
    {"period", EVERYONE, take_word, offsetof(OptionPrior, group.period_kind), "a kind of period, as a file of priors names it",
     .parse = parse_period_kind},
    {"step_days", EVERYONE, take_int, offsetof(OptionPrior, group.step_days), "a number of days", .low = 0, .high = 36500},
    {"series", EVERYONE, take_int, offsetof(OptionPrior, n_series), "how many series it was learnt from", .low = 0, .high = 1e9},
    {"low", EVERYONE, take_number, offsetof(OptionPrior, group.low), A_NUMBER},
    {"high", EVERYONE, take_number, offsetof(OptionPrior, group.high), A_NUMBER},
    {"change", EVERYONE, take_number, offsetof(OptionPrior, change), A_NUMBER},
    {"scale", EVERYONE, take_number, offsetof(OptionPrior, scale), A_NUMBER},
    {"units", EVERYONE, take_number, offsetof(OptionPrior, units), A_NUMBER},
    {"centre", EVERYONE, take_number, offsetof(OptionPrior, centre), A_NUMBER},
    {"kappa", EVERYONE, take_number, offsetof(OptionPrior, kappa), "a share, 0 to 1", .low = 0, .high = 1},
    {"spread", EVERYONE, take_number, offsetof(OptionPrior, spread), "a factor of forecasts' spread", .low = 1e-3, .high = 1e3},
    {"weights", EVERYONE, take_numbers, offsetof(OptionPrior, weights), "the weights of the kernels", .low = 0, .high = 1},
    {"first", EVERYONE, take_int, offsetof(OptionPrior, first), "a period's number", .low = -1e6, .high = 1e6},
    {"path", EVERYONE, take_numbers, offsetof(OptionPrior, path), "an array of numbers; each may be null", .low = -HUGE_VAL,
     .high = HUGE_VAL},
    {NULL},
};
static const OptionPrior BLANK_PRIOR = {.is_given = true,
                                        .group = {.low = NAN, .high = NAN},
                                        .change = NAN,
                                        .scale = NAN,
                                        .units = NAN,
                                        .centre = NAN,
                                        .kappa = NAN,
                                        .spread = 1};

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
    {"path", OPTIONS_ASSESS, take_word, offsetof(Options, path), "linear, step, geometric, or explicit with waypoints",
     .parse = parse_path},
    {"waypoints", OPTIONS_ASSESS, take_list, offsetof(Options, waypoints), "as in [{\"due\": \"2026-04\", \"target\": 60}]",
     .members = TARGET_KEYS, .size = sizeof(OptionTarget), .blank = &BLANK_TARGET},
    {"model", OPTIONS_ASSESS, take_word, offsetof(Options, plan_model), "a model that [model] of plan.ini may name",
     .parse = parse_plan_model},
    {"prior", OPTIONS_ASSESS, take_object, offsetof(Options, prior), "a section of a file of priors", .members = PRIOR_KEYS,
     .size = sizeof(OptionPrior), .blank = &BLANK_PRIOR},
    {"policy", OPTIONS_ASSESS, take_object, offsetof(Options, policy.table), "as in {\"on\": [four statuses]}",
     .members = POLICY_KEYS},
    {"hold_chance", OPTIONS_ASSESS, take_number, offsetof(Options, policy.hold_chance), CHANCE},
    {"hold_noise", OPTIONS_ASSESS, take_number, offsetof(Options, policy.hold_noise), "0 or more", .low = 0, .high = HUGE_VAL},
    {"hold_readings", OPTIONS_ASSESS, take_int, offsetof(Options, policy.hold_readings), "1 reading or more", .low = 1,
     .high = 1e6},
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
    if (self->path == WM_PATH_EXPLICIT && self->waypoints.n == 0)
        refuse_all("an explicit path has no waypoints", "Give them as in \"waypoints\": [{\"due\": \"2026-04\", \"target\": 60}].");
    for (int i = 0; i < self->waypoints.n; i++)
        if (self->waypoints.items[i].due.kind == WM_PERIOD_NONE || isnan(self->waypoints.items[i].target))
            refuse_all("a waypoint lacks its date or its target", "Write it as {\"due\": \"2026-04\", \"target\": 60}.");
    if (self->prior.is_given && !series_prior_is_sound(&self->prior))
        refuse_all("option \"prior\" is no prior", "Give a section of a file that `waymark priors learn` made, all of it.");
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
                     .plan_model = WM_MODEL_AUTO,
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
