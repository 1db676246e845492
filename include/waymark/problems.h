/* waymark/problems.h: everything that is wrong with a plan or its data, all at once.
 *
 * A problem is a finding about the input, collected and reported together; it is not a GError, which says that the call failed.
 */
#ifndef WAYMARK_PROBLEMS_H
#define WAYMARK_PROBLEMS_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum { WM_SEVERITY_INFO, WM_SEVERITY_WARNING, WM_SEVERITY_ERROR, WM_N_SEVERITIES } WmSeverity;

/** One finding. Texts are never NULL. */
typedef struct {
    const char *file; /* relative to the plan folder */
    int line;         /* from 1; 0 when it is about the whole file */
    int column;       /* field number from 1; 0 when it is about the whole row */
    WmSeverity severity;
    const char *code; /* stable, snake_case: outside_bounds, unknown_unit … */
    const char *message;
    const char *advice;
    const char *indicator; /* the indicator it is about; "" for none */
} WmProblem;

typedef struct WmProblems WmProblems;

/** New and empty. Caller frees. */
WmProblems *wm_problems_new(void);
void wm_problems_free(WmProblems *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmProblems, wm_problems_free)

/** Add a finding; its texts are copied, and NULL ones become "". */
void wm_problems_add(WmProblems *self, const WmProblem *problem);

/** Sort by file, line and column; what stands at one place keeps its order. */
void wm_problems_sort(WmProblems *self);

size_t wm_problems_count(const WmProblems *self, WmSeverity at_least);
size_t wm_problems_n(const WmProblems *self);

/** The i-th finding; borrowed until the next add or sort. */
const WmProblem *wm_problems_at(const WmProblems *self, size_t i);

/** `file:line:column: severity: message; advice`. Caller frees. */
char *wm_problem_format(const WmProblem *problem);

const char *wm_severity_name(WmSeverity severity);

/** What a check is about, whatever the case. */
typedef struct {
    const char *code;
    WmSeverity severity;
    const char *sentence; /* what it says, in one plain sentence */
    const char *advice;   /* what to do, where it does not depend on the case */
} WmCheck;

/** Every check there is, in the order of a reading's journey: plan files, plan tables, formulas, rows of drops, readings.
 * @param n set to how many; lives for ever */
const WmCheck *wm_checks(size_t *n);

/** The check of a code, or NULL. */
const WmCheck *wm_check_find(const char *code);

G_END_DECLS
#endif
