/* cli/problem_table.h: findings on stdout. */
#ifndef WM_CLI_PROBLEM_TABLE_H
#define WM_CLI_PROBLEM_TABLE_H

#include "cli/command.h"

/* Print them: file, line, column, severity, code, message, advice; on a terminal as lines that editors can jump to. */
void problem_table_print(const WmProblems *problems, OutputFormat format);

#endif
