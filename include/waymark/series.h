/* waymark/series.h: one assessed series, with all that a chart or a report shows of it.
 *
 * A *series* is the readings of one indicator for one unit and one cohort. This struct is a view: every pointer in it is borrowed
 * from whoever made it (a WmMonth, or a caller with its own data), every text is UTF-8 and never NULL ("" when absent).
 */
#ifndef WAYMARK_SERIES_H
#define WAYMARK_SERIES_H

#include <waymark/assess.h>
#include <waymark/event.h>
#include <waymark/exception.h>
#include <waymark/spc_many.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A level to compare with: national, statistical_neighbour, upper_quartile … */
typedef struct {
    const char *name;
    WmPeriod period; /* WM_PERIOD_NONE when undated */
    double value;    /* indicator's unit */
} WmComparator;

/** A reading that a later drop changed. */
typedef struct {
    WmPeriod period;
    double was;     /* the value of the vintage before; NAN when it had none */
    double now;     /* the value as at; NAN when it has none */
    WmDay received; /* of the drop that changed it */
    WmDay was_received;
    int64_t drop, was_drop; /* ids in the store */
} WmRevision;

/** How the baseline is qualified. */
typedef enum {
    WM_BASELINE_EXACT,
    WM_BASELINE_LESS_THAN,
    WM_BASELINE_GREATER_THAN,
    WM_BASELINE_APPROX,
    WM_BASELINE_TBC,
    WM_BASELINE_NEW_MEASURE,
    WM_BASELINE_NONE,
    WM_N_BASELINE_QUALIFIERS,
} WmBaselineQualifier;

/** A milestone as the plan prints it, beside what it resolves to. */
typedef struct {
    WmDay due;          /* WM_NO_DAY when the plan gives no date */
    double target;      /* indicator's unit; NAN when unresolved */
    const char *text;   /* as people wrote it */
    const char *reason; /* why it is not a number; "" when it is */
    WmMilestoneOutcome outcome;
    double chance; /* of meeting it, 0..1; NAN once judged or with too little data */
} WmSeriesMilestone;

/** What assurance in the month is about. */
typedef enum {
    WM_ASSURANCE_OF_AUTO,      /* the path where there is one at the latest reading, else the milestone in force */
    WM_ASSURANCE_OF_PATH,      /* the plan's trajectory through time: its steps, or the gap to it where it moves */
    WM_ASSURANCE_OF_MILESTONE, /* the next milestone, and after the last the last, as a level */
    WM_N_ASSURANCE_OFS,
} WmAssuranceOf;

/** How a plan wants its series charted; all zero for the chart that suits the measure, Making Data Count's rules, and limits from
 * every reading since the latest break. */
typedef struct {
    WmSpcChart chart;
    WmSpcRules rules;
    WmSpcScreen screen;
    WmSpcEstablish establish;
    WmAssuranceOf assurance_of;
    int fix_after;                  /* limits from so many readings of each phase; 0: from all */
    int period_min, shift_length;   /* of the Stable Shift Algorithm; 0: 21 and 8 */
    unsigned lengths[WM_N_SIGNALS]; /* readings that make each signal; 0: the rule's own */
} WmSpcPlan;

/** What the control chart of a series says. */
typedef struct {
    bool is_charted;            /* false for kinds that are no numbers, and without a reading; then all else is empty */
    WmSpcChart chart;           /* never WM_SPC_AUTO */
    WmSpcReason chart_reason;   /* why this one */
    size_t n_phases;            /* stretches with limits of their own */
    WmPeriod phase_from;        /* first period of the latest */
    double lower, upper;        /* limits at the latest reading; NAN for none */
    WmSpcLatest latest;         /* the reading, the centre, and the signal */
    WmEffect variation;         /* real or noise at the latest reading */
    WmAssurance assurance;      /* whether the process, left as it is, keeps to the target: always, never, now and then */
    WmAssuranceOf assurance_of; /* PATH or MILESTONE */
    double target;              /* that assurance is about, at the latest reading; NAN for none */
    WmSpcCaution caution;       /* what makes the points unlike independent readings */
    bool stands;           /* there is a signal, from at least 8 readings, and what the caution says does not explain it away */
    bool is_judged_signal; /* what is judged signals: the readings or, in seasonal and rolling series, their changes */
    WmSpcChance chance;    /* of the latest reading, among all series of the month */
    double q_value;        /* smallest false discovery rate at which it is a discovery; NAN where p_value is */
    WmSpcSuggestion suggestion; /* i_point is a reading */
} WmSignals;

