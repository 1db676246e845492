/* A formula's steps, carried out on a stack of series. */
#include <waymark/formula.h>

#include <math.h>
#include <stdlib.h>

#include "engine/core/derive.h"
#include "engine/core/formula/formula_periods.h"

struct WmFormulaScratch {
    DeriveValue stack[WM_FORMULA_MAX_NODES];
    size_t n;
    DeriveValue spare; /* where an operation writes; changes places with its operand */
    size_t *heads;     /* of a roll-up: where each series stands */
    size_t heads_room;
};

WmFormulaScratch *wm_formula_scratch_new(void)
{
    return calloc(1, sizeof(WmFormulaScratch));
}

void wm_formula_scratch_free(WmFormulaScratch *self)
{
    if (!self)
        return;
    for (size_t i = 0; i < WM_FORMULA_MAX_NODES; i++)
        free(self->stack[i].items);
    free(self->spare.items);
    free(self->heads);
    free(self);
}

typedef struct {
    const WmFormula *formula;
    const WmFormulaSeries *parts;
    WmFormulaScratch *scratch;
} Evaluation;

static bool append(DeriveValue *self, WmDerivedReading one)
{
    if (self->n == self->room) {
        const size_t room = self->room ? 2 * self->room : 64;
        WmDerivedReading *items = realloc(self->items, room * sizeof *items);
        if (!items)
            return false;
        self->items = items;
        self->room = room;
    }
    self->items[self->n++] = one;
    return true;
}

/* The spare, emptied, for a result of this scale. */
static DeriveValue *clear_spare(WmFormulaScratch *self, double scale)
{
    DeriveValue *spare = &self->spare;
    spare->n = 0;
    spare->scale = scale;
    spare->is_latest = spare->is_number = false;
    spare->number = NAN;
    return spare;
}

static DeriveValue *top(WmFormulaScratch *self)
{
    return &self->stack[self->n - 1];
}

/* The result takes the operand's place. */
static void put_spare(WmFormulaScratch *self, DeriveValue *place)
{
    const DeriveValue operand = *place;
    *place = self->spare;
    self->spare = operand;
}

/* ---- leaves ---- */

static bool push_part(Evaluation *self, const WmFormulaNode *node)
{
    const WmFormulaSeries *part = &self->parts[node->i_part];
    DeriveValue *spare = clear_spare(self->scratch, part->scale);
    for (size_t i = 0; i < part->n_readings; i++)
        if (!append(spare, part->readings[i]))
            return false;
    put_spare(self->scratch, &self->scratch->stack[self->scratch->n++]);
    return true;
}

static bool push_number(Evaluation *self, const WmFormulaNode *node)
{
    DeriveValue *spare = clear_spare(self->scratch, 0);
    spare->is_number = true;
    spare->number = node->number;
    put_spare(self->scratch, &self->scratch->stack[self->scratch->n++]);
    return true;
}

/* ---- two series ---- */

/* What a side is at a period; NULL for nothing. `number` is where a number's reading is made. */
static const WmDerivedReading *side_at(const DeriveValue *side, WmPeriod period, WmDerivedReading *number)
{
    if (side->is_number) {
        *number = derive_number(side->number, period);
        return number;
    }
    return side->is_latest ? derive_latest(side, period) : derive_find(side, period);
}

static double pair_scale(const DeriveValue *side)
{
    return side->is_number ? -1 : side->scale;
}

static double result_scale(const DerivePair *pair)
{
    const double a = pair->scale_a, b = pair->scale_b;
    if (pair->op == WM_OP_RATIO)
        return a == 0 && b == 0 ? pair->share_scale : 0;
    if (pair->op == WM_OP_PRODUCT)
        return (a == 1 && b < 0) || (b == 1 && a < 0) ? 1 : 0;
    return a == b ? a : a < 0 ? b : b < 0 ? a : 0;
}

static bool has_periods(const DeriveValue *side)
{
    return !side->is_number && !side->is_latest;
}

static bool combine_at(const DerivePair *pair, const DeriveValue *a, const DeriveValue *b, WmPeriod period, bool is_partial_sum,
                       DeriveValue *out)
{
    WmDerivedReading number, partial;
    const WmDerivedReading *x = side_at(a, period, &number), *y = side_at(b, period, &number);
    if (is_partial_sum && derive_one_sided(x, y, period, &partial))
        return append(out, partial);
    if (!x || !y)
        return true;
    const WmDerivedReading both = derive_pair(pair, x, y, period);
    return append(out, both);
}

