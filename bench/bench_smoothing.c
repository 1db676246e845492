/* How many series of 24 readings a core smooths in a second, model by model, and with the choice among six by AICc.
 *
 * cc -O3 -D_XOPEN_SOURCE=700 -Iinclude -I. bench/bench_smoothing.c engine/core/{smoothing_*,base}.c -lgsl -lgslcblas -lm
 */
#include <waymark/smoothing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N_READINGS        24
#define N_SERIES          200
#define SECONDS           1.0
#define N_ELEMENTS(array) (sizeof(array) / sizeof(array)[0])

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

/* Levels that walk, a third of them with a slope, seen through noise. */
static void make_series(double *y)
{
    uint64_t seed = 20260731;
    for (size_t k = 0; k < N_SERIES; k++) {
        double level = 200;
        for (size_t i = 0; i < N_READINGS; i++) {
            level += (k % 3 == 0 ? 2 : 0) + 3 * noise(&seed);
            y[k * N_READINGS + i] = level + 5 * noise(&seed);
        }
    }
}

static void measure(const char *name, const WmSmoothingModel *models, size_t n_models, const WmSmoothingOptions *options,
                    const double *y, WmSmoothingScratch *scratch)
{
    size_t n_series = 0, n_fitted = 0;
    double seconds = 0;
    for (const double start = seconds_now(); seconds < SECONDS; seconds = seconds_now() - start)
        for (size_t k = 0; k < N_SERIES; k++, n_series++) {
            WmSmoothing fit;
            const WmSmoothingReadings readings = {.n = N_READINGS, .y = y + k * N_READINGS};
            if (wm_smoothing_select(models, n_models, &readings, options, scratch, &fit) != WM_OK)
                exit(EXIT_FAILURE);
            n_fitted += wm_smoothing_has_fit(&fit);
        }
    printf("%-22s %8.0f series/s (%.1f us each; %.0f%% fitted)\n", name, (double)n_series / seconds,
           1e6 * seconds / (double)n_series, 100 * (double)n_fitted / (double)n_series);
}

int main(void)
{
    static const WmSmoothingModel AUTO[] = {WM_SMOOTHING_ANN, WM_SMOOTHING_AAN, WM_SMOOTHING_AADN,
                                            WM_SMOOTHING_MNN, WM_SMOOTHING_MAN, WM_SMOOTHING_MADN};
    static const struct {
        WmSmoothingModel model;
        const char *name;
        WmSmoothingOptions options;
    } ROWS[] = {
        {WM_SMOOTHING_ANN, "ann", {.period = 0}},
        {WM_SMOOTHING_AAN, "aan", {.period = 0}},
        {WM_SMOOTHING_AADN, "aadn", {.period = 0}},
        {WM_SMOOTHING_MNN, "mnn", {.period = 0}},
        {WM_SMOOTHING_MADN, "madn", {.period = 0}},
        {WM_SMOOTHING_AAA, "aaa, 4 seasons", {.period = 4}},
        {WM_SMOOTHING_ANA, "ana, 12 seasons", {.period = 12}},
        {WM_SMOOTHING_LEVEL, "level", {.period = 0}},
        {WM_SMOOTHING_LLT, "llt", {.period = 0}},
        {WM_SMOOTHING_LLT, "llt, 12 dummies", {.period = 12, .season = WM_SEASON_DUMMIES}},
    };
    static double y[N_SERIES * N_READINGS];
    make_series(y);
    WmSmoothingScratch *scratch = wm_smoothing_scratch_new();
    if (!scratch)
        return EXIT_FAILURE;
    for (size_t i = 0; i < N_ELEMENTS(ROWS); i++)
        measure(ROWS[i].name, &ROWS[i].model, 1, &ROWS[i].options, y, scratch);
    measure("best of six by AICc", AUTO, N_ELEMENTS(AUTO), NULL, y, scratch);
    wm_smoothing_scratch_free(scratch);
    return EXIT_SUCCESS;
}
