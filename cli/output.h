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

gboolean output_is_empty(const Output *self);

/* From now on, rows of a CSV are printed as they are added: it needs no memory for them. Other formats keep theirs, for a table is
 * as wide as its widest text and JSON is one list. Call before the first row. */
void output_stream(Output *self, OutputFormat format);

/* Everything as text, for a file; not after output_stream. New. */
GString *output_text(const Output *self, OutputFormat format);

/* Print everything on stdout that is not there yet. */
void output_print(const Output *self, OutputFormat format);

#endif
