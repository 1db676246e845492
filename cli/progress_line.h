/* cli/progress_line.h: how far a command is, on stderr: one line of a terminal, written over, or JSON lines. */
#ifndef WM_CLI_PROGRESS_LINE_H
#define WM_CLI_PROGRESS_LINE_H

#include <waymark/error.h>

/* Auto is a line on a terminal and nothing elsewhere, json one object a line wherever it goes. */
typedef enum { PROGRESS_NEVER, PROGRESS_AUTO, PROGRESS_JSON } ProgressKind;

/* What --progress says; `text` NULL is auto. Auto is never where there is no terminal, or the command is to be quiet. */
gboolean progress_kind_take(const char *text, gboolean is_quiet, ProgressKind *out, GError **error);

/* Ready when `kind` is set and the rest is zero; all zero, it tells nothing. */
typedef struct {
    ProgressKind kind;
    gboolean has_line; /* a line without an end stands on the terminal */
    const char *what;  /* of the last word; compared, not read */
    gint64 shown;      /* when that was, us */
} ProgressLine;

/* "somerset.csv: 200000 rows", "12 of 62 series charted", "assessments". */
typedef struct {
    const char *event; /* what is counted, or done: "rows" */
    const char *what;  /* of which file or paper; NULL: of all */
    size_t done, of;   /* `of` 0: nobody knows yet */
} ProgressStep;

/* Tell it, if the last word is long enough ago; the first and the last step of a count, and one about something else, are always
 * told. */
void progress_line_tell(ProgressLine *self, const ProgressStep *step);

/* Take the line away. */
void progress_line_end(ProgressLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ProgressLine, progress_line_end)

#endif
