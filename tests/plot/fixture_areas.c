#include "plot/fixture_areas.h"

#include <math.h>

/* Real names of English areas, short and long, and some with accents. */
static const char *const NAMES[] = {"Bath and North East Somerset",
                                    "Bournemouth, Christchurch and Poole",
                                    "Bristol, City of",
                                    "Cornwall",
                                    "Devon",
                                    "Dorset",
                                    "Gloucestershire",
                                    "Isles of Scilly",
                                    "North Somerset",
                                    "Plymouth",
                                    "Somerset",
                                    "South Gloucestershire",
                                    "Swindon",
                                    "Torbay",
                                    "Wiltshire",
                                    "Kingston upon Hull, City of",
                                    "Île-de-Bréhat",
                                    "Powys / Sir Drefaldwyn ŵŷ",
                                    "York",
                                    "Ely"};

static AreasFixture *areas_new(WmKind kind, const char *unit, WmPolarity polarity)
{
    AreasFixture *self = g_new0(AreasFixture, 1);
    self->list = g_array_new(FALSE, TRUE, sizeof(WmArea));
    self->names = g_ptr_array_new_with_free_func(g_free);
    self->areas = (WmAreas){
        .subject = "Plans issued within 20 weeks",
        .measure_unit = unit,
        .source = "DfE, Education, health and care plans",
        .measure = {kind, polarity, WM_FREQUENCY_YEAR, 0, (double)NAN, wm_kind_default_decimals(kind), (double)NAN, (double)NAN},
        .period = {WM_PERIOD_YEAR, 2021},
        .as_at = wm_day_from_date(2022, 6, 30),
        .benchmark = (double)NAN,
        .benchmark_name = ""};
    wm_period_parse("2021", WM_PERIOD_YEAR, &self->areas.period);
    if (kind == WM_KIND_PERCENT)
        self->areas.measure.high = 100;
    return self;
}

void areas_free(AreasFixture *self)
{
    g_array_unref(self->list);
    g_ptr_array_unref(self->names);
    g_free(self);
}

static void add(AreasFixture *self, size_t i, double value, double numerator, double denominator)
{
    char *name = i < G_N_ELEMENTS(NAMES) ? g_strdup(NAMES[i]) : g_strdup_printf("Area %zu", i);
    g_ptr_array_add(self->names, name);
    const WmArea area = {name, value, numerator, denominator};
    g_array_append_val(self->list, area);
    self->areas.areas = (const WmArea *)(void *)self->list->data;
    self->areas.n_areas = self->list->len;
}

/* Shares around `level`, areas differing by `spread` beyond chance. */
static AreasFixture *percents(size_t n, double level, double spread, guint32 seed)
{
    AreasFixture *self = areas_new(WM_KIND_PERCENT, "%", WM_POLARITY_HIGHER);
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    for (size_t i = 0; i < n; i++) {
        const double denominator = floor(exp(g_rand_double_range(random, 3, 7.5)));
        double share = level + spread * (g_rand_double(random) + g_rand_double(random) - 1);
        share += sqrt(level * (1 - level) / denominator) * 1.7 * (g_rand_double(random) + g_rand_double(random) - 1);
        const double events = round(fmin(fmax(share, 0), 1) * denominator);
        add(self, i, wm_round(100 * events / denominator, 1), events, denominator);
    }
    return self;
}

static AreasFixture *south_west(void)
{
    AreasFixture *self = percents(15, 0.58, 0.25, 1);
    self->areas.benchmark = 57.9;
    self->areas.benchmark_name = "National";
    self->areas.focus = "Somerset";
    return self;
}

static AreasFixture *nation(void)
{
    AreasFixture *self = percents(153, 0.58, 0.3, 2);
    self->areas.focus = "Somerset";
    return self;
}

static AreasFixture *nation_overdispersed(void)
{
    AreasFixture *self = nation();
    self->areas.overdispersion = WM_OVERDISPERSION_ADDITIVE;
    return self;
}

static AreasFixture *chance_alone(void)
{
    return percents(40, 0.8, 0, 5);
}

static AreasFixture *no_counts(void)
{
    AreasFixture *self = areas_new(WM_KIND_DURATION, "weeks", WM_POLARITY_LOWER);
    for (size_t i = 0; i < 12; i++)
        add(self, i, i == 3 ? (double)NAN : 18 + (double)(i * 7 % 11), (double)NAN, (double)NAN);
    self->areas.benchmark = 20;
    self->areas.benchmark_name = "Target";
    return self;
}

