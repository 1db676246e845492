/* Checks of a series' periods: twice, overruled, overlapping, of another length, holes, late, in the future, outside the unit's
 * time. */
#include "engine/data/series/series_look.h"

#include <math.h>
#include <string.h>

#include "engine/data/drop/delivery_name.h"
#include "engine/data/month/checks.h"
#include "engine/data/plan/unit_tree.h"
#include "engine/data/text/number_text.h"

/* ---- periods ---- */

/* What a reading says: its figure, or why it has none. */
static const char *figure_text(const WmReading *reading, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
    return isnan(reading->value) ? wm_reading_state_name(reading->state) : number_text(reading->value, text);
}

static gboolean says_the_same(const WmReading *a, const WmReading *b)
{
    return a->value == b->value || (isnan(a->value) && isnan(b->value) && a->state == b->state);
}

void series_check_duplicates(const Look *self, GString *name)
{
    const GArray *vintages = self->series->vintages;
    char first[WM_PERIOD_TEXT], second[WM_PERIOD_TEXT], one[G_ASCII_DTOSTR_BUF_SIZE], other[G_ASCII_DTOSTR_BUF_SIZE];
    for (guint i = 1; i < vintages->len; i++) {
        const WmVintage *a = &g_array_index(vintages, WmVintage, i - 1), *b = &g_array_index(vintages, WmVintage, i);
        const gboolean is_same = wm_period_compare(a->reading.period, b->reading.period) == 0 && a->drop == b->drop;
        if (!is_same || b->received > self->series->as_at || says_the_same(&a->reading, &b->reading))
            continue;
        const CheckPlace place = look_place(self, b);
        check_add(self->series->problems, CHECK_DUPLICATE_PERIOD, &place, "%s has two readings for one period: %s %s, %s %s",
                  look_say(self, name), wm_period_format(a->reading.period, first), figure_text(&a->reading, one),
                  wm_period_format(b->reading.period, second), figure_text(&b->reading, other));
    }
}

/* Whether what counts came with another figure on its own day, in another file: files of one day stand by their names. A file that
 * was numbered behind its namesake (x~2.csv) is meant to count. What a withdrawal left, or a file read again, came on no such day.
 */
static gboolean is_overruled(const Look *self, const WmVintage *one, const WmVintage *counts)
{
    const gboolean has_value = look_has_value(one), is_same = has_value == look_has_value(counts);
    if (one->is_gone || counts->is_gone || (is_same && (!has_value || one->reading.value == counts->reading.value)))
        return FALSE;
    const WmDropInfo *drop = look_drop(self, one), *other = look_drop(self, counts);
    if (!drop || !other || drop->received != one->received || other->received != one->received || drop->since != other->since ||
        wm_drop_is_withdrawn(drop, self->series->as_at))
        return FALSE;
    g_autofree char *name = delivery_name_sent(drop->file), *later = delivery_name_sent(other->file);
    return strcmp(name, later) != 0;
}

/* The last vintage that came beside what counts for its period, and says otherwise; NULL for none. */
static const WmVintage *find_overruled(const Look *self, const WmVintage *counts)
{
    const WmVintage *first = (const WmVintage *)(gconstpointer)self->series->vintages->data;
    for (const WmVintage *next = counts; next > first; next--) {
        const WmVintage *one = next - 1;
        if (one->received != counts->received || wm_period_compare(one->reading.period, counts->reading.period) != 0)
            return NULL;
        if (is_overruled(self, one, counts))
            return one;
    }
    return NULL;
}

/* Told once a series. */
void series_check_overruled(const Look *self, GString *name)
{
    const WmVintage *last = NULL, *by = NULL;
    char period[WM_PERIOD_TEXT];
    guint n = 0;
    for (guint i = 0; i < self->latest->len; i++) {
        const WmVintage *overruled = find_overruled(self, look_at(self, i));
        if (!overruled)
            continue;
        n++;
        last = overruled;
        by = look_at(self, i);
    }
    if (n == 0)
        return;
    const CheckPlace place = look_place(self, last);
    check_add(self->series->problems, CHECK_OVERRULED_READING, &place,
              "%s has %u figure%s that do%s not count, the last for %s: %s of the same day gives another, and its name stands "
              "after this one's",
              look_say(self, name), n, n == 1 ? "" : "s", n == 1 ? "es" : "", wm_period_format(last->reading.period, period),
              look_drop(self, by)->file);
}

