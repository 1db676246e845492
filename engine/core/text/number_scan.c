/* Numbers inside texts. The digits are gathered into plain "123.45e6" and given to strtod with the point that it wants, so that
 * the nearest double is had in any locale. */
#include "engine/core/text/number_scan.h"

#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"
#define TRUE_MINUS     "\xE2\x88\x92"

const char *wm_skip_space(const char *text)
{
    for (;;) {
        if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
            text++;
        else if (strncmp(text, NO_BREAK_SPACE, 2) == 0)
            text += 2;
        else
            return text;
    }
}

bool wm_trim(const char *text, char *out, size_t size)
{
    text = wm_skip_space(text);
    size_t length = strlen(text);
    for (;;) {
        if (length >= 1 && isspace((unsigned char)text[length - 1]))
            length--;
        else if (length >= 2 && memcmp(text + length - 2, NO_BREAK_SPACE, 2) == 0)
            length -= 2;
        else
            break;
    }
    if (length >= size)
        return false;
    memcpy(out, text, length);
    out[length] = 0;
    return true;
}

typedef struct {
    char text[WM_NUMBER_TEXT];
    size_t length;
} Digits;

static bool put(Digits *self, char c)
{
    if (self->length + 1 >= sizeof self->text)
        return false;
    self->text[self->length++] = c;
    return true;
}

static const char *scan_sign(const char *at, Digits *digits)
{
    static const char *const CURRENCIES[] = {"\xC2\xA3", "$", "\xE2\x82\xAC"};
    if (*at == '-' || *at == '+') {
        put(digits, *at);
        at++;
    } else if (strncmp(at, TRUE_MINUS, 3) == 0) {
        put(digits, '-');
        at += 3;
    }
    for (size_t i = 0; i < sizeof CURRENCIES / sizeof CURRENCIES[0]; i++)
        if (strncmp(at, CURRENCIES[i], strlen(CURRENCIES[i])) == 0)
            return wm_skip_space(at + strlen(CURRENCIES[i]));
    return at;
}

/* Digits with commas between groups of three; NULL when a comma stands elsewhere, or behind a group that begins with 0: "0,512" is
 * no thousands, but most likely 0.512 of somebody whose decimals have commas. */
static const char *scan_whole(const char *at, Digits *digits)
{
    const char *first = at;
    size_t in_group = 0, n_groups = 0;
    for (;; at++) {
        if (isdigit((unsigned char)*at)) {
            in_group++;
            if (!put(digits, *at))
                return NULL;
        } else if (*at == ',' && isdigit((unsigned char)at[1])) {
            if (n_groups ? in_group != 3 : in_group == 0 || in_group > 3 || *first == '0')
                return NULL;
            n_groups++;
            in_group = 0;
        } else
            break;
    }
    return n_groups && in_group != 3 ? NULL : at;
}

static const char *scan_exponent(const char *at, Digits *digits)
{
    if (*at != 'e' && *at != 'E')
        return at;
    const char *first = at[1] == '-' || at[1] == '+' ? at + 2 : at + 1;
    if (!isdigit((unsigned char)*first))
        return at;
    for (; at < first || isdigit((unsigned char)*at); at++)
        if (!put(digits, *at))
            return NULL;
    return at;
}

#define EXACT_DIGITS 15 /* below 2^53: every step is exact, and so the nearest double */

/* A sign, if `start` is behind one, and digits alone. */
static double whole_number(const Digits *digits, size_t start)
{
    double number = 0;
    for (size_t i = start; i < digits->length; i++)
        number = number * 10 + (digits->text[i] - '0');
    return start && *digits->text == '-' ? -number : number;
}

const char *wm_scan_number(const char *text, double *out)
{
    Digits digits = {.length = 0};
    const char *at = scan_sign(text, &digits);
    const size_t start = digits.length;
    at = scan_whole(at, &digits);
    if (!at)
        return NULL;
    const size_t n_whole = digits.length - start;
    if (*at == '.' && (n_whole || isdigit((unsigned char)at[1]))) {
        for (const char *point = localeconv()->decimal_point; *point; point++)
            if (!put(&digits, *point))
                return NULL;
        for (at++; isdigit((unsigned char)*at); at++)
            if (!put(&digits, *at))
                return NULL;
    } else if (!n_whole)
        return NULL;
    at = scan_exponent(at, &digits);
    if (!at)
        return NULL;
    digits.text[digits.length] = 0;
    if (digits.length == start + n_whole && n_whole <= EXACT_DIGITS) {
        *out = whole_number(&digits, start);
        return at;
    }
    *out = strtod(digits.text, NULL);
    return isfinite(*out) ? at : NULL;
}
