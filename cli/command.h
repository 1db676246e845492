/* cli/command.h: a subcommand: a row of main.c's table, and what every one of them shares.
 *
 * A command parses, calls the library and prints. Results go to stdout, talk to stderr. Only main.c prints errors and exits.
 */
#ifndef WM_CLI_COMMAND_H
#define WM_CLI_COMMAND_H

#include <waymark/waymark.h>

#include "cli/progress_line.h"

/* Exit codes of the contract; those above 1 are WmErrorCode. */
enum { EXIT_DONE = 0, EXIT_FINDINGS = 1 };

typedef struct {
    const char *name;
    const char *operands;    /* as in "PLAN FILE…" */
    const char *summary;     /* one line, for the list of commands */
    const char *description; /* for --help; NULL for none */
    /* argv[0] is the command's own name. Returns an exit code, or -1 with *error set. */
    int (*run)(int argc, char **argv, GError **error);
} Command;

extern const Command COMMAND_RUN, COMMAND_INGEST, COMMAND_CHECK, COMMAND_NEW, COMMAND_CHART, COMMAND_SPC;
extern const Command COMMAND_RECIPE, COMMAND_EXPORT, COMMAND_TREND, COMMAND_CHANCE, COMMAND_PRIORS, COMMAND_HISTORY, COMMAND_STORE;
extern const Command COMMAND_BACKTEST, COMMAND_DICTIONARY, COMMAND_BATCH, COMMAND_ISSUE, COMMAND_DIFF, COMMAND_IMPORT;

typedef enum { OUTPUT_CSV, OUTPUT_JSON, OUTPUT_TABLE } OutputFormat;

/* Options that mean the same in every command. */
typedef struct {
    char *as_at_text;
    char *store; /* NULL: the plan's own */
    char *out;
    char *format_text;
    char *fail_on_text;
    char *progress_text;
    gboolean is_quiet;
    int jobs;    /* 0: one a processor */
    WmDay as_at; /* WM_NO_DAY when not given */
    OutputFormat format;
    ProgressKind progress; /* auto: stderr is a terminal */
} CommonOptions;

/* Which of them a command takes. */
enum {
    TAKES_AS_AT = 1,
    TAKES_OUT = 2,
    TAKES_FORMAT = 4,
    TAKES_FAIL_ON = 8,
    TAKES_QUIET = 16,
    TAKES_JOBS = 32,
    TAKES_FAIL_ON_FINDINGS = 64,
    TAKES_PROGRESS = 128,
    TAKES_STORE = 256,
};

void common_options_clear(CommonOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CommonOptions, common_options_clear)

/* Parse a command's line: its own `entries` (ended by G_OPTION_ENTRY_NULL; may be NULL) and the common ones it takes. What is left
 * in argv are the operands, from argv[1]. FALSE with WM_ERROR_USAGE when an option is unknown or fewer operands than `min_operands`
 * or more than `max_operands` (-1: any number) remain. --help prints and exits. */
gboolean command_parse(const Command *command, const GOptionEntry *entries, int takes, CommonOptions *common, int min_operands,
                       int max_operands, int *argc, char ***argv, GError **error);

/* FALSE with WM_ERROR_USAGE that shows how the command is called: for what command_parse cannot see. */
gboolean command_fail_usage(const Command *command, GError **error);

/* The day of --since; WM_NO_DAY where it was not given. FALSE with WM_ERROR_USAGE where it is no date. */
gboolean take_since(const char *text, WmDay *out, GError **error);

/* Say something on stderr, unless --quiet. A line end is added. */
void say(const CommonOptions *common, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The exit code of what is called `name`: `code` where all that was printed has arrived; a full disk is no success, which is said.
 */
int end_output(const char *name, int code);

/* What makes a plural of so many: "s", or "" of one. */
const char *s_of(size_t n);

/* From now on Ctrl-C asks to stop; a second one ends at once. */
void watch_interrupts(void);

/* Whether the user has asked to stop; then *error is set. */
gboolean is_interrupted(GError **error);

/* The store of a plan: [store] url, else PLAN/waymark.db; of a command that takes --store, what that says. */
WmStore *open_store(const WmPlan *plan, const CommonOptions *common, GError **error);

/* Where that is: a file or an address; new. */
char *store_place(const WmPlan *plan, const CommonOptions *common);

/* A store without drops, beside a drops folder that has some, was deleted: it is made again from them, and that is said. */
gboolean take_up_drops(WmStore *store, const WmPlan *plan, const CommonOptions *common, GError **error);
WmStore *open_filled_store(const WmPlan *plan, const CommonOptions *common, GError **error);

/* Write bytes to a file, whole or not at all, making its folder. */
gboolean write_output(const char *path, const void *bytes, gsize length, GError **error);

/* EXIT_FINDINGS when --fail-on asks for it: `error` and `warning` look at problems, `red` and `amber` at statuses. `month` may be
 * NULL. */
int exit_code_for(const CommonOptions *common, const WmProblems *problems, const WmMonth *month);

#endif
