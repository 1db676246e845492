/* By which model the month judges: the plan's, an indicator's own, and what an intervention did by it. */
#include "data/fixture_month.h"
#include "engine/core/answers/trend_model.h"

/* The chance of the milestone is that of the plan's own model on the series' readings, whichever it is. */
static void the_plans_model_gives_the_chance(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"holt", "llt", "theil_sen", "logit_linear"};
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++) {
        const char *ini = text_of("[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-09-01\n[model]\nmodel = %s\n", NAMES[i]);
        g_auto(Folder) folder =
            PCT_PLAN({"plan.ini", ini}, {"drops/2021-05-31/x.csv", DROP_HEADER
                                         "PCT,,,Sep-20,41,,,,\nPCT,,,Oct-20,44,,,,\nPCT,,,Nov-20,43,,,,\nPCT,,,Dec-20,47,,,,\n"
                                         "PCT,,,Jan-21,46,,,,\nPCT,,,Feb-21,50,,,,\nPCT,,,Mar-21,49,,,,\nPCT,,,Apr-21,51,,,,\n"
                                         "PCT,,,May-21,50,,,,\n"});
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        const WmSeries *series = series_of(loaded.month, "PCT", "", "");
        const WmForecastGroup group = {.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100};
        WmPrior prior;
        wm_prior_builtin(&group, &prior);
        WmTrendScratch scratch = {.forecast = NULL};
        WmTrendAhead ahead;
        WmTrendOptions options = {.prior = &prior, .models = &scratch, .ahead = &ahead, .is_percent = true};
        assert_true(wm_model_parse(NAMES[i], &options.model));
        WmTrend trend;
        wm_trend_fit(series->readings, series->n_readings, &options, &trend);
        const WmDistribution y = wm_trend_predict(&trend, trend.t_last + 3); /* August */
        assert_int_equal(series->assessment.trend.model, options.model);
        assert_false(wm_trend_is_line(&series->assessment.trend));
        assert_near(series->assessment.next.chance, wm_distribution_chance(&y, &series->measure, 52), 1e-12);
        wm_trend_scratch_clear(&scratch);
        wm_prior_clear(&prior);
    }
}

#define STEPPING                                                                                                            \
    DROP_HEADER "PCT,,,Sep-20,41,,,,\nPCT,,,Oct-20,42,,,,\nPCT,,,Nov-20,40,,,,\nPCT,,,Dec-20,43,,,,\nPCT,,,Jan-21,41,,,,\n" \
                "PCT,,,Feb-21,50,,,,\nPCT,,,Mar-21,53,,,,\nPCT,,,Apr-21,51,,,,\nPCT,,,May-21,52,,,,\n"

/* The effect of an intervention is in the month whatever the plan's model: of a straight line by analysis of covariance, by hand:
 * means 41.4 and 51.5 at t = 3 and 7.5, sums of squares and products within the groups 15 and 3, so the slope is 0.2 and the step
 * 10.1 - 4.5 * 0.2. */
static void the_effect_of_an_intervention_is_that_of_the_plans_model(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"auto", "ols", "huber", "holt", "level"};
    for (size_t i = 0; i < N_ELEMENTS(NAMES); i++) {
        const char *ini = text_of("[plan]\ntitle = Test plan\narea = Ourland\nstart = 2020-09-01\n[model]\nmodel = %s\n", NAMES[i]);
        g_auto(Folder) folder =
            PCT_PLAN({"plan.ini", ini}, {"events.csv", "indicator,unit,period,kind,title\nPCT,,Feb-21,intervention,New team\n"},
                     {"drops/2021-05-31/x.csv", STEPPING});
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
        assert_int_equal(wm_period_end(a->effect.period), day_of("2021-02-28"));
        assert_near(a->effect.effect, 9.5, 2.5);
        assert_true(a->effect.low < a->effect.effect && a->effect.effect < a->effect.high && a->effect.chance > 0.8);
        if (a->trend.model == WM_MODEL_OLS) {
            assert_near(a->effect.effect, 9.2, 1e-9);
            assert_near(a->achieved_pace, 0.2, 1e-9);
            assert_near(wm_trend_level(&a->trend, a->trend.t_last + 1), 52, 1e-9);
        }
    }
}

/* Two indicators with the same readings: the one by its own model, the other by the plan's. */
static void an_indicator_may_have_a_model_of_its_own(void **state)
{
    (void)state;
    const PlanFile indicators = {"indicators.csv",
                                 "indicator,title,kind,polarity,frequency,low,high,model\nOWN,Own,percent,higher,month,0,100,ses\n"
                                 "PLANS,Plan's,percent,higher,month,0,100,\n"},
                   targets = {"targets.csv", "indicator,due,target\nOWN,2021-08,52%\nPLANS,2021-08,52%\n"},
                   baselines = {"baselines.csv", "indicator,value,as_at\nOWN,40,2020-08\nPLANS,40,2020-08\n"};
    g_autoptr(GString) drop = g_string_new(DROP_HEADER);
    for (int i = 0; i < 9; i++)
        g_string_append_printf(drop, "OWN,,,%d-%02d,%d,,,,\nPLANS,,,%d-%02d,%d,,,,\n", 2020 + (8 + i) / 12, (8 + i) % 12 + 1,
                               41 + i + i % 2, 2020 + (8 + i) / 12, (8 + i) % 12 + 1, 41 + i + i % 2);
    g_auto(Folder) folder = PLAN_FOLDER(indicators, targets, baselines, {"drops/2021-05-31/x.csv", drop->str});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmAssessment *own = &series_of(loaded.month, "OWN", "", "")->assessment,
                       *plans = &series_of(loaded.month, "PLANS", "", "")->assessment;
    assert_string_equal(wm_model_name(own->trend.model), "ses");
    assert_string_equal(wm_model_name(plans->trend.model), "ols");
    assert_true(wm_trend_is_line(&plans->trend) && !wm_trend_is_line(&own->trend));
    assert_true(own->next.chance < plans->next.chance - 0.1); /* a level that stays, where a line goes on */
}

/* A straight line that no event steps is drawn as one. */
static void an_intervention_after_the_readings_leaves_the_straight_line(void **state)
{
    (void)state;
    g_auto(Folder) folder = PCT_PLAN({"events.csv", "indicator,unit,period,kind,title\nPCT,,Jun-21,intervention,New team\n"},
                                     {"drops/2021-05-31/x.csv", STEPPING});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
    assert_true(wm_trend_is_line(&a->trend));
    assert_int_equal(a->effect.period.kind, WM_PERIOD_NONE);
}

int main(void)
{
    ADD(the_plans_model_gives_the_chance);
    ADD(the_effect_of_an_intervention_is_that_of_the_plans_model);
    ADD(an_intervention_after_the_readings_leaves_the_straight_line);
    ADD(an_indicator_may_have_a_model_of_its_own);
    return run_cases("month_models");
}
