/* Checks of one series. Each looks at the readings as at, in order, and adds what it finds; each is a row of the table at the end.
 */
#include "engine/data/series/series_checks.h"

#include <math.h>
#include <string.h>

#include "engine/data/month/checks.h"
#include "engine/data/text/number_text.h"

typedef struct {
    const SeriesChecks *series;
    GArray *latest; /* of const WmVintage *: the last word on each period by the as-at */
    guint n_past;   /* of these, of periods that have begun */
} Look;

static const WmVintage *at(const Look *self, guint i)
{
    return g_array_index(self->latest, const WmVintage *, i);
}

static const char *drop_file(const SeriesChecks *self, gint64 drop)
{
    for (guint i = 0; i < self->drops->len; i++)
        if (g_array_index(self->drops, WmDropInfo, i).id == drop)
            return g_array_index(self->drops, WmDropInfo, i).file;
    return "indicators.csv";
}

/* A finding about a reading is in its drop, one about the series at its indicator. */
static CheckPlace place_of(const Look *self, const WmVintage *vintage)
{
    const SeriesChecks *series = self->series;
    if (vintage)
        return (CheckPlace){.file = drop_file(series, vintage->drop), .indicator = series->indicator->indicator};
    return (CheckPlace){.file = "indicators.csv", .line = series->indicator->line, .indicator = series->indicator->indicator};
}

/* "EHC20 of North, boys": the series in words. */
static const char *say_series(const Look *self, GString *text)
{
    const SeriesChecks *series = self->series;
    const WmUnit *unit = *series->unit ? wm_plan_unit(series->plan, series->unit) : NULL;
    g_string_assign(text, series->indicator->indicator);
    if (*series->unit)
        g_string_append_printf(text, " of %s", unit && *unit->name ? unit->name : series->unit);
    if (*series->cohort)
        g_string_append_printf(text, ", %s", series->cohort);
    return text->str;
}

static gboolean has_value(const WmVintage *vintage)
{
    return wm_reading_state_has_value(vintage->reading.state) && isfinite(vintage->reading.value);
}

/* ---- order of magnitude ---- */

#define MIN_HISTORY     5   /* other readings without which nothing is usual */
#define WITHIN_HISTORY  1.5 /* how far beyond the others a mended value may lie */
#define OUTSIDE_HISTORY 3   /* and how far beyond them a slipped one must */
#define MIN_COUNT       5   /* smaller counts are ten times others by chance */

/* What the readings other than one usually are: all but the most extreme at either end, which may be slips themselves. */
typedef struct {
    double least, most;
    guint n;
} History;

static gint by_value(gconstpointer a, gconstpointer b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static History history_without(const Look *self, guint i_left_out)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < self->n_past; i++) {
        const double value = at(self, i)->reading.value;
        if (i != i_left_out && has_value(at(self, i)) && value > 0)
            g_array_append_val(values, value);
    }
    g_array_sort(values, by_value);
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
    const WmVintage *one = at(self, i);
    const WmMeasure *measure = &self->series->indicator->measure;
    const double value = one->reading.value;
    const gboolean has_counts = !isnan(one->reading.denominator); /* a slip of the point would not agree with them */
    if (!has_value(one) || value <= 0 || has_counts)
        return;
    const History history = history_without(self, i);
    const CheckPlace place = place_of(self, one);
    char period[WM_PERIOD_TEXT], text[G_ASCII_DTOSTR_BUF_SIZE];
    if (isnan(history.least) || is_small_count(self, &history))
        return;
    if (measure->kind == WM_KIND_PERCENT && value <= 1 && would_fit(&history, value, 0.01)) {
        check_add(self->series->problems, CHECK_PERCENT_AS_FRACTION, &place,
                  "%s in %s is %s, and its other readings are %g to %g: a fraction, where percents go to 100",
                  say_series(self, name), wm_period_format(one->reading.period, period), number_text(value, text), history.least,
                  history.most);
        return;
    }
    for (size_t k = 0; k < G_N_ELEMENTS(SLIPS); k++)
        if (would_fit(&history, value, SLIPS[k].factor)) {
            check_add(self->series->problems, CHECK_WRONG_MAGNITUDE, &place, "%s in %s is %s, %s what it usually is (%g to %g)",
                      say_series(self, name), wm_period_format(one->reading.period, period), number_text(value, text),
                      SLIPS[k].words, history.least, history.most);
            return;
        }
}

