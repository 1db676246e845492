/* cli/progress_kind.h: how a long command tells on stderr how far it is. */
#ifndef WM_CLI_PROGRESS_KIND_H
#define WM_CLI_PROGRESS_KIND_H

#include <glib.h>

/* Auto is a line on a terminal and nothing elsewhere, json one object a line wherever it goes. */
typedef enum { PROGRESS_AUTO, PROGRESS_NEVER, PROGRESS_JSON } ProgressKind;

/* What --progress says; `text` NULL is auto, or never where the command is to be quiet. */
gboolean progress_kind_take(const char *text, gboolean is_quiet, ProgressKind *out, GError **error);

#endif
