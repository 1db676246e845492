/* The month's tables: each column that is written is in the dictionary, in its order, and every cell is what the dictionary says.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/fixture_month.h"

#define HOW                                                                                                                     \
    "describe it in engine/data/pack/dictionary_assessments.c or dictionary_tables.c, in the place where the table writes it, " \
    "and run `./run dictionary`"

static const char *const DATASETS[] = {"somerset-wsoa-2020", "somerset-app-2023", "south-glos-wsoa-2018", "somerset-published"};

static void check_columns(const WmPackTable *table)
{
    const WmField *field = table->spec->fields;
    for (size_t i = 0; i < table->n_columns; i++, field++) {
        if (!table->fields[i])
            fail_msg("%s.csv has a column %s that the dictionary has not: " HOW, table->spec->name, table->names[i]);
        if (!field->name || strcmp(field->name, table->names[i]) != 0)
            fail_msg("column %zu of %s.csv is %s, in the dictionary %s: put them in one order", i + 1, table->spec->name,
                     table->names[i], field->name ? field->name : "there is none");
    }
    if (field->name)
        fail_msg("the dictionary has a column %s that %s.csv has not: take it out of engine/data/pack/dictionary_*.c, and run "
                 "`./run dictionary`",
                 field->name, table->spec->name);
}

static bool is_word(const WmField *field, const char *text)
{
    for (size_t i = 0; field->word(i); i++)
        if (strcmp(field->word(i), text) == 0)
            return true;
    return false;
}

static bool are_codes(const WmField *field, const char *text)
{
    g_auto(GStrv) codes = g_strsplit(text, " ", -1);
    for (char **code = codes; *code; code++)
        if (!is_word(field, *code))
            return false;
    return true;
}

static bool is_number(const WmField *field, const char *text)
{
    char *end;
    const double value = strtod(text, &end);
    return *end == 0 && isfinite(value) && (field->kind != WM_FIELD_WHOLE || value == floor(value)) &&
           (!field->has_range || (value >= field->low && (isnan(field->high) || value <= field->high)));
}

static bool is_iso_day(const char *text)
{
    char back[WM_PERIOD_TEXT];
    WmDay day;
    return wm_day_parse(text, WM_PERIOD_FINANCIAL_YEAR, &day) && strcmp(wm_day_format_iso(day, back), text) == 0;
}

static bool is_iso_period(const char *text)
{
    char back[WM_PERIOD_TEXT];
    WmPeriod period;
    return wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, &period) && strcmp(wm_period_format_iso(period, back), text) == 0;
}

static bool fits(const WmField *field, const char *text)
{
    if (!*text)
        return *field->empty != 0;
    switch (field->kind) {
    case WM_FIELD_TEXT:
        return true;
    case WM_FIELD_WORD:
        return is_word(field, text);
    case WM_FIELD_CODES:
        return are_codes(field, text);
    case WM_FIELD_NUMBER:
    case WM_FIELD_WHOLE:
        return is_number(field, text);
    case WM_FIELD_DAY:
        return is_iso_day(text);
    case WM_FIELD_PERIOD:
        return is_iso_period(text);
    case WM_N_FIELD_KINDS:
        break;
    }
    return false;
}

static void check_cells(const WmPackTable *table)
{
    for (size_t i = 0; i < table->n_rows; i++)
        for (size_t k = 0; k < table->n_columns; k++) {
            const char *text = table->cells[i * table->n_columns + k];
            if (!fits(table->fields[k], text))
                fail_msg("%s.csv, row %zu: %s is “%s”, and the dictionary says %s%s", table->spec->name, i + 2, table->names[k],
                         text, wm_field_kind_name(table->fields[k]->kind), *text ? "" : ", never empty");
        }
}

static void every_column_is_in_the_dictionary_and_no_other(void **state)
{
    g_auto(Folder) folder = dataset_folder_new(*state);
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(WmPack) pack = wm_pack_new(loaded.month);
    for (size_t i = 0; i < pack->n_tables; i++) {
        check_columns(&pack->tables[i]);
        check_cells(&pack->tables[i]);
    }
}

/* The data sets are of one area each. */
static Folder folder_of_units(void)
{
    return PLAN_FOLDER({"neighbours.csv", "unit,neighbour,rank\nN1,S1,1\n"},
                       {"drops/2021-02-28/x.csv",
                        DROP_HEADER "PCT,N1,,Jan-21,,3,10,,\nPCT,S1,,Jan-21,,60,80,,\n"
                                    "PCT,S1,,Jan-20,,40,80,,\nDUR,N1,,Jan-21,4,,,,\nDUR,S1,,Jan-21,5,,,,\n"});
}

