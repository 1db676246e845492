/* The vintages of a derived series. */
#include "engine/data/series/series_derived.h"

#include <math.h>
#include <string.h>

#include "engine/data/series/roll_up_units.h"
#include "engine/data/series/vintages.h"

typedef struct {
    const DerivedInput *input;
    GArray *seen[WM_FORMULA_MAX_PARTS]; /* of WmDerivedReading: each part as at the day under way */
    double scales[WM_FORMULA_MAX_PARTS];
    GPtrArray *below; /* of GArray of WmDerivedReading: of a roll-up, each unit's as at the day under way; NULL: not asked yet */
    GArray *spans;    /* of WmDay: roll_up_spans */
    gboolean is_illustrative; /* some part is, as at that day */
    GArray *told;             /* of WmDerivedReading: as at the day before */
    GArray *vintages;         /* of WmVintage: the result */
} Derivation;

/* ---- one day ---- */

static GArray *derived_array(void)
{
    return g_array_new(FALSE, FALSE, sizeof(WmDerivedReading));
}

static WmFormulaSeries series_of(const GArray *readings, double scale)
{
    return (WmFormulaSeries){(WmDerivedReading *)(gpointer)readings->data, readings->len, scale};
}

/* What a part's shares are times. Of a rate its figures and counts say it: 25 of 8,000, published as 3.1, is per 1,000. */
static double find_scale(const PartVintages *part, WmKind kind)
{
    const double usual = wm_kind_share_scale(kind);
    g_autoptr(GArray) ratios = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; kind == WM_KIND_RATE && i < part->vintages->len; i++) {
        const GArray *vintages = g_ptr_array_index(part->vintages, i);
        for (guint k = 0; k < vintages->len; k++) {
            const WmReading *reading = &g_array_index(vintages, WmVintage, k).reading;
            const double ratio = reading->value * reading->denominator / reading->numerator;
            if (isfinite(ratio) && ratio > 0)
                g_array_append_val(ratios, ratio);
        }
    }
    return ratios->len ? wm_share_scale_seen((double *)(gpointer)ratios->data, ratios->len) : usual;
}

static void no_memory(void)
{
    g_error("no memory to derive a series"); /* as every other allocation of GLib's */
}

/* A unit's readings as at a day. Borrowed; worked out once a day, whatever the spans. */
static const GArray *readings_below(Derivation *self, const PartVintages *part, guint i_unit, WmDay day)
{
    GArray **readings = (GArray **)&g_ptr_array_index(self->below, i_unit);
    if (!*readings) {
        *readings = derived_array();
        self->is_illustrative |= vintages_parts_as_at(g_ptr_array_index(part->vintages, i_unit), day, *readings);
    }
    return *readings;
}

/* Of the periods that end in one span, asked of the units that are there in it. */
static void roll_up_span(Derivation *self, size_t i_part, WmDay day, guint i_span)
{
    const DerivedInput *input = self->input;
    const PartVintages *part = &input->parts[i_part];
    const WmDay first = g_array_index(self->spans, WmDay, i_span);
    const WmDay next = i_span + 1 < self->spans->len ? g_array_index(self->spans, WmDay, i_span + 1) : G_MAXINT32;
    g_autoptr(GArray) leaves = roll_up_units_at(input, part, day, next - 1);
    g_autofree WmFormulaSeries *series = g_new0(WmFormulaSeries, leaves->len + 1);
    for (guint i = 0; i < leaves->len; i++) {
        const guint leaf = g_array_index(leaves, RollUpUnit, i).i_series;
        series[i].scale = self->scales[i_part];
        if (leaf == ROLL_UP_ABSENT)
            continue;
        const GArray *readings = readings_below(self, part, leaf, day);
        const guint begin = roll_up_n_before(readings, first), end = roll_up_n_before(readings, next);
        if (begin < end) {
            series[i].readings = &g_array_index(readings, WmDerivedReading, begin);
            series[i].n_readings = end - begin;
        }
    }
    const WmDerivedReading *total;
    size_t n;
    if (wm_formula_roll_up(series, leaves->len, input->formula->formula.allows_partial, input->scratch, &total, &n) != WM_OK)
        no_memory();
    if (n)
        g_array_append_vals(self->seen[i_part], total, (guint)n);
}

