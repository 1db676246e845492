/* cli/ingest_tables.h: what `waymark ingest` prints: a row a file, and of a dry run the rows refused and the figures revised. */
#ifndef WM_CLI_INGEST_TABLES_H
#define WM_CLI_INGEST_TABLES_H

#include <waymark/ingest.h>

#include "cli/output.h"

/* What --show prints. */
enum { SHOW_SUMMARY = 1, SHOW_REFUSED = 2, SHOW_REVISED = 4, SHOW_ALL = 7 };

typedef struct {
    Output *summary, *refused, *revised;
} IngestTables;

void ingest_tables_init(IngestTables *self);
void ingest_tables_clear(IngestTables *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(IngestTables, ingest_tables_clear)

/* Add what became of one file; `preview` is that of a dry run, else empty. */
void ingest_tables_add(const IngestTables *self, const char *name, const WmIngestResult *result, const WmIngestPreview *preview);

/* Print those of `show`. Several tables: for people one below the other, for programs an object of lists. */
void ingest_tables_print(const IngestTables *self, int show, OutputFormat format);

#endif
