/* plot/chart/time_page.h: the page of a chart through time: header above, lane of events, plot, key and notes below. */
#ifndef WM_PLOT_TIME_PAGE_H
#define WM_PLOT_TIME_PAGE_H

#include "plot/chart/axes.h"
#include "plot/chart/frame.h"

G_BEGIN_DECLS

/** What a plot through time must hold. */
typedef struct {
    double t_from, t_to; /* months */
    double low, high;    /* indicator's unit; NAN when there is no number at all */
} WmExtent;

/** What a page needs beside its series. Borrowed. */
typedef struct {
    const WmSeries *series;
    WmExtent extent;
    double pad;        /* px between the plot's sides and its first and last moment */
    double gutter;     /* px wanted to the right of the plot for names */
    const GArray *key; /* of WmKeyEntry: what needs one before labels are placed */
    bool has_notes;
} WmTimePageNeeds;

/** Where the stages of a page stand. */
typedef struct {
    WmRect room; /* below the header */
    WmRect lane; /* of the events, and of labels: from the room's top to the plot's foot, to the page's right */
    WmRect key;
    size_t n_key_rows;
    size_t n_unnamed_events, n_events_outside; /* flagged without a name; outside the time shown */
    WmPlot plot;
} WmTimePage;

/** Settle the page in the room below its header: first the plot's sides, then its foot, then its top, below the events. */
WmTimePage wm_time_page(WmCanvas *canvas, const WmChartStyle *style, const WmTimePageNeeds *needs, WmRect room);

/** What the eye cannot know of the events: "1 event outside the time shown"; "" for nothing. New. */
char *wm_time_page_events_note(const WmChartStyle *style, const WmTimePage *page);

/** Draw the key and the notes, and the strokes where the axis is cut. A thumbnail has none. */
void wm_time_page_foot(WmCanvas *canvas, const WmChartStyle *style, const WmTimePage *page, const GArray *key, const char *notes);

G_END_DECLS
#endif
