/* The dictionary, the files that `run` writes, the page and the schemas: none has a table or a column that the others have not. */
#include <string.h>

#include "cli/fixture_command.h"

static char *source_file(const char *name)
{
    g_autofree char *path = g_build_filename(g_getenv("WAYMARK_SOURCE"), name, NULL);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        fail_msg("%s is not there: run `./run dictionary`", name);
    return text;
}

static void the_page_is_what_the_command_prints(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_auto(Run) run = RUN(&folder, "dictionary", "--markdown");
    g_autofree char *page = source_file("docs/data-dictionary.md");
    assert_exit(run, 0);
    if (strcmp(run.out, page) != 0)
        fail_msg("docs/data-dictionary.md is not what `waymark dictionary --markdown` prints: run `./run dictionary`");
}

static void the_schemas_are_what_the_command_prints(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    size_t n;
    const WmDictionaryTable *tables = wm_dictionary(&n);
    for (size_t i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("docs/schema/%s.json", tables[i].name);
        g_autofree char *schema = source_file(name);
        g_auto(Run) run = RUN(&folder, "dictionary", tables[i].name, "--schema");
        if (strcmp(run.out, schema) != 0)
            fail_msg("%s is not what `waymark dictionary %s --schema` prints: run `./run dictionary`", name, tables[i].name);
    }
}

/* Every CSV and JSON in the folder of the month is a table of the dictionary. */
static void run_writes_no_table_that_the_dictionary_has_not(void **state)
{
    (void)state;
    g_auto(Folder) folder = dataset_folder_new("somerset-app-2023");
    g_auto(Run) run = RUN(&folder, "run", ".", "--out", "out");
    assert_exit(run, 0);
    g_autofree char *out = folder_path(&folder, "out");
    g_autoptr(GDir) dir = g_dir_open(out, 0, NULL);
    size_t n_tables = 0;
    for (const char *name; (name = g_dir_read_name(dir));) {
        if (!g_str_has_suffix(name, ".csv") && !g_str_has_suffix(name, ".json"))
            continue;
        g_autofree char *stem = g_strndup(name, strcspn(name, "."));
        n_tables++;
        if (!wm_dictionary_table(stem))
            fail_msg("run writes %s, which the dictionary has not: describe its columns in engine/data/pack/dictionary_tables.c, "
                     "name it in "
                     "dictionary.c, make it in the table of pack.c (which writes CSV, JSON and the workbook's sheet), and run "
                     "`./run dictionary`",
                     name);
    }
    assert_true(n_tables >= 16);
}

static void a_table_that_is_none_is_told(void **state)
{
    (void)state;
    g_auto(Folder) folder = folder_new();
    g_auto(Run) run = RUN(&folder, "dictionary", "assesments");
    assert_exit(run, 2);
    assert_contains(run.err, "there is no table “assesments”");
    assert_contains(run.err, "the tables are assessments,");
}

int main(void)
{
    ADD(the_page_is_what_the_command_prints);
    ADD(the_schemas_are_what_the_command_prints);
    ADD(run_writes_no_table_that_the_dictionary_has_not);
    ADD(a_table_that_is_none_is_told);
    return run_cases("dictionary_command");
}
