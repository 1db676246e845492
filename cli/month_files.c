/* The files of a month: data, charts and papers. */
#include "cli/month_files.h"

#include <string.h>
#include <waymark/comparison.h>
#include <waymark/waymark.h>

#include "cli/chart_files.h"

gboolean month_files_take_charts(MonthFiles *self, const char *text, GError **error)
{
    if (g_strcmp0(text, "none") == 0)
        return TRUE;
    g_auto(GStrv) formats = g_strsplit(text ? text : "svg", ",", -1);
    for (char **one = formats; *one; one++) {
        WmFormat format;
        if (!wm_format_parse(g_strstrip(*one), &format)) {
            wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give any of svg,png,pdf, or none"},
                         "--charts “%s” is no format", *one);
            return FALSE;
        }
        self->wants_chart[format] = TRUE;
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

static gboolean write_workbook(const WmPack *pack, const char *folder, GError **error)
{
    const gboolean is_public = pack->month->is_public; /* the plan's own tables are not for everybody */
    g_autoptr(WmPlanTexts) plan = is_public ? NULL : wm_plan_texts_read(pack->month->plan->path, error);
    return (plan || is_public) && write_bytes(folder, "pack.xlsx", wm_workbook_write(pack, plan, error), error);
}

static gboolean write_data(const WmMonth *month, const MonthFiles *what, const char *folder, GError **error)
{
    g_autoptr(WmPack) pack = wm_pack_new(month);
    return write_tables(pack, folder, error) && (!what->wants_workbook || write_workbook(pack, folder, error));
}

static bool has_actions(const WmMonth *month)
{
    return month->plan->n_actions > 0;
}

static bool has_start(const WmMonth *month)
{
    return month->plan->settings.start != WM_NO_DAY;
}

static bool is_not_annual(const WmMonth *month)
{
    return !wm_month_is_annual(month);
}

static bool has_risks(const WmMonth *month)
{
    return month->plan->n_risks > 0;
}

static gboolean shows_spc(const MonthFiles *what, const WmSeries *series)
{
    return wm_series_has_signal(series) || (what->wants_every_spc && series->signals.is_charted);
}

/* NULL: nobody is told. */
static void tell(ProgressLine *progress, ProgressStep step)
{
    if (progress)
        progress_line_tell(progress, &step);
}

static gboolean write_charts(const WmMonth *month, const MonthFiles *what, const char *folder, ProgressLine *progress,
                             GError **error)
{
    g_autofree char *charts = g_build_filename(folder, "charts", NULL);
    for (size_t i = 0; i < month->n_series; i++) {
        tell(progress, (ProgressStep){.event = "series charted", .done = i, .of = month->n_series});
        for (int format = 0; format < WM_N_FORMATS; format++) {
            const WmChartOptions chart = {.format = (WmFormat)format};
            const WmSeries *series = &month->series[i];
            if (!what->wants_chart[format])
                continue;
            if (is_interrupted(error) || !write_series_chart("trajectory", series, &chart, charts, error))
                return FALSE;
            if (shows_spc(what, series) && !write_series_chart("spc", series, &chart, charts, error))
                return FALSE;
        }
    }
    return TRUE;
}

/* The papers of the month; a plan without what a paper is about does without it. */
static const struct {
    const char *name;
    bool (*applies)(const WmMonth *month); /* NULL: always */
    WmDocument *(*make)(const WmMonth *month, GError **error);
} PAPERS[] = {
    {"summary", NULL, wm_report_summary},
    {"exception-report", NULL, wm_report_exception},
    {"quarterly-report", is_not_annual, wm_report_quarterly},
    {"annual-report", wm_month_is_annual, wm_report_quarterly},
    {"impact-scorecard", has_start, wm_report_scorecard},
    {"action-tracker", has_actions, wm_report_actions},
    {"risk-register", has_risks, wm_report_risks},
    {"area-comparison", wm_month_compares, wm_report_areas},
    {"chase-list", NULL, wm_report_chase},
};

static gboolean write_paper(const WmMonth *month, size_t i, const MonthFiles *what, const char *folder, GError **error)
{
    g_autoptr(WmDocument) document = PAPERS[i].make(month, error);
    g_autofree char *html = g_strconcat(PAPERS[i].name, ".html", NULL);
    g_autofree char *pdf = g_strconcat(PAPERS[i].name, ".pdf", NULL);
    return document && write_bytes(folder, html, wm_document_to_html(document, error), error) &&
           (!what->wants_pdf || write_bytes(folder, pdf, wm_document_to_pdf(document, error), error));
}

static bool applies(size_t i, const WmMonth *month)
{
    return !PAPERS[i].applies || PAPERS[i].applies(month);
}

static gboolean write_papers(const WmMonth *month, const MonthFiles *what, const char *folder, ProgressLine *progress,
                             GError **error)
{
    size_t n = 0, n_done = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++)
        n += applies(i, month);
    for (size_t i = 0; i < G_N_ELEMENTS(PAPERS); i++) {
        if (!applies(i, month))
            continue;
        tell(progress, (ProgressStep){.event = "papers", .what = PAPERS[i].name, .done = n_done++, .of = n});
        if (is_interrupted(error) || !write_paper(month, i, what, folder, error))
            return FALSE;
    }
    return TRUE;
}

gboolean month_files_write(const WmMonth *month, const MonthFiles *what, const char *folder, ProgressLine *progress, GError **error)
{
    tell(progress, (ProgressStep){.event = "tables"});
    return write_data(month, what, folder, error) && write_charts(month, what, folder, progress, error) &&
           write_papers(month, what, folder, progress, error);
}
