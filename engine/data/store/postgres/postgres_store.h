/* engine/data/store/postgres/postgres_store.h: the store in the schema `waymark` of a PostgreSQL database. A reading is a row:
 * postgres/store has the tables. */
#ifndef WM_DATA_POSTGRES_STORE_H
#define WM_DATA_POSTGRES_STORE_H

#include <libpq-fe.h>

#include "engine/data/store/store_private.h"

/* Held within a transaction by who writes, and by who makes or brings up a store. "WMST". */
#define POSTGRES_LOCK "SELECT pg_advisory_xact_lock(1464685396)"

enum { MAX_PARAMETERS = 20 };

typedef struct {
    StoreQuery base;
    Statement which;
    gboolean is_prepared;
    int n;
    char *values[MAX_PARAMETERS];
    Oid types[MAX_PARAMETERS];
    PGresult *result; /* NULL: not run yet */
    int row;
} PostgresQuery;

/* Which readings: of a range; of those one content's; of several series. */
typedef enum { LIST_RANGE, LIST_RANGE_OF_CONTENT, LIST_OF_SERIES, N_READING_LISTS } ReadingList;

typedef struct PostgresAhead PostgresAhead;

/* A period's text as COPY takes it. */
typedef struct {
    guint32 key; /* block_period_key */
    guint8 n;    /* bytes; 0: none yet */
    guint8 bytes[sizeof(guint32) + WM_PERIOD_TEXT];
} PeriodField;

typedef struct {
    WmStore base;
    PGconn *connection;
    gboolean is_read_only;
    gboolean is_guarded; /* row-level security applies to this role, or readings are laid out: COPY into them is refused, or slow */
    gboolean is_laid_out; /* readings are on other servers too (postgres/shards.sql), which keep theirs by a commit of their own */
    GHashTable *own;      /* the units that a submitter may give readings of; NULL: whoever this is may give those of any */
    char *engine; /* the extension's schema, as SQL writes it; "": it assesses otherwise, or there is none; NULL: not known */
    gboolean is_reading; /* the transaction sees one moment */
    gint64 n_transactions;
    PostgresQuery queries[N_STATEMENTS];
    gboolean is_list_prepared[N_READING_LISTS];
    PostgresAhead *ahead; /* readings of series that are likely to be asked for next */

    GHashTable *series; /* id -> key of the series that are being written (store_names.h) */
    GPtrArray *notes;   /* of texts; note n is at n - 1. A note has a number for as long as the store is open. */
    GHashTable *note_numbers;

    /* Of the drop being written: */
    gint64 drop;
    GHashTable *written; /* bunch -> WrittenRange: where it has readings */
    GByteArray *rows;    /* gathered, as COPY takes them */
    GByteArray *names;   /* of the series that is being written, likewise */
    gboolean has_part;   /* rows came since the last part was ended */
    gboolean is_copying; /* rows are on their way: nothing else may be asked before postgres_end_copy */
    PeriodField periods[256];
} PostgresStore;

extern const StoreBackend POSTGRES_BACKEND;

/* Open, making the tables when there are none. */
WmStore *postgres_store_open(const char *url, GError **error);

/* wm_store_exists, wm_store_check_address. */
gboolean postgres_store_exists(const char *url, bool *exists, GError **error);
gboolean postgres_check_address(const char *url, GError **error);

/* The version of the tables there; 0: there are none, -1: something else has their name. */
gboolean postgres_read_version(PostgresStore *self, int *out, GError **error);

/* Bring the database's tables to this version, in one transaction. */
gboolean postgres_migrate(PostgresStore *self, GError **error);

/* Set *error from what the server said, or from what became of the connection; `result` may be NULL. Returns FALSE. */
gboolean postgres_fail(const PostgresStore *self, const PGresult *result, const char *doing, GError **error);

/* Run statements without parameters; what they return is dropped. */
gboolean postgres_execute(PostgresStore *self, const char *sql, const char *doing, GError **error);

/* Run one statement with whole numbers; rows come in binary. New; NULL with *error set. */
PGresult *postgres_ask(PostgresStore *self, const char *sql, const gint64 *numbers, int n, const char *doing, GError **error);
#define POSTGRES_ASK(self, sql, doing, error, ...)                                                                            \
    postgres_ask((self), (sql), (const gint64[]){__VA_ARGS__}, (int)(sizeof((const gint64[]){__VA_ARGS__}) / sizeof(gint64)), \
                 (doing), (error))

/* Fields of a binary result. */
gint32 postgres_int(const PGresult *result, int row, int column);
double postgres_double(const PGresult *result, int row, int column); /* NAN for NULL */

/* Forget what is known of the drop being written. */
void postgres_forget_drop(PostgresStore *self);

/* Names, readings: postgres_names.c, postgres_write.c, postgres_read.c. */
gboolean postgres_learn_series(WmStore *self, const FreshNames *names, GArray *ids, GError **error);
gboolean postgres_learn_notes(WmStore *self, const FreshNames *names, GArray *ids, GError **error);
gboolean postgres_read_note(WmStore *self, guint32 note, char **out, GError **error);
guint32 postgres_note_number(PostgresStore *self, const char *note); /* 0 for "" */

gboolean postgres_add_readings(WmStore *self, gint64 drop, guint32 part, const BlockReading *readings, size_t n, GError **error);
/* End the COPY that is under way, if one is, before anything else is asked. */
gboolean postgres_end_copy(PostgresStore *self, GError **error);
gboolean postgres_end_part(WmStore *self, GError **error);
gboolean postgres_may_have_written(const PostgresStore *self, const ReadingRange *range);
/* Append ranges of at most RANGE_BUNCHES, in order: some ten thousands of readings each. */
#define RANGE_BUNCHES 16
void postgres_list_written(const PostgresStore *self, GArray *out);

/* Readings, in binary. New; NULL with *error set. */
PGresult *postgres_list(PostgresStore *self, ReadingList which, const char *const *values, int n, GError **error);

/* Row i of such a list: the reading, and its content. FALSE where it cannot be. */
gboolean postgres_take_reading(PostgresStore *self, const PGresult *list, int i, gint64 *content, BlockReading *out);

gboolean postgres_each_reading(WmStore *self, const ReadingRange *range, ReadingFunc func, gpointer data, GError **error);
gboolean postgres_list_ranges(WmStore *self, gint64 content, GArray *out, GError **error);
gboolean postgres_has_others(WmStore *self, const ReadingRange *range, gint64 content, gboolean *out, GError **error);

/* Assessments on the server: postgres_assess.c. */
gboolean postgres_can_assess(WmStore *self, gboolean *can, GError **error);
gboolean postgres_assess(WmStore *self, const AssessQuestion *question, AssessedFunc func, gpointer data, GError **error);
/* Many series in one question: postgres_ahead.c. What was read ahead holds within one reading transaction. */
PostgresAhead *postgres_ahead_new(void);
void postgres_ahead_free(PostgresAhead *self);
void postgres_ahead_forget(PostgresAhead *self);
void postgres_expect(WmStore *self, const GArray *keys);
gboolean postgres_each_of_series(PostgresStore *self, guint32 series, ReadingFunc func, gpointer data, GError **error);

/* The store as a whole: postgres_check.c. */
gboolean postgres_check(WmStore *self, WmProblems *problems, GError **error);
WmStore *postgres_copy(WmStore *self, GError **error);
gboolean postgres_backup(WmStore *self, const char *part, const char *path, GError **error);

#endif
