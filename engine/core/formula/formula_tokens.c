/* A formula's text, cut into tokens.
 *
 * Ids hold dots and hyphens (WSOA-5.4, EHC20-CY), so a hyphen is a minus only where it begins a token: "A - B", not "A-B". */
#include "engine/core/formula/formula_tokens.h"

#include <string.h>

#include "engine/core/text/number_scan.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends_word(char c)
{
    return c == 0 || is_space(c) || strchr("+*/(),\"[]", c) != NULL;
}

static FormulaToken quoted(const char *text, int column)
{
    const char close = text[column] == '[' ? ']' : '"';
    const char *end = strchr(text + column + 1, close);
    if (!end)
        return (FormulaToken){'!', column, (int)strlen(text + column), 0};
    return (FormulaToken){'q', column, (int)(end + 1 - (text + column)), 0};
}

/* "10,000" but not the comma of "12, partial"; "8.3" but not "8.3a", which is a name. */
static bool number_at(const char *text, int column, FormulaToken *out)
{
    double value;
    const char *start = text + column;
    const char *end = *start >= '0' && *start <= '9' ? wm_scan_number(start, &value) : NULL;
    if (!end || !ends_word(*end))
        return false;
    *out = (FormulaToken){'n', column, (int)(end - start), value};
    return true;
}

FormulaToken wm_formula_token(const char *text, int column)
{
    while (is_space(text[column]))
        column++;
    const char c = text[column];
    FormulaToken token = {'w', column, 0, 0};
    if (c == 0)
        return (FormulaToken){0, column, 0, 0};
    if (c == '"' || c == '[')
        return quoted(text, column);
    if (strchr("+-*/(),]", c))
        return (FormulaToken){c, column, 1, 0};
    if (number_at(text, column, &token))
        return token;
    while (!ends_word(text[column + token.length]))
        token.length++;
    return token;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool wm_formula_token_is(const char *text, const FormulaToken *token, const char *word)
{
    if (token->kind != 'w' || strlen(word) != (size_t)token->length)
        return false;
    for (int i = 0; i < token->length; i++)
        if (lower(text[token->column + i]) != word[i])
            return false;
    return true;
}

bool wm_formula_token_name(const char *text, const FormulaToken *token, char *out, size_t size)
{
    const int n_quotes = token->kind == 'q';
    const size_t length = (size_t)(token->length - 2 * n_quotes);
    if (length >= size)
        return false;
    memcpy(out, text + token->column + n_quotes, length);
    out[length] = 0;
    return true;
}
