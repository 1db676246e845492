/* engine/data/store/store_private.h: what the store's files share. */
#ifndef WM_DATA_STORE_PRIVATE_H
#define WM_DATA_STORE_PRIVATE_H

#include "engine/data/store/store_backend.h"
#include "engine/data/store/store_chain.h"

/* What reading the blocks needs to know of a drop. */
typedef struct {
    gint64 id, content;
    WmDay received, since, withdrawn; /* `since` is the day from which it counts: received, but for a drop read again */
    gboolean is_silent;
    guint32 replaced_by; /* the place of the drop that stands for it; CHAIN_STANDS: none */
    guint32 first, last; /* period keys that its readings span; 0: it has none */
    int next;            /* place of the next drop of this content; -1: none */
} DropFact;

struct WmStore {
    const StoreBackend *backend;
    char *path; /* for messages */
    int depth;  /* of nested reads and writes; 0: no transaction */

    GArray *facts;        /* of DropFact, in the order of drops; NULL: to be read */
    GHashTable *contents; /* content -> place of its first drop, plus 1 */
    gint64 version;       /* of `facts` */
};

/* A statement, ready to be bound; NULL with *error set. Borrowed. */
StoreQuery *store_query(WmStore *self, Statement which, GError **error);

/* The same with whole numbers bound to its first parameters. */
StoreQuery *store_bound(WmStore *self, Statement which, const gint64 *numbers, int n, GError **error);
#define STORE_BOUND(self, which, error, ...)                                                                                   \
    store_bound((self), (which), (const gint64[]){__VA_ARGS__}, (int)(sizeof((const gint64[]){__VA_ARGS__}) / sizeof(gint64)), \
                (error))

/* Parameters, from 1, and columns, from 0: store_backend.h. */
void query_set_whole(StoreQuery *self, int i, gint64 number);
void query_set_null(StoreQuery *self, int i);
void query_set_day(StoreQuery *self, int i, WmDay day);
void query_set_flag(StoreQuery *self, int i, gboolean flag);
void query_set_text(StoreQuery *self, int i, const char *text);
void query_set_texts(StoreQuery *self, int first, const char *const *texts, size_t n);
StoreStep query_step(StoreQuery *self, const char *doing, GError **error);
void query_reset(StoreQuery *self);
gint64 query_whole(StoreQuery *self, int i);
int query_int(StoreQuery *self, int i);
WmDay query_day(StoreQuery *self, int i);
gboolean query_flag(StoreQuery *self, int i);
const char *query_text(StoreQuery *self, int i);
char *query_dup_text(StoreQuery *self, int i); /* new */

/* Run a statement that gives no rows; NULL is passed on as a failure. */
gboolean store_run(StoreQuery *query, const char *doing, GError **error);

/* The whole number in the first row's first column; `absent` where there is no row. FALSE with *error set. */
gboolean store_ask(StoreQuery *query, gint64 absent, gint64 *out, GError **error);

/* A writing transaction; nothing may be open. */
gboolean store_begin_write(WmStore *self, const char *doing, GError **error);
gboolean store_commit_write(WmStore *self, const char *doing, GError **error);
void store_rollback_write(WmStore *self);

/* What is known of the drops, in their order. Within a transaction. Borrowed until the next change. */
const GArray *store_facts(WmStore *self, GError **error);
void store_forget_facts(WmStore *self);
DropFact *store_fact(WmStore *self, gint64 drop);

typedef enum { NEWS_ONLY, WITH_SILENT } WhichDrops; /* without or with drops that are no news */

/* Append every vintage of a range, one for each drop of the content; unsorted. Elements are ChainVintage. Within a transaction. */
gboolean store_read_range(WmStore *self, const ReadingRange *range, WhichDrops which, GArray *out, GError **error);

/* Every vintage of one series as the drops gave it, sorted. Elements are ChainVintage. New. Within a transaction. */
GArray *store_read_series(WmStore *self, gint64 series, GError **error);

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

/* Run a bound statement and gather its rows. The array owns their texts through `clear`. New; NULL for a NULL query, too. */
GArray *store_gather(StoreQuery *query, guint row_size, GDestroyNotify clear, void (*read_row)(StoreQuery *row, GArray *out),
                     GError **error);

/* Say that what was read cannot be. Returns FALSE. */
gboolean store_fail_damaged(const WmStore *self, GError **error);

/* What to do about a damaged store. */
const char *store_mend_advice(const WmStore *self);

/* A finding of wm_store_check. */
void store_report(const WmStore *self, WmProblems *problems, const char *code, const char *format, ...) G_GNUC_PRINTF(4, 5);

#endif
