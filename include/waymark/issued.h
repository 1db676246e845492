/* waymark/issued.h: papers as they were put to a board: frozen under a plan's issued/, with what they were made of.
 *
 * A pack is the folder issued/DATE (DATE the as-at; issued again DATE~2, DATE~3 …). It holds the month's files, a copy of the
 * plan's own files under plan/, and manifest.json: each file with its length and SHA-256, the drops that counted, the versions. It
 * appears whole or not at all, and nothing ever writes into it again.
 */
#ifndef WAYMARK_ISSUED_H
#define WAYMARK_ISSUED_H

#include <waymark/month.h>

G_BEGIN_DECLS

typedef struct {
    const char *file; /* within the pack */
    gint64 n_bytes;
    const char *sha256;
} WmIssuedFile;

typedef struct WmIssuedStorage WmIssuedStorage;

/** A pack, as its manifest has it. Texts are its own. */
typedef struct {
    const char *name;   /* "2022-03-31", "2022-03-31~2" */
    const char *folder; /* its path */
    WmDay as_at;
    int number; /* 1, 2 … of its as-at */
    const char *waymark_version, *plan_version;
    int method_version;
    const WmIssuedFile *files; /* n_files, by name */
    size_t n_files;
    size_t n_drops;
    const char *sha256; /* of the manifest: who writes this down can tell whether the pack is the one that was issued */
    WmIssuedStorage *storage;
} WmIssued;

void wm_issued_free(WmIssued *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmIssued, wm_issued_free)

/** Every pack of a plan, by as-at and number; folders without a manifest are passed over. New, of WmIssued; NULL with WM_ERROR_FILE
 * or WM_ERROR_INPUT for a manifest that cannot be read. */
GPtrArray *wm_issued_list(const char *plan_folder, GError **error);

/** The last of a list by an as-at, and before pack `number` of that as-at (0: any). Borrowed; NULL for none. */
const WmIssued *wm_issued_last(const GPtrArray *packs, WmDay as_at, int number);

/** Keep a month's exceptions to what an earlier pack put to the board, where the plan or the files of that time were edited since.
 * One that the pack showed open and that is one now goes on under its own opening; one that by the plan of now was none that day is
 * recorded as closed (WM_CLOSING_REPLANNED), on the first reporting date after the pack's.
 *
 * @param month  of a later as-at, not a public one; its records are made again
 * @param store  of the month; borrowed for the call
 */
bool wm_issued_keep_exceptions(const WmIssued *self, WmMonth *month, WmStore *store, GError **error);

/** What has become of a file of a pack. */
typedef enum { WM_ISSUED_UNCHANGED, WM_ISSUED_CHANGED, WM_ISSUED_MISSING, WM_ISSUED_UNLISTED, WM_N_ISSUED_STATES } WmIssuedState;

typedef struct {
    char *file;
    WmIssuedState state;
} WmIssuedCheck;

/** Hold a pack's files against its manifest. New, of WmIssuedCheck, by name; NULL with WM_ERROR_FILE. */
GArray *wm_issued_verify(const WmIssued *self, GError **error);

/** Complete a folder that holds a month's files as pack `number`: the plan's own files into plan/, then manifest.json.
 *
 * @param plan_path  as given to wm_plan_read
 * @return the pack as its manifest has it, new; NULL with WM_ERROR_FILE
 */
WmIssued *wm_issued_complete(const WmMonth *month, const char *plan_path, const char *folder, int number, GError **error);

/** Whether two packs hold the same files, byte for byte; else the first name that differs, borrowed, in *differs. */
bool wm_issued_same(const WmIssued *a, const WmIssued *b, const char **differs);

/** The name of pack `number` of an as-at: "2022-03-31~2". Caller frees. */
char *wm_issued_name(WmDay as_at, int number);

const char *wm_issued_state_name(WmIssuedState state);

G_END_DECLS
#endif
