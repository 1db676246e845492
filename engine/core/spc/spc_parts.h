/* engine/core/spc/spc_parts.h: what the files of the control charts share.
 *
 * Readings without a value are taken out first, so that every step below works on neighbours; indices here are of readings, not
 * periods. On a t chart y is the transformed time (spc_chart.c); everything but what is handed out is on that scale.
 */
#ifndef WM_CORE_SPC_PARTS_H
#define WM_CORE_SPC_PARTS_H

#include <waymark/spc.h>

/** Why a reading plays no part in the limits. */
enum { WM_SPC_KEPT = 0, WM_SPC_LEFT_OUT_BY_CALLER = 1, WM_SPC_LEFT_OUT_AS_EXTREME = 2 };

/** A centre and the distance to the limits: `width`, or width / sqrt(denominator) where the chart's limits follow the denominator.
 */
typedef struct {
    double centre; /* NAN: no reading */
    double width;  /* NAN: no limits */
} WmSpcLine;

/** How moving ranges are screened before their average is trusted. */
typedef struct {
    size_t n_loops;
    bool keeps_equal; /* screen only where a range exceeds the bound: ranges that are all 0 stay (autospc), else none is left
                         (Making Data Count) */
} WmSpcScreening;

/** A series on its chart. All arrays are n long and live in the scratch. */
typedef struct {
    const struct WmSpcChartRow *chart;
    const WmSpcOptions *options;
    WmSpcScreening screening;
    double scale;     /* of proportions: 100 for percents, else 1 */
    double tolerance; /* a reading this near to the centre is on it */
    double low, high; /* limits are cut here; -INFINITY, INFINITY when unbounded; working scale */
    size_t n;
    double *y;         /* as drawn, on the working scale */
    double *count;     /* numerators; unset on charts without denominators */
    double *area;      /* denominators; likewise */
    double *kept;      /* scratch of the averages */
    double *half;      /* distance from centre to limit, before cutting */
    size_t *i_point;   /* the period of each reading */
    uint8_t *left_out; /* WM_SPC_KEPT … */
    int8_t *side;      /* of the centre line: -1, 0, 1 */
    uint32_t *signals; /* bit 1u << WmSignal: holds */
    uint32_t *highs;   /* likewise: holds upwards */
} WmSpcWork;

typedef struct WmSpcChartRow {
    const char *name;
    WmSpcLine (*line)(const WmSpcWork *work, size_t first, size_t end);
    double range_scale; /* of the average moving range; 0 where the chart has its own sigma */
    bool needs_denominator;
    bool has_varying_limits; /* with the denominator */
    bool counts_events;      /* the numerator is what is drawn, when there is one */
    double low, high;        /* natural bounds before `scale`; INFINITY for none */
    double power;            /* y = value^power; 1 but for t */
} WmSpcChartRow;

/** Readings first .. end - 1 with one set of limits, from those before calc_end. */
typedef struct {
    size_t first, end, calc_end;
    WmSpcLine line;
} WmSpcStretch;

/** The log being written: room enough for every step, see spc.c. */
typedef struct {
    WmSsaEntry *entries;
    size_t n;
} WmSpcLog;

const WmSpcChartRow *wm_spc_chart_row(WmSpcChart chart);

/** Room for n points, kept in the scratch until it is asked for more; NULL without memory. */
WmSpcPoint *wm_spc_scratch_points(WmSpcScratch *self, size_t n);

/** The value drawn on this chart, working scale; NAN when it cannot be drawn. */
double wm_spc_point_value(const WmSpcChartRow *chart, const WmSpcPoint *point, double scale);

/** From the working scale to the indicator's; NAN for what is not finite. */
double wm_spc_shown(const WmSpcChartRow *chart, double y);

/** Distance from centre to limit at reading i. */
double wm_spc_half(const WmSpcWork *work, const WmSpcLine *line, size_t i);

/** Limits at reading i, cut at what is possible; NAN when there are none. Working scale. */
double wm_spc_lower(const WmSpcWork *work, const WmSpcLine *line, size_t i);
double wm_spc_upper(const WmSpcWork *work, const WmSpcLine *line, size_t i);

/** Side of `centre` on which y lies; 0 within the tolerance. */
int8_t wm_spc_side(const WmSpcWork *work, double y, double centre);

/** Mean in extended precision with a second pass over the residuals; NAN for none. */
double wm_spc_mean(const double *x, size_t n);

/** Average of the moving ranges of x, screened; NAN for none. Overwrites x. */
double wm_spc_average_range(double *x, size_t n, WmSpcScreening screening);

/** Apply the rule set to one phase: fills side, half, signals and highs of its readings, and the run counts of *phase. */
void wm_spc_rules_apply(WmSpcWork *work, const WmSpcStretch *stretch, WmSpcPhase *phase);

/** Whether a rule set's run analysis found it; wm_spc_rules_apply's part for Anhoej. */
void wm_spc_runs_count(const int8_t *side, size_t n, WmSpcPhase *phase);

/** Split readings first .. end - 1 into stretches by the Stable Shift Algorithm; marks extreme readings in work->left_out.
 * @param stretches  room for end - first + 1; returns how many (at least one when there are readings) */
size_t wm_ssa_establish(WmSpcWork *work, size_t first, size_t end, WmSpcStretch *stretches, WmSpcLog *log);

/** Variation and assurance of the finished chart, from its latest phase. */
void wm_spc_judge(WmSpcWork *work, const WmSpcPoint *points, WmSpc *spc);

/** What a signal in this direction means. */
WmEffect wm_spc_effect(WmPolarity polarity, WmSignal signal, int direction, int side);

#endif
