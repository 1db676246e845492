/* waymark chart PLAN, or waymark chart --input FILE */
#include <stdio.h>
#include <string.h>
#include <waymark/ingest.h>

#include "cli/chart_areas.h"
#include "cli/chart_files.h"
#include "cli/chart_input.h"
#include "cli/command.h"

typedef struct {
    char *indicator, *unit, *region, *kind_text, *format, *size, *theme, *overdispersion_text;
    const WmChartKind *kind;
    WmOverdispersion overdispersion;
    WmChartOptions chart;
    ChartInputLine input;
} Options;

static void options_clear(Options *self)
{
    char *texts[] = {self->indicator, self->unit, self->region, self->kind_text,
                     self->format,    self->size, self->theme,  self->overdispersion_text};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    chart_input_line_clear(&self->input);
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
    if (*end || height < 30 || height > 10000)
        return FALSE;
    chart->width_px = (int)width;
    chart->height_px = (int)height;
    return TRUE;
}

/* "trajectory, spc, …": every kind. New. */
static char *kind_names(void)
{
    size_t n;
    const WmChartKind *const *kinds = wm_chart_kinds(&n);
    g_autoptr(GString) names = g_string_new(NULL);
    for (size_t i = 0; i < n; i++)
        g_string_append_printf(names, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", wm_chart_kind_name(kinds[i]));
    return g_string_free(g_steal_pointer(&names), FALSE);
}

static gboolean take_options(Options *options, GError **error)
{
    g_autofree char *kinds = kind_names();
    g_autofree char *advice = g_strconcat("use ", kinds, NULL);
    const char *kind = options->kind_text ? options->kind_text : "trajectory";
    options->kind = wm_chart_kind_find(kind);
    if (!options->kind)
        return fail(error, advice, "--kind", kind);
    if (options->format && !wm_format_parse(options->format, &options->chart.format))
        return fail(error, "use svg, png or pdf", "--format", options->format);
    if (options->theme && !wm_theme_parse(options->theme, &options->chart.theme))
        return fail(error, "use screen, print, dark, monochrome or high_contrast", "--theme", options->theme);
    if (options->size && !parse_size(options->size, &options->chart))
        return fail(error, "write WIDTHxHEIGHT in pixels, from 120x30 to 10000x10000", "--size", options->size);
    if (options->overdispersion_text && !wm_overdispersion_parse(options->overdispersion_text, &options->overdispersion))
        return fail(error, "use none, multiplicative or additive", "--overdispersion", options->overdispersion_text);
    return TRUE;
}

/* ---- what is drawn ---- */

typedef struct {
    const Options *options;
    WmChartSelection all;           /* every series that there is */
    const WmComparison *comparison; /* of a chart of areas: who is whose peer; NULL without units */
    const char *folder;
    const CommonOptions *common;
    size_t n_refused; /* series that have no chart of this kind */
} Job;

static gboolean draw_one(Job *job, const WmSeries *const *series, size_t n, GError **error)
{
    WmChartSelection selection = job->all;
    g_autofree char *path = NULL;
    selection.series = series;
    selection.n_series = n;
    if (is_interrupted(error) || !write_chart_file(job->options->kind, &selection, &job->options->chart, job->folder, &path, error))
        return FALSE;
    puts(path);
    return TRUE;
}

/* Of a chart of areas, --unit picks out one among all; else it leaves out the rest. */
static GPtrArray *wanted_series(const Job *job)
{
    const Options *options = job->options;
    const gboolean keeps_units = wm_chart_kind_scope(options->kind) == WM_SCOPE_INDICATOR;
    GPtrArray *wanted = g_ptr_array_new();
    for (size_t i = 0; i < job->all.n_series; i++) {
        const WmSeries *series = job->all.series[i];
        const gboolean has_indicator = !options->indicator || strcmp(series->indicator, options->indicator) == 0;
        const gboolean has_unit = keeps_units || !options->unit || is_series_of_unit(series, options->unit);
        const gboolean has_region = !job->all.within || is_in_region(job->all.plan, job->all.within, series->unit);
        if (has_indicator && has_unit && has_region)
            g_ptr_array_add(wanted, (gpointer)(guintptr)series);
    }
    return wanted;
}

/* All that one file of --input has is of one measure. */
static gboolean is_same_measure(const Job *job, const WmSeries *a, const WmSeries *b)
{
    return !job->all.plan || (strcmp(a->indicator, b->indicator) == 0 && strcmp(a->cohort, b->cohort) == 0);
}

/* Areas beside each other: a region beside its own areas would be counted twice, and dwarf them. */
static gboolean draw_peers(Job *job, GPtrArray *series, GError **error)
{
    g_autoptr(GPtrArray) peers = chart_peers(job->comparison, series, job->options->unit);
    const WmSeries *first = g_ptr_array_index(series, 0);
    if (peers->len < series->len)
        say(job->common, "%s: %u of %u units left out, which are no peers of the others; --unit asks for the peers of one",
            first->indicator, series->len - peers->len, series->len);
    return draw_one(job, (const WmSeries *const *)(void *)peers->pdata, peers->len, error);
}

/* One chart for each indicator and cohort, in the order of their first series. */
static gboolean draw_indicators(Job *job, GPtrArray *wanted, GError **error)
{
    while (wanted->len) {
        const WmSeries *first = g_ptr_array_index(wanted, 0);
        g_autoptr(GPtrArray) group = g_ptr_array_new();
        g_autoptr(GPtrArray) rest = g_ptr_array_new();
        for (guint i = 0; i < wanted->len; i++) {
            gpointer series = g_ptr_array_index(wanted, i);
            g_ptr_array_add(is_same_measure(job, first, series) ? group : rest, series);
        }
        if (!draw_peers(job, group, error))
            return FALSE;
        g_ptr_array_set_size(wanted, 0);
        for (guint i = 0; i < rest->len; i++)
            g_ptr_array_add(wanted, g_ptr_array_index(rest, i));
    }
    return TRUE;
}

/* One chart for each series that has one; of the others it says why not. */
static gboolean draw_series(Job *job, const WmSeries *const *series, size_t n, GError **error)
{
    const char *why = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *refusal = wm_chart_kind_refuses(job->options->kind, series[i]);
        if (!refusal && !draw_one(job, series + i, 1, error))
            return FALSE;
        job->n_refused += refusal != NULL;
        why = refusal ? refusal : why;
    }
    if (n && job->n_refused == n) {
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = "draw it with --kind trajectory"}, "%s%s: %s",
                     n == 1 ? "indicator " : "every series", n == 1 ? series[0]->indicator : "", why);
        return FALSE;
    }
    if (job->n_refused)
        say(job->common, "%zu of %zu series left out: %s", job->n_refused, n, why);
    return TRUE;
}

