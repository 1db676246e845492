/* An assessment as bytes, under a digest of its input. */
#include "engine/core/assess_record.h"

#include <math.h>
#include <stddef.h>
#include <string.h>
#include <waymark/base.h>

/* ---- the input */

#define FNV_OFFSET 0xcbf29ce484222325u
#define FNV_PRIME  0x100000001b3u

static void add_bytes(uint64_t *digest, const void *bytes, size_t n)
{
    for (const unsigned char *byte = bytes; n > 0; n--, byte++)
        *digest = (*digest ^ *byte) * FNV_PRIME;
}

static void add_whole(uint64_t *digest, int64_t number)
{
    add_bytes(digest, &number, sizeof number);
}

/* By its bits, but for NAN, which has many. */
static void add_number(uint64_t *digest, double number)
{
    const double one = isnan(number) ? (double)NAN : number;
    add_bytes(digest, &one, sizeof one);
}

static void add_period(uint64_t *digest, WmPeriod period)
{
    add_whole(digest, period.kind);
    add_whole(digest, period.start);
}

static void add_measure(uint64_t *digest, const WmMeasure *measure)
{
    add_whole(digest, measure->kind);
    add_whole(digest, measure->polarity);
    add_whole(digest, measure->frequency);
    add_number(digest, measure->low);
    add_number(digest, measure->high);
    add_whole(digest, measure->decimals);
    add_number(digest, measure->tolerance);
    add_number(digest, measure->near);
}

static void add_path(uint64_t *digest, const WmTrajectory *path)
{
    add_whole(digest, (int64_t)path->n_waypoints);
    for (size_t i = 0; i < path->n_waypoints; i++) {
        add_number(digest, path->waypoints[i].t_months);
        add_number(digest, path->waypoints[i].value);
    }
    add_whole(digest, path->shape);
    add_whole(digest, path->starts_at_milestone);
}

static void add_milestones(uint64_t *digest, const WmAssessmentInput *input)
{
    add_whole(digest, (int64_t)input->n_milestones);
    for (size_t i = 0; i < input->n_milestones; i++) {
        add_whole(digest, input->milestones[i].due);
        add_number(digest, input->milestones[i].target);
    }
    add_whole(digest, (int64_t)input->n_unresolved);
    add_whole(digest, (int64_t)input->n_later_unresolved);
}

static void add_readings(uint64_t *digest, const WmAssessmentInput *input)
{
    add_whole(digest, (int64_t)input->n_readings);
    for (size_t i = 0; i < input->n_readings; i++) {
        const WmReading *reading = &input->readings[i];
        add_period(digest, reading->period);
        add_number(digest, reading->value);
        add_number(digest, reading->numerator);
        add_number(digest, reading->denominator);
        add_whole(digest, reading->state);
    }
}

static void add_prior(uint64_t *digest, const WmPrior *prior)
{
    const double numbers[] = {prior->group.low, prior->group.high, prior->change, prior->scale,
                              prior->units,     prior->centre,     prior->kappa};
    add_whole(digest, prior->group.period_kind);
    add_whole(digest, prior->group.step_days);
    add_whole(digest, (int64_t)prior->n_series);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(digest, numbers[i]);
    if (prior->spread != 1) /* which it was before there was one */
        add_number(digest, prior->spread);
    add_whole(digest, (int64_t)prior->n_kernels);
    for (size_t i = 0; i < prior->n_kernels; i++)
        add_number(digest, prior->weights[i]);
    add_whole(digest, (int64_t)prior->n_periods);
    add_whole(digest, prior->n_periods ? prior->first : 0);
    for (size_t i = 0; i < prior->n_periods; i++)
        add_number(digest, prior->path[i]);
}

