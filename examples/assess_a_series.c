/* Assess one indicator and draw its chart: cc assess_a_series.c $(pkg-config --cflags --libs waymark) && ./a.out chart.svg */
#include <waymark/waymark.h>

#include <math.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    /* Share of EHC plans issued within 20 weeks, April to September; the target is 60% by March. */
    const double values[] = {41.0, 42.5, 44.1, 43.8, 46.0, 47.2};
    WmReading readings[6];
    for (int i = 0; i < 6; i++)
        readings[i] = (WmReading){{WM_PERIOD_MONTH, 2026 * 12 + 3 + i}, values[i], NAN, NAN, WM_FINAL};

    const WmMilestone milestone = {wm_day_from_date(2027, 3, 31), 60};
    const WmWaypoint path[] = {{wm_day_to_months(wm_day_from_date(2026, 3, 31)), 40}, {wm_day_to_months(milestone.due), 60}};
    const WmAssessmentInput input = {
        .measure = {WM_KIND_PERCENT, WM_POLARITY_HIGHER, WM_FREQUENCY_MONTH, 0, 100, 1, NAN, NAN},
        .baseline = {.value = 40},
        .trajectory = {path, 2, WM_PATH_LINEAR, false},
        .milestones = &milestone,
        .n_milestones = 1,
        .readings = readings,
        .n_readings = 6,
        .as_at = wm_day_from_date(2026, 10, 15),
        .plan_start = WM_NO_DAY,
    };
    char sentence[WM_SENTENCE_TEXT];
    WmAssessment assessment;
    wm_assess(&input, &assessment);
    WmSeriesMilestone judged;
    WmSeries series;
    wm_series_of(&input, &assessment, "EHC plans issued within 20 weeks", "%", &judged, &series);
    printf("%s: %s\n", wm_rag_name(assessment.verdict.status), wm_assessment_explain(&assessment, &input.measure, "%", sentence));

    g_autoptr(GBytes) chart = wm_chart_trajectory(&series, NULL, NULL);
    const char *path_out = argc > 1 ? argv[1] : "chart.svg";
    return chart && g_file_set_contents(path_out, g_bytes_get_data(chart, NULL), (gssize)g_bytes_get_size(chart), NULL) ? 0 : 1;
}
