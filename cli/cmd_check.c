/* waymark check PLAN */
#include <stdio.h>

#include "cli/command.h"
#include "cli/output.h"

static const OutputColumn COLUMNS[] = {{"file", FALSE}, {"line", TRUE},     {"column", TRUE}, {"severity", FALSE},
                                       {"code", FALSE}, {"message", FALSE}, {"advice", FALSE}};

/* On a terminal a problem reads as a compiler's does; editors can jump to it. */
static void print_lines(const WmProblems *problems)
{
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        g_autofree char *line = wm_problem_format(wm_problems_at(problems, i));
        puts(line);
    }
}

static void print_rows(const WmProblems *problems, OutputFormat format)
{
    g_autoptr(Output) output = output_new(COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *one = wm_problems_at(problems, i);
        g_autofree char *line = one->line ? g_strdup_printf("%d", one->line) : g_strdup("");
        g_autofree char *column = one->column ? g_strdup_printf("%d", one->column) : g_strdup("");
        output_add(output, (const char *const[]){one->file, line, column, wm_severity_name(one->severity), one->code, one->message,
                                                 one->advice});
    }
    output_print(output, format);
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(CommonOptions) common = {0};
    if (!command_parse(&COMMAND_CHECK, NULL, TAKES_FORMAT | TAKES_FAIL_ON | TAKES_QUIET, &common, 1, 1, &argc, &argv, error))
        return -1;
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(WmPlan) plan = wm_plan_read(argv[1], problems, error);
    if (!plan)
        return -1;
    wm_plan_check(plan, problems);
    if (common.format == OUTPUT_TABLE)
        print_lines(problems);
    else
        print_rows(problems, common.format);

    const size_t n_errors = wm_problems_count(problems, WM_SEVERITY_ERROR);
    const size_t n_warnings = wm_problems_count(problems, WM_SEVERITY_WARNING) - n_errors;
    say(&common, "%s: %zu indicators; %zu errors, %zu warnings, %zu notes", argv[1], plan->n_indicators, n_errors, n_warnings,
        wm_problems_n(problems) - n_errors - n_warnings);
    return exit_code_for(&common, problems, NULL);
}

const Command COMMAND_CHECK = {
    "check", "PLAN", "say everything that is wrong with a plan",
    "Errors are what cannot be right (900% of a proportion); warnings want a person's eye; notes are for information.\n"
    "Give --fail-on error to stop a script.",
    run};
