/* waymark/event.h: what is known to have happened to a measure, beside its readings. */
#ifndef WAYMARK_EVENT_H
#define WAYMARK_EVENT_H

#include <waymark/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_EVENT_BREAK,        /* a change of definition: before and after do not compare */
    WM_EVENT_INTERVENTION, /* something was done; it may shift the level */
    WM_EVENT_OUTLIER,      /* a period to leave out */
    WM_N_EVENT_KINDS,
} WmEventKind;

typedef struct {
    WmPeriod period;
    WmEventKind kind;
    const char *title; /* borrowed */
} WmEvent;

const char *wm_event_kind_name(WmEventKind kind);
bool wm_event_kind_parse(const char *text, WmEventKind *out);

#ifdef __cplusplus
}
#endif
#endif
