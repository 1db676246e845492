/* Figures as people publish them. */
#include <waymark/value.h>

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "engine/core/text/number_scan.h"

/* Whole texts that stand for a state, or for yes and no. */
static const struct {
    const char *text;
    WmReadingState state;
    double value;
} WHOLE[] = {
    {"", WM_MISSING, NAN},
    {"[c]", WM_SUPPRESSED, NAN},
    {"c", WM_SUPPRESSED, NAN},
    {"*", WM_SUPPRESSED, NAN},
    {"[x]", WM_NOT_AVAILABLE, NAN},
    {"x", WM_NOT_AVAILABLE, NAN},
    {":", WM_NOT_AVAILABLE, NAN},
    {"..", WM_NOT_AVAILABLE, NAN},
    {"-", WM_NOT_AVAILABLE, NAN},
    {"\xE2\x80\x93", WM_NOT_AVAILABLE, NAN},
    {"[w]", WM_NOT_AVAILABLE, NAN},
    {"[u]", WM_NOT_AVAILABLE, NAN},
    {"[z]", WM_NOT_APPLICABLE, NAN},
    {"z", WM_NOT_APPLICABLE, NAN},
    {"n/a", WM_NOT_APPLICABLE, NAN},
    {"na", WM_NOT_AVAILABLE, NAN},
    {"nan", WM_NOT_AVAILABLE, NAN},
    {"null", WM_NOT_AVAILABLE, NAN},
    {"[low]", WM_LOW, NAN},
    {"low", WM_LOW, NAN},
    {"yes", WM_FINAL, 1},
    {"no", WM_FINAL, 0},
    {"done", WM_FINAL, 1},
    {"not done", WM_FINAL, 0},
    {"true", WM_FINAL, 1},
    {"false", WM_FINAL, 0},
};

#define YES_OR_NO "yes/no" /* unit of what was said in words */

/* Markers that may follow a figure. */
static const struct {
    const char *text;
    WmReadingState state;
} TRAILING[] = {{"[p]", WM_PROVISIONAL}, {"[r]", WM_REVISED}, {"[u]", WM_FINAL},     {"[e]", WM_PROVISIONAL}, {"[b]", WM_FINAL},
                {"(p)", WM_PROVISIONAL}, {"(r)", WM_REVISED}, {"p", WM_PROVISIONAL}, {"r", WM_REVISED}};

/* The currency sign in front of a figure is its unit. */
static void read_currency(const char *text, size_t length, char unit[WM_UNIT_TEXT])
{
    static const char *const CURRENCIES[] = {"\xC2\xA3", "$", "\xE2\x82\xAC"};
    for (size_t i = 0; i < sizeof CURRENCIES / sizeof CURRENCIES[0]; i++) {
        const char *at = strstr(text, CURRENCIES[i]);
        if (at && (size_t)(at - text) < length)
            memcpy(unit, CURRENCIES[i], strlen(CURRENCIES[i]) + 1);
    }
}

/* What stands after a figure: nothing, a marker, a unit, or a unit and a marker. */
static bool read_tail(const char *tail, WmValueText *out)
{
    tail = wm_skip_space(tail);
    if (!*tail)
        return true;
    for (size_t i = 0; i < sizeof TRAILING / sizeof TRAILING[0]; i++)
        if (strcasecmp(tail, TRAILING[i].text) == 0) {
            out->state = TRAILING[i].state;
            return true;
        }
    if (*out->unit)
        return false;
    size_t n = 0;
    if (*tail == '%')
        out->unit[n++] = *tail++;
    else
        for (; isalpha((unsigned char)*tail); tail++) {
            if (n + 1 == WM_UNIT_TEXT)
                return false;
            out->unit[n++] = (char)tolower((unsigned char)*tail);
        }
    out->unit[n] = 0;
    return n > 0 && read_tail(tail, out);
}

bool wm_value_parse(const char *text, WmValueText *out)
{
    char trimmed[WM_NUMBER_TEXT];
    *out = (WmValueText){.value = NAN, .state = WM_MISSING};
    if (!wm_trim(text, trimmed, sizeof trimmed))
        return false;
    const bool is_figure = isdigit((unsigned char)*trimmed) != 0; /* most are, and no whole text begins so */
    for (size_t i = 0; !is_figure && i < sizeof WHOLE / sizeof WHOLE[0]; i++)
        if (strcasecmp(trimmed, WHOLE[i].text) == 0) {
            out->state = WHOLE[i].state;
            out->value = WHOLE[i].value;
            if (wm_reading_state_has_value(out->state))
                memcpy(out->unit, YES_OR_NO, sizeof YES_OR_NO);
            return true;
        }

    double number;
    if (*trimmed == '<') { /* "<5": a small number withheld */
        const char *end = wm_scan_number(wm_skip_space(trimmed + 1), &number);
        out->state = WM_SUPPRESSED;
        if (end && *end == '%')
            end++;
        return end && !*wm_skip_space(end);
    }
    const char *end = wm_scan_number(trimmed, &number);
    if (!end)
        return false;
    out->value = number;
    out->state = WM_FINAL;
    if (!is_figure)
        read_currency(trimmed, (size_t)(end - trimmed), out->unit);
    return read_tail(end, out);
}
