/* Assessments by the store's own server: the same month to the last byte, and most of it made there. On a file, all is made here.
 */
#include "data/fixture_store.h"

#include "engine/data/month/month_private.h"
#include "engine/data/plan/prior_file.h"
#include "engine/data/store/store_assess.h"

#include <libpq-fe.h>

#define N_MONTHS 30

/* Of the measure of percents, and unlike the built-in one. New. */
static GString *priors_text(void)
{
    WmPrior prior;
    wm_prior_builtin(&(WmForecastGroup){.period_kind = WM_PERIOD_MONTH, .low = 0, .high = 100}, &prior);
    prior.n_series = 40;
    prior.scale *= 1.5;
    prior.kappa *= 0.5;
    GString *text = prior_file_format((const WmPrior *const[]){&prior}, 1);
    wm_prior_clear(&prior);
    return text;
}

/* Units A and B; a measure of each kind that is judged, a target that is an average of units, a derived measure, revised figures, a
 * figure that was published without its counts, a withdrawn drop, cohorts, events, a baseline that is a bound. */
static Folder nation(gboolean has_priors)
{
    g_autoptr(GString) priors = priors_text();
    static const char *const MEASURES[] = {"PCT", "DUR", "CNT", "YES"};
    g_autoptr(GString) first = g_string_new(DROP_HEADER), second = g_string_new(DROP_HEADER), third = g_string_new(DROP_HEADER);
    for (int u = 0; u < 2; u++)
        for (int m = 0; m < N_MONTHS; m++)
            for (size_t i = 0; i < N_ELEMENTS(MEASURES); i++) {
                const int value = i == 3 ? (m > 20) : 40 + (int)i * 3 + (u * 7 + m * 5) % 11 + m / 4;
                GString *drop = m < N_MONTHS - 2 ? first : m < N_MONTHS - 1 ? second : third;
                if (i == 0)
                    g_string_append_printf(drop, "PCT,U%d,,%d-%02d,,%d,97,,\n", u, 2018 + m / 12, m % 12 + 1, value);
                else
                    g_string_append_printf(drop, "%s,U%d,%s,%d-%02d,%d,,,,\n", MEASURES[i], u, i == 1 && m % 2 ? "boys" : "",
                                           2018 + m / 12, m % 12 + 1, value);
            }
    g_string_append(second, "PCT,U0,,2020-02,51,,,,\nDUR,U1,,2019-07,39,,,revised,\nCNT,U1,,2019-08,,,,suppressed,\n");
    g_string_append(third, "CNT,U0,,2030-01,7,,,,\n"); /* which has not begun */
    return PLAN_FOLDER(
        {"plan.ini", has_priors ? "[plan]\ntitle = T\narea = Ourland\nstart = 2018-03-01\n[model]\npriors = priors.ini\n"
                                : "[plan]\ntitle = T\narea = Ourland\nstart = 2018-03-01\n"},
        {"priors.ini", priors->str},
        {"indicators.csv",
         "indicator,title,kind,measure_unit,polarity,frequency,low,high,decimals,formula\nPCT,P,percent,%,higher,month,0,100,1,\n"
         "DUR,D,duration,weeks,lower,month,,,1,\nCNT,C,count,people,plan,month,,,0,\nYES,Y,yes_no,,higher,once,,,0,\n"
         "SUM,S,count,people,higher,month,,,0,CNT + CNT\n"},
        {"units.csv", "unit,name,parent,type,code\nU0,Area 0,,area,E0\nU1,Area 1,,area,E1\n"},
        {"baselines.csv",
         "indicator,unit,value,qualifier,as_at,note\nPCT,*,45,exact,2018-03,\nDUR,U0,60,less_than,2018-02,\nCNT,*,50,approx,,\n"},
        {"targets.csv",
         "indicator,unit,due,target\nPCT,*,2019-03,50\nPCT,*,2021-08,National average\nDUR,*,2020-12,30.25\nDUR,*,2022-12,tbc\n"
         "CNT,U0,2020-03,44\nCNT,*,2021-03,60\nYES,*,2020-03,1\nSUM,*,2021-03,90\n"},
        {"events.csv",
         "indicator,unit,period,kind,title\nPCT,*,2019-05,intervention,A\nCNT,U1,2018-08,break,B\nDUR,*,2019-02,outlier,C\n"},
        {"drops/2020-05-31/x.csv", first->str}, {"drops/2020-06-30/x.csv", second->str}, {"drops/2020-07-31/x.csv", third->str});
}

static Loaded load(const Folder *folder, const char *place)
{
    g_autoptr(GError) error = NULL;
    Loaded self = plan_load_checked(folder);
    size_t n_new;
    self.store = wm_store_open(place, &error);
    if (!self.store || !wm_ingest_drops(self.store, self.plan, self.problems, &n_new, &error))
        fail_msg("%s", error->message);
    assert_int_equal(n_new, 3);
    return self;
}

typedef struct {
    GString *texts;
    size_t n_served, n_series;
} Made;

