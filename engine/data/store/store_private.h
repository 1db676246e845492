/* engine/data/store/store_private.h: what the store's files share. */
#ifndef WM_DATA_STORE_PRIVATE_H
#define WM_DATA_STORE_PRIVATE_H

#include <sqlite3.h>
#include <waymark/store.h>

#include "engine/data/store/store_blocks.h"
#include "engine/data/store/store_chain.h"
#include "engine/data/store/store_schema.h"

/* Every statement the store runs, prepared when it is first asked for. */
typedef enum {
    ADD_DROP,
    CLOSE_DROP,
    READ_COUNTS,
    COPY_DROP,
    FIND_DROP,
    FIND_CONTENT,
    FIND_EARLIER,
    HAS_SIZE,
    LIST_DROPS,
    LIST_FACTS,
    SET_WITHDRAWN,
    ADD_COUNTS,
    MARK_SILENT,
    SET_REPLACED,
    SET_RECIPE,
    LIST_SAME,
    FIND_SERIES,
    ADD_SERIES,
    LIST_SERIES,
    LIST_SERIES_OF,
    LIST_UNITS,
    FIND_NOTE,
    ADD_NOTE,
    READ_NOTE,
    ADD_BLOCK,
    LIST_BLOCKS,
    LIST_BUNCHES,
    HAS_OTHERS,
    ADD_QUARANTINE,
    LIST_QUARANTINE,
    NEXT_CONFLICT,
    ADD_FINDING,
    LIST_FINDINGS,
    SET_RAW,
    DATA_VERSION,
    N_STATEMENTS,
} Statement;

/* What reading the blocks needs to know of a drop. */
typedef struct {
    gint64 id, content;
    WmDay received, since, withdrawn; /* `since` is the day from which it counts: received, but for a drop read again */
    gboolean is_silent;
    guint32 replaced_by; /* the place of the drop that stands for it; CHAIN_STANDS: none */
    int next;            /* place of the next drop of this content; -1: none */
} DropFact;

struct WmStore {
    char *path;
    sqlite3 *db;
    sqlite3_stmt *statements[N_STATEMENTS];
    int depth; /* of nested reads and writes; 0: no transaction */

    GArray *facts;        /* of DropFact, in the order of drops; NULL: to be read */
    GHashTable *contents; /* content -> place of its first drop, plus 1 */
    int data_version;     /* of `facts` */
};

/* A statement, ready to be bound; NULL with *error set. Borrowed. */
sqlite3_stmt *store_statement(WmStore *self, Statement which, GError **error);

/* The same with whole numbers bound to its first parameters. */
sqlite3_stmt *store_bound(WmStore *self, Statement which, const gint64 *numbers, int n, GError **error);
#define STORE_BOUND(self, which, error, ...)                                                                                   \
    store_bound((self), (which), (const gint64[]){__VA_ARGS__}, (int)(sizeof((const gint64[]){__VA_ARGS__}) / sizeof(gint64)), \
                (error))

/* Run a statement that gives no rows. */
gboolean store_run(WmStore *self, sqlite3_stmt *statement, const char *doing, GError **error);

/* The whole number in the first row's first column; `absent` where there is no row. FALSE with *error set. */
gboolean store_ask(WmStore *self, sqlite3_stmt *statement, gint64 absent, gint64 *out, GError **error);

/* A writing transaction; nothing may be open. */
gboolean store_begin_write(WmStore *self, const char *doing, GError **error);
gboolean store_commit_write(WmStore *self, const char *doing, GError **error);
void store_rollback_write(WmStore *self);

/* What is known of the drops, in their order. Within a transaction. Borrowed until the next change. */
const GArray *store_facts(WmStore *self, GError **error);
void store_forget_facts(WmStore *self);
DropFact *store_fact(WmStore *self, gint64 drop);

/* Which blocks to read. */
typedef struct {
    guint32 first_bunch, last_bunch;
    guint32 first_period, last_period; /* blocks that may hold them */
    guint32 series;                    /* this one alone; 0: all */
    gboolean with_silent;              /* drops that are no news, too */
} BlockQuery;

/* Append every vintage that the query's blocks hold, one for each drop of the content; unsorted. Elements are ChainVintage. Within
 * a transaction. */
gboolean store_read_blocks(WmStore *self, const BlockQuery *query, GArray *out, GError **error);

/* Every vintage of one series as the drops gave it, sorted. Elements are ChainVintage. New. Within a transaction. */
GArray *store_read_series(WmStore *self, gint64 series, GError **error);

/* The text of a note, new; "" for 0. */
gboolean store_read_note(WmStore *self, guint32 note, char **out, GError **error);

/* A change to what a drop counts for; the last is none. */
typedef enum { DROP_ADDED, DROP_WITHDRAWN, DROP_RESTORED, DROP_AS_IT_IS } DropChange;

/* Bring the drops' counts of revised and unchanged readings in line with a change of one drop. `withdrawn` is the day that the
 * change sets, or takes away. *n_changed, unless NULL, is how many of its figures a withdrawal changes, or gives back. Within a
 * writing transaction; the facts still show what was before, but for an added drop. */
gboolean store_tally(WmStore *self, gint64 drop, DropChange change, WmDay withdrawn, gint64 *n_changed, GError **error);

/* Add a drop of a content that the store has, and count it; its place is by `receipt`, and it counts from `since` on. */
gboolean store_add_copy(WmStore *self, gint64 content, const WmReceipt *receipt, WmDay since, gint64 *drop, GError **error);

/* Set or (WM_NO_DAY) take away the day of a withdrawal. The counts are store_tally's. */
gboolean store_set_withdrawn(WmStore *self, gint64 drop, WmDay day, GError **error);

/* Put another reading in a drop's place, from the day on from which that counts. The new one is not yet counted. */
gboolean store_replace(WmStore *self, gint64 drop, gint64 by, WmDay since, GError **error);

/* Of a drop that was read again and counted: every other drop of the same content is read so, too. */
gboolean store_replace_same(WmStore *self, gint64 drop, WmDay since, GError **error);

/* Run a bound statement and gather its rows. The array owns their texts through `clear`. New. */
GArray *store_gather(WmStore *self, sqlite3_stmt *statement, guint row_size, GDestroyNotify clear,
                     void (*read_row)(sqlite3_stmt *statement, GArray *out), GError **error);

/* Copy all of a store into `copy`, through SQLite's own backup, which sees one moment of a store that others may be writing; `path`
 * is for messages. */
gboolean store_copy_pages(WmStore *self, sqlite3 *copy, const char *path, GError **error);

/* A text column; new. */
char *store_text(sqlite3_stmt *statement, int i);

/* A WmDay column that may be NULL. */
WmDay store_day(sqlite3_stmt *statement, int i);

#endif