/** Signals of a batch of series, beside what chance alone would give. */
typedef struct {
    size_t n_judged;      /* series that can signal at all: with limits that are not those of a constant */
    size_t n_signals;     /* at the latest reading, of what is judged (changes, in seasonal and rolling series) */
    double n_expected;    /* by chance alone: the sum of each series' chance of a signal where nothing changes */
    size_t n_discoveries; /* of these signals, left at a false discovery rate of 5% */
    size_t n_by_caution[WM_N_SPC_CAUTIONS];
} WmSignalTotals;

/** Whether a person set the status of a series. */
typedef enum {
    WM_OVERRIDE_NONE,
    WM_OVERRIDE_IN_FORCE, /* the verdict shows it */
    WM_OVERRIDE_EXPIRED,  /* it did until it ran out, and nothing has come in its place */
    WM_N_OVERRIDE_STATES,
} WmOverrideState;

/** What a person set, or the last that was set and ran out. */
typedef struct {
    WmOverrideState state;
    WmRag status;
    const char *reason, *by_role; /* "" when not given */
    WmDay from, expires;          /* WM_NO_DAY when not given */
} WmSeriesOverride;

typedef struct {
    const char *indicator; /* its id */
    const char *title;
    const char *unit; /* id of who is measured; "" the plan's own area */
    const char *unit_name;
    const char *cohort;       /* "" for all */
    const char *measure_unit; /* %, weeks, … */
    const char *source;
    const char *theme;
    const char *theme_title;
    const char *owner_role;
    const char *note;
    bool is_illustrative; /* some reading was made up to illustrate: every output must say so */
    bool is_partial;      /* some reading is a total of which parts are missing: likewise */
    WmMeasure measure;

    WmDay baseline_day;    /* WM_NO_DAY when undated */
    double baseline_value; /* NAN when there is none */
    WmBaselineQualifier baseline_qualifier;
    double second_baseline;    /* a figure printed beside the baseline, from which nothing starts; NAN when there is none */
    WmDay second_baseline_day; /* WM_NO_DAY when undated */

    const WmSeriesMilestone *milestones; /* n_milestones, as printed: by due, undated last */
    size_t n_milestones;
    const WmReading *readings; /* n_readings as known at the as-at, by period */
    size_t n_readings;
    size_t n_future;             /* readings of periods that begin after the as-at, left out */
    const WmRevision *revisions; /* n_revisions, by period */
    size_t n_revisions;
    const WmComparator *comparators;
    size_t n_comparators;
    const WmEvent *events;
    size_t n_events;

    WmTrajectory trajectory;
    WmAssessment assessment;
    WmAssessment previous; /* at the previous as-at; its as_at is WM_NO_DAY when there is none */
    WmVerdict hindsight;   /* what `previous` would have said with the figures of now; its verdict where none was revised */
    WmSpcPlan spc;         /* how the plan wants it charted */
    WmSignals signals;     /* what the control chart says */
    WmSeriesOverride override;
    const char *sentence; /* wm_assessment_explain of the assessment */
    bool is_exception;    /* the board must see it */
    WmDay first_raised;   /* as-at at which the present unbroken exception was first raised; WM_NO_DAY when none */
    WmExceptionRun run;   /* the exception that is open, or that closed since the previous as-at; opened is WM_NO_DAY for none */
} WmSeries;

/** The period of the next reading: after the latest that has come, in the steps in which readings usually come (a survey of June
 * and December among measures by month comes every sixth; the median step, of two the longer). WM_PERIOD_NONE where none has come,
 * and of what is told once. */
WmPeriod wm_series_next_period(const WmSeries *series);

/** The reading of exactly this period; NULL where there is none. Borrowed. */
const WmReading *wm_series_reading_of(const WmSeries *series, WmPeriod period);

/** The same period a year before. */
WmPeriod wm_period_year_before(WmPeriod period);

/** How the figures of a year so far come to one figure. */
typedef enum {
    WM_YEAR_AUTO, /* percents with counts pooled, else the mean of percents, rates, durations and scores; nothing of counts and
                     money, for a number of people waiting must not be added up and a number of plans issued must */
    WM_YEAR_SUM,
    WM_YEAR_MEAN,
    WM_YEAR_LATEST,
    WM_YEAR_NONE,
    WM_N_YEAR_BASES,
} WmYearBasis;

typedef struct {
    double value;      /* indicator's unit; NAN where there is none */
    WmYearBasis basis; /* SUM (of counts behind a percent too: a share of sums), MEAN or LATEST; NONE where there is no value */
    size_t n;          /* readings with a value in it */
    size_t n_periods;  /* periods of the year so far: a sum that lacks one is not given */
} WmYearToDate;