static double median_value(const Look *self)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < self->n_past; i++)
        if (has_value(at(self, i)) && at(self, i)->reading.value > 0)
            g_array_append_val(values, at(self, i)->reading.value);
    g_array_sort(values, by_value);
    return values->len ? g_array_index(values, double, values->len / 2) : NAN;
}

#define MIN_FRACTIONS 3 /* fewer readings between 0 and 1 say nothing */

/* A whole series of fractions: between 0 and 1, and finer than the measure is published. */
static void check_fractions(const Look *self, GString *name)
{
    const WmMeasure *measure = &self->series->indicator->measure;
    guint n = 0, n_finer = 0;
    for (guint i = 0; i < self->n_past; i++) {
        const WmReading *reading = &at(self, i)->reading;
        if (!has_value(at(self, i)))
            continue;
        if (!(reading->value >= 0 && reading->value <= 1) || !isnan(reading->denominator))
            return;
        n++;
        n_finer += fabs(reading->value - wm_round(reading->value, measure->decimals)) > 1e-9;
    }
    if (measure->kind != WM_KIND_PERCENT || n < MIN_FRACTIONS || n_finer == 0)
        return;
    const CheckPlace place = place_of(self, at(self, self->n_past - 1));
    check_add(self->series->problems, CHECK_PERCENT_AS_FRACTION, &place,
              "all %u readings of %s lie between 0 and 1: fractions, where percents go to 100", n, say_series(self, name));
}

/* Only what is far from the median needs a look at all the others. */
static void check_magnitude(const Look *self, GString *name)
{
    const WmKind kind = self->series->indicator->measure.kind;
    if (kind == WM_KIND_YES_NO || kind == WM_KIND_TEXT || self->n_past <= MIN_HISTORY)
        return;
    const double median = median_value(self);
    for (guint i = 0; i < self->n_past; i++) {
        const double value = at(self, i)->reading.value;
        if (value > OUTSIDE_HISTORY * median || value < median / OUTSIDE_HISTORY)
            check_magnitude_of(self, i, name);
    }
}

/* ---- periods ---- */

static void check_duplicates(const Look *self, GString *name)
{
    const GArray *vintages = self->series->vintages;
    char first[WM_PERIOD_TEXT], second[WM_PERIOD_TEXT];
    for (guint i = 1; i < vintages->len; i++) {
        const WmVintage *a = &g_array_index(vintages, WmVintage, i - 1), *b = &g_array_index(vintages, WmVintage, i);
        const gboolean is_same = wm_period_compare(a->reading.period, b->reading.period) == 0 && a->drop == b->drop;
        if (!is_same || b->received > self->series->as_at || a->reading.value == b->reading.value)
            continue;
        const CheckPlace place = place_of(self, b);
        check_add(self->series->problems, CHECK_DUPLICATE_PERIOD, &place, "%s has two readings for one period: %s %g, %s %g",
                  say_series(self, name), wm_period_format(a->reading.period, first), a->reading.value,
                  wm_period_format(b->reading.period, second), b->reading.value);
    }
}

/* Readings are in order of their end: one that begins before the one before it ends holds it, or part of it. Told once a series. */
static void check_overlaps(const Look *self, GString *name)
{
    char first[WM_PERIOD_TEXT], second[WM_PERIOD_TEXT];
    const WmVintage *a = NULL, *b = NULL;
    guint n = 0;
    for (guint i = 1; i < self->latest->len; i++) {
        if (wm_period_start(at(self, i)->reading.period) > wm_period_end(at(self, i - 1)->reading.period))
            continue;
        n++;
        a = at(self, i - 1);
        b = at(self, i);
    }
    if (n == 0)
        return;
    const CheckPlace place = place_of(self, b);
    g_autofree char *more = n > 1 ? g_strdup_printf(", and %u more such", n - 1) : g_strdup("");
    check_add(self->series->problems, CHECK_OVERLAPPING_PERIODS, &place,
              "%s has a reading for %s and one for %s, which overlaps it%s", say_series(self, name),
              wm_period_format(a->reading.period, first), wm_period_format(b->reading.period, second), more);
}

