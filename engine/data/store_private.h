/* engine/data/store_private.h: what the store's files share. */
#ifndef WM_DATA_STORE_PRIVATE_H
#define WM_DATA_STORE_PRIVATE_H

#include <sqlite3.h>
#include <waymark/store.h>

/* Every statement the store runs, prepared when it is first asked for. */
typedef enum {
    ADD_DROP,
    CLOSE_DROP,
    FIND_DROP,
    LIST_DROPS,
    FIND_SERIES,
    ADD_SERIES,
    LIST_SERIES,
    FIND_NOTE,
    ADD_NOTE,
    ADD_READING,
    LAST_VINTAGE,
    LIST_VINTAGES,
    ADD_QUARANTINE,
    LIST_QUARANTINE,
    N_STATEMENTS,
} Statement;

struct WmStore {
    char *path;
    sqlite3 *db;
    sqlite3_stmt *statements[N_STATEMENTS];
};

/* A statement, ready to be bound; NULL with *error set. Borrowed. */
sqlite3_stmt *store_statement(WmStore *self, Statement which, GError **error);

/* A reading from columns first: state, value, numerator, denominator. */
WmReading store_reading(sqlite3_stmt *statement, int first, WmPeriod period);

#endif