/* Periods of both sides, in order. A side without periods of its own follows the other. */
static bool combine_two(Evaluation *self, const WmFormulaNode *node)
{
    WmFormulaScratch *scratch = self->scratch;
    const DeriveValue *b = &scratch->stack[--scratch->n];
    DeriveValue *a = top(scratch);
    const DerivePair pair = {node->op, node->op == WM_OP_RATIO ? node->number : 1,
                             node->op == WM_OP_RATIO && self->formula->share_scale > 0 ? self->formula->share_scale : 1,
                             pair_scale(a), pair_scale(b)};
    DeriveValue *out = clear_spare(scratch, result_scale(&pair));
    const bool is_partial_sum = node->op == WM_OP_SUM && self->formula->allows_partial && has_periods(a) && has_periods(b);
    size_t i = 0, k = 0;
    const size_t n_a = has_periods(a) ? a->n : 0, n_b = has_periods(b) ? b->n : 0;
    while (i < n_a || k < n_b) {
        const int order = i == n_a ? 1 : k == n_b ? -1 : wm_period_compare(a->items[i].reading.period, b->items[k].reading.period);
        const WmPeriod period = order <= 0 ? a->items[i].reading.period : b->items[k].reading.period;
        i += order <= 0;
        k += order >= 0;
        if (!combine_at(&pair, a, b, period, is_partial_sum, out))
            return false;
    }
    put_spare(scratch, a);
    return true;
}

/* ---- one series ---- */

/* The total of the `n_steps` periods that end with the i-th reading's. A total that reaches back before the first reading is none,
 * partial or not. */
static bool add_total(Evaluation *self, const DeriveValue *series, size_t i, int n_steps, WmPeriod result, WmTotalMode mode,
                      DeriveValue *out)
{
    const WmPeriod last = series->items[i].reading.period, first = wm_period_step(last, 1 - n_steps);
    if (wm_period_start(first) < wm_period_start(series->items[0].reading.period))
        return true;
    DeriveTotal total = derive_total_start(series->scale, mode);
    for (int step = 0; step < n_steps; step++)
        derive_total_add(&total, derive_find_back(series, wm_period_step(last, -step), &i));
    WmDerivedReading one;
    return !derive_total_finish(&total, result, self->formula->allows_partial, &one) || append(out, one);
}

static bool roll(Evaluation *self, const WmFormulaNode *node)
{
    DeriveValue *series = top(self->scratch), *out = clear_spare(self->scratch, series->scale);
    for (size_t i = 0; i < series->n; i++) {
        const WmPeriod period = series->items[i].reading.period;
        const int months = wm_period_kind_months(period.kind), span = node->window * node->window_months;
        const int n_steps = node->window_months == 0 ? node->window : months && span % months == 0 ? span / months : 0;
        if (n_steps > 0 && months > 0 && !add_total(self, series, i, n_steps, period, node->mode, out))
            return false;
    }
    put_spare(self->scratch, series);
    return true;
}

static bool add_year_to_date(Evaluation *self, const WmFormulaNode *node, const DeriveValue *series, size_t i, DeriveValue *out)
{
    const WmPeriod period = series->items[i].reading.period;
    if (wm_periods_in(period.kind, node->period) == 0)
        return true;
    const WmPeriod year = wm_period_containing(node->period, wm_period_end(period));
    const WmPeriod first = wm_period_containing(period.kind, wm_period_start(year));
    const int n_steps = wm_period_steps_between(first, period) + 1;
    return add_total(self, series, i, n_steps, period, WM_TOTAL_SUM, out);
}

static bool add_in_year(const WmFormulaNode *node, const DeriveValue *series, const WmDerivedReading *one, DeriveValue *out)
{
    const WmPeriod period = one->reading.period;
    if (wm_periods_in(period.kind, node->period) == 0)
        return true;
    const WmPeriod year = wm_period_containing(node->period, wm_period_end(period));
    if (wm_period_start(year) == wm_period_start(period))
        return append(out, *one);
    const WmDerivedReading *before = derive_find(series, wm_period_step(period, -1));
    if (!before)
        return true;
    const WmDerivedReading increment = derive_increment(series->scale, one, before);
    return append(out, increment);
}

static bool add_change(const WmFormulaNode *node, const DeriveValue *series, const WmDerivedReading *one, DeriveValue *out)
{
    const WmPeriod period = one->reading.period;
    const int months = wm_period_kind_months(period.kind);
    const WmDerivedReading *before = months ? derive_find(series, wm_period_step(period, -12 / months)) : NULL;
    if (!before)
        return true;
    const WmDerivedReading change = derive_change(one, before, node->op == WM_OP_PERCENT_CHANGE);
    return append(out, change);
}

/* Each period to one result. */
static bool map_periods(Evaluation *self, const WmFormulaNode *node)
{
    const bool is_change = node->op == WM_OP_CHANGE || node->op == WM_OP_PERCENT_CHANGE;
    DeriveValue *series = top(self->scratch), *out = clear_spare(self->scratch, is_change ? 0 : series->scale);
    for (size_t i = 0; i < series->n; i++) {
        const WmDerivedReading *one = &series->items[i];
        const bool is_done = is_change                        ? add_change(node, series, one, out)
                             : node->op == WM_OP_YEAR_TO_DATE ? add_year_to_date(self, node, series, i, out)
                                                              : add_in_year(node, series, one, out);
        if (!is_done)
            return false;
    }
    put_spare(self->scratch, series);
    return true;
}

