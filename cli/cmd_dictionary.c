/* waymark dictionary [TABLE] */
#include <stdio.h>

#include "cli/output.h"

static const OutputColumn COLUMNS[] = {{"table", FALSE}, {"column", FALSE},  {"type", FALSE},  {"unit", FALSE},
                                       {"range", FALSE}, {"meaning", FALSE}, {"words", FALSE}, {"empty", FALSE}};

static void add_table(Output *output, const WmDictionaryTable *table)
{
    for (const WmField *field = table->fields; field->name; field++) {
        g_autofree char *range = wm_field_range(field), *words = wm_field_words(field);
        output_add(output, (const char *const[]){table->name, field->name, wm_field_kind_name(field->kind), field->unit, range,
                                                 field->meaning, words, *field->empty ? field->empty : "never"});
    }
}

static void print_tables(const WmDictionaryTable *only, OutputFormat format)
{
    size_t n;
    const WmDictionaryTable *tables = wm_dictionary(&n);
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < n; i++)
        if (!only || only == &tables[i])
            add_table(output, &tables[i]);
    output_print(output, format);
}

static const WmDictionaryTable *find_table(const char *name, GError **error)
{
    const WmDictionaryTable *table = wm_dictionary_table(name);
    if (table)
        return table;
    g_autoptr(GString) names = g_string_new(NULL);
    size_t n;
    const WmDictionaryTable *tables = wm_dictionary(&n);
    for (size_t i = 0; i < n; i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "", tables[i].name);
    g_autofree char *advice = g_strdup_printf("the tables are %s", names->str);
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice}, "there is no table “%s”", name);
    return NULL;
}

static void print_text(char *text)
{
    fputs(text, stdout);
    g_free(text);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    gboolean wants_schema = FALSE, wants_page = FALSE;
    const GOptionEntry entries[] = {
        {"schema", 0, 0, G_OPTION_ARG_NONE, &wants_schema, "print the JSON Schema of TABLE.json", NULL},
        {"markdown", 0, 0, G_OPTION_ARG_NONE, &wants_page, "print the whole dictionary as a page", NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_DICTIONARY, entries, TAKES_FORMAT, &common, 0, 1, &argc, &argv, error))
        return -1;
    const WmDictionaryTable *table = argc == 2 ? find_table(argv[1], error) : NULL;
    if (argc == 2 && !table)
        return -1;
    if ((wants_schema && !table) || (wants_page && (wants_schema || table))) {
        command_fail_usage(&COMMAND_DICTIONARY, error);
        return -1;
    }
    if (wants_page)
        print_text(wm_dictionary_to_markdown());
    else if (wants_schema)
        print_text(wm_dictionary_to_schema(table));
    else
        print_tables(table, common.format);
    return EXIT_DONE;
}

const Command COMMAND_DICTIONARY = {
    "dictionary", "[TABLE]", "what every column means that run writes",
    "Each column's type, unit, range, meaning, and when it is empty; of all tables or of one (assessments, readings …).\n"
    "`waymark dictionary TABLE --schema` prints the JSON Schema (draft 2020-12) of TABLE.json; --markdown prints "
    "docs/data-dictionary.md.",
    run};
