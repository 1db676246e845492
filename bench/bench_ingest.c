/* Ingest beside `sqlite3 .import` of the same file into a bare text table: rows a second, memory, size of the store, what a further
 * month costs, how long one series takes to read. Usage: bench_ingest [ROWS…] (default 1000000 10000000); needs sqlite3. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <waymark/waymark.h>

#define N_MONTHS     100
#define N_INDICATORS 60
#define N_ROUNDS     3 /* of the smaller size; the larger takes one */
#define N_READS      2000
#define SEED         20261125u

static guint next_random(guint *seed, guint n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % n;
}

static FILE *open_in(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    FILE *file = fopen(path, "w");
    if (!file)
        g_error("cannot write %s", path);
    return file;
}

static void write_plan(const char *folder, guint n_series)
{
    FILE *file = open_in(folder, "plan.ini");
    fputs("[plan]\ntitle = Bench\narea = England\n", file);
    fclose(file);
    file = open_in(folder, "indicators.csv");
    fputs("indicator,title,kind,measure_unit,polarity,frequency,low,high,decimals\n", file);
    for (guint i = 0; i < N_INDICATORS; i++)
        fprintf(file, "I%02u,Indicator %u,percent,%%,higher,month,0,100,1\n", i, i);
    fclose(file);
    file = open_in(folder, "units.csv");
    fputs("unit,name,parent,type,code\n", file);
    for (guint i = 0; i <= n_series / N_INDICATORS; i++)
        fprintf(file, "E%08u,Unit %u,,area,\n", i, i);
    fclose(file);
}

/* Months from `first` to `end`, as a publisher gives them: month after month, area after area. */
static void write_readings(const char *folder, const char *name, guint n_series, guint first, guint end, guint *seed)
{
    FILE *file = open_in(folder, name);
    fputs("indicator,unit,cohort,period,value,numerator,denominator,state,note\n", file);
    for (guint month = first; month < end; month++)
        for (guint i = 0; i < n_series; i++) {
            const guint denominator = 50 + next_random(seed, 4000);
            fprintf(file, "I%02u,E%08u,,%u-%02u,,%u,%u,,\n", i % N_INDICATORS, i / N_INDICATORS, 2010 + month / 12, month % 12 + 1,
                    next_random(seed, denominator + 1), denominator);
        }
    fclose(file);
}

typedef struct {
    double seconds, peak_mib;
} Cost;

static Cost run(const char *folder, const char *const *words)
{
    GPid child;
    g_autoptr(GError) error = NULL;
    const gint64 start = g_get_monotonic_time();
    if (!g_spawn_async(folder, (char **)words, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, &child, &error))
        g_error("%s", error->message);
    int status;
    struct rusage usage;
    waitpid(child, &status, 0);
    getrusage(RUSAGE_CHILDREN, &usage); /* the largest child's; ingest needs more than its peer */
    if (status != 0)
        g_error("%s failed", words[0]);
    return (Cost){(double)(g_get_monotonic_time() - start) / 1e6, (double)usage.ru_maxrss / 1024};
}

static double size_of(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    GStatBuf facts;
    return g_stat(path, &facts) == 0 ? (double)facts.st_size : 0;
}

static void clean(const char *folder)
{
    (void)run(folder, (const char *const[]){"rm", "-rf", "import.db", "waymark.db", "drops", NULL});
}

/* Mean microseconds to read all of a series, chosen at random. */
static double read_time_us(const char *folder, guint n_series, guint *seed)
{
    g_autofree char *path = g_build_filename(folder, "waymark.db", NULL);
    g_autoptr(WmStore) store = wm_store_open(path, NULL);
    const gint64 start = g_get_monotonic_time();
    for (int i = 0; i < N_READS; i++) {
        g_autoptr(GArray) vintages = wm_store_vintages(store, 1 + next_random(seed, n_series), WM_NO_DAY, NULL);
        if (!vintages || vintages->len < N_MONTHS)
            g_error("a series lacks readings");
    }
    return (double)(g_get_monotonic_time() - start) / N_READS;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const char *waymark, guint n_rows)
{
    guint seed = SEED;
    const guint n_series = n_rows / N_MONTHS;
    const int n_rounds = n_rows > 2000000 ? 1 : N_ROUNDS;
    g_autofree char *folder = g_dir_make_tmp("waymark-bench-XXXXXX", NULL);
    write_plan(folder, n_series);
    write_readings(folder, "all.csv", n_series, 0, N_MONTHS, &seed);
    write_readings(folder, "month.csv", n_series, N_MONTHS, N_MONTHS + 1, &seed);
    double ratios[N_ROUNDS];
    Cost import = {0}, ingest = {0};
    for (int i = 0; i < n_rounds; i++) { /* side by side, so that a busy machine hurts both */
        clean(folder);
        import = run(folder, (const char *const[]){"sqlite3", "import.db", ".mode csv", ".import all.csv t", NULL});
        ingest = run(folder, (const char *const[]){waymark, "ingest", ".", "all.csv", "--received", "2020-01-31", NULL});
        ratios[i] = import.seconds / ingest.seconds;
    }
    qsort(ratios, (size_t)n_rounds, sizeof *ratios, by_size);
    const double bytes = size_of(folder, "waymark.db") / n_rows;
    const Cost month = run(folder, (const char *const[]){waymark, "ingest", ".", "month.csv", "--received", "2020-02-29", NULL});
    printf("%10u  %12.0f  %12.0f  %6.2f  %8.0f  %8.1f  %8.2f%%  %8.0f\n", n_rows, n_rows / ingest.seconds, n_rows / import.seconds,
           ratios[n_rounds / 2], ingest.peak_mib, bytes, 100 * month.seconds / ingest.seconds,
           read_time_us(folder, n_series, &seed));
    fflush(stdout);
    (void)run("/", (const char *const[]){"rm", "-rf", folder, NULL});
}

int main(int argc, char **argv)
{
    static const char *const DEFAULTS[] = {"1000000", "10000000"};
    g_autofree char *sqlite = g_find_program_in_path("sqlite3");
    if (!sqlite) {
        puts("sqlite3 is not installed");
        return 0;
    }
    g_autofree char *here = g_path_get_dirname(argv[0]), *beside = g_build_filename(here, "..", "waymark", NULL);
    g_autofree char *waymark = g_canonicalize_filename(beside, NULL);
    printf("%10s  %12s  %12s  %6s  %8s  %8s  %9s  %8s\n", "rows", "ingest/s", "import/s", "ratio", "peak MiB", "bytes", "a month",
           "read us");
    const int n = argc > 1 ? argc - 1 : (int)G_N_ELEMENTS(DEFAULTS);
    for (int i = 0; i < n; i++)
        measure(waymark, (guint)strtoul(argc > 1 ? argv[i + 1] : DEFAULTS[i], NULL, 10));
    return 0;
}
