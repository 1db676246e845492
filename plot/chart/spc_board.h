/* plot/chart/spc_board.h: what the charts of many control charts share. */
#ifndef WM_PLOT_SPC_BOARD_H
#define WM_PLOT_SPC_BOARD_H

#include <waymark/chart_board.h>

#include "plot/chart/frame.h"
#include "plot/chart/kinds.h"
#include "plot/chart/spc_chart_parts.h"

G_BEGIN_DECLS

#define WM_SPC_NOT_JUDGED "Not judged"

/** Words of a variation and an assurance: "Improvement", "Meets target"; WM_SPC_NOT_JUDGED for WM_ASSURANCE_NONE. */
const char *wm_spc_variation_word(WmEffect effect);
const char *wm_spc_assurance_word(WmAssurance assurance);

/** Items with a reading; those of them whose latest reading can signal. */
size_t wm_spc_board_n_charted(const WmSpcBoard *board);
size_t wm_spc_board_n_judged(const WmSpcBoard *board);

/** "21 not judged: too few readings, or all the same"; "" for none. New. */
char *wm_spc_board_not_judged(const WmSpcBoard *board);

/** Wordings of the finding, fullest first: what gets worse, what will not meet its target. Never empty. New. */
GStrv wm_spc_board_wordings(const WmSpcBoard *board);

WmRect wm_spc_board_header(WmCanvas *canvas, const WmChartStyle *style, const WmSpcBoard *board);

/** The control chart that suits each series, summed up. New; NULL without series. */
void *wm_spc_board_gather(const WmChartSelection *selection);
void wm_spc_board_release(void *board);

/** n dots in columns, as large as all fit in `room`: a number of indicators where there is no room for words. */
void wm_spc_board_draw_dots(WmCanvas *canvas, const WmChartStyle *style, WmRect room, size_t n);

G_END_DECLS
#endif