/* Steps of the measure's own period from one reading to the next. */
static int steps_between(const Look *self, WmPeriod from, WmPeriod to)
{
    const WmPeriodKind kind = wm_frequency_period_kind(self->series->indicator->measure.frequency);
    return wm_period_steps_between(wm_period_containing(kind, wm_period_end(from)), wm_period_containing(kind, wm_period_end(to)));
}

/* How often readings come, in steps: a survey of June and December among measures by month comes every sixth. Of two steps as
 * common as each other the longer, which asks for less. */
static int usual_step(const Look *self)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 1; i < self->n_past; i++) {
        const double step = steps_between(self, at(self, i - 1)->reading.period, at(self, i)->reading.period);
        if (step > 0)
            g_array_append_val(steps, step);
    }
    g_array_sort(steps, by_value);
    return steps->len ? (int)g_array_index(steps, double, (steps->len - 1) / 2) : 1;
}

static gboolean comes_regularly(const Look *self)
{
    return self->series->indicator->measure.frequency != WM_FREQUENCY_ONCE && self->n_past > 0;
}

static void check_missing(const Look *self, GString *name)
{
    const WmPeriodKind kind = wm_frequency_period_kind(self->series->indicator->measure.frequency);
    char first[WM_PERIOD_TEXT];
    if (!comes_regularly(self))
        return;
    const int usual = usual_step(self);
    WmPeriod hole = {WM_PERIOD_NONE, 0};
    int n = 0;
    for (guint i = 1; i < self->n_past; i++) {
        const WmPeriod before = at(self, i - 1)->reading.period;
        const int n_missing = steps_between(self, before, at(self, i)->reading.period) / usual - 1;
        if (n_missing > 0 && n == 0)
            hole = wm_period_step(wm_period_containing(kind, wm_period_end(before)), usual);
        n += MAX(n_missing, 0);
    }
    if (n == 0)
        return;
    const CheckPlace place = place_of(self, NULL);
    g_autofree char *more =
        n > 1 ? g_strdup_printf(" and %d other period%s between its readings", n - 1, n == 2 ? "" : "s") : g_strdup("");
    check_add(self->series->problems, CHECK_MISSING_READING, &place, "%s has no reading for %s%s", say_series(self, name),
              wm_period_format(hole, first), more);
}

/* A series that has readings should have one for every period that has been due for a while. */
static void check_late(const Look *self, GString *name)
{
    const SeriesChecks *series = self->series;
    const WmPeriodKind kind = wm_frequency_period_kind(series->indicator->measure.frequency);
    char text[WM_PERIOD_TEXT], expected[WM_PERIOD_TEXT];
    if (!comes_regularly(self))
        return;
    const WmPeriod latest = at(self, self->n_past - 1)->reading.period;
    const WmPeriod last_due = wm_period_ending_by(kind, series->as_at - series->plan->settings.reading_lag_days);
    const int usual = usual_step(self), n_late = steps_between(self, latest, last_due) / usual;
    if (n_late <= 0)
        return;
    const WmPeriod due = wm_period_step(wm_period_containing(kind, wm_period_end(latest)), n_late * usual);
    const CheckPlace place = place_of(self, NULL);
    check_add(series->problems, CHECK_LATE_READING, &place, "the latest reading of %s is for %s; %s was due by now",
              say_series(self, name), wm_period_format(latest, text), wm_period_format(due, expected));
}

static void check_future(const Look *self, GString *name)
{
    const guint n = self->latest->len - self->n_past;
    if (n == 0)
        return;
    const CheckPlace place = place_of(self, at(self, self->n_past));
    check_add(self->series->problems, CHECK_FUTURE_READING, &place,
              "%s has %u reading%s of periods that begin after the as-at date; not used", say_series(self, name), n,
              n == 1 ? "" : "s");
}

/* ---- values ---- */