/* One longer period from those in it, once its last has come. */
static bool add_longer(Evaluation *self, const WmFormulaNode *node, const DeriveValue *series, size_t i, DeriveValue *out)
{
    const WmPeriod period = series->items[i].reading.period;
    const int n_steps = wm_periods_in(period.kind, node->period);
    const WmPeriod longer = wm_period_containing(node->period, wm_period_end(period));
    if (n_steps < 2 || wm_period_end(longer) != wm_period_end(period))
        return true;
    if (node->mode != WM_TOTAL_LAST)
        return add_total(self, series, i, n_steps, longer, node->mode, out);
    WmDerivedReading last = series->items[i];
    last.reading.period = longer;
    return append(out, last);
}

static bool lengthen(Evaluation *self, const WmFormulaNode *node)
{
    DeriveValue *series = top(self->scratch), *out = clear_spare(self->scratch, series->scale);
    for (size_t i = 0; i < series->n; i++)
        if (!add_longer(self, node, series, i, out))
            return false;
    put_spare(self->scratch, series);
    return true;
}

static bool mark_latest(Evaluation *self, const WmFormulaNode *node)
{
    (void)node;
    top(self->scratch)->is_latest = true;
    return true;
}

static bool (*const OPERATIONS[WM_N_OPS])(Evaluation *self, const WmFormulaNode *node) = {
    [WM_OP_PART] = push_part,         [WM_OP_NUMBER] = push_number,  [WM_OP_SUM] = combine_two,
    [WM_OP_DIFFERENCE] = combine_two, [WM_OP_PRODUCT] = combine_two, [WM_OP_RATIO] = combine_two,
    [WM_OP_ROLLING] = roll,           [WM_OP_BY] = lengthen,         [WM_OP_YEAR_TO_DATE] = map_periods,
    [WM_OP_IN_YEAR] = map_periods,    [WM_OP_CHANGE] = map_periods,  [WM_OP_PERCENT_CHANGE] = map_periods,
    [WM_OP_LATEST] = mark_latest,
};

/* Counts of another scale than the indicator's own would say something else than its value. A rate is per whatever its parts are; a
 * hundred is a percent's. */
static bool fits_scale(double scale, double share_scale)
{
    return scale == share_scale || (share_scale == 1 && scale > 0 && scale != 100);
}

static void drop_foreign_counts(DeriveValue *self, double share_scale)
{
    for (size_t i = 0; !fits_scale(self->scale, share_scale) && i < self->n; i++)
        self->items[i].reading.numerator = self->items[i].reading.denominator = NAN;
}

WmStatus wm_formula_evaluate(const WmFormula *self, const WmFormulaSeries *parts, WmFormulaScratch *scratch,
                             const WmDerivedReading **out, size_t *n_out)
{
    Evaluation evaluation = {self, parts, scratch};
    *out = NULL;
    *n_out = 0;
    scratch->n = 0;
    for (size_t i = 0; i < self->n_nodes; i++)
        if (!OPERATIONS[self->nodes[i].op](&evaluation, &self->nodes[i]))
            return WM_NO_MEMORY;
    DeriveValue *result = top(scratch);
    drop_foreign_counts(result, self->share_scale);
    *out = result->items;
    *n_out = result->n;
    return WM_OK;
}

/* ---- units ---- */

static bool make_heads(WmFormulaScratch *self, size_t n)
{
    if (n > self->heads_room) {
        size_t *heads = realloc(self->heads, n * sizeof *heads);
        if (!heads)
            return false;
        self->heads = heads;
        self->heads_room = n;
    }
    for (size_t i = 0; i < n; i++)
        self->heads[i] = 0;
    return true;
}

/* The earliest period at which some series stands; false when all have ended. */
static bool next_period(const WmFormulaSeries *series, size_t n_series, const size_t *heads, WmPeriod *out)
{
    bool has_any = false;
    for (size_t i = 0; i < n_series; i++) {
        if (heads[i] == series[i].n_readings)
            continue;
        const WmPeriod period = series[i].readings[heads[i]].reading.period;
        if (!has_any || wm_period_compare(period, *out) < 0)
            *out = period;
        has_any = true;
    }
    return has_any;
}

WmStatus wm_formula_roll_up(const WmFormulaSeries *series, size_t n_series, bool allows_partial, WmFormulaScratch *scratch,
                            const WmDerivedReading **out, size_t *n_out)
{
    const double scale = n_series ? series[0].scale : 0;
    DeriveValue *result = clear_spare(scratch, scale);
    WmPeriod period;
    *out = NULL;
    *n_out = 0;
    if (!make_heads(scratch, n_series ? n_series : 1))
        return WM_NO_MEMORY;
    while (next_period(series, n_series, scratch->heads, &period)) {
        DeriveTotal total = derive_total_start(scale, WM_TOTAL_SUM);
        for (size_t i = 0; i < n_series; i++) {
            size_t *head = &scratch->heads[i];
            const bool is_here =
                *head < series[i].n_readings && wm_period_compare(series[i].readings[*head].reading.period, period) == 0;
            derive_total_add(&total, is_here ? &series[i].readings[*head] : NULL);
            *head += is_here;
        }
        WmDerivedReading one;
        if (derive_total_finish(&total, period, allows_partial, &one) && !append(result, one))
            return WM_NO_MEMORY;
    }
    *out = result->items;
    *n_out = result->n;
    return WM_OK;
}
