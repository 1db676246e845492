/* What a record says, in one or two plain sentences. */
#include "engine/data/month/month_private.h"

static const char *const MOVES[WM_N_EXCEPTION_STATES] = {
    [WM_EXCEPTION_NONE] = "",
    [WM_EXCEPTION_OPENED] = ", new since the last report",
    [WM_EXCEPTION_CONTINUING] = ", no real change since the last report",
    [WM_EXCEPTION_WORSENED] = ", worse than at the last report",
    [WM_EXCEPTION_IMPROVING] = ", better than at the last report",
    [WM_EXCEPTION_CLOSED] = "",
};

static const char *const CLOSINGS[WM_N_CLOSINGS] = {
    [WM_CLOSING_NONE] = "",
    [WM_CLOSING_ACHIEVED] = "the last milestone is met and held",
    [WM_CLOSING_RECOVERED] = "the measure is back on its plan",
    [WM_CLOSING_SIGNAL_OVER] = "the signal of concern is over",
    [WM_CLOSING_NOT_JUDGED] = "the measure cannot be judged any more, which does not say that it got better",
    [WM_CLOSING_OVERRIDDEN] = "a person has set another status",
    [WM_CLOSING_WORD_OVER] = "it was one by a person's word alone, which is over",
    [WM_CLOSING_REPLANNED] =
        "the plan, or the files of that time, were edited after it was put to the board, and by them it was no exception",
    [WM_CLOSING_REDATED] = "a new date was given",
};

static const char *day_text(WmDay day, char text[WM_PERIOD_TEXT])
{
    return wm_day_format(day, text);
}

/* "1 month", "3 months" */
static void add_months(GString *out, int n)
{
    g_string_append_printf(out, "%d month%s", n, n == 1 ? "" : "s");
}

static void say_closed(GString *out, const WmExceptionRecord *record)
{
    char opened[WM_PERIOD_TEXT], closed[WM_PERIOD_TEXT], due[WM_PERIOD_TEXT];
    if (record->kind == WM_RECORD_RECOVERY)
        g_string_append_printf(out, "The recovery date of %s, missed, is settled: ", day_text(record->opened, opened));
    else
        g_string_append_printf(out, "Opened on %s, closed on %s", day_text(record->opened, opened),
                               day_text(record->closed, closed));
    if (record->kind == WM_RECORD_STATUS && record->age_months > 0) {
        g_string_append(out, " after ");
        add_months(out, record->age_months);
    }
    g_string_append_printf(out, "%s%s", record->kind == WM_RECORD_STATUS ? ": " : "", CLOSINGS[record->closing]);
    if (record->closing == WM_CLOSING_REDATED && record->recovery.due != WM_NO_DAY)
        g_string_append_printf(out, ", %s", day_text(record->recovery.due, due));
    g_string_append_c(out, '.');
}

static void say_missed(GString *out, const WmExceptionRecord *record, const WmSeries *series)
{
    char due[WM_PERIOD_TEXT];
    g_string_append_printf(out, "Recovery was due by %s", day_text(record->recovery.due, due));
    if (record->age_months > 0) {
        g_string_append(out, ", ");
        add_months(out, record->age_months);
        g_string_append(out, " ago");
    }
    g_string_append_printf(out, ", and the measure is still %s.", wm_rag_name(series->assessment.verdict.status));
}

/* " Recovery was due by 28 Feb 2022, and is late; the date was put off twice." */
static void say_recovery(GString *out, const WmRecovery *recovery)
{
    char due[WM_PERIOD_TEXT];
    if (recovery->due == WM_NO_DAY) {
        g_string_append(out, " No recovery date has been given.");
        return;
    }
    if (recovery->missed != WM_NO_DAY)
        g_string_append_printf(out, " Recovery was due by %s and is late", day_text(recovery->due, due));
    else
        g_string_append_printf(out, " Recovery is due by %s", day_text(recovery->due, due));
    if (recovery->n_moved == 1)
        g_string_append(out, "; the date was put off once");
    else if (recovery->n_moved > 1)
        g_string_append_printf(out, "; the date was put off %d times", recovery->n_moved);
    g_string_append_c(out, '.');
}

static void say_open(GString *out, const WmExceptionRecord *record)
{
    char opened[WM_PERIOD_TEXT];
    g_string_append_printf(out, "Open since %s", day_text(record->opened, opened));
    if (record->age_months > 0) {
        g_string_append(out, " (");
        add_months(out, record->age_months);
        g_string_append_c(out, ')');
    }
    g_string_append_printf(out, "%s.", MOVES[record->state]);
    say_recovery(out, &record->recovery);
}

static void say_level(GString *out, const WmExceptionRecord *record, const WmAssessment *assessment)
{
    static const char *const CLOCKS[WM_N_CLOCKS] = {
        [WM_CLOCK_RED] = "Red", [WM_CLOCK_AMBER] = "Amber or Red", [WM_CLOCK_MISSED] = "Past its recovery date"};
    if (record->level == 0)
        return;
    const gboolean is_overridden = assessment->verdict.mark == WM_OVERRIDDEN && record->level_by != WM_CLOCK_MISSED;
    g_string_append_printf(out, " %s for ", CLOCKS[record->level_by]);
    add_months(out, wm_months_between(record->since[record->level_by], assessment->as_at));
    g_string_append_printf(out, "%s: escalated to %s.", is_overridden ? ", which a status set by a person does not stop" : "",
                           record->level_name);
}

static void say_suppression(GString *out, const WmExceptionRecord *record)
{
    char day[WM_PERIOD_TEXT];
    if (record->suppression)
        g_string_append_printf(out, " Suppressed until %s by %s: %s", day_text(record->suppression->expires, day),
                               record->suppression->by_role, record->suppression->reason);
    else if (record->lapsed)
        g_string_append_printf(out, " Its suppression ran out on %s.", day_text(record->lapsed->expires, day));
}

const char *month_say_record(WmMonth *self, const WmExceptionRecord *record)
{
    g_autoptr(GString) out = g_string_new(NULL);
    if (record->state == WM_EXCEPTION_CLOSED)
        say_closed(out, record);
    else if (record->kind == WM_RECORD_RECOVERY)
        say_missed(out, record, &self->series[record->i_series]);
    else
        say_open(out, record);
    say_level(out, record, &self->series[record->i_series].assessment);
    say_suppression(out, record);
    return g_string_chunk_insert_const(self->storage->texts, out->str);
}
