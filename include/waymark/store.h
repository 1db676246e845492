/* waymark/store.h: drops and every vintage of every reading, in one SQLite file.
 *
 * A *drop* is one delivery: immutable, hashed, dated by when it was received. A later drop may say something else about the same
 * period; both are kept, and the world as at a date is what the drops received by then said last.
 */
#ifndef WAYMARK_STORE_H
#define WAYMARK_STORE_H

#include <waymark/error.h>
#include <waymark/reading.h>

G_BEGIN_DECLS

typedef struct WmStore WmStore;

typedef struct {
    gint64 id;
    WmDay received;
    const char *file; /* as in the plan folder */
    const char *hash; /* SHA-256, hex */
    gint64 n_rows, n_loaded, n_revised, n_unchanged, n_quarantined;
    bool was_windows_1252; /* the file was not UTF-8, and was read as Windows-1252 */
} WmDropInfo;

/** One vintage of one reading, as it is handed to the store. */
typedef struct {
    const char *indicator, *unit, *cohort, *note;
    WmReading reading;
} WmStoredReading;

/** A row that was refused. */
typedef struct {
    int line;   /* from 1 */
    int column; /* field from 1; 0 for the row */
    const char *code;
    const char *message;
    const char *raw;
} WmQuarantined;

/** A series in the store. */
typedef struct {
    gint64 id;
    const char *indicator, *unit, *cohort;
} WmSeriesKey;

/** One reading with where it came from. */
typedef struct {
    WmReading reading;
    gint64 drop;
    WmDay received;
    bool is_illustrative; /* its note says so */
    bool is_partial;      /* derived, and parts of it were missing */
} WmVintage;

/** Open a store, making it when absent, and migrate it to this version's schema.
 * @return new, or NULL with WM_ERROR_FILE: not a store, made by a newer version, locked, read-only … */
WmStore *wm_store_open(const char *path, GError **error);
void wm_store_close(WmStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmStore, wm_store_close)

/** A drop being written: rolled back unless committed. */
typedef struct WmDropWriter WmDropWriter;

/** Begin a drop. Borrows the store until commit or free. */
WmDropWriter *wm_store_begin_drop(WmStore *self, WmDay received, const char *file, const char *hash, GError **error);

/** What a reading turned out to be. */
typedef enum {
    WM_PUT_NEW,       /* the period had no reading before */
    WM_PUT_REVISED,   /* it had, and another one */
    WM_PUT_UNCHANGED, /* it had, and this one */
    WM_PUT_REPEATED,  /* this drop has said the same already: counted, not stored twice */
    WM_PUT_CONFLICT,  /* this drop has said something else already: not stored */
} WmPut;

/** Store a reading. *put says what it was, against what drops before it, by received date and file, had said. A bare value that
 * agrees with an earlier numerator and denominator takes them over. */
bool wm_drop_put(WmDropWriter *self, const WmStoredReading *reading, WmPut *put, GError **error);
bool wm_drop_quarantine(WmDropWriter *self, const WmQuarantined *row, GError **error);

/** Note that the file was not UTF-8, and was read as Windows-1252. */
void wm_drop_set_windows_1252(WmDropWriter *self);

/** Count a row of the file, whatever became of it. */
void wm_drop_count_row(WmDropWriter *self);

/** What the drop amounts to so far; texts are borrowed from the writer. */
WmDropInfo wm_drop_info(const WmDropWriter *self);

/** Make the drop permanent. Takes the writer, whatever comes. */
bool wm_drop_commit(WmDropWriter *self, GError **error);

/** Undo the drop. Takes the writer; NULL is allowed. */
void wm_drop_rollback(WmDropWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmDropWriter, wm_drop_rollback)

/** Whether a file of this content, received on this day, would tell the store nothing: it was received that day already, or earlier
 * and no figure of it has changed since. Its drop's id, or 0. -1 on error. */
gint64 wm_store_find_drop(WmStore *self, const char *hash, WmDay received, GError **error);

/** Drops received by `as_at`, by received date and file. Elements are WmDropInfo; texts live as long as the array. Caller unrefs.
 */
GArray *wm_store_drops(WmStore *self, WmDay as_at, GError **error);

/** Every series that has a reading, by indicator, unit, cohort. Elements are WmSeriesKey; texts live as long as the array. Caller
 * unrefs. */
GArray *wm_store_series(WmStore *self, GError **error);

/** Every vintage of a series from drops received by `as_at`, by period, then received, then file. Elements are WmVintage. Caller
 * unrefs. */
GArray *wm_store_vintages(WmStore *self, gint64 series, WmDay as_at, GError **error);

/** Quarantined rows of a drop, by line. Elements are WmQuarantined; texts live as long as the array. Caller unrefs. */
GArray *wm_store_quarantine(WmStore *self, gint64 drop, GError **error);

G_END_DECLS
#endif
