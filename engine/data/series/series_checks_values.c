/* Checks of a series' figures: their size, whether they are fractions, whether they agree with their counts, totals to date. */
#include "engine/data/series/series_look.h"

#include <math.h>
#include <string.h>
#include <waymark/formula.h>

#include "engine/data/month/checks.h"
#include "engine/data/text/number_text.h"

/* ---- order of magnitude ---- */

#define MIN_HISTORY     5   /* other readings without which nothing is usual */
#define WITHIN_HISTORY  1.5 /* how far beyond the others a mended value may lie */
#define OUTSIDE_HISTORY 3   /* and how far beyond them a slipped one must */
#define MIN_COUNT       5   /* smaller counts are ten times others by chance */
#define SHOWN           4   /* figures after the point of what others are */

/* What the readings other than one usually are: all but the most extreme at either end, which may be slips themselves. */
typedef struct {
    double least, most;
    guint n;
} History;

static History history_without(const Look *self, guint i_left_out)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < self->n_past; i++) {
        const double value = look_at(self, i)->reading.value;
        if (i != i_left_out && look_has_value(look_at(self, i)) && value > 0)
            g_array_append_val(values, value);
    }
    g_array_sort(values, look_by_value);
    const guint trimmed = values->len >= 2 * MIN_HISTORY ? values->len / 10 : 0;
    if (values->len < MIN_HISTORY)
        return (History){NAN, NAN, values->len};
    return (History){g_array_index(values, double, trimmed), g_array_index(values, double, values->len - 1 - trimmed), values->len};
}

static gboolean would_fit(const History *history, double value, double factor)
{
    const double mended = value / factor;
    const gboolean is_outside = value > OUTSIDE_HISTORY * history->most || value < history->least / OUTSIDE_HISTORY;
    return is_outside && mended <= WITHIN_HISTORY * history->most && mended >= history->least / WITHIN_HISTORY;
}

static const struct {
    double factor;
    const char *words;
} SLIPS[] = {
    {10, "ten times"}, {100, "a hundred times"}, {1000, "a thousand times"}, {0.01, "a hundredth of"}, {0.001, "a thousandth of"}};

static gboolean is_small_count(const Look *self, const History *history)
{
    return self->series->indicator->measure.kind == WM_KIND_COUNT && history->least < MIN_COUNT;
}

static void check_magnitude_of(const Look *self, guint i, GString *name)
{
    const WmVintage *one = look_at(self, i);
    const WmMeasure *measure = &self->series->indicator->measure;
    const double value = one->reading.value;
    const gboolean has_counts = !isnan(one->reading.denominator); /* a slip of the point would not agree with them */
    if (!look_has_value(one) || value <= 0 || has_counts)
        return;
    const History history = history_without(self, i);
    const CheckPlace place = look_place(self, one);
    char period[WM_PERIOD_TEXT], text[G_ASCII_DTOSTR_BUF_SIZE];
    if (isnan(history.least) || is_small_count(self, &history))
        return;
    if (measure->kind == WM_KIND_PERCENT && value <= 1 && would_fit(&history, value, 0.01)) {
        check_add(self->series->problems, CHECK_PERCENT_AS_FRACTION, &place,
                  "%s in %s is %s, and its other readings are %s to %s: a fraction, where percents go to 100", look_say(self, name),
                  wm_period_format(one->reading.period, period), number_text(value, text),
                  NUMBER_TEXT(wm_round(history.least, SHOWN)), NUMBER_TEXT(wm_round(history.most, SHOWN)));
        return;
    }
    for (size_t k = 0; k < G_N_ELEMENTS(SLIPS); k++)
        if (would_fit(&history, value, SLIPS[k].factor)) {
            check_add(self->series->problems, CHECK_WRONG_MAGNITUDE, &place, "%s in %s is %s, %s what it usually is (%s to %s)",
                      look_say(self, name), wm_period_format(one->reading.period, period), number_text(value, text), SLIPS[k].words,
                      NUMBER_TEXT(wm_round(history.least, SHOWN)), NUMBER_TEXT(wm_round(history.most, SHOWN)));
            return;
        }
}

static double median_value(const Look *self)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < self->n_past; i++)
        if (look_has_value(look_at(self, i)) && look_at(self, i)->reading.value > 0)
            g_array_append_val(values, look_at(self, i)->reading.value);
    g_array_sort(values, look_by_value);
    return values->len ? g_array_index(values, double, values->len / 2) : NAN;
}

#define MIN_FRACTIONS 3 /* fewer readings between 0 and 1 say nothing */

/* A whole series of fractions: between 0 and 1, and finer than the measure is published. */
void series_check_fractions(const Look *self, GString *name)
{
    const WmMeasure *measure = &self->series->indicator->measure;
    guint n = 0, n_finer = 0;
    for (guint i = 0; i < self->n_past; i++) {
        const WmReading *reading = &look_at(self, i)->reading;
        if (!look_has_value(look_at(self, i)))
            continue;
        if (!(reading->value >= 0 && reading->value <= 1) || !isnan(reading->denominator))
            return;
        n++;
        n_finer += fabs(reading->value - wm_round(reading->value, measure->decimals)) > 1e-9;
    }
    if (measure->kind != WM_KIND_PERCENT || n < MIN_FRACTIONS || n_finer == 0)
        return;
    const CheckPlace place = look_place(self, look_at(self, self->n_past - 1));
    check_add(self->series->problems, CHECK_PERCENT_AS_FRACTION, &place,
              "all %u readings of %s lie between 0 and 1: fractions, where percents go to 100", n, look_say(self, name));
}

