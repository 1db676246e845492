/* engine/core/formula/formula_tokens.h: a formula's text, cut into words, numbers and signs. */
#ifndef WM_CORE_FORMULA_TOKENS_H
#define WM_CORE_FORMULA_TOKENS_H

#include <waymark/base.h>

typedef struct {
    char kind;          /* 'w' word, 'q' quoted name, 'n' number, one of + - * / ( ) , itself, '!' an open quote, 0 the end */
    int column, length; /* in bytes from 0; of a quoted name with its quotes */
    double number;
} FormulaToken;

/* The token at or after `column`. */
FormulaToken wm_formula_token(const char *text, int column);

/* Whether it is this word, in any letter case. */
bool wm_formula_token_is(const char *text, const FormulaToken *token, const char *word);

/* What it names, without quotes; false when that is longer than `size` - 1 bytes. */
bool wm_formula_token_name(const char *text, const FormulaToken *token, char *out, size_t size);

#endif
