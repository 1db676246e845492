/* waymark priors learn [options] FILE: what is typical of a batch of series, as a file that others can use. */
#include <stdio.h>
#include <string.h>

#include "cli/filter.h"
#include "engine/data/plan/prior_file.h"

static gboolean write_priors(const ForecastBatch *batch, const char *path, GError **error)
{
    g_autofree const WmPrior **priors = g_new(const WmPrior *, batch->priors->len + 1);
    for (guint i = 0; i < batch->priors->len; i++)
        priors[i] = &g_array_index(batch->priors, WmPrior, i);
    GString *text = prior_file_format(priors, batch->priors->len);
    const gboolean is_done =
        path ? write_output(path, text->str, text->len, error) : fwrite(text->str, 1, text->len, stdout) == text->len;
    g_string_free(text, TRUE);
    return is_done;
}

static int run(int argc, char **argv, GError **error)
{
    g_auto(FilterLine) line = {0};
    g_auto(CommonOptions) common = {0};
    g_autofree char *output = NULL;
    const GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "write into FILE (default: standard output)", "FILE"},
        FILTER_SERIES_ENTRIES(&line),
        G_OPTION_ENTRY_NULL,
    };
    if (!command_parse(&COMMAND_PRIORS, entries, TAKES_AS_AT | TAKES_QUIET, &common, 2, 2, &argc, &argv, error))
        return -1;
    if (strcmp(argv[1], "learn") != 0) {
        filter_fail(error, "priors", argv[1], "waymark priors learn FILE");
        return -1;
    }
    ForecastBatchOptions options;
    WmPolarity unused;
    if (!filter_understand(&line, &common, &options, &unused, error))
        return -1;
    g_autoptr(ForecastBatch) batch = forecast_batch_new(argv[2], &options, error);
    if (!batch || !write_priors(batch, output, error))
        return -1;
    for (guint i = 0; i < batch->priors->len; i++) {
        const WmPrior *prior = &g_array_index(batch->priors, WmPrior, i);
        say(&common, "by %s: learnt from %zu series", wm_period_kind_name(prior->group.period_kind), prior->n_series);
    }
    filter_say_notes(&common, &batch->notes);
    return EXIT_DONE;
}

const Command COMMAND_PRIORS = {
    "priors", "learn FILE", "learn what is typical of a batch of series, for short ones",
    "FILE is a long CSV: series, period, and value or numerator and denominator (or both); - reads standard input.\n"
    "What it writes is given to trend and chance with --priors; then a series alone and in its batch have the same forecast.\n"
    "Example: waymark priors learn --bounds 0,100 -o priors.ini national.csv",
    run};
