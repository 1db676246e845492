/* From a row as published to a reading, or to the quarantine with its reason. */
#include <math.h>
#include <string.h>

#include "data/fixture_month.h"

typedef struct {
    const char *name;
    const char *row; /* of a drop with the contract's columns */
    const char *indicator, *unit, *cohort;
    double value, numerator, denominator;
    WmReadingState state;
} ReadCase;

static const ReadCase READ_CASES[] = {
    {"a_bare_value", "PCT,,,Dec-20,41.2,,,,", "PCT", "", "", 41.2, NAN, NAN, WM_FINAL},
    {"a_percent_sign", "PCT,,,Dec-20,4.70%,,,,", "PCT", "", "", 4.7, NAN, NAN, WM_FINAL},
    {"thousands", "CNT,,,Q3 2020/21,\"1,322\",,,,", "CNT", "", "", 1322, NAN, NAN, WM_FINAL},
    {"a_unit_of_measure", "DUR,,,Dec-20,12 weeks,,,,", "DUR", "", "", 12, NAN, NAN, WM_FINAL},
    {"one_of_a_unit_of_measure", "DUR,,,Dec-20,1 week,,,,", "DUR", "", "", 1, NAN, NAN, WM_FINAL},
    {"a_share_of_counts", "PCT,,,Dec-20,,1,3,,", "PCT", "", "", 100.0 / 3, 1, 3, WM_FINAL},
    {"counts_with_their_names", "PCT,,,Dec-20,,12 plans,48 plans,,", "PCT", "", "", 25, 12, 48, WM_FINAL},
    {"weeks_summed", "DUR,,,Dec-20,,30 weeks,4,,", "DUR", "", "", 7.5, 30, 4, WM_FINAL},
    {"counts_with_thousands", "PCT,,,Dec-20,,\"1,000\",\"4,000\",,", "PCT", "", "", 25, 1000, 4000, WM_FINAL},
    {"a_value_beside_its_counts_stands", "PCT,,,Dec-20,33,1,3,,", "PCT", "", "", 33, 1, 3, WM_FINAL},
    {"a_state", "PCT,,,Dec-20,41,,,provisional,", "PCT", "", "", 41, NAN, NAN, WM_PROVISIONAL},
    {"a_state_marker_after_the_value", "PCT,,,Dec-20,41.2 [p],,,,", "PCT", "", "", 41.2, NAN, NAN, WM_PROVISIONAL},
    {"suppressed", "PCT,,,Dec-20,[c],,,,", "PCT", "", "", NAN, NAN, NAN, WM_SUPPRESSED},
    {"suppressed_bare", "PCT,,,Dec-20,c,,,,", "PCT", "", "", NAN, NAN, NAN, WM_SUPPRESSED},
    {"not_available", "PCT,,,Dec-20,[x],,,,", "PCT", "", "", NAN, NAN, NAN, WM_NOT_AVAILABLE},
    {"not_applicable", "PCT,,,Dec-20,z,,,,", "PCT", "", "", NAN, NAN, NAN, WM_NOT_APPLICABLE},
    {"low", "PCT,,,Dec-20,[low],,,,", "PCT", "", "", NAN, NAN, NAN, WM_LOW},
    {"fewer_than_five", "CNT,,,Q3 2020/21,<5,,,,", "CNT", "", "", NAN, NAN, NAN, WM_SUPPRESSED},
    {"a_dash", "PCT,,,Dec-20, - ,,,,", "PCT", "", "", NAN, NAN, NAN, WM_NOT_AVAILABLE},
    {"an_empty_value_is_missing", "PCT,,,Dec-20,,,,,", "PCT", "", "", NAN, NAN, NAN, WM_MISSING},
    {"said_to_be_missing", "PCT,,,Dec-20,,,,missing,", "PCT", "", "", NAN, NAN, NAN, WM_MISSING},
    {"a_suppressed_numerator", "PCT,,,Dec-20,,c,120,,", "PCT", "", "", NAN, NAN, 120, WM_SUPPRESSED},
    {"a_suppressed_denominator", "PCT,,,Dec-20,,12,c,,", "PCT", "", "", NAN, 12, NAN, WM_SUPPRESSED},
    {"a_zero_denominator_is_not_applicable", "PCT,,,Dec-20,,0,0,,", "PCT", "", "", NAN, 0, 0, WM_NOT_APPLICABLE},
    {"a_zero_numerator_is_zero", "PCT,,,Dec-20,,0,20,,", "PCT", "", "", 0, 0, 20, WM_FINAL},
    {"everything_is_the_highest_bound", "PCT,,,Dec-20,,20,20,,", "PCT", "", "", 100, 20, 20, WM_FINAL},
    {"done", "YES,,,31/12/2020,Done,,,,", "YES", "", "", 1, NAN, NAN, WM_FINAL},
    {"no", "YES,,,31/12/2020,no,,,,", "YES", "", "", 0, NAN, NAN, WM_FINAL},
    {"a_unit", "PCT,S1,,Dec-20,41,,,,", "PCT", "S1", "", 41, NAN, NAN, WM_FINAL},
    {"a_cohort", "PCT,S1,age 5 to 10,Dec-20,41,,,,", "PCT", "S1", "age 5 to 10", 41, NAN, NAN, WM_FINAL},
    {"an_academic_year", "ACY,,,2020/21,41,,,,", "ACY", "", "", 41, NAN, NAN, WM_FINAL},
};

