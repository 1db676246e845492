/* Areas by rank, and what that says. */
#include "plot/chart/ranking.h"

#include <math.h>
#include <string.h>

#define LEVEL 0.95

void wm_ranking_clear(WmRanking *self)
{
    g_clear_pointer(&self->rows, g_array_unref);
}

const WmRankedArea *wm_ranking_area(const WmRanking *self, guint i)
{
    return &g_array_index(self->rows, WmRankedArea, i);
}

static WmInterval interval_of(const WmAreas *areas, const WmArea *area, double per)
{
    if (!wm_area_has_counts(area))
        return (WmInterval){nan(""), nan("")};
    const WmInterval share = wm_areas_law(areas) == WM_EVENTS_BINOMIAL
                                 ? wm_interval_wilson(area->numerator, area->denominator, LEVEL)
                                 : wm_interval_poisson(area->numerator, area->denominator, LEVEL);
    return (WmInterval){share.low * per, share.high * per};
}

static int by_value(gconstpointer a, gconstpointer b, gpointer polarity)
{
    const double x = ((const WmRankedArea *)a)->area->value, y = ((const WmRankedArea *)b)->area->value;
    const int way = GPOINTER_TO_INT(polarity) == WM_POLARITY_LOWER ? 1 : -1;
    return x == y ? strcmp(((const WmRankedArea *)a)->area->name, ((const WmRankedArea *)b)->area->name) : x > y ? way : -way;
}

/* 1, 2, 2, 4: equal figures share a rank. */
static void number_rows(GArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        WmRankedArea *row = &g_array_index(rows, WmRankedArea, i);
        WmRankedArea *above = i ? &g_array_index(rows, WmRankedArea, i - 1) : NULL;
        row->is_tied = above && above->area->value == row->area->value;
        row->rank = row->is_tied ? above->rank : i + 1;
        if (row->is_tied)
            above->is_tied = true;
    }
}

WmRanking wm_ranking_of(const WmAreas *areas)
{
    WmRanking self = {.areas = areas, .rows = g_array_new(FALSE, TRUE, sizeof(WmRankedArea))};
    const double per = wm_areas_per(areas);
    for (size_t i = 0; i < areas->n_areas; i++) {
        const WmArea *area = &areas->areas[i];
        WmRankedArea row = {.area = area, .interval = interval_of(areas, area, per)};
        const int side = row.interval.low > areas->benchmark ? 1 : row.interval.high < areas->benchmark ? -1 : 0;
        row.effect = wm_areas_effect(areas, side);
        self.n_differ += side != 0;
        if (isfinite(area->value))
            g_array_append_val(self.rows, row);
        else
            self.n_without++;
    }
    g_array_sort_with_data(self.rows, by_value, GINT_TO_POINTER(areas->measure.polarity));
    number_rows(self.rows);
    return self;
}

const WmRankedArea *wm_ranking_focus(const WmRanking *self)
{
    for (guint i = 0; i < self->rows->len; i++)
        if (wm_area_is_focus(self->areas, wm_ranking_area(self, i)->area))
            return wm_ranking_area(self, i);
    return NULL;
}

/* ---- words ---- */

