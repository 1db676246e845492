/* Forecasts in groups, as the calibration chart draws them and as it puts them into words. */
#include "plot/chart/calibration.h"

#include <math.h>
#include <waymark/area.h>

#define LEVEL 0.95

static int by_said(gconstpointer a, gconstpointer b)
{
    const double x = ((const WmCalibrationGroup *)a)->said, y = ((const WmCalibrationGroup *)b)->said;
    return (x > y) - (x < y);
}

GArray *wm_calibration_groups(const WmCalibration *calibration)
{
    GArray *bins = g_array_new(FALSE, FALSE, sizeof(WmCalibrationGroup));
    for (size_t i = 0; i < calibration->n_bins; i++) {
        const WmCalibrationBin *bin = &calibration->bins[i];
        if (bin->n == 0 || !(bin->mean_p >= 0 && bin->mean_p <= 1) || !(bin->observed >= 0 && bin->observed <= 1))
            continue;
        const double n = (double)bin->n, tail = (1 - LEVEL) / 2, count = bin->observed * n;
        const double low = wm_count_quantile(WM_EVENTS_BINOMIAL, bin->mean_p, n, tail),
                     high = wm_count_quantile(WM_EVENTS_BINOMIAL, bin->mean_p, n, 1 - tail);
        const WmCalibrationGroup drawn = {100 * bin->mean_p,
                                          100 * bin->observed,
                                          100 * low / n,
                                          100 * high / n,
                                          bin->n,
                                          count < low - 1e-6 || count > high + 1e-6};
        g_array_append_val(bins, drawn);
    }
    g_array_sort(bins, by_said);
    return bins;
}

const WmCalibrationGroup *wm_calibration_group(const GArray *bins, guint i)
{
    return &g_array_index(bins, WmCalibrationGroup, i);
}

size_t wm_calibration_n(const GArray *bins)
{
    size_t n = 0;
    for (guint i = 0; i < bins->len; i++)
        n += wm_calibration_group(bins, i)->n;
    return n;
}

/* ---- words ---- */

static const WmMeasure COUNT = {.kind = WM_KIND_COUNT};

char *wm_calibration_percent(double value, double other)
{
    if (wm_round(value, 0) == wm_round(other, 0) && value != other)
        return g_strconcat(g_ascii_formatd((char[G_ASCII_DTOSTR_BUF_SIZE]){0}, G_ASCII_DTOSTR_BUF_SIZE, "%.1f", wm_round(value, 1)),
                           "%", NULL);
    const double shown = value > 0 && value < 1 ? 1 : value < 100 && value > 99 ? 99 : wm_round(value, 0);
    return g_strdup_printf("%.0f%%", shown);
}

char *wm_calibration_forecasts(size_t n)
{
    char text[WM_VALUE_TEXT];
    return g_strconcat(wm_value_format((double)n, &COUNT, "", text), n == 1 ? " forecast" : " forecasts", NULL);
}

/* The bin outside that misleads most readers. */
static const WmCalibrationGroup *worst_bin(const GArray *bins, size_t *n_outside)
{
    const WmCalibrationGroup *worst = NULL;
    double largest = 0;
    *n_outside = 0;
    for (guint i = 0; i < bins->len; i++) {
        const WmCalibrationGroup *bin = wm_calibration_group(bins, i);
        const double weight = fabs(bin->came_true - bin->said) * (double)bin->n;
        *n_outside += bin->is_outside;
        if (bin->is_outside && weight > largest) {
            worst = bin;
            largest = weight;
        }
    }
    return worst;
}

static void add(GStrvBuilder *builder, char *wording)
{
    g_strv_builder_add(builder, wording);
    g_free(wording);
}

#define FEWEST_FORECASTS 20 /* of fewer, any share that came true is within the range of chance */

static void add_held(GStrvBuilder *builder, size_t n)
{
    g_autofree char *count = wm_calibration_forecasts(n);
    if (n < FEWEST_FORECASTS) {
        add(builder, g_strdup_printf("Too few to judge chances by: %s", count));
        return;
    }
    add(builder, g_strdup_printf("Chances hold: all groups came true as often as chance allows, %s in all", count));
    add(builder, g_strdup_printf("Chances hold over %s", count));
}

static void add_broken(GStrvBuilder *builder, const WmCalibrationGroup *worst, size_t n_outside, guint n)
{
    g_autofree char *said = wm_calibration_percent(worst->said, worst->came_true),
                    *came = wm_calibration_percent(worst->came_true, worst->said);
    const char *way = n_outside > 1 ? "more or less" : worst->came_true > worst->said ? "more" : "less";
    add(builder, g_strdup_printf("Said %s, came true %s: %zu of %u groups came true %s often than chance allows", said, came,
                                 n_outside, n, way));
    add(builder, g_strdup_printf("Said %s, came true %s: %zu of %u groups outside chance", said, came, n_outside, n));
    add(builder, g_strdup_printf("Said %s, came true %s", said, came));
}

GStrv wm_calibration_wordings(const GArray *bins)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    size_t n_outside;
    const WmCalibrationGroup *worst = worst_bin(bins, &n_outside);
    if (bins->len == 0)
        g_strv_builder_add(builder, "No forecasts to judge yet");
    else if (worst)
        add_broken(builder, worst, n_outside, bins->len);
    else
        add_held(builder, wm_calibration_n(bins));
    return g_strv_builder_end(builder);
}

char *wm_chart_calibration_alt(const WmCalibration *calibration)
{
    g_autoptr(GArray) bins = wm_calibration_groups(calibration);
    g_auto(GStrv) titles = wm_calibration_wordings(bins);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Reliability diagram of %s. %s.", calibration->subject, titles[0]);
    for (guint i = 0; i < bins->len; i++) {
        const WmCalibrationGroup *bin = wm_calibration_group(bins, i);
        g_autofree char *said = wm_calibration_percent(bin->said, bin->came_true),
                        *came = wm_calibration_percent(bin->came_true, bin->said), *count = wm_calibration_forecasts(bin->n);
        g_string_append_printf(text, "%s said %s, came true %s of %s", i ? ";" : " Groups:", said, came, count);
    }
    g_string_append(text, bins->len ? "." : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}
