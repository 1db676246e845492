/* cli/batch/progress.h: how far a batch is: a line on a terminal, JSON lines in a log. */
#ifndef WM_CLI_BATCH_PROGRESS_H
#define WM_CLI_BATCH_PROGRESS_H

#include "cli/batch/batch.h"
#include "cli/progress_line.h"

typedef struct Progress Progress;

/* Begin to tell of `n` packs. The log is OUT/log.jsonl, begun afresh; `kind` is about stderr: auto is a line on a terminal and
 * nothing elsewhere. NULL with *error when the log cannot be written. */
Progress *progress_new(ProgressKind kind, const char *out, size_t n, GError **error);
void progress_free(Progress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Progress, progress_free)

/* A pack has ended; `message` says what went wrong, or is NULL. */
void progress_pack(Progress *self, const char *pack, PackEnd end, const char *message);

/* Time goes by. */
void progress_tick(Progress *self);

/* The last words of the log, which is closed. */
void progress_end(Progress *self, gboolean was_interrupted);

/* Whether the log could not be written: it was told once, and the batch went on. */
gboolean progress_has_lost_log(const Progress *self);

/* How many packs ended so. */
size_t progress_count(const Progress *self, PackEnd end);
double progress_seconds(const Progress *self);

#endif
