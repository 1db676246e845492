/* cli/batch/pack_record.h: what a pack came to, kept beside it as record.json.
 *
 * It is written last, so that a pack without it is not whole. It says from what the pack was made (a key) and which files it has,
 * so that a rerun can tell what is missing or changed, and whoever makes it again knows what to take away first.
 */
#ifndef WM_CLI_BATCH_PACK_RECORD_H
#define WM_CLI_BATCH_PACK_RECORD_H

#include "cli/command.h"

typedef struct {
    char *name;                 /* of the pack */
    char *key;                  /* of what it was made from */
    int code;                   /* EXIT_DONE, or the exit code of what went wrong */
    char *message;              /* of what went wrong; "" */
    char *title, *area, *as_at; /* "" where it failed */
    gint64 n_series, n_status[WM_N_RAGS], n_exceptions, n_changes, n_errors, n_warnings;
} PackRecord;

PackRecord *pack_record_new(const char *name);
void pack_record_free(PackRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PackRecord, pack_record_free)

/* A pack that failed. New. */
PackRecord *pack_record_failed(const char *name, int code, const char *message);

/* Fill in what a month came to. */
void pack_record_take(PackRecord *self, const WmMonth *month);

/* What the folder's record.json says; NULL where there is none, or it is no record. New. */
PackRecord *pack_record_read(const char *folder);

/* Whether every file that the record names is there, of its size. */
gboolean pack_record_is_whole(const char *folder);

/* Take away the record, and then every file that it names. */
gboolean pack_record_clear(const char *folder, GError **error);

/* Write it, with all the files that are in the folder, which is the batch's own. */
gboolean pack_record_write(const PackRecord *self, const char *folder, GError **error);

#endif