static void is_loaded(void **state)
{
    const ReadCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", text_of(DROP_HEADER "%s\n", row->row)});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->drops[0].n_quarantined, 0);
    const WmSeries *series = series_of(loaded.month, row->indicator, row->unit, row->cohort);
    assert_int_equal(series->n_readings, 1);
    const WmReading *reading = &series->readings[0];
    assert_near(reading->value, row->value, 1e-12);
    assert_near(reading->numerator, row->numerator, 0);
    assert_near(reading->denominator, row->denominator, 0);
    assert_int_equal(reading->state, row->state);
}

static void a_year_pair_follows_the_indicator(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-10-31/x.csv", DROP_HEADER "ACY,,,2020/21,41,,,,\nPCT,,,2020/21,41,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(series_of(loaded.month, "ACY", "", "")->readings[0].period.kind, WM_PERIOD_ACADEMIC_YEAR);
    assert_int_equal(series_of(loaded.month, "PCT", "", "")->readings[0].period.kind, WM_PERIOD_FINANCIAL_YEAR);
    assert_contains(problem_of(loaded.month->problems, "other_period_length")->message, "PCT is published by month");
    assert_int_equal(problem_count(loaded.month->problems, "other_period_length"), 1);
}

typedef struct {
    const char *name;
    const char *row;
    int column;
    const char *code, *message;
} RefusedCase;