static void free_readings(gpointer data)
{
    if (data)
        g_array_unref(data);
}

static void roll_up_at(Derivation *self, size_t i_part, WmDay day)
{
    g_array_set_size(self->seen[i_part], 0);
    g_ptr_array_set_size(self->below, 0);
    g_ptr_array_set_size(self->below, (gint)self->input->parts[i_part].vintages->len);
    for (guint i = 0; i < self->spans->len; i++)
        roll_up_span(self, i_part, day, i);
}

static void see_part(Derivation *self, size_t i_part, WmDay day)
{
    const DerivedInput *input = self->input;
    if (input->formula->formula.parts[i_part].is_roll_up)
        roll_up_at(self, i_part, day);
    else
        self->is_illustrative |= vintages_parts_as_at(g_ptr_array_index(input->parts[i_part].vintages, 0), day, self->seen[i_part]);
}

/* What an indicator cannot be is not used, however it came about. */
static WmDerivedReading within_bounds(const Derivation *self, WmDerivedReading one, gboolean is_last_day)
{
    const WmMeasure *measure = &self->input->formula->indicator->measure;
    WmReading *reading = &one.reading;
    const gboolean is_too_many = measure->kind == WM_KIND_PERCENT && reading->numerator > reading->denominator;
    if (!is_too_many && !(reading->value < measure->low) && !(reading->value > measure->high))
        return one;
    const ImpossibleReading impossible = {reading->period, reading->value, reading->numerator, reading->denominator};
    if (is_last_day)
        g_array_append_val(self->input->impossible, impossible);
    return (WmDerivedReading){{reading->period, NAN, NAN, NAN, WM_NOT_AVAILABLE}, false};
}

/* New. */
static GArray *readings_at(Derivation *self, WmDay day, gboolean is_last_day)
{
    const DerivedInput *input = self->input;
    const WmFormula *formula = &input->formula->formula;
    WmFormulaSeries parts[WM_FORMULA_MAX_PARTS];
    self->is_illustrative = FALSE;
    for (size_t i = 0; i < formula->n_parts; i++) {
        see_part(self, i, day);
        parts[i] = series_of(self->seen[i], self->scales[i]);
    }
    const WmDerivedReading *readings;
    size_t n;
    if (wm_formula_evaluate(formula, parts, input->scratch, &readings, &n) != WM_OK)
        no_memory();
    GArray *out = derived_array();
    for (size_t i = 0; i < n; i++) {
        const WmDerivedReading one = within_bounds(self, readings[i], is_last_day);
        g_array_append_val(out, one);
    }
    return out;
}

/* ---- what is new ---- */

/* The drop to which a change on a day is put down: of the parts' vintages of that day the last that bears on the period. */
static gint64 find_drop(const DerivedInput *input, WmDay day, WmPeriod period)
{
    gint64 drop = 0, any = 0;
    for (size_t i = 0; i < input->formula->formula.n_parts; i++)
        for (guint k = 0; k < input->parts[i].vintages->len; k++) {
            const GArray *vintages = g_ptr_array_index(input->parts[i].vintages, k);
            for (guint v = 0; v < vintages->len; v++) {
                const WmVintage *one = &g_array_index(vintages, WmVintage, v);
                if (one->received != day)
                    continue;
                any = MAX(any, one->drop);
                if (wm_period_end(one->reading.period) <= wm_period_end(period))
                    drop = MAX(drop, one->drop);
            }
        }
    return drop ? drop : any;
}

