/* waymark chart PLAN */
#include <stdio.h>
#include <string.h>
#include <waymark/ingest.h>

#include "cli/chart_files.h"
#include "cli/command.h"

typedef struct {
    char *indicator, *unit, *kind_text, *format, *size, *theme;
    ChartKind kind;
    WmChartOptions chart;
} Options;

static void options_clear(Options *self)
{
    char *texts[] = {self->indicator, self->unit, self->kind_text, self->format, self->size, self->theme};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static gboolean fail(GError **error, const char *advice, const char *option, const char *text)
{
    wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = advice}, "%s “%s” is not known", option, text);
    return FALSE;
}

static gboolean parse_size(const char *text, WmChartOptions *chart)
{
    char *end;
    const gint64 width = g_ascii_strtoll(text, &end, 10);
    if ((*end != 'x' && *end != 'X') || width < 120 || width > 10000)
        return FALSE;
    const gint64 height = g_ascii_strtoll(end + 1, &end, 10);
    if (*end || height < 60 || height > 10000)
        return FALSE;
    chart->width_px = (int)width;
    chart->height_px = (int)height;
    return TRUE;
}

static gboolean take_options(Options *options, GError **error)
{
    if (options->kind_text && !chart_kind_parse(options->kind_text, &options->kind))
        return fail(error, "use trajectory or spc", "--kind", options->kind_text);
    if (options->format && !wm_format_parse(options->format, &options->chart.format))
        return fail(error, "use svg, png or pdf", "--format", options->format);
    if (options->theme && !wm_theme_parse(options->theme, &options->chart.theme))
        return fail(error, "use screen, print, dark, monochrome or high_contrast", "--theme", options->theme);
    if (options->size && !parse_size(options->size, &options->chart))
        return fail(error, "write WIDTHxHEIGHT in pixels, from 120x60 to 10000x10000", "--size", options->size);
    return TRUE;
}

static gboolean is_wanted(const WmSeries *series, const Options *options)
{
    return (!options->indicator || strcmp(series->indicator, options->indicator) == 0) &&
           (!options->unit || strcmp(series->unit, options->unit) == 0);
}

static gboolean draw(const WmMonth *month, const Options *options, const char *folder, GError **error)
{
    size_t n_drawn = 0;
    for (size_t i = 0; i < month->n_series; i++) {
        if (!is_wanted(&month->series[i], options))
            continue;
        g_autofree char *path = NULL;
        if (is_interrupted(error) || !write_chart_file_of(options->kind, &month->series[i], &options->chart, folder, &path, error))
            return FALSE;
        puts(path);
        n_drawn++;
    }
    if (n_drawn == 0)
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = "the ids stand in indicators.csv and units.csv"},
                     "no series is asked for by these options");
    return n_drawn > 0;
}

static int draw_plan(const char *folder, const Options *options, const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(folder, problems, error);
    if (!plan)
        return -1;
    g_autoptr(WmStore) store = open_plan_store(plan, error);
    size_t n_new;
    if (!store || !wm_ingest_drops(store, plan, problems, &n_new, error))
        return -1;
    g_autoptr(WmMonth) month = wm_month_new(plan, store, common->as_at, WM_NO_DAY, problems, error);
    return month && draw(month, options, common->out ? common->out : ".", error) ? EXIT_DONE : -1;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"indicator", 0, 0, G_OPTION_ARG_STRING, &options.indicator, "only this indicator", "ID"},
        {"unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "only this unit", "ID"},
        {"kind", 0, 0, G_OPTION_ARG_STRING, &options.kind_text, "trajectory, or spc: a control chart (default: trajectory)",
         "KIND"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &options.format, "svg, png or pdf (default: svg)", "FORMAT"},
        {"size", 0, 0, G_OPTION_ARG_STRING, &options.size, "in pixels (default: 960x540)", "WxH"},
        {"theme", 0, 0, G_OPTION_ARG_STRING, &options.theme, "screen, print, dark, monochrome or high_contrast (default: screen)",
         "THEME"},
        G_OPTION_ENTRY_NULL,
    };
    const gboolean is_parsed =
        command_parse(&COMMAND_CHART, entries, TAKES_AS_AT | TAKES_OUT | TAKES_QUIET, &common, 1, 1, &argc, &argv, error);
    return is_parsed && take_options(&options, error) ? draw_plan(argv[1], &options, &common, error) : -1;
}

const Command COMMAND_CHART = {"chart", "PLAN", "draw trajectory or control charts as files",
                               "Prints the path of each file it writes into --out (default: this folder).", run};