static const RefusedCase REFUSED_CASES[] = {
    {"an_unknown_indicator", "XXX,,,Dec-20,41,,,,", 1, "unknown_indicator", "indicator “XXX” is not in indicators.csv"},
    {"an_empty_indicator", ",,,Dec-20,41,,,,", 1, "unknown_indicator", "indicator “”"},
    {"an_unknown_unit", "PCT,W9,,Dec-20,41,,,,", 2, "unknown_unit", "unit “W9” is not in units.csv"},
    {"a_slip_in_a_unit_s_name", "PCT,Soth,,Dec-20,41,,,,", 2, "unknown_unit",
     "unit “Soth” is not in units.csv; the nearest is “South”"},
    {"a_slip_in_a_code_names_those_a_slip_away", "PCT,N2,,Dec-20,41,,,,", 2, "unknown_unit",
     "unit “N2” is not in units.csv; the nearest is “N1”"},
    {"a_period_that_is_none", "PCT,,,Decembre,41,,,,", 4, "bad_period", "“Decembre” is no period"},
    {"an_empty_period", "PCT,,,,41,,,,", 4, "bad_period", NULL},
    {"words_for_a_number", "PCT,,,Dec-20,about half,,,,", 5, "bad_number", "value “about half” is neither a figure nor a marker"},
    {"words_for_a_numerator", "PCT,,,Dec-20,,many,20,,", 6, "bad_number", "numerator “many”"},
    {"words_for_a_denominator", "PCT,,,Dec-20,,2,many,,", 7, "bad_number", "denominator “many”"},
    {"above_its_bounds", "PCT,,,Dec-20,900%,,,,", 5, "outside_bounds", "900% is above the highest possible, 100"},
    {"below_its_bounds", "DUR,,,Dec-20,-1,,,,", 5, "outside_bounds", "-1 is below the lowest possible, 0"},
    {"a_share_below_its_bounds", "PCT,,,Dec-20,,-2,20,,", 6, "outside_bounds", "-10 is below the lowest possible, 0"},
    {"a_numerator_above_its_denominator", "PCT,,,Dec-20,,52,50,,", 6, "numerator_exceeds_denominator",
     "numerator 52 exceeds denominator 50"},
    {"a_negative_denominator", "PCT,,,Dec-20,,1,-50,,", 7, "outside_bounds", "denominator -50 is negative"},
    {"months_where_it_is_in_weeks", "DUR,,,Dec-20,12 months,,,,", 5, "other_unit",
     "“12 months” is in months, the measure in weeks"},
    {"a_lone_letter_where_it_is_in_weeks", "DUR,,,Dec-20,12 s,,,,", 5, "other_unit", NULL},
    {"percent_where_it_is_a_count", "CNT,,,Dec-20,12%,,,,", 5, "other_unit", NULL},
    {"pounds_where_it_is_a_percent", "PCT,,,Dec-20,£50,,,,", 5, "other_unit", "“£50” is in £, the measure in %"},
    {"pounds_where_it_is_a_count", "CNT,,,Q3 2020/21,£7,,,,", 5, "other_unit", "“£7” is in £"},
    {"dollars_where_it_is_in_weeks", "DUR,,,Dec-20,$5,,,,", 5, "other_unit", NULL},
    {"yes_where_it_is_in_weeks", "DUR,,,Dec-20,yes,,,,", 5, "other_unit", "“yes” is in yes/no, the measure in weeks"},
    {"done_where_it_is_a_count", "CNT,,,Q3 2020/21,done,,,,", 5, "other_unit", NULL},
    {"yes_for_a_numerator", "PCT,,,Dec-20,,yes,4,,", 6, "other_unit", "numerator “yes” is in yes/no, and should be a count"},
    {"pounds_for_a_denominator", "PCT,,,Dec-20,,1,£5,,", 7, "other_unit", "denominator “£5” is in £, and should be a count"},
    {"percent_for_a_numerator", "PCT,,,Dec-20,,41%,100,,", 6, "other_unit", "numerator “41%” is in %"},
    {"yes_for_a_count_of_a_yes_no", "YES,,,31/12/2020,yes,yes,1,,", 6, "other_unit", NULL},
    {"months_summed_where_it_is_in_weeks", "DUR,,,Dec-20,,30 months,4,,", 6, "other_unit", NULL},
    {"an_unknown_state", "PCT,,,Dec-20,41,,,guessed,", 8, "unknown_state", "state “guessed” is not known"},
    {"suppressed_and_yet_a_value", "PCT,,,Dec-20,41,,,suppressed,", 8, "state_with_value",
     "it is suppressed and yet has the value 41"},
    {"suppressed_and_yet_a_ratio", "PCT,,,Dec-20,,1,4,suppressed,", 8, "state_with_value",
     "it is suppressed and yet has the value 25"},
    {"final_and_yet_no_value", "PCT,,,Dec-20,,,,final,", 8, "state_without_value", "it is final and has no value"},
    {"a_formula_that_failed_is_no_unit", "PCT,#N/A,,Dec-20,41,,,,", 2, "failed_formula", "unit “#N/A” is a formula that failed"},
    {"a_formula_that_failed_is_no_cohort", "PCT,,#REF!,Dec-20,41,,,,", 3, "failed_formula",
     "cohort “#REF!” is a formula that failed"},
    {"a_formula_never_calculated_is_no_cohort", "PCT,,#UNCALCULATED! =A1,Dec-20,41,,,,", 3, "failed_formula",
     "cohort “#UNCALCULATED! =A1” is a formula that failed"},
    {"a_formula_that_failed_is_no_figure", "PCT,,,Dec-20,#DIV/0!,,,,", 5, "bad_number", "value “#DIV/0!”"},
    {"a_formula_that_failed_is_no_marker", "PCT,,,Dec-20,#N/A,,,,", 5, "bad_number", "value “#N/A”"},
    {"a_field_too_many", "PCT,,,Dec-20,1,322,,,,", 0, "extra_field", "the row has 10 fields, the header 9"},
};

