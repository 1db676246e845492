/* Ticks of an axis of time.
 *
 * A reading stands at its period's end, so a month's tick stands at the month's end, under its reading: labelled boundaries would
 * put every reading one month late. A term's likewise, under its own name. Over many years a tick is a year's boundary, and its
 * name stands in the middle of the year.
 */
#include "plot/chart/scale.h"

#include <math.h>
#include <string.h>

/* Months between ticks, and the month of the year (1..12) from which they count. December and June end both calendar halves, March
 * ends the financial year: steps of three keep all of them. */
static const int STEPS[] = {1, 3, 6};

#define MONTHS_A_TERM 4

/* Years between ticks. */
static const int YEAR_STEPS[] = {1, 2, 5, 10, 20, 50};

static int whole_mod(int a, int b)
{
    const int r = a % b;
    return (int)(r < 0 ? r + b : r);
}

/* The month that ends at `t`: its WmDay's name is what a tick there is called. */
static WmDay month_ending(int t)
{
    return wm_day_from_months((double)t);
}

static void append_month(GArray *ticks, int t)
{
    WmTick tick = {.at = (double)t};
    char text[WM_PERIOD_TEXT];
    wm_day_format_month(month_ending(t), text); /* "Jul 2021" */
    char *year = strchr(text, ' ');
    if (!year)
        return;
    *year++ = '\0';
    g_strlcpy(tick.text, text, sizeof tick.text);
    const WmTick *before = ticks->len ? &g_array_index(ticks, WmTick, ticks->len - 1) : NULL;
    const bool is_new_year = !before || (t - 1) / 12 != ((int)before->at - 1) / 12;
    g_strlcpy(tick.group, is_new_year ? year : "", sizeof tick.group);
    g_array_append_val(ticks, tick);
}

static GArray *month_ticks(double from, double to, int step)
{
    GArray *ticks = g_array_new(FALSE, TRUE, sizeof(WmTick));
    for (int t = (int)ceil(from - 1e-9); (double)t <= to + 1e-9; t++)
        if (whole_mod(t, step) == 0)
            append_month(ticks, t);
    return ticks;
}

/* One tick a period of a yearly measure, named without the words that repeat ("AY 2022/23" is 2022/23). */
static GArray *period_ticks(double from, double to, WmPeriodKind kind, int every)
{
    GArray *ticks = g_array_new(FALSE, TRUE, sizeof(WmTick));
    const WmDay first_day = wm_day_from_months(from);
    if (first_day == WM_NO_DAY)
        return ticks;
    WmPeriod period = wm_period_containing(kind, first_day);
    for (int i = 0; i < 400; i++, period = wm_period_step(period, 1)) {
        WmTick tick = {.at = wm_day_to_months(wm_period_end(period))};
        if (tick.at > to + 1e-9)
            break;
        const WmDate date = wm_day_to_date(wm_period_end(period));
        if (tick.at < from - 1e-9 || whole_mod(date.year, every) != 0)
            continue;
        char text[WM_PERIOD_TEXT];
        wm_period_format(period, text);
        g_strlcpy(tick.text, g_str_has_prefix(text, "AY ") ? text + 3 : text, sizeof tick.text);
        g_array_append_val(ticks, tick);
    }
    return ticks;
}

/* The end of each term, by its name; the academic year stands under its first. */
static GArray *term_ticks(double from, double to)
{
    GArray *ticks = g_array_new(FALSE, TRUE, sizeof(WmTick));
    const WmDay first_day = wm_day_from_months(from);
    WmPeriod period = wm_period_containing(WM_PERIOD_TERM, first_day == WM_NO_DAY ? 0 : first_day);
    char shown[WM_PERIOD_TEXT] = "";
    for (int i = 0; i < 1200 && first_day != WM_NO_DAY; i++, period = wm_period_step(period, 1)) {
        WmTick tick = {.at = wm_day_to_months(wm_period_end(period))};
        if (tick.at > to + 1e-9)
            break;
        char text[WM_PERIOD_TEXT];
        wm_period_format(period, text); /* "Autumn term 2022/23" */
        const char *year = strrchr(text, ' ');
        if (tick.at < from - 1e-9 || !year)
            continue;
        g_strlcpy(tick.text, text, MIN(sizeof tick.text, strcspn(text, " ") + 1));
        if (strcmp(shown, year + 1) != 0)
            g_strlcpy(tick.group, year + 1, sizeof tick.group);
        g_strlcpy(shown, year + 1, sizeof shown);
        g_array_append_val(ticks, tick);
    }
    return ticks;
}

/* Boundaries of years; the name of a year stands in its middle, marked by an empty `text`. */
static GArray *year_ticks(double from, double to, int every)
{
    GArray *ticks = g_array_new(FALSE, TRUE, sizeof(WmTick));
    for (int year = (int)floor(from / 12); year * 12.0 <= to; year++) {
        if (whole_mod(year, every) != 0)
            continue;
        WmTick tick = {.at = year * 12.0};
        g_snprintf(tick.group, sizeof tick.group, "%d", year);
        g_array_append_val(ticks, tick);
    }
    return ticks;
}

GArray *wm_time_ticks(double from, double to, const WmTimeAxis *axis)
{
    const bool is_yearly = wm_frequency_is_yearly(axis->frequency) && axis->frequency != WM_FREQUENCY_ONCE,
               is_termly = axis->frequency == WM_FREQUENCY_TERM;
    if (is_termly && MONTHS_A_TERM * axis->px_a_month >= axis->month_label_px)
        return term_ticks(from, to);
    for (size_t i = 0; !is_yearly && !is_termly && i < G_N_ELEMENTS(STEPS); i++)
        if (STEPS[i] * axis->px_a_month >= axis->month_label_px)
            return month_ticks(from, to, STEPS[i]);

    size_t i = 0;
    while (i + 1 < G_N_ELEMENTS(YEAR_STEPS) &&
           YEAR_STEPS[i] * 12 * axis->px_a_month < axis->month_label_px * (is_yearly || is_termly ? 1.5 : 1.1))
        i++;
    if (is_termly)
        return period_ticks(from, to, WM_PERIOD_ACADEMIC_YEAR, YEAR_STEPS[i]);
    return is_yearly ? period_ticks(from, to, wm_frequency_period_kind(axis->frequency), YEAR_STEPS[i])
                     : year_ticks(from, to, YEAR_STEPS[i]);
}
