/* cli/batch/measure_page.h: of a nation, every unit beside the others: for each measure a page and its rows, areas/INDICATOR.html
 * and .csv, and areas.csv with the rows of all. Each measure is made by a process of the pool, like a pack. */
#ifndef WM_CLI_BATCH_MEASURE_PAGE_H
#define WM_CLI_BATCH_MEASURE_PAGE_H

#include "cli/batch/batch.h"

/* How many are to be made: those of the nation's indicators where some pack is, or areas.csv is not there. It is taken away, so
 * that no batch that is interrupted leaves that of an earlier one. */
size_t measure_pages_begin(const PackBatch *self, size_t n_packs_to_make);

/* Make one, in a process of its own: EXIT_DONE, or an exit code, said on stderr. Units without a figure have no page. */
int measure_page_make(PackBatch *self, size_t i_indicator);

/* Put areas.csv together from those that were made. FALSE with *error, also where one is missing. */
gboolean measure_pages_gather(const PackBatch *self, GError **error);

/* The page of an indicator from the index, "areas/EHC20.html"; NULL where it has none. New. */
char *measure_page_path(const PackBatch *self, size_t i_indicator);

#endif
