/* exceptions.csv: each column is a row of a table. */
#include <waymark/month.h>

#include "engine/data/text/row_sheet.h"

#define EXPORT(name, expression)                                       \
    static char *export_##name(gconstpointer owner, gconstpointer row) \
    {                                                                  \
        const WmMonth *month = owner;                                  \
        const WmExceptionRecord *one = row;                            \
        const WmSeries *series = &month->series[one->i_series];        \
        (void)series;                                                  \
        return expression;                                             \
    }

EXPORT(exception, g_strdup(one->id))
EXPORT(kind, g_strdup(wm_record_kind_name(one->kind)))
EXPORT(indicator, g_strdup(series->indicator))
EXPORT(unit, row_words(series->unit))
EXPORT(cohort, row_words(series->cohort))
EXPORT(as_at, row_day(month->as_at))
EXPORT(state, g_strdup(wm_exception_state_name(one->state)))
EXPORT(opened, row_day(one->opened))
EXPORT(age_months, row_whole((size_t)MAX(one->age_months, 0)))
EXPORT(status, g_strdup(wm_rag_name(series->assessment.verdict.status)))
EXPORT(status_computed, g_strdup(wm_rag_name(wm_verdict_computed(series->assessment.verdict))))
EXPORT(previous_status, series->previous.as_at == WM_NO_DAY ? NULL : g_strdup(wm_rag_name(series->previous.verdict.status)))
EXPORT(red_since, row_day(one->since[WM_CLOCK_RED]))
EXPORT(level, one->state == WM_EXCEPTION_CLOSED || one->suppression ? NULL : row_whole(one->level))
EXPORT(level_name, row_words(one->level_name))
EXPORT(level_by, one->level_by == WM_N_CLOCKS ? NULL : g_strdup(wm_clock_name(one->level_by)))
EXPORT(owner_role, row_words(one->owner_role))
EXPORT(commentary_as_at, one->commentary ? row_day(one->commentary->as_at) : NULL)
EXPORT(explanation, one->commentary ? row_words(one->commentary->explanation) : NULL)
EXPORT(recovery, one->commentary ? row_words(one->commentary->recovery) : NULL)
EXPORT(author_role, one->commentary ? row_words(one->commentary->author_role) : NULL)
EXPORT(recovery_due, row_day(one->recovery.due))
EXPORT(recovery_missed, row_day(one->recovery.missed))
EXPORT(times_put_off, row_whole((size_t)one->recovery.n_moved))
EXPORT(closed, row_day(one->closed))
EXPORT(closing, row_words(wm_closing_name(one->closing)))
EXPORT(suppressed_until, one->suppression ? row_day(one->suppression->expires) : NULL)
EXPORT(suppressed_by, one->suppression ? g_strdup(one->suppression->by_role) : NULL)
EXPORT(suppressed_reason, one->suppression ? g_strdup(one->suppression->reason) : NULL)
EXPORT(suppression_ended, one->lapsed ? row_day(one->lapsed->expires) : NULL)
EXPORT(sentence, g_strdup(one->sentence))

static const RowColumn COLUMNS[] = {
    ROW_TEXT(exception),
    ROW_TEXT(kind),
    ROW_TEXT(indicator),
    ROW_TEXT(unit),
    ROW_TEXT(cohort),
    ROW_TEXT(as_at),
    ROW_TEXT(state),
    ROW_TEXT(opened),
    ROW_TEXT(age_months),
    ROW_TEXT(status),
    ROW_TEXT(status_computed),
    ROW_TEXT(previous_status),
    ROW_TEXT(red_since),
    ROW_TEXT(level),
    ROW_TEXT(level_name),
    ROW_TEXT(level_by),
    ROW_TEXT(owner_role),
    ROW_TEXT(explanation),
    ROW_TEXT(recovery),
    ROW_TEXT(recovery_due),
    ROW_TEXT(recovery_missed),
    ROW_TEXT(times_put_off),
    ROW_TEXT(author_role),
    ROW_TEXT(commentary_as_at),
    ROW_TEXT(closed),
    ROW_TEXT(closing),
    ROW_TEXT(suppressed_until),
    ROW_TEXT(suppressed_by),
    ROW_TEXT(suppressed_reason),
    ROW_TEXT(suppression_ended),
    ROW_TEXT(sentence),
};

char *wm_month_exceptions_to_csv(const WmMonth *self)
{
    const RowSheet sheet = {COLUMNS, G_N_ELEMENTS(COLUMNS), self, self->records, self->n_records, sizeof(WmExceptionRecord)};
    return row_sheet_to_csv(&sheet);
}
