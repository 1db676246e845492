/* tests/data/fixture_store.h: a store in a folder, drops put into it by one call each, and what it says. */
#ifndef WM_TESTS_DATA_FIXTURE_STORE_H
#define WM_TESTS_DATA_FIXTURE_STORE_H

#include <math.h>

#include "data/fixture_month.h"

/* The folder's waymark.db. The test fails when it cannot be opened. */
WmStore *store_in(const Folder *folder);

/* SQL run on the folder's waymark.db behind the store's back. */
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
