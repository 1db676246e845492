/* Targets as people write them, understood and then resolved.
 *
 * The text is folded to plain lower case; its figures are collected with their units; then PHRASES are tried in order, and the first that
 * stands in the text says what kind of target it is. A new way of writing one is a new row.
 */
#include <waymark/value.h>

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "engine/core/number_scan.h"

#define MAX_FIGURES 4

typedef struct {
    double number;
    char unit[WM_UNIT_TEXT];
} Figure;

typedef struct {
    char text[WM_NUMBER_TEXT * 2]; /* folded: lower case, single spaces, plain hyphens, no "(a)" in front */
    Figure figures[MAX_FIGURES];
    size_t n_figures;
    bool is_range; /* "10-20", "10 to 20" */
} Folded;

static const char *const KIND_NAMES[WM_N_TARGET_KINDS] = {
    [WM_TARGET_ABSOLUTE] = "absolute",
    [WM_TARGET_PERCENT_OF_BASELINE] = "percent_of_baseline",
    [WM_TARGET_REDUCTION_PERCENT] = "reduction_percent",
    [WM_TARGET_INCREASE_PERCENT] = "above_baseline",
    [WM_TARGET_BASELINE_PLUS] = "baseline_plus",
    [WM_TARGET_COMPARATOR] = "comparator",
    [WM_TARGET_DELIVERABLE] = "deliverable",
    [WM_TARGET_NOT_APPLICABLE] = "not_applicable",
    [WM_TARGET_TBC] = "tbc",
    [WM_TARGET_RANGE] = "range",
    [WM_TARGET_WORDS] = "words",
};

const char *wm_target_kind_name(WmTargetKind kind)
{
    return KIND_NAMES[kind];
}

static const char *const NUMBER_WORDS[] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
#define N_NUMBER_WORDS (sizeof NUMBER_WORDS / sizeof NUMBER_WORDS[0])

/* Characters that mean the same as a plain one. */
static const struct {
    const char *from, *to;
} FOLDS[] = {
    {"\xE2\x80\x93", "-"}, {"\xE2\x80\x94", "-"}, {"\xE2\x88\x92", "-"}, {"\xC2\xA0", " "}, {"\xC2\xBD", ".5"}, {"\xE2\x89\xA5", ">="}, {"\xE2\x89\xA4", "<="},
};

static void fold(const char *text, Folded *out)
{
    size_t n = 0;
    text = wm_skip_space(text);
    if (text[0] == '(' && isalpha((unsigned char)text[1]) && text[2] == ')') /* "(a) 15 weeks": the part's own letter */
        text = wm_skip_space(text + 3);
    while (*text && n + 4 < sizeof out->text) {
        size_t i = 0;
        while (i < sizeof FOLDS / sizeof FOLDS[0] && strncmp(text, FOLDS[i].from, strlen(FOLDS[i].from)) != 0)
            i++;
        if (i < sizeof FOLDS / sizeof FOLDS[0]) {
            if (FOLDS[i].to[0] == '.' && n > 0 && out->text[n - 1] == ' ') /* "17 1/2" as one figure */
                n--;
            memcpy(out->text + n, FOLDS[i].to, strlen(FOLDS[i].to));
            n += strlen(FOLDS[i].to);
            text += strlen(FOLDS[i].from);
            continue;
        }
        const char c = isspace((unsigned char)*text) ? ' ' : (char)tolower((unsigned char)*text);
        if (!(c == ' ' && n > 0 && out->text[n - 1] == ' '))
            out->text[n++] = c;
        text++;
    }
    while (n > 0 && out->text[n - 1] == ' ')
        n--;
    out->text[n] = 0;
}

/* The word right after a figure: its unit. */
static const char *scan_unit(const char *at, char unit[WM_UNIT_TEXT])
{
    size_t n = 0;
    const char *start = wm_skip_space(at);
    at = start;
    if (*at == '%')
        unit[n++] = *at++;
    else
        for (; isalpha((unsigned char)*at) && n + 1 < WM_UNIT_TEXT; at++)
            unit[n++] = *at;
    unit[n] = 0;
    return n ? at : start;
}

/* A year in "80 in 2019" dates the target; it is no figure. */
static bool is_year_after_in(const char *text, const char *at, double number)
{
    return number >= WM_YEAR_MIN && number <= WM_YEAR_MAX && at - text >= 3 && strncmp(at - 3, "in ", 3) == 0;
}

