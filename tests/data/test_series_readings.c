/* Derived series in a whole plan: which there are, what they are as at any day, and what becomes of suppressed, late and impossible
 * parts. */
#include "engine/data/series/series_readings.h"

#include <math.h>
#include <string.h>

#include <waymark/history.h>

#include "core/fixture_readings.h"
#include "data/fixture_month.h"
#include "engine/data/series/vintages.h"

#define HEADER "indicator,title,theme,kind,measure_unit,polarity,frequency,low,high,decimals,formula\n"

/* ON and ALL are counts, published by month; X is what a case derives of them. */
#define PARTS                                               \
    "ON,Issued on time,T1,count,plans,higher,month,0,,0,\n" \
    "ALL,Issued,T1,count,plans,higher,month,0,,0,\n"        \
    "POP,Pupils,T1,count,pupils,none,year,0,,0,\n"          \
    "WORDS,In words,T1,text,,none,month,,,,\n"

typedef struct {
    const char *name, *x;        /* kind, unit … and formula of X */
    const char *units;           /* units.csv below its header */
    const char *drop_1, *drop_2; /* received on 31 May and 30 June 2021 */
    const char *unit;            /* whose series is looked at */
    const char *may, *june;      /* its readings as at those days */
} SeenCase;

#define RATIO     "X,On time,T1,percent,%,higher,month,0,100,1,ON / ALL\n"
#define NO_UNITS  ""
#define TWO_UNITS "N1,North,,la,\nS1,South,,la,\n"
#define REGIONS                                                                        \
    "R1,Region 1,,region,\nR2,Region 2,,region,\nA,A,R1,la,\nB,B,R1,la,\nC,C,R2,la,\n" \
    "SCHOOL,School,A,school,\n"

#define ROLL_UP "X,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n"
/* Old closed on the last of March 2021, and North and West opened the day after; South has been there always. */
#define TIMES           "OLD,Old,,la,,,2021-03-31\nN1,North,,la,,2021-04-01,\nW1,West,,la,,2021-04,\nS1,South,,la,,,\n"
#define TIMES_BACKWARDS "S1,South,,la,,,\nW1,West,,la,,2021-04,\nN1,North,,la,,2021-04-01,\nOLD,Old,,la,,,2021-03-31\n"

