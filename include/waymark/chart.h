/* waymark/chart.h: charts of an assessed series, in PNG, SVG and PDF.
 *
 * Sizes are in pixels of 1/96 inch (SVG and PNG at scale 1); PDF is the same size in points of 3/4 pixel. The same input
 * gives the same bytes. Colour is never the only carrier of meaning; the title is the finding.
 */
#ifndef WAYMARK_CHART_H
#define WAYMARK_CHART_H

#include <waymark/error.h>
#include <waymark/series.h>

G_BEGIN_DECLS

typedef enum { WM_FORMAT_SVG, WM_FORMAT_PNG, WM_FORMAT_PDF, WM_N_FORMATS } WmFormat;

typedef enum {
    WM_THEME_SCREEN,
    WM_THEME_PRINT,
    WM_THEME_DARK,
    WM_THEME_MONOCHROME,
    WM_THEME_HIGH_CONTRAST,
    WM_N_THEMES,
} WmThemeName;

/** Members left 0 take the default named here. */
typedef struct {
    WmFormat format;       /* default SVG */
    int width_px;          /* default 960 */
    int height_px;         /* default 540 */
    double scale;          /* PNG only: device pixels a pixel; default 2 */
    WmThemeName theme;     /* default screen */
    const char *id_prefix; /* SVG only: prefix of every id in it, so that many can stand in one page; default "wm" */
} WmChartOptions;

/** Draw the trajectory chart of a series: baseline, milestones, required path, off-plan side, readings (provisional hollow, revised
 * ghosted, gaps as gaps), fit, 50/80/95% fan to the last milestone, the chance at each milestone, comparators, events.
 *
 * @return the file's bytes, new; NULL with WM_ERROR_FILE when Cairo or libpng failed
 */
GBytes *wm_chart_trajectory(const WmSeries *series, const WmChartOptions *options, GError **error);

/** Alternative text: what the trajectory chart shows, in one or two sentences. Caller frees. */
char *wm_chart_trajectory_alt(const WmSeries *series);

/** Draw the control chart of a series: limits by phase, centre, target, signals by form and colour, excluded and provisional
 * readings, icons of variation and assurance; the title is the finding.
 *
 * @param spc  of the series' readings, one point each in their order; borrowed; NULL for the chart that suits the measure
 *             (wm_series_spc_points, wm_series_spc_options)
 * @return the file's bytes, new; NULL with WM_ERROR_FILE when Cairo or libpng failed
 */
GBytes *wm_chart_spc(const WmSeries *series, const WmSpc *spc, const WmChartOptions *options, GError **error);

/** Alternative text: what the control chart shows, in a few sentences. `spc` as above. Caller frees. */
char *wm_chart_spc_alt(const WmSeries *series, const WmSpc *spc);

/** The first text that this thread has drawn into a PNG or PDF with letters that no font of the system has, so that boxes stand in
 * their place; NULL: every letter had a font. An SVG leaves its letters to who shows it, and never counts. Borrowed. */
const char *wm_chart_unknown_letters(void);

const char *wm_format_name(WmFormat format);
bool wm_format_parse(const char *text, WmFormat *out);
const char *wm_theme_name(WmThemeName theme);
bool wm_theme_parse(const char *text, WmThemeName *out);

G_END_DECLS
#endif
