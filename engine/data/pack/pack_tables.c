/* readings.csv, prospects.csv and drops.csv. */
#include <waymark/pack.h>

#include "engine/data/text/number_text.h"

#define COUNT(value) NUMBER_TEXT((double)(value))

static const char *day_text(WmDay day, char text[WM_PERIOD_TEXT])
{
    return day == WM_NO_DAY ? "" : wm_day_format_iso(day, text);
}

char *wm_month_readings_to_csv(const WmMonth *self)
{
    GString *out = g_string_new("indicator,unit,cohort,period,value,numerator,denominator,state,trajectory\n");
    for (size_t i = 0; i < self->n_series; i++) {
        const WmSeries *series = &self->series[i];
        for (size_t k = 0; k < series->n_readings; k++) {
            const WmReading *one = &series->readings[k];
            char period[WM_PERIOD_TEXT];
            const char *const fields[] = {series->indicator,
                                          series->unit,
                                          series->cohort,
                                          wm_period_format_iso(one->period, period),
                                          NUMBER_TEXT(one->value),
                                          NUMBER_TEXT(one->numerator),
                                          NUMBER_TEXT(one->denominator),
                                          wm_reading_state_name(one->state),
                                          NUMBER_TEXT(wm_trajectory_at(&series->trajectory, wm_reading_months(one)))};
            csv_append_row(out, fields, G_N_ELEMENTS(fields));
        }
    }
    return g_string_free(out, FALSE);
}

char *wm_month_prospects_to_csv(const WmMonth *self)
{
    GString *out = g_string_new("indicator,unit,cohort,due,target_text,target,unresolved,outcome,chance\n");
    for (size_t i = 0; i < self->n_series; i++) {
        const WmSeries *series = &self->series[i];
        for (size_t k = 0; k < series->n_milestones; k++) {
            const WmSeriesMilestone *one = &series->milestones[k];
            char due[WM_PERIOD_TEXT];
            const char *const fields[] = {series->indicator,
                                          series->unit,
                                          series->cohort,
                                          day_text(one->due, due),
                                          one->text,
                                          NUMBER_TEXT(one->target),
                                          one->reason,
                                          *one->reason ? "" : wm_milestone_state_name(one->outcome.state),
                                          NUMBER_TEXT(one->chance)};
            csv_append_row(out, fields, G_N_ELEMENTS(fields));
        }
    }
    return g_string_free(out, FALSE);
}

char *wm_month_drops_to_csv(const WmMonth *self)
{
    GString *out = g_string_new("received,file,rows,loaded,revised,unchanged,quarantined,withdrawn,hash\n");
    for (size_t i = 0; i < self->n_drops; i++) {
        const WmDropInfo *one = &self->drops[i];
        char received[WM_PERIOD_TEXT], withdrawn[WM_PERIOD_TEXT];
        const char *const fields[] = {day_text(one->received, received),
                                      one->file,
                                      COUNT(one->n_rows),
                                      COUNT(one->n_loaded),
                                      COUNT(one->n_revised),
                                      COUNT(one->n_unchanged),
                                      COUNT(one->n_quarantined),
                                      wm_drop_is_withdrawn(one, self->as_at) ? day_text(one->withdrawn, withdrawn) : "",
                                      one->hash};
        csv_append_row(out, fields, G_N_ELEMENTS(fields));
    }
    return g_string_free(out, FALSE);
}
