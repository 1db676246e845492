/* engine/data/series/veil.h: the readings of a public pack: each period's figure of now, and none where it is hidden. */
#ifndef WM_DATA_VEIL_H
#define WM_DATA_VEIL_H

#include <waymark/public.h>

/* Show of a series' vintages (WmVintage, by period, then received) only what everybody may see. Every vintage of a period says what
 * the last one says, for the difference of two may be small; hidden periods are suppressed. */
void veil_vintages(const WmPublic *hidden, const char *indicator, const char *unit, const char *cohort, GArray *vintages);

/* Of readings that are shown by nobody, but made into others: the figures of now alone, rounded where counts are. */
void veil_published(const WmPublic *hidden, const WmPlan *plan, const char *indicator, GArray *vintages);

#endif
