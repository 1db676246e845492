/* engine/data/issue/issued_private.h: what the files about issued packs share. */
#ifndef WM_DATA_ISSUED_PRIVATE_H
#define WM_DATA_ISSUED_PRIVATE_H

#include <waymark/issued.h>

#define ISSUED_FOLDER   "issued"
#define ISSUED_MANIFEST "manifest.json"
#define ISSUED_PLAN     "plan" /* the plan's own files, within a pack */

struct WmIssuedStorage {
    GStringChunk *texts;
    GArray *files; /* of WmIssuedFile */
};

/* A pack without a file. New. */
WmIssued *issued_alloc(const char *folder, WmDay as_at, int number);

/* Texts are copied. */
void issued_add_file(WmIssued *self, const char *file, gint64 n_bytes, const char *sha256);

/* The pack that lies in a folder, by its manifest. New; NULL with *error. */
WmIssued *issued_read(const char *folder, WmDay as_at, int number, GError **error);

#endif
