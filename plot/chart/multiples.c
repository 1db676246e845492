/* What small multiples say and share. */
#include "plot/chart/multiples.h"

#include <math.h>
#include <string.h>

#include "plot/chart/finding.h"

/* ---- the median of all areas ---- */

static int by_time_then_value(gconstpointer a, gconstpointer b)
{
    const WmMoment *x = a, *y = b;
    if (x->t_months != y->t_months)
        return x->t_months > y->t_months ? 1 : -1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Of each moment at which at least half of the areas have a value. New array of WmMoment. */
GArray *wm_multiples_medians(const WmBoard *board)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(WmMoment));
    for (size_t i = 0; i < board->n_series; i++)
        for (size_t j = 0; j < board->series[i]->n_readings; j++) {
            const WmReading *reading = &board->series[i]->readings[j];
            const WmMoment moment = {wm_reading_months(reading), reading->value};
            if (isfinite(reading->value))
                g_array_append_val(all, moment);
        }
    g_array_sort(all, by_time_then_value);
    GArray *result = g_array_new(FALSE, FALSE, sizeof(WmMoment));
    for (guint from = 0, to; from < all->len; from = to) {
        const WmMoment *first = &g_array_index(all, WmMoment, from);
        for (to = from; to < all->len && g_array_index(all, WmMoment, to).t_months == first->t_months;)
            to++;
        const guint n = to - from;
        const WmMoment median = {first->t_months, (first[(n - 1) / 2].value + first[n / 2].value) / 2};
        if (2 * n >= board->n_series && board->n_series > 2)
            g_array_append_val(result, median);
    }
    return result;
}

/* ---- words ---- */

/* Whether its latest value may stand for it: never an older one by itself. */
static bool has_latest(const WmSeries *series)
{
    return series->assessment.has_value && !wm_is_older(series);
}

/* The series with the lowest (-1) or highest (+1) latest value; NULL when none has one. */
static const WmSeries *extreme(const WmBoard *board, int way, size_t *i_found)
{
    const WmSeries *found = NULL;
    for (size_t i = 0; i < board->n_series; i++) {
        const WmSeries *series = board->series[i];
        if (!has_latest(series) || (found && way * (series->assessment.reading.value - found->assessment.reading.value) <= 0))
            continue;
        found = series;
        *i_found = i;
    }
    return found;
}

/* The series of the unit picked out; SIZE_MAX for none. */
size_t wm_multiples_focus(const WmBoard *board)
{
    for (size_t i = 0; i < board->n_series && board->focus; i++) {
        const WmSeries *series = board->series[i];
        const bool has_unit = *series->unit || *series->unit_name; /* a file without ids has names for its areas alone */
        if (strcmp(board->focus, series->unit) == 0 || strcmp(board->focus, series->unit_name) == 0 ||
            (!has_unit && (strcmp(board->focus, series->title) == 0 || strcmp(board->focus, series->indicator) == 0)))
            return i;
    }
    return SIZE_MAX;
}

/* The series of panel i: the one picked out stands first, so that it is there even when the page has no room for all. */
size_t wm_multiples_series(const WmBoard *board, size_t i)
{
    const size_t focus = wm_multiples_focus(board);
    return focus == SIZE_MAX || i > focus ? i : i == 0 ? focus : i - 1;
}

static const char *latest_in_words(const WmSeries *series, char value[WM_VALUE_TEXT])
{
    return wm_value_format(series->assessment.reading.value, &series->measure, series->measure_unit, value);
}

static char *end_in_words(const WmBoard *board, int way)
{
    size_t i = 0;
    char value[WM_VALUE_TEXT];
    const WmSeries *series = extreme(board, way, &i);
    g_autofree char *name = wm_board_name(board->series, board->n_series, i);
    return g_strdup_printf("%s in %s", latest_in_words(series, value), name);
}

/* "From 31.2% in Bristol to 75.9% in Somerset", "All 9 areas at 100.0%", or of one area "72.8% in Nov 2016". */
static char *range_in_words(const WmBoard *board)
{
    size_t i_low = 0, i_high = 0, n = 0;
    char value[WM_VALUE_TEXT], period[WM_PERIOD_TEXT];
    const WmSeries *low = extreme(board, -1, &i_low), *high = extreme(board, 1, &i_high);
    for (size_t i = 0; i < board->n_series; i++)
        n += has_latest(board->series[i]);
    latest_in_words(high, value);
    if (board->n_series == 1)
        return g_strconcat(value, wm_period_in(high->assessment.reading.period),
                           wm_period_format(high->assessment.reading.period, period), NULL);
    if (n > 1 && low->assessment.reading.value == high->assessment.reading.value)
        return n == 2 ? g_strdup_printf("Both areas at %s", value) : g_strdup_printf("All %zu areas at %s", n, value);
    g_autofree char *from = end_in_words(board, -1), *to = end_in_words(board, 1);
    return n == 1 ? g_strdup(to) : g_strdup_printf("From %s to %s", from, to);
}