/* A published value and its own counts should agree at the published decimals. */
static void check_counts(const Look *self, GString *name)
{
    const WmMeasure *measure = &self->series->indicator->measure;
    char period[WM_PERIOD_TEXT];
    for (guint i = 0; i < self->n_past; i++) {
        const WmReading *reading = &at(self, i)->reading;
        if (!(reading->denominator > 0) || isnan(reading->numerator) || isnan(reading->value))
            continue;
        const double ratio = reading->numerator / reading->denominator * (measure->kind == WM_KIND_PERCENT ? 100 : 1);
        if (fabs(ratio - reading->value) <= 0.5 * pow(10, -measure->decimals) + 1e-9)
            continue;
        const CheckPlace place = place_of(self, at(self, i));
        check_add(self->series->problems, CHECK_VALUE_AND_COUNTS_DIFFER, &place,
                  "%s in %s is given as %.*f, but its counts give %.*f", say_series(self, name),
                  wm_period_format(reading->period, period), measure->decimals, reading->value, measure->decimals, ratio);
    }
}

static void check_partial(const Look *self, GString *name)
{
    guint n = 0;
    const WmVintage *last = NULL;
    char period[WM_PERIOD_TEXT];
    for (guint i = 0; i < self->n_past; i++)
        if (at(self, i)->is_partial) {
            n++;
            last = at(self, i);
        }
    if (n == 0)
        return;
    const CheckPlace place = place_of(self, NULL);
    check_add(self->series->problems, CHECK_PARTIAL_TOTAL, &place,
              "%s has %u reading%s of which parts are missing, the last for %s", say_series(self, name), n, n == 1 ? "" : "s",
              wm_period_format(last->reading.period, period));
}

/* ---- totals to date ---- */

#define MIN_STEPS_WITHIN 8 /* rises in a row that chance does not give */

/* Whether the readings never fall within years of this kind, and fall by more than half at the start of each. */
static gboolean restarts_with(const Look *self, WmPeriodKind kind)
{
    guint n_within = 0, n_starts = 0;
    for (guint i = 1; i < self->n_past; i++) {
        const WmVintage *a = at(self, i - 1), *b = at(self, i);
        if (!has_value(a) || !has_value(b))
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

static void check_cumulative(const Look *self, GString *name)
{
    static const WmPeriodKind YEARS[] = {WM_PERIOD_FINANCIAL_YEAR, WM_PERIOD_ACADEMIC_YEAR, WM_PERIOD_YEAR};
    const WmIndicator *indicator = self->series->indicator;
    const gboolean is_total = indicator->measure.kind == WM_KIND_COUNT || indicator->measure.kind == WM_KIND_MONEY;
    if (!is_total || *indicator->formula || wm_frequency_is_yearly(indicator->measure.frequency))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(YEARS); i++)
        if (restarts_with(self, YEARS[i])) {
            const CheckPlace place = place_of(self, NULL);
            check_add(self->series->problems, CHECK_LOOKS_CUMULATIVE, &place,
                      "%s rises through each %s and falls at its start, as a total to date does", say_series(self, name),
                      i == 0   ? "financial year"
                      : i == 1 ? "academic year"
                               : "calendar year");
            return;
        }
}

/* ---- all of them ---- */

static void (*const CHECKS[])(const Look *self, GString *name) = {
    check_magnitude, check_fractions, check_duplicates, check_overlaps, check_missing,
    check_late,      check_future,    check_counts,     check_partial,  check_cumulative,
};

/* The last word on each period by the as-at; of one period's vintages the last received stands last. */
static GArray *latest_by(const SeriesChecks *self)
{
    GArray *latest = g_array_new(FALSE, FALSE, sizeof(const WmVintage *));
    for (guint i = 0; i < self->vintages->len; i++) {
        const WmVintage *one = &g_array_index(self->vintages, WmVintage, i);
        if (one->received > self->as_at)
            continue;
        const WmVintage **last = latest->len ? &g_array_index(latest, const WmVintage *, latest->len - 1) : NULL;
        if (last && wm_period_compare((*last)->reading.period, one->reading.period) == 0)
            *last = one;
        else
            g_array_append_val(latest, one);
    }
    return latest;
}

void series_checks_run(const SeriesChecks *self)
{
    g_autoptr(GArray) latest = latest_by(self);
    g_autoptr(GString) name = g_string_new(NULL);
    guint n_past = latest->len;
    while (n_past > 0 && wm_period_start(g_array_index(latest, const WmVintage *, n_past - 1)->reading.period) > self->as_at)
        n_past--;
    const Look look = {self, latest, n_past};
    for (size_t i = 0; i < G_N_ELEMENTS(CHECKS); i++)
        CHECKS[i](&look, name);
}
