/* A risk: its levels in words, its scores, and what is asked about it. */
#include <waymark/risk.h>

#include <ctype.h>
#include <math.h>
#include <string.h>

static const char *const FINDING_NAMES[WM_N_RISK_FINDINGS] = {
    [WM_RISK_NOT_SCORED] = "not_scored",
    [WM_RISK_REVIEW_OVERDUE] = "review_overdue",
    [WM_RISK_NEVER_REVIEWED] = "never_reviewed",
    [WM_RISK_NO_MITIGATION] = "no_mitigation",
    [WM_RISK_NOT_LOWERED] = "not_lowered",
    [WM_RISK_RAISED_BY_PLAN] = "raised_by_plan",
    [WM_RISK_RISEN] = "risen",
    [WM_RISK_SHOWING] = "showing",
    [WM_RISK_NO_PROGRESS] = "no_progress",
};

static const char *const BAND_NAMES[WM_N_RISK_BANDS] = {
    [WM_RISK_UNSCORED] = "unscored", [WM_RISK_LOW] = "low",         [WM_RISK_MODERATE] = "moderate",
    [WM_RISK_HIGH] = "high",         [WM_RISK_EXTREME] = "extreme",
};

/* A word's level on each scale; 0 on three steps: the word belongs to five. */
static const struct {
    const char *word;
    int of_three, of_five;
} LEVELS[] = {
    {"low", 1, 2},   {"medium", 2, 3},   {"moderate", 2, 3},     {"high", 3, 4},   {"very low", 0, 1},       {"very high", 0, 5},
    {"rare", 0, 1},  {"unlikely", 0, 2}, {"possible", 0, 3},     {"likely", 0, 4}, {"almost certain", 0, 5}, {"negligible", 0, 1},
    {"minor", 0, 2}, {"major", 0, 4},    {"catastrophic", 0, 5},
};