/* In charts of areas a unit that is nowhere would pick out nothing, without a word. */
static gboolean knows_unit(const Job *job, GError **error)
{
    const char *unit = wm_chart_kind_scope(job->options->kind) == WM_SCOPE_INDICATOR ? job->options->unit : NULL;
    for (size_t i = 0; i < job->all.n_series && unit; i++)
        if (is_series_of_unit(job->all.series[i], unit))
            unit = NULL;
    if (unit)
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = "give an id or a name from units.csv"},
                     "no series is of the unit “%s”", unit);
    return !unit;
}

static gboolean draw_all(Job *job, GError **error)
{
    if (!knows_unit(job, error))
        return FALSE;
    g_autoptr(GPtrArray) wanted = wanted_series(job);
    const WmSeries *const *series = (const WmSeries *const *)(void *)wanted->pdata;
    const WmChartScope scope = wm_chart_kind_scope(job->options->kind);
    const gboolean needs_series = !wm_chart_kind_needs_plan(job->options->kind);
    if (wanted->len == 0 && needs_series) {
        if (job->all.n_series == 0 && !job->all.plan) {
            wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = "give it a row for each reading: series,period,value"},
                         "the file has no reading");
            return FALSE;
        }
        const char *advice =
            job->all.plan ? "the ids stand in indicators.csv and units.csv" : "the names stand in the file's column “series”";
        wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = advice}, "no series is asked for by these options");
        return FALSE;
    }
    if (scope == WM_SCOPE_PLAN)
        return draw_one(job, series, wanted->len, error);
    if (scope == WM_SCOPE_INDICATOR)
        return draw_indicators(job, wanted, error);
    return draw_series(job, series, wanted->len, error);
}

/* Once a run, whichever charts it is about. */
static void say_unknown_letters(const CommonOptions *common)
{
    const char *text = wm_chart_unknown_letters();
    if (text)
        say(common,
            "warning: boxes stand in place of letters of “%s”, which no font of this system has; install a font "
            "that has these letters, or draw it with --format svg",
            text);
}

