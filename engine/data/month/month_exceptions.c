/* The records of the month's exceptions. */
#include <string.h>

#include "engine/data/month/month_private.h"
#include "engine/data/plan/plan_private.h"

static const char *const KIND_NAMES[WM_N_RECORD_KINDS] = {[WM_RECORD_STATUS] = "status", [WM_RECORD_RECOVERY] = "recovery"};

const char *wm_record_kind_name(WmRecordKind kind)
{
    return KIND_NAMES[kind];
}

/* ---- rows of the plan about a series ---- */

/* How closely a row is about a series: 2 its own, 1 every unit's, 0 not at all. */
static int closeness(const WmSeries *series, const char *indicator, const char *unit)
{
    if (strcmp(indicator, series->indicator) != 0)
        return 0;
    if (strcmp(unit, PLAN_EVERY_UNIT) == 0)
        return 1;
    return strcmp(unit, series->unit) == 0 ? 2 : 0;
}

const WmCommentary *wm_plan_commentary_on(const WmPlan *plan, const WmSeries *series, WmDay day)
{
    const WmCommentary *latest = NULL;
    int best = 1;
    for (size_t i = 0; i < plan->n_commentary; i++) {
        const WmCommentary *row = &plan->commentary[i];
        const int close = closeness(series, row->indicator, row->unit);
        if (close < best || row->as_at > day)
            continue;
        if (!latest || close > best || row->as_at >= latest->as_at)
            latest = row;
        best = close;
    }
    return latest;
}

/* The suppression that counts among those that begin by a day: the one that runs out last. */
static const WmSuppression *last_suppression(const WmPlan *plan, const WmSeries *series, WmDay day)
{
    const WmSuppression *last = NULL;
    for (size_t i = 0; i < plan->n_suppressions; i++) {
        const WmSuppression *row = &plan->suppressions[i];
        const gboolean has_begun = row->from == WM_NO_DAY || row->from <= day;
        if (has_begun && closeness(series, row->indicator, row->unit) && (!last || row->expires >= last->expires))
            last = row;
    }
    return last;
}

const WmSuppression *wm_plan_suppression_of(const WmPlan *plan, const WmSeries *series, WmDay day)
{
    const WmSuppression *last = last_suppression(plan, series, day);
    return last && last->expires >= day ? last : NULL;
}

/* ---- recovery ---- */

static gint by_as_at(gconstpointer a, gconstpointer b)
{
    const WmRecoveryWord *x = a, *y = b;
    return (x->as_at > y->as_at) - (x->as_at < y->as_at);
}

static WmRecovery recovery_at(const WmPlan *plan, const WmSeries *series, WmDay opened, WmDay day)
{
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(WmRecoveryWord));
    for (size_t i = 0; i < plan->n_commentary; i++) {
        const WmCommentary *row = &plan->commentary[i];
        const WmRecoveryWord one = {row->as_at, row->recovery_due};
        if (closeness(series, row->indicator, row->unit))
            g_array_append_val(words, one);
    }
    g_array_sort(words, by_as_at); /* stable */
    return wm_recovery_judge((const WmRecoveryWord *)(const void *)words->data, words->len, opened, day);
}

/* ---- records ---- */

static const char *keep(WmMonth *self, const char *text)
{
    return g_string_chunk_insert_const(self->storage->texts, text);
}

static const char *id_of(WmMonth *self, const WmSeries *series, WmDay opened, const char *suffix)
{
    char day[WM_PERIOD_TEXT];
    const gboolean has_cohort = *series->cohort != 0;
    g_autofree char *id =
        g_strdup_printf("%s%s%s%s%s@%s%s", series->indicator, *series->unit || has_cohort ? "/" : "", series->unit,
                        has_cohort ? "/" : "", series->cohort, wm_day_format_iso(opened, day), suffix);
    return keep(self, id);
}

static WmExceptionState state_of(const WmMonth *self, const WmSeries *series)
{
    if (series->run.closed != WM_NO_DAY)
        return WM_EXCEPTION_CLOSED;
    if (self->previous_as_at == WM_NO_DAY || series->run.opened > self->previous_as_at)
        return WM_EXCEPTION_OPENED;
    if (!series_is_exception(self->plan, &series->previous)) /* told then, but none by the plan of now: nothing to compare with */
        return WM_EXCEPTION_CONTINUING;
    return wm_exception_move(&self->plan->settings.policy, &series->previous, &series->assessment);
}

