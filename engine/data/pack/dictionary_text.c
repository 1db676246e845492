/* The dictionary as a page for people, and as a JSON Schema for machines. */
#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>
#include <waymark/dictionary.h>

#include "engine/data/month/month_export.h"

/* ---- for people ---- */

#define INTRODUCTION                                                                                                               \
    "# Data dictionary\n\n"                                                                                                        \
    "Every column of every table that `waymark run` writes. NAME.csv (RFC 4180, UTF-8) and NAME.json have the same names; in "     \
    "JSON an empty field is null, numbers and whole numbers are\n"                                                                 \
    "numbers, and all else is a string. The JSON Schema (draft 2020-12) of NAME.json is `docs/schema/NAME.json`, also printed by " \
    "`waymark dictionary NAME --schema`. `pack.xlsx` has a sheet for each\n"                                                       \
    "table. This page is printed by `waymark dictionary --markdown`, and a test holds every file to it.\n\n"                       \
    "| type | written |\n| --- | --- |\n"                                                                                          \
    "| text | as people write it |\n| word | one of the words listed |\n| codes | several of them, by blanks |\n"                  \
    "| number | the shortest text that reads back to the same number; no thousands separators |\n| whole | without a point |\n"    \
    "| day | 2021-07-31 |\n| period | 2021-07, 2021-Q2 (calendar), 2021/22-Q2 (financial), 2021/22, 2021: as `waymark run` "       \
    "writes it and reads it |\n\n"                                                                                                 \
    "Units: *the indicator's* is its measure_unit in indicators.csv (a percent is 0 to 100); a *chance* is 0 to 1.\n"

static void append_field(GString *out, const WmField *field)
{
    g_autofree char *words = wm_field_words(field), *range = wm_field_range(field);
    const char *type = wm_field_kind_name(field->kind);
    g_string_append_printf(out, "| %s | %s | %s%s%s | %s%s%s%s | %s |\n", field->name, type, field->unit,
                           *field->unit && *range ? ", " : "", range, field->meaning, *words ? " Words: " : "", words,
                           *words ? "." : "", *field->empty ? field->empty : "never");
}

char *wm_dictionary_to_markdown(void)
{
    GString *out = g_string_new(INTRODUCTION);
    size_t n;
    const WmDictionaryTable *tables = wm_dictionary(&n);
    for (size_t i = 0; i < n; i++) {
        g_string_append_printf(out, "\n## %s\nA row is %s. In `%s.csv`, `%s.json` and the sheet “%s”.\n\n", tables[i].name,
                               tables[i].about, tables[i].name, tables[i].name, tables[i].sheet);
        g_string_append(out, "| column | type | unit, range | meaning | empty when |\n| --- | --- | --- | --- | --- |\n");
        for (const WmField *field = tables[i].fields; field->name; field++)
            append_field(out, field);
    }
    return g_string_free(out, FALSE);
}

/* ---- for machines ---- */

#define DAY_PATTERN "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

static void add_type(cJSON *schema, const char *type, gboolean may_be_null)
{
    if (may_be_null)
        cJSON_AddItemToObject(schema, "type", cJSON_CreateStringArray((const char *const[]){type, "null"}, 2));
    else
        cJSON_AddStringToObject(schema, "type", type);
}

static void add_words(cJSON *schema, const WmField *field)
{
    cJSON *list = cJSON_AddArrayToObject(schema, "enum");
    for (size_t i = 0; field->word(i); i++)
        if (*field->word(i))
            cJSON_AddItemToArray(list, cJSON_CreateString(field->word(i)));
    if (*field->empty)
        cJSON_AddItemToArray(list, cJSON_CreateNull());
}

static void add_codes(cJSON *schema, const WmField *field)
{
    g_autofree char *words = wm_field_words(field);
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    g_autofree char *any = g_strjoinv("|", list), *pattern = g_strdup_printf("^(%s)( (%s))*$", any, any);
    cJSON_AddStringToObject(schema, "pattern", pattern);
}

static cJSON *field_schema(const WmField *field)
{
    cJSON *schema = cJSON_CreateObject();
    g_autofree char *about = g_strconcat(field->meaning, *field->unit ? " Unit: " : "", field->unit, *field->unit ? "." : "", NULL);
    cJSON_AddStringToObject(schema, "description", about);
    const gboolean is_number = field->kind == WM_FIELD_NUMBER || field->kind == WM_FIELD_WHOLE;
    add_type(schema, field->kind == WM_FIELD_WHOLE ? "integer" : is_number ? "number" : "string", *field->empty != 0);
    if (field->kind == WM_FIELD_WORD)
        add_words(schema, field);
    if (field->kind == WM_FIELD_CODES)
        add_codes(schema, field);
    if (field->kind == WM_FIELD_DAY)
        cJSON_AddStringToObject(schema, "pattern", DAY_PATTERN);
    if (field->has_range)
        cJSON_AddNumberToObject(schema, "minimum", field->low);
    if (field->has_range && !isnan(field->high))
        cJSON_AddNumberToObject(schema, "maximum", field->high);
    return schema;
}

