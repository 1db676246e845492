/* waymark run PLAN: the whole month. */
#include <stdio.h>
#include <string.h>
#include <waymark/ingest.h>

#include "cli/chart_files.h"
#include "cli/command.h"

typedef struct {
    char *since_text;
    char *charts_text;
    WmDay since;
    gboolean wants_chart[WM_N_FORMATS];
} Options;

static void options_clear(Options *self)
{
    g_free(self->since_text);
    g_free(self->charts_text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean take_options(Options *options, GError **error)
{
    options->since = WM_NO_DAY;
    if (options->since_text && !wm_day_parse(options->since_text, WM_PERIOD_FINANCIAL_YEAR, &options->since)) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "write it as 2026-09-30"}, "--since “%s” is no date",
                     options->since_text);
        return FALSE;
    }
    g_auto(GStrv) formats = g_strsplit(options->charts_text ? options->charts_text : "svg", ",", -1);
    for (char **one = formats; *one; one++) {
        WmFormat format;
        if (!wm_format_parse(g_strstrip(*one), &format)) {
            wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give any of svg,png,pdf"}, "--charts “%s” is no format",
                         *one);
            return FALSE;
        }
        options->wants_chart[format] = TRUE;
    }
    return TRUE;
}

static gboolean write_text(const char *folder, const char *name, char *text, GError **error)
{
    g_autofree char *owned = text;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return write_output(path, owned, strlen(owned), error);
}

static gboolean write_bytes(const char *folder, const char *name, GBytes *bytes, GError **error)
{
    if (!bytes)
        return FALSE;
    gsize length;
    gconstpointer data = g_bytes_get_data(bytes, &length);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    const gboolean is_written = write_output(path, data, length, error);
    g_bytes_unref(bytes);
    return is_written;
}