/* Readings are in order of their end: one that begins before the one before it ends holds it, or part of it. Told once a series. */
void series_check_overlaps(const Look *self, GString *name)
{
    char first[WM_PERIOD_TEXT], second[WM_PERIOD_TEXT];
    const WmVintage *a = NULL, *b = NULL;
    guint n = 0;
    for (guint i = 1; i < self->latest->len; i++) {
        if (wm_period_start(look_at(self, i)->reading.period) > wm_period_end(look_at(self, i - 1)->reading.period))
            continue;
        n++;
        a = look_at(self, i - 1);
        b = look_at(self, i);
    }
    if (n == 0)
        return;
    const CheckPlace place = look_place(self, b);
    g_autofree char *more = n > 1 ? g_strdup_printf(", and %u more such", n - 1) : g_strdup("");
    check_add(self->series->problems, CHECK_OVERLAPPING_PERIODS, &place,
              "%s has a reading for %s and one for %s, which overlaps it%s", look_say(self, name),
              wm_period_format(a->reading.period, first), wm_period_format(b->reading.period, second), more);
}

/* Steps of the measure's own period from one reading to the next. */
static int steps_between(const Look *self, WmPeriod from, WmPeriod to)
{
    const WmPeriodKind kind = wm_frequency_period_kind(self->series->indicator->measure.frequency);
    return wm_period_steps_between(wm_period_containing(kind, wm_period_end(from)), wm_period_containing(kind, wm_period_end(to)));
}

/* A half-yearly survey may be dated by the month it was taken in: what is shorter fits where it comes once in a period of the
 * measure. A day is a moment, and fits any. */
static gboolean fits_length(const Look *self, guint i)
{
    const WmPeriodKind own = wm_frequency_period_kind(self->series->indicator->measure.frequency);
    const int own_months = wm_period_kind_months(own), months = wm_period_kind_months(look_at(self, i)->reading.period.kind);
    if (months == 0 || months >= own_months)
        return months <= own_months;
    const gboolean is_after =
        i > 0 && steps_between(self, look_at(self, i - 1)->reading.period, look_at(self, i)->reading.period) == 0;
    const gboolean is_before =
        i + 1 < self->n_past && steps_between(self, look_at(self, i)->reading.period, look_at(self, i + 1)->reading.period) == 0;
    return !is_after && !is_before;
}

/* How many of the first `n` readings do not fit; the last of them. */
static guint count_misfits(const Look *self, guint n, gboolean (*fits)(const Look *self, guint i), const WmVintage **last)
{
    guint n_misfits = 0;
    for (guint i = 0; i < n; i++) {
        if (fits(self, i))
            continue;
        n_misfits++;
        *last = look_at(self, i);
    }
    return n_misfits;
}

/* Readings of other periods than the measure is published by. Told once a series. */
void series_check_length(const Look *self, GString *name)
{
    const WmFrequency frequency = self->series->indicator->measure.frequency;
    char text[WM_PERIOD_TEXT];
    const WmVintage *last = NULL;
    const guint n = frequency == WM_FREQUENCY_ONCE ? 0 : count_misfits(self, self->n_past, fits_length, &last);
    if (n == 0)
        return;
    const CheckPlace place = look_place(self, last);
    check_add(self->series->problems, CHECK_OTHER_PERIOD_LENGTH, &place,
              "%s is published by %s, and has %u reading%s of another period, the last for %s", look_say(self, name),
              wm_frequency_name(frequency), n, n == 1 ? "" : "s", wm_period_format(last->reading.period, text));
}

/* How often readings come, in steps: a survey of June and December among measures by month comes every sixth. Of two steps as
 * common as each other the shorter, so that a hole among three readings is seen; what awaits the next one takes the longer
 * (wm_series_next_period). */
static int usual_step(const Look *self)
{
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 1; i < self->n_past; i++) {
        const double step = steps_between(self, look_at(self, i - 1)->reading.period, look_at(self, i)->reading.period);
        if (step > 0)
            g_array_append_val(steps, step);
    }
    g_array_sort(steps, look_by_value);
    return steps->len ? (int)g_array_index(steps, double, (steps->len - 1) / 2) : 1;
}

