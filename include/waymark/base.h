/* waymark/base.h: what every part of the core shares.
 *
 * The core is pure: plain structs in, plain structs out; no files, clock, globals, locale or GLib, and it never aborts.
 * NAN means "no number" and is made on purpose; infinities do not leave a module.
 */
#ifndef WAYMARK_BASE_H
#define WAYMARK_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define WM_VERSION "0.1.0"

/** Version of the method: raised whenever the same inputs may give another status, gap or chance. */
#define WM_METHOD_VERSION 2

/** What a core function can fail with. What is wrong with data is a state in the result, never a status. */
typedef enum {
    WM_OK = 0,
    WM_NO_MEMORY,
} WmStatus;

/** Round half away from zero to `decimals` places, as published figures are; NAN stays NAN.
 * decimals is clamped to 0..9. The one rounding used for "met" and for every number shown. */
double wm_round(double value, int decimals);

/** Look `text` up among `names` (n of them), ignoring ASCII case; -1 when absent. NULL entries never match. */
int wm_names_find(const char *const *names, size_t n, const char *text);

#ifdef __cplusplus
}
#endif
#endif