static const SeenCase SEEN_CASES[] = {
    {"a_ratio_with_its_counts", RATIO, NO_UNITS, "ON,,2021-04,3\nALL,,2021-04,4\n", "ON,,2021-05,4\nALL,,2021-05,4\n", "", "75=3/4",
     "75=3/4 100=4/4"},
    {"a_revised_part_revises_it", RATIO, NO_UNITS, "ON,,2021-04,3\nALL,,2021-04,4\n", "ON,,2021-04,2\n", "", "75=3/4", "50=2/4"},
    {"nothing_until_all_parts_have_come", RATIO, NO_UNITS, "ON,,2021-04,3\n", "ALL,,2021-04,4\n", "", "", "75=3/4"},
    {"what_is_withheld_later_is_withheld_then", RATIO, NO_UNITS, "ON,,2021-04,3\nALL,,2021-04,4\n", "ON,,2021-04,[c]\n", "",
     "75=3/4", "c"},
    {"more_on_time_than_issued_is_not_used", RATIO, NO_UNITS, "ON,,2021-04,5\nALL,,2021-04,4\n", "ON,,2021-05,1\nALL,,2021-05,4\n",
     "", "x", "x 25=1/4"},
    {"a_derived_part", "Y,Late,T1,count,plans,lower,month,0,,0,ALL - ON\nX,Late,T1,percent,%,lower,month,0,100,1,Y / ALL\n",
     NO_UNITS, "ON,,2021-04,3\nALL,,2021-04,4\n", "ON,,2021-04,2\n", "", "25=1/4", "50=2/4"},
    {"cumulative_as_published", "X,Excluded,T1,count,pupils,lower,month,0,,0,in-year of published\n", NO_UNITS,
     "X,,2021-03,90\nX,,2021-04,5\n", "X,,2021-05,11\n", "", "5", "5 6"},
    {"each_unit_its_own", RATIO, TWO_UNITS, "ON,N1,2021-04,3\nALL,N1,2021-04,4\nON,S1,2021-04,1\nALL,S1,2021-04,1\n",
     "ON,N1,2021-05,1\n", "N1", "75=3/4", "75=3/4"},
    {"roll_up_to_the_area", "X,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n", TWO_UNITS,
     "ON,N1,2021-04,3\nON,S1,2021-04,4\n", "ON,N1,2021-05,3\n", "", "7", "7"},
    {"roll_up_waits_for_all", "X,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n", TWO_UNITS, "ON,N1,2021-04,3\n",
     "ON,S1,2021-04,4\n", "", "", "7"},
    {"roll_up_that_need_not_wait", "X,On time,T1,count,plans,higher,month,0,,0,\"roll-up of ON, partial\"\n", TWO_UNITS,
     "ON,N1,2021-04,3\n", "ON,S1,2021-04,4\n", "", "p*3", "7"},
    {"roll_up_to_a_region_below_which_are_schools", "X,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n", REGIONS,
     "ON,A,2021-04,1\nON,B,2021-04,2\nON,C,2021-04,4\n", "ON,B,2021-04,3\n", "R1", "3", "4"},
    {"roll_up_over_two_levels", "X,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n", REGIONS,
     "ON,A,2021-04,1\nON,B,2021-04,2\n", "ON,C,2021-04,4\n", "", "", "7"},
    {"roll_up_takes_the_lowest_that_report", "X,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n", REGIONS,
     "ON,A,2021-04,1\nON,B,2021-04,2\nON,C,2021-04,4\nON,R1,2021-04,900\n", "ON,C,2021-04,5\n", "", "7", "8"},
    {"a_unit_that_begins_to_report_is_missed_before", "X,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n", TWO_UNITS,
     "ON,N1,2021-04,3\nON,S1,2021-04,4\n", "ON,N1,2021-05,3\nON,S1,2021-05,[c]\n", "", "7", "7 c"},
    {"a_closed_unit_is_asked_to_its_last_day", ROLL_UP, TIMES, "ON,OLD,2021-03,9\nON,S1,2021-03,1\nON,OLD,2021-02,8\n",
     "ON,N1,2021-04,3\nON,W1,2021-04,4\nON,S1,2021-04,1\n", "", "10", "10 8"},
    {"the_order_of_units_plays_no_part", ROLL_UP, TIMES_BACKWARDS, "ON,OLD,2021-03,9\nON,S1,2021-03,1\nON,OLD,2021-02,8\n",
     "ON,N1,2021-04,3\nON,W1,2021-04,4\nON,S1,2021-04,1\n", "", "10", "10 8"},
    {"an_opened_unit_without_a_reading_is_waited_for", ROLL_UP, TIMES, "ON,OLD,2021-03,9\nON,S1,2021-03,1\n",
     "ON,N1,2021-04,3\nON,S1,2021-04,1\nON,W1,2021-05,4\n", "", "10", "10"},
    {"a_period_is_asked_of_those_there_on_its_last_day", ROLL_UP, TIMES,
     "ON,OLD,2021,900\nON,N1,2021,3\nON,W1,2021,4\nON,S1,2021,1\n", "", "", "8", "8"},
    {"a_reading_outside_its_unit_s_time_is_not_counted", ROLL_UP, TIMES,
     "ON,OLD,2021-04,900\nON,N1,2021-03,900\nON,N1,2021-04,3\nON,W1,2021-04,4\nON,S1,2021-04,1\n",
     "ON,S1,2021-03,1\nON,OLD,2021-03,9\n", "", "8", "10 8"},
    {"in_a_gap_the_others_are_asked", ROLL_UP, "OLD,Old,,la,,,2021-03\nNEW,New,,la,,2021-05,\nS1,South,,la,,,\n",
     "ON,OLD,2021-03,9\nON,S1,2021-03,1\nON,S1,2021-04,1\n", "ON,NEW,2021-05,2\nON,S1,2021-05,1\n", "", "10 1", "10 1 3"},
    {"a_closed_unit_above_those_that_follow_it", ROLL_UP,
     "OLD,Old,,la,,,2021-03\nN1,North,OLD,la,,2021-04,\nW1,West,OLD,la,,2021-04,\n", "ON,OLD,2021-03,9\n",
     "ON,N1,2021-04,3\nON,W1,2021-04,4\n", "", "9", "9 7"},
    {"partial_names_no_unit_before_it_opens", "X,On time,T1,count,plans,higher,month,0,,0,\"roll-up of ON, partial\"\n", TIMES,
     "ON,OLD,2021-03,9\nON,S1,2021-03,1\n", "ON,N1,2021-04,3\nON,S1,2021-04,1\n", "", "10", "10 p*4"},
    {"roll_up_of_a_derived_share",
     "Y,On time,T1,percent,%,higher,month,0,100,1,ON / ALL\nX,On time,T1,percent,%,higher,month,0,100,1,roll-up of Y\n", TWO_UNITS,
     "ON,N1,2021-04,1\nALL,N1,2021-04,1\nON,S1,2021-04,1\nALL,S1,2021-04,9\n", "ON,S1,2021-04,4\n", "", "20=2/10", "50=5/10"},
    {"a_rate_of_the_latest_year", "X,Rate,T1,rate,per 1000,lower,month,0,,1,\"ON per 1,000 of latest POP\"\n", NO_UNITS,
     "POP,,2020,2000\nON,,2021-04,4\n", "POP,,2020,4000\n", "", "2=4/2", "1=4/4"},
};

