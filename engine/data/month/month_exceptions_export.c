/* exceptions.csv: each column is a row of a table. */
#include <waymark/month.h>

#include "engine/data/text/row_sheet.h"

static char *day(WmDay value)
{
    char text[WM_PERIOD_TEXT];
    return value == WM_NO_DAY ? NULL : g_strdup(wm_day_format_iso(value, text));
}

static char *text_or_null(const char *text)
{
    return *text ? g_strdup(text) : NULL;
}

static char *whole(size_t value)
{
    return g_strdup_printf("%zu", value);
}

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
EXPORT(unit, text_or_null(series->unit))
EXPORT(cohort, text_or_null(series->cohort))
EXPORT(as_at, day(month->as_at))
EXPORT(state, g_strdup(wm_exception_state_name(one->state)))
EXPORT(opened, day(one->opened))
EXPORT(age_months, whole((size_t)MAX(one->age_months, 0)))
EXPORT(status, g_strdup(wm_rag_name(series->assessment.verdict.status)))
EXPORT(status_computed, g_strdup(wm_rag_name(wm_verdict_computed(series->assessment.verdict))))
EXPORT(previous_status, series->previous.as_at == WM_NO_DAY ? NULL : g_strdup(wm_rag_name(series->previous.verdict.status)))
EXPORT(red_since, day(one->since[WM_CLOCK_RED]))
EXPORT(level, one->state == WM_EXCEPTION_CLOSED || one->suppression ? NULL : whole(one->level))
EXPORT(level_name, text_or_null(one->level_name))
EXPORT(level_by, one->level_by == WM_N_CLOCKS ? NULL : g_strdup(wm_clock_name(one->level_by)))
EXPORT(owner_role, text_or_null(one->owner_role))
EXPORT(commentary_as_at, one->commentary ? day(one->commentary->as_at) : NULL)
EXPORT(explanation, one->commentary ? text_or_null(one->commentary->explanation) : NULL)
EXPORT(recovery, one->commentary ? text_or_null(one->commentary->recovery) : NULL)
EXPORT(author_role, one->commentary ? text_or_null(one->commentary->author_role) : NULL)
EXPORT(recovery_due, day(one->recovery.due))
EXPORT(recovery_missed, day(one->recovery.missed))
EXPORT(times_put_off, whole((size_t)one->recovery.n_moved))
EXPORT(closed, day(one->closed))
EXPORT(closing, text_or_null(wm_closing_name(one->closing)))
EXPORT(suppressed_until, one->suppression ? day(one->suppression->expires) : NULL)
EXPORT(suppressed_by, one->suppression ? g_strdup(one->suppression->by_role) : NULL)
EXPORT(suppressed_reason, one->suppression ? g_strdup(one->suppression->reason) : NULL)
EXPORT(suppression_ended, one->lapsed ? day(one->lapsed->expires) : NULL)
EXPORT(sentence, g_strdup(one->sentence))

#define COLUMN(name)         \
    {                        \
#name, export_##name \
    }

static const RowColumn COLUMNS[] = {
    COLUMN(exception),
    COLUMN(kind),
    COLUMN(indicator),
    COLUMN(unit),
    COLUMN(cohort),
    COLUMN(as_at),
    COLUMN(state),
    COLUMN(opened),
    COLUMN(age_months),
    COLUMN(status),
    COLUMN(status_computed),
    COLUMN(previous_status),
    COLUMN(red_since),
    COLUMN(level),
    COLUMN(level_name),
    COLUMN(level_by),
    COLUMN(owner_role),
    COLUMN(explanation),
    COLUMN(recovery),
    COLUMN(recovery_due),
    COLUMN(recovery_missed),
    COLUMN(times_put_off),
    COLUMN(author_role),
    COLUMN(commentary_as_at),
    COLUMN(closed),
    COLUMN(closing),
    COLUMN(suppressed_until),
    COLUMN(suppressed_by),
    COLUMN(suppressed_reason),
    COLUMN(suppression_ended),
    COLUMN(sentence),
};

char *wm_month_exceptions_to_csv(const WmMonth *self)
{
    const RowSheet sheet = {COLUMNS, G_N_ELEMENTS(COLUMNS), self, self->records, self->n_records, sizeof(WmExceptionRecord)};
    return row_sheet_to_csv(&sheet);
}