static AreasFixture *rates(void)
{
    AreasFixture *self = areas_new(WM_KIND_RATE, "per 10,000", WM_POLARITY_LOWER);
    g_autoptr(GRand) random = g_rand_new_with_seed(9);
    for (size_t i = 0; i < 30; i++) {
        const double people = exp(g_rand_double_range(random, 8, 13)),
                     events = round(people * 0.0012 * exp(g_rand_double_range(random, -0.5, 0.5)));
        add(self, i, 10000 * events / people, events, people);
    }
    return self;
}

static AreasFixture *none(void)
{
    return areas_new(WM_KIND_PERCENT, "%", WM_POLARITY_HIGHER);
}

static AreasFixture *one(void)
{
    AreasFixture *self = none();
    add(self, 10, 50, 5, 10);
    return self;
}

static AreasFixture *one_against_a_benchmark(void)
{
    AreasFixture *self = none();
    add(self, 10, 50, 5, 10);
    self->areas.benchmark = 90;
    self->areas.benchmark_name = "National";
    return self;
}

static AreasFixture *all_equal(void)
{
    AreasFixture *self = none();
    for (size_t i = 0; i < 9; i++)
        add(self, i, 100, 20 + (double)i, 20 + (double)i);
    return self;
}

static AreasFixture *of_no_polarity(void)
{
    AreasFixture *self = percents(25, 0.04, 0.05, 12);
    self->areas.measure.polarity = WM_POLARITY_NONE;
    self->areas.is_illustrative = true;
    return self;
}

static AreasFixture *tens_of_millions(void)
{
    AreasFixture *self = areas_new(WM_KIND_MONEY, "£", WM_POLARITY_NONE);
    for (size_t i = 0; i < 16; i++)
        add(self, i, 1e7 * (1 + (double)(i * 5 % 16)), (double)NAN, (double)NAN);
    return self;
}

const AreasCase AREAS_CASES[] = {
    {"south west", south_west, "Somerset: ", "Somerset is "},
    {"nation", nation, "of 153 areas", "of 153 at "},
    {"nation, overdispersed", nation_overdispersed, "of 153 areas", "of 153 at "},
    {"chance alone", chance_alone, "Of 40 areas, none outside what chance allows", " is best at "},
    {"no counts", no_counts, "No area has published its counts", " and 1 more are best at 18.0 weeks"},
    {"rates", rates, "Of 30 areas, ", " is best at "},
    {"none", none, "No areas yet", "No areas yet"},
    {"one against a benchmark", one_against_a_benchmark, "Somerset: 50.0% is within what chance allows",
     "Somerset stands alone at 50.0%"},
    {"one", one, "One area alone has nothing to be compared with", "Somerset stands alone at 50.0%"},
    {"all equal", all_equal, "Of 9 areas, none outside", "All 9 areas stand at 100.0%"},
    {"of no polarity", of_no_polarity, "illustrative data.", " is highest at "},
    {"tens of millions", tens_of_millions, "No area has published", "is highest at £160,000,000"},
};
const size_t N_AREAS_CASES = G_N_ELEMENTS(AREAS_CASES);

AreasFixture *areas_random(guint32 seed)
{
    static const size_t NUMBERS[] = {0, 1, 2, 5, 15, 40, 153, 400};
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    const size_t n = NUMBERS[g_rand_int_range(random, 0, G_N_ELEMENTS(NUMBERS))];
    AreasFixture *self = percents(n, g_rand_double(random), g_rand_double_range(random, 0, 0.5), seed);
    self->areas.measure.polarity = (WmPolarity)g_rand_int_range(random, 0, WM_N_POLARITIES);
    self->areas.overdispersion = (WmOverdispersion)g_rand_int_range(random, 0, WM_N_OVERDISPERSIONS);
    if (g_rand_boolean(random)) {
        self->areas.benchmark = g_rand_double_range(random, 0, 100);
        self->areas.benchmark_name = "National";
    }
    if (n && g_rand_boolean(random))
        self->areas.focus = self->areas.areas[g_rand_int_range(random, 0, (gint32)n)].name;
    return self;
}
