/* waymark: the table of commands. */
#include <gsl/gsl_errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

static const Command *const COMMANDS[] = {
    &COMMAND_RUN,    &COMMAND_BATCH,  &COMMAND_ISSUE,    &COMMAND_DIFF,       &COMMAND_INGEST, &COMMAND_HISTORY, &COMMAND_STORE,
    &COMMAND_CHECK,  &COMMAND_RECIPE, &COMMAND_EXPORT,   &COMMAND_NEW,        &COMMAND_CHART,  &COMMAND_SPC,     &COMMAND_TREND,
    &COMMAND_CHANCE, &COMMAND_PRIORS, &COMMAND_BACKTEST, &COMMAND_DICTIONARY, &COMMAND_IMPORT};

static void print_help(void)
{
    fputs("waymark: which indicators will miss their targets, how sure that is, and how far behind plan each one runs.\n\n"
          "Usage: waymark COMMAND [options] [operands]\n\n",
          stdout);
    for (size_t i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        printf("  %-10s %s%*s %s\n", COMMANDS[i]->name, COMMANDS[i]->operands, 12 - (int)g_utf8_strlen(COMMANDS[i]->operands, -1),
               "", COMMANDS[i]->summary);
    fputs("\nEvery command has --help. Begin with: waymark new my-plan && waymark run my-plan\n"
          "Exit codes: 0 done; 1 findings, with --fail-on; 2 usage; 3 input that cannot be used; 4 file or store; 5 interrupted.\n",
          stdout);
}

static const Command *find_command(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    return NULL;
}

static int run_command(const Command *command, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    const int code = command->run(argc, argv, &error);
    if (error) {
        fprintf(stderr, "waymark %s: %s\n", command->name, error->message);
        return error->domain == WM_ERROR ? error->code : WM_ERROR_FILE;
    }
    return end_output(command->name, code);
}

int main(int argc, char **argv)
{
    gsl_set_error_handler_off();
    if (!setlocale(LC_CTYPE, "") || !g_get_charset(NULL)) /* the words are UTF-8; numbers stay as in C */
        setlocale(LC_CTYPE, "C.UTF-8");
    watch_interrupts();
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help();
        return end_output("--help", argc < 2 ? WM_ERROR_USAGE : EXIT_SUCCESS);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("waymark %s (method %d)\n", WM_VERSION, WM_METHOD_VERSION);
        return end_output("--version", EXIT_SUCCESS);
    }
    const Command *command = find_command(argv[1]);
    if (!command) {
        fprintf(stderr, "waymark: there is no command “%s”; see `waymark --help`\n", argv[1]);
        return WM_ERROR_USAGE;
    }
    return run_command(command, argc - 1, argv + 1);
}
