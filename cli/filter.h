/* cli/filter.h: options that the filters over long CSV share: what is measured, how often, and which priors. */
#ifndef WM_CLI_FILTER_H
#define WM_CLI_FILTER_H

#include "cli/command.h"
#include "engine/data/series/forecast_batch.h"

/* As typed; texts are owned. */
typedef struct {
    char *frequency, *kind, *bounds, *polarity, *priors, *events;
    gboolean is_recalibrated;
} FilterLine;

void filter_line_clear(FilterLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FilterLine, filter_line_clear)

/* What the series are. */
#define FILTER_SERIES_ENTRIES(line)                                                                                           \
    {"frequency",                                                                                                             \
     0,                                                                                                                       \
     0,                                                                                                                       \
     G_OPTION_ARG_STRING,                                                                                                     \
     &(line)->frequency,                                                                                                      \
     "month, quarter, term, half, year, academic_year or financial_year",                                                     \
     "FREQUENCY"},                                                                                                            \
        {"kind", 0, 0, G_OPTION_ARG_STRING, &(line)->kind, "count, percent, rate, duration, score, money or yes_no", "KIND"}, \
        {"bounds", 0, 0, G_OPTION_ARG_STRING, &(line)->bounds, "smallest and largest possible value; either may be left out", \
         "LO,HI"},                                                                                                            \
        {"recalibrate",                                                                                                       \
         0,                                                                                                                   \
         0,                                                                                                                   \
         G_OPTION_ARG_NONE,                                                                                                   \
         &(line)->is_recalibrated,                                                                                            \
         "widen or narrow forecasts as past ones of the input would have needed it",                                          \
         NULL},                                                                                                               \
    {                                                                                                                         \
        "events", 0, 0, G_OPTION_ARG_FILENAME, &(line)->events,                                                               \
            "what is known to have happened: series, period, kind (break, intervention or outlier)", "FILE"                   \
    }

/* And what they are judged by; a filter that judges nothing takes the way without a use for it, so that scripts give all the same.
 */
#define FILTER_ENTRIES(line)                                                                                                   \
    FILTER_SERIES_ENTRIES(line),                                                                                               \
        {"polarity", 0, 0, G_OPTION_ARG_STRING, &(line)->polarity, "which way is better: higher, lower, plan or none", "WAY"}, \
    {                                                                                                                          \
        "priors", 0, 0, G_OPTION_ARG_STRING, &(line)->priors,                                                                  \
            "what is typical: learn (from this input; the default), builtin, or a file", "PRIORS"                              \
    }

/* As understood. *polarity is WM_N_POLARITIES when not given. The texts of `line` are borrowed by *out. FALSE with WM_ERROR_USAGE.
 */
gboolean filter_understand(const FilterLine *line, const CommonOptions *common, ForecastBatchOptions *out, WmPolarity *polarity,
                           GError **error);

/* Say what may not be as whoever gave the files thinks. */
void filter_say_notes(const CommonOptions *common, const ForecastBatchNotes *notes);

/* Say how many events, or targets, are of series that have no readings; nothing when none are. */
void filter_say_strays(const CommonOptions *common, const char *what, size_t n);

/* FALSE, with WM_ERROR_USAGE: `option` cannot be `text`; `advice` says what it can be. */
gboolean filter_fail(GError **error, const char *option, const char *text, const char *advice);

/* A finite number; FALSE, leaving *out, for anything else. */
gboolean filter_parse_number(const char *text, double *out);

#endif