static const char *ordinal_ending(size_t n)
{
    if (n % 100 >= 11 && n % 100 <= 13)
        return "th";
    return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

/* "Somerset is 14th of 20 at 41.0%", "Devon is 15th of 15 in South West at 3.2%" */
static char *place_in_words(const WmRanking *self, const WmRankedArea *row)
{
    char value[WM_VALUE_TEXT];
    const char *within = self->areas->within ? self->areas->within : "";
    return g_strdup_printf("%s is %zu%s of %u%s%s at %s", row->area->name, row->rank, ordinal_ending(row->rank), self->rows->len,
                           *within ? " in " : "", within, wm_areas_value(self->areas, row->area->value, value));
}

/* "Bath is", "Bath and 3 more are": those of a rank, by their first. New. */
static char *sharing_in_words(const WmRanking *self, size_t rank, const char *one, const char *many)
{
    const WmRankedArea *first = NULL;
    size_t n = 0;
    for (guint i = 0; i < self->rows->len; i++)
        if (wm_ranking_area(self, i)->rank == rank && n++ == 0)
            first = wm_ranking_area(self, i);
    return n == 1 ? g_strconcat(first->area->name, one, NULL)
                  : g_strdup_printf("%s and %zu more%s", first->area->name, n - 1, many);
}

/* "Bath is best at 64.7%, Bristol last at 31.2%", "Bath and 3 more are best at 100.0%, …" */
static char *ends_in_words(const WmRanking *self)
{
    char best[WM_VALUE_TEXT], last[WM_VALUE_TEXT];
    const WmRankedArea *first = wm_ranking_area(self, 0), *end = wm_ranking_area(self, self->rows->len - 1);
    const bool is_judged = wm_polarity_sign(self->areas->measure.polarity) != 0;
    wm_areas_value(self->areas, first->area->value, best);
    wm_areas_value(self->areas, end->area->value, last);
    if (self->rows->len == 1)
        return g_strdup_printf("%s stands alone at %s", first->area->name, best);
    if (first->area->value == end->area->value)
        return g_strdup_printf("All %u areas stand at %s", self->rows->len, best);
    g_autofree char *leaders = sharing_in_words(self, 1, " is", " are"), *others = sharing_in_words(self, end->rank, "", "");
    return g_strdup_printf("%s %s at %s, %s %s at %s", leaders, is_judged ? "best" : "highest", best, others,
                           is_judged ? "last" : "lowest", last);
}

char *wm_ranking_benchmark(const WmAreas *areas)
{
    char value[WM_VALUE_TEXT];
    wm_areas_value(areas, areas->benchmark, value);
    return *areas->benchmark_name ? g_strdup_printf("%s %s", areas->benchmark_name, value) : g_strdup(value);
}

/* "12 of 36 areas differ by more than chance from 59.2% (all areas)" */
static char *differing_in_words(const WmRanking *self)
{
    const WmAreas *areas = self->areas;
    char value[WM_VALUE_TEXT];
    wm_areas_value(areas, areas->benchmark, value);
    g_autofree char *first = g_utf8_strdown(areas->benchmark_name, -1);
    g_autofree char *what = *first ? g_strdup_printf("%s (%s)", value, first) : g_strdup(value);
    if (self->rows->len == 1)
        return g_strdup_printf("it differs by more than chance from %s", what);
    return g_strdup_printf("%zu of %u areas differ%s by more than chance from %s", self->n_differ, self->rows->len,
                           self->n_differ == 1 ? "s" : "", what);
}

GStrv wm_ranking_wordings(const WmRanking *self)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (self->rows->len == 0) {
        g_strv_builder_add(builder, self->areas->n_areas ? "No area has a figure" : "No areas yet");
        return g_strv_builder_end(builder);
    }
    const WmRankedArea *focus = wm_ranking_focus(self);
    g_autofree char *place = focus ? place_in_words(self, focus) : ends_in_words(self);
    if (self->n_differ) {
        g_autofree char *differing = differing_in_words(self);
        g_autofree char *full = g_strdup_printf("%s; %s", place, differing);
        g_strv_builder_add(builder, full);
    }
    g_strv_builder_add(builder, place);
    if (!focus) {
        char value[WM_VALUE_TEXT];
        g_autofree char *brief = g_strdup_printf("%s first at %s", wm_ranking_area(self, 0)->area->name,
                                                 wm_areas_value(self->areas, wm_ranking_area(self, 0)->area->value, value));
        g_strv_builder_add(builder, brief);
    }
    return g_strv_builder_end(builder);
}

char *wm_chart_ranking_alt(const WmAreas *areas)
{
    g_auto(WmRanking) ranking = wm_ranking_of(areas);
    g_auto(GStrv) titles = wm_ranking_wordings(&ranking);
    g_autofree char *subject = wm_areas_subject(areas);
    g_autoptr(GString) text = g_string_new(NULL);
    char value[WM_VALUE_TEXT];
    g_string_printf(text, "Ranking of areas, %s:%s %s.", subject, areas->is_illustrative ? " illustrative data." : "", titles[0]);
    for (guint i = 0; i < ranking.rows->len; i++)
        g_string_append_printf(text, "%s %s %s", i ? "," : " In order:", wm_ranking_area(&ranking, i)->area->name,
                               wm_areas_value(areas, wm_ranking_area(&ranking, i)->area->value, value));
    g_string_append(text, ranking.rows->len ? "." : "");
    return g_string_free(g_steal_pointer(&text), FALSE);
}
