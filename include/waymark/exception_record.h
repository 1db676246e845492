/* waymark/exception_record.h: the record of an exception as at a month: what it is about, since when, which way it moves, who
 * answers for it, what they said they would do and by when, at which level it stands, and how it closed.
 *
 * Two kinds of things are exceptions: a measure that the board must see, and a recovery date that has passed with the measure still
 * an exception. Each is one record, and keeps its id from the report that opens it to the one that lists it as closed.
 */
#ifndef WAYMARK_EXCEPTION_RECORD_H
#define WAYMARK_EXCEPTION_RECORD_H

#include <waymark/plan.h>

G_BEGIN_DECLS

typedef enum {
    WM_RECORD_STATUS,   /* the measure is red or amber, or a signal of concern stands */
    WM_RECORD_RECOVERY, /* its recovery date has passed */
    WM_N_RECORD_KINDS,
} WmRecordKind;

/** Days are WM_NO_DAY, texts "" and pointers NULL where they do not apply. Texts are the month's. */
typedef struct {
    WmRecordKind kind;
    size_t i_series;
    const char *id; /* INDICATOR[/UNIT[/COHORT]]@OPENED, of a recovery date followed by “+recovery” */
    WmExceptionState state;
    WmClosing closing;
    WmDay opened, closed;
    int age_months; /* from its opening to the as-at, or to its closing */
    WmDay since[WM_N_CLOCKS];
    size_t level; /* of escalation; 0 where it is closed or suppressed */
    const char *level_name;
    WmClock level_by; /* WM_N_CLOCKS at level 0 */
    const char *owner_role;
    const WmCommentary *commentary; /* the latest by the as-at; of a closed one the latest by its closing */
    WmRecovery recovery;
    const WmSuppression *suppression; /* in force */
    const WmSuppression *lapsed;      /* where none is in force: the last that ran out while it was open */
    const char *sentence;             /* one plain sentence */
} WmExceptionRecord;

const char *wm_record_kind_name(WmRecordKind kind);

/** The latest commentary on a series by a day: its own, or what is said of every unit. NULL for none. Borrowed from the plan. */
const WmCommentary *wm_plan_commentary_on(const WmPlan *plan, const WmSeries *series, WmDay day);

/** The suppression of a series in force on a day; NULL for none. Borrowed from the plan. */
const WmSuppression *wm_plan_suppression_of(const WmPlan *plan, const WmSeries *series, WmDay day);

G_END_DECLS
#endif
