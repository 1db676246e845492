/* What lies ahead of a series: trend, chances, expected month, paces, and how much of it may be noise. */
#include "engine/core/outlook.h"

#include <math.h>
#include <stdlib.h>

#include "engine/core/milestone.h"

#define MEDIAN_RANGE_SCALE 0.954 /* median of |difference of two normal readings|, in sds of one */

double wm_milestone_chance(const WmAssessmentInput *input, const WmAssessment *assessment, WmMilestone milestone)
{
    const WmMeasure *measure = &input->measure;
    if (measure->polarity == WM_POLARITY_NONE || !assessment->has_value || wm_newest_is_hidden(input) ||
        !wm_milestone_is_open(input, milestone))
        return NAN;
    const double t = wm_milestone_months(input, milestone.due);
    if (t <= wm_reading_months(&assessment->reading)) /* the reading that will judge it has come */
        return wm_measure_is_met(measure, assessment->reading.value, milestone.target);
    const WmDistribution y = wm_trend_predict(&assessment->trend, t);
    return wm_distribution_chance(&y, measure, milestone.target);
}

const WmProspect *wm_assessment_question(const WmAssessment *assessment)
{
    return assessment->pending.due != WM_NO_DAY ? &assessment->pending : &assessment->next;
}

static WmBasis basis_of(const WmAssessmentInput *input, const WmAssessment *assessment)
{
    const WmProspect *question = wm_assessment_question(assessment);
    if (isnan(question->chance))
        return WM_BASIS_NONE;
    if (wm_milestone_months(input, question->due) <= wm_reading_months(&assessment->reading))
        return WM_BASIS_POSITION;
    const WmForecast *forecast = assessment->trend.forecast;
    return forecast && wm_forecast_is_mostly_prior(forecast) ? WM_BASIS_PRIOR : WM_BASIS_MODEL;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double wm_reading_noise(const WmReading *readings, size_t n_readings)
{
    double ranges[WM_FORECAST_READINGS - 1], later = NAN;
    size_t n = 0;
    for (size_t i = n_readings; i-- > 0 && n < WM_FORECAST_READINGS - 1;) {
        if (!wm_reading_state_has_value(readings[i].state) || !isfinite(readings[i].value))
            continue;
        if (!isnan(later))
            ranges[n++] = fabs(later - readings[i].value);
        later = readings[i].value;
    }
    if (n < 2)
        return NAN;
    qsort(ranges, n, sizeof *ranges, by_size);
    return (ranges[(n - 1) / 2] + ranges[n / 2]) / 2 / MEDIAN_RANGE_SCALE;
}

void wm_assessment_hold(WmAssessment *assessment, const WmStanding *standing)
{
    assessment->verdict = standing->verdict;
    if (!standing->is_held)
        return;
    if (assessment->n_reasons == WM_MAX_REASONS)
        assessment->n_reasons--;
    assessment->reasons[assessment->n_reasons++] = (WmReason){
        .code = WM_REASON_STATUS_HELD, .a = assessment->evidence.verdict.status, .b = standing->n_awaited, .day = WM_NO_DAY};
}

/* A distribution moved along the scale on which it is modelled, so that it stays within its bounds. */
static WmDistribution moved(const WmDistribution *y, double by)
{
    WmDistribution out = *y;
    out.location += by;
    for (size_t k = 0; k < out.n_parts; k++)
        out.parts[k].location += by;
    return out;
}

static double chance_moved(const WmDistribution *y, const WmMeasure *measure, double target, double by)
{
    const WmDistribution there = moved(y, by);
    return wm_distribution_chance(&there, measure, target);
}

/* The widest spread of a part, by which a search for a better path steps out. */
static double spread_of(const WmDistribution *y)
{
    double spread = y->kind == WM_DISTRIBUTION_STUDENT ? y->scale : 0;
    for (size_t k = 0; k < y->n_parts; k++)
        spread = fmax(spread, y->parts[k].scale);
    return spread;
}

#define SEARCH_OUT    12 /* doublings: 4096 spreads away there is nothing new */
#define SEARCH_ROUNDS 40

/* How far the predictive distribution must move, its spread as it is, for the wanted chance: by bisection, as the chance only grows
 * with a move in the good direction. NAN where no move gives it. */
static double move_for(const WmDistribution *y, const WmMeasure *measure, double target, double wanted)
{
    const int sign = wm_polarity_sign(measure->polarity) * (y->kind == WM_DISTRIBUTION_MIXTURE && y->link.sign < 0 ? -1 : 1);
    double far = spread_of(y), near = 0;
    if (sign == 0 || !(far > 0))
        return NAN;
    if (chance_moved(y, measure, target, 0) >= wanted)
        far = -far;
    const bool is_there = far < 0; /* it is: how much less would do? */
    for (int i = 0; (chance_moved(y, measure, target, sign * far) >= wanted) == is_there; i++) {
        if (i == SEARCH_OUT)
            return NAN;
        near = far;
        far *= 2;
    }
    for (int i = 0; i < SEARCH_ROUNDS; i++) {
        const double middle = (near + far) / 2;
        if ((chance_moved(y, measure, target, sign * middle) >= wanted) == is_there)
            near = middle;
        else
            far = middle;
    }
    return sign * (is_there ? near : far);
}

/* "What would have to be true": the constant pace whose path, with the spread that the model gives, has the safe chance. */
static void find_safe_pace(const WmAssessmentInput *input, WmAssessment *out, double t_next, double months_left)
{
    const WmDistribution y = wm_trend_predict(&out->trend, t_next);
    if (y.kind == WM_DISTRIBUTION_NONE)
        return;
    const double by = move_for(&y, &input->measure, out->next.target, WM_SAFE_CHANCE);
    if (isnan(by))
        return;
    const WmDistribution there = moved(&y, by);
    out->safe_pace = (wm_distribution_centre(&there) - out->reading.value) / months_left;
}

static void find_paces(const WmAssessmentInput *input, WmAssessment *out)
{
    const double t_next = wm_milestone_months(input, out->next.due), months_left = t_next - wm_reading_months(&out->reading);
    if (!(months_left > 0))
        return;
    out->required_pace = (out->next.target - out->reading.value) / months_left;
    if (input->scope == WM_ASSESS_ALL)
        find_safe_pace(input, out, t_next, months_left);
}

/* Not before the month of the as-at: what is past has not happened. */
static void expect(const WmAssessmentInput *input, WmAssessment *out, double target)
{
    static const double WANTED[] = {0.5, 0.1, 0.9};
    WmDay days[sizeof WANTED / sizeof WANTED[0]];
    const double from = fmax(wm_reading_months(&out->reading), ceil(wm_day_to_months(out->as_at)) - 1);
    wm_expected_months(&out->trend, &input->measure, target, from, WANTED, sizeof WANTED / sizeof WANTED[0], days);
    out->expected = days[0];
    out->expected_lo = days[1];
    out->expected_hi = days[2];
}

static void find_expected(const WmAssessmentInput *input, WmAssessment *out)
{
    if (out->next.due != WM_NO_DAY)
        expect(input, out, out->next.target);
    else if (!wm_measure_is_met(&input->measure, out->reading.value, out->last.target))
        expect(input, out, out->last.target);
}

static void find_effect(WmAssessment *out)
{
    const WmForecast *forecast = out->trend.forecast;
    if (forecast && out->trend.state == WM_TREND_FITTED && forecast->n_shifts > 0)
        out->effect = wm_forecast_effect(out->trend.prior, forecast, forecast->n_shifts - 1);
    else if (out->trend.ahead && out->trend.ahead->effect.period.kind != WM_PERIOD_NONE)
        out->effect = out->trend.ahead->effect;
}

static void find_prospects(const WmAssessmentInput *input, WmAssessment *out)
{
    for (size_t i = 0; i < input->n_milestones; i++) {
        const WmMilestone milestone = input->milestones[i];
        const bool is_open = wm_milestone_is_open(input, milestone), is_ahead = milestone.due > input->as_at;
        WmProspect *place = is_ahead ? &out->next : &out->pending;
        const bool is_wanted = is_open && place->due == WM_NO_DAY, is_last = i + 1 == input->n_milestones;
        if (!is_wanted && !is_last)
            continue;
        const WmProspect prospect = {milestone.due, milestone.target, wm_milestone_chance(input, out, milestone)};
        if (is_wanted)
            *place = prospect;
        if (is_last)
            out->last = prospect;
    }
}

static void fit_trend(const WmAssessmentInput *input, WmAssessment *out)
{
    const bool has_trend =
        input->measure.kind != WM_KIND_YES_NO && input->measure.kind != WM_KIND_TEXT && !wm_newest_is_hidden(input);
    if (input->known_trend)
        out->trend = *input->known_trend;
    else if (input->scope == WM_ASSESS_ALL || !out->evidence.is_ruled)
        wm_trend_fit(input->readings, has_trend ? input->n_readings : 0, &input->trend, &out->trend);
}

void wm_look_ahead(const WmAssessmentInput *input, const WmPolicy *policy, WmAssessment *out)
{
    fit_trend(input, out);
    out->achieved_pace = out->trend.slope;
    out->noise = wm_reading_noise(input->readings, input->n_readings);
    find_prospects(input, out);
    out->outlook = wm_outlook_of(policy, wm_assessment_question(out)->chance);
    out->basis = basis_of(input, out);
    if (!out->has_value || wm_newest_is_hidden(input))
        return;
    find_paces(input, out);
    if (input->scope != WM_ASSESS_ALL)
        return;
    find_expected(input, out);
    find_effect(out);
}