/* What the fit is kept in plays no part. */
static void add_trend(uint64_t *digest, const WmTrendOptions *trend)
{
    add_whole(digest, trend->model);
    add_whole(digest, (int64_t)trend->min_readings);
    add_whole(digest, trend->prior != NULL);
    if (trend->prior)
        add_prior(digest, trend->prior);
    add_whole(digest, (int64_t)trend->n_events);
    for (size_t i = 0; i < trend->n_events; i++) {
        add_period(digest, trend->events[i].period);
        add_whole(digest, trend->events[i].kind);
    }
}

static void add_policy(uint64_t *digest, const WmPolicy *policy)
{
    add_number(digest, policy->likely_from);
    add_number(digest, policy->uncertain_from);
    for (int position = 0; position < WM_POSITION_NONE; position++)
        for (int outlook = 0; outlook < WM_N_OUTLOOKS; outlook++) {
            add_whole(digest, policy->table[position][outlook].status);
            add_whole(digest, policy->table[position][outlook].mark);
        }
    add_number(digest, policy->hold_chance);
    add_number(digest, policy->hold_noise);
    add_whole(digest, policy->hold_readings);
}

uint64_t wm_assess_input_digest(const WmAssessmentInput *input)
{
    uint64_t digest = FNV_OFFSET;
    const WmPolicy usual = wm_policy_default();
    add_measure(&digest, &input->measure);
    add_number(&digest, input->baseline.value);
    add_whole(&digest, input->baseline.is_bound);
    add_whole(&digest, input->baseline.is_undated);
    add_path(&digest, &input->trajectory);
    add_milestones(&digest, input);
    add_readings(&digest, input);
    add_whole(&digest, input->as_at);
    add_whole(&digest, input->plan_start);
    add_whole(&digest, input->reading_lag_days);
    add_whole(&digest, input->stale_after_days);
    add_trend(&digest, &input->trend);
    add_whole(&digest, input->known_trend != NULL);
    add_policy(&digest, input->policy ? input->policy : &usual);
    add_whole(&digest, input->signal);
    add_whole(&digest, input->scope);
    add_whole(&digest, input->is_public);
    return digest;
}

/* ---- the record */

typedef struct {
    char mark[8];                                                /* the order of bytes is in `method` */
    uint32_t method, assessment_size, forecast_size, n_forecast; /* bytes of the fit that follow the assessment; 0: there is none */
    uint64_t digest;                                             /* of the input */
    uint64_t sum;                                                /* of all that follows */
} Head;

static const char MARK[8] = "wmassess";

static Head head_of(const WmAssessmentInput *input, size_t n_forecast)
{
    Head head = {.method = WM_METHOD_VERSION,
                 .assessment_size = sizeof(WmAssessment),
                 .forecast_size = sizeof(WmForecast),
                 .n_forecast = (uint32_t)n_forecast,
                 .digest = wm_assess_input_digest(input)};
    memcpy(head.mark, MARK, sizeof head.mark);
    return head;
}

static uint64_t sum_of(const unsigned char *bytes, size_t n)
{
    uint64_t sum = FNV_OFFSET;
    add_bytes(&sum, bytes, n);
    return sum;
}

/* Parts that were not fitted are not sent. */
static size_t forecast_length(const WmForecast *forecast)
{
    return offsetof(WmForecast, parts) + forecast->n_parts * sizeof *forecast->parts;
}

size_t wm_assess_record_write(const WmAssessmentInput *input, const WmAssessment *assessment, unsigned char *out)
{
    const WmForecast *forecast = assessment->trend.forecast;
    Head head = head_of(input, forecast ? forecast_length(forecast) : 0); /* zero parts where nothing was fitted */
    WmAssessment plain = *assessment;
    plain.trend.forecast = NULL; /* where things lie is nobody else's business */
    plain.trend.prior = NULL;
    plain.trend.ahead = NULL;
    memcpy(out + sizeof head, &plain, sizeof plain);
    if (forecast)
        memcpy(out + sizeof head + sizeof plain, forecast, head.n_forecast);
    head.sum = sum_of(out + sizeof head, sizeof plain + head.n_forecast);
    memcpy(out, &head, sizeof head);
    return sizeof head + sizeof plain + head.n_forecast;
}

