/* Bounded scales.
 *
 * Logit: the empirical logit log((x + 1/2)/(N - x + 1/2)) of x units of N (Haldane 1956, Ann. Hum. Genet. 20; Anscombe 1956,
 * Biometrika 43; Cox and Snell 1989, Analysis of Binary Data, section 2.1.6). It is finite at 0 and N, which bare log odds are not.
 */
#include <waymark/link.h>

#include <float.h>
#include <math.h>

#define HALF_UNIT 0.5

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static double logit_z(const WmLink *self, double y)
{
    const double N = self->units;
    const double x = clamp((y - self->low) / (self->high - self->low) * N, HALF_UNIT, N - HALF_UNIT);
    const double p = (x + 0.5) / (N + 1);
    return log(p / (1 - p));
}

static double logit_value(const WmLink *self, double z)
{
    const double N = self->units;
    const double x = (N + 1) / (1 + exp(-z)) - 0.5;
    if (x < HALF_UNIT)
        return self->low;
    return x > N - HALF_UNIT ? self->high : self->low + (self->high - self->low) * x / N;
}

static double log_z(const WmLink *self, double y)
{
    const double v = fmax(y - self->low, HALF_UNIT * self->unit) + self->offset, U = self->top;
    return v <= U ? log(v) : log(U) + (v - U) / U;
}

static double log_value(const WmLink *self, double z)
{
    const double U = self->top, d = z - log(U);
    const double u =
        (d <= 0 ? fmin(exp(z), DBL_MAX) : U * (1 + d)) - self->offset; /* without a top it may be more than any number */
    return u < HALF_UNIT * self->unit || u < 0 ? self->low : self->low + u;
}

double wm_link_z(const WmLink *self, double y)
{
    if (isnan(y))
        return NAN;
    switch (self->kind) {
    case WM_LINK_LOGIT:
        return logit_z(self, y);
    case WM_LINK_LOG:
        return log_z(self, self->sign * y);
    case WM_LINK_IDENTITY:
        break;
    }
    return y;
}

double wm_link_value(const WmLink *self, double z)
{
    if (isnan(z))
        return NAN;
    switch (self->kind) {
    case WM_LINK_LOGIT:
        return logit_value(self, z);
    case WM_LINK_LOG:
        return self->sign * log_value(self, z);
    case WM_LINK_IDENTITY:
        break;
    }
    return z;
}

double wm_link_lowest(const WmLink *self)
{
    if (self->kind == WM_LINK_LOG)
        return self->sign > 0 ? self->low : NAN;
    return self->kind == WM_LINK_LOGIT ? self->low : NAN;
}

double wm_link_highest(const WmLink *self)
{
    if (self->kind == WM_LINK_LOG)
        return self->sign < 0 ? -self->low : NAN;
    return self->kind == WM_LINK_LOGIT ? self->high : NAN;
}
