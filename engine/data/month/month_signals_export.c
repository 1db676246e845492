/* signals.csv: what the report's control charts show, reading by reading. */
#include <waymark/month.h>

#include "engine/data/text/number_text.h"

static void add_series(GString *out, const WmSeries *series, const WmSpc *spc)
{
    for (size_t i = 0; i < spc->n_points; i++) {
        const WmSpcVerdict *point = &spc->points[i];
        char period[WM_PERIOD_TEXT];
        const char *const fields[] = {series->indicator,
                                      series->unit,
                                      series->cohort,
                                      wm_period_format_iso(series->readings[i].period, period),
                                      NUMBER_TEXT(point->value),
                                      NUMBER_TEXT(point->centre),
                                      NUMBER_TEXT(point->lower),
                                      NUMBER_TEXT(point->upper),
                                      NUMBER_TEXT((double)point->i_phase + 1),
                                      NUMBER_TEXT(point->target),
                                      wm_signal_name(point->signal),
                                      wm_effect_name(point->effect)};
        csv_append_row(out, fields, G_N_ELEMENTS(fields));
    }
}

char *wm_month_signals_to_csv(const WmMonth *self)
{
    GString *out = g_string_new("indicator,unit,cohort,period,value,centre,lower,upper,phase,target,signal,effect\n");
    WmSpcScratch *scratch = wm_spc_scratch_new();
    for (size_t i = 0; i < self->n_series; i++) {
        WmSpc spc;
        if (!wm_series_has_signal(&self->series[i]))
            continue;
        if (!scratch || wm_series_chart(&self->series[i], scratch, &spc) != WM_OK)
            g_error("no memory for a control chart"); /* as every other allocation of GLib's */
        add_series(out, &self->series[i], &spc);
    }
    wm_spc_scratch_free(scratch);
    return g_string_free(out, FALSE);
}
