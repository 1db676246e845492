/* From what a target says to the number it comes to. */
#include <waymark/value.h>

#include <math.h>
#include <string.h>
#include <strings.h>

#include "engine/core/text/target_parts.h"

bool wm_target_is_relative(WmTargetKind kind)
{
    return kind == WM_TARGET_PERCENT_OF_BASELINE || kind == WM_TARGET_REDUCTION_PERCENT || kind == WM_TARGET_INCREASE_PERCENT;
}

static WmResolvedTarget unresolved(const char *reason)
{
    return (WmResolvedTarget){NAN, reason};
}

static WmResolvedTarget within_bounds(const WmMeasure *measure, double target)
{
    if (!isnan(measure->low) && target < measure->low)
        return unresolved("the figure is below what the measure can be");
    if (!isnan(measure->high) && target > measure->high)
        return unresolved("the figure is above what the measure can be");
    return (WmResolvedTarget){target, ""};
}

/* The unit of time in a unit's words ("working days"), for "3 months" against a measure in weeks; -1 for none. */
static int time_unit(const char *unit)
{
    static const char *const UNITS[] = {"day", "week", "month", "year"};
    for (const char *at = unit; *at; at++)
        for (size_t i = 0; (at == unit || at[-1] == ' ') && i < sizeof UNITS / sizeof UNITS[0]; i++)
            if (strncasecmp(at, UNITS[i], strlen(UNITS[i])) == 0)
                return (int)i;
    return -1;
}

static bool is_other_unit(const WmTargetText *text, const WmMeasure *measure, const char *measure_unit)
{
    if (text->unit[0] == '%')
        return measure->kind != WM_KIND_PERCENT && *measure_unit && !strchr(measure_unit, '%');
    const int written = time_unit(text->unit), measured = time_unit(measure_unit);
    return written >= 0 && written != measured;
}

static WmResolvedTarget resolve_comparator(const WmTargetText *text, const WmMeasure *measure, const char *measure_unit,
                                           const WmComparator *comparators, size_t n_comparators)
{
    const WmComparator *latest = NULL;
    if (isnan(text->beside))
        return unresolved("it may be meant in points or as a share of the comparator; write “national average + 5 points”, or the "
                          "figure");
    for (size_t i = 0; i < n_comparators; i++)
        if (strcmp(comparators[i].name, text->comparator) == 0 && !isnan(comparators[i].value) &&
            (!latest || wm_period_compare(comparators[i].period, latest->period) >= 0))
            latest = &comparators[i];
    if (latest)
        return within_bounds(measure, latest->value + text->beside);
    if (isnan(text->number) || is_other_unit(text, measure, measure_unit))
        return unresolved("the comparator has no figure in comparators.csv, nor can the units give one");
    return within_bounds(measure, text->number);
}

WmResolvedTarget wm_target_resolve(const WmTargetText *text, const WmMeasure *measure, const char *measure_unit, double baseline,
                                   const WmComparator *comparators, size_t n_comparators)
{
    const double share = text->number / 100;
    const bool needs_baseline = wm_target_is_relative(text->kind) || text->kind == WM_TARGET_BASELINE_PLUS;
    if (needs_baseline && isnan(baseline))
        return unresolved("it is relative to a baseline that has no figure");
    switch (text->kind) {
    case WM_TARGET_ABSOLUTE:
        if (is_other_unit(text, measure, measure_unit))
            return unresolved("the figure is in another unit than the measure");
        return within_bounds(measure, text->number);
    case WM_TARGET_PERCENT_OF_BASELINE:
        return within_bounds(measure, baseline * text->number / 100);
    case WM_TARGET_REDUCTION_PERCENT:
        return within_bounds(measure, baseline * (1 - share));
    case WM_TARGET_INCREASE_PERCENT:
        return within_bounds(measure, baseline * (1 + share));
    case WM_TARGET_BASELINE_PLUS:
        return within_bounds(measure, baseline + text->number);
    case WM_TARGET_COMPARATOR:
        return resolve_comparator(text, measure, measure_unit, comparators, n_comparators);
    case WM_TARGET_DELIVERABLE:
        return measure->kind == WM_KIND_YES_NO ? (WmResolvedTarget){1, ""} : unresolved("it is described in words");
    case WM_TARGET_NOT_APPLICABLE:
        return unresolved("the plan says that none applies");
    case WM_TARGET_TBC:
        return unresolved("it is still to be set");
    case WM_TARGET_RANGE:
        return unresolved("it is a range, not one figure");
    case WM_TARGET_WORDS:
    case WM_N_TARGET_KINDS:
        break;
    }
    return unresolved("it names no figure");
}
