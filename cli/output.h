/* cli/output.h: rows of results on stdout, as CSV, JSON or a table for people. */
#ifndef WM_CLI_OUTPUT_H
#define WM_CLI_OUTPUT_H

#include "cli/command.h"

typedef struct {
    const char *name;
    gboolean is_number; /* right-aligned in a table, bare in JSON */
} OutputColumn;

typedef struct Output Output;

/* New; `columns` must outlive it. */
Output *output_new(const OutputColumn *columns, size_t n_columns);
void output_free(Output *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Output, output_free)

/* Add a row of as many texts as there are columns; copied. "" is "not available". */
void output_add(Output *self, const char *const *texts);

/* Print everything on stdout. */
void output_print(const Output *self, OutputFormat format);

#endif
