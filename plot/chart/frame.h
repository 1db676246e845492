/* plot/chart/frame.h: what stands around every chart: the finding, what is shown, the badge, the key and the notes. */
#ifndef WM_PLOT_FRAME_H
#define WM_PLOT_FRAME_H

#include "plot/chart/style.h"

G_BEGIN_DECLS

/** What stands top right: draws itself with its top right corner at `corner`, and says what it covers. */
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
    WmBadge badge; /* draw NULL: none */
} WmHeader;

/** Draw the header within the page's margins and give the room below it. */
WmRect wm_frame_header(WmCanvas *canvas, const WmChartStyle *style, const WmHeader *header);

/** "As at 31 Mar 2022"; "" for WM_NO_DAY. New. */
char *wm_frame_as_at(WmDay day);

/** Notes in one line at the foot of `room`, cut where it ends, and the room above them. An empty text, and a thumbnail, take none.
 */
WmRect wm_frame_notes(WmCanvas *canvas, const WmChartStyle *style, WmRect room, const char *notes);

/** The parts of the notes that are not empty, joined as everywhere. `parts` ends with NULL. New. */
char *wm_frame_join(const char *const *parts);

/** One entry of a key: a small picture and what it means. */
typedef struct {
    void (*draw)(WmCanvas *, const WmChartStyle *, WmRect swatch);
    const char *text;
} WmKeyEntry;

/** An entry that stands in the key only where its mark is drawn. */
typedef struct {
    bool is_shown;
    WmKeyEntry entry;
} WmKeyRow;

/** The entries that are shown. New array of WmKeyEntry. */
GArray *wm_frame_key_of(const WmKeyRow *rows, size_t n_rows);

/** Lay out a key from the left, in as many rows as `room` is wide for, at most max_rows; entries that do not fit are left out.
 *
 * @param canvas  NULL draws nothing: only the height is wanted
 * @return rows used
 */
size_t wm_frame_key(WmCanvas *canvas, WmTypeset *typeset, const WmChartStyle *style, const WmKeyEntry *entries, size_t n_entries,
                    WmRect room, size_t max_rows);

/** The key (WmKeyEntry) at the foot of `room`, in up to three rows as the room allows, and the room above it. */
WmRect wm_frame_key_at_foot(WmCanvas *canvas, const WmChartStyle *style, WmRect room, const GArray *key);

/** Height of one row of the key or the notes. */
double wm_frame_row_height(const WmChartStyle *style);

G_END_DECLS
#endif
