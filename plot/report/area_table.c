/* The table of a measure's areas: the figure of each, its rank, and what it is against. */
#include "plot/report/area_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/chart/finding.h"
#include "plot/report/wording.h"

bool wm_area_is_same_measure(const WmComparedMeasure *a, const WmComparedMeasure *b)
{
    return strcmp(a->series->indicator, b->series->indicator) == 0 && strcmp(a->series->cohort, b->series->cohort) == 0;
}

const char *wm_area_say_title(WmDocument *document, const WmComparison *comparison, const WmComparedMeasure *measure)
{
    const WmSeries *series = measure->series;
    bool has_other = false;
    for (size_t i = 0; i < comparison->n_measures; i++)
        has_other |= &comparison->measures[i] != measure && wm_area_is_same_measure(&comparison->measures[i], measure);
    g_autofree char *type = g_strdelimit(g_strdup(has_other ? measure->type : ""), "_", ' ');
    return wm_document_textf(document, "%s%s%s%s%s", *series->title ? series->title : series->indicator,
                             *series->cohort ? ", " : "", series->cohort, *type ? ", " : "", type);
}

/* In a table, whose caption names the unit: a sign alone stays with every figure. */
static const char *say_bare(WmDocument *document, const WmComparedMeasure *measure, double value)
{
    char text[WM_VALUE_TEXT];
    const WmSeries *series = measure->series;
    const char *sign = wm_unit_sign(series->measure_unit);
    return isnan(value) ? WM_DASH : wm_document_text(document, wm_value_format(value, &series->measure, sign, text));
}

/* "4.0 better", where no way is better "4.0 higher"; "level" where it rounds to nothing. The caption names the unit. */
static const char *say_gap(WmDocument *document, const WmComparedMeasure *measure, double value, double level)
{
    const WmSeries *series = measure->series;
    const double gap = wm_compared_gap(measure, value, level);
    const bool is_judged = wm_polarity_sign(series->measure.polarity) != 0;
    char text[WM_VALUE_TEXT];
    if (isnan(gap))
        return WM_DASH;
    if (wm_round(gap, series->measure.decimals) == 0)
        return "level";
    const char *word = is_judged ? (gap > 0 ? "better" : "worse") : gap > 0 ? "higher" : "lower";
    return wm_document_textf(document, "%s %s", wm_value_format(fabs(gap), &series->measure, "", text), word);
}

static const char *say_change(WmDocument *document, const WmComparedMeasure *measure, const WmComparedArea *area)
{
    const WmSeries *series = measure->series;
    const double change = area->figure.value - area->before;
    char text[WM_VALUE_TEXT];
    if (isnan(change))
        return WM_DASH;
    if (wm_round(change, series->measure.decimals) == 0)
        return "no change";
    return wm_document_textf(document, "%s %s", change > 0 ? "up" : "down",
                             wm_value_format(fabs(change), &series->measure, "", text));
}

static const char *say_quarter(const WmComparedMeasure *measure, int quartile)
{
    static const char *const JUDGED[] = {WM_DASH, "best", "second", "third", "last"}, *const PLAIN[] = {WM_DASH, "highest",
                                                                                                        "second", "third",
                                                                                                        "lowest"};
    return (wm_polarity_sign(measure->series->measure.polarity) ? JUDGED : PLAIN)[quartile];
}

/* "better", "much better" than chance allows; "" within the limits. */
static const char *say_funnel(const WmComparedMeasure *measure, int side)
{
    static const char *const ABOVE[] = {"above what chance allows", "far above what chance allows"},
                             *const BELOW[] = {"below what chance allows", "far below what chance allows"},
                             *const BETTER[] = {"better than chance", "far better than chance"},
                             *const WORSE[] = {"worse than chance", "far worse than chance"};
    const int sign = wm_polarity_sign(measure->series->measure.polarity), i = abs(side) - 1;
    if (side == 0)
        return "";
    return sign == 0 ? (side > 0 ? ABOVE : BELOW)[i] : (side * sign > 0 ? BETTER : WORSE)[i];
}

enum { AREA_NAME, AREA_FIGURE, AREA_RANK, AREA_QUARTER, AREA_ALL, AREA_REGION, AREA_NEIGHBOURS, AREA_CHANGE, N_AREA_COLUMNS };

static const WmColumn AREA_COLUMNS[N_AREA_COLUMNS] = {
    [AREA_NAME] = {"Area", WM_ALIGN_START, true},
    [AREA_FIGURE] = {"Figure", WM_ALIGN_END, false},
    [AREA_RANK] = {"Rank", WM_ALIGN_END, false},
    [AREA_QUARTER] = {"Quarter", WM_ALIGN_START, false},
    [AREA_ALL] = {"Against all areas", WM_ALIGN_START, false},
    [AREA_REGION] = {"Against its region", WM_ALIGN_START, false},
    [AREA_NEIGHBOURS] = {"Against neighbours", WM_ALIGN_START, false},
    [AREA_CHANGE] = {"In a year", WM_ALIGN_START, false},
};

