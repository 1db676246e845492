/* waymark new DIR */
#include <stdio.h>

#include "cli/command.h"

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    if (!command_parse(&COMMAND_NEW, NULL, TAKES_QUIET, &common, 1, 1, &argc, &argv, error) || !wm_plan_new(argv[1], error))
        return -1;
    say(&common, "wrote a starter plan into %s; next: waymark run %s", argv[1], argv[1]);
    return EXIT_DONE;
}

const Command COMMAND_NEW = {"new", "DIR", "write a commented starter plan", NULL, run};
