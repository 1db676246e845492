/* tests/cli/fixture_filter.h: the filters, run on files of a few lines, and what they print. */
#ifndef WM_TESTS_CLI_FIXTURE_FILTER_H
#define WM_TESTS_CLI_FIXTURE_FILTER_H

#include "cli/fixture_command.h"

#define FILTER_MONTHLY "series,period,value\n"

/* A file of this text, which goes with it. */
typedef struct {
    char *path;
} FilterFile;

FilterFile filter_file(const char *text);
void filter_file_clear(FilterFile *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FilterFile, filter_file_clear)

/* The command with these words, where the test stands. */
Run filter_run(const char *const *words);
#define FILTER_RUN(...) filter_run((const char *const[]){__VA_ARGS__, NULL})

/* Field `column` of row `row` (0 is the header). New. */
char *filter_field(const char *csv, size_t row, size_t column);
double filter_number(const char *csv, size_t row, size_t column);
size_t filter_n_rows(const char *csv);

/* Months from January 2020 of two series that rise together. New. */
char *filter_rising(int n);

#endif
