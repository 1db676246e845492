/* cli/parallel.h: many like pieces of work, on as many threads as were asked for. */
#ifndef WM_CLI_PARALLEL_H
#define WM_CLI_PARALLEL_H

#include <glib.h>

#define PARALLEL_MAX_WORKERS 64

/* One piece: the i-th, by worker 0 <= worker < n_workers. Pieces of one worker never overlap, so that each may have memory of its
 * own. */
typedef void ParallelFunc(size_t i, size_t worker, void *data);

/* Workers for --jobs (0: one a processor) and so many pieces: 1 to PARALLEL_MAX_WORKERS. */
size_t parallel_n_workers(int jobs, size_t n);

/* Do n pieces, and return when all are done. What comes of it must not depend on the order. */
void parallel_do(size_t n, size_t n_workers, ParallelFunc *piece, void *data);

#endif
