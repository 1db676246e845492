/* The tables of a plan: a line ==NAME begins each file. A plan is read, or refused with an error; whatever is wrong with it has a
 * place. */
#include <string.h>

#include <glib/gstdio.h>

#include "support.h"

static const char *const FILES[] = {"plan.ini",       "themes.csv",    "units.csv",       "neighbours.csv", "indicators.csv",
                                    "baselines.csv",  "targets.csv",   "comparators.csv", "milestones.csv", "actions.csv",
                                    "action_rag.csv", "risks.csv",     "events.csv",      "commentary.csv", "evidence.csv",
                                    "overrides.csv",  "trajectory.csv"};

/* The text of a file within the input, to the next ==. New; NULL when it is not there. */
static char *text_of_file(const char *input, const char *name)
{
    g_autofree char *mark = g_strdup_printf("==%s\n", name);
    const char *found = strstr(input, mark);
    if (!found)
        return NULL;
    const char *begin = found + strlen(mark), *end = strstr(begin, "\n==");
    return g_strndup(begin, end ? (gsize)(end + 1 - begin) : strlen(begin));
}

static void write_files(const char *input)
{
    for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *text = text_of_file(input, FILES[i]);
        g_autofree char *path = g_build_filename(scratch_folder(), FILES[i], NULL);
        g_remove(path);
        if (text)
            scratch_write(FILES[i], text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *input = input_text(data, size);
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(GError) error = NULL;
    write_files(input);
    g_autoptr(WmPlan) plan = wm_plan_read(scratch_folder(), problems, &error);
    MUST((plan == NULL) == (error != NULL));
    if (plan)
        wm_plan_check(plan, problems);
    for (size_t i = 0; i < wm_problems_n(problems); i++) {
        const WmProblem *problem = wm_problems_at(problems, i);
        MUST(*problem->file && *problem->code && *problem->message);
        MUST(g_utf8_validate(problem->message, -1, NULL));
    }
    return 0;
}
