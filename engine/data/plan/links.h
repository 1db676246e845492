/* engine/data/plan/links.h: the indicators that an action or a risk names, as series of a month. */
#ifndef WM_DATA_LINKS_H
#define WM_DATA_LINKS_H

#include <waymark/month.h>

/* Indices into the month's series for "KPI1 KPI2" (spaces, commas or semicolons between): the area's own series of each indicator,
 * else its first. *n_unknown counts ids that are no indicator with a series; it may be NULL. New, of size_t. */
GArray *links_find(const WmMonth *month, const char *indicators, size_t *n_unknown);

#endif
