/* engine/data/drop/ingest_preview.h: what a drop that is being written would refuse and change. */
#ifndef WM_DATA_INGEST_PREVIEW_H
#define WM_DATA_INGEST_PREVIEW_H

#include <waymark/ingest.h>

/* Add a drop's refused rows, and the figures in which it differs from what counted before it. Costs a look at every series. */
gboolean ingest_preview_fill(WmIngestPreview *self, WmStore *store, gint64 drop, GError **error);

#endif
