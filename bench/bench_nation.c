/* What a nation's month is made of, part by part, on a generated plan whose drops are ingested already: assess every unit, draw
 * every kind of chart in each format, write every paper. Prints CSV: part, how many, seconds of one core's time, bytes, peak memory
 * in MiB, seconds by the clock.
 *
 * Usage: bench_nation PLAN [UNITS, 8]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <waymark/waymark.h>

typedef struct {
    const char *part;
    char what[40];
    size_t n, n_bytes;
    double start, start_wall;
} Stage;

static double seconds_now(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static Stage stage_begin(const char *part, const char *what)
{
    Stage self = {.part = part, .start = seconds_now(CLOCK_PROCESS_CPUTIME_ID), .start_wall = seconds_now(CLOCK_MONOTONIC)};
    g_strlcpy(self.what, what, sizeof self.what);
    return self;
}

static void stage_end(const Stage *self)
{
    struct rusage usage;
    const double seconds = seconds_now(CLOCK_PROCESS_CPUTIME_ID) - self->start,
                 wall = seconds_now(CLOCK_MONOTONIC) - self->start_wall;
    getrusage(RUSAGE_SELF, &usage);
    if (self->n)
        printf("%s %s,%zu,%.6f,%zu,%.0f,%.6f\n", self->part, self->what, self->n, seconds, self->n_bytes,
               (double)usage.ru_maxrss / 1024, wall);
}

static void stop(const GError *error)
{
    fprintf(stderr, "bench_nation: %s\n", error->message);
    exit(EXIT_FAILURE);
}

enum { N_TOGETHER = 5 }; /* of each chart of many series */

/* A kind that has nothing to show here is passed over. */
static void count(Stage *stage, GBytes *bytes)
{
    if (!bytes)
        return;
    stage->n++;
    stage->n_bytes += g_bytes_get_size(bytes);
    g_bytes_unref(bytes);
}

static void draw_each(const WmMonth *const *months, size_t n_months, const WmChartKind *kind, const WmChartOptions *options)
{
    Stage stage = stage_begin(wm_format_name(options->format), wm_chart_kind_name(kind));
    for (size_t m = 0; m < n_months; m++)
        for (size_t i = 0; i < months[m]->n_series; i++) {
            const WmSeries *series = &months[m]->series[i];
            const WmChartSelection selection = {.series = &series, .n_series = 1, .title = "", .as_at = months[m]->as_at};
            if (!wm_chart_kind_refuses(kind, series))
                count(&stage, wm_chart_kind_write(kind, &selection, options, NULL));
        }
    stage_end(&stage);
}

/* One chart of all that a unit has, or of the first indicator of every unit. */
static void draw_together(const WmMonth *const *months, size_t n_months, const WmChartKind *kind, const WmChartOptions *options)
{
    Stage stage = stage_begin(wm_format_name(options->format), wm_chart_kind_name(kind));
    g_autoptr(GPtrArray) series = g_ptr_array_new();
    const gboolean is_across = wm_chart_kind_scope(kind) == WM_SCOPE_INDICATOR;
    for (size_t m = 0; m < n_months; m++)
        for (size_t i = 0; i < (is_across ? MIN(months[m]->n_series, 1) : m == 0 ? months[m]->n_series : 0); i++)
            g_ptr_array_add(series, (gpointer)&months[m]->series[i]);
    const WmChartSelection selection = {.series = (const WmSeries *const *)(const void *)series->pdata,
                                        .n_series = series->len,
                                        .plan = months[0]->plan,
                                        .title = "Nation",
                                        .as_at = months[0]->as_at};
    for (int k = 0; k < N_TOGETHER; k++)
        count(&stage, wm_chart_kind_write(kind, &selection, options, NULL));
    stage_end(&stage);
}

/* The one chart that is drawn of a replayed history instead of a month. */
static void draw_calibration(WmDay as_at, const WmChartOptions *options)
{
    WmCalibrationBin bins[10];
    for (size_t i = 0; i < G_N_ELEMENTS(bins); i++) {
        const double mean = 0.05 + 0.1 * (double)i;
        bins[i] = (WmCalibrationBin){mean, mean * mean, 40 + 30 * i};
    }
    const WmCalibration calibration = {"Chances of milestones", "", "", as_at, bins, G_N_ELEMENTS(bins)};
    Stage stage = stage_begin(wm_format_name(options->format), "calibration");
    for (int k = 0; k < N_TOGETHER; k++)
        count(&stage, wm_chart_calibration(&calibration, options, NULL));
    stage_end(&stage);
}

static void draw_all(const WmMonth *const *months, size_t n_months, WmFormat format)
{
    size_t n_kinds;
    const WmChartKind *const *kinds = wm_chart_kinds(&n_kinds);
    const WmChartOptions options = {.format = format};
    for (size_t i = 0; i < n_kinds; i++)
        (wm_chart_kind_scope(kinds[i]) == WM_SCOPE_SERIES ? draw_each : draw_together)(months, n_months, kinds[i], &options);
    draw_calibration(months[0]->as_at, &options);
}

