/* waymark import PLAN WORKBOOK */
#include <stdio.h>
#include <string.h>
#include <waymark/diff.h>
#include <waymark/import.h>
#include <waymark/ingest.h>

#include "cli/output.h"
#include "engine/data/text/whole_file.h"

static const OutputColumn COLUMNS[] = {{"table", FALSE}, {"row", FALSE}, {"column", FALSE}, {"was", FALSE}, {"now", FALSE}};

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

/* ---- what it would change ---- */

/* The plan as it would be, in a folder of its own that goes again. */
typedef struct {
    char *folder;
} Staged;

static void staged_clear(Staged *self)
{
    g_autoptr(GDir) dir = self->folder ? g_dir_open(self->folder, 0, NULL) : NULL;
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(self->folder, name, NULL);
        remove(path);
    }
    if (self->folder)
        remove(self->folder);
    g_free(self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Staged, staged_clear)

static gboolean stage(Staged *self, const WmImport *import, GError **error)
{
    g_autoptr(GError) cause = NULL;
    self->folder = g_dir_make_tmp("waymark-import-XXXXXX", &cause);
    if (self->folder)
        return wm_import_write(import, self->folder, error);
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.advice = "set TMPDIR to a folder with room"},
                 "cannot set the plan beside what it would be: %s", cause->message);
    return FALSE;
}

/* "EHC20, 2026-03": what tells the row from others. New. */
static char *row_text(const WmDiffEdit *edit)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < WM_DIFF_MAX_KEYS; i++)
        if (*edit->keys[i])
            g_string_append_printf(text, "%s%s", text->len ? ", " : "", edit->keys[i]);
    return g_string_free(text, FALSE);
}

static void add_edit(Output *output, const WmDiffRow *row)
{
    const WmDiffEdit *edit = &row->edit;
    g_autofree char *table = g_strndup(edit->file, strcspn(edit->file, ".")), *name = row_text(edit);
    const gboolean is_setting = strcmp(table, "plan") == 0;
    output_add(output, (const char *const[]){table, is_setting ? edit->keys[0] : name, edit->column, row->was, row->now});
}

/* Every cell and row that would be another, then what no cell shows: another order, and the drop. */
static gboolean print_changes(const char *plan, const char *staged, const WmImport *import, OutputFormat format, GError **error)
{
    g_autoptr(WmDiff) diff = wm_diff_of_plans(plan, staged, error);
    if (!diff)
        return FALSE;
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < diff->n_rows; i++)
        add_edit(output, &diff->rows[i]);
    for (size_t i = 0; i < import->n_changes; i++) {
        const WmImportChange *one = &import->changes[i];
        g_autofree char *drop = g_strdup_printf("%zu row%s, a drop of its own", one->n_added, s_of(one->n_added));
        if (one->is_moved)
            output_add(output, (const char *const[]){one->table, "", "", "", "the same rows in another order, or other columns"});
        else if (strcmp(one->table, "readings") == 0)
            output_add(output, (const char *const[]){one->table, "", "", "", drop});
    }
    output_print(output, format);
    return TRUE;
}

/* ---- what would be wrong with it ---- */

static char *finding_key(const WmProblem *problem)
{
    return g_strjoin("\x1f", problem->file, problem->code, problem->message, NULL);
}

/* Findings of a plan's tables, the plan freed again. New. */
static WmProblems *findings_of(const char *path, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(path, problems, error);
    if (!plan)
        return NULL;
    wm_plan_check(plan, problems);
    return g_steal_pointer(&problems);
}

static void say_problems(const WmProblems *problems, GHashTable *known, const CommonOptions *common)
{
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *one = wm_problems_at(problems, i);
        g_autofree char *key = finding_key(one), *line = wm_problem_format(one);
        if (one->severity >= WM_SEVERITY_WARNING && !(known && g_hash_table_contains(known, key)))
            say(common, "%s", line);
    }
}

/* The findings that the plan has not now, by the places where they would be. */
static gboolean say_new_findings(const char *plan, const char *staged, const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) before = findings_of(plan, error), after = before ? findings_of(staged, error) : NULL;
    if (!after)
        return FALSE;
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < wm_problems_n(before); i++)
        g_hash_table_add(known, finding_key(wm_problems_at(before, i)));
    say_problems(after, known, common);
    return TRUE;
}

/* ---- doing it ---- */

/* The readings as a drop of their own, called after the workbook. */
static gboolean keep_readings(const char *plan_path, const char *workbook, const WmImport *import, WmDay received,
                              const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) of_plan = wm_problems_new(), problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(plan_path, of_plan, error);
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
        say_problems(problems, NULL, common);
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
    g_auto(Staged) staged = {0};
    if (!stage(&staged, import, error) || !print_changes(plan, staged.folder, import, common->format, error) ||
        !say_new_findings(plan, staged.folder, common, error))
        return -1;
    if (!options->is_applied) {
        say(common, import->is_written ? "nothing was changed; add --apply to do it"
                                       : "nothing was changed; the plan is a workbook itself, which is not written: make the "
                                         "changes of its tables there");
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
    "Says what the workbook's input sheets would change, cell by cell, and what would then be wrong with the plan: its own "
    "tables,\n"
    "commentary (next_commentary), and readings (next_readings), which become a drop of their own. With --apply it is done. Rows "
    "of\n"
    "the two forms that are left empty are not taken; sheets that are not there change nothing; a workbook that comes back as it "
    "was\n"
    "handed out changes nothing. To take it back, import the workbook as it was handed out, and withdraw the drop.",
    run};
