/* waymark/register.h: a plan's risks as at a date, scored, judged and linked to the measures that they threaten. */
#ifndef WAYMARK_REGISTER_H
#define WAYMARK_REGISTER_H

#include <waymark/month.h>
#include <waymark/risk.h>

G_BEGIN_DECLS

/** A risk's levels in the plan's words, as scored on a day. "" where nothing is said. */
typedef struct {
    const char *likelihood_before, *impact_before, *likelihood_after, *impact_after;
    WmDay scored; /* of that scoring: of the first, the day on which it was raised; WM_NO_DAY when not known */
} WmRiskLevels;

typedef struct {
    const WmRisk *risk;     /* borrowed from the plan */
    WmRiskLevels levels;    /* at the as-at */
    WmRiskScore after_then; /* after mitigation, at the month's as-at before; unscored where it was not raised by then */
    WmRiskFacts facts;
    WmRiskJudgement judgement;
    const char *const *sentences; /* judgement.n_findings: each finding in words */
    const size_t *links;          /* n_links indices into the month's series */
    size_t n_links;
} WmRegisteredRisk;

typedef struct WmRegisterStorage WmRegisterStorage;

typedef struct {
    WmDay as_at;
    int scale;            /* steps of likelihood and of impact: 3 or 5 */
    const WmMonth *month; /* borrowed; outlives the register */
    const WmRegisteredRisk
        *risks; /* n_risks raised by the as-at: highest score after mitigation first, then before, then the plan's order */
    size_t n_risks;
    size_t n_later;     /* raised after the as-at, left out */
    const WmDay *dates; /* n_dates: days of scorings by the as-at, in order */
    size_t n_dates;
    size_t n_before[WM_N_RISK_BANDS], n_after[WM_N_RISK_BANDS];
    size_t n_findings[WM_N_RISK_FINDINGS];
    WmRegisterStorage *storage;
} WmRegister;

/** Judge every risk of the month's plan. Borrows the month. @return new */
WmRegister *wm_register_new(const WmMonth *month);
void wm_register_free(WmRegister *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmRegister, wm_register_free)

/** Steps of a plan's register: 3, unless some level of it needs 5. */
int wm_plan_risk_scale(const WmPlan *plan);

/** A risk's levels as known on a day: those of risks.csv, and over them each scoring of risk_scores.csv by that day. */
WmRiskLevels wm_plan_risk_levels(const WmPlan *plan, const WmRisk *risk, WmDay day);

/** The score of two levels in words. */
WmRiskScore wm_risk_score_read(const char *likelihood, const char *impact, int scale);

/** risks.csv: a row a risk. Caller frees. */
char *wm_register_to_csv(const WmRegister *self);

G_END_DECLS
#endif