/* Each table as CSV and as JSON. */
static gboolean write_tables(const WmPack *pack, const char *folder, GError **error)
{
    for (size_t i = 0; i < pack->n_tables; i++) {
        const WmPackTable *table = &pack->tables[i];
        g_autofree char *csv = g_strconcat(table->spec->name, ".csv", NULL), *json = g_strconcat(table->spec->name, ".json", NULL);
        if (!write_text(folder, csv, g_strdup(table->csv), error) ||
            !write_text(folder, json, wm_pack_table_to_json(pack, table), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean write_data(const WmMonth *month, const char *folder, GError **error)
{
    g_autoptr(WmPack) pack = wm_pack_new(month);
    return write_tables(pack, folder, error);
}

static gboolean has_actions(const WmPlan *plan)
{
    return plan->n_actions > 0;
}

static gboolean has_risks(const WmPlan *plan)
{
    return plan->n_risks > 0;
}

static gboolean write_charts(const WmMonth *month, const Options *options, const char *folder, GError **error)
{
    g_autofree char *charts = g_build_filename(folder, "charts", NULL);
    for (size_t i = 0; i < month->n_series; i++)
        for (int format = 0; format < WM_N_FORMATS; format++) {
            const WmChartOptions chart = {.format = (WmFormat)format};
            const WmSeries *series = &month->series[i];
            if (!options->wants_chart[format])
                continue;
            if (is_interrupted(error) || !write_series_chart("trajectory", series, &chart, charts, error))
                return FALSE;
            if (wm_series_has_signal(series) && !write_series_chart("spc", series, &chart, charts, error))
                return FALSE;
        }
    return TRUE;
}

/* The papers of the month; a plan without what a paper is about does without it. */
static const struct {
    const char *name;
    gboolean (*applies)(const WmPlan *plan); /* NULL: always */
    WmDocument *(*make)(const WmMonth *month, GError **error);
} PAPERS[] = {
    {"exception-report", NULL, wm_report_exception},
    {"action-tracker", has_actions, wm_report_actions},
    {"risk-register", has_risks, wm_report_risks},
};

static gboolean write_paper(const WmMonth *month, size_t i, const char *folder, GError **error)
{
    g_autoptr(WmDocument) document = PAPERS[i].make(month, error);
    g_autofree char *html = g_strconcat(PAPERS[i].name, ".html", NULL);
    g_autofree char *pdf = g_strconcat(PAPERS[i].name, ".pdf", NULL);
    return document && write_bytes(folder, html, wm_document_to_html(document, error), error) &&
           write_bytes(folder, pdf, wm_document_to_pdf(document, error), error);
}

static gboolean write_papers(const WmMonth *month, const char *folder, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++)
        if ((!PAPERS[i].applies || PAPERS[i].applies(month->plan)) && !write_paper(month, i, folder, error))
            return FALSE;
    return TRUE;
}

static void say_result(const CommonOptions *common, const WmMonth *month, const char *folder)
{
    g_autoptr(GString) counts = g_string_new(NULL);
    char as_at[WM_PERIOD_TEXT];
    for (int rag = WM_N_RAGS; rag-- > 0;)
        if (month->n_status[rag])
            g_string_append_printf(counts, "%s%zu %s", counts->len ? ", " : "", month->n_status[rag], wm_rag_name((WmRag)rag));
    say(common, "as at %s: %zu series: %s; %zu exception%s, %zu change%s", wm_day_format(month->as_at, as_at), month->n_series,
        counts->str, month->n_exceptions, month->n_exceptions == 1 ? "" : "s", month->n_changes, month->n_changes == 1 ? "" : "s");
    say(common, "data findings: %zu errors, %zu warnings, in %s/checks.csv", wm_problems_count(month->problems, WM_SEVERITY_ERROR),
        wm_problems_count(month->problems, WM_SEVERITY_WARNING) - wm_problems_count(month->problems, WM_SEVERITY_ERROR), folder);
    say(common, "read %s/exception-report.html", folder);
}

static WmMonth *make_month(const WmPlan *plan, WmProblems *problems, const Options *options, const CommonOptions *common,
                           GError **error)
{
    g_autoptr(WmStore) store = open_plan_store(plan, error);
    size_t n_new;
    if (!store || !wm_ingest_drops(store, plan, problems, &n_new, error) || !wm_ingest_write_quarantine(store, plan, error))
        return NULL;
    say(common, "%zu new drop%s", n_new, n_new == 1 ? "" : "s");
    return wm_month_new(plan, store, common->as_at, options->since, problems, error);
}

static int do_month(const char *plan_path, const Options *options, const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(plan_path, problems, error);
    if (!plan)
        return -1;
    wm_plan_check(plan, problems);
    g_autoptr(WmMonth) month = make_month(plan, problems, options, common, error);
    if (!month)
        return -1;

    char as_at[WM_PERIOD_TEXT];
    g_autofree char *standard = g_build_filename(plan->folder, "out", wm_day_format_iso(month->as_at, as_at), NULL);
    const char *folder = common->out ? common->out : standard;
    if (!write_data(month, folder, error) || !write_charts(month, options, folder, error) || !write_papers(month, folder, error))
        return -1;
    say_result(common, month, folder);
    return exit_code_for(common, month->problems, month);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"since", 0, 0, G_OPTION_ARG_STRING, &options.since_text, "say what changed since DATE (default: the drop before)", "DATE"},
        {"charts", 0, 0, G_OPTION_ARG_STRING, &options.charts_text, "formats of the chart files: svg,png,pdf (default: svg)",
         "LIST"},
        G_OPTION_ENTRY_NULL,
    };
    const gboolean is_parsed = command_parse(&COMMAND_RUN, entries, TAKES_AS_AT | TAKES_OUT | TAKES_FAIL_ON | TAKES_QUIET, &common,
                                             1, 1, &argc, &argv, error);
    return is_parsed && take_options(&options, error) ? do_month(argv[1], &options, &common, error) : -1;
}

const Command COMMAND_RUN = {"run", "PLAN", "do the whole month: ingest, assess, chart, report",
                             "Reads PLAN/drops, keeps every vintage in PLAN/waymark.db, and writes exception-report.html and .pdf, "
                             "every table of the month as CSV and JSON (docs/data-dictionary.md)\n"
                             "and charts/ into PLAN/out/AS-AT/ (or --out). The same inputs give the same bytes. With an earlier "
                             "--as-at it shows the world as it was then.\n"
                             "PLAN is a plan's folder, or a workbook with its tables as sheets.",
                             run};
