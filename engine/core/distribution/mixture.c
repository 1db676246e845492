/* Mixtures of Student t.
 *
 * A quantile of a mixture has no closed form, and a search that asks for the cdf at every step spends some 10 microseconds a step
 * on incomplete beta functions. But the density f of Student's t with d degrees of freedom solves (d + x^2) f' = -(d + 1) x f, so
 * its Taylor coefficients about any point follow from one value by a recurrence of few operations; integrated term by term they
 * give the cdf near that point. So the walk below computes one cdf, at the middle, and steps outward from expansion to expansion;
 * many quantiles cost little more than one.
 */
#include "engine/core/distribution/mixture.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#define PI 3.14159265358979323846

/* Terms, and how far an expansion is trusted: a share of the distance to the nearest singularity, at x = +-i sqrt(d), and for large
 * d (where t is nearly normal and entire, but its coefficients grow first) of the scale. Together they leave an error below 1e-12
 * of the whole (measured against the incomplete beta function, df 2.1 to 100); wider steps need more terms and are no faster. */
#define N_TERMS         20
#define REACH_OF_RADIUS 0.25
#define REACH_OF_SCALE  0.7

#define MAX_STEPS     500 /* outward; steps grow with the distance, so that 60 reach a share of 1e-12 */
#define MAX_NEWTON    60
#define NEWTON_ENOUGH 1e-7 /* a step of this leaves its square as error */

double wm_mixture_lower(const WmStudentPart *parts, size_t n_parts, double z)
{
    double sum = 0;
    for (size_t k = 0; k < n_parts; k++)
        sum += parts[k].share * gsl_cdf_tdist_P((z - parts[k].location) / parts[k].scale, parts[k].df);
    return fmin(sum, 1);
}

double wm_mixture_upper(const WmStudentPart *parts, size_t n_parts, double z)
{
    double sum = 0;
    for (size_t k = 0; k < n_parts; k++)
        sum += parts[k].share * gsl_cdf_tdist_Q((z - parts[k].location) / parts[k].scale, parts[k].df);
    return fmin(sum, 1);
}

/* The mixture about z0: its density is sum_n density[n] y^n and its cdf below + y sum_n density[n]/(n + 1) y^n, with y = (z -
 * z0)/reach in -1..1. */
typedef struct {
    const WmStudentPart *parts;
    size_t n_parts;
    double log_norm[WM_MAX_PARTS]; /* of each part's density */
    double z0, reach;
    double below; /* P(Z <= z0) */
    double density[N_TERMS], cdf[N_TERMS];
} Expansion;

static double reach_of(const WmStudentPart *part, double z0)
{
    const double x = (z0 - part->location) / part->scale;
    const double radius = part->scale * sqrt(part->df + x * x);
    return radius * fmin(REACH_OF_RADIUS, REACH_OF_SCALE / sqrt(part->df));
}

/* c_{n+1} = -[((d + 1) + 2n) x c_n + ((d + 1) + n - 1) c_{n-1}] / ((n + 1)(d + x^2)), from the equation above; here with c_n
 * reach^n. All parts go side by side, for each term waits for the one before. */
static void expand(Expansion *self, double z0, double below)
{
    const size_t n_parts = self->n_parts;
    double before[WM_MAX_PARTS] = {0}, c[WM_MAX_PARTS], d[WM_MAX_PARTS], x_r[WM_MAX_PARTS], r_r[WM_MAX_PARTS];
    self->z0 = z0;
    self->below = below;
    self->reach = INFINITY;
    for (size_t k = 0; k < n_parts; k++)
        self->reach = fmin(self->reach, reach_of(&self->parts[k], z0));
    for (size_t k = 0; k < n_parts; k++) {
        const WmStudentPart *part = &self->parts[k];
        const double x = (z0 - part->location) / part->scale, r = self->reach / part->scale, over = 1 / (part->df + x * x);
        d[k] = part->df;
        x_r[k] = x * r * over;
        r_r[k] = r * r * over;
        c[k] = part->share * r * exp(self->log_norm[k] - 0.5 * (part->df + 1) * log1p(x * x / part->df));
    }
    for (int n = 0; n < N_TERMS; n++) {
        const double over = 1.0 / (n + 1);
        double sum = 0;
        for (size_t k = 0; k < n_parts; k++)
            sum += c[k];
        self->density[n] = sum;
        self->cdf[n] = sum * over;
        for (size_t k = 0; k < n_parts; k++) {
            const double next = -((d[k] + 1 + 2 * n) * x_r[k] * c[k] + (d[k] + n) * r_r[k] * before[k]) * over;
            before[k] = c[k];
            c[k] = next;
        }
    }
}

static void begin(Expansion *self, const WmStudentPart *parts, size_t n_parts)
{
    double centre = 0;
    self->parts = parts;
    self->n_parts = n_parts;
    for (size_t k = 0; k < n_parts; k++) {
        const double d = parts[k].df;
        centre += parts[k].share * parts[k].location;
        self->log_norm[k] = gsl_sf_lngamma(0.5 * (d + 1)) - gsl_sf_lngamma(0.5 * d) - 0.5 * log(d * PI);
    }
    expand(self, centre, wm_mixture_lower(parts, n_parts, centre));
}

/* P(Z <= z0 + y reach) and, in *density, its derivative by y. */
static double below_at(const Expansion *self, double y, double *density)
{
    double sum = 0, slope = 0;
    for (int n = N_TERMS; n-- > 0;) {
        sum = sum * y + self->cdf[n];
        slope = slope * y + self->density[n];
    }
    *density = slope;
    return self->below + sum * y;
}

/* The y in low..high where the cdf is p: Newton from a first guess, kept within a bracket that shrinks. */
static double solve(const Expansion *self, double p, double guess, double low, double high)
{
    double y = guess;
    for (int i = 0; i < MAX_NEWTON; i++) {
        double density;
        const double excess = below_at(self, y, &density) - p;
        if (excess > 0)
            high = y;
        else
            low = y;
        const double next = y - excess / density, step = fabs(next - y);
        if (step < NEWTON_ENOUGH)
            return fmin(fmax(next, low), high);
        y = next > low && next < high ? next : 0.5 * (low + high);
    }
    return y;
}

/* Move to the expansion that holds p, on the side where sign says. */
static double walk(Expansion *self, double p, int sign)
{
    double density, end = self->below;
    for (int i = 0; i < MAX_STEPS; i++) {
        end = below_at(self, sign, &density);
        if (sign > 0 ? end >= p : end <= p)
            break;
        expand(self, self->z0 + sign * self->reach, end);
    }
    const double share = end == self->below ? 0 : fmin(fmax((p - self->below) / (end - self->below), 0), 1);
    return self->z0 + self->reach * (sign > 0 ? solve(self, p, share, 0, 1) : solve(self, p, -share, -1, 0));
}

void wm_mixture_quantiles(const WmStudentPart *parts, size_t n_parts, const double *p, size_t n, double *out)
{
    Expansion middle, at;
    begin(&middle, parts, n_parts);
    at = middle;
    size_t n_low = 0;
    while (n_low < n && !(p[n_low] >= middle.below))
        n_low++;
    for (size_t i = n_low; i-- > 0;)
        out[i] = p[i] > 0 && p[i] < 1 ? walk(&at, p[i], -1) : NAN;
    at = middle;
    for (size_t i = n_low; i < n; i++)
        out[i] = p[i] > 0 && p[i] < 1 ? walk(&at, p[i], 1) : NAN;
}
