/* How far a command is. */
#include "cli/progress_line.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <unistd.h>

#include "engine/core/text/names.h"

#define REFRESH_US 200000 /* between two words of it */

gboolean progress_kind_take(const char *text, gboolean is_quiet, ProgressKind *out, GError **error)
{
    static const char *const KINDS[] = {[PROGRESS_NEVER] = "never", [PROGRESS_AUTO] = "auto", [PROGRESS_JSON] = "json"};
    const int found = text ? wm_names_find(KINDS, G_N_ELEMENTS(KINDS), text) : PROGRESS_AUTO;
    if (found < 0) {
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give auto, never or json"}, "--progress “%s” is not known",
                     text);
        return FALSE;
    }
    *out = (ProgressKind)found;
    if (*out == PROGRESS_AUTO && (is_quiet || !isatty(STDERR_FILENO)))
        *out = PROGRESS_NEVER;
    return TRUE;
}

static void tell_json(const ProgressStep *step)
{
    cJSON *event = cJSON_CreateObject();
    cJSON_AddStringToObject(event, "event", step->event);
    if (step->what)
        cJSON_AddStringToObject(event, "what", step->what);
    if (step->done || step->of)
        cJSON_AddNumberToObject(event, "done", (double)step->done);
    if (step->of)
        cJSON_AddNumberToObject(event, "of", (double)step->of);
    char *text = cJSON_PrintUnformatted(event);
    fprintf(stderr, "%s\n", text);
    cJSON_free(text);
    cJSON_Delete(event);
}

static void show_line(ProgressLine *self, const ProgressStep *step)
{
    fprintf(stderr, "\r\033[K%s%s", step->what ? step->what : "", step->what ? ": " : "");
    if (step->of)
        fprintf(stderr, "%zu of %zu ", step->done, step->of);
    else if (step->done)
        fprintf(stderr, "%zu ", step->done);
    fputs(step->event, stderr);
    fflush(stderr);
    self->has_line = TRUE;
}

void progress_line_tell(ProgressLine *self, const ProgressStep *step)
{
    const gint64 now = g_get_monotonic_time();
    const gboolean is_more_of_it = step->done > 0 && step->done != step->of && step->what == self->what;
    if (self->kind == PROGRESS_NEVER || (is_more_of_it && now - self->shown < REFRESH_US))
        return;
    self->shown = now;
    self->what = step->what;
    if (self->kind == PROGRESS_JSON)
        tell_json(step);
    else
        show_line(self, step);
}

void progress_line_end(ProgressLine *self)
{
    if (self->has_line)
        fputs("\r\033[K", stderr);
    self->has_line = FALSE;
}
