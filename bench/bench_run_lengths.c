/* How often each rule set cries wolf, and how soon it sees a shift: XmR limits from the first 24 readings, then monitoring.
 *
 * After each new reading the whole series is charted again, as an analyst would; the alarm is the first time that any reading after
 * the first 24 carries a signal. Prints a table in Markdown, with standard errors, for docs/methods-spc.md. One core, under a
 * minute.
 *
 * cc -O3 -Iinclude -I. bench/bench_run_lengths.c $(find engine/core/spc -name "*.c") engine/core/{base,calendar,reading}.c
 * engine/core/text/period*.c -lgsl -lgslcblas -lm
 */
#include <waymark/spc.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SEED     20260401
#define N_FIXED  24   /* readings that set the limits */
#define N_WATCH  24   /* readings in which a false alarm counts */
#define CENSORED 1000 /* readings after which a shift is given up */
#define N_STABLE 40000
#define N_SHIFTS 10000
#define N_SIZES  3

typedef struct {
    const char *name;
    void (*draw)(const gsl_rng *rng, double *y, size_t n);
} Source; /* of readings with mean 0 and standard deviation 1 */

static void draw_normal(const gsl_rng *rng, double *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = gsl_ran_gaussian_ziggurat(rng, 1);
}

/* Gamma with shape 4: skewness 1, as waiting times and lengths of stay have it. */
static void draw_skewed(const gsl_rng *rng, double *y, size_t n)
{
    for (size_t i = 0; i < n; i++)
        y[i] = (gsl_ran_gamma(rng, 4, 1) - 4) / 2;
}

/* First-order autoregression with coefficient 1/2. */
static void draw_autocorrelated(const gsl_rng *rng, double *y, size_t n)
{
    double level = gsl_ran_gaussian_ziggurat(rng, 1);
    for (size_t i = 0; i < n; i++)
        y[i] = level = 0.5 * level + sqrt(0.75) * gsl_ran_gaussian_ziggurat(rng, 1);
}

static const Source SOURCES[] = {
    {"normal", draw_normal}, {"skewed (gamma, skewness 1)", draw_skewed}, {"autocorrelated (AR(1), 0.5)", draw_autocorrelated}};
#define N_SOURCES (sizeof SOURCES / sizeof SOURCES[0])

typedef struct {
    WmSpcScratch *scratch;
    gsl_rng *rng;
    double y[N_FIXED + CENSORED];
    WmSpcPoint points[N_FIXED + CENSORED];
    double delays[N_SHIFTS];
} Bench;

static bool has_alarm(Bench *bench, const WmSpcOptions *options, size_t n)
{
    WmSpc spc;
    if (wm_spc_analyse(bench->points, n, options, bench->scratch, &spc) != WM_OK)
        exit(EXIT_FAILURE);
    for (size_t i = N_FIXED; i < n; i++)
        if (spc.points[i].signal != WM_SIGNAL_NONE)
            return true;
    return false;
}

/* Readings after the first 24 until the alarm, at most `most` + 1. With fixed limits what has once been a signal stays one, so that
 * the first can be found by halving; runs analysis has bounds that move with the number of readings, and is asked each time. */
static size_t first_alarm(Bench *bench, const WmSpcOptions *options, size_t most)
{
    size_t low = 0, high = 0; /* no alarm after low, one after high */
    const bool is_lasting = options->rules != WM_SPC_ANHOEJ;
    while (high == 0 && low < most) {
        size_t next = is_lasting ? 2 * low + 8 : low + 1;
        next = next < most ? next : most;
        if (has_alarm(bench, options, N_FIXED + next))
            high = next;
        else
            low = next;
    }
    if (high == 0)
        return most + 1;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (has_alarm(bench, options, N_FIXED + middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

static void make(Bench *bench, const Source *source, unsigned long replicate, double shift, size_t n)
{
    gsl_rng_set(bench->rng, SEED + replicate); /* the same readings for every rule set and shift */
    source->draw(bench->rng, bench->y, n);
    for (size_t i = 0; i < n; i++)
        bench->points[i] = (WmSpcPoint){bench->y[i] + (i >= N_FIXED ? shift : 0), NAN, NAN, NAN, false, false};
}

static double false_alarms(Bench *bench, const WmSpcOptions *options, const Source *source)
{
    size_t n_alarms = 0;
    for (unsigned long i = 0; i < N_STABLE; i++) {
        make(bench, source, i, 0, N_FIXED + N_WATCH);
        n_alarms += first_alarm(bench, options, N_WATCH) <= N_WATCH;
    }
    return (double)n_alarms / N_STABLE;
}

/* The median delay; its standard error from the order statistics that a binomial's standard deviation away stand for (David, H. A.
 * and Nagaraja, H. N. (2003), Order Statistics, 3rd ed., 7.1). */
static double median_delay(Bench *bench, const WmSpcOptions *options, const Source *source, double shift, double *error)
{
    for (unsigned long i = 0; i < N_SHIFTS; i++) {
        make(bench, source, i, shift, N_FIXED + CENSORED);
        bench->delays[i] = fmin((double)first_alarm(bench, options, CENSORED), CENSORED);
    }
    gsl_sort(bench->delays, 1, N_SHIFTS);
    const size_t middle = N_SHIFTS / 2, away = (size_t)ceil(sqrt(N_SHIFTS) / 2);
    *error = (bench->delays[middle + away] - bench->delays[middle - away]) / 2;
    return (bench->delays[middle - 1] + bench->delays[middle]) / 2;
}

static void print_row(Bench *bench, WmSpcRules rules, const Source *source)
{
    WmSpcOptions options = wm_spc_options_default();
    options.chart = WM_SPC_XMR;
    options.rules = rules;
    options.fix_after = N_FIXED;
    const double share = false_alarms(bench, &options, source);
    printf("| %s | %s | %.1f%% ± %.1f |", wm_spc_rules_name(rules), source->name, 100 * share,
           100 * sqrt(share * (1 - share) / N_STABLE));
    for (int size = 1; size <= N_SIZES; size++) {
        double error;
        const double delay = median_delay(bench, &options, source, size, &error);
        const double mean = gsl_stats_mean(bench->delays, 1, N_SHIFTS), sd = gsl_stats_sd(bench->delays, 1, N_SHIFTS);
        printf(" %g ± %g (%.1f ± %.1f) |", delay, error, mean, sd / sqrt(N_SHIFTS));
    }
    puts("");
    fflush(stdout);
}

int main(void)
{
    static Bench bench;
    bench.scratch = wm_spc_scratch_new();
    bench.rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!bench.scratch || !bench.rng)
        return EXIT_FAILURE;
    printf("Seed %d; %d stable series a row, %d for each shift.\n\n", SEED, N_STABLE, N_SHIFTS);
    puts("| rules | readings | a false alarm within 24 | median (mean) delay, shift of 1 sigma | 2 sigma | 3 sigma |");
    puts("| --- | --- | --- | --- | --- | --- |");
    for (WmSpcRules rules = 0; rules < WM_N_SPC_RULES; rules++)
        for (size_t i = 0; i < N_SOURCES; i++)
            print_row(&bench, rules, &SOURCES[i]);
    gsl_rng_free(bench.rng);
    wm_spc_scratch_free(bench.scratch);
    return EXIT_SUCCESS;
}
