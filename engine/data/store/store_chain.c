/* One period's vintages in order. */
#include "engine/data/store/store_chain.h"

#include <math.h>

gint chain_order(gconstpointer a, gconstpointer b)
{
    const ChainVintage *x = a, *y = b;
    if (x->reading.series != y->reading.series)
        return x->reading.series < y->reading.series ? -1 : 1;
    if (x->reading.period != y->reading.period)
        return x->reading.period < y->reading.period ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

size_t chain_end(const ChainVintage *vintages, size_t n, size_t from)
{
    const BlockReading *first = &vintages[from].reading;
    size_t end = from + 1;
    while (end < n && vintages[end].reading.series == first->series && vintages[end].reading.period == first->period)
        end++;
    return end;
}

#define SAME_SHARE 1e-12 /* a workbook saved by another program comes with other last bits, which no publisher's figure has */

static gboolean is_same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= SAME_SHARE * fmax(fabs(a), fabs(b));
}

gboolean chain_is_same_figure(const BlockReading *a, const BlockReading *b)
{
    const gboolean has_value = wm_reading_state_has_value(a->state);
    return has_value == wm_reading_state_has_value(b->state) && (has_value || a->state == b->state) &&
           is_same_number(a->value, b->value) && is_same_number(a->numerator, b->numerator) &&
           is_same_number(a->denominator, b->denominator);
}

void chain_take_counts(BlockReading *reading, const BlockReading *before)
{
    const gboolean is_bare = isnan(reading->numerator) && isnan(reading->denominator);
    if (!is_bare || !is_same_number(reading->value, before->value))
        return;
    reading->numerator = before->numerator;
    reading->denominator = before->denominator;
}

/* A withdrawal comes after all that was received on its day. */
static gboolean counts_on(const ChainVintage *vintage, WmDay day)
{
    return vintage->since <= day &&
           (vintage->withdrawn == WM_NO_DAY || (vintage->withdrawn >= day && vintage->withdrawn > vintage->since));
}

const ChainVintage *chain_before(const ChainVintage *vintages, size_t i)
{
    for (size_t k = i; k-- > 0;)
        if (counts_on(&vintages[k], vintages[i].since))
            return &vintages[k];
    return NULL;
}

const ChainVintage *chain_against(const ChainVintage *vintages, size_t i)
{
    for (size_t k = i; k-- > 0;)
        if (vintages[k].replaced_by == vintages[i].order)
            return &vintages[k];
    return chain_before(vintages, i);
}

const ChainVintage *chain_at(const ChainVintage *vintages, size_t n, WmDay day)
{
    for (size_t k = n; k-- > 0;)
        if (vintages[k].since <= day && (vintages[k].withdrawn == WM_NO_DAY || vintages[k].withdrawn > day))
            return &vintages[k];
    return NULL;
}

void chain_complete(ChainVintage *vintages, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const ChainVintage *before = chain_before(vintages, i);
        if (before)
            chain_take_counts(&vintages[i].reading, &before->reading);
    }
}

WmPut chain_judge(const ChainVintage *before, const ChainVintage *vintage)
{
    if (!before)
        return WM_PUT_NEW;
    return chain_is_same_figure(&before->reading, &vintage->reading) ? WM_PUT_UNCHANGED : WM_PUT_REVISED;
}

WmReading chain_reading(const BlockReading *reading)
{
    return (WmReading){
        .period = block_period(reading->period),
        .value = reading->value,
        .numerator = reading->numerator,
        .denominator = reading->denominator,
        .state = reading->state,
    };
}
