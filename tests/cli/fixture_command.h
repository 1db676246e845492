/* tests/cli/fixture_command.h: the command as a person runs it. */
#ifndef WM_TESTS_CLI_FIXTURE_COMMAND_H
#define WM_TESTS_CLI_FIXTURE_COMMAND_H

#include <sys/types.h>

#include "data/fixture_folder.h"

typedef struct {
    char *out, *err; /* what it printed */
    int code;        /* its exit code; -signal when one ended it */
} Run;

void run_clear(Run *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

/* Run `waymark` with these words in the folder `self`. */
Run run_in(const Folder *self, const char *const *words);
#define RUN(folder, ...) run_in((folder), (const char *const[]){__VA_ARGS__, NULL})

/* The same in a child prepared by `prepare` (limits, another user), which may be NULL. */
Run run_prepared(const Folder *self, const char *const *words, void (*prepare)(gpointer data), gpointer data);

/* Begin it, its output thrown away. */
pid_t run_begin(const Folder *self, const char *const *words);

/* Its exit code; -signal when one ended it. */
int run_end(pid_t child);

/* Every file below a folder, but for the store, as `name sha256` lines in order. New. */
char *fingerprint(const Folder *self, const char *below);

#define assert_exit(run, expected) check_exit(&(run), (expected), __FILE__, __LINE__)
void check_exit(const Run *run, int expected, const char *file, int line);

#endif
