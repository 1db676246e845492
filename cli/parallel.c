/* Threads that take the next piece until there is none. */
#include "cli/parallel.h"

typedef struct {
    size_t n;
    gsize next; /* atomic */
    ParallelFunc *piece;
    void *data;
} Work;

typedef struct {
    Work *work;
    size_t worker;
} Worker;

size_t parallel_n_workers(int jobs, size_t n)
{
    const size_t wanted = jobs > 0 ? (size_t)jobs : g_get_num_processors();
    return CLAMP(MIN(wanted, n), 1, PARALLEL_MAX_WORKERS);
}

static gpointer run_worker(gpointer data)
{
    const Worker *self = data;
    Work *work = self->work;
    for (;;) {
        const size_t i = (size_t)g_atomic_pointer_add(&work->next, 1);
        if (i >= work->n)
            return NULL;
        work->piece(i, self->worker, work->data);
    }
}

void parallel_do(size_t n, size_t n_workers, ParallelFunc *piece, void *data)
{
    Work work = {n, 0, piece, data};
    Worker workers[PARALLEL_MAX_WORKERS];
    GThread *threads[PARALLEL_MAX_WORKERS];
    for (size_t k = 0; k < n_workers; k++)
        workers[k] = (Worker){&work, k};
    for (size_t k = 1; k < n_workers; k++)
        threads[k] = g_thread_new("worker", run_worker, &workers[k]);
    run_worker(&workers[0]);
    for (size_t k = 1; k < n_workers; k++)
        g_thread_join(threads[k]);
}
