/* Areas placed within the limits of a funnel. */
#include "plot/chart/funnel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double LEVELS[WM_N_FUNNEL_LEVELS] = {0.95, 0.998};

void wm_funnel_clear(WmFunnel *self)
{
    g_clear_pointer(&self->placed, g_array_unref);
}

WmInterval wm_funnel_limits_at(const WmFunnel *self, double denominator, WmFunnelLevel level)
{
    const WmInterval share =
        wm_funnel_limits_spread(self->law, self->areas->overdispersion, &self->spread, self->theta, denominator, LEVELS[level]);
    return (WmInterval){share.low * self->per, share.high * self->per};
}

static int side_of(const WmFunnel *self, const WmArea *area)
{
    /* as counted, not as rounded when published */
    return wm_funnel_side(self->law, self->areas->overdispersion, &self->spread, self->theta, area->numerator, area->denominator);
}

static int by_denominator(gconstpointer a, gconstpointer b)
{
    const double x = ((const WmPlacedArea *)a)->area->denominator, y = ((const WmPlacedArea *)b)->area->denominator;
    return (x > y) - (x < y);
}

WmFunnel wm_funnel_of(const WmAreas *areas)
{
    WmFunnel self = {.areas = areas, .law = wm_areas_law(areas), .per = wm_areas_per(areas)};
    g_autofree WmAreaEvents *events = g_new(WmAreaEvents, areas->n_areas + 1);
    g_autofree double *z = g_new(double, areas->n_areas + 1);
    for (size_t i = 0; i < areas->n_areas; i++)
        events[i] = (WmAreaEvents){areas->areas[i].numerator, areas->areas[i].denominator};
    self.spread = wm_area_spread(self.law, events, areas->n_areas, areas->benchmark / self.per, z);
    self.theta = self.spread.theta;
    self.placed = g_array_new(FALSE, TRUE, sizeof(WmPlacedArea));
    for (size_t i = 0; i < areas->n_areas; i++) {
        const WmArea *area = &areas->areas[i];
        const WmPlacedArea placed = {area, wm_area_has_counts(area) ? side_of(&self, area) : 0};
        if (wm_area_has_counts(area))
            g_array_append_val(self.placed, placed);
        else
            self.n_without++;
    }
    g_array_sort(self.placed, by_denominator);
    return self;
}

const WmPlacedArea *wm_funnel_area(const WmFunnel *self, guint i)
{
    return &g_array_index(self->placed, WmPlacedArea, i);
}

/* ---- words ---- */

static size_t n_beyond(const WmFunnel *self, int side)
{
    size_t n = 0;
    for (guint i = 0; i < self->placed->len; i++)
        n += wm_funnel_area(self, i)->side == side;
    return n;
}

const WmPlacedArea *wm_funnel_focus(const WmFunnel *self)
{
    for (guint i = 0; i < self->placed->len; i++)
        if (wm_area_is_focus(self->areas, wm_funnel_area(self, i)->area))
            return wm_funnel_area(self, i);
    return NULL;
}

/* "3 worse and 5 better than chance allows": beyond the outer limits. */
static char *beyond_in_words(const WmFunnel *self)
{
    const size_t n_high = n_beyond(self, 2), n_low = n_beyond(self, -2);
    const int sign = wm_polarity_sign(self->areas->measure.polarity);
    const char *high = sign > 0   ? "better"
                       : sign < 0 ? "worse"
                                  : "above",
               *low = sign > 0   ? "worse"
                      : sign < 0 ? "better"
                                 : "below";
    const char *tail = sign ? " than chance allows" : " what chance allows";
    if (n_high == 0 && n_low == 0)
        return g_strdup("none outside what chance allows");
    if (n_high == 0 || n_low == 0)
        return g_strdup_printf("%zu %s%s", n_high + n_low, n_high ? high : low, tail);
    return g_strdup_printf("%zu %s and %zu %s%s", n_low, low, n_high, high, tail);
}

static char *focus_in_words(const WmFunnel *self, const WmPlacedArea *focus)
{
    char value[WM_VALUE_TEXT];
    const WmEffect effect = wm_areas_effect(self->areas, focus->side / 2);
    static const char *const WORDS[WM_N_EFFECTS] = {[WM_EFFECT_COMMON] = "within what chance allows",
                                                    [WM_EFFECT_IMPROVEMENT] = "better than chance allows",
                                                    [WM_EFFECT_CONCERN] = "worse than chance allows",
                                                    [WM_EFFECT_NEUTRAL_HIGH] = "above what chance allows",
                                                    [WM_EFFECT_NEUTRAL_LOW] = "below what chance allows"};
    return g_strdup_printf("%s: %s is %s", focus->area->name, wm_areas_value(self->areas, focus->area->value, value),
                           WORDS[effect]);
}

GStrv wm_funnel_wordings(const WmFunnel *self)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (self->placed->len == 0) {
        g_strv_builder_add(builder, self->areas->n_areas ? "No area has published its counts" : "No areas yet");
        return g_strv_builder_end(builder);
    }
    if (self->placed->len == 1 && isnan(self->areas->benchmark)) {
        g_strv_builder_add(builder, "One area alone has nothing to be compared with");
        return g_strv_builder_end(builder);
    }
    const bool is_alone = self->placed->len == 1;
    const WmPlacedArea *focus = is_alone ? wm_funnel_area(self, 0) : wm_funnel_focus(self);
    g_autofree char *picked = focus ? focus_in_words(self, focus) : NULL;
    g_autofree char *beyond = beyond_in_words(self);
    g_autofree char *all = g_strdup_printf("Of %u areas, %s", self->placed->len, beyond);
    g_autofree char *both = picked && !is_alone ? g_strconcat(picked, "; of ", all + strlen("Of "), NULL) : NULL;
    if (both)
        g_strv_builder_add(builder, both);
    if (picked)
        g_strv_builder_add(builder, picked);
    if (!is_alone)
        g_strv_builder_add(builder, all);
    return g_strv_builder_end(builder);
}

char *wm_chart_funnel_alt(const WmAreas *areas)
{
    g_auto(WmFunnel) funnel = wm_funnel_of(areas);
    g_auto(GStrv) titles = wm_funnel_wordings(&funnel);
    g_autofree char *subject = wm_areas_subject(areas);
    char benchmark[WM_VALUE_TEXT];
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "Funnel of areas, %s:%s %s.", subject, areas->is_illustrative ? " illustrative data." : "", titles[0]);
    if (funnel.placed->len)
        g_string_append_printf(text, " The benchmark is %s.", wm_areas_value(areas, funnel.theta * funnel.per, benchmark));
    size_t n_named = 0;
    for (guint i = 0; i < funnel.placed->len; i++) {
        const WmPlacedArea *placed = wm_funnel_area(&funnel, i);
        if (abs(placed->side) == 2 && n_named++ < 12)
            g_string_append_printf(text, "%s %s, %s", n_named == 1 ? " Outside:" : ";", placed->area->name,
                                   wm_areas_value(areas, placed->area->value, benchmark));
    }
    g_string_append(text, n_named ? "." : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}
