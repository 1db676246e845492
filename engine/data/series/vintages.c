/* A series' vintages, seen from a date. They come sorted by period, then by when they were received. */
#include "engine/data/series/vintages.h"

#include <math.h>

/* The index past the last vintage of the period at `i`. */
static guint period_end_index(const GArray *vintages, guint i)
{
    const WmPeriod period = g_array_index(vintages, WmVintage, i).reading.period;
    guint end = i + 1;
    while (end < vintages->len && wm_period_compare(g_array_index(vintages, WmVintage, end).reading.period, period) == 0)
        end++;
    return end;
}

/* What was last said by `as_at` among the vintages from `i` to `end`, which are of one period; NULL when nothing was. */
static const WmVintage *last_by(const GArray *vintages, guint i, guint end, WmDay as_at)
{
    const WmVintage *last = NULL;
    for (; i < end; i++)
        if (g_array_index(vintages, WmVintage, i).received <= as_at)
            last = &g_array_index(vintages, WmVintage, i);
    return last;
}

GArray *vintages_as_at(const GArray *vintages, WmDay as_at, gboolean *is_illustrative)
{
    GArray *readings = g_array_sized_new(FALSE, FALSE, sizeof(WmReading), vintages->len);
    if (is_illustrative)
        *is_illustrative = FALSE;
    for (guint i = 0; i < vintages->len;) {
        const guint end = period_end_index(vintages, i);
        const WmVintage *last = last_by(vintages, i, end, as_at);
        i = end;
        if (!last || last->is_gone)
            continue;
        g_array_append_val(readings, last->reading);
        if (is_illustrative)
            *is_illustrative |= last->is_illustrative;
    }
    return readings;
}

gboolean vintages_parts_as_at(const GArray *vintages, WmDay as_at, GArray *out)
{
    gboolean is_illustrative = FALSE;
    g_array_set_size(out, 0);
    for (guint i = 0, end; i < vintages->len; i = end) {
        end = period_end_index(vintages, i);
        const WmVintage *last = last_by(vintages, i, end, as_at);
        if (!last)
            continue;
        const WmDerivedReading one = {last->reading, last->is_partial};
        g_array_append_val(out, one);
        is_illustrative |= last->is_illustrative;
    }
    return is_illustrative;
}

gboolean vintages_are_partial(const GArray *vintages, WmDay as_at)
{
    for (guint i = 0, end; i < vintages->len; i = end) {
        end = period_end_index(vintages, i);
        const WmVintage *last = last_by(vintages, i, end, as_at);
        if (last && last->is_partial)
            return TRUE;
    }
    return FALSE;
}

static gboolean is_same(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

static WmRevision revision_of(const WmVintage *was, const WmVintage *now)
{
    return (WmRevision){.period = now->reading.period,
                        .was = was->reading.value,
                        .now = now->reading.value,
                        .received = now->received,
                        .was_received = was->received,
                        .drop = now->drop,
                        .was_drop = was->drop};
}

GArray *vintages_revisions(const GArray *vintages, WmDay as_at)
{
    GArray *revisions = g_array_new(FALSE, FALSE, sizeof(WmRevision));
    for (guint i = 0; i < vintages->len;) {
        const guint end = period_end_index(vintages, i);
        const WmVintage *before = NULL;
        WmRevision revision = {.received = WM_NO_DAY};
        for (; i < end; i++) {
            const WmVintage *one = &g_array_index(vintages, WmVintage, i);
            if (one->received > as_at)
                continue;
            if (before && !is_same(before->reading.value, one->reading.value))
                revision = revision_of(before, one);
            before = one;
        }
        if (revision.received != WM_NO_DAY)
            g_array_append_val(revisions, revision);
    }
    return revisions;
}

GArray *vintages_revisions_since(const GArray *vintages, WmDay since, WmDay as_at)
{
    GArray *revisions = g_array_new(FALSE, FALSE, sizeof(WmRevision));
    for (guint i = 0, end; i < vintages->len; i = end) {
        end = period_end_index(vintages, i);
        const WmVintage *was = last_by(vintages, i, end, since), *now = last_by(vintages, i, end, as_at);
        if (!was || is_same(was->reading.value, now->reading.value))
            continue;
        const WmRevision revision = revision_of(was, now);
        g_array_append_val(revisions, revision);
    }
    return revisions;
}

GArray *vintages_with_hindsight(const GArray *vintages, WmDay then, WmDay as_at)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(WmVintage));
    for (guint i = 0, end; i < vintages->len; i = end) {
        end = period_end_index(vintages, i);
        const WmVintage *was = last_by(vintages, i, end, then), *now = last_by(vintages, i, end, as_at);
        if (!was)
            continue;
        WmVintage one = *now;
        one.received = was->received;
        g_array_append_val(out, one);
    }
    return out;
}

size_t vintages_count_new(const GArray *vintages, WmDay since, WmDay as_at)
{
    size_t n = 0;
    for (guint i = 0, end; i < vintages->len; i = end) {
        end = period_end_index(vintages, i);
        n += last_by(vintages, i, end, as_at) && !last_by(vintages, i, end, since);
    }
    return n;
}
