/* plot/chart/ranking.h: areas by rank, each with the interval in which its true figure may lie. */
#ifndef WM_PLOT_RANKING_H
#define WM_PLOT_RANKING_H

#include "plot/chart/areas.h"

G_BEGIN_DECLS

typedef struct {
    const WmArea *area;
    WmInterval interval; /* 95%, indicator's unit; NAN without counts */
    WmEffect effect;     /* the whole interval against the benchmark */
    size_t rank;         /* 1 is best; equal figures share one */
    bool is_tied;        /* another has the same figure */
} WmRankedArea;

typedef struct {
    const WmAreas *areas; /* borrowed */
    GArray *rows;         /* WmRankedArea, best first */
    size_t n_without;     /* areas without a figure */
    size_t n_differ;      /* rows whose interval leaves out the benchmark */
} WmRanking;

/** Rank them. Clear it. */
WmRanking wm_ranking_of(const WmAreas *areas);
void wm_ranking_clear(WmRanking *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WmRanking, wm_ranking_clear)

const WmRankedArea *wm_ranking_area(const WmRanking *self, guint i);

/** The one picked out; NULL for none. */
const WmRankedArea *wm_ranking_focus(const WmRanking *self);

/** Wordings of the finding, fullest first. Never empty. New. */
GStrv wm_ranking_wordings(const WmRanking *self);

/** "National 57.9%". New. */
char *wm_ranking_benchmark(const WmAreas *areas);

G_END_DECLS
#endif