/* All members are always there, and no other. */
static void close_object(cJSON *schema)
{
    cJSON *required = cJSON_AddArrayToObject(schema, "required");
    const cJSON *member;
    cJSON_ArrayForEach(member, cJSON_GetObjectItem(schema, "properties"))
        cJSON_AddItemToArray(required, cJSON_CreateString(member->string));
    cJSON_AddBoolToObject(schema, "additionalProperties", FALSE);
}

static void add_rows(cJSON *properties, const WmDictionaryTable *table)
{
    cJSON *list = cJSON_AddObjectToObject(properties, table->name);
    cJSON_AddStringToObject(list, "type", "array");
    cJSON *row = cJSON_AddObjectToObject(list, "items");
    g_autofree char *about = g_strdup_printf("A row is %s.", table->about);
    cJSON_AddStringToObject(row, "description", about);
    cJSON_AddStringToObject(row, "type", "object");
    cJSON *members = cJSON_AddObjectToObject(row, "properties");
    for (const WmField *field = table->fields; field->name; field++)
        cJSON_AddItemToObject(members, field->name, field_schema(field));
    close_object(row);
}

/* What every file says of the month. */
static const WmField HEADING[] = {
    {.name = "plan", .kind = WM_FIELD_TEXT, .unit = "", .meaning = "The plan's title.", .empty = ""},
    {.name = "area", .kind = WM_FIELD_TEXT, .unit = "", .meaning = "The plan's area.", .empty = ""},
    {.name = "plan_version", .kind = WM_FIELD_TEXT, .unit = "", .meaning = "The plan's version.", .empty = ""},
    {.name = "waymark_version", .kind = WM_FIELD_TEXT, .unit = "", .meaning = "The program's version.", .empty = ""},
    {.name = "method_version", .kind = WM_FIELD_WHOLE, .unit = "", .meaning = "The version of its methods.", .empty = ""},
    {.name = "as_at", .kind = WM_FIELD_DAY, .unit = "", .meaning = "The day from which the world is seen.", .empty = ""},
    {.name = "previous_as_at",
     .kind = WM_FIELD_DAY,
     .unit = "",
     .meaning = "That of the report before.",
     .empty = "there was none"},
};

static void add_flag(cJSON *properties, const char *name, const char *about)
{
    cJSON *flag = cJSON_AddObjectToObject(properties, name);
    cJSON_AddStringToObject(flag, "description", about);
    cJSON_AddStringToObject(flag, "type", "boolean");
}

static void add_heading(cJSON *properties)
{
    for (size_t i = 0; i < G_N_ELEMENTS(HEADING); i++)
        cJSON_AddItemToObject(properties, HEADING[i].name, field_schema(&HEADING[i]));
    add_flag(properties, "illustrative", "Whether some reading of the month is made up.");
    add_flag(properties, "public", "Whether small numbers are hidden.");
}

/* What assessments.json tells beside its rows. */
static void add_totals(cJSON *properties)
{
    static const char *const COUNTS[] = {"series", "signals", "expected_by_chance", "left_at_false_discovery_rate_0.05"};
    cJSON *signals = cJSON_AddObjectToObject(properties, "signals");
    cJSON_AddStringToObject(signals, "description", "Series that can signal, that do, and how many would by chance alone.");
    cJSON_AddStringToObject(signals, "type", "object");
    cJSON *members = cJSON_AddObjectToObject(signals, "properties");
    for (size_t i = 0; i < G_N_ELEMENTS(COUNTS); i++) {
        cJSON *count = cJSON_AddObjectToObject(members, COUNTS[i]);
        cJSON_AddStringToObject(count, "type", "number");
        cJSON_AddNumberToObject(count, "minimum", 0);
    }
    close_object(signals);
    add_rows(properties, wm_dictionary_table("revisions"));
    cJSON *rest = cJSON_AddObjectToObject(properties, "immaterial_revisions");
    cJSON_AddStringToObject(rest, "description", "How many other figures were revised.");
    cJSON_AddStringToObject(rest, "type", "integer");
    cJSON_AddNumberToObject(rest, "minimum", 0);
}

char *wm_dictionary_to_schema(const WmDictionaryTable *table)
{
    g_autoptr(cJSON) root = cJSON_CreateObject();
    g_autofree char *id = g_strdup_printf("urn:waymark:%s", table->name), *title = g_strconcat(table->name, ".json", NULL);
    cJSON_AddStringToObject(root, "$schema", "https://json-schema.org/draft/2020-12/schema");
    cJSON_AddStringToObject(root, "$id", id);
    cJSON_AddStringToObject(root, "title", title);
    cJSON_AddStringToObject(root, "type", "object");
    cJSON *properties = cJSON_AddObjectToObject(root, "properties");
    add_heading(properties);
    add_rows(properties, table);
    if (strcmp(table->name, "assessments") == 0)
        add_totals(properties);
    close_object(root);
    char *printed = cJSON_Print(root);
    char *out = g_strconcat(printed, "\n", NULL);
    cJSON_free(printed);
    return out;
}
