/* Formulas as analysts write them: what they come to, in reverse Polish, or where they fail. */
#include <waymark/formula.h>

#include <stdio.h>
#include <string.h>

#include "core/fixture_cases.h"

static const char *const OPS[WM_N_OPS] = {
    [WM_OP_PART] = "part",       [WM_OP_NUMBER] = "number", [WM_OP_SUM] = "+",         [WM_OP_DIFFERENCE] = "-",
    [WM_OP_PRODUCT] = "*",       [WM_OP_RATIO] = "/",       [WM_OP_ROLLING] = "roll",  [WM_OP_BY] = "by",
    [WM_OP_YEAR_TO_DATE] = "to", [WM_OP_IN_YEAR] = "in",    [WM_OP_CHANGE] = "change", [WM_OP_PERCENT_CHANGE] = "change%",
    [WM_OP_LATEST] = "latest",
};

static const char *const MODES[] = {[WM_TOTAL_SUM] = "sum", [WM_TOTAL_MEAN] = "mean", [WM_TOTAL_LAST] = "last"};

#define TEXT 512

static void append(char *out, const char *piece)
{
    assert_true(strlen(out) + strlen(piece) + 2 < TEXT);
    if (*out)
        strcat(out, " ");
    strcat(out, piece);
}

static void append_node(char *out, const WmFormula *formula, const WmFormulaNode *node)
{
    char piece[TEXT];
    const WmFormulaPart *part = node->op == WM_OP_PART ? &formula->parts[node->i_part] : NULL;
    if (part)
        snprintf(piece, sizeof piece, "%s%s", part->is_roll_up ? "^" : "", *part->name ? part->name : "published");
    else if (node->op == WM_OP_NUMBER)
        snprintf(piece, sizeof piece, "%g", node->number);
    else if (node->op == WM_OP_RATIO && node->number != 1)
        snprintf(piece, sizeof piece, "/%g", node->number);
    else if (node->op == WM_OP_ROLLING)
        snprintf(piece, sizeof piece, "%s%dx%d", MODES[node->mode], node->window, node->window_months);
    else if (node->op == WM_OP_BY)
        snprintf(piece, sizeof piece, "%s:%s", MODES[node->mode], wm_period_kind_name(node->period));
    else if (node->op == WM_OP_YEAR_TO_DATE || node->op == WM_OP_IN_YEAR)
        snprintf(piece, sizeof piece, "%s:%s", OPS[node->op], wm_period_kind_name(node->period));
    else
        snprintf(piece, sizeof piece, "%s", OPS[node->op]);
    append(out, piece);
}

typedef struct {
    const char *name, *text;
    WmKind kind;
    const char *steps;
} ReadCase;

static const ReadCase READ_CASES[] = {
    {"one_name", "EHC20", WM_KIND_COUNT, "EHC20"},
    {"a_ratio", "A / B", WM_KIND_SCORE, "A B /"},
    {"a_ratio_without_spaces", "A/B", WM_KIND_SCORE, "A B /"},
    {"a_ratio_that_is_a_percent_is_times_100", "A / B", WM_KIND_PERCENT, "A B /100"},
    {"a_rate", "EXCL per 1,000 of PUPILS", WM_KIND_RATE, "EXCL PUPILS /1000"},
    {"a_rate_of_the_latest", "EXCL per 10,000 of latest PUPILS", WM_KIND_RATE, "EXCL PUPILS latest /10000"},
    {"per_without_a_number", "COST per CASE", WM_KIND_MONEY, "COST CASE /"},
    {"sums_run_from_the_left", "A + B - C", WM_KIND_COUNT, "A B + C -"},
    {"products_bind_closer", "A + B * 2 / C", WM_KIND_SCORE, "A B 2 * C / +"},
    {"parentheses", "(A + B) / (C + D)", WM_KIND_PERCENT, "A B + C D + /100"},
    {"a_name_twice_is_one_part", "A / (A + B)", WM_KIND_PERCENT, "A A B + /100"},
    {"from_a_hundred", "100 - LATE", WM_KIND_PERCENT, "100 LATE -"},
    {"hyphens_and_dots_belong_to_names", "EHC20-CY - WSOA-5.4", WM_KIND_COUNT, "EHC20-CY WSOA-5.4 -"},
    {"quoted_names", "\"Plans on time\" / [Plans / all]", WM_KIND_PERCENT, "Plans on time Plans / all /100"},
    {"a_name_like_a_word", "\"latest\" + \"12\"", WM_KIND_COUNT, "latest 12 +"},
    {"rolling_sum", "sum of A over 12 months", WM_KIND_COUNT, "A sum12x1"},
    {"rolling_mean_of_quarters", "mean of A over 4 quarters", WM_KIND_COUNT, "A mean4x3"},
    {"rolling_over_its_own_periods", "mean of A over 3 periods", WM_KIND_COUNT, "A mean3x0"},
    {"rolling_over_terms", "Sum Of A Over 3 Terms", WM_KIND_COUNT, "A sum3x4"},
    {"a_phrase_binds_close", "sum of A over 12 months / sum of B over 12 months", WM_KIND_PERCENT, "A sum12x1 B sum12x1 /100"},
    {"rolling_share", "mean of (A / B) over 1 year", WM_KIND_PERCENT, "A B /100 mean1x12"},
    {"by_quarter", "sum of A by quarter", WM_KIND_COUNT, "A sum:quarter"},
    {"last_by_academic_year", "last of A by academic year", WM_KIND_COUNT, "A last:academic_year"},
    {"mean_by_half_year", "mean of A by half year", WM_KIND_COUNT, "A mean:half"},
    {"year_to_date_of_the_plans_year", "year to date of A", WM_KIND_COUNT, "A to:financial_year"},
    {"year_to_date_by_another", "year to date of A by academic year", WM_KIND_COUNT, "A to:academic_year"},
    {"in_year_of_what_is_published", "in-year of published", WM_KIND_COUNT, "published in:financial_year"},
    {"in_year_of_year_to_date", "in-year of year to date of A by calendar year by calendar year", WM_KIND_COUNT,
     "A to:year in:year"},
    {"change", "change of A", WM_KIND_COUNT, "A change"},
    {"change_said_in_full", "percent change of A from a year before", WM_KIND_PERCENT, "A change%"},
    {"roll_up", "roll-up of EHC20", WM_KIND_PERCENT, "^EHC20"},
    {"roll_up_of_its_own_readings", "roll-up of published", WM_KIND_PERCENT, "^published"},
    {"roll_up_and_own_are_two_parts", "A / roll-up of A", WM_KIND_PERCENT, "A ^A /100"},
};