static Folder folder_of(const char *indicators, const char *units, const char *drop_1, const char *drop_2)
{
    Folder folder = PLAN_FOLDER({"targets.csv", NULL}, {"baselines.csv", NULL});
    g_autofree char *table = g_strconcat(HEADER PARTS, indicators, NULL);
    g_autofree char *tree = g_strconcat("unit,name,parent,type,code,from,to\n", units, NULL);
    g_autofree char *first = g_strconcat("indicator,unit,period,value\n", drop_1, NULL);
    g_autofree char *second = g_strconcat("indicator,unit,period,value\n", drop_2, NULL);
    folder_write(&folder, "indicators.csv", table);
    folder_write(&folder, "units.csv", tree);
    folder_write(&folder, "drops/2021-05-31/a.csv", first);
    folder_write(&folder, "drops/2021-06-30/b.csv", second);
    return folder;
}

static char *readings_of(const Loaded *loaded, const char *unit, const char *as_at, WmDay store_as_at)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SeriesReadings) readings = series_readings_new(loaded->plan, loaded->store, store_as_at, &error);
    assert_null(error);
    const GArray *keys = series_readings_keys(readings, "X");
    char text[SERIES_TEXT] = "";
    for (guint i = 0; i < keys->len; i++) {
        const WmSeriesKey *key = &g_array_index(keys, WmSeriesKey, i);
        if (strcmp(key->unit, unit) != 0)
            continue;
        g_autoptr(GArray) vintages = series_readings_vintages(readings, key, &error);
        g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(WmDerivedReading));
        vintages_parts_as_at(vintages, day_of(as_at), seen);
        series_text(&g_array_index(seen, WmDerivedReading, 0), seen->len, text);
    }
    return g_strdup(text);
}

/* As at a day, the same from a store that knows more and from one that does not: nothing looks ahead. */
static void is_seen(void **state)
{
    const SeenCase *row = *state;
    g_auto(Folder) folder = folder_of(row->x, row->units, row->drop_1, row->drop_2);
    g_auto(Loaded) loaded = drops_load(&folder);
    assert_int_equal(wm_problems_count(loaded.problems, WM_SEVERITY_ERROR), 0);
    g_autofree char *may = readings_of(&loaded, row->unit, "2021-05-31", WM_NO_DAY);
    g_autofree char *may_alone = readings_of(&loaded, row->unit, "2021-05-31", day_of("2021-05-31"));
    g_autofree char *june = readings_of(&loaded, row->unit, "2021-06-30", WM_NO_DAY);
    assert_string_equal(may, row->may);
    assert_string_equal(may_alone, row->may);
    assert_string_equal(june, row->june);
}

#define RATES                                            \
    "PUB,Published,T1,rate,per 1000,lower,month,0,,1,\n" \
    "X,All,T1,rate,per 1000,lower,month,0,,1,roll-up of PUB\n"
#define RATES_DROP                                          \
    "indicator,unit,period,value,numerator,denominator\n"   \
    "PUB,N1,2021-03,2.4,2,830\nPUB,S1,2021-03,3.0,3,1000\n" \
    "PUB,N1,2021-04,3.6,3,830\nPUB,S1,2021-04,4.0,4,1000\n"

/* Published per 1,000, beside counts of people: 5 of 1,830 are 2.7, not 0.003; the figures agree with their counts, and a slip
 * among them is seen. */
