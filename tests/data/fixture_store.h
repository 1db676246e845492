/* tests/data/fixture_store.h: a store in a folder, drops put into it by one call each, and what it says. */
#ifndef WM_TESTS_DATA_FIXTURE_STORE_H
#define WM_TESTS_DATA_FIXTURE_STORE_H

#include <math.h>

#include "data/fixture_month.h"

/* Where a folder's store is: its waymark.db; or, where WAYMARK_TEST_SERVER names a PostgreSQL server, a database of its own there.
 * So one suite runs on both. New. */
char *store_place_in(const Folder *folder);

/* The folder's store. The test fails when it cannot be opened. */
WmStore *store_in(const Folder *folder);

/* Skip a test that is about the file itself, where there is none. */
void skip_unless_file(void);

/* Take the store away: the drops folder is left. */
void store_remove(const Folder *folder);

/* SQL run on the folder's waymark.db behind the store's back. Where that may be no file, skip_unless_file() comes first. */
void store_execute(const Folder *folder, const char *sql);

/* One reading of a drop. */
typedef struct {
    const char *period;
    double value, numerator, denominator;
    WmReadingState state;
} Put;

#define VALUE(period, value)              \
    {                                     \
        period, value, NAN, NAN, WM_FINAL \
    }

/* A committed drop of PCT's readings, with its file's name as its hash. */
WmDropInfo put_all(WmStore *store, const char *received, const char *file, const Put *puts, size_t n);
#define PUT(store, received, file, ...) \
    put_all((store), (received), (file), (const Put[]){__VA_ARGS__}, N_ELEMENTS(((const Put[]){__VA_ARGS__})))

/* What counted for the first series, a line each: `day period value`, -1 for none. New. */
char *vintages_text(WmStore *store, const char *as_at);

/* Every drop, a line each: `file loaded revised unchanged`. New. */
char *drops_text(WmStore *store);

#endif
