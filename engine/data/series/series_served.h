/* engine/data/series/series_served.h: assessments of a unit's series that the store's own server made.
 *
 * The server reads the readings where they are, and sends a row a series. What it says is taken over where it was made from the
 * very input that would have been assessed here, to the bit; a series that is derived, or whose past left a figure that no single
 * drop gives, is assessed here, and so is everything where the server cannot. So the answer is the same either way. */
#ifndef WM_DATA_SERIES_SERVED_H
#define WM_DATA_SERIES_SERVED_H

#include <waymark/store.h>

#include "engine/data/series/series_view.h"

typedef struct ServedAssessments ServedAssessments;

/* Of the series of one unit; both borrowed. New. */
ServedAssessments *served_new(WmStore *store, const char *unit);
void served_free(ServedAssessments *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ServedAssessments, served_free)

/* Ask for this one, too; where its priors are a file's with its vintages, which are kept, and its tools; else without. Its texts,
 * plan, peers and tools are borrowed. */
void served_want(ServedAssessments *self, gint64 series, const SeriesSource *source);

/* Ask the server for all of them on one day; within a read of the store. FALSE with WM_ERROR_FILE. */
gboolean served_ask(ServedAssessments *self, WmDay day, WmAssessScope scope, GError **error);

/* Take over what the server made of this input, if it did. `self` may be NULL. */
gboolean served_take(ServedAssessments *self, const SeriesSource *source, WmDay day, const WmAssessmentInput *input,
                     WmAssessment *out);

/* How many were taken over. */
size_t served_n_taken(const ServedAssessments *self);

#endif
