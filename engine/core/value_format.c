/* Numbers as people read them: rounded as published, thousands separated, with their unit. No locale. */
#include <waymark/assess.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_DIGITS 15 /* what a double holds exactly */

/* |value| with `decimals` places and commas between thousands, by integer arithmetic. */
static void format_number(double value, int decimals, char *text, size_t size)
{
    const int places = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
    const double rounded = wm_round(value, places);
    const double scale = pow(10, places);
    if (!(fabs(rounded) * scale < 1e15)) {
        snprintf(text, size, "%s%.0e", rounded < 0 ? "\xE2\x88\x92" : "", fabs(rounded));
        return;
    }
    const long long whole = llround(fabs(rounded) * scale);
    const long long unit = llround(scale);

    char digits[MAX_DIGITS + 2];
    const int n_digits = snprintf(digits, sizeof digits, "%lld", whole / unit);
    char grouped[MAX_DIGITS * 2];
    int n = 0;
    for (int i = 0; i < n_digits; i++) {
        if (i > 0 && (n_digits - i) % 3 == 0)
            grouped[n++] = ',';
        grouped[n++] = digits[i];
    }
    grouped[n] = 0;
    const char *sign = rounded < 0 ? "\xE2\x88\x92" : ""; /* a true minus, as a printed table has */
    if (places)
        snprintf(text, size, "%s%s.%0*lld", sign, grouped, places, whole % unit);
    else
        snprintf(text, size, "%s%s", sign, grouped);
}

/* Put a number and its unit together; "1 week", not "1 weeks". */
static void attach_unit(const char *number, const char *unit, char text[WM_VALUE_TEXT])
{
    const size_t length = strlen(unit);
    const bool is_prefix = strcmp(unit, "\xC2\xA3") == 0 || strcmp(unit, "$") == 0 || strcmp(unit, "\xE2\x82\xAC") == 0;
    const bool is_one = strcmp(number, "1") == 0 && length > 3 && unit[length - 1] == 's';
    const bool is_short = length > 24;
    if (length == 0 || is_short)
        snprintf(text, WM_VALUE_TEXT, "%s", number);
    else if (strcmp(unit, "%") == 0)
        snprintf(text, WM_VALUE_TEXT, "%s%%", number);
    else if (is_prefix)
        snprintf(text, WM_VALUE_TEXT, "%s%s", unit, number);
    else
        snprintf(text, WM_VALUE_TEXT, "%s %.*s", number, (int)(is_one ? length - 1 : length), unit);
}

const char *wm_value_format(double value, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT])
{
    char number[WM_VALUE_TEXT / 2];
    if (isnan(value))
        snprintf(text, WM_VALUE_TEXT, "n/a");
    else if (measure->kind == WM_KIND_YES_NO)
        snprintf(text, WM_VALUE_TEXT, "%s", value >= 0.5 ? "done" : "not done");
    else {
        format_number(value, measure->decimals, number, sizeof number);
        attach_unit(number, measure_unit, text);
    }
    return text;
}

const char *wm_target_format(double target, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT])
{
    WmMeasure as_written = *measure;
    while (as_written.decimals > 0 && fabs(wm_round(target, as_written.decimals - 1) - target) < 1e-9)
        as_written.decimals--;
    while (as_written.decimals < 3 && fabs(wm_round(target, as_written.decimals) - target) > 1e-9)
        as_written.decimals++;
    return wm_value_format(target, &as_written, measure_unit, text);
}

const char *wm_chance_format(double chance, char text[WM_VALUE_TEXT])
{
    if (isnan(chance))
        snprintf(text, WM_VALUE_TEXT, "n/a");
    else if (chance < 0.01)
        snprintf(text, WM_VALUE_TEXT, "under 1%%");
    else if (chance > 0.99)
        snprintf(text, WM_VALUE_TEXT, "over 99%%");
    else
        snprintf(text, WM_VALUE_TEXT, "%.0f%%", wm_round(chance * 100, 0));
    return text;
}

const char *wm_difference_format(double value, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT])
{
    char number[WM_VALUE_TEXT / 2];
    if (isnan(value)) {
        snprintf(text, WM_VALUE_TEXT, "n/a");
        return text;
    }
    /* A path runs between published figures: a whole-number measure can be half a unit from it. */
    const int decimals = measure->decimals == 0 && wm_round(value, 0) != wm_round(value, 1) ? 1 : measure->decimals;
    format_number(fabs(value), decimals, number, sizeof number);
    attach_unit(number, measure->kind == WM_KIND_PERCENT ? "points" : measure_unit, text);
    return text;
}