/* A number in words at the start of a word ("five schools"). */
static const char *scan_number_word(const char *text, const char *at, double *number)
{
    if (at > text && isalpha((unsigned char)at[-1]))
        return NULL;
    for (size_t i = 0; i < N_NUMBER_WORDS; i++) {
        const size_t length = strlen(NUMBER_WORDS[i]);
        if (strncmp(at, NUMBER_WORDS[i], length) == 0 && !isalpha((unsigned char)at[length])) {
            *number = (double)i;
            return at + length;
        }
    }
    return NULL;
}

static const char *scan_figure(const char *text, const char *at, double *number)
{
    const bool is_sign = (*at == '-' || *at == '+') && (isdigit((unsigned char)at[1]) || at[1] == '.') &&
                         (at == text || !isalnum((unsigned char)at[-1]));
    const bool is_inside_word = at > text && isalnum((unsigned char)at[-1]);
    if ((isdigit((unsigned char)*at) || is_sign) && !is_inside_word)
        return wm_scan_number(at, number);
    return scan_number_word(text, at, number);
}

static void find_figures(Folded *self)
{
    const char *last_end = NULL;
    for (const char *at = self->text; *at;) {
        double number;
        const char *end = scan_figure(self->text, at, &number);
        if (!end) {
            at++;
            continue;
        }
        if (last_end && (strncmp(last_end, "-", 1) == 0 || strncmp(last_end, " - ", 3) == 0 || strncmp(last_end, " to ", 4) == 0) &&
            at - last_end <= 4)
            self->is_range = true;
        if (!is_year_after_in(self->text, at, number) && self->n_figures < MAX_FIGURES) {
            Figure *figure = &self->figures[self->n_figures++];
            figure->number = number;
            scan_unit(end, figure->unit);
        }
        last_end = end;
        at = end;
        if (*at == '-' && isdigit((unsigned char)at[1])) { /* the hyphen of a range is no sign */
            self->is_range = true;
            at++;
        }
    }
}

typedef struct {
    const char *phrase;
    WmTargetKind kind;
    bool needs_figure; /* the phrase decides only where a figure stands in the text */
    const char *comparator;
} Phrase;

static const Phrase PHRASES[] = {
    {"n/a", WM_TARGET_NOT_APPLICABLE, false, NULL},
    {"not applicable", WM_TARGET_NOT_APPLICABLE, false, NULL},
    {"tbc", WM_TARGET_TBC, false, NULL},
    {"tba", WM_TARGET_TBC, false, NULL},
    {"to be ", WM_TARGET_TBC, false, NULL},
    {"not yet agreed", WM_TARGET_TBC, false, NULL},
    {"agreed %", WM_TARGET_TBC, false, NULL},
    {"cap ", WM_TARGET_ABSOLUTE, true, NULL},
    {"of baseline", WM_TARGET_PERCENT_OF_BASELINE, true, NULL},
    {"of the baseline", WM_TARGET_PERCENT_OF_BASELINE, true, NULL},
    {"baseline +", WM_TARGET_BASELINE_PLUS, true, NULL},
    {"baseline plus", WM_TARGET_BASELINE_PLUS, true, NULL},
    {"points above baseline", WM_TARGET_BASELINE_PLUS, true, NULL},
    {"point increase", WM_TARGET_BASELINE_PLUS, true, NULL},
    {"above baseline", WM_TARGET_INCREASE_PERCENT, true, NULL},
    {"above the baseline", WM_TARGET_INCREASE_PERCENT, true, NULL},
    {"increase", WM_TARGET_INCREASE_PERCENT, true, NULL},
    {"reduction", WM_TARGET_REDUCTION_PERCENT, true, NULL},
    {"reduce", WM_TARGET_REDUCTION_PERCENT, true, NULL},
    {"decrease", WM_TARGET_REDUCTION_PERCENT, true, NULL},
    {"fewer", WM_TARGET_REDUCTION_PERCENT, true, NULL},
    {"below baseline", WM_TARGET_REDUCTION_PERCENT, true, NULL},
    {"quartile", WM_TARGET_COMPARATOR, false, "upper_quartile"},
    {"statistical neighbour", WM_TARGET_COMPARATOR, false, "statistical_neighbour"},
    {"national", WM_TARGET_COMPARATOR, false, "national"},
    {"england", WM_TARGET_COMPARATOR, false, "national"},
    {"regional", WM_TARGET_COMPARATOR, false, "regional"},
    {"in line", WM_TARGET_COMPARATOR, false, "national"},
    {"nice guid", WM_TARGET_COMPARATOR, false, "nice_guideline"},
};