/* What a record of either kind begins with. */
static WmExceptionRecord record_of(const WmMonth *self, size_t i_series, WmRecordKind kind, WmDay opened, WmDay closed)
{
    const WmSeries *series = &self->series[i_series];
    const WmDay end = closed != WM_NO_DAY ? closed : self->as_at;
    WmExceptionRecord record = {
        .kind = kind,
        .i_series = i_series,
        .opened = opened,
        .closed = closed,
        .age_months = wm_months_between(opened, end),
        .since = {WM_NO_DAY, WM_NO_DAY, WM_NO_DAY},
        .level_name = "",
        .level_by = WM_N_CLOCKS,
        .owner_role = series->owner_role,
        .commentary = wm_plan_commentary_on(self->plan, series, end),
    };
    if (closed != WM_NO_DAY)
        return record;
    const WmSuppression *last = last_suppression(self->plan, series, self->as_at);
    record.suppression = last && last->expires >= self->as_at ? last : NULL;
    record.lapsed = last && last->expires < self->as_at && last->expires >= opened ? last : NULL;
    return record;
}

/* Suppressed, it is before nobody. */
static void escalate(const WmMonth *self, WmExceptionRecord *record)
{
    const WmPlanSettings *settings = &self->plan->settings;
    if (record->state == WM_EXCEPTION_CLOSED || record->suppression || settings->escalation.n_levels == 0)
        return;
    record->level = wm_escalation_level(&settings->escalation, record->since, self->as_at, &record->level_by);
    record->level_name = settings->levels[record->level];
}

static void add_missed(WmMonth *self, const WmExceptionRecord *of)
{
    if (of->recovery.missed == WM_NO_DAY)
        return;
    const WmSeries *series = &self->series[of->i_series];
    const WmDay missed = of->recovery.missed;
    WmExceptionRecord record = record_of(self, of->i_series, WM_RECORD_RECOVERY, missed, WM_NO_DAY);
    record.id = id_of(self, series, missed, "+recovery");
    record.state =
        self->previous_as_at == WM_NO_DAY || missed >= self->previous_as_at ? WM_EXCEPTION_OPENED : WM_EXCEPTION_CONTINUING;
    record.since[WM_CLOCK_MISSED] = missed;
    record.recovery = of->recovery;
    if (record.commentary && *record.commentary->author_role)
        record.owner_role = record.commentary->author_role;
    escalate(self, &record);
    record.sentence = month_say_record(self, &record);
    g_array_append_val(self->storage->records, record);
}

static void add_open(WmMonth *self, size_t i_series)
{
    const WmSeries *series = &self->series[i_series];
    WmExceptionRecord record = record_of(self, i_series, WM_RECORD_STATUS, series->run.opened, WM_NO_DAY);
    record.id = id_of(self, series, record.opened, "");
    record.state = state_of(self, series);
    record.recovery = recovery_at(self->plan, series, record.opened, self->as_at);
    memcpy(record.since, series->run.since, sizeof record.since);
    record.since[WM_CLOCK_MISSED] = record.recovery.missed;
    escalate(self, &record);
    record.sentence = month_say_record(self, &record);
    g_array_append_val(self->storage->records, record);
    add_missed(self, &record);
}

/* ---- what has closed ---- */

static void add_closed(WmMonth *self, size_t i_series)
{
    const WmSeries *series = &self->series[i_series];
    WmExceptionRecord record = record_of(self, i_series, WM_RECORD_STATUS, series->run.opened, series->run.closed);
    record.id = id_of(self, series, record.opened, "");
    record.state = WM_EXCEPTION_CLOSED;
    record.closing = wm_exception_closing(&series->run, &series->assessment);
    record.recovery = recovery_at(self->plan, series, record.opened, record.closed);
    record.sentence = month_say_record(self, &record);
    g_array_append_val(self->storage->records, record);
}

