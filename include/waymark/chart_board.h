/* waymark/chart_board.h: many series on one page. */
#ifndef WAYMARK_CHART_BOARD_H
#define WAYMARK_CHART_BOARD_H

#include <waymark/chart.h>

G_BEGIN_DECLS

/** Series on one page, in the order given. Borrowed; texts are UTF-8 and never NULL. */
typedef struct {
    const char *title; /* of the plan, or what is shown */
    WmDay as_at;
    const WmSeries *const *series; /* n_series */
    size_t n_series;
    const char *focus;  /* id or name of a unit to pick out in small multiples; NULL for none */
    const char *within; /* name of the region that small multiples are all of; NULL for none */
} WmBoard;

/** Draw a scorecard: a card for each series with its status pill, latest value, sparkline against plan, gap and chance. Where the
 * page has no room for every card, a note says how many are shown.
 *
 * @return the file's bytes, new; NULL with WM_ERROR_FILE
 */
GBytes *wm_chart_scorecard(const WmBoard *board, const WmChartOptions *options, GError **error);

/** Draw small multiples: a panel for each series of one indicator, all on the same scales, with the median of all in each. The one
 * picked out comes first, in a frame, and is what the title is about. */
GBytes *wm_chart_multiples(const WmBoard *board, const WmChartOptions *options, GError **error);

/** Draw a sparkline: one series as a word-sized line with its latest value and status; legible from 120 x 30 pixels. */
GBytes *wm_chart_sparkline(const WmSeries *series, const WmChartOptions *options, GError **error);

/** Alternative texts. Caller frees. */
char *wm_chart_scorecard_alt(const WmBoard *board);
char *wm_chart_multiples_alt(const WmBoard *board);

/** What a control chart says of one indicator's latest reading. Texts are borrowed. */
typedef struct {
    const char *name;
    const char
        *group; /* the indicator's title, by which areas are counted where a page has no room for their names; NULL for none */
    const char *measure_unit;
    WmMeasure measure;
    WmPeriod period;             /* of the latest reading; WM_PERIOD_NONE for none */
    double value;                /* indicator's unit; NAN for none */
    double target;               /* that assurance is about; NAN for none */
    bool is_target_of_path;      /* the path's value at the latest reading, not a milestone */
    double centre, lower, upper; /* NAN where there are none */
    bool is_judged;              /* the latest reading can signal at all: neither too few readings nor all the same */
    WmEffect variation;          /* says something only where it is judged */
    int direction;               /* of the signal: +1, -1, 0 */
    WmAssurance assurance;
} WmSpcItem;

/** Indicators of different units and polarities, side by side. */
typedef struct {
    const char *title;
    WmDay as_at;
    bool is_illustrative;
    const WmSpcItem *items; /* n_items, in the order in which they are listed */
    size_t n_items;
    bool is_of_areas; /* some indicator is there several times, once for each area */
} WmSpcBoard;

/** Draw the matrix of variation by assurance: each indicator's name in its cell, the count of each cell. */
GBytes *wm_chart_matrix(const WmSpcBoard *board, const WmChartOptions *options, GError **error);

/** Draw the summary table: a row for each indicator with its latest value, target, icons, mean and limits. */
GBytes *wm_chart_icons(const WmSpcBoard *board, const WmChartOptions *options, GError **error);

char *wm_chart_matrix_alt(const WmSpcBoard *board);
char *wm_chart_icons_alt(const WmSpcBoard *board);

G_END_DECLS
#endif
