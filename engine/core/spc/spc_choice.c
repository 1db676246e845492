/* Which chart suits a series: by what is measured, and by what was published with it. */
#include "engine/core/spc/spc_parts.h"

#include <math.h>

/* A proportion of this many has a binomial sigma of 1.6 points at most: what the chart then shows is not sampling (Provost and
 * Murray 2011, ch. 8, put the need for p' at "very large" subgroups of some thousands; Laney 2002). */
#define LARGE_DENOMINATOR 1000.0
/* A Poisson count of 100 has a relative sigma of 10%: months differ by more than that for reasons other than chance. */
#define LARGE_COUNT 100.0
#define RARE_COUNT  1.0

typedef struct {
    size_t n_values;    /* readings with a value, or with a numerator over a denominator */
    size_t n_with_both; /* those with a numerator and a positive denominator */
    double mean_count;  /* numerator, or the value where there is none; NAN for none */
    double mean_area;
    bool is_proportion; /* no numerator exceeds its denominator */
    bool is_whole;      /* every count is a whole number >= 0 */
} Facts;

static Facts facts_of(const WmSpcPoint *points, size_t n_points)
{
    Facts f = {.is_proportion = true, .is_whole = true};
    double count = 0, area = 0;
    for (size_t i = 0; i < n_points; i++) {
        const WmSpcPoint *p = &points[i];
        const bool has_both = isfinite(p->numerator) && isfinite(p->denominator) && p->denominator > 0;
        if (!has_both && !isfinite(p->value))
            continue;
        const double this_count = isfinite(p->numerator) ? p->numerator : p->value;
        f.n_values++;
        count += this_count;
        f.is_whole = f.is_whole && this_count >= 0 && this_count == floor(this_count);
        if (!has_both)
            continue;
        f.n_with_both++;
        area += p->denominator;
        f.is_proportion = f.is_proportion && p->numerator <= p->denominator;
    }
    f.mean_count = f.n_values ? count / (double)f.n_values : NAN;
    f.mean_area = f.n_with_both ? area / (double)f.n_with_both : NAN;
    return f;
}

/* What is measured, for the choice of a chart. */
typedef enum { PROPORTION, RATE, COUNT, MEASUREMENT, N_SUBJECTS } Subject;

static Subject subject_of(WmKind kind, const Facts *f)
{
    static const Subject SUBJECTS[WM_N_KINDS] = {
        [WM_KIND_COUNT] = COUNT,          [WM_KIND_PERCENT] = PROPORTION, [WM_KIND_RATE] = RATE,
        [WM_KIND_DURATION] = MEASUREMENT, [WM_KIND_SCORE] = MEASUREMENT,  [WM_KIND_MONEY] = MEASUREMENT,
        [WM_KIND_YES_NO] = MEASUREMENT,   [WM_KIND_TEXT] = MEASUREMENT,
    };
    const Subject by_data = f->n_with_both == 0 ? MEASUREMENT : f->is_proportion ? PROPORTION : RATE;
    const Subject subject = kind < WM_N_KINDS ? SUBJECTS[kind] : by_data;
    return subject == PROPORTION && !f->is_proportion ? RATE : subject;
}

static WmSpcChart because(WmSpcReason why, WmSpcChart chart, WmSpcReason *reason)
{
    *reason = why;
    return chart;
}

static WmSpcChart choose_over_denominator(Subject subject, const Facts *f, WmSpcReason *reason)
{
    if (f->n_with_both == 0)
        return because(WM_SPC_REASON_NO_DENOMINATORS, WM_SPC_XMR, reason);
    if (f->n_with_both < f->n_values)
        return because(WM_SPC_REASON_DENOMINATORS_INCOMPLETE, WM_SPC_XMR, reason);
    if (subject == PROPORTION)
        return f->mean_area >= LARGE_DENOMINATOR ? because(WM_SPC_REASON_LARGE_DENOMINATORS, WM_SPC_PP, reason)
                                                 : because(WM_SPC_REASON_SMALL_DENOMINATORS, WM_SPC_P, reason);
    return f->mean_count >= LARGE_COUNT ? because(WM_SPC_REASON_LARGE_DENOMINATORS, WM_SPC_UP, reason)
                                        : because(WM_SPC_REASON_SMALL_DENOMINATORS, WM_SPC_U, reason);
}

static WmSpcChart choose_for_count(const Facts *f, WmSpcReason *reason)
{
    if (!f->is_whole || !(f->mean_count < LARGE_COUNT))
        return because(WM_SPC_REASON_LARGE_COUNTS, WM_SPC_XMR, reason);
    return because(f->mean_count < RARE_COUNT ? WM_SPC_REASON_RARE_COUNTS : WM_SPC_REASON_SMALL_COUNTS, WM_SPC_C, reason);
}

WmSpcChart wm_spc_chart_choose(const WmSpcPoint *points, size_t n_points, const WmSpcOptions *options, WmSpcReason *reason)
{
    const WmSpcChart forced = options ? options->chart : WM_SPC_AUTO;
    if (forced != WM_SPC_AUTO && !wm_spc_chart_row(forced)->needs_denominator)
        return because(WM_SPC_REASON_FORCED, forced, reason);
    const Facts f = facts_of(points, n_points);
    if (forced != WM_SPC_AUTO)
        return because(f.n_with_both ? WM_SPC_REASON_FORCED : WM_SPC_REASON_FORCED_NO_DENOMINATORS, forced, reason);
    switch (subject_of(options ? options->kind : WM_N_KINDS, &f)) {
    case PROPORTION:
        return choose_over_denominator(PROPORTION, &f, reason);
    case RATE:
        return choose_over_denominator(RATE, &f, reason);
    case COUNT:
        return choose_for_count(&f, reason);
    case MEASUREMENT:
    case N_SUBJECTS:
        break;
    }
    return because(WM_SPC_REASON_MEASUREMENT, WM_SPC_XMR, reason);
}
