/* tests/core/fixture_golden.h: reference results by other software, and the plans' tables, as rows of fields. */
#ifndef WM_TESTS_CORE_FIXTURE_GOLDEN_H
#define WM_TESTS_CORE_FIXTURE_GOLDEN_H

#include <stdbool.h>
#include <stddef.h>

#define MAX_FIELDS 24

typedef struct {
    char *text;          /* the whole file, cut into fields */
    const char **fields; /* n_rows * n_columns; "" for an absent field */
    const char *columns[MAX_FIELDS];
    size_t n_columns, n_rows;
} Table;

/* Read a CSV file (commas, quotes, one header); false when it is not there. Free it with table_free. */
bool table_read(const char *path, Table *out);
void table_free(Table *self);

/* A field by its column's name; the test fails when there is no such column. */
const char *table_text(const Table *self, size_t i_row, const char *column);

/* The same as a number; NAN when empty. */
double table_number(const Table *self, size_t i_row, const char *column);

/* The path of a file below the shared folder (WAYMARK_SHARED, else ../shared beside the sources) or below the sources. */
const char *shared_path(const char *file, char path[4096]);
const char *source_path(const char *file, char path[4096]);

/* Read shared/golden/NAME, or skip the test with a message where the references are not installed. */
void golden_read(const char *name, Table *out);

#endif
