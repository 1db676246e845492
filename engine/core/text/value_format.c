/* Numbers as people read them: rounded as published, thousands separated, with their unit. No locale. */
#include <waymark/assess.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_DIGITS   15 /* what a double holds exactly */
#define MAX_DECIMALS 9
#define MAX_UNIT     30             /* longest unit written, in bytes */
#define MINUS        "\xE2\x88\x92" /* a true minus, as a printed table has */

/* |value| with `decimals` places and commas between thousands, by integer arithmetic. */
static void format_number(double value, int decimals, char *text, size_t size)
{
    const int places = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
    const double rounded = wm_round(value, places);
    const double scale = pow(10, places);
    if (!(fabs(rounded) * scale < 1e15)) {
        snprintf(text, size, "%s%.0e", rounded < 0 ? MINUS : "", fabs(rounded));
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
    const char *sign = rounded < 0 ? MINUS : "";
    if (places)
        snprintf(text, size, "%s%s.%0*lld", sign, grouped, places, whole % unit);
    else
        snprintf(text, size, "%s%s", sign, grouped);
}

/* Length of the currency sign that a unit begins with: "\xC2\xA3" of pounds, also in "\xC2\xA3m"; 0 for none. */
static size_t currency_length(const char *unit)
{
    static const char *const SIGNS[] = {"\xC2\xA3", "$", "\xE2\x82\xAC"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
        if (strncmp(unit, SIGNS[i], strlen(SIGNS[i])) == 0)
            return strlen(SIGNS[i]);
    return 0;
}

/* Endings of units in the plural, and what one of them ends in. */
static const struct {
    const char *many, *one;
} PLURALS[] = {{"people", "person"}, {"children", "child"}, {"ies", "y"}, {"ss", "ss"}, {"s", ""}};

/* "1 week", not "1 weeks". */
static void attach_singular(const char *unit, char text[WM_VALUE_TEXT])
{
    const size_t length = strlen(unit);
    for (size_t i = 0; length > 3 && i < sizeof PLURALS / sizeof PLURALS[0]; i++) {
        const size_t tail = strlen(PLURALS[i].many);
        if (length >= tail && strcmp(unit + length - tail, PLURALS[i].many) == 0) {
            snprintf(text, WM_VALUE_TEXT, "1 %.*s%s", (int)(length - tail), unit, PLURALS[i].one);
            return;
        }
    }
    snprintf(text, WM_VALUE_TEXT, "1 %s", unit);
}

/* Put a number and its unit together. A unit too long for a table is left out. */
static void attach_unit(const char *number, const char *unit, char text[WM_VALUE_TEXT])
{
    const size_t length = strlen(unit), currency = currency_length(unit);
    const size_t sign = strncmp(number, MINUS, strlen(MINUS)) == 0 ? strlen(MINUS) : 0;
    if (length == 0 || length > MAX_UNIT)
        snprintf(text, WM_VALUE_TEXT, "%s", number);
    else if (*unit == '%')
        snprintf(text, WM_VALUE_TEXT, "%s%s", number, unit);
    else if (currency)
        snprintf(text, WM_VALUE_TEXT, "%.*s%.*s%s%s", (int)sign, number, (int)currency, unit, number + sign, unit + currency);
    else if (strcmp(number, "1") == 0)
        attach_singular(unit, text);
    else
        snprintf(text, WM_VALUE_TEXT, "%s %s", number, unit);
}

const char *wm_value_format(double value, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT])
{
    char number[WM_VALUE_TEXT / 2];
    if (!isfinite(value))
        snprintf(text, WM_VALUE_TEXT, "n/a");
    else if (measure->kind == WM_KIND_YES_NO)
        snprintf(text, WM_VALUE_TEXT, "%s", value >= 0.5 ? "done" : "not done");
    else {
        format_number(value, measure->decimals, number, sizeof number);
        attach_unit(number, measure_unit, text);
    }
    return text;
}

static bool is_apart(double was, double now, int decimals)
{
    return was == now || wm_round(was, decimals) != wm_round(now, decimals);
}

/* Whether the difference of two rounded values is their rounded difference. */
static bool adds_up(double was, double now, int decimals)
{
    const double shown = wm_round(now, decimals) - wm_round(was, decimals);
    return fabs(shown - wm_round(now - was, decimals)) < 0.5 * pow(10, -decimals);
}

static void write_pair(double was, double now, const WmMeasure *finer, const char *measure_unit, char was_text[WM_VALUE_TEXT],
                       char now_text[WM_VALUE_TEXT])
{
    wm_value_format(was, finer, measure_unit, was_text);
    wm_value_format(now, finer, measure_unit, now_text);
    if (isnan(was))
        snprintf(was_text, WM_VALUE_TEXT, "no figure");
    if (isnan(now))
        snprintf(now_text, WM_VALUE_TEXT, "no figure");
}

void wm_value_format_pair(double was, double now, const WmMeasure *measure, const char *measure_unit, char was_text[WM_VALUE_TEXT],
                          char now_text[WM_VALUE_TEXT])
{
    WmMeasure finer = *measure;
    while (finer.decimals < MAX_DECIMALS && !is_apart(was, now, finer.decimals))
        finer.decimals++;
    write_pair(was, now, &finer, measure_unit, was_text, now_text);
}

const char *wm_target_format(double target, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT])
{
    WmMeasure as_written = *measure;
    while (as_written.decimals < WM_TARGET_DECIMALS && fabs(wm_round(target, as_written.decimals) - target) > 1e-9)
        as_written.decimals++;
    const double written = wm_round(target, as_written.decimals);
    while (as_written.decimals > 0 && fabs(wm_round(written, as_written.decimals - 1) - written) < 1e-9)
        as_written.decimals--;
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

static const char *write_difference(double value, const WmMeasure *measure, int decimals, const char *measure_unit,
                                    char text[WM_VALUE_TEXT])
{
    char number[WM_VALUE_TEXT / 2];
    if (!isfinite(value)) {
        snprintf(text, WM_VALUE_TEXT, "n/a");
        return text;
    }
    format_number(fabs(value), decimals, number, sizeof number);
    attach_unit(number, measure->kind == WM_KIND_PERCENT || *measure_unit == '%' ? "points" : measure_unit, text);
    return text;
}

#define WHOLE_FROM 100

const char *wm_difference_format(double value, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT])
{
    /* A path runs between published figures: a whole-number measure can be half a unit from it, which says nothing of a large one:
     * "£159,622", not "£159,622.4". */
    const bool has_half = measure->decimals == 0 && fabs(value) < WHOLE_FROM && wm_round(value, 0) != wm_round(value, 1);
    const int decimals = has_half ? 1 : measure->decimals;
    return write_difference(value, measure, decimals, measure_unit, text);
}

void wm_revision_format(double was, double now, const WmMeasure *measure, const char *measure_unit, char was_text[WM_VALUE_TEXT],
                        char now_text[WM_VALUE_TEXT], char change_text[WM_VALUE_TEXT])
{
    WmMeasure finer = *measure;
    while (finer.decimals < MAX_DECIMALS && isfinite(now - was) &&
           (!is_apart(was, now, finer.decimals) || !adds_up(was, now, finer.decimals)))
        finer.decimals++;
    write_pair(was, now, &finer, measure_unit, was_text, now_text);
    /* what a reader reckons from the two, should they not add up even now */
    write_difference(wm_round(now, finer.decimals) - wm_round(was, finer.decimals), measure, finer.decimals, measure_unit,
                     change_text);
}
