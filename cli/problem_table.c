/* Findings, printed. */
#include "cli/problem_table.h"

#include <stdio.h>

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

void problem_table_print(const WmProblems *problems, OutputFormat format)
{
    if (format == OUTPUT_TABLE)
        print_lines(problems);
    else
        print_rows(problems, format);
}
