/* The figures of peers for one period. */
#include "engine/data/series/peer_figures.h"

#include <math.h>

#define LOOKED_AT 24 /* readings of each peer among which the common period is sought: the latest */

const WmReading *peer_reading(const PeerReadings *self, WmPeriod period)
{
    for (size_t i = self->n; i-- > 0;)
        if (wm_period_compare(self->readings[i].period, period) == 0)
            return &self->readings[i];
    return NULL;
}

static gint latest_first(gconstpointer a, gconstpointer b)
{
    return wm_period_compare(*(const WmPeriod *)b, *(const WmPeriod *)a);
}

static WmPeriod common_period(const PeerReadings *readings, size_t n)
{
    g_autoptr(GArray) periods = g_array_new(FALSE, FALSE, sizeof(WmPeriod));
    guint n_measured = 0;
    for (size_t i = 0; i < n; i++) {
        const guint before = periods->len;
        const size_t from = readings[i].n > LOOKED_AT ? readings[i].n - LOOKED_AT : 0;
        for (size_t k = from; k < readings[i].n; k++)
            if (isfinite(readings[i].readings[k].value))
                g_array_append_val(periods, readings[i].readings[k].period);
        n_measured += periods->len > before;
    }
    g_array_sort(periods, latest_first);
    for (guint from = 0, to; from < periods->len; from = to) {
        const WmPeriod period = g_array_index(periods, WmPeriod, from);
        for (to = from; to < periods->len && wm_period_compare(g_array_index(periods, WmPeriod, to), period) == 0;)
            to++;
        if (2 * (to - from) >= n_measured)
            return period;
    }
    return periods->len ? g_array_index(periods, WmPeriod, 0) : (WmPeriod){WM_PERIOD_NONE, 0};
}

static const Peer *peer_at(const PeerFigures *self, guint i)
{
    return &g_array_index(self->group->peers, Peer, i);
}

static WmAreaTotal total_of_region(const PeerFigures *self, guint region)
{
    g_autoptr(GArray) figures = g_array_new(FALSE, FALSE, sizeof(WmAreaFigure));
    for (guint i = 0; i < self->group->peers->len; i++)
        if (peer_at(self, i)->region == region)
            g_array_append_val(figures, self->figures[i]);
    return wm_area_total((const WmAreaFigure *)(const void *)figures->data, figures->len, self->scale);
}

PeerFigures *peer_figures_new(const PeerGroup *group, const WmMeasure *measure, const PeerReadings *readings)
{
    const guint n = group->peers->len;
    PeerFigures *self = g_new0(PeerFigures, 1);
    self->group = group;
    self->period = common_period(readings, n);
    self->figures = g_new(WmAreaFigure, n);
    self->sorted = g_new(double, n);
    for (guint i = 0; i < n; i++) {
        const WmReading *reading = peer_reading(&readings[i], self->period);
        self->figures[i] =
            reading ? (WmAreaFigure){reading->value, reading->numerator, reading->denominator} : (WmAreaFigure){NAN, NAN, NAN};
    }
    self->scale = wm_area_scale(measure->kind, self->figures, n, self->sorted);
    self->quartiles = wm_quartiles(self->sorted, wm_area_values(self->figures, n, self->sorted));
    self->nation = wm_area_total(self->figures, n, self->scale);
    self->regions = g_new(WmAreaTotal, group->regions->len + 1);
    for (guint i = 0; i < group->regions->len; i++)
        self->regions[i] = total_of_region(self, i);
    return self;
}

void peer_figures_free(PeerFigures *self)
{
    if (!self)
        return;
    g_free(self->figures);
    g_free(self->sorted);
    g_free(self->regions);
    g_free(self);
}

WmAreaTotal peer_figures_neighbours(const PeerFigures *self, guint i_peer)
{
    const Peer *peer = peer_at(self, i_peer);
    g_autoptr(GArray) figures = g_array_new(FALSE, FALSE, sizeof(WmAreaFigure));
    for (guint i = 0; i < peer->neighbours->len; i++)
        g_array_append_val(figures, self->figures[g_array_index(peer->neighbours, guint, i)]);
    WmAreaTotal total = wm_area_total((const WmAreaFigure *)(const void *)figures->data, figures->len, self->scale);
    if (2 * total.n_areas < peer->n_named)
        total.value = NAN;
    return total;
}