static const Phrase *find_phrase(const Folded *self)
{
    for (size_t i = 0; i < sizeof PHRASES / sizeof PHRASES[0]; i++)
        if (strstr(self->text, PHRASES[i].phrase) && (!PHRASES[i].needs_figure || self->n_figures))
            return &PHRASES[i];
    return NULL;
}

/* Of "25 (80%)" a percent takes 80, a count 25. */
static const Figure *figure_for(const Folded *self, bool wants_percent)
{
    for (size_t i = 0; i < self->n_figures; i++)
        if ((self->figures[i].unit[0] == '%') == wants_percent)
            return &self->figures[i];
    return self->n_figures ? &self->figures[0] : NULL;
}

/* Kinds whose figure is a share of the baseline, whatever the measure's own unit. */
static bool is_relative(WmTargetKind kind)
{
    return kind == WM_TARGET_PERCENT_OF_BASELINE || kind == WM_TARGET_REDUCTION_PERCENT || kind == WM_TARGET_INCREASE_PERCENT;
}

static WmTargetKind plain_kind(const Folded *self, const WmMeasure *measure)
{
    if (measure->kind == WM_KIND_YES_NO)
        return WM_TARGET_DELIVERABLE;
    if (!*self->text)
        return WM_TARGET_TBC;
    return self->is_range ? WM_TARGET_RANGE : self->n_figures ? WM_TARGET_ABSOLUTE : WM_TARGET_WORDS;
}

WmTargetText wm_target_parse(const char *text, const WmMeasure *measure)
{
    Folded folded = {.n_figures = 0};
    fold(text, &folded);
    find_figures(&folded);

    const Phrase *phrase = find_phrase(&folded);
    WmTargetText out = {.kind = phrase ? phrase->kind : plain_kind(&folded, measure), .number = NAN};
    if (phrase)
        out.comparator = phrase->comparator;
    if (measure->kind == WM_KIND_YES_NO && out.kind != WM_TARGET_NOT_APPLICABLE && out.kind != WM_TARGET_TBC)
        out.kind = WM_TARGET_DELIVERABLE;

    /* "All schools": the whole of a percentage. */
    if (out.kind == WM_TARGET_WORDS && measure->kind == WM_KIND_PERCENT && strncmp(folded.text, "all ", 4) == 0) {
        out.kind = WM_TARGET_ABSOLUTE;
        out.number = 100;
        strcpy(out.unit, "%");
        return out;
    }
    const Figure *figure = figure_for(&folded, measure->kind == WM_KIND_PERCENT || is_relative(out.kind));
    if (figure) {
        out.number = figure->number;
        memcpy(out.unit, figure->unit, sizeof out.unit);
    }
    return out;
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

/* Units of time, for "3 months" against a measure in weeks. */
static int time_unit(const char *unit)
{
    static const char *const UNITS[] = {"day", "week", "month", "year"};
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++)
        if (strncasecmp(unit, UNITS[i], strlen(UNITS[i])) == 0)
            return (int)i;
    return -1;
}

static bool is_other_unit(const WmTargetText *text, const char *measure_unit)
{
    const int written = time_unit(text->unit), measured = time_unit(measure_unit);
    return written >= 0 && written != measured;
}

static WmResolvedTarget resolve_comparator(const WmTargetText *text, const WmMeasure *measure, const char *measure_unit,
                                           const WmComparator *comparators, size_t n_comparators)
{
    const WmComparator *latest = NULL;
    for (size_t i = 0; i < n_comparators; i++)
        if (strcmp(comparators[i].name, text->comparator) == 0 && !isnan(comparators[i].value) &&
            (!latest || wm_period_compare(comparators[i].period, latest->period) >= 0))
            latest = &comparators[i];
    if (latest)
        return within_bounds(measure, latest->value);
    if (isnan(text->number) || is_other_unit(text, measure_unit))
        return unresolved("the comparator has no figure in comparators.csv");
    return within_bounds(measure, text->number);
}

WmResolvedTarget wm_target_resolve(const WmTargetText *text, const WmMeasure *measure, const char *measure_unit, double baseline,
                                   const WmComparator *comparators, size_t n_comparators)
{
    const double share = text->number / 100;
    const bool needs_baseline = is_relative(text->kind) || text->kind == WM_TARGET_BASELINE_PLUS;
    if (needs_baseline && isnan(baseline))
        return unresolved("it is relative to a baseline that has no figure");
    switch (text->kind) {
    case WM_TARGET_ABSOLUTE:
        if (is_other_unit(text, measure_unit))
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
        return (WmResolvedTarget){1, ""};
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
