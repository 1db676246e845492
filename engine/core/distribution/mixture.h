/* engine/core/distribution/mixture.h: a mixture of Student t on an unbounded scale z. */
#ifndef WM_CORE_MIXTURE_H
#define WM_CORE_MIXTURE_H

#include <waymark/distribution.h>

/* P(Z <= z), and P(Z > z) without the digits that 1 - P would lose. */
double wm_mixture_lower(const WmStudentPart *parts, size_t n_parts, double z);
double wm_mixture_upper(const WmStudentPart *parts, size_t n_parts, double z);

/* Quantiles for n shares, ascending, each 0 < p < 1 (others give NAN). Absolute error in p about 1e-13. */
void wm_mixture_quantiles(const WmStudentPart *parts, size_t n_parts, const double *p, size_t n, double *out);

#endif
