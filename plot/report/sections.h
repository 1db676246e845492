/* plot/report/sections.h: a month's measures as the plan's hierarchy has them: a section for each theme without a parent, its parts
 * the themes below it. */
#ifndef WM_PLOT_SECTIONS_H
#define WM_PLOT_SECTIONS_H

#include <waymark/month.h>

G_BEGIN_DECLS

/** The measures of one theme. */
typedef struct {
    const char *title; /* of the theme */
    GArray *series;    /* of size_t: indices into the month's series, in their order; never empty */
} WmSectionPart;

typedef struct {
    const char *theme; /* its id; "" for measures without a theme */
    const char *title, *owner_role;
    GArray *parts; /* of WmSectionPart, in the order of themes.csv: the section's own theme first */
    size_t n_series, n_status[WM_N_RAGS];
} WmSection;

/** Sections with at least one measure, in the order of themes.csv; themes that it does not have after them, and last the measures
 * without a theme. Texts are borrowed from the month. @return new, of WmSection */
GArray *wm_sections_new(const WmMonth *month);

G_END_DECLS
#endif
