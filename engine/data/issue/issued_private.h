/* engine/data/issue/issued_private.h: what the files about issued packs share. */
#ifndef WM_DATA_ISSUED_PRIVATE_H
#define WM_DATA_ISSUED_PRIVATE_H

#include <waymark/issued.h>

#include "engine/data/recipe/sheet_row.h"

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

/* A row of one of a pack's tables, and a cell of it; "" where there is no such column. Borrowed for the call. */
typedef struct {
    const GPtrArray *header; /* of char * */
    const SheetRow *row;
} IssuedRow;

const char *issued_cell(const IssuedRow *self, const char *column);

/* Every row of a table of a pack, but for its header. FALSE with *error. */
gboolean issued_read_table(const WmIssued *self, const char *name, void (*func)(const IssuedRow *row, gpointer data), gpointer data,
                           GError **error);

gboolean issued_has_file(const WmIssued *self, const char *name);

#endif
