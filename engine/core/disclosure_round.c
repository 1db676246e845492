/* Rounded counts: which of them, with the sums that they make, would give a small one away. */
#include "engine/core/disclosure_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_MOVES 4000 /* tried for one witness; where they do not do, more is hidden */

double wm_disclosure_round(double count, const WmDisclosureRules *rules)
{
    const int base = disclosure_rules(rules).base;
    return base * floor(count / base + 0.5);
}

typedef struct {
    const WmRoundedTable *table;
    WmHiding *hidings; /* of figures */
    WmDisclosureRules rules;
    double *now;        /* n_cells: the table that is being looked for */
    signed char *moves; /* n_cells: of the step that is being tried: -1, 0, 1 */
    size_t n_tried;
} Search;

static bool is_shown(const Search *self, size_t cell)
{
    return self->table->is_printed[cell] && self->hidings[self->table->figures[cell]] == WM_SHOWN;
}

/* Whether a cell may be so much, for all that is printed. */
static bool may_be(const Search *self, size_t cell, double count)
{
    return count >= 0 && (!is_shown(self, cell) ||
                          wm_disclosure_round(count, &self->rules) == wm_disclosure_round(self->table->counts[cell], &self->rules));
}

/* What a sum is out by: its total less its parts. */
static int imbalance_of(const Search *self, const WmDisclosureSum *sum)
{
    int out = 0;
    for (size_t k = 0; k < sum->n_cells; k++)
        out += k == 0 ? self->moves[sum->cells[k]] : -self->moves[sum->cells[k]];
    return out;
}

/* Go on moving cells by one until every sum is even. A cell moves once. */
static bool balance(Search *self)
{
    const WmRoundedTable *table = self->table;
    const WmDisclosureSum *uneven = NULL;
    int out = 0;
    for (size_t i = 0; i < table->n_sums && !uneven; i++) {
        out = imbalance_of(self, &table->sums[i]);
        uneven = out ? &table->sums[i] : NULL;
    }
    if (!uneven)
        return true;
    for (size_t k = 0; k < uneven->n_cells && self->n_tried < MAX_MOVES; k++) {
        const size_t cell = uneven->cells[k];
        const signed char move = (out > 0) == (k == 0) ? -1 : 1;
        if (self->moves[cell] || !may_be(self, cell, self->now[cell] + move))
            continue;
        self->n_tried++;
        self->moves[cell] = move;
        if (balance(self))
            return true;
        self->moves[cell] = 0;
    }
    return false;
}

/* Take a cell one up or down, and others with it. */
static bool step(Search *self, size_t cell, signed char move)
{
    if (!may_be(self, cell, self->now[cell] + move))
        return false;
    memset(self->moves, 0, self->table->n_cells * sizeof *self->moves);
    self->moves[cell] = move;
    self->n_tried = 0;
    if (!balance(self))
        return false;
    for (size_t i = 0; i < self->table->n_cells; i++)
        self->now[i] += self->moves[i];
    return true;
}

/* Another table that is printed the same, in which a cell is not small. */
static bool has_witness(Search *self, size_t cell)
{
    for (signed char move = -1; move <= 1; move = (signed char)(move + 2)) {
        memcpy(self->now, self->table->counts, self->table->n_cells * sizeof *self->now);
        while (disclosure_is_small(self->now[cell], &self->rules))
            if (!step(self, cell, move))
                break;
        if (!disclosure_is_small(self->now[cell], &self->rules))
            return true;
    }
    return false;
}

static bool holds(const WmDisclosureSum *sum, size_t cell)
{
    for (size_t k = 0; k < sum->n_cells; k++)
        if (sum->cells[k] == cell)
            return true;
    return false;
}

/* Whether a cell of another figure may be hidden for one's sake: never a small one, for then what is hidden would be known as
 * small. */
static bool can_cover(const Search *self, size_t cell, size_t other)
{
    return self->table->figures[other] != self->table->figures[cell] && is_shown(self, other) &&
           !disclosure_is_small(self->table->counts[other], &self->rules);
}

/* The smallest part of its sums, so that little is lost; else a total of it; else itself; else anything. SIZE_MAX: nothing is left.
 */
static size_t find_cover(const Search *self, size_t cell)
{
    const WmRoundedTable *table = self->table;
    size_t part = SIZE_MAX, total = SIZE_MAX, any = SIZE_MAX;
    for (size_t i = 0; i < table->n_sums; i++)
        for (size_t k = 0; holds(&table->sums[i], cell) && k < table->sums[i].n_cells; k++) {
            const size_t other = table->sums[i].cells[k];
            if (!can_cover(self, cell, other))
                continue;
            if (k == 0)
                total = other;
            else if (part == SIZE_MAX || table->counts[other] < table->counts[part])
                part = other;
        }
    for (size_t k = 0; k < table->n_cells; k++)
        any = is_shown(self, k) ? k : any;
    return part != SIZE_MAX ? part : total != SIZE_MAX ? total : is_shown(self, cell) ? cell : any;
}

/* Hide for the first small count that is told, if any. */
static bool hide_for_one(Search *self)
{
    for (size_t cell = 0; cell < self->table->n_cells; cell++) {
        if (!disclosure_is_small(self->table->counts[cell], &self->rules) || has_witness(self, cell))
            continue;
        const size_t cover = find_cover(self, cell);
        if (cover == SIZE_MAX)
            continue;
        self->hidings[self->table->figures[cover]] = cover == cell ? WM_HIDDEN_SMALL : WM_HIDDEN_SECONDARY;
        return true;
    }
    return false;
}

WmStatus wm_disclosure_protect_rounded(const WmRoundedTable *table, WmHiding *hidings, const WmDisclosureRules *rules)
{
    if (table->n_cells == 0)
        return WM_OK;
    Search self = {.table = table, .hidings = hidings, .rules = disclosure_rules(rules)};
    self.now = calloc(table->n_cells, sizeof *self.now);
    self.moves = calloc(table->n_cells, sizeof *self.moves);
    const bool has_memory = self.now && self.moves;
    while (has_memory && hide_for_one(&self))
        ;
    free(self.now);
    free(self.moves);
    return has_memory ? WM_OK : WM_NO_MEMORY;
}
