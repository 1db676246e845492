/* engine/data/drop/delivery.h: the step between reading a drop and making it permanent. */
#ifndef WM_DATA_DELIVERY_H
#define WM_DATA_DELIVERY_H

#include <waymark/ingest.h>

/* Called when a drop is whole and about to be made permanent; FALSE stops it, with *error set. */
typedef struct {
    gboolean (*func)(gpointer data, GError **error);
    gpointer data;
} BeforeCommit;

/* wm_ingest_file, with a step before the commit; NULL for none. */
gboolean ingest_file(WmStore *store, const WmPlan *plan, const WmIngestRequest *request, const BeforeCommit *before,
                     WmIngestResult *out, GError **error);

#endif