/* Money, in a currency and in none, and what it is divided by. */
#define MONEY                                                                              \
    "indicator,title,theme,kind,measure_unit,polarity,frequency,low,high,decimals\n"       \
    "POUNDS,P,T1,money,GBP thousand,lower,month,,,0\nSIGN,S,T1,money,£,lower,month,,,0\n" \
    "EUROS,E,T1,money,euros,lower,month,,,0\nBARE,B,T1,money,,lower,month,,,0\n"

static const char *money_refusal(const char *row, const char **message)
{
    g_auto(Folder) folder = PLAN_FOLDER({"targets.csv", NULL}, {"baselines.csv", NULL}, {"indicators.csv", MONEY},
                                        {"drops/2021-01-31/x.csv", text_of(DROP_HEADER "%s\n", row)});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmDropInfo *drop = &loaded.month->drops[0];
    assert_int_equal(drop->n_loaded + drop->n_quarantined, 1);
    if (drop->n_loaded)
        return NULL;
    *message = text_of("%s", problem_of(loaded.month->problems, "other_unit")->message);
    return "other_unit";
}

static void money_is_taken_in_its_own_currency_alone(void **state)
{
    (void)state;
    static const char *const TAKEN[] = {"POUNDS,,,Dec-20,£50,,,,", "SIGN,,,Dec-20,£50,,,,", "EUROS,,,Dec-20,€50,,,,",
                                        "BARE,,,Dec-20,£50,,,,",   "BARE,,,Dec-20,$50,,,,", "SIGN,,,Dec-20,,£50,4,,"};
    static const char *const REFUSED[] = {"POUNDS,,,Dec-20,$50,,,,", "SIGN,,,Dec-20,€50,,,,", "EUROS,,,Dec-20,£50,,,,"};
    const char *message = NULL;
    for (size_t i = 0; i < N_ELEMENTS(TAKEN); i++)
        if (money_refusal(TAKEN[i], &message))
            fail_msg("%s is refused: %s", TAKEN[i], message);
    for (size_t i = 0; i < N_ELEMENTS(REFUSED); i++)
        assert_non_null(money_refusal(REFUSED[i], &message));
}

static void pence_that_may_be_provisional_are_refused(void **state)
{
    (void)state;
    const char *message = NULL;
    assert_non_null(money_refusal("SIGN,,,Dec-20,12p,,,,", &message));
    assert_contains(message, "“12p” may be pence, or provisional: write [p] for provisional");
    assert_non_null(money_refusal("SIGN,,,Dec-20,,12p,4,,", &message));
    assert_contains(message, "“12p”");
    assert_non_null(money_refusal("SIGN,,,Dec-20,,12,4p,,", &message));
    assert_contains(message, "“4p”");
    assert_null(money_refusal("SIGN,,,Dec-20,12 [p],,,,", &message));
}

static void is_quarantined(void **state)
{
    const RefusedCase *row = *state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"drops/2021-01-31/x.csv", text_of(DROP_HEADER "PCT,,,Nov-20,40,,,,\n%s\nPCT,,,Jan-21,42,,,,\n", row->row)});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmDropInfo *drop = &loaded.month->drops[0];
    assert_int_equal(drop->n_rows, 3);
    assert_int_equal(drop->n_loaded, 2); /* the good rows around it */
    assert_int_equal(drop->n_quarantined, 1);
    g_autoptr(GArray) rows = wm_store_quarantine(loaded.store, drop->id, NULL);
    assert_int_equal(rows->len, 1);
    const WmQuarantined *one = &g_array_index(rows, WmQuarantined, 0);
    assert_string_equal(one->code, row->code);
    assert_int_equal(one->line, 3);
    assert_int_equal(one->column, row->column);
    assert_string_equal(one->raw, row->row);
    if (row->message)
        assert_contains(one->message, row->message);
    const WmProblem *problem = problem_of(loaded.month->problems, row->code); /* the report lists it */
    assert_string_equal(problem->file, "drops/2021-01-31/x.csv");
    assert_int_equal(problem->line, 3);
    assert_int_equal(problem->severity, WM_SEVERITY_ERROR);
}

