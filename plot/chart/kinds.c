/* Every kind of chart by name. */
#include "plot/chart/kinds.h"

#include <string.h>
#include <waymark/chart_board.h>

#define KIND(name) extern const WmChartKind wm_kind_##name;
#include "chart_kinds.inc"
#undef KIND

#define KIND(name) &wm_kind_##name,
static const WmChartKind *const KINDS[] = {
#include "chart_kinds.inc"
};
#undef KIND

const WmChartKind *const *wm_chart_kinds(size_t *n)
{
    *n = G_N_ELEMENTS(KINDS);
    return KINDS;
}

const WmChartKind *wm_chart_kind_find(const char *name)
{
    g_autofree char *wanted = g_strdelimit(g_ascii_strdown(name, -1), "-", '_');
    for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
        if (strcmp(KINDS[i]->name, wanted) == 0)
            return KINDS[i];
    return NULL;
}

const char *wm_chart_kind_name(const WmChartKind *kind)
{
    return kind->name;
}

const char *wm_chart_kind_summary(const WmChartKind *kind)
{
    return kind->summary;
}

WmChartScope wm_chart_kind_scope(const WmChartKind *kind)
{
    return kind->scope;
}

bool wm_chart_kind_needs_plan(const WmChartKind *kind)
{
    return kind->needs_plan;
}

const char *wm_chart_kind_refuses(const WmChartKind *kind, const WmSeries *series)
{
    return kind->refuses ? kind->refuses(series) : NULL;
}

bool wm_kind_is_about(const WmChartSelection *selection, const char *indicators)
{
    if (!selection->about)
        return true;
    g_auto(GStrv) ids = g_strsplit_set(indicators ? indicators : "", " ;,", -1);
    return g_strv_contains((const char *const *)ids, selection->about);
}

void *wm_kind_gather_series(const WmChartSelection *selection)
{
    return selection->n_series ? (void *)(guintptr)selection->series[0] : NULL;
}

void *wm_kind_gather_board(const WmChartSelection *selection)
{
    if (selection->n_series == 0)
        return NULL;
    WmBoard *board = g_new(WmBoard, 1);
    const char *within = selection->within ? selection->within->name : NULL;
    *board = (WmBoard){selection->title, selection->as_at, selection->series, selection->n_series, selection->focus, within};
    return board;
}

GBytes *wm_chart_kind_write(const WmChartKind *kind, const WmChartSelection *selection, const WmChartOptions *options,
                            GError **error)
{
    void *data = kind->gather(selection);
    if (!data) {
        if (kind->nothing)
            wm_error_set(error, WM_ERROR_INPUT, &(WmErrorPlace){.advice = kind->advice}, "%s%s%s", kind->nothing,
                         selection->about ? " that names the indicator " : "", selection->about ? selection->about : "");
        else
            wm_error_set(error, WM_ERROR_INPUT, NULL, "there is nothing that a chart of kind %s could show", kind->name);
        return NULL;
    }
    WmChartOptions sized = options ? *options : (WmChartOptions){0};
    if (sized.width_px <= 0)
        sized.width_px = kind->width_px ? kind->width_px : 960;
    if (sized.height_px <= 0)
        sized.height_px = kind->height      ? MIN(kind->height(data, sized.width_px), WM_CHART_MOST_PX)
                          : kind->height_px ? kind->height_px
                                            : 540;
    GBytes *bytes = kind->write(data, &sized, error);
    if (kind->release)
        kind->release(data);
    return bytes;
}
