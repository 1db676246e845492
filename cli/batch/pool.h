/* cli/batch/pool.h: many pieces of work for a few processes.
 *
 * Processes, and not threads as in parallel.h, because a piece here is a whole plan with its files, fonts and store: whatever goes
 * wrong in one (a bug, a lack of memory) must not take the others with it, what one leaves in memory goes with its process, and
 * neither GLib's locks nor those of the font library are shared. A process takes piece after piece, so that what it has learnt
 * serves again, until another begins in its place, so that what it keeps does not grow with the pieces. What a piece comes to it
 * leaves in files.
 */
#ifndef WM_CLI_BATCH_POOL_H
#define WM_CLI_BATCH_POOL_H

#include <glib.h>

/* How many pieces one process does. */
enum { POOL_MOST_PIECES = 32 };

/* How long a process that is to stop may take to leave its piece. */
enum { POOL_PATIENCE_MS = 2000 };

/* How a piece ended. */
typedef struct {
    int code;   /* what it returned */
    int signal; /* that ended its process; 0: none */
} PoolEnd;

typedef struct {
    size_t n;
    size_t n_workers;                                        /* from 1 */
    int (*piece)(size_t i, void *data);                      /* in a process of the pool */
    void (*ended)(size_t i, const PoolEnd *end, void *data); /* in this process, as they come */
    void (*waiting)(void *data);                             /* in this process, a few times a second */
    gboolean (*is_stopped)(void);                            /* nothing more is to be begun */
    void *data;
} Pool;

/* Do the pieces in order, as many at a time as there are workers, and return when all that were begun have ended. When stopped,
 * the processes get SIGTERM once, to leave what they are at, and those that have not after POOL_PATIENCE_MS are ended. None
 * outlives this one, however it ends (on Linux). FALSE with *error when no process can be begun. */
gboolean pool_run(const Pool *self, GError **error);

#endif
