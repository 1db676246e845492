/* cli/chart_input.h: series to chart from a long CSV, without a plan. */
#ifndef WM_CLI_CHART_INPUT_H
#define WM_CLI_CHART_INPUT_H

#include "cli/command.h"

/* As typed; texts are owned. */
typedef struct {
    char *input, *target, *due, *targets, *measure, *measure_unit, *bounds, *polarity, *frequency, *title;
} ChartInputLine;

void chart_input_line_clear(ChartInputLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ChartInputLine, chart_input_line_clear)

#define CHART_INPUT_ENTRIES(line)                                                                                                 \
    {"input", 0, 0, G_OPTION_ARG_FILENAME, &(line)->input, "a long CSV in place of a plan: series, period, value …", "FILE"},     \
        {"target", 0, 0, G_OPTION_ARG_STRING, &(line)->target, "with --input: the target of every series", "X"},                  \
        {"due", 0, 0, G_OPTION_ARG_STRING, &(line)->due, "with --target: when it is due (default: now)", "PERIOD"},               \
        {"targets", 0, 0, G_OPTION_ARG_FILENAME, &(line)->targets, "with --input: series, due, target, polarity", "FILE"},        \
        {"measure",                                                                                                               \
         0,                                                                                                                       \
         0,                                                                                                                       \
         G_OPTION_ARG_STRING,                                                                                                     \
         &(line)->measure,                                                                                                        \
         "with --input: count, percent, rate, duration, score or money (default: percent for shares, else rate)",                 \
         "KIND"},                                                                                                                 \
        {"measure-unit", 0, 0, G_OPTION_ARG_STRING, &(line)->measure_unit, "with --input: %, weeks, …", "UNIT"},                  \
        {"bounds", 0, 0, G_OPTION_ARG_STRING, &(line)->bounds, "with --input: smallest and largest possible value", "LO,HI"},     \
        {"polarity", 0, 0, G_OPTION_ARG_STRING, &(line)->polarity, "with --input: higher, lower, plan or none", "WAY"},           \
        {"frequency", 0, 0, G_OPTION_ARG_STRING, &(line)->frequency, "with --input: month, quarter, year …", "FREQUENCY"},        \
    {                                                                                                                             \
        "title", 0, 0, G_OPTION_ARG_STRING, &(line)->title, "with --input: what is measured (default: the series' names)", "TEXT" \
    }

/* Series that were read, assessed, and own what they show. */
typedef struct ChartInput ChartInput;

/* Read and assess. FALSE with WM_ERROR_USAGE or WM_ERROR_INPUT. New. */
ChartInput *chart_input_new(const ChartInputLine *line, WmDay as_at, GError **error);
void chart_input_free(ChartInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ChartInput, chart_input_free)

/* n series, in the order of the file. Borrowed. */
const WmSeries *chart_input_series(const ChartInput *self, size_t *n);

#endif