static void areas_are_in_the_dictionary(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_of_units();
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(WmPack) pack = wm_pack_new(loaded.month);
    size_t n_rows = 0;
    for (size_t i = 0; i < pack->n_tables; i++)
        if (strcmp(pack->tables[i].spec->name, "areas") == 0) {
            check_columns(&pack->tables[i]);
            check_cells(&pack->tables[i]);
            n_rows = pack->tables[i].n_rows;
        }
    assert_int_equal(n_rows, 4);
}

static void add_tables(const Folder *folder, GHashTable *made)
{
    g_auto(Loaded) loaded = month_load(folder, NULL);
    g_autoptr(WmPack) pack = wm_pack_new(loaded.month);
    for (size_t i = 0; i < pack->n_tables; i++)
        g_hash_table_add(made, (gpointer)pack->tables[i].spec->name);
}

static void every_table_is_made_by_some_plan(void **state)
{
    (void)state;
    size_t n, n_found = 0;
    const WmDictionaryTable *tables = wm_dictionary(&n);
    g_autoptr(GHashTable) made = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < G_N_ELEMENTS(DATASETS); i++) {
        g_auto(Folder) folder = dataset_folder_new(DATASETS[i]);
        add_tables(&folder, made);
    }
    g_auto(Folder) units = folder_of_units();
    add_tables(&units, made);
    for (size_t i = 0; i < n; i++)
        n_found += g_hash_table_contains(made, tables[i].name) ? 1 : 0;
    assert_int_equal(n_found, n);
}

/* What stands in a cell is text, whatever it looks like. */
static void a_text_that_is_hard_to_write_comes_through(void **state)
{
    (void)state;
    g_auto(Folder) folder =
        PLAN_FOLDER({"actions.csv", "action,title,status\nA1,\"=1+1, \"\"quoted\"\"\nand \\ a\tline\",Ongoing\n"},
                    {"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Oct-20,40,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(WmPack) pack = wm_pack_new(loaded.month);
    for (size_t i = 0; i < pack->n_tables; i++) {
        const WmPackTable *table = &pack->tables[i];
        if (strcmp(table->spec->name, "actions") != 0)
            continue;
        assert_int_equal(table->n_rows, 1);
        assert_string_equal(table->cells[2], "=1+1, \"quoted\"\nand \\ a\tline");
        g_autofree char *json = wm_pack_table_to_json(pack, table);
        assert_contains(json, "\"title\": \"=1+1, \\\"quoted\\\"\\u000aand \\\\ a\\u0009line\"");
        return;
    }
    fail_msg("there is no table of actions");
}

static void a_table_without_rows_is_an_empty_list(void **state)
{
    (void)state;
    g_auto(Folder) folder = PLAN_FOLDER({"drops/2021-02-28/x.csv", DROP_HEADER "PCT,,,Oct-20,40,,,,\n"});
    g_auto(Loaded) loaded = month_load(&folder, NULL);
    g_autoptr(WmPack) pack = wm_pack_new(loaded.month);
    for (size_t i = 0; i < pack->n_tables; i++)
        if (strcmp(pack->tables[i].spec->name, "signals") == 0) {
            g_autofree char *json = wm_pack_table_to_json(pack, &pack->tables[i]);
            assert_int_equal(pack->tables[i].n_rows, 0);
            assert_true(g_str_has_suffix(json, "\"signals\":\t[]\n}\n"));
        }
}

int main(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(DATASETS); i++)
        add_case(DATASETS[i], every_column_is_in_the_dictionary_and_no_other, DATASETS[i]);
    ADD(areas_are_in_the_dictionary);
    ADD(every_table_is_made_by_some_plan);
    ADD(a_text_that_is_hard_to_write_comes_through);
    ADD(a_table_without_rows_is_an_empty_list);
    return run_cases("pack");
}
