/* waymark/risk.h: one risk of a plan: likelihood times impact, before and after mitigation, and what is asked about it.
 *
 * A *level* is 1 upwards on a scale of 3 (low, medium, high) or 5 (very low to very high, or 1 to 5). A *score* is likelihood times
 * impact, 1 to the scale's square. Every function here is pure.
 */
#ifndef WAYMARK_RISK_H
#define WAYMARK_RISK_H

#include <waymark/assess.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Read a level as people write it: Low Medium High; very low … very high, rare … almost certain, negligible … catastrophic; 1 to
 * 5; "4 - likely". Letter case is ignored.
 *
 * @param scale  3 or 5: what "low", "medium" and "high" stand on
 * @return 1 to scale; 0 for other words and none
 */
int wm_risk_level_parse(const char *text, int scale);

/** Whether a text is a level of a five-step scale only: "very high", "4". One such text puts a whole register on five steps. */
bool wm_risk_level_is_of_five(const char *text);

typedef enum { WM_RISK_UNSCORED, WM_RISK_LOW, WM_RISK_MODERATE, WM_RISK_HIGH, WM_RISK_EXTREME, WM_N_RISK_BANDS } WmRiskBand;

/** likelihood times impact; 0 when either is not known. */
typedef struct {
    int likelihood, impact;
    int score;
    WmRiskBand band;
} WmRiskScore;

/** Band of a score. On five steps: 1-3 low, 4-6 moderate, 8-12 high, 15-25 extreme (National Patient Safety Agency, A risk matrix
 * for risk managers, 2008, table 3). On three: 1-2 low, 3-4 moderate, 6-9 high. */
WmRiskScore wm_risk_score(int likelihood, int impact, int scale);

/** What a plan says of a risk. */
typedef struct {
    WmRiskScore before, after;
    WmDay raised, review_due, reviewed; /* WM_NO_DAY when undated */
    bool has_mitigation;
    bool has_progress;
    size_t n_links_worse;  /* linked indicators that are red or amber */
    WmRiskScore after_was; /* after mitigation, by the scoring before the last; unscored where there is one scoring */
    WmDay scored;          /* the day of the last scoring; WM_NO_DAY where it is not known */
} WmRiskFacts;

typedef enum {
    WM_RISK_NOT_SCORED,     /* likelihood or impact is missing, before or after */
    WM_RISK_REVIEW_OVERDUE, /* day = when it was due, a = days since */
    WM_RISK_NEVER_REVIEWED, /* has no review date and was raised more than three months ago; day = raised */
    WM_RISK_NO_MITIGATION,
    WM_RISK_NOT_LOWERED,    /* the mitigation moves neither likelihood nor impact */
    WM_RISK_RAISED_BY_PLAN, /* after mitigation it is worse than before */
    WM_RISK_RISEN,          /* scored higher after mitigation than the time before; a = the score then, day = of the new scoring */
    WM_RISK_SHOWING,        /* a linked indicator is red or amber; a = how many */
    WM_RISK_NO_PROGRESS,    /* nothing is said of what has been done; a = whole months since it was raised */
    WM_N_RISK_FINDINGS,
} WmRiskFindingCode;

typedef struct {
    WmRiskFindingCode code;
    double a;  /* as the code says; NAN otherwise */
    WmDay day; /* as the code says; WM_NO_DAY otherwise */
} WmRiskFinding;

typedef struct {
    int movement; /* score after less score before: negative where mitigation lowers it; 0 when unscored */
    WmRiskFinding findings[WM_N_RISK_FINDINGS]; /* n_findings, in the enum's order */
    size_t n_findings;
} WmRiskJudgement;

/** Months after which a risk that was raised and never reviewed is asked about: "reviewed every 3 months". */
#define WM_RISK_REVIEW_MONTHS 3

/** Whether the review that was due on a day has happened: on that day, later, or up to 31 days before. WM_NO_DAY for none. */
bool wm_risk_is_reviewed(WmDay due, WmDay reviewed, WmDay as_at);

/** Judge a risk as at a date. A review after the as-at has not happened yet. Written in every case. */
void wm_risk_judge(const WmRiskFacts *facts, WmDay as_at, WmRiskJudgement *out);

/** `review_overdue` …, `moderate` … The pointers live for ever. */
const char *wm_risk_finding_name(WmRiskFindingCode code);
const char *wm_risk_band_name(WmRiskBand band);

#ifdef __cplusplus
}
#endif
#endif
