/* cli/ingest_progress.h: how far a file has been read: a line on a terminal, or JSON lines. */
#ifndef WM_CLI_INGEST_PROGRESS_H
#define WM_CLI_INGEST_PROGRESS_H

#include <stdbool.h>
#include <waymark/error.h>

typedef struct {
    const char *file;
    gboolean is_line, is_json; /* what is shown; neither: nothing */
    gboolean has_line;         /* a line without an end stands on the terminal */
    gint64 shown;              /* when, in us */
} IngestProgress;

/* What `--progress` says: auto (NULL), never or json; `is_quiet` is never, unless it says otherwise. */
gboolean ingest_progress_init(IngestProgress *self, const char *text, gboolean is_quiet, GError **error);

/* A WmIngestRequest's progress, its data the IngestProgress. */
bool ingest_progress_tell(gint64 n_rows, void *data, GError **error);

/* A file has ended: take the line away. */
void ingest_progress_end(IngestProgress *self);

#endif