/** Bring a year's readings, from the start of the year of `year` that `period` lies in to the end of `period`, to one figure.
 * Nothing for yearly measures, deliverables and texts. */
WmYearToDate wm_series_year_to_date(const WmSeries *series, WmPeriodKind year, WmYearBasis basis, WmPeriod period);

const char *wm_year_basis_name(WmYearBasis basis);
bool wm_year_basis_parse(const char *text, WmYearBasis *out);

/** A series of one's own, ready to be drawn: what was assessed, with what came of it, and no text but those two.
 *
 * @param input       its measure, readings, path and milestones; what it points to must outlive the series
 * @param assessment  of wm_assess; copied
 * @param title       of the measure; borrowed, as is measure_unit: %, weeks …
 * @param milestones  input->n_milestones, written: each with its outcome and its chance; borrowed
 * @param out         written; change any member afterwards: unit_name, source, comparators …
 */
void wm_series_of(const WmAssessmentInput *input, const WmAssessment *assessment, const char *title, const char *measure_unit,
                  WmSeriesMilestone *milestones, WmSeries *out);

/** The milestone in force in a period: the first one due at its end or later, else the last; NAN for none. */
double wm_series_target_at(const WmSeries *series, WmPeriod period);

/** What assurance is about, PATH or MILESTONE: what the plan says, and of AUTO the path if it has a value at the latest reading. */
WmAssuranceOf wm_series_assurance_of(const WmSeries *series);

/** Whether it can have a control chart: deliverables (yes_no) and texts have none. */
bool wm_series_is_chartable(const WmSeries *series);

/** Readings as points of a control chart, n_readings of them, without values where it can have none: a break in events starts a
 * phase, an outlier is left out of the limits. The target is the path's value at each period (of a path by steps the latest
 * milestone due, before the first the first), or the milestone in force. Chart them with wm_series_spc_options. */
void wm_series_spc_points(const WmSeries *series, WmSpcPoint *points);

/** Options as the plan wants them: a path that moves is a moving target, and limits from fewer than WM_SPC_FEWEST readings say
 * nothing. */
WmSpcOptions wm_series_spc_options(const WmSeries *series);

/** Chart a series as its plan wants it: the two above and wm_spc_analyse in one, and no assurance but pass where the last milestone
 * is met and held. *out points into the scratch. WM_NO_MEMORY as there. */
WmStatus wm_series_chart(const WmSeries *series, WmSpcScratch *scratch, WmSpc *out);

/** Whether it is a counted signal (WmSignalTotals), so listed and charted: its latest reading, or the change judged for it. */
bool wm_series_has_signal(const WmSeries *series);

/** Say the suggestion of a series with its evidence: "limits could be re-established from Mar 2021: 12 months in a row below the
 * mean of 61.2%; from there the mean is 54.1% (limits 49.0% to 59.2%)". "" where nothing is suggested. Returns text. */
#define WM_SUGGESTION_TEXT 320
const char *wm_series_suggestion_text(const WmSeries *series, char text[WM_SUGGESTION_TEXT]);

/** Whether the latest reading is evidence of a change or noise, from readings alone: for judgements that are replayed at each
 * vintage. The chart is the one that suits the measure, with Making Data Count's rules; breaks and outliers among the events count.
 * With a path it is the gap y - T(t) that is charted (XmR): on a path that rises, readings that rise with it are no news, and
 * readings that stand still are.
 *
 * O(n_readings), some microseconds for 60 readings, and no allocation once the scratch has grown.
 *
 * @param readings  n_readings as known at one date, sorted by period; borrowed
 * @param measure   kind, polarity and bounds; borrowed
 * @param events    n_events; NULL for none
 * @param path      NULL to chart the readings themselves; readings before the path begins are left out
 * @param scratch   borrowed; what it held is gone
 * @param out       written in every case
 * @return WM_OK, or WM_NO_MEMORY
 */
WmStatus wm_readings_latest_signal(const WmReading *readings, size_t n_readings, const WmMeasure *measure, const WmEvent *events,
                                   size_t n_events, const WmTrajectory *path, WmSpcScratch *scratch, WmSpcLatest *out);

const char *wm_override_state_name(WmOverrideState state); /* "" for none */
const char *wm_assurance_of_name(WmAssuranceOf of);
bool wm_assurance_of_parse(const char *text, WmAssuranceOf *out);
const char *wm_baseline_qualifier_name(WmBaselineQualifier qualifier);
bool wm_baseline_qualifier_parse(const char *text, WmBaselineQualifier *out);

#ifdef __cplusplus
}
#endif
#endif
