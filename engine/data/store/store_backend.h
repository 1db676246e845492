/* engine/data/store/store_backend.h: what a store is kept in.
 *
 * What drops, vintages and withdrawals mean is decided once, in this folder. A backend keeps rows: it runs the statements of
 * store_statements.h, whose SQL is common, and reads and writes readings, whose form is its own: SQLite keeps blocks of them,
 * PostgreSQL a row each.
 *
 * A query belongs to its store, and is in use until it is reset: by stepping to its end, or by asking for it again.
 */
#ifndef WM_DATA_STORE_BACKEND_H
#define WM_DATA_STORE_BACKEND_H

#include <waymark/problems.h>
#include <waymark/store.h>

#include "engine/data/store/reading_block.h"
#include "engine/data/store/store_assess.h"
#include "engine/data/store/store_names.h"
#include "engine/data/store/store_statements.h"

/* A statement, ready to be bound. Parameters are numbered from 1, columns from 0. A backend's own begins with it. */
typedef struct {
    WmStore *store; /* borrowed */
} StoreQuery;

typedef enum { STEP_ROW, STEP_DONE, STEP_FAILED } StoreStep;

typedef enum { TO_READ, TO_WRITE } StoreAccess;

/* Which readings to read: those that are asked for, and perhaps neighbours. */
typedef struct {
    guint32 first_bunch, last_bunch;
    guint32 first_period, last_period; /* block_period_key; blocks that may hold them */
    guint32 series;                    /* this one alone; 0: all */
    gint64 content;                    /* this one alone; 0: all */
} ReadingRange;

/* A reading, and the drop whose content it is. FALSE: it cannot be. */
typedef gboolean (*ReadingFunc)(gint64 content, const BlockReading *reading, gpointer data);

typedef struct {
    gint64 max_drops; /* that it can number; and parts of one */
    guint32 max_parts;
    void (*close)(WmStore *self); /* all but the WmStore's own members */
    gboolean (*is_read_only)(const WmStore *self);

    /* One transaction at a time. To read: one moment, whatever others write. To write: whoever else wants to waits. */
    gboolean (*begin)(WmStore *self, StoreAccess access, const char *doing, GError **error);
    gboolean (*commit)(WmStore *self, const char *doing, GError **error);
    void (*rollback)(WmStore *self);

    /* A number that is another one when somebody else may have changed the drops. Within a transaction. */
    gboolean (*version)(WmStore *self, gint64 *out, GError **error);

    StoreQuery *(*query)(WmStore *self, Statement which, GError **error); /* borrowed */
    void (*set_whole)(StoreQuery *self, int i, gint64 number);
    void (*set_null)(StoreQuery *self, int i);
    void (*set_day)(StoreQuery *self, int i, WmDay day); /* WM_NO_DAY: NULL */
    void (*set_flag)(StoreQuery *self, int i, gboolean flag);
    void (*set_text)(StoreQuery *self, int i, const char *text); /* borrowed until it is reset; NULL: NULL */
    StoreStep (*step)(StoreQuery *self, const char *doing, GError **error);
    void (*reset)(StoreQuery *self);
    gint64 (*whole)(StoreQuery *self, int i); /* 0 for NULL */
    WmDay (*day)(StoreQuery *self, int i);    /* WM_NO_DAY for NULL */
    gboolean (*flag)(StoreQuery *self, int i);
    const char *(*text)(StoreQuery *self, int i); /* borrowed until the next step; NULL for NULL */

    /* The ids of names, found or else added, appended to `ids` (of gint64). Where names begin anew, older ones are not used again.
     */
    gboolean (*learn_series)(WmStore *self, const FreshNames *names, GArray *ids, GError **error);
    gboolean (*learn_notes)(WmStore *self, const FreshNames *names, GArray *ids, GError **error);
    gboolean (*read_note)(WmStore *self, guint32 note, char **out, GError **error); /* new; "" for 0 */

    /* Add sorted readings of one bunch to the drop, as its part `part`. They are there once the part is ended. */
    gboolean (*add_readings)(WmStore *self, gint64 drop, guint32 part, const BlockReading *readings, size_t n, GError **error);
    gboolean (*end_part)(WmStore *self, GError **error);

    /* Call `func` for the readings of a range, in no order. */
    gboolean (*each_reading)(WmStore *self, const ReadingRange *range, ReadingFunc func, gpointer data, GError **error);
    /* These series (WmSeriesKey) are likely to be read next, in this order. NULL: of no use. */
    void (*expect)(WmStore *self, const GArray *keys);
    /* Append, of one content, ranges (of ReadingRange) that hold all its readings. */
    gboolean (*list_ranges)(WmStore *self, gint64 content, GArray *out, GError **error);
    /* Whether another content may have readings in the range. */
    gboolean (*has_others)(WmStore *self, const ReadingRange *range, gint64 content, gboolean *out, GError **error);

    /* store_can_assess, store_assess; NULL: it has no server. */
    gboolean (*can_assess)(WmStore *self, gboolean *can, GError **error);
    gboolean (*assess)(WmStore *self, const AssessQuestion *question, AssessedFunc func, gpointer data, GError **error);

    gboolean (*check)(WmStore *self, WmProblems *problems, GError **error);
    WmStore *(*copy)(WmStore *self, GError **error);                                       /* wm_store_open_copy */
    gboolean (*backup)(WmStore *self, const char *part, const char *path, GError **error); /* into a new file `part` */
} StoreBackend;

/* Transactions and statements: in a backend's main file they are functions of these names. */
#define STORE_BACKEND_BASICS                                                                                                    \
    .close = close_store, .is_read_only = is_read_only, .begin = begin, .commit = commit, .rollback = rollback,                 \
    .version = version, .query = query, .set_whole = set_whole, .set_null = set_null, .set_day = set_day, .set_flag = set_flag, \
    .set_text = set_text, .step = step, .reset = reset, .whole = whole, .day = day, .flag = flag, .text = text

#endif
