/* cli/batch/summary.h: what a batch came to: a table, an index page, and all assessments in one file. */
#ifndef WM_CLI_BATCH_SUMMARY_H
#define WM_CLI_BATCH_SUMMARY_H

#include "cli/batch/batch.h"
#include "cli/output.h"

/* A row a pack that is known of, in the batch's order. New. */
Output *summary_new(const PackBatch *batch);

/* Write index.html, summary.csv, summary.json and assessments.csv: the same bytes whatever the order in which packs were made. */
gboolean summary_write(const PackBatch *batch, const Output *summary, GError **error);

#endif
