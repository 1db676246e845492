/* plot/report/status_look.h: how a status is told from another: by word, by shape and, last, by colour. */
#ifndef WM_PLOT_STATUS_LOOK_H
#define WM_PLOT_STATUS_LOOK_H

#include <glib.h>
#include <waymark/assess.h>

G_BEGIN_DECLS

#define WM_SHAPE_MAX_POINTS 6

/** A shape, the same as in the charts, in a square of 1, y downwards: a polygon, or a circle across the square where there are no
 * points. */
typedef struct {
    size_t n_points;
    double x[WM_SHAPE_MAX_POINTS], y[WM_SHAPE_MAX_POINTS];
    bool is_hollow;
} WmShape;

typedef struct {
    const char *word;    /* "Red" */
    const char *meaning; /* in the key, as a sentence */
    const char *count;   /* under the headline's number */
    uint32_t ink_rgb;    /* word and shape on white paper; at least 4.5 to 1 */
    WmShape shape;
} WmStatusLook;

/** The look of a status. Lives for ever. */
const WmStatusLook *wm_status_look(WmRag rag);

/** What a mark adds, in words: "early warning"; "" for WM_PLAIN. Lives for ever. */
const char *wm_mark_words(WmMark mark);
const char *wm_mark_meaning(WmMark mark);

/** "Amber, early warning"; where a person has set it with the status by the figures beside it. Caller frees. */
char *wm_verdict_words(WmVerdict verdict);

/** Order of concern for "better" and "worse": red 0, amber 1, green 2, blue 3; -1 for what is not judged. */
int wm_rag_standing(WmRag rag);

/** Which way a shown status went by the figures: 1 better, -1 worse; 0 where it is the same, where one is not judged, and where
 * only a person's word came or went. */
int wm_verdict_way(WmVerdict was, WmVerdict now);

G_END_DECLS
#endif
