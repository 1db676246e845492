/* How well forecasts and chances did. */
#include <waymark/scores.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

const int WM_COVER_LEVELS[WM_N_COVERS] = {50, 80, 95};

#define N_QUANTILES WM_MAX_DESCRIBED

double wm_score_brier(double chance, bool is_met)
{
    const double e = chance - is_met;
    return e * e;
}

double wm_score_log(double chance, bool is_met)
{
    const double p = fmin(fmax(chance, WM_LOG_SCORE_CLAMP), 1 - WM_LOG_SCORE_CLAMP);
    return -log(is_met ? p : 1 - p);
}

/* z (2 F(z) - 1) + 2 f(z) (v + z^2)/(v - 1) - 2 sqrt(v)/(v - 1) B(1/2, v - 1/2)/B(1/2, v/2)^2, times the scale. */
static double crps_student(const WmDistribution *self, double y)
{
    const double v = self->df, z = (y - self->location) / self->scale;
    if (!(v > 1))
        return NAN;
    const double spread = 2 * sqrt(v) / (v - 1) * exp(gsl_sf_lnbeta(0.5, v - 0.5) - 2 * gsl_sf_lnbeta(0.5, v / 2));
    return self->scale * (z * (2 * gsl_cdf_tdist_P(z, v) - 1) + 2 * gsl_ran_tdist_pdf(z, v) * (v + z * z) / (v - 1) - spread);
}

/* The mean over p of 2 (y - q_p)(p - [y < q_p]). */
static double crps_quantiles(const WmDistribution *self, double y)
{
    double shares[N_QUANTILES], values[N_QUANTILES], sum = 0;
    for (size_t i = 0; i < N_QUANTILES; i++)
        shares[i] = ((double)i + 0.5) / N_QUANTILES;
    wm_distribution_quantiles(self, shares, N_QUANTILES, values);
    for (size_t i = 0; i < N_QUANTILES; i++)
        sum += 2 * (y - values[i]) * (shares[i] - (y < values[i]));
    return sum / N_QUANTILES;
}

double wm_score_crps(const WmDistribution *distribution, double y)
{
    switch (distribution->kind) {
    case WM_DISTRIBUTION_NONE:
        return NAN;
    case WM_DISTRIBUTION_POINT:
        return fabs(y - distribution->location);
    case WM_DISTRIBUTION_STUDENT:
        return crps_student(distribution, y);
    case WM_DISTRIBUTION_MIXTURE:
    case WM_DISTRIBUTION_BETA_BINOMIAL:
    case WM_DISTRIBUTION_NEGATIVE_BINOMIAL:
        return crps_quantiles(distribution, y);
    }
    return NAN;
}

void wm_forecast_tally_add(WmForecastTally *self, const WmDistribution *distribution, double y, double scale)
{
    enum { N = 2 * WM_N_COVERS + 1 };
    double shares[N], values[N];
    const double crps = wm_score_crps(distribution, y);
    if (!(scale > 0) || !isfinite(crps))
        return;
    shares[WM_N_COVERS] = 0.5;
    for (size_t i = 0; i < WM_N_COVERS; i++) {
        shares[WM_N_COVERS - 1 - i] = 0.5 * (1 - WM_COVER_LEVELS[i] / 100.0);
        shares[WM_N_COVERS + 1 + i] = 0.5 * (1 + WM_COVER_LEVELS[i] / 100.0);
    }
    wm_distribution_quantiles(distribution, shares, N, values);
    self->n++;
    self->crps += crps / scale;
    self->error += fabs(y - values[WM_N_COVERS]) / scale;
    for (size_t i = 0; i < WM_N_COVERS; i++)
        self->n_within[i] += y >= values[WM_N_COVERS - 1 - i] && y <= values[WM_N_COVERS + 1 + i];
}

void wm_forecast_tally_merge(WmForecastTally *self, const WmForecastTally *other)
{
    self->n += other->n;
    self->crps += other->crps;
    self->error += other->error;
    for (size_t i = 0; i < WM_N_COVERS; i++)
        self->n_within[i] += other->n_within[i];
}

WmForecastScores wm_forecast_tally_scores(const WmForecastTally *self)
{
    const double n = self->n ? (double)self->n : NAN;
    WmForecastScores scores = {.n = self->n, .crps = self->crps / n, .mase = self->error / n};
    for (size_t i = 0; i < WM_N_COVERS; i++)
        scores.cover[i] = (double)self->n_within[i] / n;
    return scores;
}

void wm_chance_tally_add(WmChanceTally *self, double chance, bool is_met)
{
    if (isnan(chance))
        return;
    const int bin = (int)fmin(fmax(floor(chance * WM_RELIABILITY_BINS), 0), WM_RELIABILITY_BINS - 1);
    self->n++;
    self->n_met += is_met;
    self->chance += chance;
    self->brier += wm_score_brier(chance, is_met);
    self->log += wm_score_log(chance, is_met);
    self->bins[bin].n++;
    self->bins[bin].n_met += is_met;
    self->bins[bin].chance += chance;
}

void wm_chance_tally_merge(WmChanceTally *self, const WmChanceTally *other)
{
    self->n += other->n;
    self->n_met += other->n_met;
    self->chance += other->chance;
    self->brier += other->brier;
    self->log += other->log;
    for (size_t i = 0; i < WM_RELIABILITY_BINS; i++) {
        self->bins[i].n += other->bins[i].n;
        self->bins[i].n_met += other->bins[i].n_met;
        self->bins[i].chance += other->bins[i].chance;
    }
}

WmChanceScores wm_chance_tally_scores(const WmChanceTally *self)
{
    const double n = self->n ? (double)self->n : NAN, base = (double)self->n_met / n;
    WmChanceScores scores = {.n = self->n,
                             .base_rate = base,
                             .mean_chance = self->chance / n,
                             .brier = self->brier / n,
                             .log = self->log / n,
                             .reliability = self->n ? 0 : NAN,
                             .resolution = self->n ? 0 : NAN,
                             .uncertainty = base * (1 - base)};
    for (size_t i = 0; i < WM_RELIABILITY_BINS; i++) {
        if (self->bins[i].n == 0)
            continue;
        const double m = (double)self->bins[i].n, said = self->bins[i].chance / m, came = (double)self->bins[i].n_met / m;
        scores.reliability += m / n * (said - came) * (said - came);
        scores.resolution += m / n * (came - base) * (came - base);
    }
    return scores;
}
