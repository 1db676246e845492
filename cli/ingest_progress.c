/* How far a file has been read. */
#include "cli/ingest_progress.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

#define REFRESH_US 200000 /* between two words of it */

gboolean ingest_progress_init(IngestProgress *self, const char *text, gboolean is_quiet, GError **error)
{
    *self = (IngestProgress){.shown = g_get_monotonic_time()};
    if (text && strcmp(text, "auto") != 0 && strcmp(text, "never") != 0 && strcmp(text, "json") != 0) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give auto, never or json"}, "--progress “%s” is not known",
                     text);
        return FALSE;
    }
    self->is_json = g_strcmp0(text, "json") == 0;
    self->is_line = !is_quiet && (!text || strcmp(text, "auto") == 0) && isatty(STDERR_FILENO);
    return TRUE;
}

static void tell_json(const IngestProgress *self, gint64 n_rows)
{
    cJSON *event = cJSON_CreateObject();
    cJSON_AddStringToObject(event, "event", "rows");
    cJSON_AddStringToObject(event, "file", self->file);
    cJSON_AddNumberToObject(event, "rows", (double)n_rows);
    char *text = cJSON_PrintUnformatted(event);
    fprintf(stderr, "%s\n", text);
    cJSON_free(text);
    cJSON_Delete(event);
}

bool ingest_progress_tell(gint64 n_rows, void *data, GError **error)
{
    IngestProgress *self = data;
    const gint64 now = g_get_monotonic_time();
    if (is_interrupted(error))
        return false;
    if (now - self->shown < REFRESH_US)
        return true;
    self->shown = now;
    if (self->is_json)
        tell_json(self, n_rows);
    if (self->is_line) {
        fprintf(stderr, "\r\033[K%s: %" G_GINT64_FORMAT " rows", self->file, n_rows);
        fflush(stderr);
        self->has_line = TRUE;
    }
    return true;
}

void ingest_progress_end(IngestProgress *self)
{
    if (self->has_line)
        fputs("\r\033[K", stderr);
    self->has_line = FALSE;
}
