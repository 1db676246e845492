/* bench/national_figures.h: what the generated nation is like, from its indicators, areas and months alone. */
#ifndef WM_BENCH_NATIONAL_FIGURES_H
#define WM_BENCH_NATIONAL_FIGURES_H

#include <stdint.h>

typedef enum { PERCENT, COUNT, WEEKS, RATE, N_KINDS } Kind;

typedef struct {
    Kind kind;
    int is_higher;                             /* which way is better */
    double level, season, term, wander, climb; /* on the scale of the link: logit of a percent, log of the others */
    double size;                               /* of the denominator, in an area of the middle size */
} Indicator;

/* What a hash is of. */
enum { OF_INDICATOR = 1, OF_AREA, OF_LEVEL, OF_STEP, OF_NOISE, OF_SHIFT, OF_MARK, OF_REVISION, OF_LATE, OF_SIZE };

/* The same for the same arguments; `what` is one of the above. */
uint64_t hash(uint64_t what, uint64_t a, uint64_t b, uint64_t c);

double normal(uint64_t h);            /* near enough a standard normal: the sum of four uniforms, scaled */
int chance(uint64_t h, int in_10000); /* 1 in so many cases, else 0 */

Indicator indicator_of(int i);
double size_of(int area); /* 1 in the middle */

/* The levels of indicator i of one area, n_months of them, on the scale of the link. */
void make_levels(const Indicator *indicator, int i, int area, int n_months, double *out);

#endif
