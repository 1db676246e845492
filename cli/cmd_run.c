/* waymark run PLAN: the whole month. */
#include <string.h>

#include "cli/month_files.h"
#include "cli/month_job.h"

typedef struct {
    char *since_text;
    char *charts_text;
    WmDay since;
    gboolean is_public;
    MonthFiles files;
} Options;

static void options_clear(Options *self)
{
    g_free(self->since_text);
    g_free(self->charts_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean take_options(Options *options, GError **error)
{
    return take_since(options->since_text, &options->since, error) &&
           month_files_take_charts(&options->files, options->charts_text, error);
}

#define MANY_SERIES 1000 /* more than anybody reads in one pack */

static void say_result(const CommonOptions *common, const WmMonth *month, const char *folder)
{
    g_autoptr(GString) counts = g_string_new(NULL);
    char as_at[WM_PERIOD_TEXT];
    for (int rag = WM_N_RAGS; rag-- > 0;)
        if (month->n_status[rag])
            g_string_append_printf(counts, "%s%zu %s", counts->len ? ", " : "", month->n_status[rag], wm_rag_name((WmRag)rag));
    say(common, "as at %s: %zu series: %s; %zu exception%s, %zu change%s", wm_day_format(month->as_at, as_at), month->n_series,
        counts->str, month->n_exceptions, s_of(month->n_exceptions), month->n_changes, s_of(month->n_changes));
    const size_t n_errors = wm_problems_count(month->problems, WM_SEVERITY_ERROR);
    const size_t n_warnings = wm_problems_count(month->problems, WM_SEVERITY_WARNING) - n_errors;
    say(common, "data findings: %zu error%s, %zu warning%s, in %s/checks.csv", n_errors, s_of(n_errors), n_warnings,
        s_of(n_warnings), folder);
    if (month->n_series > MANY_SERIES && month->plan->n_units > 1)
        say(common, "that is much for one pack: `waymark batch %s` makes a pack of each unit", month->plan->path);
    say(common, "read %s/exception-report.html", folder);
}

/* The list of what is hidden, and why, lies beside the public folder: it is not for the public. */
static gboolean write_hidden(const WmPublic *hidden, const char *folder, const CommonOptions *common, GError **error)
{
    g_autofree char *path = g_strconcat(folder, ".hidden.csv", NULL), *list = wm_public_to_csv(hidden);
    const size_t n = wm_public_n_hidden(hidden);
    say(common, "%zu reading%s hidden, %zu rounded; why is in %s, which is not for the public", n, n == 1 ? " is" : "s are",
        wm_public_n_rounded(hidden), path);
    return write_output(path, list, strlen(list), error);
}

/* PLAN/out/AS-AT, with "-public" behind it for what everybody may see. New. */
static char *standard_folder(const WmMonth *month)
{
    char as_at[WM_PERIOD_TEXT];
    g_autofree char *name = g_strconcat(wm_day_format_iso(month->as_at, as_at), month->is_public ? "-public" : "", NULL);
    return g_build_filename(month->plan->folder, "out", name, NULL);
}

static int do_month(const char *plan_path, const Options *options, const CommonOptions *common, GError **error)
{
    g_auto(MonthJob) job = {.is_public = options->is_public};
    if (!month_job_do(&job, plan_path, options->since, common, error))
        return -1;
    if (!options->is_public && !month_job_compare(&job, 0, error)) /* what was issued was not for the public */
        return -1;

    g_autofree char *standard = standard_folder(job.month);
    const char *folder = common->out ? common->out : standard;
    if (!month_files_write(job.month, &options->files, folder, &job.progress, error) ||
        (job.hidden && !write_hidden(job.hidden, folder, common, error)))
        return -1;
    progress_line_end(&job.progress);
    say_result(common, job.month, folder);
    return exit_code_for(common, job.month->problems, job.month);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {.files = {.wants_pdf = TRUE, .wants_workbook = TRUE}};
    const GOptionEntry entries[] = {
        {"public", 0, 0, G_OPTION_ARG_NONE, &options.is_public,
         "hide small numbers, and what would give them, from everything written", NULL},
        {"since", 0, 0, G_OPTION_ARG_STRING, &options.since_text, "say what changed since DATE (default: the drop before)", "DATE"},
        {"charts", 0, 0, G_OPTION_ARG_STRING, &options.charts_text,
         "formats of the chart files: svg,png,pdf, or none (default: svg)", "LIST"},
        G_OPTION_ENTRY_NULL,
    };
    const gboolean is_parsed =
        command_parse(&COMMAND_RUN, entries, TAKES_AS_AT | TAKES_OUT | TAKES_FAIL_ON | TAKES_PROGRESS | TAKES_QUIET | TAKES_STORE,
                      &common, 1, 1, &argc, &argv, error);
    return is_parsed && take_options(&options, error) ? do_month(argv[1], &options, &common, error) : -1;
}

const Command COMMAND_RUN = {
    "run", "PLAN", "do the whole month: ingest, assess, chart, report",
    "Reads PLAN/drops, keeps every vintage in PLAN/waymark.db, and writes the papers as HTML and PDF (docs/papers.md), "
    "pack.xlsx, every table of the month as CSV and JSON (docs/data-dictionary.md)\n"
    "and charts/ into PLAN/out/AS-AT/ (or --out). The same inputs give the same bytes. With an earlier "
    "--as-at it shows the world as it was then.\n"
    "With --public, into PLAN/out/AS-AT-public/, without what could tell of a few people (docs/disclosure.md).\n"
    "PLAN is a plan's folder, or a workbook with its tables as sheets.",
    run};
