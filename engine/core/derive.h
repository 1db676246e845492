/* engine/core/derive.h: the arithmetic of derived readings: states, counts and totals. */
#ifndef WM_CORE_DERIVE_H
#define WM_CORE_DERIVE_H

#include <waymark/formula.h>

/* A series under way through a formula. */
typedef struct {
    WmDerivedReading *items; /* n, sorted by period */
    size_t n, room;
    double scale;   /* of a share, as in WmFormulaSeries; 0 for none */
    bool is_latest; /* stands for its latest reading wherever it is asked for */
    bool is_number; /* no series, but `number` */
    double number;
} DeriveValue;

/* Several readings taken together. */
typedef struct {
    double scale;
    WmTotalMode mode;
    double value, numerator, denominator;
    size_t n, n_counted; /* with a value; of these, with counts */
    size_t n_empty;      /* shares of nothing */
    size_t n_absent;
    WmReadingState state; /* of those with a value: the least settled */
    WmReadingState gap;   /* of those without: what weighs most */
    bool has_gap, is_partial;
} DeriveTotal;

DeriveTotal derive_total_start(double scale, WmTotalMode mode);

/* Add a reading; NULL for one that is not there. */
void derive_total_add(DeriveTotal *self, const WmDerivedReading *one);

/* What it comes to in `period`; false where there is no telling: nothing there, or something absent that is not allowed to be. */
bool derive_total_finish(const DeriveTotal *self, WmPeriod period, bool allows_partial, WmDerivedReading *out);

/* An operation of two readings of one period. */
typedef struct {
    WmFormulaOp op;
    double factor;           /* of a ratio */
    double share_scale;      /* of a ratio's result */
    double scale_a, scale_b; /* of a share; 0 for none, below 0 for a number of the formula */
} DerivePair;

/* A sum of two that may be partial: true, with *out, where only one of them has a value to give and the other is not withheld. NULL
 * for one that is not there. */
bool derive_one_sided(const WmDerivedReading *a, const WmDerivedReading *b, WmPeriod period, WmDerivedReading *out);

/* A reading that stands for a number. */
WmDerivedReading derive_number(double number, WmPeriod period);

WmDerivedReading derive_pair(const DerivePair *self, const WmDerivedReading *a, const WmDerivedReading *b, WmPeriod period);

/* What the later adds to the earlier of a cumulative series: the counts' share, or the difference. */
WmDerivedReading derive_increment(double scale, const WmDerivedReading *later, const WmDerivedReading *earlier);

/* The change from `before`, absolute or in percent of it. */
WmDerivedReading derive_change(const WmDerivedReading *now, const WmDerivedReading *before, bool is_percent);

/* The reading of this very period, or NULL; by bisection. */
const WmDerivedReading *derive_find(const DeriveValue *self, WmPeriod period);

/* The same, looking back from *i, which is left where the search ended: a walk through a series costs its length. */
const WmDerivedReading *derive_find_back(const DeriveValue *self, WmPeriod period, size_t *i);

/* The last reading that ends by then, or NULL. */
const WmDerivedReading *derive_latest(const DeriveValue *self, WmPeriod period);

#endif
