/* assessments.csv, assessments.json and checks.csv: the contract's columns, first and in order; what is written reads back. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/fixture_month.h"
#include "engine/data/text/csv_file.h"

/* Written out here, not taken from the code: other people's scripts hold on to these. */
static const char CONTRACT[] =
    "indicator,unit,cohort,as_at,period,value,numerator,denominator,state,baseline,trajectory,gap,months_gap,due,target,chance,"
    "last_due,last_target,last_chance,expected,expected_lo,expected_hi,required_pace,achieved_pace,position,outlook,status,mark,"
    "previous_status,variation,assurance,reasons,sentence";

static const char DROP[] = DROP_HEADER
    "PCT,,,Oct-20,,1,3,,\nPCT,,,Nov-20,41.5,,,,\nPCT,,,Dec-20,42,,,provisional,\nPCT,,,Jan-21,44,,,,\nPCT,N1,boys,Jan-21,41,,,,\n";

static gboolean keep_row(const SheetRow *row, gpointer data, GError **error)
{
    GStrvBuilder *builder = g_strv_builder_new();
    (void)error;
    for (size_t i = 0; i < row->n_fields; i++)
        g_strv_builder_add(builder, row->fields[i]);
    g_ptr_array_add(data, g_strv_builder_end(builder));
    g_strv_builder_unref(builder);
    return TRUE;
}

static GPtrArray *read_csv(const Folder *folder, const char *text)
{
    g_autofree char *path = folder_path(folder, "back.csv");
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    folder_write(folder, "back.csv", text);
    assert_true(csv_file_read(path, keep_row, rows, NULL, NULL));
    return rows;
}

/* The field of a data row by its column's name. */
static const char *field(const GPtrArray *rows, size_t i_row, const char *name)
{
    char **header = g_ptr_array_index(rows, 0), **row = g_ptr_array_index(rows, i_row + 1);
    for (size_t i = 0; header[i]; i++)
        if (strcmp(header[i], name) == 0)
            return row[i];
    fail_msg("no column %s", name);
    return NULL;
}

static void the_contract_s_columns_come_first_and_in_order(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-02-28/x.csv", DROP});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    assert_true(g_str_has_prefix(csv, CONTRACT));
    assert_true(strchr(",\n", csv[strlen(CONTRACT)]) != NULL);
}

static void json_has_the_names_and_order_of_the_csv(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-02-28/x.csv", DROP});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month), *text = wm_month_to_json(loaded.month);
    g_autoptr(GPtrArray) rows = read_csv(&folder, csv);
    cJSON *root = cJSON_Parse(text);
    const cJSON *list = cJSON_GetObjectItem(root, "assessments");
    assert_int_equal(cJSON_GetArraySize(list), rows->len - 1);
    for (int i = 0; i < cJSON_GetArraySize(list); i++) {
        size_t i_column = 0;
        char **header = g_ptr_array_index(rows, 0), **row = g_ptr_array_index(rows, (guint)i + 1);
        const cJSON *member;
        cJSON_ArrayForEach(member, cJSON_GetArrayItem(list, i))
        {
            assert_string_equal(member->string, header[i_column]);
            if (cJSON_IsNull(member))
                assert_string_equal(row[i_column], "");
            else if (cJSON_IsNumber(member))
                assert_true(member->valuedouble == strtod(row[i_column], NULL));
            else
                assert_string_equal(cJSON_GetStringValue(member), row[i_column]);
            i_column++;
        }
        assert_null(header[i_column]);
    }
    cJSON_Delete(root);
}

static void numbers_read_back_to_the_bit(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2020-11-30/x.csv", DROP_HEADER "PCT,,,Oct-20,,1,3,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    g_autoptr(GPtrArray) rows = read_csv(&folder, csv);
    const WmAssessment *a = &series_of(loaded.month, "PCT", "", "")->assessment;
    assert_true(strtod(field(rows, 0, "value"), NULL) == 1.0 / 3.0 * 100);
    assert_true(strtod(field(rows, 0, "gap"), NULL) == a->gap);
    assert_true(strtod(field(rows, 0, "trajectory"), NULL) == a->trajectory);
    assert_true(strtod(field(rows, 0, "months_gap"), NULL) == a->months_gap.months);
}

static void what_is_not_available_is_empty_and_null(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2020-11-30/x.csv", DROP_HEADER});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month), *json = wm_month_to_json(loaded.month);
    g_autoptr(GPtrArray) rows = read_csv(&folder, csv);
    static const char *const EMPTY[] = {"period", "value", "numerator", "state", "gap", "chance", "previous_status", "expected"};
    for (size_t i = 0; i < N_ELEMENTS(EMPTY); i++)
        assert_string_equal(field(rows, 0, EMPTY[i]), "");
    assert_contains(json, "\"value\":\tnull");
    assert_lacks(csv, "nan");
    assert_lacks(json, "nan");
    assert_lacks(csv, "inf,");
}

static void dates_and_periods_are_iso(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-02-28/x.csv", DROP});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    g_autoptr(GPtrArray) rows = read_csv(&folder, csv);
    assert_string_equal(field(rows, 0, "as_at"), "2021-02-28");
    assert_string_equal(field(rows, 0, "period"), "2021-01");
    assert_string_equal(field(rows, 0, "due"), "2021-08-31");
    assert_string_equal(field(rows, 0, "last_due"), "2022-08-31");
    assert_string_equal(field(rows, 1, "unit"), "N1");
    assert_string_equal(field(rows, 1, "cohort"), "boys");
}

