/* The words of --progress. */
#include "cli/progress_kind.h"

#include <waymark/error.h>

#include "engine/core/text/names.h"

gboolean progress_kind_take(const char *text, gboolean is_quiet, ProgressKind *out, GError **error)
{
    static const char *const KINDS[] = {[PROGRESS_AUTO] = "auto", [PROGRESS_NEVER] = "never", [PROGRESS_JSON] = "json"};
    *out = is_quiet ? PROGRESS_NEVER : PROGRESS_AUTO;
    if (!text)
        return TRUE;
    const int found = wm_names_find(KINDS, G_N_ELEMENTS(KINDS), text);
    if (found < 0)
        wm_error_set(error, WM_ERROR_USAGE, &(WmErrorPlace){.advice = "give auto, never or json"}, "--progress “%s” is not known",
                     text);
    else
        *out = (ProgressKind)found;
    return found >= 0;
}
