/* What of a plan's readings is hidden from the public. */
#include <waymark/public.h>

#include <math.h>

#include "engine/data/month/public_private.h"
#include "engine/data/plan/plan_private.h"
#include "engine/data/text/number_text.h"

void public_free_row(gpointer data)
{
    HiddenReading *row = data;
    g_free(row->indicator);
    g_free(row->unit);
    g_free(row->cohort);
    g_free(row);
}

char *public_key_of(const char *indicator, const char *unit, const char *cohort, WmPeriod period)
{
    char text[WM_PERIOD_TEXT];
    return g_strjoin("\x1F", indicator, unit, cohort, wm_period_format_iso(period, text), NULL);
}

void public_add_hidden(WmPublic *self, const Cell *cell)
{
    HiddenReading *row = g_new0(HiddenReading, 1);
    WmReading shown = cell->shown;
    if (cell->hiding != WM_ROUNDED)
        shown =
            (WmReading){.period = cell->reading.period, .value = NAN, .numerator = NAN, .denominator = NAN, .state = WM_SUPPRESSED};
    *row = (HiddenReading){
        g_strdup(cell->key.indicator), g_strdup(cell->key.unit), g_strdup(cell->key.cohort), cell->reading, shown, cell->hiding};
    g_hash_table_replace(self->hidden, public_key_of(row->indicator, row->unit, row->cohort, row->reading.period), row);
    g_hash_table_add(self->indicators, row->indicator);
    g_ptr_array_add(self->rows, row);
}

static const HiddenReading *find_row(const WmPublic *self, const char *indicator, const char *unit, const char *cohort,
                                     WmPeriod period)
{
    g_autofree char *key = public_key_of(indicator, unit, cohort, period);
    return g_hash_table_lookup(self->hidden, key);
}

WmHiding wm_public_hiding(const WmPublic *self, const char *indicator, const char *unit, const char *cohort, WmPeriod period)
{
    const HiddenReading *row = find_row(self, indicator, unit, cohort, period);
    return row ? row->hiding : WM_SHOWN;
}

bool wm_public_rounds(const WmPublic *self)
{
    return self->rounds;
}

bool wm_public_show(const WmPublic *self, const char *indicator, const char *unit, const char *cohort, WmReading *reading)
{
    const HiddenReading *row = find_row(self, indicator, unit, cohort, reading->period);
    if (!row)
        return false;
    reading->value = row->shown.value;
    reading->numerator = row->shown.numerator;
    reading->denominator = row->shown.denominator;
    if (row->hiding != WM_ROUNDED)
        reading->state = WM_SUPPRESSED;
    return true;
}

static WmDisclosureRules rules_of(const WmPlan *plan)
{
    const WmPlanSettings *settings = &plan->settings;
    return (WmDisclosureRules){settings->public_small, settings->public_denominator, settings->public_hides_zero != 0,
                               settings->public_base};
}

gboolean public_is_open(const WmPlan *plan, const char *indicator)
{
    g_auto(GStrv) open = g_strsplit_set(plan->settings.public_open, " ,;", -1);
    return g_strv_contains((const char *const *)open, indicator);
}

void wm_public_round(const WmPublic *self, const WmPlan *plan, const char *indicator, WmReading *reading)
{
    const WmIndicator *row = wm_plan_indicator(plan, indicator);
    if (self->rounds && row && !public_is_open(plan, indicator))
        *reading = public_round_reading(reading, row->measure.kind, &self->rules);
}

void public_keep_hidden(WmPublic *self, const GArray *cells)
{
    for (guint i = 0; i < cells->len; i++)
        if (g_array_index(cells, Cell, i).hiding)
            public_add_hidden(self, &g_array_index(cells, Cell, i));
}

WmPublic *wm_public_new(const WmPlan *plan, WmStore *store, WmDay as_at, GError **error)
{
    g_autoptr(WmPublic) self = g_new0(WmPublic, 1);
    self->rows = g_ptr_array_new_with_free_func(public_free_row);
    self->hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    self->indicators = g_hash_table_new(g_str_hash, g_str_equal);
    self->rules = rules_of(plan);
    self->rounds = plan->settings.public_rounds != 0;
    return public_search(self, plan, store, as_at, error) ? g_steal_pointer(&self) : NULL;
}

void wm_public_free(WmPublic *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->hidden);
    g_hash_table_unref(self->indicators);
    g_ptr_array_unref(self->rows);
    g_free(self);
}

size_t wm_public_n_rounded(const WmPublic *self)
{
    size_t n = 0;
    for (guint i = 0; i < self->rows->len; i++)
        n += ((const HiddenReading *)g_ptr_array_index(self->rows, i))->hiding == WM_ROUNDED;
    return n;
}

size_t wm_public_n_hidden(const WmPublic *self)
{
    return self->rows->len - wm_public_n_rounded(self);
}

char *wm_public_to_csv(const WmPublic *self)
{
    GString *out = g_string_new("indicator,unit,cohort,period,reason,value,numerator,denominator,"
                                "shown_value,shown_numerator,shown_denominator\n");
    for (guint i = 0; i < self->rows->len; i++) {
        const HiddenReading *row = g_ptr_array_index(self->rows, i);
        char period[WM_PERIOD_TEXT];
        const char *const fields[] = {row->indicator,
                                      row->unit,
                                      row->cohort,
                                      wm_period_format_iso(row->reading.period, period),
                                      wm_hiding_name(row->hiding),
                                      NUMBER_TEXT(row->reading.value),
                                      NUMBER_TEXT(row->reading.numerator),
                                      NUMBER_TEXT(row->reading.denominator),
                                      NUMBER_TEXT(row->shown.value),
                                      NUMBER_TEXT(row->shown.numerator),
                                      NUMBER_TEXT(row->shown.denominator)};
        csv_append_row(out, fields, G_N_ELEMENTS(fields));
    }
    return g_string_free(out, FALSE);
}
