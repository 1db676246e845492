/* waymark import PLAN WORKBOOK */
#include <stdio.h>
#include <string.h>
#include <waymark/import.h>
#include <waymark/ingest.h>

#include "cli/output.h"
#include "engine/data/text/whole_file.h"

static const OutputColumn COLUMNS[] = {{"table", FALSE}, {"added", TRUE}, {"removed", TRUE}, {"note", FALSE}};

typedef struct {
    char *received_text;
    WmDay received;
    gboolean is_applied;
} Options;

static void options_clear(Options *self)
{
    g_free(self->received_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static void print_changes(const WmImport *import, OutputFormat format)
{
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < import->n_changes; i++) {
        const WmImportChange *one = &import->changes[i];
        g_autofree char *added = g_strdup_printf("%zu", one->n_added), *removed = g_strdup_printf("%zu", one->n_removed);
        const char *note = one->is_moved                         ? "the same rows in another order, or other columns"
                           : strcmp(one->table, "readings") == 0 ? "a drop of its own"
                           : one->n_removed                      ? "a changed row is removed and added"
                                                                 : "";
        output_add(output, (const char *const[]){one->table, added, removed, note});
    }
    output_print(output, format);
}

/* The readings as a drop of their own, called after the workbook. */
static gboolean keep_readings(const char *plan_path, const char *workbook, const WmImport *import, WmDay received,
                              const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(plan_path, problems, error);
    g_autoptr(WmStore) store = plan ? open_store(plan, common, error) : NULL;
    g_autofree char *folder = store ? g_dir_make_tmp("waymark-XXXXXX", error) : NULL;
    if (!folder)
        return FALSE;
    g_autofree char *base = g_path_get_basename(workbook), *stem = g_strndup(base, strcspn(base, ".")),
                    *name = g_strconcat(stem, ".csv", NULL), *path = g_build_filename(folder, name, NULL);
    const WmIngestRequest request = {.path = path, .name = name, .received = received, .problems = problems};
    WmIngestResult result;
    const gboolean is_kept = write_output(path, import->readings, strlen(import->readings), error) &&
                             wm_ingest_delivery(store, plan, &request, &result, error) &&
                             wm_ingest_write_quarantine(store, plan, error);
    remove(path);
    remove(folder);
    if (is_kept)
        say(common, "%" G_GINT64_FORMAT " readings loaded, %" G_GINT64_FORMAT " quarantined", result.n_loaded,
            result.n_quarantined);
    return is_kept;
}

static gboolean take_options(Options *options, const WmImport *import, GError **error)
{
    options->received = WM_NO_DAY;
    if (options->received_text && !wm_day_parse(options->received_text, WM_PERIOD_FINANCIAL_YEAR, &options->received)) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "write it as 2026-10-31"}, "--received “%s” is no date",
                     options->received_text);
        return FALSE;
    }
    if (options->is_applied && import->readings && options->received == WM_NO_DAY) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "say --received DATE"},
                     "the workbook has readings: when were they received?");
        return FALSE;
    }
    return TRUE;
}

static int import_workbook(const char *plan, const char *workbook, Options *options, const CommonOptions *common, GError **error)
{
    g_autoptr(WmImport) import = wm_import_read(plan, workbook, error);
    if (!import || !take_options(options, import, error))
        return -1;
    if (import->n_changes == 0) {
        say(common, "%s says what the plan says: nothing to do", workbook);
        return EXIT_DONE;
    }
    print_changes(import, common->format);
    if (!options->is_applied) {
        say(common, "nothing was changed; add --apply to do it");
        return EXIT_DONE;
    }
    if (!wm_import_apply(import, error) ||
        (import->readings && !keep_readings(plan, workbook, import, options->received, common, error)))
        return -1;
    say(common, "done; next: waymark check %s", plan);
    return EXIT_DONE;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"apply", 0, 0, G_OPTION_ARG_NONE, &options.is_applied, "change the plan's tables, and keep the readings as a drop", NULL},
        {"received", 0, 0, G_OPTION_ARG_STRING, &options.received_text, "the day the readings were received", "DATE"},
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_IMPORT, entries, TAKES_FORMAT | TAKES_QUIET | TAKES_STORE, &common, 2, 2, &argc, &argv, error))
        return -1;
    return import_workbook(argv[1], argv[2], &options, &common, error);
}

const Command COMMAND_IMPORT = {
    "import", "PLAN XLSX", "take a filled-in pack.xlsx back into the plan",
    "Says what the workbook's input sheets would change: the plan's own tables, commentary (next_commentary), and readings\n"
    "(next_readings), which become a drop of their own. With --apply it is done. Rows of the two forms that are left empty are "
    "not\n"
    "taken; sheets that are not there change nothing; a workbook that comes back as it was handed out changes nothing.",
    run};
