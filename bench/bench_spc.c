/* How many series of 60 readings a core charts in a second: XmR with all Making Data Count rules.
 *
 * cc -O3 -Iinclude -I. bench/bench_spc.c $(find engine/core/spc -name "*.c") engine/core/{base,calendar,reading}.c
 * engine/core/text/period*.c -lgsl -lgslcblas -lm
 */
#include <waymark/spc.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_READINGS 60
#define N_SERIES   1000
#define SECONDS    2.0

/* A linear congruential generator is noise enough for timing, and the same everywhere. */
static double noise(uint64_t *seed)
{
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*seed >> 11) / 9007199254740992.0;
    }
    return sum - 6;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void measure(const char *name, const WmSpcPoint *points, const WmSpcOptions *options, WmSpcScratch *scratch)
{
    size_t n_series = 0, n_signals = 0;
    const double start = seconds_now();
    double seconds = 0;
    while (seconds < SECONDS) {
        for (size_t i = 0; i < N_SERIES; i++) {
            WmSpc spc;
            if (wm_spc_analyse(points + i * N_READINGS, N_READINGS, options, scratch, &spc) != WM_OK)
                exit(EXIT_FAILURE);
            n_signals += spc.points[N_READINGS - 1].signal != WM_SIGNAL_NONE;
        }
        n_series += N_SERIES;
        seconds = seconds_now() - start;
    }
    printf("%-12s %9.0f series/s (%.2f us each; %.1f%% with a signal at the last reading)\n", name, (double)n_series / seconds,
           1e6 * seconds / (double)n_series, 100 * (double)n_signals / (double)n_series);
}

int main(void)
{
    WmSpcPoint *points = calloc(N_SERIES * N_READINGS, sizeof *points);
    WmSpcScratch *scratch = wm_spc_scratch_new();
    if (!points || !scratch)
        return EXIT_FAILURE;
    uint64_t seed = 20260731;
    for (size_t i = 0; i < N_SERIES * N_READINGS; i++) {
        const double denominator = 200 + floor(20 * noise(&seed));
        const double shift = i / N_READINGS % 4 == 0 && i % N_READINGS >= 40 ? 1.5 : 0; /* a quarter of the series improve */
        const double numerator = floor(denominator * fmin(1, fmax(0, 0.6 + 0.05 * (noise(&seed) + shift))));
        points[i] = (WmSpcPoint){100 * numerator / denominator, numerator, denominator, 75, false, false};
    }

    WmSpcOptions options = wm_spc_options_default();
    options.polarity = WM_POLARITY_HIGHER;
    options.chart = WM_SPC_XMR;
    measure("xmr mdc", points, &options, scratch);
    options.establish = WM_SPC_ESTABLISH_SSA;
    options.ssa.period_min = 12;
    measure("xmr mdc ssa", points, &options, scratch);
    options.establish = WM_SPC_ESTABLISH_NO;
    options.rules = WM_SPC_NELSON;
    measure("xmr nelson", points, &options, scratch);
    options.rules = WM_SPC_ANHOEJ;
    options.chart = WM_SPC_PP;
    options.kind = WM_KIND_PERCENT;
    measure("pp anhoej", points, &options, scratch);
    wm_spc_scratch_free(scratch);
    free(points);
    return EXIT_SUCCESS;
}