static bool same_word(const char *text, size_t length, const char *word)
{
    if (strlen(word) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (tolower((unsigned char)text[i]) != word[i])
            return false;
    return true;
}

/* The text without spaces around it, and without the words after a figure ("4 - likely"). */
static size_t trim(const char **text)
{
    while (isspace((unsigned char)**text))
        (*text)++;
    size_t length = strlen(*text);
    if (isdigit((unsigned char)(*text)[0]) && !isdigit((unsigned char)(*text)[1]))
        return 1;
    while (length > 0 && isspace((unsigned char)(*text)[length - 1]))
        length--;
    return length;
}

static size_t find_level(const char *text, size_t length)
{
    size_t i = 0;
    while (i < sizeof LEVELS / sizeof *LEVELS && !same_word(text, length, LEVELS[i].word))
        i++;
    return i;
}

int wm_risk_level_parse(const char *text, int scale)
{
    const size_t length = trim(&text);
    if (length == 1 && text[0] >= '1' && text[0] - '0' <= scale)
        return text[0] - '0';
    const size_t i = find_level(text, length);
    if (i == sizeof LEVELS / sizeof *LEVELS)
        return 0;
    return scale == 3 ? LEVELS[i].of_three : LEVELS[i].of_five;
}

bool wm_risk_level_is_of_five(const char *text)
{
    return wm_risk_level_parse(text, 5) > 0 && wm_risk_level_parse(text, 3) == 0;
}

/* The highest score of each band, on three steps and on five. */
static WmRiskBand band_of(int score, int scale)
{
    static const int TOP_OF_THREE[] = {[WM_RISK_UNSCORED] = 0, [WM_RISK_LOW] = 2, [WM_RISK_MODERATE] = 4, [WM_RISK_HIGH] = 9};
    static const int TOP_OF_FIVE[] = {
        [WM_RISK_UNSCORED] = 0, [WM_RISK_LOW] = 3, [WM_RISK_MODERATE] = 6, [WM_RISK_HIGH] = 12, [WM_RISK_EXTREME] = 25};
    const int *tops = scale == 3 ? TOP_OF_THREE : TOP_OF_FIVE;
    int band = WM_RISK_UNSCORED;
    while (score > tops[band])
        band++;
    return (WmRiskBand)band;
}

WmRiskScore wm_risk_score(int likelihood, int impact, int scale)
{
    const int score = likelihood * impact;
    return (WmRiskScore){likelihood, impact, score, band_of(score, scale)};
}

static void find(WmRiskJudgement *out, WmRiskFindingCode code, double a, WmDay day)
{
    out->findings[out->n_findings++] = (WmRiskFinding){code, a, day};
}

#define EARLY_DAYS 31 /* a review so long before its date is that review; longer before, it is the one before */

bool wm_risk_is_reviewed(WmDay due, WmDay reviewed, WmDay as_at)
{
    return reviewed != WM_NO_DAY && reviewed <= as_at && reviewed >= due - EARLY_DAYS;
}

/* A review counts once it has happened. */
static void find_reviews(const WmRiskFacts *facts, WmDay as_at, WmRiskJudgement *out)
{
    const WmDay reviewed = facts->reviewed != WM_NO_DAY && facts->reviewed <= as_at ? facts->reviewed : WM_NO_DAY;
    if (facts->review_due != WM_NO_DAY) {
        if (facts->review_due < as_at && !wm_risk_is_reviewed(facts->review_due, facts->reviewed, as_at))
            find(out, WM_RISK_REVIEW_OVERDUE, as_at - facts->review_due, facts->review_due);
        return;
    }
    if (reviewed == WM_NO_DAY && facts->raised != WM_NO_DAY &&
        wm_day_to_months(as_at) - wm_day_to_months(facts->raised) > WM_RISK_REVIEW_MONTHS)
        find(out, WM_RISK_NEVER_REVIEWED, NAN, facts->raised);
}

static void find_mitigation(const WmRiskFacts *facts, WmRiskJudgement *out)
{
    const WmRiskScore *before = &facts->before, *after = &facts->after;
    if (!facts->has_mitigation)
        find(out, WM_RISK_NO_MITIGATION, NAN, WM_NO_DAY);
    if (!before->score || !after->score)
        return;
    if (after->likelihood == before->likelihood && after->impact == before->impact && facts->has_mitigation)
        find(out, WM_RISK_NOT_LOWERED, NAN, WM_NO_DAY);
    if (out->movement > 0)
        find(out, WM_RISK_RAISED_BY_PLAN, NAN, WM_NO_DAY);
}

void wm_risk_judge(const WmRiskFacts *facts, WmDay as_at, WmRiskJudgement *out)
{
    *out = (WmRiskJudgement){0};
    const bool is_scored = facts->before.score && facts->after.score;
    out->movement = is_scored ? facts->after.score - facts->before.score : 0;
    if (!is_scored)
        find(out, WM_RISK_NOT_SCORED, NAN, WM_NO_DAY);
    find_reviews(facts, as_at, out);
    find_mitigation(facts, out);
    if (facts->after_was.score && facts->after.score > facts->after_was.score)
        find(out, WM_RISK_RISEN, facts->after_was.score, facts->scored);
    if (facts->n_links_worse > 0)
        find(out, WM_RISK_SHOWING, (double)facts->n_links_worse, WM_NO_DAY);
    const double months =
        facts->raised == WM_NO_DAY ? (double)NAN : floor(wm_day_to_months(as_at) - wm_day_to_months(facts->raised));
    if (!facts->has_progress && months >= 1)
        find(out, WM_RISK_NO_PROGRESS, months, WM_NO_DAY);
}

const char *wm_risk_finding_name(WmRiskFindingCode code)
{
    return FINDING_NAMES[code];
}

const char *wm_risk_band_name(WmRiskBand band)
{
    return BAND_NAMES[band];
}
