/* Pieces for processes: each is done once, and one that dies takes no other with it. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/batch/pool.h"
#include "core/fixture_cases.h"

#define N_PIECES 90 /* more than one process does */

enum { PIECE_RETURNS, PIECE_DIES, PIECE_EXITS };

typedef struct {
    const char *name;
    size_t n_workers;
    size_t bad;  /* this piece … */
    int becomes; /* … does this */
    int signal;  /* and so it is told */
} PoolCase;

static const PoolCase CASES[] = {
    {"one_worker_does_all", 1, 0, PIECE_RETURNS, 0},
    {"three_workers_do_all", 3, 0, PIECE_RETURNS, 0},
    {"more_workers_than_pieces", N_PIECES + 5, 0, PIECE_RETURNS, 0},
    {"the_first_piece_dies", 2, 0, PIECE_DIES, SIGKILL},
    {"the_last_piece_dies", 2, N_PIECES - 1, PIECE_DIES, SIGKILL},
    {"the_only_worker_dies", 1, 17, PIECE_DIES, SIGKILL},
    {"a_piece_ends_its_process", 2, 17, PIECE_EXITS, 0},
};

typedef struct {
    const PoolCase *row;
    int n_ended[N_PIECES], code[N_PIECES], signal[N_PIECES];
} Told;

static int piece(size_t i, void *data)
{
    static int n_done; /* in this process; none in the one that the others begin from */
    const PoolCase *row = ((Told *)data)->row;
    if (++n_done > POOL_MOST_PIECES)
        return -1;
    if (i == row->bad && row->becomes == PIECE_DIES)
        raise(SIGKILL);
    if (i == row->bad && row->becomes == PIECE_EXITS)
        _exit(0);
    return (int)i * 2;
}

static void ended(size_t i, const PoolEnd *end, void *data)
{
    Told *told = data;
    told->n_ended[i]++;
    told->code[i] = end->code;
    told->signal[i] = end->signal;
}

static void waiting(void *data)
{
    (void)data;
}

static gboolean never(void)
{
    return FALSE;
}

static void every_piece_ends_once(void **state)
{
    Told told = {.row = *state};
    const Pool pool = {N_PIECES, told.row->n_workers, piece, ended, waiting, never, &told};
    assert_true(pool_run(&pool, NULL));
    for (size_t i = 0; i < N_PIECES; i++) {
        const gboolean is_bad = told.row->becomes != PIECE_RETURNS && i == told.row->bad;
        assert_int_equal(told.n_ended[i], 1);
        assert_int_equal(told.signal[i], is_bad ? told.row->signal : 0);
        assert_int_equal(told.code[i], is_bad ? 4 : (int)i * 2);
    }
}

static int n_looks;

static gboolean soon(void)
{
    return ++n_looks > 3;
}

static int slow_piece(size_t i, void *data)
{
    (void)i;
    (void)data;
    sleep(30); /* SIGTERM ends it */
    return 0;
}

static void a_stopped_pool_begins_nothing_more(void **state)
{
    (void)state;
    Told told = {0};
    const Pool pool = {N_PIECES, 2, slow_piece, ended, waiting, soon, &told};
    assert_true(pool_run(&pool, NULL));
    for (size_t i = 0; i < N_PIECES; i++) {
        assert_int_equal(told.n_ended[i], i < 2 ? 1 : 0);
        assert_int_equal(told.signal[i], i < 2 ? SIGTERM : 0);
    }
}

static int deaf_piece(size_t i, void *data)
{
    (void)i;
    (void)data;
    signal(SIGTERM, SIG_IGN);
    for (int seconds = 0; seconds < 30; seconds++)
        sleep(1);
    return 0;
}

static void what_does_not_listen_is_ended(void **state)
{
    (void)state;
    Told told = {0};
    n_looks = 0;
    const Pool pool = {N_PIECES, 1, deaf_piece, ended, waiting, soon, &told};
    assert_true(pool_run(&pool, NULL));
    assert_int_equal(told.n_ended[0], 1);
    assert_int_equal(told.signal[0], SIGKILL);
    assert_int_equal(told.n_ended[1], 0);
}

static int tell_and_sleep(size_t i, void *data)
{
    (void)i;
    const int *ends = data;
    assert_int_equal(write(ends[1], "x", 1), 1);
    return deaf_piece(i, NULL);
}

static void ignore_end(size_t i, const PoolEnd *end, void *data)
{
    (void)i;
    (void)end;
    (void)data;
}

/* The pipe's end comes when the last that holds it has gone. */
static void no_process_outlives_the_first(void **state)
{
    (void)state;
#ifndef __linux__
    skip();
#endif
    int ends[2];
    char told;
    assert_int_equal(pipe(ends), 0);
    const pid_t first = fork();
    if (first == 0) {
        const Pool pool = {1, 1, tell_and_sleep, ignore_end, waiting, never, ends};
        _exit(!pool_run(&pool, NULL));
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &told, 1), 1);
    kill(first, SIGKILL);
    waitpid(first, NULL, 0);
    struct pollfd polled = {.fd = ends[0], .events = POLLIN};
    assert_int_equal(poll(&polled, 1, 10000), 1);
    assert_int_equal(read(ends[0], &told, 1), 0);
    close(ends[0]);
}

int main(void)
{
    ADD_TABLE(CASES, every_piece_ends_once);
    ADD(a_stopped_pool_begins_nothing_more);
    ADD(what_does_not_listen_is_ended);
    ADD(no_process_outlives_the_first);
    return run_cases("pool");
}
