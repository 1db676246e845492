/* engine/core/text/period_tokens.h: the words of periods, and a period's text cut into them. */
#ifndef WM_CORE_PERIOD_TOKENS_H
#define WM_CORE_PERIOD_TOKENS_H

#include <waymark/calendar.h>

extern const char *const WM_MONTHS[12]; /* January … */

/* Terms of an academic year, in its order: the month (1..12) each begins, and whether that is in the pair's second year. */
typedef struct {
    const char *name;
    int first_month;
    int years_after_start;
} WmTerm;

#define WM_N_TERMS 3
extern const WmTerm WM_TERMS[WM_N_TERMS];

#define WM_MAX_TOKENS 8

typedef struct {
    char letter; /* y 4 digits, d 1-2 digits, s 6, e 8; m month, t term; q h a f c as in the table of words; p year pair, Q quarter,
                    H half */
    int value;   /* number, month 1..12, term index, first year of a pair */
    int n_digits;
    char before; /* the separator in front: ' ' '.' '-' '/' or 0 */
} WmToken;

typedef struct {
    WmToken tokens[WM_MAX_TOKENS];
    int n;
} WmTokens;

/* Cut `text` into tokens and join what belongs together (q 2, 2021/22). False when something in it is no part of a period. */
bool wm_tokens_read(const char *text, WmPeriodKind pair_kind, WmTokens *out);

/* 69 is 2069, 70 is 1970. */
int wm_full_year(int two_digits);

#endif