/* Only what is far from the median needs a look at all the others. */
void series_check_magnitude(const Look *self, GString *name)
{
    const WmKind kind = self->series->indicator->measure.kind;
    if (kind == WM_KIND_YES_NO || kind == WM_KIND_TEXT || self->n_past <= MIN_HISTORY)
        return;
    const double median = median_value(self);
    for (guint i = 0; i < self->n_past; i++) {
        const double value = look_at(self, i)->reading.value;
        if (value > OUTSIDE_HISTORY * median || value < median / OUTSIDE_HISTORY)
            check_magnitude_of(self, i, name);
    }
}

/* ---- counts ---- */

/* Of a rate the power of ten that its figures and counts come nearest to: it may be per 1,000. */
static double count_scale(const Look *self)
{
    const WmKind kind = self->series->indicator->measure.kind;
    g_autoptr(GArray) ratios = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; kind == WM_KIND_RATE && i < self->n_past; i++) {
        const WmReading *reading = &look_at(self, i)->reading;
        const double ratio = reading->value * reading->denominator / reading->numerator;
        if (isfinite(ratio) && ratio > 0)
            g_array_append_val(ratios, ratio);
    }
    if (ratios->len)
        return pow(10, round(log10(wm_share_scale_seen((double *)(gpointer)ratios->data, ratios->len))));
    return kind == WM_KIND_PERCENT ? 100 : 1;
}

/* A published value and its own counts should agree at the published decimals. */
void series_check_counts(const Look *self, GString *name)
{
    const WmMeasure *measure = &self->series->indicator->measure;
    char period[WM_PERIOD_TEXT], format[16], given[G_ASCII_DTOSTR_BUF_SIZE], counted[G_ASCII_DTOSTR_BUF_SIZE];
    const double scale = count_scale(self);
    g_snprintf(format, sizeof format, "%%.%df", measure->decimals);
    for (guint i = 0; i < self->n_past; i++) {
        const WmReading *reading = &look_at(self, i)->reading;
        if (!(reading->denominator > 0) || isnan(reading->numerator) || isnan(reading->value))
            continue;
        const double ratio = reading->numerator / reading->denominator * scale;
        if (fabs(ratio - reading->value) <= 0.5 * pow(10, -measure->decimals) + 1e-9)
            continue;
        const CheckPlace place = look_place(self, look_at(self, i));
        check_add(self->series->problems, CHECK_VALUE_AND_COUNTS_DIFFER, &place, "%s in %s is given as %s, but its counts give %s",
                  look_say(self, name), wm_period_format(reading->period, period),
                  g_ascii_formatd(given, sizeof given, format, reading->value),
                  g_ascii_formatd(counted, sizeof counted, format, ratio));
    }
}

/* ---- totals to date ---- */

#define MIN_STEPS_WITHIN 8 /* rises in a row that chance does not give */

/* Whether the readings never fall within years of this kind, and fall by more than half at the start of each. */
static gboolean restarts_with(const Look *self, WmPeriodKind kind)
{
    guint n_within = 0, n_starts = 0;
    for (guint i = 1; i < self->n_past; i++) {
        const WmVintage *a = look_at(self, i - 1), *b = look_at(self, i);
        if (!look_has_value(a) || !look_has_value(b))
            continue;
        const gboolean is_start = wm_period_compare(wm_period_containing(kind, wm_period_end(a->reading.period)),
                                                    wm_period_containing(kind, wm_period_end(b->reading.period))) != 0;
        const double was = a->reading.value, now = b->reading.value;
        if (is_start ? !(now < was / 2) : now < was)
            return FALSE;
        n_starts += is_start ? 1 : 0;
        n_within += is_start ? 0 : 1;
    }
    return n_starts > 0 && n_within >= MIN_STEPS_WITHIN;
}

void series_check_cumulative(const Look *self, GString *name)
{
    static const WmPeriodKind YEARS[] = {WM_PERIOD_FINANCIAL_YEAR, WM_PERIOD_ACADEMIC_YEAR, WM_PERIOD_YEAR};
    const WmIndicator *indicator = self->series->indicator;
    const gboolean is_total = indicator->measure.kind == WM_KIND_COUNT || indicator->measure.kind == WM_KIND_MONEY;
    if (!is_total || *indicator->formula || wm_frequency_is_yearly(indicator->measure.frequency))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(YEARS); i++)
        if (restarts_with(self, YEARS[i])) {
            const CheckPlace place = look_place(self, NULL);
            check_add(self->series->problems, CHECK_LOOKS_CUMULATIVE, &place,
                      "%s rises through each %s and falls at its start, as a total to date does", look_say(self, name),
                      i == 0   ? "financial year"
                      : i == 1 ? "academic year"
                               : "calendar year");
            return;
        }
}
