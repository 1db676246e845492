/* The indicators that an action or a risk names. */
#include "engine/data/plan/links.h"

#include <string.h>

#include "engine/data/plan/plan_private.h"

/* The area's own series of an indicator, else its first; SIZE_MAX when there is none. */
static size_t find_series(const WmMonth *month, const char *indicator)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        if (strcmp(series->indicator, indicator) != 0)
            continue;
        if (!*series->unit && !*series->cohort)
            return i;
        if (first == SIZE_MAX)
            first = i;
    }
    return first;
}

GArray *links_find(const WmMonth *month, const char *indicators, size_t *n_unknown)
{
    GArray *links = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_auto(GStrv) ids = g_strsplit_set(indicators, PLAN_LIST_MARKS, -1);
    size_t n = 0;
    for (char **id = ids; *id; id++) {
        const size_t i = **id ? find_series(month, *id) : SIZE_MAX;
        if (i != SIZE_MAX)
            g_array_append_val(links, i);
        n += **id && i == SIZE_MAX;
    }
    if (n_unknown)
        *n_unknown = n;
    return links;
}