/* All that the months of both units come to, as text. */
static Made months_of(const Loaded *loaded, const char *as_at)
{
    Made self = {.texts = g_string_new(NULL)};
    g_autoptr(GError) error = NULL;
    g_autoptr(WmMonths) months = wm_months_new(loaded->plan, loaded->store, as_at ? day_of(as_at) : WM_NO_DAY, WM_NO_DAY, &error);
    assert_true(months && wm_months_prepare(months, &error));
    const GPtrArray *units = wm_months_units(months, &error);
    for (guint i = 0; i < units->len; i++) {
        g_autoptr(WmMonth) month = wm_months_of_unit(months, g_ptr_array_index(units, i), &error);
        if (!month)
            fail_msg("%s", error->message);
        char *(*const writers[])(const WmMonth *) = {wm_month_to_json, wm_month_signals_to_csv, wm_month_exceptions_to_csv,
                                                     wm_month_revisions_to_csv};
        for (size_t k = 0; k < N_ELEMENTS(writers); k++) {
            g_autofree char *text = writers[k](month);
            g_string_append(self.texts, text);
        }
        for (size_t k = 0; k < month->n_series; k++) /* the fit that charts draw */
            for (int ahead = 1; ahead < 4; ahead++) {
                const WmTrend *trend = &month->series[k].assessment.trend;
                g_string_append_printf(self.texts, "%a ", wm_trend_level(trend, trend->t_last + ahead));
            }
        self.n_series += month->n_series;
    }
    self.n_served = months->n_served;
    return self;
}

static void execute(const char *place, const char *sql)
{
    PGconn *connection = PQconnectdb(place);
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s", PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
}

typedef struct {
    const char *as_at;
    gboolean has_priors;
} Case;

/* A file's months and a server's; the server's with the extension, without it, and with one of another method. */
static void the_answer_is_the_same_whoever_assesses(void **state)
{
    const Case *self = *state;
    const char *as_at = self->as_at;
    if (!g_getenv("WAYMARK_TEST_ENGINE")) /* a server whose installation has the extension */
        skip();
    g_auto(Folder) folder = nation(self->has_priors);
    g_autofree char *file = folder_path(&folder, "here.db"), *address = store_place_in(&folder);
    static const struct {
        const char *sql;
        gboolean is_served;
    } SERVERS[] = {{"SELECT", FALSE},
                   {"CREATE EXTENSION waymark WITH SCHEMA public", TRUE},
                   {"CREATE OR REPLACE FUNCTION public.waymark_method() RETURNS integer LANGUAGE sql AS 'SELECT 1'", FALSE},
                   {"DROP EXTENSION waymark CASCADE; CREATE SCHEMA \"it's\"; CREATE EXTENSION waymark WITH SCHEMA \"it's\"", TRUE}};
    g_auto(Loaded) here = load(&folder, file);
    const Made wanted = months_of(&here, as_at);
    assert_int_equal(wanted.n_served, 0);
    for (size_t i = 0; i < N_ELEMENTS(SERVERS); i++) {
        if (i == 0) {
            g_auto(Loaded) filled = load(&folder, address);
        }
        if (i > 0)
            execute(address, SERVERS[i].sql);
        g_auto(Loaded) there = plan_load_checked(&folder);
        there.store = store_in(&folder);
        const Made found = months_of(&there, as_at);
        assert_string_equal(found.texts->str, wanted.texts->str);
        if (SERVERS[i].is_served)
            assert_true(found.n_served >= wanted.n_series);
        else
            assert_int_equal(found.n_served, 0);
        print_message("%zu series, %zu assessments by the server\n", found.n_series, found.n_served);
        g_string_free(found.texts, TRUE);
    }
    g_string_free(wanted.texts, TRUE);
}

static void a_file_assesses_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_autofree char *file = folder_path(&folder, "here.db");
    g_autoptr(WmStore) store = wm_store_open(file, NULL);
    gboolean can = TRUE;
    assert_true(store_can_assess(store, &can, NULL));
    assert_false(can);
}

static void a_file_of_priors_says_something_else(void **state)
{
    (void)state;
    char *texts[2];
    for (int i = 0; i < 2; i++) {
        g_auto(Folder) folder = nation(i);
        g_autofree char *file = folder_path(&folder, "here.db");
        g_auto(Loaded) here = load(&folder, file);
        texts[i] = g_string_free(months_of(&here, NULL).texts, FALSE);
    }
    assert_string_not_equal(texts[0], texts[1]);
    g_free(texts[0]);
    g_free(texts[1]);
}

int main(void)
{
    static Case latest = {NULL, FALSE}, earlier = {"2020-06-30", FALSE}, between = {"2020-07-15", FALSE}, learnt = {NULL, TRUE};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_assesses_nothing),
        cmocka_unit_test(a_file_of_priors_says_something_else),
        {"as_at_the_latest_drop", the_answer_is_the_same_whoever_assesses, NULL, NULL, &latest},
        {"as_at_an_earlier_drop", the_answer_is_the_same_whoever_assesses, NULL, NULL, &earlier},
        {"as_at_a_day_between", the_answer_is_the_same_whoever_assesses, NULL, NULL, &between},
        {"with_priors_of_a_file", the_answer_is_the_same_whoever_assesses, NULL, NULL, &learnt},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
