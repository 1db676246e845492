/* Scales and ticks. */
#include "plot/chart/scale.h"

#include <math.h>
#include <string.h>

/* A zero that takes up to this share of the axis is shown: a cut axis must earn it. */
#define ZERO_SHARE 0.4

/* Room between the outermost numbers and the edge, as a share of what they span: no mark stands on the frame. */
#define EDGE_SHARE 0.04

double wm_scale_px(const WmScale *self, double value)
{
    return self->px_from + (value - self->from) / (self->to - self->from) * (self->px_to - self->px_from);
}

/* What numbers are shown in: millions where they are that large and not told apart by less than a hundredth of one. */
static double shown_unit(double largest, double step)
{
    return largest >= 1e6 && step >= 1e4 ? 1e6 : 1;
}

/* The smallest of 1, 2, 5 times a power of ten that is at least `rough`; 25 too, but not 2.5, which costs every label a decimal. */
static double nice_step(double rough, double unit)
{
    static const double NICE[] = {1, 2, 2.5, 5, 10};
    const double power = pow(10, floor(log10(rough)));
    for (size_t i = 0; i < G_N_ELEMENTS(NICE); i++) {
        const double step = NICE[i] * power;
        if (step >= rough * (1 - 1e-9) && (NICE[i] != 2.5 || fmod(step, unit) == 0))
            return step;
    }
    return 10 * power;
}

/* Room around equal numbers: a tenth of their size, five points of a percentage, one where they are zero. */
static void spread(double *low, double *high, const WmMeasure *measure)
{
    const bool is_percent = measure->kind == WM_KIND_PERCENT;
    if (!isfinite(*low) || !isfinite(*high)) {
        *low = isfinite(measure->low) ? measure->low : 0;
        *high = isfinite(measure->high) && measure->high > *low ? measure->high : *low + 1;
    }
    const double size = fmax(fabs(*low), fabs(*high));
    if (*high - *low > 1e-9 * size)
        return;
    const double room = fmax(size > 0 ? size / 10 : 1, is_percent ? 5 : 0);
    *low -= room;
    *high += room;
}

/* A percentage without bounds of its own that has not gone beyond 100 has 100 as its bound: room above it would be made up. */
static void keep_within(double *low, double *high, double asked_high, const WmMeasure *measure)
{
    const bool is_whole = measure->kind == WM_KIND_PERCENT && !isfinite(measure->high) && !(asked_high > 100);
    if (isfinite(measure->low))
        *low = fmax(*low, measure->low);
    if (isfinite(measure->high) || is_whole)
        *high = fmin(*high, is_whole ? 100 : measure->high);
}

WmNumberAxis wm_number_axis(double low, double high, size_t max_ticks, const WmMeasure *measure)
{
    const double asked_low = low, asked_high = high;
    spread(&low, &high, measure);
    if (low > 0 && low <= ZERO_SHARE * high)
        low = 0;
    if (high < 0 && high >= ZERO_SHARE * low)
        high = 0;
    const double edge = EDGE_SHARE * (high - low);
    low = low == 0 ? 0 : low < 0 ? low - edge : fmax(low - edge, 0);
    high = high == 0 ? 0 : high > 0 ? high + edge : fmin(high + edge, 0);
    keep_within(&low, &high, asked_high, measure);
    /* Numbers outside the bounds are still drawn: an axis that hid them would lie. */
    if (isfinite(asked_low)) {
        low = fmin(low, asked_low);
        high = fmax(high, asked_high);
    }
    if (!(high > low))
        high = low + 1;

    const double unit = shown_unit(fmax(fabs(low), fabs(high)), (high - low) / 10);
    const double least = measure->kind == WM_KIND_COUNT ? 1 : 0; /* nothing is counted between whole numbers */
    double step = nice_step(fmax((high - low) / (double)MAX(max_ticks - 1, 1), least), unit);
    double first = floor(low / step + 1e-9), last = ceil(high / step - 1e-9);
    const double most = (double)MAX(max_ticks, low < 0 && high > 0 ? 3 : 2); /* zero between two ends is a tick of its own */
    while (last - first + 1 > most) {
        step = nice_step(step * 1.01, unit);
        first = floor(low / step + 1e-9);
        last = ceil(high / step - 1e-9);
    }
    return (WmNumberAxis){first * step, last * step, step, (size_t)(last - first) + 1};
}

static int step_decimals(double step)
{
    int decimals = 0;
    while (decimals < 9 && fabs(wm_round(step, decimals) - step) > step * 1e-6)
        decimals++;
    return decimals;
}

/* Digits in threes. `digits` is an unsigned decimal number. */
static void group_thousands(const char *digits, GString *out)
{
    const size_t whole = strcspn(digits, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append_c(out, ',');
        g_string_append_c(out, digits[i]);
    }
    g_string_append(out, digits + whole);
}

WmTick wm_number_tick(const WmNumberAxis *axis, size_t i, const char *measure_unit)
{
    const double largest = fmax(fabs(axis->from), fabs(axis->to));
    const double unit = shown_unit(largest, axis->step);
    WmTick tick = {.at = (round(axis->from / axis->step) + (double)i) * axis->step};
    const bool is_zero = fabs(tick.at) < axis->step * 1e-6;
    const int decimals = is_zero ? 0 : step_decimals(axis->step / unit);
    const double shown = wm_round(tick.at / unit, decimals);

    g_autoptr(GString) text = g_string_new(shown < 0 ? "\xE2\x88\x92" : NULL); /* a true minus sign */
    if (strcmp(measure_unit, "£") == 0)
        g_string_append(text, measure_unit);
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    char format[8];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    group_thousands(g_ascii_formatd(digits, sizeof digits, format, fabs(shown)), text);
    if (unit > 1 && !is_zero)
        g_string_append_c(text, 'm');
    if (strcmp(measure_unit, "%") == 0)
        g_string_append_c(text, '%');
    g_strlcpy(tick.text, text->str, sizeof tick.text);
    return tick;
}
