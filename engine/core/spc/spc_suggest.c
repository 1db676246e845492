/* What the Stable Shift Algorithm would do, where it is not asked for. */
#include <waymark/spc.h>

#include <math.h>

static size_t latest_start(const WmSpcPoint *points, size_t n_points)
{
    size_t i = n_points;
    while (i-- > 1)
        if (points[i].starts_phase)
            return i;
    return 0;
}

/* Readings in a row from i on, on the side of the centre that the shift has gone to. */
static size_t count_beyond(const WmSpc *spc, size_t i, double centre, int direction)
{
    size_t n = 0;
    for (; i < spc->n_points; i++) {
        const double value = spc->points[i].value;
        if (isnan(value))
            continue;
        if (direction > 0 ? !(value > centre) : !(value < centre))
            break;
        n++;
    }
    return n;
}

WmStatus wm_spc_suggest(const WmSpcPoint *points, size_t n_points, const WmSpcOptions *options, WmSpcScratch *scratch,
                        WmSpcSuggestion *out)
{
    *out = (WmSpcSuggestion){.i_point = SIZE_MAX, .centre_before = NAN, .centre = NAN, .lower = NAN, .upper = NAN};
    WmSpcOptions asked = options ? *options : wm_spc_options_default();
    if (asked.establish == WM_SPC_ESTABLISH_SSA || asked.fix_after || asked.chart == WM_SPC_RUN)
        return WM_OK;
    asked.establish = WM_SPC_ESTABLISH_SSA;
    WmSpc spc;
    if (wm_spc_analyse(points, n_points, &asked, scratch, &spc) != WM_OK)
        return WM_NO_MEMORY;
    const size_t start = latest_start(points, n_points);
    for (size_t k = spc.n_log; k-- > 0;) {
        const WmSsaEntry *entry = &spc.log[k];
        if (entry->step != WM_SSA_ACCEPTED || entry->i_point <= start)
            continue;
        const double before = spc.points[entry->i_point - 1].centre;
        *out = (WmSpcSuggestion){.i_point = entry->i_point,
                                 .direction = entry->direction,
                                 .n_beyond = count_beyond(&spc, entry->i_point, before, entry->direction),
                                 .centre_before = before,
                                 .centre = entry->centre,
                                 .lower = entry->lower,
                                 .upper = entry->upper};
        break;
    }
    return WM_OK;
}
