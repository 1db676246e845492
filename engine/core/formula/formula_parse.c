/* From a formula's text to its steps, by recursive descent; each rule of the grammar is a function.
 *
 *   formula = sum [", partial"]        sum  = product {("+" | "-") product}
 *   product = term {("*" | "/") term | "per" [number "of"] term}
 *   term    = number | "(" sum ")" | "published" | name | words of PHRASES
 */
#include <waymark/formula.h>

#include <string.h>

#include "engine/core/formula/formula_tokens.h"

#define MAX_DEPTH 32 /* of parentheses and phrases within each other: the stack is finite */

typedef struct {
    const char *text;
    const WmFormulaContext *context;
    WmFormula *out;
    WmFormulaFault *fault;
    FormulaToken now; /* the token to be read next */
    int depth;
} Parser;

static bool fail_at(Parser *self, int column, int length, const char *message)
{
    if (!*self->fault->message)
        *self->fault = (WmFormulaFault){message, column, length};
    return false;
}

static bool fail(Parser *self, const char *message)
{
    return fail_at(self, self->now.column, self->now.length, message);
}

static void advance(Parser *self)
{
    self->now = wm_formula_token(self->text, self->now.column + self->now.length);
}

static bool take(Parser *self, char kind)
{
    const bool is_it = self->now.kind == kind;
    if (is_it)
        advance(self);
    return is_it;
}

static bool take_word(Parser *self, const char *word)
{
    const bool is_it = wm_formula_token_is(self->text, &self->now, word);
    if (is_it)
        advance(self);
    return is_it;
}

#define MAX_WORDS 4

/* All of the words or none. */
static bool take_words(Parser *self, const char *const words[MAX_WORDS])
{
    const FormulaToken start = self->now;
    for (int i = 0; i < MAX_WORDS && words[i]; i++)
        if (!take_word(self, words[i])) {
            self->now = start;
            return false;
        }
    return true;
}

static bool emit(Parser *self, WmFormulaNode node)
{
    if (self->out->n_nodes == WM_FORMULA_MAX_NODES)
        return fail(self, "it is too long: give its parts indicators of their own");
    self->out->nodes[self->out->n_nodes++] = node;
    return true;
}

static bool emit_part(Parser *self, const char *name, bool is_roll_up, int column)
{
    WmFormula *out = self->out;
    size_t i = 0;
    while (i < out->n_parts && (strcmp(out->parts[i].name, name) != 0 || out->parts[i].is_roll_up != is_roll_up))
        i++;
    if (i == WM_FORMULA_MAX_PARTS)
        return fail(self, "it has too many parts: give some of them an indicator of their own");
    if (i == out->n_parts) {
        WmFormulaPart *part = &out->parts[out->n_parts++];
        strcpy(part->name, name);
        part->is_roll_up = is_roll_up;
        part->column = column;
    }
    return emit(self, (WmFormulaNode){.op = WM_OP_PART, .column = column, .i_part = i});
}

static bool parse_name(Parser *self, bool is_roll_up)
{
    char name[WM_FORMULA_NAME];
    const FormulaToken token = self->now;
    if (token.kind == '!')
        return fail(self, "the quote is not closed");
    if (token.kind != 'w' && token.kind != 'q')
        return fail(self, token.kind ? "here the name of an indicator is wanted" : "it ends where a name is wanted");
    if (take_word(self, "published"))
        return emit_part(self, "", is_roll_up, token.column);
    if (!wm_formula_token_name(self->text, &token, name, sizeof name) || !*name)
        return fail(self, "this is no name of an indicator");
    advance(self);
    return emit_part(self, name, is_roll_up, token.column);
}

typedef struct {
    const char *words[MAX_WORDS];
    int months; /* 0: the series' own periods */
    WmPeriodKind kind;
} PeriodWords;

static const PeriodWords PERIODS[] = {
    {{"periods"}, 0, WM_PERIOD_NONE},
    {{"month"}, 1, WM_PERIOD_MONTH},
    {{"months"}, 1, WM_PERIOD_MONTH},
    {{"quarter"}, 3, WM_PERIOD_QUARTER},
    {{"quarters"}, 3, WM_PERIOD_QUARTER},
    {{"term"}, 4, WM_PERIOD_TERM},
    {{"terms"}, 4, WM_PERIOD_TERM},
    {{"half", "year"}, 6, WM_PERIOD_HALF},
    {{"half", "years"}, 6, WM_PERIOD_HALF},
    {{"half"}, 6, WM_PERIOD_HALF},
    {{"year"}, 12, WM_PERIOD_YEAR},
    {{"years"}, 12, WM_PERIOD_YEAR},
    {{"calendar", "year"}, 12, WM_PERIOD_YEAR},
    {{"academic", "year"}, 12, WM_PERIOD_ACADEMIC_YEAR},
    {{"financial", "year"}, 12, WM_PERIOD_FINANCIAL_YEAR},
};