static void a_nul_byte_is_quarantined(void **state)
{
    (void)state;
    static const char TEXT[] = DROP_HEADER "PCT,,,Dec-20,4\0001,,,,\n";
    g_auto(Folder) folder = PLAN_FOLDER({NULL, NULL});
    folder_write_bytes(&folder, "drops/2021-01-31/x.csv", TEXT, sizeof TEXT - 1);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    problem_of(loaded.month->problems, "nul_byte");
}

static void a_huge_text_is_quoted_in_part(void **state)
{
    (void)state;
    g_autofree char *huge = g_strnfill(200000, 'z');
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", text_of(DROP_HEADER "%s,,,Dec-20,4,,,,\n", huge)});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    const WmProblem *problem = problem_of(loaded.month->problems, "unknown_indicator");
    assert_true(strlen(problem->message) < 500);
    assert_contains(problem->message, "…");
    assert_true(g_utf8_validate(problem->message, -1, NULL));
}

static void two_figures_for_one_period_are_a_conflict(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,,Dec-20,40,,,,\nPCT,,,2020-12,41,,,,\nPCT,,,12/2020,40,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(problem_count(loaded.month->problems, "conflicting_row"), 1);
    assert_int_equal(problem_of(loaded.month->problems, "conflicting_row")->line, 3);
    assert_near(series_of(loaded.month, "PCT", "", "")->readings[0].value, 40, 0);
}

typedef struct {
    const char *name;
    const char *text;
    const char *message;
} UnusableCase;

static const UnusableCase UNUSABLE_CASES[] = {
    {"an_empty_file", "", "the file is empty; is it the right file?"},
    {"no_indicator", "period,value\nDec-20,1\n",
     "there is no column indicator; name the file's own columns in a recipe (recipes/NAME.ini)"},
    {"no_period", "indicator,value\nPCT,1\n", "there is no column period"},
    {"no_value", "indicator,period,numerator\nPCT,Dec-20,1\n", "there is no column value, nor numerator and denominator"},
    {"a_column_twice", "indicator,period,value,Value\nPCT,Dec-20,1,2\n", "column value stands twice; keep one of them"},
    {"an_open_quote", DROP_HEADER "PCT,,,Dec-20,\"41,,,,\nPCT,,,Jan-21,42,,,,\n", "a quote is never closed; close it"},
    {"a_web_page", "<!DOCTYPE html>\n<html>\n", "it is a web page or XML, not a CSV"},
};

/* One call of wm_ingest_file into the folder's store. */
static gboolean ingest(const Loaded *loaded, const Folder *folder, const char *name, gboolean is_strict, gboolean is_dry_run,
                       WmIngestResult *out, GError **error)
{
    g_autofree char *path = folder_path(folder, name);
    const WmIngestRequest request = {
        .path = path, .name = name, .received = day_of("2021-01-31"), .is_strict = is_strict, .is_dry_run = is_dry_run};
    return wm_ingest_file(loaded->store, loaded->plan, &request, out, error);
}

static void assert_store_is_empty(const Loaded *loaded)
{
    g_autoptr(GArray) drops = wm_store_drops(loaded->store, WM_NO_DAY, NULL);
    g_autoptr(GArray) series = wm_store_series(loaded->store, NULL);
    assert_int_equal(drops->len + series->len, 0);
}

static void the_file_is_refused_and_leaves_nothing(void **state)
{
    const UnusableCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", row->text});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GError) error = NULL;
    WmIngestResult result;
    assert_false(ingest(&loaded, &folder, "x.csv", FALSE, FALSE, &result, &error));
    assert_true(g_error_matches(error, WM_ERROR, WM_ERROR_INPUT));
    assert_contains(error->message, row->message);
    assert_store_is_empty(&loaded);
}

static void strict_refuses_a_drop_with_a_bad_row(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", DROP_HEADER "PCT,,,Nov-20,40,,,,\nPCT,,,Dec-20,900%,,,,\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    g_autoptr(GError) error = NULL;
    WmIngestResult result;
    assert_false(ingest(&loaded, &folder, "x.csv", TRUE, FALSE, &result, &error));
    assert_string_equal(error->message, "x.csv:3:5: 900% is above the highest possible, 100; mend it, or ingest without --strict");
    assert_store_is_empty(&loaded);
}

