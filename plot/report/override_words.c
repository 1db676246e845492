/* Statuses that a person has set: who, why, until when, and what the figures say. */
#include <string.h>

#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

static const char *say_role(const WmSeriesOverride *override)
{
    return *override->by_role ? override->by_role : "a person";
}

static const char *say_reason(const WmSeriesOverride *override)
{
    return *override->reason ? override->reason : "no reason given";
}

static WmProse *say_in_force(WmDocument *document, const WmSeries *series)
{
    const WmSeriesOverride *override = &series->override;
    const WmRag computed = wm_verdict_computed(series->assessment.verdict);
    const char *until = override->expires == WM_NO_DAY
                            ? ", without an end"
                            : wm_document_textf(document, " until %s", wm_say_day(document, override->expires));
    WmProse *prose = wm_document_prosef(document, "Set to %s by %s%s: %s", wm_status_look(override->status)->word,
                                        say_role(override), until, say_reason(override));
    wm_prose_addf(prose, WM_RUN_PLAIN, "%s By the figures it is %s.", wm_say_stop(say_reason(override)),
                  wm_status_look(computed)->word);
    return prose;
}

static WmProse *say_run_out(WmDocument *document, const WmSeries *series)
{
    const WmSeriesOverride *override = &series->override;
    g_autofree char *reason = g_strdup(say_reason(override));
    if (g_str_has_suffix(reason, "."))
        reason[strlen(reason) - 1] = 0; /* it stands in brackets */
    return wm_document_prosef(document,
                              "%s set it to %s until %s (%s). That has run out, and the status is that of the figures again.",
                              *override->by_role ? override->by_role : "A person", wm_status_look(override->status)->word,
                              wm_say_day(document, override->expires), reason);
}

/* News of the report, not a reminder for ever. */
static bool has_run_out_since(const WmMonth *month, const WmSeries *series)
{
    return series->override.state == WM_OVERRIDE_EXPIRED &&
           (month->previous_as_at == WM_NO_DAY || series->override.expires >= month->previous_as_at);
}

WmProse *wm_say_override(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    if (series->override.state == WM_OVERRIDE_IN_FORCE)
        return say_in_force(document, series);
    return has_run_out_since(month, series) ? say_run_out(document, series) : NULL;
}