static WmProse *say_name(WmDocument *document, const WmComparedArea *area)
{
    WmProse *prose = wm_document_prose(document, area->name);
    if (area->is_small) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, "few cases: read with caution");
    }
    return prose;
}

/* The figure, and its interval below. */
static WmProse *say_figure(WmDocument *document, const WmComparedMeasure *measure, const WmComparedArea *area)
{
    WmProse *prose = wm_document_prose(document, say_bare(document, measure, area->figure.value));
    char low[WM_VALUE_TEXT], high[WM_VALUE_TEXT];
    const WmSeries *series = measure->series;
    if (isnan(area->interval.low))
        return prose;
    wm_prose_break(prose);
    wm_prose_addf(prose, WM_RUN_SMALL, "%s to %s", wm_value_format(area->interval.low, &series->measure, "", low),
                  wm_value_format(area->interval.high, &series->measure, "", high));
    return prose;
}

static WmProse *say_against_all(WmDocument *document, const WmComparedMeasure *measure, const WmComparedArea *area)
{
    WmProse *prose = wm_document_prose(document, say_gap(document, measure, area->figure.value, measure->nation.value));
    if (area->funnel) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, say_funnel(measure, area->funnel));
    }
    return prose;
}

/* A gap, and below it what it is against. */
static WmProse *say_against(WmDocument *document, const WmComparedMeasure *measure, const WmComparedArea *area, double level,
                            const char *who)
{
    WmProse *prose = wm_document_prose(document, say_gap(document, measure, area->figure.value, level));
    if (isfinite(level) && *who) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "%s %s", who, say_bare(document, measure, level));
    }
    return prose;
}

static const char *say_neighbours(WmDocument *document, const WmComparedArea *area)
{
    return area->n_neighbours == area->n_named ? wm_document_textf(document, "%zu at", area->n_neighbours)
                                               : wm_document_textf(document, "%zu of %zu at", area->n_neighbours, area->n_named);
}

/* Columns that some unit fills. */
static size_t pick_columns(const WmComparedMeasure *measure, size_t picked[N_AREA_COLUMNS])
{
    bool has_before = false;
    for (size_t i = 0; i < measure->n_areas; i++)
        has_before |= isfinite(measure->areas[i].before);
    const bool is_filled[N_AREA_COLUMNS] = {[AREA_NAME] = true,
                                            [AREA_FIGURE] = true,
                                            [AREA_RANK] = true,
                                            [AREA_QUARTER] = measure->quartiles.n >= WM_FEWEST_QUARTERED,
                                            [AREA_ALL] = isfinite(measure->nation.value),
                                            [AREA_REGION] = measure->has_regions,
                                            [AREA_NEIGHBOURS] = measure->has_neighbours && measure->has_counts,
                                            [AREA_CHANGE] = has_before};
    size_t n = 0;
    for (size_t i = 0; i < N_AREA_COLUMNS; i++)
        if (is_filled[i])
            picked[n++] = i;
    return n;
}

static void add_area_row(WmDocument *document, WmTable *table, const WmComparedMeasure *measure, const WmComparedArea *area,
                         const size_t *picked, size_t n_picked)
{
    WmProse *const all[N_AREA_COLUMNS] = {
        [AREA_NAME] = say_name(document, area),
        [AREA_FIGURE] = say_figure(document, measure, area),
        [AREA_RANK] = area->rank ? wm_document_prosef(document, "%zu", area->rank) : wm_document_prose(document, WM_DASH),
        [AREA_QUARTER] = wm_document_prose(document, say_quarter(measure, area->quartile)),
        [AREA_ALL] = say_against_all(document, measure, area),
        [AREA_REGION] = say_against(document, measure, area, area->regional, area->region),
        [AREA_NEIGHBOURS] = say_against(document, measure, area, area->neighbours, say_neighbours(document, area)),
        [AREA_CHANGE] = wm_document_prose(document, say_change(document, measure, area)),
    };
    WmProse *cells[N_AREA_COLUMNS];
    for (size_t i = 0; i < n_picked; i++)
        cells[i] = all[picked[i]];
    wm_table_row(document, table, cells);
}

void wm_document_add_areas_table(WmDocument *document, const WmComparison *comparison, const WmComparedMeasure *measure)
{
    size_t picked[N_AREA_COLUMNS];
    WmColumn columns[N_AREA_COLUMNS];
    const size_t n_picked = pick_columns(measure, picked);
    for (size_t i = 0; i < n_picked; i++)
        columns[i] = AREA_COLUMNS[picked[i]];
    const char *unit = measure->series->measure_unit;
    const char *caption =
        wm_document_textf(document, "%s%s%s%s, %s: every area%s", wm_area_say_title(document, comparison, measure),
                          *unit ? " (" : "", unit, *unit ? ")" : "", wm_say_period(document, measure->period),
                          measure->series->measure.kind == WM_KIND_PERCENT ? "; differences in points" : "");
    WmTable *table = wm_document_table(document, caption, columns, n_picked);
    table->is_dense = true;
    for (size_t i = 0; i < measure->n_areas; i++)
        add_area_row(document, table, measure, &measure->areas[i], picked, n_picked);
    wm_document_add_table(document, table);
}