/* A date that was missed at the report before, and is another one now, or is of no account because the measure is no exception. */
static void add_closed_missed(WmMonth *self, size_t i_series)
{
    const WmSeries *series = &self->series[i_series];
    const WmDay opened = series->run.opened, before = self->previous_as_at;
    if (opened == WM_NO_DAY || opened > before)
        return;
    const WmRecovery then = recovery_at(self->plan, series, opened, before);
    const WmRecovery now = recovery_at(self->plan, series, opened, self->as_at);
    const gboolean is_open = series->run.closed == WM_NO_DAY;
    if (then.missed == WM_NO_DAY || (is_open && now.missed == then.missed))
        return;
    WmExceptionRecord record =
        record_of(self, i_series, WM_RECORD_RECOVERY, then.missed, is_open ? self->as_at : series->run.closed);
    record.id = id_of(self, series, then.missed, "+recovery");
    record.state = WM_EXCEPTION_CLOSED;
    record.closing = is_open ? WM_CLOSING_REDATED : wm_exception_closing(&series->run, &series->assessment);
    record.recovery = is_open ? now : then;
    record.sentence = month_say_record(self, &record);
    g_array_append_val(self->storage->records, record);
}

void month_find_records(WmMonth *self)
{
    for (size_t i = 0; i < self->n_exceptions; i++)
        add_open(self, self->exceptions[i]);
    for (size_t i = 0; i < self->n_series; i++)
        if (self->series[i].is_exception && wm_plan_suppression_of(self->plan, &self->series[i], self->as_at))
            add_open(self, i);
    for (size_t i = 0; self->previous_as_at != WM_NO_DAY && i < self->n_series; i++) {
        if (self->series[i].run.closed != WM_NO_DAY)
            add_closed(self, i);
        add_closed_missed(self, i);
    }
}

/* ---- what a pack told ---- */

/* Whether it is one now and has been since the pack, or, by the plan of now, since before it: then it is the same. */
static gboolean goes_on(const WmSeries *series, const ToldException *told)
{
    return series->is_exception ? series->run.opened <= told->next : told->is_still_known && series->run.opened <= told->on;
}

static void add_replanned(WmMonth *self, const ToldException *told)
{
    const WmSeries *series = &self->series[told->i_series];
    const WmDay missed = recovery_at(self->plan, series, told->opened, told->on).missed;
    for (WmRecordKind kind = WM_RECORD_STATUS; kind <= (missed == WM_NO_DAY ? WM_RECORD_STATUS : WM_RECORD_RECOVERY); kind++) {
        const WmDay opened = kind == WM_RECORD_RECOVERY ? missed : told->opened;
        WmExceptionRecord record = record_of(self, told->i_series, kind, opened, told->next);
        record.id = id_of(self, series, opened, kind == WM_RECORD_RECOVERY ? "+recovery" : "");
        record.state = WM_EXCEPTION_CLOSED;
        record.closing = WM_CLOSING_REPLANNED;
        record.recovery = recovery_at(self->plan, series, told->opened, told->on);
        record.sentence = month_say_record(self, &record);
        g_array_append_val(self->storage->records, record);
    }
}

void month_keep_told(WmMonth *self, const GArray *told)
{
    for (guint i = 0; i < told->len; i++) {
        const ToldException *one = &g_array_index(told, ToldException, i);
        WmSeries *series = &g_array_index(self->storage->series, WmSeries, one->i_series);
        if (series->run.opened == WM_NO_DAY || !goes_on(series, one))
            continue;
        series->run.opened = one->opened;
        series->first_raised = series->is_exception ? one->opened : WM_NO_DAY;
    }
    g_array_set_size(self->storage->records, 0);
    month_find_records(self);
    for (guint i = 0; i < told->len; i++) {
        const ToldException *one = &g_array_index(told, ToldException, i);
        if (self->series[one->i_series].run.opened != one->opened && !one->is_still_known)
            add_replanned(self, one);
    }
    month_publish(self);
}

const WmExceptionRecord *wm_month_record_of(const WmMonth *self, size_t i_series, WmRecordKind kind)
{
    for (size_t i = 0; i < self->n_records; i++) {
        const WmExceptionRecord *record = &self->records[i];
        if (record->i_series == i_series && record->kind == kind && record->state != WM_EXCEPTION_CLOSED)
            return record;
    }
    return NULL;
}
