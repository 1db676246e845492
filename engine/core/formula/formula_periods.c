/* Whether the periods of a formula's parts fit together. A kind is followed through the steps as their results would be. */
#include "engine/core/formula/formula_periods.h"

#include <waymark/formula.h>

int wm_periods_in(WmPeriodKind part, WmPeriodKind whole)
{
    const int months = wm_period_kind_months(part), whole_months = wm_period_kind_months(whole);
    if (months == 0 || whole_months % months != 0)
        return 0;
    const WmDay start = wm_period_start(wm_period_containing(whole, 0));
    return wm_period_start(wm_period_containing(part, start)) == start ? whole_months / months : 0;
}

/* WM_PERIOD_NONE stands for what has no periods of its own: a number, or the latest of something. */
typedef struct {
    WmPeriodKind kinds[WM_FORMULA_MAX_NODES];
    size_t n;
    WmFormulaFault *fault;
} Check;

static bool fail(Check *self, const WmFormulaNode *node, const char *message)
{
    if (!*self->fault->message)
        *self->fault = (WmFormulaFault){message, node->column, 1};
    return false;
}

static bool is_same(WmPeriodKind a, WmPeriodKind b)
{
    return a == b || wm_periods_in(a, b) == 1;
}

static bool check_two(Check *self, const WmFormulaNode *node)
{
    const WmPeriodKind b = self->kinds[--self->n], a = self->kinds[self->n - 1];
    if (a == WM_PERIOD_NONE && b == WM_PERIOD_NONE)
        return fail(self, node, "neither side has periods of its own");
    if (a != WM_PERIOD_NONE && b != WM_PERIOD_NONE && !is_same(a, b))
        return fail(
            self, node,
            "the two sides are published by different periods: say how they meet, as in “sum of … by quarter” for the finer "
            "or “latest …” for the coarser");
    self->kinds[self->n - 1] = a == WM_PERIOD_NONE ? b : a;
    return true;
}

static bool check_rolling(Check *self, const WmFormulaNode *node, WmPeriodKind kind)
{
    const int months = wm_period_kind_months(kind);
    if (months == 0)
        return fail(self, node, "a rolling total needs something published by month, quarter, term or year");
    if (node->window_months && node->window * node->window_months % months != 0)
        return fail(self, node, "the window is no whole number of the periods in which it is published");
    return true;
}

static bool check_year(Check *self, const WmFormulaNode *node, WmPeriodKind kind)
{
    return wm_periods_in(kind, node->period) > 0 || fail(self, node, "the periods in which it is published do not fill that year");
}

static bool check_change(Check *self, const WmFormulaNode *node, WmPeriodKind kind)
{
    return wm_period_kind_months(kind) > 0 || fail(self, node, "it has no periods that come back after a year");
}

static bool check_by(Check *self, const WmFormulaNode *node, WmPeriodKind kind)
{
    if (wm_periods_in(kind, node->period) < 2)
        return fail(self, node, "the periods in which it is published do not fill these, or are no finer");
    self->kinds[self->n - 1] = node->period;
    return true;
}

static bool check_node(Check *self, const WmFormulaNode *node, const WmPeriodKind *parts)
{
    const WmPeriodKind top = self->n ? self->kinds[self->n - 1] : WM_PERIOD_NONE;
    switch (node->op) {
    case WM_OP_PART:
    case WM_OP_NUMBER:
        self->kinds[self->n++] = node->op == WM_OP_PART ? parts[node->i_part] : WM_PERIOD_NONE;
        return true;
    case WM_OP_SUM:
    case WM_OP_DIFFERENCE:
    case WM_OP_PRODUCT:
    case WM_OP_RATIO:
        return check_two(self, node);
    case WM_OP_ROLLING:
        return check_rolling(self, node, top);
    case WM_OP_BY:
        return check_by(self, node, top);
    case WM_OP_YEAR_TO_DATE:
    case WM_OP_IN_YEAR:
        return check_year(self, node, top);
    case WM_OP_CHANGE:
    case WM_OP_PERCENT_CHANGE:
        return check_change(self, node, top);
    case WM_OP_LATEST:
        self->kinds[self->n - 1] = WM_PERIOD_NONE;
        return true;
    case WM_N_OPS:
        break;
    }
    return false;
}

bool wm_formula_check_periods(const WmFormula *self, const WmPeriodKind *parts, WmPeriodKind own, WmFormulaFault *fault)
{
    Check check = {.fault = fault};
    *fault = (WmFormulaFault){"", 0, 0};
    for (size_t i = 0; i < self->n_nodes; i++)
        if (!check_node(&check, &self->nodes[i], parts))
            return false;
    const WmFormulaNode *last = &self->nodes[self->n_nodes - 1];
    if (check.kinds[0] == WM_PERIOD_NONE)
        return fail(&check, last, "it has no periods of its own: only a side of a ratio, sum or difference may be the latest");
    if (!is_same(check.kinds[0], own))
        return fail(&check, last,
                    "it does not come to the indicator's own frequency: write “sum of … by quarter”, “last of … by year” or the "
                    "like, or correct the frequency");
    return true;
}
