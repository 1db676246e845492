/* cli/spc_job.h: what `waymark spc` was asked for, and the readings it is asked about. */
#ifndef WM_CLI_SPC_JOB_H
#define WM_CLI_SPC_JOB_H

#include <waymark/spc.h>

#include "cli/command.h"
#include "engine/data/backtest/long_csv.h"

/* The line as typed; texts are owned. */
typedef struct {
    char *chart, *rules, *screen, *rebase, *exclude, *establish, *target, *targets, *frequency, *kind, *bounds, *polarity, *lengths,
        *path;
    gint fix_after, period_min, shift_length;
    gboolean is_summary, is_log;
} SpcLine;

/* The line as understood. */
typedef struct {
    WmSpcOptions options;
    GArray *rebase, *exclude; /* of WmPeriod */
    WmPeriodKind period_kind; /* WM_PERIOD_NONE when not given */
    WmDay as_at;
    double target;   /* NAN when not given */
    GArray *targets; /* of LongTarget; NULL when not given */
    bool is_path;    /* straight from target to target, not by steps */
} SpcJob;

void spc_line_clear(SpcLine *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpcLine, spc_line_clear)

void spc_job_clear(SpcJob *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpcJob, spc_job_clear)

/* Understand the line. FALSE with WM_ERROR_USAGE, or WM_ERROR_INPUT when the targets cannot be read; clear the job in any case. */
gboolean spc_job_understand(const SpcLine *line, SpcJob *job, GError **error);

/* Options as they are for one series: its polarity may come from the targets. */
WmSpcOptions spc_job_options(const SpcJob *job, const LongSeries *series);

/* The readings known at the as-at, as points (WmSpcPoint); they are the series' first ones. */
void spc_job_points(const SpcJob *job, const LongSeries *series, GArray *points);

#endif
