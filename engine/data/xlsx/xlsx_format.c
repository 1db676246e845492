/* Number formats. */
#include "engine/data/xlsx/xlsx_format.h"

#include <string.h>

static const struct {
    int first, last;
    XlsxFormat format;
} BUILT_IN[] = {
    {9, 10, XLSX_PERCENT},                              /* 0%  0.00% */
    {14, 16, XLSX_DAY},                                 /* m/d/yyyy  d-mmm-yy  d-mmm */
    {17, 17, XLSX_MONTH},                               /* mmm-yy */
    {18, 21, XLSX_TIME},   {22, 22, XLSX_DAY_AND_TIME}, /* h:mm AM/PM …  m/d/yyyy h:mm */
    {27, 36, XLSX_DAY},                                 /* East Asian dates */
    {45, 45, XLSX_TIME},   {46, 46, XLSX_ELAPSED},      /* mm:ss  [h]:mm:ss */
    {47, 47, XLSX_TIME},                                /* mm:ss.0 */
    {50, 58, XLSX_DAY},                                 /* East Asian dates */
};

XlsxFormat xlsx_format_of_id(int id)
{
    for (size_t i = 0; i < G_N_ELEMENTS(BUILT_IN); i++)
        if (id >= BUILT_IN[i].first && id <= BUILT_IN[i].last)
            return BUILT_IN[i].format;
    return XLSX_PLAIN;
}

/* The letters of a format that show something: y m d h s for a date's parts, % and 0 (for any digit place). */
typedef struct {
    gboolean has_year, has_month, has_day, has_time, has_elapsed, has_percent, has_digits;
} Shown;

/* [h], [mm], [s]: time that may pass 24 hours or 60 minutes. */
static gboolean is_elapsed(const char *at)
{
    const size_t n = strspn(at + 1, "hH") + strspn(at + 1, "mM") + strspn(at + 1, "sS"); /* at most one of the three is not 0 */
    return n > 0 && at[1 + n] == ']';
}

/* Past what shows itself and nothing of the number, or NULL when `at` is no such thing. */
static const char *skip_literal(const char *at)
{
    static const char *const WORDS[] = {"General", "AM/PM", "A/P"};
    if (*at == '"') {
        const char *close = strchr(at + 1, '"');
        return close ? close + 1 : at + strlen(at);
    }
    if (strchr("\\_*", *at)) /* an escaped letter, a letter's width of blank, a letter that fills the cell */
        return at[1] ? g_utf8_next_char(at + 1) : at + 1;
    if (*at == '[' && !is_elapsed(at)) { /* a colour, a condition, a currency */
        const char *close = strchr(at, ']');
        return close ? close + 1 : at + strlen(at);
    }
    if ((*at == 'E' || *at == 'e') && (at[1] == '+' || at[1] == '-'))
        return at + 2;
    for (size_t i = 0; i < G_N_ELEMENTS(WORDS); i++)
        if (g_ascii_strncasecmp(at, WORDS[i], strlen(WORDS[i])) == 0)
            return at + strlen(WORDS[i]);
    return NULL;
}

/* m is minutes after an hour and before a second, and months elsewhere. */
static gboolean is_minutes(char previous, const char *after)
{
    if (previous == 'h')
        return TRUE;
    while (*after && *after != ';' && !g_ascii_isalpha(*after))
        after++;
    return g_ascii_tolower(*after) == 's';
}

/* Read one section, up to a semicolon or the end. Returns where it ends. */
static const char *read_section(const char *at, Shown *shown)
{
    char previous = 0;
    while (*at && *at != ';') {
        const char *after = skip_literal(at);
        if (after) {
            at = after;
            continue;
        }
        shown->has_elapsed |= *at == '[';
        const char letter = g_ascii_tolower(*at);
        while (g_ascii_tolower(*at) == letter)
            at++;
        if (letter == 'm' && (shown->has_elapsed || is_minutes(previous, at)))
            shown->has_time = TRUE;
        else if (letter == 'm')
            shown->has_month = TRUE;
        shown->has_year |= letter == 'y' || letter == 'e';
        shown->has_day |= letter == 'd';
        shown->has_time |= letter == 'h' || letter == 's';
        shown->has_percent |= letter == '%';
        shown->has_digits |= strchr("0#?", letter) != NULL;
        if (g_ascii_isalpha(letter))
            previous = letter;
    }
    return at;
}

static XlsxFormat format_of(const Shown *shown)
{
    if (shown->has_day)
        return shown->has_time ? XLSX_DAY_AND_TIME : XLSX_DAY;
    if (shown->has_month)
        return XLSX_MONTH;
    if (shown->has_year)
        return XLSX_YEAR;
    if (shown->has_time)
        return shown->has_elapsed ? XLSX_ELAPSED : XLSX_TIME;
    return shown->has_percent ? XLSX_PERCENT : XLSX_PLAIN;
}

/* Sections are for positive, negative, zero and text; the first that shows a number tells what kind it is. */
XlsxFormat xlsx_format_of_code(const char *code)
{
    for (const char *at = code;; at++) {
        Shown shown = {0};
        at = read_section(at, &shown);
        const XlsxFormat format = format_of(&shown);
        if (format != XLSX_PLAIN || shown.has_digits || !*at)
            return format;
    }
}