static gboolean draw(Job *job, const WmSeries *series, size_t n, GError **error)
{
    g_autofree const WmSeries **list = g_new(const WmSeries *, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = &series[i];
    job->folder = job->common->out ? job->common->out : ".";
    job->all.series = list;
    job->all.n_series = n;
    job->all.focus = job->options->unit;
    job->all.about = job->options->indicator;
    job->all.overdispersion = job->options->overdispersion;
    const gboolean is_done = draw_all(job, error);
    say_unknown_letters(job->common);
    return is_done;
}

/* Where a chart of areas is asked for of a plan with units. New; NULL elsewhere. */
static WmComparison *comparison_of(const Options *options, const WmMonth *month)
{
    const gboolean is_of_areas = wm_chart_kind_scope(options->kind) == WM_SCOPE_INDICATOR;
    return is_of_areas && wm_month_compares(month) ? wm_comparison_new(month) : NULL;
}

static gboolean draw_month(const Options *options, const CommonOptions *common, const WmPlan *plan, const WmMonth *month,
                           GError **error)
{
    const WmUnit *region = options->region ? chart_region(plan, options->region, error) : NULL;
    if (options->region && !region)
        return FALSE;
    g_autoptr(WmComparison) comparison = comparison_of(options, month);
    g_autofree char *title = g_strconcat(plan->settings.title, region ? ", " : "", region ? region->name : "", NULL);
    Job job = {.options = options, .common = common, .comparison = comparison};
    job.all = (WmChartSelection){.plan = plan, .title = title, .within = region, .as_at = month->as_at};
    return draw(&job, month->series, month->n_series, error);
}

static int draw_plan(const char *folder, const Options *options, const CommonOptions *common, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(folder, problems, error);
    if (!plan)
        return -1;
    g_autoptr(WmStore) store = open_store(plan, common, error);
    size_t n_new;
    if (!store || !wm_ingest_drops(store, plan, problems, &n_new, error))
        return -1;
    g_autoptr(WmMonth) month = wm_month_new(plan, store, common->as_at, WM_NO_DAY, problems, error);
    return month && draw_month(options, common, plan, month, error) ? EXIT_DONE : -1;
}

/* What is measured: as given, else the file's name without its ending. New. */
static char *title_of(const ChartInputLine *line)
{
    if (line->title)
        return g_strdup(line->title);
    char *name = g_path_get_basename(line->input);
    char *ending = strrchr(name, '.');
    if (ending && ending != name)
        *ending = '\0';
    return name;
}

static int draw_input(const Options *options, const CommonOptions *common, GError **error)
{
    if (wm_chart_kind_needs_plan(options->kind)) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give a plan folder in place of --input"},
                     "--kind %s is drawn from a plan's tables", wm_chart_kind_name(options->kind));
        return -1;
    }
    if (options->region) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give a plan folder, whose units.csv knows the regions"},
                     "--region does not go with --input");
        return -1;
    }
    g_autoptr(ChartInput) input = chart_input_new(&options->input, common->as_at, error);
    if (!input)
        return -1;
    size_t n;
    const WmSeries *series = chart_input_series(input, &n);
    const WmDay as_at = n ? series[0].assessment.as_at : common->as_at;
    g_autofree char *title = title_of(&options->input);
    Job job = {.options = options, .common = common, .all = {.title = title, .as_at = as_at}};
    return draw(&job, series, n, error) ? EXIT_DONE : -1;
}

/* Every kind with a line, for --help. New. */
static char *describe_kinds(void)
{
    size_t n;
    const WmChartKind *const *kinds = wm_chart_kinds(&n);
    g_autoptr(GString) text = g_string_new("Kinds:\n");
    for (size_t i = 0; i < n; i++)
        g_string_append_printf(text, "  %-15s %s\n", wm_chart_kind_name(kinds[i]), wm_chart_kind_summary(kinds[i]));
    g_string_append(
        text,
        "\nPrints the path of each file it writes into --out (default: this folder). --input reads a long CSV of one measure: "
        "series, period, and\nvalue or numerator and denominator (or both). Example: waymark chart --input readings.csv "
        "--target 60 --polarity higher --kind spc");
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    g_auto(Options) options = {0};
    const GOptionEntry entries[] = {
        {"kind", 0, 0, G_OPTION_ARG_STRING, &options.kind_text, "what to draw, as listed below (default: trajectory)", "KIND"},
        {"indicator", 0, 0, G_OPTION_ARG_STRING, &options.indicator,
         "only this indicator (of a timeline or risk matrix: what names it), or series of --input", "ID"},
        {"unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "only this unit; in charts of areas, the one to pick out", "ID"},
        {"region", 0, 0, G_OPTION_ARG_STRING, &options.region, "only units that lie in this one, as units.csv says", "ID"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &options.format, "svg, png or pdf (default: svg)", "FORMAT"},
        {"size", 0, 0, G_OPTION_ARG_STRING, &options.size, "in pixels (default: what suits the kind, mostly 960x540)", "WxH"},
        {"theme", 0, 0, G_OPTION_ARG_STRING, &options.theme, "screen, print, dark, monochrome or high_contrast (default: screen)",
         "THEME"},
        {"overdispersion", 0, 0, G_OPTION_ARG_STRING, &options.overdispersion_text,
         "of a funnel: none, multiplicative or additive (default: none)", "HOW"},
        CHART_INPUT_ENTRIES(&options.input),
        G_OPTION_ENTRY_NULL,
    };
    g_autofree char *kinds = describe_kinds();
    Command described = COMMAND_CHART;
    described.description = kinds;
    if (!command_parse(&described, entries, TAKES_AS_AT | TAKES_OUT | TAKES_QUIET | TAKES_STORE, &common, 0, 1, &argc, &argv,
                       error) ||
        !take_options(&options, error))
        return -1;
    if ((argc > 1) == (options.input.input != NULL)) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give one of them"},
                     argc > 1 ? "a plan and --input were both given" : "there is neither a plan nor --input");
        return -1;
    }
    return options.input.input ? draw_input(&options, &common, error) : draw_plan(argv[1], &options, &common, error);
}

const Command COMMAND_CHART = {"chart", "PLAN", "draw charts as files: trajectory, control charts, funnels and more", NULL, run};