static const PeriodWords *take_period(Parser *self)
{
    for (size_t i = 0; i < sizeof PERIODS / sizeof PERIODS[0]; i++)
        if (take_words(self, PERIODS[i].words))
            return &PERIODS[i];
    return NULL;
}

#define MAX_WINDOW 600 /* fifty years of months */

static bool parse_window(Parser *self, WmFormulaNode node)
{
    const FormulaToken count = self->now;
    const bool is_count = count.kind == 'n' && count.number >= 1 && count.number <= MAX_WINDOW && count.number == (int)count.number;
    if (!is_count)
        return fail(self, "here a number of periods is wanted, as in “over 12 months”");
    advance(self);
    const PeriodWords *period = take_period(self);
    if (!period)
        return fail(self, "here months, quarters, terms, years or periods are wanted, as in “over 12 months”");
    node.op = WM_OP_ROLLING;
    node.window = (int)count.number;
    node.window_months = period->months;
    return emit(self, node);
}

static bool parse_by(Parser *self, WmFormulaNode node)
{
    const PeriodWords *period = take_period(self);
    if (!period || period->months == 0)
        return fail(self, "here a period is wanted, as in “by quarter” or “by academic year”");
    node.op = WM_OP_BY;
    node.period = period->kind;
    return emit(self, node);
}

/* What may follow a phrase's operand. */
static bool parse_over_or_by(Parser *self, WmFormulaNode node)
{
    if (node.mode != WM_TOTAL_LAST && take_word(self, "over"))
        return parse_window(self, node);
    if (take_word(self, "by"))
        return parse_by(self, node);
    return fail(self, node.mode == WM_TOTAL_LAST ? "here “by quarter”, “by year” or the like is wanted"
                                                 : "here “over 12 months”, “by quarter” or the like is wanted; put more than one "
                                                   "name into parentheses");
}

static bool parse_year(Parser *self, WmFormulaNode node)
{
    node.period = self->context->year;
    if (take_word(self, "by")) {
        const PeriodWords *period = take_period(self);
        if (!period || period->months != 12)
            return fail(self, "here a year is wanted: “by calendar year”, “by academic year” or “by financial year”");
        node.period = period->kind;
    }
    return emit(self, node);
}

static bool parse_year_before(Parser *self, WmFormulaNode node)
{
    static const char *const OPTIONAL[MAX_WORDS] = {"from", "a", "year", "before"};
    take_words(self, OPTIONAL);
    return emit(self, node);
}

static bool parse_nothing(Parser *self, WmFormulaNode node)
{
    return emit(self, node);
}

/* A phrase: words, its operand, and what follows. A roll-up's operand is a name. */
typedef struct {
    const char *words[MAX_WORDS];
    WmFormulaOp op;
    WmTotalMode mode;
    bool (*parse_rest)(Parser *self, WmFormulaNode node);
} Phrase;

static const Phrase PHRASES[] = {
    {{"sum", "of"}, WM_OP_ROLLING, WM_TOTAL_SUM, parse_over_or_by},
    {{"mean", "of"}, WM_OP_ROLLING, WM_TOTAL_MEAN, parse_over_or_by},
    {{"last", "of"}, WM_OP_BY, WM_TOTAL_LAST, parse_over_or_by},
    {{"year", "to", "date", "of"}, WM_OP_YEAR_TO_DATE, WM_TOTAL_SUM, parse_year},
    {{"in-year", "of"}, WM_OP_IN_YEAR, WM_TOTAL_SUM, parse_year},
    {{"percent", "change", "of"}, WM_OP_PERCENT_CHANGE, WM_TOTAL_SUM, parse_year_before},
    {{"change", "of"}, WM_OP_CHANGE, WM_TOTAL_SUM, parse_year_before},
    {{"latest"}, WM_OP_LATEST, WM_TOTAL_SUM, parse_nothing},
};

static bool parse_sum(Parser *self);