static bool is_verdict(WmVerdict verdict)
{
    return verdict.status < WM_N_RAGS && verdict.mark < WM_N_MARKS && verdict.computed < WM_N_RAGS;
}

static bool is_bool(const bool *value)
{
    unsigned char byte;
    memcpy(&byte, value, sizeof byte);
    return byte <= 1;
}

static bool is_day(WmDay day)
{
    return day == WM_NO_DAY || (day >= wm_day_from_date(WM_YEAR_MIN, 1, 1) && day <= wm_day_from_date(WM_YEAR_MAX, 12, 31));
}

static bool is_period(WmPeriod period)
{
    return period.kind < WM_N_PERIOD_KINDS &&
           (period.kind == WM_PERIOD_NONE ||
            (period.kind == WM_PERIOD_DAY ? is_day(period.start)
                                          : period.start >= WM_YEAR_MIN * 12 && period.start <= WM_YEAR_MAX * 12 + 11));
}

static bool has_days(const WmAssessment *self)
{
    const WmDay days[] = {self->as_at,    self->pending.due, self->next.due,    self->last.due,
                          self->expected, self->expected_lo, self->expected_hi, self->evidence.due};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (!is_day(days[i]))
            return false;
    for (size_t i = 0; i < self->n_reasons; i++)
        if (self->reasons[i].code >= WM_N_REASONS || !is_day(self->reasons[i].day) || !is_period(self->reasons[i].period))
            return false;
    return is_period(self->reading.period) && is_period(self->evidence.period) && is_period(self->effect.period);
}

/* The sum tells of damage; this is for a server that means harm: whatever is used as a place in a table is one. */
static bool is_assessment(const WmAssessment *self)
{
    if (!is_bool(&self->has_value) || !is_bool(&self->evidence.is_ruled) || self->n_reasons > WM_MAX_REASONS ||
        self->position >= WM_N_POSITIONS || self->outlook >= WM_N_OUTLOOKS || self->basis >= WM_N_BASES ||
        !is_verdict(self->verdict) || !is_verdict(self->evidence.verdict) || self->months_gap.bound > WM_MONTHS_AT_MOST ||
        self->reading.state >= WM_N_READING_STATES || self->trend.state > WM_TREND_ONE_TIME || self->trend.model != WM_MODEL_AUTO)
        return false;
    return has_days(self);
}

static bool take_forecast(const unsigned char *bytes, size_t n, WmForecast *out)
{
    if (n < offsetof(WmForecast, parts) || n > sizeof *out)
        return false;
    memset(out, 0, sizeof *out);
    memcpy(out, bytes, n);
    return out->n_parts <= WM_MAX_PARTS && out->n_shifts <= WM_FORECAST_MAX_SHIFTS && forecast_length(out) == n;
}

bool wm_assess_record_read(const unsigned char *record, size_t n, const WmAssessmentInput *input, WmAssessment *out)
{
    Head head;
    if (n < sizeof head + sizeof *out)
        return false;
    memcpy(&head, record, sizeof head);
    Head wanted = head_of(input, head.n_forecast);
    wanted.sum = sum_of(record + sizeof head, n - sizeof head);
    if (memcmp(&head, &wanted, sizeof head) != 0 || n != sizeof head + sizeof *out + head.n_forecast)
        return false;
    memcpy(out, record + sizeof head, sizeof *out);
    if (!is_assessment(out))
        return false;
    out->trend.prior = head.n_forecast ? input->trend.prior : NULL;
    out->trend.ahead = NULL;
    out->trend.forecast = head.n_forecast ? input->trend.forecast : NULL;
    return !head.n_forecast ||
           (input->trend.forecast && take_forecast(record + sizeof head + sizeof *out, head.n_forecast, input->trend.forecast));
}
