/* What a roll-up waits for. */
#include "engine/data/series/series_missing.h"

#include "engine/data/series/roll_up_units.h"
#include "engine/data/series/vintages.h"

#define N_NAMED 5

/* One part in one span. */
typedef struct {
    const DerivedInput *input;
    const PartVintages *part;
    const char *indicator; /* the part's */
    GArray *units;         /* of RollUpUnit */
    GPtrArray *readings;   /* of GArray of WmDerivedReading, beside them */
    WmDay first, next;
} Span;

static void clear_missing(gpointer data)
{
    g_free(((MissingUnits *)data)->text);
}

static gint by_period(gconstpointer a, gconstpointer b)
{
    return wm_period_compare(*(const WmPeriod *)a, *(const WmPeriod *)b);
}

/* Every period that some unit has, in order and each once. New. */
static GArray *periods_of(const Span *self)
{
    GArray *periods = g_array_new(FALSE, FALSE, sizeof(WmPeriod));
    for (guint i = 0; i < self->units->len; i++) {
        const GArray *readings = g_ptr_array_index(self->readings, i);
        for (guint k = roll_up_n_before(readings, self->first); k < roll_up_n_before(readings, self->next); k++)
            g_array_append_val(periods, g_array_index(readings, WmDerivedReading, k).reading.period);
    }
    g_array_sort(periods, by_period);
    guint n = 0;
    for (guint i = 0; i < periods->len; i++)
        if (n == 0 || by_period(&g_array_index(periods, WmPeriod, i), &g_array_index(periods, WmPeriod, n - 1)) != 0)
            g_array_index(periods, WmPeriod, n++) = g_array_index(periods, WmPeriod, i);
    return g_array_set_size(periods, n);
}

static gboolean has_reading(const GArray *readings, WmPeriod period)
{
    for (guint i = roll_up_n_before(readings, wm_period_end(period)); i < readings->len; i++) {
        const WmReading *one = &g_array_index(readings, WmDerivedReading, i).reading;
        const int order = wm_period_compare(one->period, period);
        if (order >= 0)
            return order == 0 && one->state != WM_MISSING;
    }
    return FALSE;
}

/* The last drop that told of the period, which is what is known of it. */
static void find_last(const Span *self, MissingUnits *one)
{
    one->received = WM_NO_DAY;
    for (guint i = 0; i < self->units->len; i++) {
        const guint i_series = g_array_index(self->units, RollUpUnit, i).i_series;
        const GArray *vintages = i_series == ROLL_UP_ABSENT ? NULL : g_ptr_array_index(self->part->vintages, i_series);
        for (guint k = 0; vintages && k < vintages->len; k++) {
            const WmVintage *vintage = &g_array_index(vintages, WmVintage, k);
            if (wm_period_compare(vintage->reading.period, one->period) != 0 || vintage->received < one->received)
                continue;
            one->drop = vintage->received > one->received ? vintage->drop : MAX(one->drop, vintage->drop);
            one->received = vintage->received;
        }
    }
}

static void add_period(const Span *self, WmPeriod period, GArray *out)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint n = 0;
    for (guint i = 0; i < self->units->len; i++) {
        if (has_reading(g_ptr_array_index(self->readings, i), period))
            continue;
        const char *unit = g_array_index(self->units, RollUpUnit, i).unit;
        const WmUnit *row = *unit ? wm_plan_unit(self->input->plan, unit) : NULL;
        if (n < N_NAMED)
            g_string_append_printf(text, "%s%s", n ? ", " : "", row && *row->name ? row->name : unit);
        n++;
    }
    if (n == 0)
        return;
    if (n > N_NAMED)
        g_string_append_printf(text, " and %u more", n - N_NAMED);
    MissingUnits one = {.period = period, .text = g_strdup_printf("%s of %s", self->indicator, text->str)};
    find_last(self, &one);
    g_array_append_val(out, one);
}

static void add_span(const DerivedInput *input, size_t i_part, WmDay first, WmDay next, GArray *out)
{
    const PartVintages *part = &input->parts[i_part];
    g_autoptr(GArray) units = roll_up_units_at(input, part, G_MAXINT32, next - 1);
    g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (guint i = 0; i < units->len; i++) {
        const guint i_series = g_array_index(units, RollUpUnit, i).i_series;
        GArray *own = g_array_new(FALSE, FALSE, sizeof(WmDerivedReading));
        g_ptr_array_add(readings, own);
        if (i_series != ROLL_UP_ABSENT)
            vintages_parts_as_at(g_ptr_array_index(part->vintages, i_series), G_MAXINT32, own);
    }
    const Span self = {input, part, input->formula->parts[i_part]->indicator, units, readings, first, next};
    g_autoptr(GArray) periods = periods_of(&self);
    for (guint i = 0; i < periods->len; i++)
        add_period(&self, g_array_index(periods, WmPeriod, i), out);
}

GArray *missing_units_new(void)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(MissingUnits));
    g_array_set_clear_func(out, clear_missing);
    return out;
}

void series_missing_units(const DerivedInput *input, GArray *out)
{
    g_autoptr(GArray) spans = roll_up_spans(input->plan);
    for (size_t i = 0; i < input->formula->formula.n_parts; i++)
        for (guint k = 0; input->formula->formula.parts[i].is_roll_up && k < spans->len; k++)
            add_span(input, i, g_array_index(spans, WmDay, k), k + 1 < spans->len ? g_array_index(spans, WmDay, k + 1) : G_MAXINT32,
                     out);
}