static void a_published_rate_is_per_what_its_counts_say(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(RATES, TWO_UNITS, "ON,N1,2021-04,1\n", "ON,N1,2021-04,1\n");
    folder_write(&folder, "drops/2021-05-31/a.csv", RATES_DROP);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *may = readings_of(&loaded, "", "2021-05-31", WM_NO_DAY);
    assert_string_equal(may, "2.732=5/1830 3.825=7/1830");
    assert_int_equal(problem_count(loaded.month->problems, "value_and_counts_differ"), 0);
    folder_write(&folder, "drops/2021-06-30/b.csv", RATES_DROP "PUB,N1,2021-05,3.4,2,830\n");
    g_auto(Loaded) slipped = month_load(&folder, NULL);
    assert_int_equal(problem_count(slipped.month->problems, "value_and_counts_differ"), 1);
    assert_contains(problem_of(slipped.month->problems, "value_and_counts_differ")->message,
                    "is given as 3.4, but its counts give 2.4");
}

/* As "period value note" of each row that counts now. */
static char *history_of(const Folder *folder, WmDay as_at)
{
    g_auto(Loaded) loaded = drops_load(folder);
    const WmHistoryRequest request = {.indicator = "X", .unit = "", .cohort = "", .as_at = as_at};
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) entries = wm_history_read(loaded.plan, loaded.store, &request, &error);
    assert_null(error);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < entries->len; i++) {
        const WmHistoryEntry *one = &g_array_index(entries, WmHistoryEntry, i);
        char period[WM_PERIOD_TEXT], day[WM_PERIOD_TEXT];
        if (one->is_in_force)
            g_string_append_printf(text, "%s %s %g %s|", wm_period_format_iso(one->reading.period, period),
                                   wm_day_format_iso(one->received, day), one->reading.value, one->note);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void history_names_the_units_that_are_missing(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(ROLL_UP, TIMES, "ON,OLD,2021-03,9\nON,S1,2021-03,1\nON,S1,2021-02,1\n",
                                      "ON,N1,2021-04,3\nON,S1,2021-04,1\nON,W1,2021-05,4\n");
    g_autofree char *may = history_of(&folder, day_of("2021-05-31"));
    assert_string_equal(may, "2021-02 2021-05-31 nan derived; missing: ON of Old|2021-03 2021-05-31 10 derived|");
    g_autofree char *june = history_of(&folder, WM_NO_DAY);
    assert_string_equal(june, "2021-02 2021-05-31 nan derived; missing: ON of Old|2021-03 2021-05-31 10 derived|"
                              "2021-04 2021-06-30 nan derived; missing: ON of West|"
                              "2021-05 2021-06-30 nan derived; missing: ON of North, South|");
}

/* What is made of a roll-up waits for the same units. */
static void history_names_the_units_that_a_part_of_it_lacks(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of("MID,On time,T1,count,plans,higher,month,0,,0,roll-up of ON\n"
                                      "X,Twice,T1,count,plans,higher,month,0,,0,MID * 2\n",
                                      TIMES, "ON,OLD,2021-03,9\nON,S1,2021-03,1\nON,S1,2021-02,1\n", "ON,N1,2021-04,3\n");
    g_autofree char *may = history_of(&folder, day_of("2021-05-31"));
    assert_string_equal(may, "2021-02 2021-05-31 nan derived; missing: ON of Old|2021-03 2021-05-31 20 derived|");
}

static void history_names_the_first_units_of_many(void **state)
{
    (void)state;
    g_autoptr(GString) units = g_string_new(NULL);
    for (int i = 0; i < 9; i++)
        g_string_append_printf(units, "U%d,,,la,,,\n", i);
    g_auto(Folder) folder = folder_of("X,On time,T1,count,plans,higher,month,0,,0,\"roll-up of ON, partial\"\n", units->str,
                                      "ON,U0,2021-04,3\nON,U8,2021-04,4\n", "ON,U1,2021-04,[c]\n");
    g_autofree char *may = history_of(&folder, day_of("2021-05-31"));
    assert_string_equal(may, "2021-04 2021-05-31 7 derived; missing: ON of U1, U2, U3, U4, U5 and 2 more|");
    g_autofree char *june = history_of(&folder, WM_NO_DAY);
    assert_string_equal(june, "2021-04 2021-06-30 nan derived; missing: ON of U2, U3, U4, U5, U6 and 1 more|");
}

typedef struct {
    const char *name, *x;
    const char *code, *message, *advice; /* parts of them */
} FaultCase;

#define COUNT_OF(formula) "X,X,T1,count,plans,higher,month,0,,0," formula "\n"

static const FaultCase FAULT_CASES[] = {
    {"not_understood", COUNT_OF("ON +"), "bad_formula", "its end: it ends where a name is wanted", "docs/formulas.md"},
    {"a_slip_in_a_name", COUNT_OF("ONN + ALL"), "formula_unknown_indicator", "names ONN", "did you mean ON?"},
    {"a_name_like_no_other", COUNT_OF("QQQQQQ"), "formula_unknown_indicator", "names QQQQQQ", "add it to indicators.csv"},
    {"a_minus_without_spaces", COUNT_OF("ALL-ON"), "formula_unknown_indicator", "names ALL-ON",
     "a minus stands between spaces: ALL - ON"},
    {"a_sum_as_spreadsheets_write_it", COUNT_OF("SUM(ON)"), "bad_formula", "“(” (character 4)", "write “sum of X over 12 months”"},
    {"an_average", COUNT_OF("\"average of ON over 12 months\""), "bad_formula", "", "docs/formulas.md"},
    {"a_year_to_date", COUNT_OF("ytd ON"), "bad_formula", "", "write “year to date of X”"},
    {"itself", COUNT_OF("X + ON"), "formula_cycle", "X → X", "published"},
    {"in_a_circle", COUNT_OF("Y") "Y,Y,T1,count,plans,higher,month,0,,0,Z\nZ,Z,T1,count,plans,higher,month,0,,0,X + ON\n",
     "formula_cycle", "X → Y → Z → X", "published"},
    {"other_periods", COUNT_OF("ON + POP"), "formula_periods",
     "“+” (character 4): the two sides are published by different periods", "docs/formulas.md"},
    {"words", COUNT_OF("ON + WORDS"), "formula_of_words", "WORDS, which is in words", ""},
};

static void is_found(void **state)
{
    const FaultCase *row = *state;
    g_auto(Folder) folder = folder_of(row->x, "", "ON,,2021-04,1\nALL,,2021-04,1\n", "ON,,2021-05,1\n");
    g_auto(Loaded) loaded = plan_load_checked(&folder);
    const WmProblem *problem = problem_of(loaded.problems, row->code);
    assert_contains(problem->message, row->message);
    assert_contains(problem->advice, row->advice);
    assert_int_equal(problem_count(loaded.problems, row->code), 1);
    assert_int_equal(problem->severity, WM_SEVERITY_ERROR);
    assert_int_equal(problem->line, 6);
    assert_int_equal(problem->column, 11);
    /* The month goes on without it. */
    g_auto(Loaded) month = month_load(&folder, NULL);
    assert_int_equal(series_of(month.month, "X", "", "")->n_readings, 0);
}

static void a_month_shows_revisions_of_what_is_derived(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(RATIO, "", "ON,,2021-04,3\nALL,,2021-04,4\n", "ON,,2021-04,2\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "X", "", "");
    assert_int_equal(series->n_revisions, 1);
    assert_near(series->revisions[0].was, 75, 1e-12);
    assert_near(series->revisions[0].now, 50, 1e-12);
    assert_int_equal(series->revisions[0].received, day_of("2021-06-30"));
    assert_false(series->is_partial);
}

static void a_partial_total_says_so(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        folder_of("X,X,T1,count,plans,higher,month,0,,0,\"ON + ALL, partial\"\n", "", "ON,,2021-04,3\n", "ON,,2021-05,2\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmSeries *series = series_of(loaded.month, "X", "", "");
    assert_true(series->is_partial);
    assert_int_equal(series->readings[0].state, WM_PROVISIONAL);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_contains(csv, "partial");
}

static void what_cannot_be_is_said(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(RATIO, "", "ON,,2021-04,5\nALL,,2021-04,4\n", "ON,,2021-05,1\nALL,,2021-05,4\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_contains(problem_of(loaded.month->problems, "outside_bounds")->message, "X in Apr 2021 comes to 125");
}

static void readings_beside_a_formula_are_said(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of(RATIO, "", "ON,,2021-04,3\nALL,,2021-04,4\nX,,2021-04,99\n", "ON,,2021-05,1\n");
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_contains(problem_of(loaded.month->problems, "readings_not_used")->message, "X is derived");
    assert_near(series_of(loaded.month, "X", "", "")->readings[0].value, 75, 1e-12);
}

int main(void)
{
    ADD_TABLE(SEEN_CASES, is_seen);
    ADD(a_published_rate_is_per_what_its_counts_say);
    ADD(history_names_the_units_that_are_missing);
    ADD(history_names_the_units_that_a_part_of_it_lacks);
    ADD(history_names_the_first_units_of_many);
    ADD_TABLE(FAULT_CASES, is_found);
    ADD(a_month_shows_revisions_of_what_is_derived);
    ADD(a_partial_total_says_so);
    ADD(what_cannot_be_is_said);
    ADD(readings_beside_a_formula_are_said);
    return run_cases("series_readings");
}
