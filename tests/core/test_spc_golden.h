/* Reference results by other software, read from WAYMARK_SHARED/golden (default ../shared/golden from the project root).
 * Plain files without quotes; every field of a row is text in one buffer. */
#ifndef TEST_SPC_GOLDEN_H
#define TEST_SPC_GOLDEN_H

#include <waymark/spc.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MAX_COLUMNS 20

typedef struct {
    char *text;
    const char *names[MAX_COLUMNS];
    size_t n_columns, n_rows;
    const char **fields; /* n_rows * n_columns */
} Table;

static inline size_t column_of(const Table *table, const char *name)
{
    for (size_t i = 0; i < table->n_columns; i++)
        if (strcmp(table->names[i], name) == 0)
            return i;
    fail_msg("no column %s", name);
    return 0;
}

static inline const char *field(const Table *table, size_t row, const char *name)
{
    return table->fields[row * table->n_columns + column_of(table, name)];
}

static inline double number(const Table *table, size_t row, const char *name)
{
    const char *text = field(table, row, name);
    return *text ? strtod(text, NULL) : NAN;
}

static inline bool is_set(const Table *table, size_t row, const char *name)
{
    return strcmp(field(table, row, name), "1") == 0;
}

static inline char *split(char *cursor, const char **fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fields[i] = cursor;
        cursor += strcspn(cursor, ",\n");
        if (*cursor)
            *cursor++ = '\0';
    }
    return cursor;
}

static inline char *read_text(const char *name)
{
    const char *shared = getenv("WAYMARK_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/golden/%s", shared && *shared ? shared : "../shared", name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        print_message("no %s: set WAYMARK_SHARED to compare with other software\n", path);
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    const size_t n_bytes = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(n_bytes + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, n_bytes, file), n_bytes);
    text[n_bytes] = '\0';
    fclose(file);
    return text;
}

/* Reads a whole table, or skips the test, saying so. */
static inline Table table_read(const char *name)
{
    Table table = {.text = read_text(name)};
    if (!table.text) {
        skip();
        return table;
    }
    table.n_columns = 1;
    for (const char *c = table.text; *c != '\n'; c++)
        table.n_columns += *c == ',';
    assert_true(table.n_columns <= MAX_COLUMNS);
    char *cursor = split(table.text, table.names, table.n_columns);
    size_t n_lines = 0;
    for (const char *c = cursor; *c; c++)
        n_lines += *c == '\n';
    table.fields = malloc((n_lines + 1) * table.n_columns * sizeof *table.fields);
    assert_non_null(table.fields);
    while (*cursor)
        cursor = split(cursor, table.fields + table.n_rows++ * table.n_columns, table.n_columns);
    return table;
}

static inline void table_free(Table *table)
{
    free(table->text);
    free(table->fields);
}

/* First row at or after `row` whose columns a (and b, and c, unless NULL) differ from those of `row`. */
static inline size_t group_end(const Table *table, size_t row, const char *a, const char *b, const char *c)
{
    size_t end = row + 1;
    while (end < table->n_rows && strcmp(field(table, end, a), field(table, row, a)) == 0 &&
           (!b || strcmp(field(table, end, b), field(table, row, b)) == 0) &&
           (!c || strcmp(field(table, end, c), field(table, row, c)) == 0))
        end++;
    return end;
}

/* The readings of one series; first is its row in the input. */
typedef struct {
    const Table *input;
    size_t first, n;
    WmSpcPoint points[400];
} Readings;

static inline void readings_of(const Table *input, const char *series, Readings *out)
{
    size_t row = 0;
    while (row < input->n_rows && strcmp(field(input, row, "series_id"), series) != 0)
        row++;
    assert_true(row < input->n_rows);
    *out = (Readings){.input = input, .first = row, .n = group_end(input, row, "series_id", NULL, NULL) - row};
    assert_true(out->n <= sizeof out->points / sizeof out->points[0]);
    for (size_t i = 0; i < out->n; i++)
        out->points[i] = (WmSpcPoint){.value = number(input, row + i, "value"),
                                      .numerator = number(input, row + i, "numerator"),
                                      .denominator = number(input, row + i, "denominator"),
                                      .target = NAN};
}

static inline size_t index_of_date(const Readings *readings, const char *date)
{
    for (size_t i = 0; i < readings->n; i++)
        if (strcmp(field(readings->input, readings->first + i, "date"), date) == 0)
            return i;
    fail_msg("no reading of %s", date);
    return 0;
}

static inline bool holds(const WmSpcVerdict *point, WmSignal signal)
{
    return point->signals >> signal & 1;
}

/* What was compared, and how it went. Relative error is against the larger of the number and `size` (of the upper limit), so that a
 * limit that happens to be near 0 is not held to more digits than its neighbours. */
typedef struct {
    size_t n_numbers, n_classes, n_wrong, n_on_purpose;
    double worst;
} Tally;

#define RELATIVE 1e-9

static inline void compare_number(Tally *tally, double got, double want, double size, const char *what)
{
    tally->n_numbers++;
    if (isnan(got) && isnan(want))
        return;
    const double error = fabs(got - want) / fmax(fmax(fabs(want), isnan(size) ? 0 : fabs(size)), 1e-12);
    if (error > tally->worst || isnan(error))
        tally->worst = isnan(error) ? INFINITY : error;
    if (error <= RELATIVE)
        return;
    if (tally->n_wrong++ < 8)
        print_error("%s: %.17g, expected %.17g\n", what, got, want);
}

static inline void compare_class(Tally *tally, int got, int want, const char *what)
{
    tally->n_classes++;
    if (got != want && tally->n_wrong++ < 8)
        print_error("%s: %d, expected %d\n", what, got, want);
}

static inline void tally_finish(const Tally *tally, const char *name)
{
    print_message("%s: %zu numbers (worst relative error %.1e), %zu classes, %zu different on purpose, %zu wrong\n", name,
                  tally->n_numbers, tally->worst, tally->n_classes, tally->n_on_purpose, tally->n_wrong);
    assert_int_equal(tally->n_wrong, 0);
    assert_true(tally->n_numbers + tally->n_classes > 0);
}

#endif