/* "3.2% to 100.0%": both ends, for one alone would stand for all. NULL where there are no two. New. */
static char *range_in_numbers(const WmBoard *board)
{
    size_t i_low = 0, i_high = 0;
    char from[WM_VALUE_TEXT], to[WM_VALUE_TEXT];
    const WmSeries *low = extreme(board, -1, &i_low), *high = extreme(board, 1, &i_high);
    if (low->assessment.reading.value == high->assessment.reading.value)
        return NULL;
    return g_strdup_printf("%s to %s", latest_in_words(low, from), latest_in_words(high, to));
}

static char *focus_in_words(const WmBoard *board, size_t focus)
{
    char value[WM_VALUE_TEXT];
    const WmSeries *series = board->series[focus];
    g_autofree char *name = wm_board_name(board->series, board->n_series, focus);
    if (wm_is_older(series))
        return g_strdup_printf("Newer figures of %s are not published", name);
    return series->assessment.has_value ? g_strdup_printf("%s at %s", name, latest_in_words(series, value))
                                        : g_strdup_printf("%s has no reading", name);
}

GStrv wm_multiples_wordings(const WmBoard *board)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    size_t i;
    if (!extreme(board, 1, &i)) {
        size_t n_older = 0;
        for (size_t k = 0; k < board->n_series; k++)
            n_older += wm_is_older(board->series[k]);
        g_strv_builder_add(builder, n_older ? "Newer figures are not published" : "No readings yet");
        return g_strv_builder_end(builder);
    }
    g_autofree char *range = range_in_words(board);
    const size_t focus = board->n_series > 1 ? wm_multiples_focus(board) : SIZE_MAX;
    if (focus != SIZE_MAX) {
        g_autofree char *picked = focus_in_words(board, focus);
        g_autofree char *all = g_strdup_printf("%s; areas are %c%s", picked, g_ascii_tolower(*range), range + 1);
        g_strv_builder_add(builder, all);
        g_strv_builder_add(builder, picked);
        return g_strv_builder_end(builder);
    }
    g_strv_builder_add(builder, range);
    g_autofree char *brief = range_in_numbers(board);
    if (brief)
        g_strv_builder_add(builder, brief);
    return g_strv_builder_end(builder);
}

char *wm_multiples_subject(const WmBoard *board)
{
    if (board->n_series == 0)
        return g_strdup(board->title);
    const WmSeries *first = board->series[0];
    const bool are_units = *first->unit_name || *first->unit || board->n_series == 1;
    const char *within = board->within ? board->within : "";
    const char *title = are_units ? first->title : board->title, *unit = board->n_series == 1 ? first->unit_name : within;
    g_autofree char *measure = *first->measure_unit ? g_strdup_printf("%s (%s)", title, first->measure_unit) : g_strdup(title);
    return g_strconcat(measure, *unit ? ", " : "", unit, NULL);
}

/* ---- the scale that all share ---- */

#define MOST_ALIKE   0.98 /* share of the readings that a scale has to hold; all, unless the others would at least double it */
#define FEWEST_AREAS 20   /* of fewer, each counts */

static int by_size(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* What the scale holds whatever the past was: the latest readings and the plan. */
static WmExtent extent_of_now(const WmBoard *board)
{
    const double none = nan("");
    WmExtent extent = {none, none, none, none};
    for (size_t i = 0; i < board->n_series; i++) {
        const WmSeries *series = board->series[i];
        const double latest = series->assessment.has_value ? series->assessment.reading.value : none;
        extent = wm_extent_union(extent, (WmExtent){none, none, latest, latest});
        for (size_t k = 0; k < series->n_milestones; k++)
            extent = wm_extent_union(extent, (WmExtent){none, none, series->milestones[k].target, series->milestones[k].target});
    }
    return extent;
}

/* A few readings of long ago, of very small areas, would flatten every other line: they leave the panel, and a note counts them. */
static void leave_out_outliers(const WmBoard *board, WmExtent *extent)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    for (size_t i = 0; i < board->n_series; i++)
        for (size_t k = 0; k < board->series[i]->n_readings; k++)
            if (isfinite(board->series[i]->readings[k].value))
                g_array_append_val(values, board->series[i]->readings[k].value);
    if (board->n_series < FEWEST_AREAS || values->len < FEWEST_AREAS)
        return;
    g_array_sort(values, by_size);
    const guint n_beyond = (guint)((double)values->len * (1 - MOST_ALIKE) / 2);
    const WmExtent now = extent_of_now(board);
    const double low = fmin(now.low, g_array_index(values, double, n_beyond)),
                 high = fmax(now.high, g_array_index(values, double, values->len - 1 - n_beyond));
    if (extent->high - extent->low <= 2 * (high - low))
        return;
    extent->low = low;
    extent->high = high;
}

WmExtent wm_multiples_extent(const WmBoard *board)
{
    const double none = nan("");
    WmExtent extent = {none, none, none, none};
    for (size_t i = 0; i < board->n_series; i++)
        extent = wm_extent_union(extent, wm_spark_extent_shared(board->series[i]));
    leave_out_outliers(board, &extent);
    return extent;
}
