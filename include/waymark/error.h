/* waymark/error.h: the one kind of error outside the core: what, where, and what to do.
 *
 * A GError of WM_ERROR carries its place and its advice as data, so that JSON and editors get them too. Its message already reads
 * `file:line:column: what is wrong; what to do`.
 */
#ifndef WAYMARK_ERROR_H
#define WAYMARK_ERROR_H

#include <glib.h>

G_BEGIN_DECLS

#define WM_ERROR (wm_error_quark())
GQuark wm_error_quark(void);

/** What a caller would do differently; also the command's exit codes. */
typedef enum {
    WM_ERROR_FINDINGS = 1,    /* --fail-on found something */
    WM_ERROR_USAGE = 2,       /* the command's words are off */
    WM_ERROR_INPUT = 3,       /* input that cannot be used */
    WM_ERROR_FILE = 4,        /* a file, folder or store that cannot be read or written */
    WM_ERROR_INTERRUPTED = 5, /* the user stopped it */
} WmErrorCode;

/** Where and what to do. Members are NULL or 0 when they do not apply. */
typedef struct {
    const char *file;
    int line;   /* from 1 */
    int column; /* from 1: the field in its row */
    const char *advice;
} WmErrorPlace;

/** Set *error with a place. `place` may be NULL; its texts are copied. */
void wm_error_set(GError **error, WmErrorCode code, const WmErrorPlace *place, const char *format, ...) G_GNUC_PRINTF(4, 5);

/** The place carried by an error; members NULL or 0 for an error of another domain. Borrowed from the error. */
WmErrorPlace wm_error_place(const GError *error);

/** What is wrong, without the place and the advice that the message carries too; the whole message for an error of another domain.
 * Borrowed from the error. */
const char *wm_error_what(const GError *error);

G_END_DECLS
#endif
