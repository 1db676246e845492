/* waymark/action.h: one action of a plan: what its lead declares of it, and what its dates imply.
 *
 * A declared RAG is a judgement by the lead at a monitoring date. The *implied* one comes from dates and words alone: past its due
 * date and not complete is red, whatever the lead says. Neither replaces the other; where they disagree there is a *finding*.
 * Every function here is pure.
 */
#ifndef WAYMARK_ACTION_H
#define WAYMARK_ACTION_H

#include <waymark/assess.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How far an action is, by the words of its status. */
typedef enum {
    WM_ACTION_NOT_SAID,
    WM_ACTION_NOT_STARTED,
    WM_ACTION_UNDER_WAY,
    WM_ACTION_PAUSED,
    WM_ACTION_COMPLETE,
    WM_ACTION_WITHDRAWN, /* cancelled, superseded: no longer judged */
    WM_N_ACTION_STATES,
} WmActionState;

/** What is declared of an action at one monitoring date. */
typedef struct {
    WmDay as_at;
    WmRag rag;
} WmRagMark;

/** What a plan says of an action. */
typedef struct {
    WmDay start, due, new_due; /* WM_NO_DAY when undated, ongoing, TBA */
    bool timeline_differs;     /* another table of the plan gives another due date */
    WmDay timeline_due;        /* that one; WM_NO_DAY when it is in words */
    bool is_recurrent;         /* "ongoing", "from April": has no end to be late for */
    WmActionState state;       /* of its status text */
    WmActionState said;        /* WM_ACTION_PAUSED or WM_ACTION_NOT_STARTED where progress or barrier speak of that */
    bool has_change_request;
    bool has_vacant_post;           /* its owner, progress or barrier speaks of a post that is not filled */
    double progress_percent;        /* 0..100; NAN when not said */
    const WmRagMark *marks;         /* n_marks by date; borrowed */
    size_t n_marks;                 /* marks after the as-at are not looked at */
    size_t n_waits_late;            /* actions that it waits for, not complete, and past their date or due after its own */
    size_t n_targets_unmet;         /* due milestones of linked indicators that are missed or not held */
    size_t n_targets_without_value; /* linked indicators with a due milestone and no reading to judge it */
} WmActionFacts;

/** What a sharp reader asks about. In the order in which a report lists them. */
typedef enum {
    WM_ACTION_GREEN_PAST_DUE,    /* declared green after its due date; day = due, a = whole months */
    WM_ACTION_OVERDUE,           /* past its due date and not complete, whatever is declared; day = due, a = whole months */
    WM_ACTION_GREEN_PAUSED,      /* declared green while its words say paused */
    WM_ACTION_GREEN_NOT_STARTED, /* declared green before anything began */
    WM_ACTION_BLUE_UNFINISHED,   /* declared blue, and its words or progress say otherwise; a = progress, NAN when not said */
    WM_ACTION_BLUE_TARGET_UNMET, /* declared blue, and what it should have moved is short of its target; a = how many indicators */
    WM_ACTION_BLUE_UNEVIDENCED,  /* declared blue, and nothing has been measured; a = how many indicators */
    WM_ACTION_NO_STATUS,         /* neither a RAG nor a status at the as-at */
    WM_ACTION_CHANGE_UNDATED,    /* a change is asked for without a new date */
    WM_ACTION_SLIPPED,           /* its date was moved back; day = the new date, a = whole months */
    WM_ACTION_DATES_DIFFER,      /* two tables of the plan give two dates; day = the other one, WM_NO_DAY when in words */
    WM_ACTION_STARTED_LATE,      /* past its start, not begun; day = start */
    WM_ACTION_INCOMPLETE_LATE,   /* months after its due date and still not complete: to be escalated; a = whole months */
    WM_ACTION_POST_VACANT,       /* waits for a post to be filled, by its owner or its barrier */
    WM_ACTION_WAITS_LATE,        /* waits for others that are late, or end after it; a = how many */
    WM_ACTION_WENT_BACK,         /* its RAG is worse than at the monitoring date before; a = the WmRag then */
    WM_ACTION_NOT_UPDATED,       /* other actions have been judged since; day = its last mark */
    WM_ACTION_DUE_SOON,          /* due within the rules' days; day = due */
    WM_N_ACTION_FINDINGS,
} WmActionFindingCode;

typedef struct {
    WmActionFindingCode code;
    double a;  /* as the code says; NAN otherwise */
    WmDay day; /* as the code says; WM_NO_DAY otherwise */
} WmActionFinding;

typedef struct {           /* members left 0 take the default named here */
    int due_soon_days;     /* default 31 */
    int incomplete_months; /* default 3: the scrutiny committee's "incomplete" */
    WmDay latest_mark;     /* latest monitoring date of the plan by the as-at; 0: unknown */
} WmActionRules;

#define WM_MAX_ACTION_FINDINGS WM_N_ACTION_FINDINGS

typedef struct {
    WmRag declared;    /* at the as-at; WM_N_RAGS when nothing is declared */
    WmDay declared_at; /* of that mark; WM_NO_DAY */
    WmRag before;      /* at the mark before; WM_N_RAGS when there is none */
    WmRag implied;     /* by dates and words; grey when they say nothing */
    WmDay due;         /* in force: the new date where there is one; WM_NO_DAY when undated */
    bool is_complete;
    WmActionFinding findings[WM_MAX_ACTION_FINDINGS]; /* n_findings, in the enum's order, each at most once */
    size_t n_findings;
} WmActionJudgement;

/** Judge an action as at a date.
 *
 * The status text describes the plan as it now stands; where a mark is later than the as-at it is passed over, and the mark in
 * force says how far the action was. Complete: the status says so, or the mark in force is blue.
 *
 * @param rules  NULL for the defaults; borrowed
 * @param out    written in every case
 */
void wm_action_judge(const WmActionFacts *facts, WmDay as_at, const WmActionRules *rules, WmActionJudgement *out);

/** How far an action is, by its status in words ("under way, with concern"); WM_ACTION_NOT_SAID for other words and none. */
WmActionState wm_action_state_of(const char *text);

/** What a text about progress or a barrier admits: WM_ACTION_PAUSED (paused, on hold, stopped, cannot start …),
 * WM_ACTION_NOT_STARTED (not begun), else WM_ACTION_NOT_SAID. */
WmActionState wm_action_admission_of(const char *text);

/** Whether a text says that a post is not filled: "vacant", "Head of Service (pending)", "until someone is in post". */
bool wm_action_is_vacancy(const char *text);

/** Whether a due date in words has no end: "ongoing", "from 2018-04", "termly", "2 or 3 times a year". */
bool wm_action_is_recurrent(const char *due_text);

/** `green_past_due` … The pointer lives for ever. */
const char *wm_action_finding_name(WmActionFindingCode code);
const char *wm_action_state_name(WmActionState state);

/** Whether a finding asks something of the board; a note does not (due soon, slipped, dates differ, not updated). */
bool wm_action_finding_needs_answer(WmActionFindingCode code);

#ifdef __cplusplus
}
#endif
#endif
