/* waymark/store.h: drops and every vintage of every reading, in one SQLite file or in a PostgreSQL database.
 *
 * A *drop* is one delivery: immutable, hashed, dated by when it was received. A later drop may say something else about the same
 * period; both are kept, and the world as at a date is what the drops received by then said last.
 */
#ifndef WAYMARK_STORE_H
#define WAYMARK_STORE_H

#include <waymark/error.h>
#include <waymark/problems.h>
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
    WmDay withdrawn;       /* the day from which it no longer counts; WM_NO_DAY: it counts */
    WmDay since;           /* the day from which it counts: received, or the later one on which its file was read again */
    gint64 replaced_by;    /* the drop that its file, read again, makes from its day of withdrawal on; 0: none */
    const char *recipe;    /* SHA-256 of the recipe it was read by, hex; "" for none, NULL where that is not known */
} WmDropInfo;

/** Whether a drop no longer counts as at a day. */
static inline bool wm_drop_is_withdrawn(const WmDropInfo *drop, WmDay as_at)
{
    return drop->withdrawn != WM_NO_DAY && drop->withdrawn <= as_at;
}

/** One vintage of one reading, as it is handed to the store. */
typedef struct {
    const char *indicator, *unit, *cohort, *note;
    WmReading reading;
    int line, column; /* where in its file, from 1; 0: not said */
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

/** What counted for a period from a day on: what a drop said, or what a withdrawal left. */
typedef struct {
    WmReading reading;
    gint64 drop;          /* that says so */
    WmDay received;       /* the day from which it counts: received, or the later one withdrawn */
    bool is_illustrative; /* its note says so */
    bool is_partial;      /* derived, and parts of it were missing */
    bool is_gone;         /* a withdrawal left nothing: the reading is missing */
} WmVintage;

/** Whether a place is an address, and no file. */
bool wm_store_is_address(const char *place);

/** Whether there is a store at a place: nothing is made. FALSE with *error where the server cannot be asked. */
bool wm_store_exists(const char *place, bool *exists, GError **error);

/** Whether an address can be read, and has no password in it, which belongs in no file. FALSE with WM_ERROR_INPUT. */
bool wm_store_check_address(const char *address, GError **error);

/** Open a store, making it when absent, and migrate it to this version's schema.
 * @param place  an SQLite file, or the address of a PostgreSQL database, postgresql://…, without a password
 * @return new, or NULL with WM_ERROR_FILE: not a store, made by a newer version, locked, read-only … */
WmStore *wm_store_open(const char *place, GError **error);
void wm_store_close(WmStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmStore, wm_store_close)

/** Whether it can only be read: its file or folder is not writable. */
bool wm_store_is_read_only(const WmStore *self);

/** A private copy of a store, to try things on; it goes when it is closed. Kept in temporary files where it is large.
 * @return new, or NULL with WM_ERROR_FILE: no room for temporary files … */
WmStore *wm_store_open_copy(WmStore *original, GError **error);

/** A drop being written: rolled back unless committed. */
typedef struct WmDropWriter WmDropWriter;

/** Begin a drop. Borrows the store until commit or rollback; nothing else may use it meanwhile, for full batches of readings are
 * stored by a thread while the next ones are gathered. `hash` may be NULL: then wm_drop_set_content says it before the end. */
WmDropWriter *wm_store_begin_drop(WmStore *self, WmDay received, const char *file, const char *hash, GError **error);

/** Begin to read a drop's file again. The new drop takes its place among the others, and counts from `day` on (or from the day from
 * which the old one did, where that is later); until then the old one counts as it did. Other drops of the same content are read
 * so, too. Otherwise as wm_store_begin_drop. WM_ERROR_INPUT: no such drop, withdrawn, or replaced already. */
WmDropWriter *wm_store_begin_again(WmStore *self, gint64 drop, WmDay day, GError **error);

/** What a reading turned out to be, against what counted for its period when it came. */
typedef enum {
    WM_PUT_NEW,       /* nothing did */
    WM_PUT_REVISED,   /* another figure did */
    WM_PUT_UNCHANGED, /* this figure did */
} WmPut;

/** Store a reading. A second one of the same series and period in this drop is counted, and not stored twice, where it says the
 * same; else it is quarantined as conflicting_row, with its line and column, and its text to be filled in (wm_drop_next_conflict).
 * The texts are copied. An error may be that of an earlier reading. */
bool wm_drop_put(WmDropWriter *self, const WmStoredReading *reading, GError **error);

/** Keep a row that was refused. Copied. */
bool wm_drop_quarantine(WmDropWriter *self, const WmQuarantined *row, GError **error);

/** Note that the file was not UTF-8, and was read as Windows-1252. */
void wm_drop_set_windows_1252(WmDropWriter *self);

/** Say what the file's content is, once it is known. */
void wm_drop_set_content(WmDropWriter *self, const char *hash, gint64 n_bytes);

/** Say by which recipe it is read: its SHA-256, or "" for none. */
void wm_drop_set_recipe(WmDropWriter *self, const char *hash);

/** Count a row of the file, whatever became of it. */
void wm_drop_count_row(WmDropWriter *self);

/** Wait until everything is stored, and count what it amounts to. Nothing can be put afterwards. */
bool wm_drop_finish(WmDropWriter *self, GError **error);

/** Of a finished drop: the next line after `after_line` (0: from the beginning) whose refused row has no text yet; 0: none. */
bool wm_drop_next_conflict(WmDropWriter *self, int after_line, int *line, GError **error);

/** Fill in the text of refused rows of a line. */
bool wm_drop_set_raw(WmDropWriter *self, int line, const char *raw, GError **error);

/** Keep a finding about a finished drop's file as a whole. Its place's file is left to the drop. Copied. */
bool wm_drop_add_finding(WmDropWriter *self, const WmProblem *finding, GError **error);

/** What a finished drop amounts to; texts are borrowed from the writer. */
WmDropInfo wm_drop_info(const WmDropWriter *self);

/** Make the drop permanent, finishing it first. Takes the writer, whatever comes. */
bool wm_drop_commit(WmDropWriter *self, GError **error);

/** Undo the drop. Takes the writer; NULL is allowed. */
void wm_drop_rollback(WmDropWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmDropWriter, wm_drop_rollback)

/** Whether some drop may have come from a file of this size: if none did, its content is new, and need not be hashed to know that.
 */
bool wm_store_has_size(WmStore *self, gint64 n_bytes, bool *has, GError **error);

/** Content that came. */
typedef struct {
    WmDay received;
    const char *file, *hash;
    bool is_dry_run;    /* say what would happen; change nothing */
    const char *recipe; /* SHA-256 of what reads it; NULL or "": none */
} WmReceipt;

/** The drop that this content, received on this day under this name, is known as; 0: none is. -1 on error. */
gint64 wm_store_find_drop(WmStore *self, const WmReceipt *receipt, GError **error);

/** Note that content which the store has, read by the same recipe, was received again, on another day or under another name.
 *
 * Where a figure has changed in between, that is a drop of its own: it changes it back. Else it says nothing new: it is kept for
 * the day on which a drop in between comes late, and neither listed nor read before. out->id is that drop, or the earlier one that
 * it repeats, then with all counts 0; 0 where the content is not known. The texts of *out are NULL. */
bool wm_store_receive_again(WmStore *self, const WmReceipt *receipt, WmDropInfo *out, GError **error);

/** Say of a drop that another recipe would read it no otherwise. */
bool wm_store_set_recipe(WmStore *self, gint64 drop, const char *hash, GError **error);

/** The drops of the same content as one, that still count; without those that were read again. Elements are WmDropInfo with id,
 * received, file, since and withdrawn; texts live as long as the array. Caller unrefs. */
GArray *wm_store_same_content(WmStore *self, gint64 drop, GError **error);

/** Whether some drop has this content, read by this recipe; or by one that nothing is known of. */
bool wm_store_has_content(WmStore *self, const WmReceipt *receipt, bool *has, GError **error);

/** Withdraw a drop from a day on, or (WM_NO_DAY) restore it. Nothing is deleted: as at an earlier day it still counts, and history
 * shows it as withdrawn. A drop withdrawn by the day it was received never counts. *n_changed, unless NULL: how many of its figures
 * counted last, and so change. WM_ERROR_INPUT: no such drop. */
bool wm_store_set_withdrawn(WmStore *self, gint64 drop, WmDay day, gint64 *n_changed, GError **error);

/** The same, to see what would happen: nothing is changed. */
bool wm_store_try_withdrawal(WmStore *self, gint64 drop, WmDay day, gint64 *n_changed, GError **error);

/** Of a drop: the last one of the same day that stands after it, by file name, and gives another figure for something that it
 * gives, so that what this one says never counted; 0: none. */
bool wm_store_overruled(WmStore *self, gint64 drop, gint64 *by, GError **error);

/** Read several things as they are at one moment, whatever another process writes meanwhile. May be nested. */
bool wm_store_begin_read(WmStore *self, GError **error);
void wm_store_end_read(WmStore *self);

/** Drops received by `as_at`, by received date and file, withdrawn ones too. Elements are WmDropInfo; texts live as long as the
 * array. Caller unrefs. */
GArray *wm_store_drops(WmStore *self, WmDay as_at, GError **error);

/** The days up to `as_at` on which something was received or withdrawn, in order. Elements are WmDay. Caller unrefs. */
GArray *wm_store_days(WmStore *self, WmDay as_at, GError **error);

/** Every series that has a reading, by indicator, unit, cohort. Elements are WmSeriesKey; texts live as long as the array. Caller
 * unrefs. */
GArray *wm_store_series(WmStore *self, GError **error);

/** Those of some units (const char *) alone. */
GArray *wm_store_series_of(WmStore *self, const GPtrArray *units, GError **error);

/** Those of one indicator alone. */
GArray *wm_store_series_in(WmStore *self, const char *indicator, GError **error);

/** The units that have a series: a set of texts, owned by it. Caller unrefs. */
GHashTable *wm_store_units(WmStore *self, GError **error);

/** What counted for each period of a series from which day on, up to `as_at`, by period, then day, then file. A bare value takes
 * over the numerator and denominator it agrees with, of what counted before it. Elements are WmVintage. Caller unrefs. */
GArray *wm_store_vintages(WmStore *self, gint64 series, WmDay as_at, GError **error);

/** One vintage, as its drop gave it. */
typedef struct {
    WmReading reading; /* with the counts that a bare value takes over */
    gint64 drop;
    const char *file;
    WmDay received;
    WmDay withdrawn; /* by the as-at; WM_NO_DAY: not */
    const char *note;
    WmPut what;       /* against what counted for the period when it came, or what its own file said when it was read before */
    WmReading was;    /* that; its values NAN where there was nothing */
    double change;    /* value less that value; NAN where one of them has none */
    bool is_in_force; /* it is what counts as at that date */
} WmHistoryEntry;

/** Every vintage of a series from drops received by `as_at`, withdrawn ones too, by period, then received, then file. Elements are
 * WmHistoryEntry; texts live as long as the array. Caller unrefs. */
GArray *wm_store_history(WmStore *self, gint64 series, WmDay as_at, GError **error);

/** Look the store over: SQLite's integrity and foreign keys, every block's checksum and content, and whether each drop holds what
 * it says. Adds what is wrong to `problems`. Reads all of it. */
bool wm_store_check(WmStore *self, WmProblems *problems, GError **error);

/** What wm_store_transfer carried over. */
typedef struct {
    gint64 n_drops, n_series, n_readings, n_refused;
} WmStoreTransfer;

/** Copy all that one store holds into another, which is empty, whatever each is kept in; drops keep their numbers. What arrived is
 * then read back and held against what was sent, row by row, and only where all of it is the same does it stay. `out` may be NULL.
 * WM_ERROR_FILE: the other store is not empty, something arrived otherwise, or one of them cannot be read or written. */
bool wm_store_transfer(WmStore *from, WmStore *to, WmStoreTransfer *out, GError **error);

/** Copy the store to `path`, as it is at one moment, whatever another process writes meanwhile; the copy is looked over before it
 * takes the name. WM_ERROR_FILE: the name is taken and may not be replaced, no room, a damaged store; WM_ERROR_USAGE: `path` is an
 * address of a database. */
bool wm_store_backup(WmStore *self, const char *path, bool may_replace, GError **error);

/** Add the findings about a drop's file to `problems`, under the file's name `file`. */
bool wm_store_findings(WmStore *self, gint64 drop, const char *file, WmProblems *problems, GError **error);

/** Quarantined rows of a drop, by line. Elements are WmQuarantined; texts live as long as the array. Caller unrefs. */
GArray *wm_store_quarantine(WmStore *self, gint64 drop, GError **error);

/** Call `func` for each quarantined row of a drop, by line, in bounded memory; the row is borrowed for the call. False when it
 * returned false, with its *error. */
bool wm_store_each_quarantined(WmStore *self, gint64 drop, bool (*func)(const WmQuarantined *row, void *data, GError **error),
                               void *data, GError **error);

G_END_DECLS
#endif