/* ---- papers ---- */

static const struct {
    const char *name;
    WmDocument *(*make)(const WmMonth *month, GError **error);
} PAPERS[] = {
    {"summary", wm_report_summary},
    {"exception report", wm_report_exception},
    {"quarterly report", wm_report_quarterly},
    {"impact scorecard", wm_report_scorecard},
    {"action tracker", wm_report_actions},
    {"risk register", wm_report_risks},
    {"chase list", wm_report_chase},
};

static const struct {
    const char *name;
    GBytes *(*write)(const WmDocument *document, GError **error);
} PAPER_FORMATS[] = {{"html", wm_document_to_html}, {"pdf", wm_document_to_pdf}};

static void write_papers(const WmMonth *const *months, size_t n_months)
{
    for (size_t p = 0; p < G_N_ELEMENTS(PAPERS); p++)
        for (size_t f = 0; f < G_N_ELEMENTS(PAPER_FORMATS); f++) {
            Stage stage = stage_begin(PAPER_FORMATS[f].name, PAPERS[p].name);
            for (size_t m = 0; m < n_months; m++) {
                g_autoptr(WmDocument) document = PAPERS[p].make(months[m], NULL);
                count(&stage, PAPER_FORMATS[f].write(document, NULL));
            }
            stage_end(&stage);
        }
}

/* The paper of all units, once for each of them, so that its price can be set beside theirs. */
static void compare_areas(const WmPlan *plan, WmStore *store)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(WmMonth) all = wm_month_new(plan, store, WM_NO_DAY, WM_NO_DAY, problems, &error);
    if (!all)
        stop(error);
    for (size_t f = 0; f < G_N_ELEMENTS(PAPER_FORMATS); f++) {
        Stage stage = stage_begin(PAPER_FORMATS[f].name, "area comparison");
        g_autoptr(WmDocument) document = wm_report_areas(all, NULL);
        count(&stage, PAPER_FORMATS[f].write(document, NULL));
        stage_end(&stage);
    }
}

static void index_packs(const WmMonth *const *months, size_t n_months)
{
    g_autofree WmBatchPack *packs = g_new0(WmBatchPack, n_months);
    for (size_t i = 0; i < n_months; i++)
        packs[i] = (WmBatchPack){.name = months[i]->plan->settings.area,
                                 .area = months[i]->plan->settings.area,
                                 .folder = "packs",
                                 .message = "",
                                 .as_at = months[i]->as_at,
                                 .n_series = months[i]->n_series};
    Stage stage = stage_begin("html", "batch index");
    g_autoptr(WmDocument) document = wm_report_batch("Nation", months[0]->as_at, packs, n_months, NULL, 0);
    count(&stage, wm_document_to_html(document, NULL));
    stage_end(&stage);
}

static void write_tables(const WmMonth *const *months, size_t n_months)
{
    Stage stage = stage_begin("csv and json", "tables");
    for (size_t m = 0; m < n_months; m++) {
        g_autoptr(WmPack) pack = wm_pack_new(months[m]);
        for (size_t i = 0; i < pack->n_tables; i++) {
            g_autofree char *json = wm_pack_table_to_json(pack, &pack->tables[i]);
            stage.n++;
            stage.n_bytes += strlen(pack->tables[i].csv) + strlen(json);
        }
    }
    stage_end(&stage);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WmProblems) problems = wm_problems_new();
    if (argc < 2)
        return EXIT_FAILURE;
    const size_t n_wanted = argc > 2 ? (size_t)atoi(argv[2]) : 8;
    g_autoptr(WmPlan) plan = wm_plan_read(argv[1], problems, &error);
    g_autofree char *path = g_build_filename(argv[1], "waymark.db", NULL);
    g_autoptr(WmStore) store = plan ? wm_store_open(path, &error) : NULL;
    g_autoptr(WmMonths) all = store ? wm_months_new(plan, store, WM_NO_DAY, WM_NO_DAY, &error) : NULL;
    const GPtrArray *units = all ? wm_months_units(all, &error) : NULL;
    if (!units)
        stop(error);
    const size_t n = MIN(n_wanted, units->len);
    g_autofree const WmMonth **months = g_new0(const WmMonth *, n);
    puts("part,n,seconds,bytes,peak_mib,wall");
    Stage stage = stage_begin("assess", "series");
    for (size_t i = 0; i < n; i++) {
        months[i] = wm_months_of_unit(all, g_ptr_array_index(units, i), &error);
        if (!months[i])
            stop(error);
        stage.n += months[i]->n_series;
    }
    stage_end(&stage);
    draw_all(months, n, WM_FORMAT_SVG);
    draw_all(months, MIN(n, 1), WM_FORMAT_PNG);
    draw_all(months, MIN(n, 1), WM_FORMAT_PDF);
    write_papers(months, n);
    compare_areas(plan, store);
    index_packs(months, n);
    write_tables(months, n);
    for (size_t i = 0; i < n; i++)
        wm_month_free((WmMonth *)months[i]);
    return EXIT_SUCCESS;
}
