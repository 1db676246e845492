/* Names of events. */
#include <waymark/event.h>

#include "engine/core/text/names.h"

static const char *const EVENT_KIND_NAMES[WM_N_EVENT_KINDS] = {
    [WM_EVENT_BREAK] = "break", [WM_EVENT_INTERVENTION] = "intervention", [WM_EVENT_OUTLIER] = "outlier"};

WM_DEFINE_NAMES(wm_event_kind, WmEventKind, EVENT_KIND_NAMES)
