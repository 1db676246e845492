/* Control charts of a plan's series. */
#include "engine/data/series_signals.h"

#include <glib.h>

void series_signals_find(WmSeries *series, WmSpcScratch *scratch)
{
    series->variation = WM_EFFECT_COMMON;
    series->assurance = WM_ASSURANCE_NONE;
    if (series->measure.kind == WM_KIND_YES_NO || series->measure.kind == WM_KIND_TEXT || !series->assessment.has_value)
        return;
    g_autofree WmSpcPoint *points = g_new(WmSpcPoint, series->n_readings);
    const WmSpcOptions options = wm_series_spc_options(series);
    wm_series_spc_points(series, points);
    WmSpc spc;
    if (wm_spc_analyse(points, series->n_readings, &options, scratch, &spc) != WM_OK)
        g_error("no memory for a control chart"); /* as every other allocation of GLib's */
    series->variation = spc.variation;
    series->assurance = spc.assurance;
}
