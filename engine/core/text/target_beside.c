/* "National average + 5 points": what stands beside a comparator, and is not the figure printed for it. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/core/text/number_scan.h"
#include "engine/core/text/target_parts.h"

typedef struct {
    const char *word;
    double sign; /* of the distance; 0: as near as that on the worse side */
} Side;

static const char *skip_one(const char *text, const char *word)
{
    const size_t length = strlen(word);
    return strncmp(text, word, length) == 0 ? wm_skip_space(text + length) : NULL;
}

/* Behind "points", "percentage points", "pp" or "%"; where there is none of these, where it began. */
static const char *skip_unit(const char *text, bool *is_percent)
{
    static const char *const POINTS[] = {"percentage points", "percentage point", "points", "point", "ppts", "pp", "pts"};
    static const char *const PERCENT[] = {"%", "percent", "per cent"};
    const char *end = NULL;
    for (size_t i = 0; !end && i < sizeof POINTS / sizeof POINTS[0]; i++)
        end = skip_one(text, POINTS[i]);
    *is_percent = false;
    for (size_t i = 0; !end && i < sizeof PERCENT / sizeof PERCENT[0]; i++)
        if ((end = skip_one(text, PERCENT[i])))
            *is_percent = true;
    if (end && *is_percent && skip_one(end, "points"))
        return skip_unit(end, is_percent);
    return end ? end : text;
}

/* "5% above" may be five points or a twentieth: NAN, and it is said. */
static double distance(const Side *side, double number, bool is_share, const WmMeasure *measure)
{
    const double sign = side->sign != 0 ? side->sign : -wm_polarity_sign(measure->polarity);
    return is_share || sign == 0 || !isfinite(number) ? NAN : sign * number;
}

/* + 5, plus 5%, minus 2 points, within 3 points of */
static bool find_behind(const char *text, const WmMeasure *measure, double *beside)
{
    static const Side SIDES[] = {{"+", 1}, {"plus ", 1}, {"minus ", -1}, {"within ", 0}};
    for (size_t i = 0; i < sizeof SIDES / sizeof SIDES[0]; i++) {
        for (const char *at = text; (at = strstr(at, SIDES[i].word)); at++) {
            const char *number = wm_skip_space(at + strlen(SIDES[i].word));
            const bool is_or_more = at > text && (isdigit((unsigned char)at[-1]) || at[-1] == '%'); /* "90%+" */
            if (!isdigit((unsigned char)*number) || is_or_more)
                continue;
            char *end;
            bool is_percent;
            const double value = strtod(number, &end);
            skip_unit(wm_skip_space(end), &is_percent);
            *beside = distance(&SIDES[i], value, is_percent && measure->kind != WM_KIND_PERCENT, measure);
            return true;
        }
    }
    return false;
}

/* 5 points above, 2 below */
static bool find_before(const char *text, const WmMeasure *measure, double *beside)
{
    static const Side SIDES[] = {{"above ", 1}, {"higher than ", 1}, {"more than ", 1}, {"below ", -1}, {"lower than ", -1}};
    for (const char *at = text; *at; at++) {
        if (!isdigit((unsigned char)*at) || (at > text && (isdigit((unsigned char)at[-1]) || at[-1] == '.')))
            continue;
        char *end;
        bool is_percent;
        const double value = strtod(at, &end);
        const char *side = skip_unit(wm_skip_space(end), &is_percent);
        for (size_t i = 0; i < sizeof SIDES / sizeof SIDES[0]; i++)
            if (skip_one(side, SIDES[i].word)) {
                *beside = distance(&SIDES[i], value, is_percent, measure);
                return true;
            }
    }
    return false;
}

bool wm_target_beside(const char *folded, const WmMeasure *measure, double *beside)
{
    return find_behind(folded, measure, beside) || find_before(folded, measure, beside);
}