static gboolean comes_regularly(const Look *self)
{
    return self->series->indicator->measure.frequency != WM_FREQUENCY_ONCE && self->n_past > 0;
}

void series_check_missing(const Look *self, GString *name)
{
    const WmPeriodKind kind = wm_frequency_period_kind(self->series->indicator->measure.frequency);
    char first[WM_PERIOD_TEXT];
    if (!comes_regularly(self))
        return;
    const int usual = usual_step(self);
    WmPeriod hole = {WM_PERIOD_NONE, 0};
    int n = 0;
    for (guint i = 1; i < self->n_past; i++) {
        const WmPeriod before = look_at(self, i - 1)->reading.period;
        const int n_missing = steps_between(self, before, look_at(self, i)->reading.period) / usual - 1;
        if (n_missing > 0 && n == 0)
            hole = wm_period_step(wm_period_containing(kind, wm_period_end(before)), usual);
        n += MAX(n_missing, 0);
    }
    if (n == 0)
        return;
    const CheckPlace place = look_place(self, NULL);
    g_autofree char *more =
        n > 1 ? g_strdup_printf(" and %d other period%s between its readings", n - 1, n == 2 ? "" : "s") : g_strdup("");
    check_add(self->series->problems, CHECK_MISSING_READING, &place, "%s has no reading for %s%s", look_say(self, name),
              wm_period_format(hole, first), more);
}

/* A series that has readings should have one for every period that has been due for a while. */
void series_check_late(const Look *self, GString *name)
{
    const SeriesChecks *series = self->series;
    const WmPeriodKind kind = wm_frequency_period_kind(series->indicator->measure.frequency);
    char text[WM_PERIOD_TEXT], expected[WM_PERIOD_TEXT];
    if (!comes_regularly(self))
        return;
    const WmPeriod latest = look_at(self, self->n_past - 1)->reading.period;
    const WmUnit *unit = wm_plan_unit(series->plan, series->unit);
    const WmDay closed = unit && unit->to != WM_NO_DAY ? unit->to : G_MAXINT32; /* after which nothing is due */
    const WmDay due_by = MIN(series->as_at - wm_plan_lag_days(series->plan, series->indicator), closed);
    const WmPeriod last_due = wm_period_ending_by(kind, due_by);
    const int usual = usual_step(self), n_late = steps_between(self, latest, last_due) / usual;
    if (n_late <= 0)
        return;
    const WmPeriod due = wm_period_step(wm_period_containing(kind, wm_period_end(latest)), n_late * usual);
    const CheckPlace place = look_place(self, NULL);
    check_add(series->problems, CHECK_LATE_READING, &place, "the latest reading of %s is for %s; %s was due by now",
              look_say(self, name), wm_period_format(latest, text), wm_period_format(due, expected));
}

void series_check_future(const Look *self, GString *name)
{
    const guint n = self->latest->len - self->n_past;
    if (n == 0)
        return;
    const CheckPlace place = look_place(self, look_at(self, self->n_past));
    check_add(self->series->problems, CHECK_FUTURE_READING, &place,
              "%s has %u reading%s of periods that begin after the as-at date; not used", look_say(self, name), n,
              n == 1 ? "" : "s");
}

static gboolean fits_unit_time(const Look *self, guint i)
{
    const WmUnit *unit = wm_plan_unit(self->series->plan, self->series->unit);
    return unit_is_there(unit, wm_period_end(look_at(self, i)->reading.period));
}

/* Told once a series. */
void series_check_unit_time(const Look *self, GString *name)
{
    const WmUnit *unit = wm_plan_unit(self->series->plan, self->series->unit);
    const WmVintage *last = NULL;
    char text[WM_PERIOD_TEXT];
    const guint n = unit ? count_misfits(self, self->latest->len, fits_unit_time, &last) : 0;
    if (n == 0)
        return;
    const CheckPlace place = look_place(self, last);
    check_add(self->series->problems, CHECK_OUTSIDE_UNIT_TIME, &place,
              "%s has %u reading%s outside the unit's time, the last for %s; no roll-up counts %s", look_say(self, name), n,
              n == 1 ? "" : "s", wm_period_format(last->reading.period, text), n == 1 ? "it" : "them");
}
