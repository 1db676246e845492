/* Trajectory charts of 60 readings a second of one core's time, per format. Prints: format, charts a second, bytes a chart.
 *
 * Usage: bench_charts [FORMAT]
 */
#include <waymark/chart.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define N_READINGS 60
#define SECONDS    2.0

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A percentage that climbs with a wobble, as a board's would. */
static void fill_readings(WmReading readings[N_READINGS])
{
    for (int i = 0; i < N_READINGS; i++)
        readings[i] =
            (WmReading){{WM_PERIOD_MONTH, 2020 * 12 + i}, 30 + 0.5 * i + 4 * sin(i * 1.7) + 2 * sin(i * 0.6), NAN, NAN, WM_FINAL};
}

static void measure(const WmSeries *series, WmFormat format)
{
    const WmChartOptions options = {.format = format, .scale = 1};
    size_t n = 0, n_bytes = 0;
    const double start = seconds_now();
    double seconds = 0;
    for (; seconds < SECONDS; n++) {
        GBytes *chart = wm_chart_trajectory(series, &options, NULL);
        if (!chart)
            exit(EXIT_FAILURE);
        n_bytes = g_bytes_get_size(chart);
        g_bytes_unref(chart);
        seconds = seconds_now() - start;
    }
    printf("%s,%.1f,%zu\n", wm_format_name(format), (double)n / seconds, n_bytes);
}

int main(int argc, char **argv)
{
    WmFormat only = WM_N_FORMATS;
    if (argc > 1 && !wm_format_parse(argv[1], &only))
        return EXIT_FAILURE;
    WmReading readings[N_READINGS];
    fill_readings(readings);
    const WmDay dues[] = {wm_day_from_date(2023, 3, 31), wm_day_from_date(2025, 12, 31)};
    const WmMilestone milestones[] = {{dues[0], 50}, {dues[1], 75}};
    const WmWaypoint waypoints[] = {{2020 * 12 + 1, 30}, {wm_day_to_months(dues[0]), 50}, {wm_day_to_months(dues[1]), 75}};
    const WmMeasure measure_of = {WM_KIND_PERCENT, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 0, 100, 1, NAN, NAN};
    WmSeries series = {.indicator = "EHC20",
                       .title = "EHC plans issued within 20 weeks",
                       .unit = "",
                       .unit_name = "Somerset",
                       .cohort = "",
                       .measure_unit = "%",
                       .source = "Case system",
                       .theme = "",
                       .theme_title = "",
                       .owner_role = "",
                       .note = "",
                       .measure = measure_of,
                       .baseline_day = wm_day_from_date(2020, 1, 31),
                       .baseline_value = 30,
                       .readings = readings,
                       .n_readings = N_READINGS,
                       .sentence = "",
                       .first_raised = WM_NO_DAY,
                       .trajectory = {waypoints, 3, WM_PATH_LINEAR, false},
                       .previous = {.as_at = WM_NO_DAY}};
    const WmAssessmentInput input = {.measure = measure_of,
                                     .baseline = {.value = 30},
                                     .trajectory = series.trajectory,
                                     .milestones = milestones,
                                     .n_milestones = 2,
                                     .readings = readings,
                                     .n_readings = N_READINGS,
                                     .as_at = wm_day_from_date(2024, 12, 31),
                                     .plan_start = wm_day_from_date(2020, 1, 1)};
    wm_assess(&input, &series.assessment);
    WmSeriesMilestone printed[2];
    for (int i = 0; i < 2; i++)
        printed[i] = (WmSeriesMilestone){.due = dues[i],
                                         .target = milestones[i].target,
                                         .text = "",
                                         .reason = "",
                                         .outcome = wm_milestone_judge(&input, milestones[i]),
                                         .chance = wm_milestone_chance(&input, &series.assessment, milestones[i])};
    series.milestones = printed;
    series.n_milestones = 2;

    puts("format,charts_per_second,bytes");
    for (int format = 0; format < WM_N_FORMATS; format++)
        if (only == WM_N_FORMATS || only == (WmFormat)format)
            measure(&series, (WmFormat)format);
    return EXIT_SUCCESS;
}
