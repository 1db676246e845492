/* plot/chart/frame.h: what stands around every chart: the finding, what is shown, the status pill, the key and the notes. */
#ifndef WM_PLOT_FRAME_H
#define WM_PLOT_FRAME_H

#include "plot/chart/style.h"

G_BEGIN_DECLS

/** What stands top right in place of the status pill: draws itself with its top right corner at `corner`, and says what it covers.
 */
typedef struct {
    WmRect (*draw)(WmCanvas *canvas, const WmChartStyle *style, const void *data, WmPoint corner, double max_width);
    const void *data;
} WmBadge;

typedef struct {
    GStrv findings;      /* the title, fullest wording first: the first that fits is used; borrowed */
    const char *subject; /* indicator, measure unit, area */
    const char *as_at;   /* "As at 31 Mar 2022" */
    const char *source;  /* "" when not known; cut first where room is short */
    bool is_illustrative;
    WmVerdict verdict;
    WmBadge badge; /* draw NULL: the pill of the verdict */
} WmHeader;

/** Draw the header within `room` and give the y below it. */
double wm_frame_header(WmCanvas *canvas, const WmChartStyle *style, const WmHeader *header, WmRect room);

/** One entry of a key: a small picture and what it means. */
typedef struct {
    void (*draw)(WmCanvas *, const WmChartStyle *, WmRect swatch);
    const char *text;
} WmKeyEntry;

/** Lay out a key from the left, in as many rows as `room` is wide for, at most max_rows; entries that do not fit are left out.
 *
 * @param canvas  NULL draws nothing: only the height is wanted
 * @return rows used
 */
size_t wm_frame_key(WmCanvas *canvas, WmTypeset *typeset, const WmChartStyle *style, const WmKeyEntry *entries, size_t n_entries,
                    WmRect room, size_t max_rows);

/** Height of one row of the key or the notes. */
double wm_frame_row_height(const WmChartStyle *style);

G_END_DECLS
#endif