static void tell(Derivation *self, const WmDerivedReading *one, WmDay day)
{
    const WmVintage vintage = {.reading = one->reading,
                               .drop = find_drop(self->input, day, one->reading.period),
                               .received = day,
                               .is_illustrative = self->is_illustrative,
                               .is_partial = one->is_partial};
    g_array_append_val(self->vintages, vintage);
}

static gboolean is_same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static gboolean is_same(const WmDerivedReading *a, const WmDerivedReading *b)
{
    return a->reading.state == b->reading.state && a->is_partial == b->is_partial &&
           is_same_number(a->reading.value, b->reading.value) && is_same_number(a->reading.numerator, b->reading.numerator) &&
           is_same_number(a->reading.denominator, b->reading.denominator);
}

/* What is said anew, and what is no longer: a total whose parts have become more has nothing to say until they have come. */
static void tell_changes(Derivation *self, const GArray *now, WmDay day)
{
    guint i = 0, k = 0;
    while (i < now->len || k < self->told->len) {
        const WmDerivedReading *one = i < now->len ? &g_array_index(now, WmDerivedReading, i) : NULL;
        const WmDerivedReading *was = k < self->told->len ? &g_array_index(self->told, WmDerivedReading, k) : NULL;
        const int order = !one ? 1 : !was ? -1 : wm_period_compare(one->reading.period, was->reading.period);
        if (order < 0 || (order == 0 && !is_same(one, was)))
            tell(self, one, day);
        if (order > 0) {
            const WmDerivedReading gone = {{was->reading.period, NAN, NAN, NAN, WM_MISSING}, false};
            tell(self, &gone, day);
        }
        i += order <= 0;
        k += order >= 0;
    }
}

static gint by_day(gconstpointer a, gconstpointer b)
{
    const WmDay x = *(const WmDay *)a, y = *(const WmDay *)b;
    return (x > y) - (x < y);
}

/* Days on which some part was received, in order. */
static GArray *days_of(const DerivedInput *input)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    GArray *days = g_array_new(FALSE, FALSE, sizeof(WmDay));
    for (size_t i = 0; i < input->formula->formula.n_parts; i++)
        for (guint k = 0; k < input->parts[i].vintages->len; k++) {
            const GArray *vintages = g_ptr_array_index(input->parts[i].vintages, k);
            for (guint v = 0; v < vintages->len; v++) {
                const WmDay day = g_array_index(vintages, WmVintage, v).received;
                if (g_hash_table_add(seen, GINT_TO_POINTER(day)))
                    g_array_append_val(days, day);
            }
        }
    g_array_sort(days, by_day);
    return days;
}

static gint by_period(gconstpointer a, gconstpointer b)
{
    const WmVintage *x = a, *y = b;
    const int order = wm_period_compare(x->reading.period, y->reading.period);
    return order ? order : (x->received > y->received) - (x->received < y->received);
}

GArray *series_derived_vintages(const DerivedInput *input)
{
    Derivation self = {.input = input,
                       .below = g_ptr_array_new_with_free_func(free_readings),
                       .spans = roll_up_spans(input->plan),
                       .told = derived_array(),
                       .vintages = g_array_new(FALSE, FALSE, sizeof(WmVintage))};
    for (size_t i = 0; i < input->formula->formula.n_parts; i++) {
        self.seen[i] = derived_array();
        self.scales[i] = find_scale(&input->parts[i], input->formula->parts[i]->measure.kind);
    }
    g_autoptr(GArray) days = days_of(input);
    for (guint i = 0; i < days->len; i++) {
        const WmDay day = g_array_index(days, WmDay, i);
        GArray *now = readings_at(&self, day, i + 1 == days->len);
        tell_changes(&self, now, day);
        g_array_unref(self.told);
        self.told = now;
    }
    for (size_t i = 0; i < input->formula->formula.n_parts; i++)
        g_array_unref(self.seen[i]);
    g_array_unref(self.told);
    g_ptr_array_unref(self.below);
    g_array_unref(self.spans);
    g_array_sort(self.vintages, by_period);
    return self.vintages;
}
