#include "plot/fixture_selection.h"

static const char *const UNITS[] = {
    "Somerset",      "Bath and North East Somerset",
    "Île-de-Bréhat", "Ynys Môn ŵŷ",
    "York",          "Bournemouth, Christchurch and Poole, with the harbour and all of its islands"};
static const char *const TITLES[] = {"Write the plan",
                                     "Agree terms with every partner and with families before the board meets in spring",
                                     "Naïve façade – « été »", "Train staff", "A"};
static const char *const LEVELS[] = {"Low", "Medium", "High", "", "3", "Very high", "unheard of"};

static SelectionFixture *selection_new(void)
{
    SelectionFixture *self = g_new0(SelectionFixture, 1);
    self->fixtures = g_ptr_array_new_with_free_func((GDestroyNotify)fixture_free);
    self->series = g_ptr_array_new();
    self->actions = g_array_new(FALSE, TRUE, sizeof(WmAction));
    self->rags = g_array_new(FALSE, TRUE, sizeof(WmActionRag));
    self->risks = g_array_new(FALSE, TRUE, sizeof(WmRisk));
    self->texts = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void selection_free(SelectionFixture *self)
{
    g_ptr_array_unref(self->fixtures);
    g_ptr_array_unref(self->series);
    g_array_unref(self->actions);
    g_array_unref(self->rags);
    g_array_unref(self->risks);
    g_ptr_array_unref(self->texts);
    g_free(self);
}

static void add_series(SelectionFixture *self, SeriesFixture *fixture)
{
    g_ptr_array_add(self->fixtures, fixture);
    g_ptr_array_add(self->series, &fixture->series);
}

static WmDay any_day(GRand *random)
{
    return g_rand_double(random) < 0.15
               ? WM_NO_DAY
               : wm_day_from_date(2021 + g_rand_int_range(random, 0, 4), 1, 31) + g_rand_int_range(random, 0, 330);
}

#define ANY(random, list) ((list)[g_rand_int_range(random, 0, G_N_ELEMENTS(list))])

static void add_actions(SelectionFixture *self, GRand *random)
{
    static const int NUMBERS[] = {0, 1, 3, 12, 60};
    const int n = ANY(random, NUMBERS);
    for (int i = 0; i < n; i++) {
        char *id = g_strdup_printf("A%d", i);
        g_ptr_array_add(self->texts, id);
        const WmAction action = {.action = id,
                                 .theme = i % 2 ? "T1" : "",
                                 .title = ANY(random, TITLES),
                                 .start = any_day(random),
                                 .due = any_day(random),
                                 .new_due = g_rand_double(random) < 0.8 ? WM_NO_DAY : any_day(random)};
        g_array_append_val(self->actions, action);
        for (int j = g_rand_int_range(random, 0, 6); j > 0; j--) {
            const WmActionRag rag = {
                .action = id, .note = "", .as_at = any_day(random), .rag = (WmRag)g_rand_int_range(random, 0, WM_N_RAGS)};
            g_array_append_val(self->rags, rag);
        }
    }
}

static void add_risks(SelectionFixture *self, GRand *random)
{
    static const int NUMBERS[] = {0, 1, 8, 30, 60};
    const int n = ANY(random, NUMBERS);
    for (int i = 0; i < n; i++) {
        const WmRisk risk = {.risk = "R",
                             .title = ANY(random, TITLES),
                             .likelihood_before = ANY(random, LEVELS),
                             .impact_before = ANY(random, LEVELS),
                             .likelihood_after = ANY(random, LEVELS),
                             .impact_after = ANY(random, LEVELS),
                             .raised = WM_NO_DAY};
        g_array_append_val(self->risks, risk);
    }
}

static SelectionFixture *finish(SelectionFixture *self)
{
    self->plan = (WmPlan){.folder = ".",
                          .actions = (const WmAction *)(void *)self->actions->data,
                          .n_actions = self->actions->len,
                          .action_rags = (const WmActionRag *)(void *)self->rags->data,
                          .n_action_rags = self->rags->len,
                          .risks = (const WmRisk *)(void *)self->risks->data,
                          .n_risks = self->risks->len};
    self->selection = (WmChartSelection){.series = (const WmSeries *const *)(void *)self->series->pdata,
                                         .n_series = self->series->len,
                                         .plan = &self->plan,
                                         .title = "Written statement of action",
                                         .as_at = wm_day_from_date(2024, 6, 30)};
    return self;
}

SelectionFixture *selection_random(guint32 seed)
{
    static const int NUMBERS[] = {0, 1, 2, 6, 15, 40};
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    SelectionFixture *self = selection_new();
    const int n = ANY(random, NUMBERS);
    const bool is_one_indicator = g_rand_boolean(random);
    for (int i = 0; i < n; i++) {
        SeriesFixture *fixture = fixture_random(is_one_indicator ? seed * 50 : seed * 50 + (guint32)i);
        char *id = g_strdup_printf("I%d", i);
        g_ptr_array_add(self->texts, id);
        fixture->series.unit_name = ANY(random, UNITS);
        fixture->series.unit = id;
        fixture->series.indicator = is_one_indicator ? "I" : id;
        fixture->series.title = is_one_indicator ? "Plans issued within 20 weeks" : ANY(random, TITLES);
        fixture->series.is_illustrative = g_rand_double(random) < 0.1;
        add_series(self, fixture);
    }
    add_actions(self, random);
    add_risks(self, random);
    return finish(self);
}

SelectionFixture *selection_of_cases(void)
{
    SelectionFixture *self = selection_new();
    for (size_t i = 0; i < N_SERIES_CASES; i++) {
        SeriesFixture *fixture = SERIES_CASES[i].make();
        fixture->series.indicator = SERIES_CASES[i].name;
        add_series(self, fixture);
    }
    g_autoptr(GRand) random = g_rand_new_with_seed(8);
    while (self->actions->len < 12)
        add_actions(self, random);
    while (self->risks->len < 8)
        add_risks(self, random);
    return finish(self);
}