static bool parse_term(Parser *self)
{
    static const char *const ROLL_UP[MAX_WORDS] = {"roll-up", "of"};
    const FormulaToken start = self->now;
    if (take(self, 'n'))
        return emit(self, (WmFormulaNode){.op = WM_OP_NUMBER, .column = start.column, .number = start.number});
    if (take_words(self, ROLL_UP))
        return parse_name(self, true);
    if (self->depth >= MAX_DEPTH)
        return fail(self, "too much stands within each other: give its parts indicators of their own");
    self->depth++;
    bool is_read = false, is_phrase = false;
    if (take(self, '(')) {
        is_read = parse_sum(self) && (take(self, ')') || fail(self, "a parenthesis is not closed before this"));
        is_phrase = true;
    }
    for (size_t i = 0; !is_phrase && i < sizeof PHRASES / sizeof PHRASES[0]; i++) {
        const Phrase *phrase = &PHRASES[i];
        is_phrase = take_words(self, phrase->words);
        if (is_phrase)
            is_read = parse_term(self) &&
                      phrase->parse_rest(self, (WmFormulaNode){.op = phrase->op, .column = start.column, .mode = phrase->mode});
    }
    self->depth--;
    return is_phrase ? is_read : parse_name(self, false);
}

/* A factor of 100 that an analyst is used to write would make of 41% 4,100%. */
static bool is_hundredfold(const Parser *self, WmFormulaOp op, size_t first, size_t second)
{
    const WmFormulaNode *nodes = self->out->nodes;
    const bool is_hundred = (nodes[first].op == WM_OP_NUMBER && nodes[first].number == 100) ||
                            (nodes[second].op == WM_OP_NUMBER && nodes[second].number == 100);
    return op == WM_OP_PRODUCT && self->context->kind == WM_KIND_PERCENT && is_hundred;
}

static bool parse_product(Parser *self)
{
    const size_t first = self->out->n_nodes;
    if (!parse_term(self))
        return false;
    for (;;) {
        const FormulaToken sign = self->now;
        WmFormulaNode node = {.op = WM_OP_RATIO, .column = sign.column, .number = self->context->kind == WM_KIND_PERCENT ? 100 : 1};
        const bool is_per = take_word(self, "per");
        if (!is_per && take(self, '*'))
            node.op = WM_OP_PRODUCT;
        else if (!is_per && !take(self, '/'))
            return true;
        if (is_per && self->now.kind == 'n') {
            node.number = self->now.number;
            advance(self);
            if (!(node.number > 0) || !take_word(self, "of"))
                return fail(self, "a rate is written “per 1,000 of” and what it is a rate of");
        }
        const size_t second = self->out->n_nodes;
        if (!parse_term(self))
            return false;
        if (is_hundredfold(self, node.op, first, second))
            return fail_at(self, sign.column, sign.length, "a ratio that is a percent is times 100 already: leave the 100 out");
        if (!emit(self, node))
            return false;
    }
}

static bool parse_sum(Parser *self)
{
    if (!parse_product(self))
        return false;
    for (;;) {
        const FormulaToken sign = self->now;
        if (!take(self, '+') && !take(self, '-'))
            return true;
        const WmFormulaOp op = sign.kind == '+' ? WM_OP_SUM : WM_OP_DIFFERENCE;
        if (!parse_product(self) || !emit(self, (WmFormulaNode){.op = op, .column = sign.column}))
            return false;
    }
}

static bool parse_formula(Parser *self)
{
    if (self->now.kind == 0)
        return fail(self, "it is empty");
    if (!parse_sum(self))
        return false;
    if (take(self, ',')) {
        if (!take_word(self, "partial"))
            return fail(self, "after the comma only “partial” may stand");
        self->out->allows_partial = true;
    }
    if (self->now.kind == '!')
        return fail(self, "the quote is not closed");
    if (self->now.kind != 0)
        return fail(self, "here a sign is wanted: + - * / or per");
    return self->out->n_parts > 0 || fail_at(self, 0, (int)strlen(self->text), "it names no indicator");
}

bool wm_formula_parse(const char *text, const WmFormulaContext *context, WmFormula *out, WmFormulaFault *fault)
{
    *out = (WmFormula){.share_scale = wm_kind_share_scale(context->kind)};
    *fault = (WmFormulaFault){"", 0, 0};
    Parser self = {text, context, out, fault, wm_formula_token(text, 0), 0};
    return parse_formula(&self);
}