/* Ids, cohorts and titles that would break a table which is not quoted. */
static void hostile_texts_come_back_whole(void **state)
{
    (void)state;
    static const char *const COHORTS[] = {"a,b",          "say \"no\"",  "two\nlines", "=cmd|' /C calc'!A0",
                                          "</script><b>", "\\u0000 \\n", "é – €"};
    g_autoptr(GString) drop = g_string_new(DROP_HEADER);
    for (size_t i = 0; i < N_ELEMENTS(COHORTS); i++) {
        g_auto(GStrv) parts = g_strsplit(COHORTS[i], "\"", -1);
        g_autofree char *quoted = g_strjoinv("\"\"", parts);
        g_string_append_printf(drop, "PCT,,\"%s\",Jan-21,41,,,,\n", quoted);
    }
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-02-28/x.csv", drop->str});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(loaded.month), *json = wm_month_to_json(loaded.month);
    g_autoptr(GPtrArray) rows = read_csv(&folder, csv);
    cJSON *root = cJSON_Parse(json);
    const cJSON *list = cJSON_GetObjectItem(root, "assessments");
    for (size_t i = 0; i < N_ELEMENTS(COHORTS); i++) {
        gboolean in_csv = FALSE, in_json = FALSE;
        for (guint k = 0; k + 1 < rows->len; k++) {
            in_csv |= strcmp(field(rows, k, "cohort"), COHORTS[i]) == 0;
            in_json |=
                g_strcmp0(cJSON_GetStringValue(cJSON_GetObjectItem(cJSON_GetArrayItem(list, (int)k), "cohort")), COHORTS[i]) == 0;
        }
        assert_true(in_csv);
        assert_true(in_json);
    }
    cJSON_Delete(root);
}

static void checks_csv_holds_every_finding(void **state)
{
    (void)state;
    g_autoptr(WmProblems) problems = wm_problems_new();
    wm_problems_add(problems, &(WmProblem){"a,b.csv", 3, 2, WM_SEVERITY_ERROR, "code", "say \"no\"\nplease", "mend, it", "PCT"});
    wm_problems_add(problems, &(WmProblem){"plan.ini", 0, 0, WM_SEVERITY_WARNING, "other", "x", NULL, NULL});
    g_autofree char *csv = wm_problems_to_csv(problems);
    assert_string_equal(csv, "file,line,column,severity,code,message,advice,indicator\n"
                             "\"a,b.csv\",3,2,error,code,\"say \"\"no\"\"\nplease\",\"mend, it\",PCT\n"
                             "plan.ini,,,warning,other,x,,\n");
}

typedef struct {
    const char *name, *as_at;
    const char *status, *state, *set, *by, *reason, *from, *expires, *computed;
} OverrideCase;

static const OverrideCase OVERRIDES[] = {
    {"before it begins", "2021-02-28", "red", "", "", "", "", "", "", "red"},
    {"on its first day", "2021-03-01", "green", "in_force", "green", "Head", "audited", "2021-03-01", "2021-03-31", "red"},
    {"on its last day", "2021-03-31", "green", "in_force", "green", "Head", "audited", "2021-03-01", "2021-03-31", "red"},
    {"on the day after", "2021-04-01", "red", "expired", "green", "Head", "audited", "2021-03-01", "2021-03-31", "red"},
};

static void an_override_shows_both_statuses_until_its_last_day(void **state)
{
    const OverrideCase *row = *state;
    g_auto(Folder) folder = PLAN_FOLDER(
        {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Dec-20,10,,,,\nPCT,,,Jan-21,10,,,,\n"},
        {"overrides.csv", "indicator,unit,status,reason,by_role,from,expires\nPCT,,green,audited,Head,2021-03,2021-03\n"});
    g_auto(Loaded) loaded = month_load(&folder, row->as_at);
    g_autofree char *csv = wm_month_to_csv(loaded.month);
    g_autoptr(GPtrArray) rows = read_csv(&folder, csv);
    const char *const expected[][2] = {{"status", row->status},
                                       {"override_state", row->state},
                                       {"override_status", row->set},
                                       {"override_by", row->by},
                                       {"override_reason", row->reason},
                                       {"override_from", row->from},
                                       {"override_expires", row->expires},
                                       {"status_computed", row->computed}};
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_string_equal(field(rows, 0, expected[i][0]), expected[i][1]);
}

static void the_same_month_gives_the_same_bytes(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-wsoa-2020");
    g_auto(Loaded) first = month_load(&folder, NULL), second = month_load(&folder, NULL);
    g_autofree char *csv = wm_month_to_csv(first.month), *csv_again = wm_month_to_csv(second.month);
    g_autofree char *json = wm_month_to_json(first.month), *json_again = wm_month_to_json(second.month);
    g_autofree char *checks = wm_problems_to_csv(first.month->problems), *checks_again = wm_problems_to_csv(second.month->problems);
    assert_string_equal(csv, csv_again);
    assert_string_equal(json, json_again);
    assert_string_equal(checks, checks_again);
}

int main(void)
{
    ADD_TABLE(OVERRIDES, an_override_shows_both_statuses_until_its_last_day);
    ADD(the_contract_s_columns_come_first_and_in_order);
    ADD(json_has_the_names_and_order_of_the_csv);
    ADD(numbers_read_back_to_the_bit);
    ADD(what_is_not_available_is_empty_and_null);
    ADD(dates_and_periods_are_iso);
    ADD(hostile_texts_come_back_whole);
    ADD(checks_csv_holds_every_finding);
    ADD(the_same_month_gives_the_same_bytes);
    return run_cases("month_export");
}
