/* What was asked of `waymark spc` that does nothing, or not what it seems to. */
#include "cli/spc_warnings.h"

#include <math.h>
#include <string.h>

static const LongSeries *series_at(const GArray *all, guint i)
{
    return &g_array_index(all, LongSeries, i);
}

static const WmReading *reading_at(const LongSeries *series, guint i)
{
    return &g_array_index(series->readings, WmReading, i);
}

/* ---- options without an effect ---- */

/* Whether some series has readings on both sides of where it begins. */
static gboolean splits_any(const GArray *all, WmPeriod rebase)
{
    for (guint i = 0; i < all->len; i++) {
        const LongSeries *series = series_at(all, i);
        const guint n = series->readings->len;
        if (n && wm_period_start(reading_at(series, 0)->period) < wm_period_start(rebase) &&
            wm_period_start(reading_at(series, n - 1)->period) >= wm_period_start(rebase))
            return TRUE;
    }
    return FALSE;
}

static gboolean holds_any(const GArray *all, WmPeriod excluded)
{
    for (guint i = 0; i < all->len; i++)
        for (guint j = 0; j < series_at(all, i)->readings->len; j++) {
            const WmPeriod period = reading_at(series_at(all, i), j)->period;
            if (wm_period_start(period) >= wm_period_start(excluded) && wm_period_end(period) <= wm_period_end(excluded))
                return TRUE;
        }
    return FALSE;
}

static void warn_periods(const char *option, const GArray *periods, const GArray *all,
                         gboolean (*matches)(const GArray *all, WmPeriod period), const char *why, const CommonOptions *common)
{
    char text[WM_PERIOD_TEXT];
    for (guint i = 0; i < periods->len; i++) {
        const WmPeriod period = g_array_index(periods, WmPeriod, i);
        if (!matches(all, period))
            say(common, "warning: %s %s changes nothing: %s", option, wm_period_format_iso(period, text), why);
    }
}

/* ---- targets ---- */

static gboolean is_known(const GArray *all, const char *id)
{
    for (guint i = 0; i < all->len; i++)
        if (strcmp(series_at(all, i)->id, id) == 0)
            return TRUE;
    return FALSE;
}

static void warn_strangers(const SpcJob *job, const GArray *all, const CommonOptions *common)
{
    const char *first = NULL;
    guint n = 0;
    for (guint i = 0; job->targets && i < job->targets->len; i++) {
        const LongTarget *target = &g_array_index(job->targets, LongTarget, i);
        if (*target->series == '\0' || is_known(all, target->series))
            continue;
        first = n++ ? first : target->series;
    }
    if (n)
        say(common, "warning: %u target%s of series that the file does not have, as “%s”", n, n == 1 ? " is" : "s are", first);
}

/* Shares from 0 to 1, each of a numerator and a denominator, whose latest target is above 1. */
static gboolean is_beyond_scale(const SpcJob *job, const LongSeries *series, GArray *points)
{
    spc_job_points(job, series, points);
    if (points->len == 0 || !(g_array_index(points, WmSpcPoint, points->len - 1).target > 1))
        return FALSE;
    for (guint i = 0; i < points->len; i++) {
        const WmSpcPoint *point = &g_array_index(points, WmSpcPoint, i);
        const gboolean is_share = point->denominator > 0 && point->numerator <= point->denominator && point->value <= 1;
        if (!isnan(point->value) && !is_share)
            return FALSE;
    }
    return TRUE;
}

static void warn_scale(const SpcJob *job, const GArray *all, const CommonOptions *common)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(WmSpcPoint));
    guint n = 0;
    for (guint i = 0; job->options.kind != WM_KIND_PERCENT && i < all->len; i++)
        n += is_beyond_scale(job, series_at(all, i), points) ? 1 : 0;
    if (n)
        say(common,
            "warning: the target of %u series is above 1 where the figures are shares from 0 to 1; --kind percent makes them "
            "percentages",
            n);
}

/* ---- forced charts ---- */

static gboolean is_not_of_whole(const WmReading *reading)
{
    const double count = isnan(reading->numerator) ? reading->value : reading->numerator;
    return isfinite(count) && count != round(count);
}

static gboolean is_above_all(const WmReading *reading)
{
    return reading->denominator > 0 && reading->numerator > reading->denominator;
}

static void warn_readings(const GArray *all, WmSpcChart chart, gboolean (*is_wrong)(const WmReading *reading), const char *what,
                          const CommonOptions *common)
{
    guint n = 0;
    for (guint i = 0; i < all->len; i++)
        for (guint j = 0; j < series_at(all, i)->readings->len; j++)
            n += is_wrong(reading_at(series_at(all, i), j)) ? 1 : 0;
    if (n)
        say(common, "warning: a %s chart is of %s, which %u reading%s not", wm_spc_chart_name(chart), what, n,
            n == 1 ? " is" : "s are");
}

void spc_warn(const SpcLine *line, const SpcJob *job, const GArray *all, const CommonOptions *common)
{
    const WmSpcChart chart = job->options.chart;
    if (all->len == 0)
        return;
    if ((line->period_min || line->shift_length) && job->options.establish != WM_SPC_ESTABLISH_SSA)
        say(common, "warning: --period-min and --shift-length change nothing without --establish ssa");
    warn_periods("--rebase", job->rebase, all, splits_any, "no series has readings before it and from it on", common);
    warn_periods("--exclude", job->exclude, all, holds_any, "no reading lies within it", common);
    warn_strangers(job, all, common);
    warn_scale(job, all, common);
    if (chart == WM_SPC_C || chart == WM_SPC_G)
        warn_readings(all, chart, is_not_of_whole, "whole numbers", common);
    if (chart == WM_SPC_P || chart == WM_SPC_PP)
        warn_readings(all, chart, is_above_all, "parts of a whole", common);
}