static void reads(void **state)
{
    const ReadCase *row = *state;
    const WmFormulaContext context = {row->kind, WM_PERIOD_FINANCIAL_YEAR};
    WmFormula formula;
    WmFormulaFault fault;
    char steps[TEXT] = "";
    if (!wm_formula_parse(row->text, &context, &formula, &fault))
        fail_msg("%s (at %d)", fault.message, fault.column);
    for (size_t i = 0; i < formula.n_nodes; i++)
        append_node(steps, &formula, &formula.nodes[i]);
    assert_string_equal(steps, row->steps);
    assert_string_equal(fault.message, "");
    assert_false(formula.allows_partial);
}

typedef struct {
    const char *name, *text;
    int column;
    const char *message; /* part of it */
} FaultCase;

static const FaultCase FAULT_CASES[] = {
    {"nothing", "", 0, "empty"},
    {"blanks", "  ", 2, "empty"},
    {"ends_early", "A / ", 4, "ends"},
    {"two_names", "A B", 2, "sign is wanted"},
    {"a_sign_too_many", "A + / B", 4, "name of an indicator"},
    {"open_parenthesis", "(A + B", 6, "not closed"},
    {"closed_twice", "A)", 1, "sign is wanted"},
    {"open_quote", "\"A", 0, "not closed"},
    {"empty_quote", "\"\" + A", 0, "no name"},
    {"numbers_only", "1 + 2", 0, "names no indicator"},
    {"sum_without_window", "sum of A", 8, "over 12 months"},
    {"sum_of_two_names", "sum of A / B over 12 months", 9, "parentheses"},
    {"window_of_nothing", "sum of A over 0 months", 14, "number of periods"},
    {"window_of_a_half", "sum of A over 1.5 months", 14, "number of periods"},
    {"window_of_weeks", "sum of A over 4 weeks", 16, "months, quarters"},
    {"window_without_end", "sum of A over 1000000 months", 14, "number of periods"},
    {"last_over", "last of A over 3 months", 10, "by quarter"},
    {"by_periods", "sum of A by periods", 19, "a period is wanted"},
    {"year_by_quarter", "year to date of A by quarter", 28, "a year is wanted"},
    {"rate_of_nothing", "A per 0 of B", 8, "per 1,000 of"},
    {"rate_without_of", "A per 1,000 B", 12, "per 1,000 of"},
    {"after_the_comma", "A + B, please", 7, "partial"},
    {"after_the_end", "A + B, partial C", 15, "sign is wanted"},
    {"a_percent_times_100", "A / B * 100", 6, "leave the 100 out"},
    {"100_times_a_percent", "100 * A / B", 4, "leave the 100 out"},
};

static void fails(void **state)
{
    const FaultCase *row = *state;
    const WmFormulaContext context = {WM_KIND_PERCENT, WM_PERIOD_FINANCIAL_YEAR};
    WmFormula formula;
    WmFormulaFault fault;
    assert_false(wm_formula_parse(row->text, &context, &formula, &fault));
    if (!strstr(fault.message, row->message))
        fail_msg("“%s” says nothing of “%s”", fault.message, row->message);
    assert_int_equal(fault.column, row->column);
}

