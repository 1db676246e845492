/* waymark new DIR */
#include <stdio.h>
#include <string.h>
#include <waymark/workbook.h>

#include "cli/command.h"
#include "engine/data/plan/plan_new.h"

/* plan.xlsx in place of the files that it holds. */
static gboolean put_into_workbook(const char *folder, GError **error)
{
    g_autoptr(WmPlanTexts) plan = wm_plan_texts_read(folder, error);
    g_autoptr(GBytes) bytes = plan ? wm_plan_workbook_write(plan, error) : NULL;
    g_autofree char *workbook = g_build_filename(folder, "plan.xlsx", NULL);
    if (!bytes || !write_output(workbook, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), error))
        return FALSE;
    for (size_t i = 0; i < plan->n_tables; i++) {
        const char *name = plan->tables[i].name;
        g_autofree char *file = g_strconcat(name, strcmp(name, "plan") == 0 ? ".ini" : ".csv", NULL),
                        *path = g_build_filename(folder, file, NULL);
        remove(path);
    }
    return TRUE;
}

/* Whole or not at all. */
static gboolean make_plan(const char *folder, gboolean is_workbook, GError **error)
{
    g_autofree char *first_missing = plan_new_first_missing(folder);
    if (!wm_plan_new(folder, error))
        return FALSE;
    if (is_workbook && !put_into_workbook(folder, error)) {
        plan_new_undo(folder, first_missing, error);
        return FALSE;
    }
    return TRUE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    gboolean is_workbook = FALSE;
    const GOptionEntry entries[] = {
        {"workbook", 0, 0, G_OPTION_ARG_NONE, &is_workbook, "the plan's tables as the sheets of one workbook, plan.xlsx", NULL},
        G_OPTION_ENTRY_NULL};
    if (!command_parse(&COMMAND_NEW, entries, TAKES_QUIET, &common, 1, 1, &argc, &argv, error) ||
        !make_plan(argv[1], is_workbook, error))
        return -1;
    say(&common, "wrote a starter plan into %s; next: waymark run %s", argv[1], argv[1]);
    return EXIT_DONE;
}

const Command COMMAND_NEW = {"new", "DIR", "write a commented starter plan",
                             "DIR is a new or an empty folder. The plan in it is small, and runs as it is: plan.ini, tables, a "
                             "drop, and README.txt, which says\n"
                             "what is what. With --workbook every table of a plan is a sheet, the empty ones too, with lists of "
                             "the words that its columns take.",
                             run};