static void a_dry_run_says_what_would_happen_and_leaves_nothing(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"x.csv", DROP_HEADER "PCT,,,Nov-20,40,,,,\nPCT,,,Dec-20,900%,,,,\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult result;
    assert_true(ingest(&loaded, &folder, "x.csv", FALSE, TRUE, &result, NULL));
    assert_int_equal(result.drop, 0);
    assert_int_equal(result.n_rows, 2);
    assert_int_equal(result.n_loaded, 1);
    assert_int_equal(result.n_quarantined, 1);
    assert_store_is_empty(&loaded);
}

static void the_same_file_again_is_no_drop(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"x.csv", DROP_HEADER "PCT,,,Nov-20,40,,,,\n"}, {"y.csv", DROP_HEADER "PCT,,,Nov-20,40,,,,\n"});
    g_auto(Loaded) loaded = drops_load(&folder);
    WmIngestResult first, again, renamed;
    assert_true(ingest(&loaded, &folder, "x.csv", FALSE, FALSE, &first, NULL));
    assert_true(ingest(&loaded, &folder, "x.csv", FALSE, FALSE, &again, NULL));
    assert_true(ingest(&loaded, &folder, "y.csv", FALSE, FALSE, &renamed, NULL));
    assert_false(first.was_known);
    assert_true(again.was_known && renamed.was_known);
    assert_int_equal(again.drop, first.drop);
    assert_int_equal(again.n_rows, 0);
}

static void a_drop_without_rows_is_a_drop(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    assert_int_equal(loaded.month->as_at, day_of("2021-01-31"));
    assert_int_equal(loaded.month->n_drops, 1);
    assert_int_equal(loaded.month->drops[0].n_rows, 0);
}

static void windows_1252_is_said_at_every_run(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-01-31/x.csv", DROP_HEADER "PCT,,caf\xE9,Dec-20,40,,,,\n"});
    for (int i = 0; i < 2; i++) {
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        assert_string_equal(problem_of(loaded.month->problems, "not_utf8")->file, "drops/2021-01-31/x.csv");
        assert_near(series_of(loaded.month, "PCT", "", "café")->readings[0].value, 40, 0);
    }
}

/* What is odd about a file is found when it is read, and stands among the month's checks whenever they are made. */
static void findings_about_a_file_stay_with_its_drop(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"drops/2021-01-31/x.csv", "indicator,period,value,region\nPCT,2020-10,0.48,a\nPCT,2020-11,0.5,a\nPCT,2020-12,1,a\n"});
    for (int i = 0; i < 2; i++) {
        g_auto(Loaded) loaded = month_load(&folder, NULL);
        g_autoptr(WmProblems) found = wm_problems_new();
        assert_true(wm_store_findings(loaded.store, 1, "x.csv", found, NULL));
        g_autofree char *list = problem_list(found, WM_SEVERITY_INFO);
        assert_string_equal(list, "x.csv:1:4 info unknown_column\n");
        assert_string_equal(problem_of(loaded.month->problems, "unknown_column")->file, "drops/2021-01-31/x.csv");
    }
}

int main(void)
{
    ADD_TABLE(READ_CASES, is_loaded);
    ADD(money_is_taken_in_its_own_currency_alone);
    ADD(pence_that_may_be_provisional_are_refused);
    ADD(a_year_pair_follows_the_indicator);
    ADD_TABLE(REFUSED_CASES, is_quarantined);
    ADD(a_nul_byte_is_quarantined);
    ADD(a_huge_text_is_quoted_in_part);
    ADD(two_figures_for_one_period_are_a_conflict);
    ADD_TABLE(UNUSABLE_CASES, the_file_is_refused_and_leaves_nothing);
    ADD(strict_refuses_a_drop_with_a_bad_row);
    ADD(a_dry_run_says_what_would_happen_and_leaves_nothing);
    ADD(the_same_file_again_is_no_drop);
    ADD(a_drop_without_rows_is_a_drop);
    ADD(windows_1252_is_said_at_every_run);
    ADD(findings_about_a_file_stay_with_its_drop);
    return run_cases("ingest");
}