static void partial_is_an_option(void **state)
{
    (void)state;
    const WmFormulaContext context = {WM_KIND_COUNT, WM_PERIOD_YEAR};
    WmFormula formula;
    WmFormulaFault fault;
    assert_true(wm_formula_parse("A + B, partial", &context, &formula, &fault));
    assert_true(formula.allows_partial);
    assert_int_equal(formula.n_nodes, 3);
}

/* Whatever is thrown at it, it says no and stays within its limits. */
static void too_much_is_refused(void **state)
{
    (void)state;
    static char text[20000];
    const WmFormulaContext context = {WM_KIND_COUNT, WM_PERIOD_YEAR};
    const char *const pieces[] = {"(", "latest ", "in-year of ", "A + ", "per ", "A/"};
    WmFormula formula;
    WmFormulaFault fault;
    for (size_t i = 0; i < N_ELEMENTS(pieces); i++) {
        text[0] = 0;
        for (size_t k = 0; k < sizeof text / strlen(pieces[i]) - 1; k++)
            strcat(text + k * strlen(pieces[i]), pieces[i]);
        assert_false(wm_formula_parse(text, &context, &formula, &fault));
        assert_string_not_equal(fault.message, "");
    }
    memset(text, 'A', sizeof text - 1);
    assert_false(wm_formula_parse(text, &context, &formula, &fault));
}

typedef struct {
    const char *name, *text;
    WmPeriodKind a, b, own;
    const char *message; /* "": they fit */
} PeriodCase;

#define M  WM_PERIOD_MONTH
#define Q  WM_PERIOD_QUARTER
#define T  WM_PERIOD_TERM
#define Y  WM_PERIOD_YEAR
#define AY WM_PERIOD_ACADEMIC_YEAR
#define D  WM_PERIOD_DAY

static const PeriodCase PERIOD_CASES[] = {
    {"same", "A / B", M, M, M, ""},
    {"financial_and_calendar_quarters_are_the_same", "A / B", Q, WM_PERIOD_CALENDAR_QUARTER, Q, ""},
    {"days_beside_days", "A / B", D, D, D, ""},
    {"months_beside_years", "A / B", M, Y, M, "different periods"},
    {"months_beside_the_latest_of_years", "A / latest B", M, Y, M, ""},
    {"the_latest_beside_months", "latest B - A", M, Y, M, ""},
    {"latest_alone", "latest A + 1", M, M, M, "neither side"},
    {"latest_at_the_top", "latest A", M, M, M, "no periods of its own"},
    {"months_made_a_quarter", "sum of A by quarter / B", M, Q, Q, ""},
    {"months_left_months", "A + B", M, M, Q, "own frequency"},
    {"quarters_no_academic_year", "sum of A by academic year", Q, M, AY, "do not fill"},
    {"terms_an_academic_year", "sum of A by academic year", T, M, AY, ""},
    {"months_by_month", "sum of A by month", M, M, M, "no finer"},
    {"rolling_of_months", "sum of A over 2 quarters", M, M, M, ""},
    {"rolling_of_quarters_over_months", "sum of A over 12 months", Q, M, Q, ""},
    {"rolling_over_no_whole_quarters", "sum of A over 4 months", Q, M, Q, "no whole number"},
    {"rolling_of_days", "sum of A over 3 periods", D, M, D, "published by month"},
    {"year_to_date_of_months", "year to date of A by academic year", M, M, M, ""},
    {"year_to_date_of_quarters_in_an_academic_year", "year to date of A by academic year", Q, M, Q, "do not fill that year"},
    {"change_of_days", "change of A", D, M, D, "come back"},
    {"change_of_years", "change of A", Y, M, Y, ""},
};

static void fits(void **state)
{
    const PeriodCase *row = *state;
    const WmFormulaContext context = {WM_KIND_COUNT, WM_PERIOD_FINANCIAL_YEAR};
    WmFormula formula;
    WmFormulaFault fault;
    WmPeriodKind kinds[WM_FORMULA_MAX_PARTS];
    assert_true(wm_formula_parse(row->text, &context, &formula, &fault));
    for (size_t i = 0; i < formula.n_parts; i++)
        kinds[i] = strcmp(formula.parts[i].name, "A") == 0 ? row->a : row->b;
    assert_int_equal(wm_formula_check_periods(&formula, kinds, row->own, &fault), *row->message == 0);
    if (!strstr(fault.message, row->message))
        fail_msg("“%s” says nothing of “%s”", fault.message, row->message);
}

int main(void)
{
    ADD_TABLE(READ_CASES, reads);
    ADD_TABLE(FAULT_CASES, fails);
    ADD_TABLE(PERIOD_CASES, fits);
    ADD(partial_is_an_option);
    ADD(too_much_is_refused);
    return run_cases("formula_parse");
}
