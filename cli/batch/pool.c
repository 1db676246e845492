/* Processes that take the next piece until there is none. */
#include "cli/batch/pool.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <unistd.h>
#include <waymark/error.h>

#define WAIT_MS 200 /* until a signal that came between two looks is noticed */

enum { READ_END, WRITE_END };

/* As it goes through a pipe: small enough to be written whole (POSIX, PIPE_BUF). */
typedef struct {
    guint64 piece;
    gint64 code;
} Message;

typedef struct {
    pid_t pid; /* 0: none */
    int orders, answers;
    gboolean is_busy;
    size_t piece, n_done;
} Worker;

typedef struct {
    const Pool *pool;
    Worker *workers;
    size_t next; /* piece */
    gboolean is_stopping;
    gint64 patience_ends; /* as g_get_monotonic_time, where it is stopping */
} Run;

static gboolean read_message(int fd, Message *out)
{
    ssize_t n;
    do
        n = read(fd, out, sizeof *out);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof *out;
}

static gboolean write_message(int fd, const Message *message)
{
    ssize_t n;
    do
        n = write(fd, message, sizeof *message);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof *message;
}

static void close_pipe(const int ends[2])
{
    close(ends[READ_END]);
    close(ends[WRITE_END]);
}

/* The other end closing is how either side learns that the other is gone: so no process may hold a third one's ends. */
static void close_others(const Run *run)
{
    for (size_t i = 0; i < run->pool->n_workers; i++)
        if (run->workers[i].pid) {
            close(run->workers[i].orders);
            close(run->workers[i].answers);
        }
}

/* Whatever ends the first process ends the others: nobody would know of them, and the folder that they write into is no longer
 * held. */
static void go_with(pid_t first)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != first) /* it has gone already */
        _exit(0);
}

static G_GNUC_NORETURN void work(const Run *run, int orders, int answers)
{
    Message message;
    close_others(run);
    while (read_message(orders, &message)) {
        message.code = run->pool->piece((size_t)message.piece, run->pool->data);
        if (!write_message(answers, &message))
            break;
    }
    fflush(NULL);
    _exit(0);
}

static gboolean fail_begin(GError **error)
{
    wm_error_set(error, WM_ERROR_FILE, &(WmErrorPlace){.advice = "try fewer --jobs"}, "cannot begin a process: %s",
                 g_strerror(errno));
    return FALSE;
}

static gboolean begin_worker(Run *run, Worker *worker, GError **error)
{
    int orders[2], answers[2];
    if (pipe(orders) != 0)
        return fail_begin(error);
    if (pipe(answers) != 0) {
        close_pipe(orders);
        return fail_begin(error);
    }
    fflush(NULL); /* or both would write what is buffered */
    const pid_t first = getpid();
    const pid_t pid = fork();
    if (pid < 0) {
        close_pipe(orders);
        close_pipe(answers);
        return fail_begin(error);
    }
    if (pid == 0) {
        go_with(first);
        close(orders[WRITE_END]);
        close(answers[READ_END]);
        work(run, orders[READ_END], answers[WRITE_END]);
    }
    close(orders[READ_END]);
    close(answers[WRITE_END]);
    *worker = (Worker){.pid = pid, .orders = orders[WRITE_END], .answers = answers[READ_END]};
    return TRUE;
}

static void end_worker(Worker *worker, int *status)
{
    close(worker->orders);
    close(worker->answers);
    while (waitpid(worker->pid, status, 0) < 0 && errno == EINTR)
        continue;
    worker->pid = 0;
}

static gboolean has_more(const Run *run)
{
    return !run->is_stopping && run->next < run->pool->n;
}

/* The next piece to a worker, which is begun if need be. Where it has died meanwhile, its answer's end says so. */
static gboolean order(Run *run, Worker *worker, GError **error)
{
    if (!has_more(run))
        return TRUE;
    if (!worker->pid && !begin_worker(run, worker, error))
        return FALSE;
    const Message message = {.piece = run->next};
    worker->is_busy = TRUE;
    worker->piece = run->next++;
    write_message(worker->orders, &message);
    return TRUE;
}

static gboolean take_answer(Run *run, Worker *worker, GError **error)
{
    Message message;
    PoolEnd end = {0};
    if (read_message(worker->answers, &message)) {
        end.code = (int)message.code;
        if (++worker->n_done == POOL_MOST_PIECES)
            end_worker(worker, NULL);
    } else {
        int status = 0;
        end_worker(worker, &status);
        end.code = WM_ERROR_FILE;
        end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    }
    worker->is_busy = FALSE;
    run->pool->ended(worker->piece, &end, run->pool->data);
    return order(run, worker, error);
}

static void signal_all(const Run *run, int signal_number)
{
    for (size_t i = 0; i < run->pool->n_workers; i++)
        if (run->workers[i].pid)
            kill(run->workers[i].pid, signal_number);
}

/* A long step of a piece, such as a drop of millions of rows, looks at no flag. What is half made is left either way. */
static void stop(Run *run)
{
    if (!run->is_stopping) {
        run->is_stopping = TRUE;
        run->patience_ends = g_get_monotonic_time() + POOL_PATIENCE_MS * (gint64)1000;
        signal_all(run, SIGTERM);
    } else if (g_get_monotonic_time() > run->patience_ends)
        signal_all(run, SIGKILL);
}

/* Answers of those at work. -1 on error, else how many are at work. */
static int wait_and_take(Run *run, struct pollfd *polled, GError **error)
{
    const size_t n = run->pool->n_workers;
    int n_busy = 0;
    for (size_t i = 0; i < n; i++) {
        polled[i] = (struct pollfd){.fd = run->workers[i].is_busy ? run->workers[i].answers : -1, .events = POLLIN};
        n_busy += run->workers[i].is_busy ? 1 : 0;
    }
    const int n_ready = n_busy ? poll(polled, (nfds_t)n, WAIT_MS) : 0;
    for (size_t i = 0; n_ready > 0 && i < n; i++)
        if ((polled[i].revents & (POLLIN | POLLHUP | POLLERR)) && !take_answer(run, &run->workers[i], error))
            return -1;
    return n_busy;
}

/* A process shares with this one what neither changes: freed memory would be copied page by page as it is used again. */
static void give_back_memory(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

gboolean pool_run(const Pool *self, GError **error)
{
    g_autofree Worker *workers = g_new0(Worker, self->n_workers);
    g_autofree struct pollfd *polled = g_new0(struct pollfd, self->n_workers);
    Run run = {.pool = self, .workers = workers};
    gboolean is_done = TRUE;
    give_back_memory();
    void (*const before)(int) = signal(SIGPIPE, SIG_IGN); /* a worker that has died is noticed by its answer */
    for (size_t i = 0; is_done && i < self->n_workers; i++)
        is_done = order(&run, &workers[i], error);
    for (int n_busy = 1; is_done && n_busy > 0;) {
        if (run.is_stopping || self->is_stopped())
            stop(&run);
        self->waiting(self->data);
        n_busy = wait_and_take(&run, polled, error);
        is_done = n_busy >= 0;
    }
    for (size_t i = 0; i < self->n_workers; i++)
        if (workers[i].pid)
            end_worker(&workers[i], NULL);
    signal(SIGPIPE, before);
    return is_done;
}
