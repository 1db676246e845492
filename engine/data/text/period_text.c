/* Periods of drops. */
#include "engine/data/text/period_text.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#define PAIR_DIGITS 6 /* 202122 */
#define YEAR_DIGITS 4
#define PAIR_TEXT   64 /* longer texts are no periods */
#define LAST_MONTH  12

static bool is_by_year_pair(const WmMeasure *measure)
{
    return measure->frequency == WM_FREQUENCY_ACADEMIC_YEAR || measure->frequency == WM_FREQUENCY_FINANCIAL_YEAR;
}

/* 2023/4 as 2023/24: of a measure by the year it can be nothing else, elsewhere it is April. Other texts as they are. */
static const char *spell_short_pair(const char *text, const WmMeasure *measure, char spelled[PAIR_TEXT])
{
    const bool is_by_year = is_by_year_pair(measure) || measure->frequency == WM_FREQUENCY_YEAR;
    while (g_ascii_isspace(*text))
        text++;
    for (int i = 0; i < YEAR_DIGITS; i++)
        if (!g_ascii_isdigit(text[i]))
            return text;
    const char *mark = text + YEAR_DIGITS;
    if (!is_by_year || (*mark != '/' && *mark != '-') || !g_ascii_isdigit(mark[1]) || g_ascii_isdigit(mark[2]) ||
        mark[strcspn(mark + 2, "0123456789") + 2] || strlen(text) + 2 > PAIR_TEXT)
        return text;
    const int second = ((text[2] - '0') * 10 + text[3] - '0' + 1) % 100;
    if (second % 10 != mark[1] - '0')
        return text;
    snprintf(spelled, PAIR_TEXT, "%.4s/%02d%s", text, second, mark + 2);
    return spelled;
}

/* 202122 as 2021/22, and 2008-09 of a measure by such years, where it is no September; other texts as they are. */
static const char *spell_pair(const char *text, const WmMeasure *measure, char spelled[PAIR_TEXT])
{
    int digits[PAIR_DIGITS];
    const bool has_hyphen = is_by_year_pair(measure) && strlen(text) > YEAR_DIGITS && text[YEAR_DIGITS] == '-';
    const char *second_year = text + YEAR_DIGITS + has_hyphen;
    for (int i = 0; i < PAIR_DIGITS; i++) {
        const char digit = i < YEAR_DIGITS ? text[i] : second_year[i - YEAR_DIGITS];
        if (!g_ascii_isdigit(digit))
            return spell_short_pair(text, measure, spelled);
        digits[i] = digit - '0';
    }
    const char *rest = second_year + PAIR_DIGITS - YEAR_DIGITS;
    const int first = digits[2] * 10 + digits[3], second = digits[4] * 10 + digits[5];
    const bool could_be_month = !*rest && second >= 1 && second <= LAST_MONTH;
    const bool could_be_day = has_hyphen && *rest == '-';
    if (g_ascii_isdigit(*rest) || could_be_day || second != (first + 1) % 100 || (could_be_month && !is_by_year_pair(measure)) ||
        strlen(text) + 2 > PAIR_TEXT)
        return text;
    snprintf(spelled, PAIR_TEXT, "%.4s/%s", text, second_year);
    return spelled;
}

static WmPeriod in_own_terms(const WmMeasure *measure, WmPeriod period)
{
    const WmPeriodKind own = wm_frequency_period_kind(measure->frequency);
    if (own == WM_PERIOD_DAY || period.kind == own)
        return period;
    if (period.kind == WM_PERIOD_DAY)
        period = wm_period_containing(WM_PERIOD_MONTH, period.start);
    const WmPeriod same = wm_period_containing(own, wm_period_end(period));
    return wm_period_compare(same, period) == 0 ? same : period;
}

bool period_text_read(const char *text, const WmMeasure *measure, WmPeriod *out)
{
    char spelled[PAIR_TEXT];
    const bool is_academic = measure->frequency == WM_FREQUENCY_ACADEMIC_YEAR;
    if (!wm_period_parse(spell_pair(text, measure, spelled), is_academic ? WM_PERIOD_ACADEMIC_YEAR : WM_PERIOD_FINANCIAL_YEAR, out))
        return false;
    *out = in_own_terms(measure, *out);
    return true;
}

/* What publishers write behind a period to say how sure its figures are. */
static const struct {
    const char *word;
    WmReadingState state;
} MARKS[] = {{"p", WM_PROVISIONAL}, {"prov", WM_PROVISIONAL}, {"provisional", WM_PROVISIONAL},
             {"r", WM_REVISED},     {"rev", WM_REVISED},      {"revised", WM_REVISED},
             {"final", WM_FINAL}};

static bool find_mark(const char *word, size_t length, WmReadingState *state)
{
    length -= length > 1 && word[length - 1] == '.';
    for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++)
        if (length == strlen(MARKS[i].word) && g_ascii_strncasecmp(word, MARKS[i].word, length) == 0) {
            *state = MARKS[i].state;
            return true;
        }
    return false;
}

/* Where the last word of a text begins: in brackets, behind a blank, or a lone letter behind a digit (2024/25p). 0 for none. */
static size_t last_word(const char *text, size_t *length)
{
    size_t n = *length;
    if (n > 2 && (text[n - 1] == ')' || text[n - 1] == ']')) {
        size_t i = --n;
        while (i > 0 && text[i - 1] != '(' && text[i - 1] != '[')
            i--;
        *length = n - i;
        return i;
    }
    size_t i = n;
    while (i > 0 && (g_ascii_isalpha(text[i - 1]) || (text[i - 1] == '.' && i == n)))
        i--;
    *length = n - i;
    const bool stands_alone = i > 0 && (text[i - 1] == ' ' || (g_ascii_isdigit(text[i - 1]) && n - i == 1));
    return stands_alone ? i : 0;
}

size_t period_text_length_without_state(const char *text, WmReadingState *state)
{
    size_t n = strlen(text);
    *state = WM_FINAL;
    while (n > 0 && g_ascii_isspace(text[n - 1]))
        n--;
    size_t length = n;
    const size_t first = last_word(text, &length);
    if (first == 0 || !find_mark(text + first, length, state))
        return n;
    for (n = first; n > 0 && strchr(" ([,-", text[n - 1]);)
        n--;
    return n;
}

bool period_text_read_marked(const char *text, const WmMeasure *measure, WmPeriod *out, WmReadingState *state)
{
    *state = WM_FINAL;
    if (period_text_read(text, measure, out))
        return true;
    char bare[PAIR_TEXT];
    const size_t length = period_text_length_without_state(text, state);
    if (length == strlen(text) || length == 0 || length >= sizeof bare)
        return false;
    memcpy(bare, text, length);
    bare[length] = 0;
    return period_text_read(bare, measure, out);
}

/* Parts of a year that are published, and that no period is. */
static const struct {
    const char *word, *advice;
} ADVICE[] = {
    {"week", "; weeks are not kept: add them up to months, or take one a month"},
    {" and ", "; two parts of a year together are none: make them a cohort (cohort = time_identifier), or filter them out"},
};

const char *period_text_advice(const char *text)
{
    g_autofree char *low = g_ascii_strdown(text, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(ADVICE); i++)
        if (strstr(low, ADVICE[i].word))
            return ADVICE[i].advice;
    return "";
}
