/* Targets as people write them, understood. target_resolve.c makes them numbers.
 *
 * The text is folded to plain lower case; its figures are collected with their units; then PHRASES are tried in order, and the
 * first that stands in the text says what kind of target it is. A new way of writing one is a new row.
 */
#include <waymark/value.h>

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "engine/core/text/number_scan.h"
#include "engine/core/text/target_parts.h"

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

static const char *const NUMBER_WORDS[] = {"zero",  "one",   "two",  "three", "four",   "five",  "six",
                                           "seven", "eight", "nine", "ten",   "eleven", "twelve"};
#define N_NUMBER_WORDS (sizeof NUMBER_WORDS / sizeof NUMBER_WORDS[0])

/* Characters that mean the same as a plain one. */
static const struct {
    const char *from, *to;
} FOLDS[] = {
    {"\xE2\x80\x93", "-"}, {"\xE2\x80\x94", "-"},  {"\xE2\x88\x92", "-"},  {"\xC2\xA0", " "},
    {"\xC2\xBD", ".5"},    {"\xE2\x89\xA5", ">="}, {"\xE2\x89\xA4", "<="},
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

/* Words that stand after a figure without being its unit. */
static const char *const NO_UNITS[] = {"in",   "by",  "to", "or", "of", "and", "at",   "on", "for",
                                       "from", "the", "a",  "is", "as", "if",  "than", "e"};

/* Words for the same unit. */
static const struct {
    const char *from, *to;
} SAME_UNITS[] = {{"percent", "%"}, {"per cent", "%"}, {"percentage point", "points"}, {"pp", "points"}, {"ppts", "points"}};

/* Whether `text` begins with a whole word, or words (also in the plural). */
static bool begins_with(const char *text, const char *words)
{
    const size_t length = strlen(words);
    const char *after = text + length;
    return strncmp(text, words, length) == 0 && !isalpha((unsigned char)after[*after == 's']);
}

/* The word right after a figure: its unit. Returns where it ends. */
static const char *scan_unit(const char *figure_end, char unit[WM_UNIT_TEXT])
{
    const char *at = wm_skip_space(figure_end);
    *unit = 0;
    for (size_t i = 0; i < sizeof NO_UNITS / sizeof NO_UNITS[0]; i++)
        if (begins_with(at, NO_UNITS[i]))
            return figure_end;
    for (size_t i = 0; i < sizeof SAME_UNITS / sizeof SAME_UNITS[0]; i++)
        if (begins_with(at, SAME_UNITS[i].from)) {
            strcpy(unit, SAME_UNITS[i].to);
            at += strlen(SAME_UNITS[i].from);
            return at + (*at == 's');
        }
    size_t n = 0;
    if (*at == '%')
        unit[n++] = *at++;
    else
        for (; isalpha((unsigned char)*at) && n + 1 < WM_UNIT_TEXT; at++)
            unit[n++] = *at;
    unit[n] = 0;
    return n ? at : figure_end;
}

/* A year dates a target and is no figure: "80 in 2019", "75% by 2022", "60% by March 2021/22". */
static bool is_year(const Folded *self, const char *at, const char *end, double number)
{
    if (end - at != 4 || !(number >= WM_YEAR_MIN && number <= WM_YEAR_MAX))
        return false;
    const char *word = at;
    while (word > self->text && word[-1] == ' ')
        word--;
    while (word > self->text && isalpha((unsigned char)word[-1]))
        word--;
    if (begins_with(word, "in") || (begins_with(word, "by") && self->n_figures))
        return true;
    char text[WM_NUMBER_TEXT];
    WmPeriod period;
    const size_t length = (size_t)(end - word);
    if (length >= sizeof text)
        return false;
    memcpy(text, word, length);
    text[length] = 0;
    return wm_period_parse(text, WM_PERIOD_FINANCIAL_YEAR, &period) && period.kind == WM_PERIOD_MONTH;
}

/* Past the second year of "2021/22". */
static const char *skip_second_year(const char *at)
{
    if ((*at == '/' || *at == '-') && isdigit((unsigned char)at[1]))
        for (at++; isdigit((unsigned char)*at); at++)
            ;
    return at;
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

/* Whether two figures are the ends of a range: "10-20", "10% to 20%", "between 10 and 20". */
static bool is_range_joint(const Folded *self, const char *from, const char *to)
{
    static const char *const JOINTS[] = {"-", " - ", " to ", " and "};
    for (size_t i = 0; i < sizeof JOINTS / sizeof JOINTS[0]; i++)
        if ((size_t)(to - from) == strlen(JOINTS[i]) && strncmp(from, JOINTS[i], strlen(JOINTS[i])) == 0)
            return i < 3 || strstr(self->text, "between ");
    return false;
}

static void find_figures(Folded *self)
{
    const char *last_end = NULL;
    for (const char *at = self->text; *at;) {
        double number;
        const bool is_joint = last_end && at == last_end && *at == '-' && isdigit((unsigned char)at[1]); /* no sign */
        const char *end = is_joint ? NULL : scan_figure(self->text, at, &number);
        if (!end) {
            at++;
            continue;
        }
        if (is_year(self, at, end, number)) {
            at = skip_second_year(end);
            last_end = NULL;
            continue;
        }
        if (last_end && is_range_joint(self, last_end, at))
            self->is_range = true;
        Figure unread;
        Figure *figure = self->n_figures < MAX_FIGURES ? &self->figures[self->n_figures++] : &unread;
        figure->number = number;
        at = last_end = scan_unit(end, figure->unit);
    }
}

/* Whether a phrase needs figures beside it to decide. */
typedef enum { WITH_OR_WITHOUT, WITH_FIGURE, WITHOUT_FIGURE } Need;

typedef struct {
    const char *phrase;
    WmTargetKind kind;
    Need need;
    const char *comparator;
    double sign; /* of the figure in baseline + x: -1 where the phrase goes down */
} Phrase;

static const Phrase PHRASES[] = {
    {"n/a", WM_TARGET_NOT_APPLICABLE, WITH_OR_WITHOUT, NULL, 1},
    {"not applicable", WM_TARGET_NOT_APPLICABLE, WITH_OR_WITHOUT, NULL, 1},
    {"tbc", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"tba", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"to be confirmed", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"to be agreed", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"to be set", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"to be determined", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"to be ", WM_TARGET_TBC, WITHOUT_FIGURE, NULL, 1},
    {"not yet agreed", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"agreed %", WM_TARGET_TBC, WITH_OR_WITHOUT, NULL, 1},
    {"cap ", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"of baseline", WM_TARGET_PERCENT_OF_BASELINE, WITH_FIGURE, NULL, 1},
    {"of the baseline", WM_TARGET_PERCENT_OF_BASELINE, WITH_FIGURE, NULL, 1},
    {"baseline +", WM_TARGET_BASELINE_PLUS, WITH_FIGURE, NULL, 1},
    {"baseline plus", WM_TARGET_BASELINE_PLUS, WITH_FIGURE, NULL, 1},
    {"baseline -", WM_TARGET_BASELINE_PLUS, WITH_FIGURE, NULL, -1},
    {"baseline minus", WM_TARGET_BASELINE_PLUS, WITH_FIGURE, NULL, -1},
    {"increase to", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"increased to", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"reduce to", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"reduced to", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"reduction to", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"decrease to", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"fewer than", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"or fewer", WM_TARGET_ABSOLUTE, WITH_FIGURE, NULL, 1},
    {"above baseline", WM_TARGET_INCREASE_PERCENT, WITH_FIGURE, NULL, 1},
    {"above the baseline", WM_TARGET_INCREASE_PERCENT, WITH_FIGURE, NULL, 1},
    {"increase", WM_TARGET_INCREASE_PERCENT, WITH_FIGURE, NULL, 1},
    {"reduction", WM_TARGET_REDUCTION_PERCENT, WITH_FIGURE, NULL, -1},
    {"reduce", WM_TARGET_REDUCTION_PERCENT, WITH_FIGURE, NULL, -1},
    {"decrease", WM_TARGET_REDUCTION_PERCENT, WITH_FIGURE, NULL, -1},
    {"fewer", WM_TARGET_REDUCTION_PERCENT, WITH_FIGURE, NULL, -1},
    {"below baseline", WM_TARGET_REDUCTION_PERCENT, WITH_FIGURE, NULL, -1},
    {"below the baseline", WM_TARGET_REDUCTION_PERCENT, WITH_FIGURE, NULL, -1},
    {"nice guid", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "nice_guideline", 1},
    {"bottom quartile", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "bottom_quartile", 1},
    {"quartile of statistical neighbour", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "neighbour_quartile", 1},
    {"statistical neighbour quartile", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "neighbour_quartile", 1},
    {"quartile of the region", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "regional_quartile", 1},
    {"quartile of region", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "regional_quartile", 1},
    {"regional quartile", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "regional_quartile", 1},
    {"quartile regionally", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "regional_quartile", 1},
    {"quartile", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "upper_quartile", 1},
    {"statistical neighbour", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "statistical_neighbour", 1},
    {"national", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "national", 1},
    {"england", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "national", 1},
    {"regional", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "regional", 1},
    {"in line", WM_TARGET_COMPARATOR, WITH_OR_WITHOUT, "national", 1},
};

static const Phrase *find_phrase(const Folded *self)
{
    for (size_t i = 0; i < sizeof PHRASES / sizeof PHRASES[0]; i++) {
        const Need need = PHRASES[i].need;
        const bool decides = need == WITH_OR_WITHOUT || (need == WITH_FIGURE) == (self->n_figures > 0);
        if (decides && strstr(self->text, PHRASES[i].phrase))
            return &PHRASES[i];
    }
    return NULL;
}

static const Phrase *find_comparator(const Folded *self)
{
    for (size_t i = 0; i < sizeof PHRASES / sizeof PHRASES[0]; i++)
        if (PHRASES[i].kind == WM_TARGET_COMPARATOR && strstr(self->text, PHRASES[i].phrase))
            return &PHRASES[i];
    return NULL;
}

/* "Increase to national average + 5" is no increase to 5. */
static const Phrase *decide(const Folded *self, const WmMeasure *measure, double *beside)
{
    const Phrase *comparator = strstr(self->text, "baseline") ? NULL : find_comparator(self);
    *beside = 0;
    return comparator && wm_target_beside(self->text, measure, beside) ? comparator : find_phrase(self);
}

/* Of "25 (80%)" a percent takes 80, a count 25. */
static const Figure *figure_for(const Folded *self, bool wants_percent)
{
    for (size_t i = 0; i < self->n_figures; i++)
        if ((self->figures[i].unit[0] == '%') == wants_percent)
            return &self->figures[i];
    return self->n_figures ? &self->figures[0] : NULL;
}

/* What a text is for a measure in words, or done and not done: only that it is done by its date. */
static bool is_done_or_not(const WmMeasure *measure)
{
    return measure->kind == WM_KIND_YES_NO || measure->kind == WM_KIND_TEXT;
}

/* "From 20 to 10 weeks": where it is to end. */
static bool is_from_to(const Folded *self)
{
    return self->is_range && self->n_figures >= 2 && strstr(self->text, "from ");
}

static WmTargetKind kind_of(const Folded *self, const Phrase *phrase, const WmMeasure *measure)
{
    const bool is_open = phrase && (phrase->kind == WM_TARGET_NOT_APPLICABLE || phrase->kind == WM_TARGET_TBC);
    if (is_open || (!phrase && !*self->text && measure->kind != WM_KIND_YES_NO))
        return phrase ? phrase->kind : WM_TARGET_TBC;
    if (is_done_or_not(measure))
        return WM_TARGET_DELIVERABLE;
    if (is_from_to(self))
        return WM_TARGET_ABSOLUTE;
    if (self->is_range && (!phrase || phrase->need == WITH_FIGURE))
        return WM_TARGET_RANGE;
    return phrase ? phrase->kind : self->n_figures ? WM_TARGET_ABSOLUTE : WM_TARGET_WORDS;
}

/* "Reduce by 10" takes ten away, "reduce by 10%" a tenth; "baseline + 5%" of a count is a share, of a percentage 5 points. */
static void settle_share_or_amount(WmTargetText *out, const Phrase *phrase, const WmMeasure *measure)
{
    const bool is_share = out->unit[0] == '%';
    if ((out->kind == WM_TARGET_REDUCTION_PERCENT || out->kind == WM_TARGET_INCREASE_PERCENT) && !is_share)
        out->kind = WM_TARGET_BASELINE_PLUS;
    else if (out->kind == WM_TARGET_BASELINE_PLUS && is_share && measure->kind != WM_KIND_PERCENT)
        out->kind = phrase->sign < 0 ? WM_TARGET_REDUCTION_PERCENT : WM_TARGET_INCREASE_PERCENT;
    if (out->kind == WM_TARGET_BASELINE_PLUS)
        out->number = phrase->sign * fabs(out->number);
    else if (wm_target_is_relative(out->kind))
        out->number = fabs(out->number);
}

WmTargetText wm_target_parse(const char *text, const WmMeasure *measure)
{
    Folded folded = {.n_figures = 0};
    fold(text, &folded);
    find_figures(&folded);

    double beside;
    const Phrase *phrase = decide(&folded, measure, &beside);
    WmTargetText out = {.kind = kind_of(&folded, phrase, measure), .number = NAN};
    if (out.kind == WM_TARGET_COMPARATOR)
        out = (WmTargetText){.kind = out.kind, .number = NAN, .comparator = phrase->comparator, .beside = beside};
    if (out.kind == WM_TARGET_COMPARATOR && beside != 0)
        return out;

    /* "All schools": the whole of a percentage. */
    if (out.kind == WM_TARGET_WORDS && measure->kind == WM_KIND_PERCENT && begins_with(folded.text, "all")) {
        out.kind = WM_TARGET_ABSOLUTE;
        out.number = 100;
        strcpy(out.unit, "%");
        return out;
    }
    const Figure *figure = is_from_to(&folded)
                               ? &folded.figures[1]
                               : figure_for(&folded, measure->kind == WM_KIND_PERCENT || wm_target_is_relative(out.kind));
    if (figure) {
        out.number = figure->number;
        memcpy(out.unit, figure->unit, sizeof out.unit);
        settle_share_or_amount(&out, phrase, measure);
    }
    return out;
}
