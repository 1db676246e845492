/* waymark/assess.h: from readings, path and policy to a status with its reasons.
 *
 * Order of judgement (the first that holds decides):
 *   grey   it cannot be judged: nothing numeric to judge, no path at the reading, a reading due and absent; in a public pack the
 *          newest reading is hidden
 *   white  before the plan's start, or no reading due yet
 *   red    a due milestone was missed and is not recovered
 *   blue   the last milestone was met and is held
 *   grey   the next reading is long overdue
 *   else   the policy's table: position against the path x outlook for the next milestone
 * Position and outlook are filled in whatever the status, so that a colour hides neither.
 */
#ifndef WAYMARK_ASSESS_H
#define WAYMARK_ASSESS_H

#include <waymark/trajectory.h>
#include <waymark/trend.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { WM_GREY, WM_WHITE, WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_N_RAGS } WmRag;

/** What qualifies a status. */
typedef enum {
    WM_PLAIN,
    WM_WATCH,
    WM_EARLY_WARNING,
    WM_RECOVERING,
    WM_POSITION_ONLY,
    WM_OVERRIDDEN,
    WM_N_MARKS,
} WmMark;

/** Where the latest reading stands against the path. */
typedef enum { WM_ON, WM_NEAR, WM_OFF, WM_POSITION_NONE, WM_N_POSITIONS } WmPosition;

/** How likely the next milestone is. WM_OUTLOOK_NONE: too little data, or no milestone ahead. */
typedef enum { WM_LIKELY, WM_UNCERTAIN, WM_UNLIKELY, WM_OUTLOOK_NONE, WM_N_OUTLOOKS } WmOutlook;

/** Both statuses travel together, so that whatever shows one can show the other. */
typedef struct {
    WmRag status;
    WmMark mark;
    WmRag computed; /* with WM_OVERRIDDEN: the status by the figures, without a person's word; else not looked at */
} WmVerdict;

/** The status policy, as data. */
typedef struct {
    double likely_from;    /* chance, 0..1; default 0.5 */
    double uncertain_from; /* chance, 0..1; default 0.2 */
    WmVerdict table[WM_POSITION_NONE][WM_N_OUTLOOKS];
    double hold_chance; /* 0..1: a chance this near its threshold has not crossed it; default 0.25 */
    double hold_noise;  /* a gap this near the edge of its band has not left it, in sds of one reading; default 3 */
    int hold_readings;  /* monthly readings in a row that move the status however small their change, signals counting twice; of
                             longer periods as many fewer, but at least two; default 6. 1: nothing is held */
} WmPolicy;

/** What speaks for a status on one day, as wm_policy_hold sees it. */
typedef struct {
    WmVerdict verdict;     /* by that day's readings alone */
    bool is_ruled;         /* a rule decides, not the policy's table: it stands whatever was shown before */
    unsigned within_noise; /* bit WmRag: what the table says where the gap, or the chance, is moved back by what may be noise */
    int signal;            /* the latest reading against the limits of its own series: +1 improvement, -1 concern, 0 noise */
    WmPeriod period;       /* of the latest reading */
    WmDay due;             /* of the milestone that the chance is of; another one is another question */
} WmStatusEvidence;

/** Where a series stands on one day, in the numbers that the policy asks for. */
typedef struct {
    double gap, trajectory; /* indicator's unit; a gap of NAN cannot be judged */
    double chance;          /* of the milestone ahead; NAN with too little data */
    double noise;           /* sd of one reading; NAN when not known */
    int signal;             /* these three as of WmStatusEvidence */
    WmPeriod period;
    WmDay due;
} WmStatusNumbers;

/** The status shown, which follows its evidence only beyond noise. */
typedef struct {
    WmVerdict verdict;
    bool is_held;  /* the evidence says another status */
    int n_against; /* readings in a row that say so, a signal counting twice */
    int n_awaited; /* how many more that are no signals move it all the same; 0 where it is not held */
    int direction; /* of what they say: +1 better, -1 worse */
} WmStanding;

/** What became of one milestone, as known at the as-at. */
typedef enum {
    WM_MILESTONE_AHEAD,   /* not due yet */
    WM_MILESTONE_PENDING, /* due, but the reading that judges it has not come */
    WM_MILESTONE_MET,
    WM_MILESTONE_MISSED,
    WM_MILESTONE_RECOVERED, /* missed, but the latest readings meet it */
} WmMilestoneState;

typedef struct {
    WmMilestoneState state;
    size_t i_reading; /* the reading that judged it; SIZE_MAX when none did */
} WmMilestoneOutcome;

/** Why an indicator stands where it stands: a code, and the numbers that go with it. */
typedef enum {
    WM_REASON_NOT_NUMERIC,          /* kind text */
    WM_REASON_NO_POLARITY,          /* nothing says which way is better */
    WM_REASON_NO_TARGET,            /* no milestone at all */
    WM_REASON_TARGET_UNRESOLVED,    /* milestones exist, none is a number yet */
    WM_REASON_BASELINE_TBC,         /* no usable baseline; day = first milestone, from which it can be judged */
    WM_REASON_NO_READING,           /* a reading is due and none has ever come; day = when the first was due */
    WM_REASON_NO_VALUE,             /* readings have come, none with a value */
    WM_REASON_BEFORE_START,         /* day = the plan's start */
    WM_REASON_NO_READING_DUE,       /* day = when the first reading is due */
    WM_REASON_MILESTONE_MISSED,     /* a = target, b = the reading that judged it, day = due */
    WM_REASON_MILESTONE_RECOVERED,  /* a = target, b = the reading that judged it, day = due */
    WM_REASON_MILESTONE_PENDING,    /* a = target, day = due */
    WM_REASON_HELD,                 /* the last milestone is met and held; a = target */
    WM_REASON_NOT_HELD,             /* the last milestone was met, but the last two readings do not both meet it; a = target */
    WM_REASON_ON_PLAN,              /* a = gap */
    WM_REASON_NEAR_PLAN,            /* a = gap */
    WM_REASON_OFF_PLAN,             /* a = gap */
    WM_REASON_CHANCE_LIKELY,        /* a = chance, b = target, day = due */
    WM_REASON_CHANCE_UNCERTAIN,     /* likewise */
    WM_REASON_CHANCE_UNLIKELY,      /* likewise */
    WM_REASON_TOO_FEW_READINGS,     /* a = readings with a value */
    WM_REASON_NO_MILESTONE_AHEAD,   /* every milestone is in the past */
    WM_REASON_BASELINE_BOUND,       /* the baseline is an inequality, taken at its bound; a = that value */
    WM_REASON_BASELINE_UNDATED,     /* the baseline has no date, taken at the plan's start */
    WM_REASON_GEOMETRIC_FELL_BACK,  /* an end of the geometric path is not positive: drawn straight */
    WM_REASON_LATEST_WITHOUT_VALUE, /* a later period was suppressed, missing …; a = its WmReadingState, day = its end */
    WM_REASON_READING_STALE,        /* the next reading is long overdue; day = when it was due */
    WM_REASON_OVERRIDDEN,           /* a person set the status; a = the WmRag that the engine gives */
    WM_REASON_SIGNAL_IMPROVEMENT, /* the control chart shows more than noise; a = the WmSignal, b = readings that carry it, negative
                                     when low or falling */
    WM_REASON_SIGNAL_CONCERN,     /* likewise */
    WM_REASON_SIGNAL_CHANGE,      /* likewise, where neither way is better */
    WM_REASON_STATUS_HELD,        /* the change is within noise; a = the WmRag of this day alone, b = further readings in a row that
                                     move it all the same */
    WM_REASON_MOSTLY_PRIOR,       /* few readings: the chance is mostly what is usual of similar series; a = readings */
    WM_REASON_LATER_UNRESOLVED,   /* a later milestone is not a number yet; a = how many */
    WM_REASON_NEWEST_HIDDEN,      /* the newest figures are not for the public; day = the end of the newest period */
    WM_N_REASONS,
} WmReasonCode;

typedef struct {
    WmReasonCode code;
    double a, b;     /* as the code says; NAN otherwise */
    WmDay day;       /* as the code says; WM_NO_DAY otherwise */
    WmPeriod period; /* of the reading that judged a milestone; WM_PERIOD_NONE otherwise */
} WmReason;

#define WM_MAX_REASONS 24

/** What is known about the baseline beyond its value. */
typedef struct {
    double value;    /* indicator's unit; NAN when there is none */
    bool is_bound;   /* an inequality (<50%, >26 weeks), taken at its bound */
    bool is_undated; /* no date given: the plan's start is used */
} WmBaseline;

/** How much of an assessment is wanted. */
typedef enum {
    WM_ASSESS_ALL,
    WM_ASSESS_STATUS, /* the status and what it rests on, for replays: no expected month, no pace for a chance, no effect; no trend
                         either where a rule decides */
} WmAssessScope;

/** All that an assessment looks at. Everything is borrowed for the call; a pooled trend's prior and fit as long as the assessment
 * is asked for chances. */
typedef struct {
    WmMeasure measure;
    WmBaseline baseline;
    WmTrajectory trajectory;
    const WmMilestone *milestones; /* n_milestones, sorted by due */
    size_t n_milestones;
    size_t n_unresolved;       /* milestones that are not yet a number */
    size_t n_later_unresolved; /* of those: due after the last of the milestones, or undated */
    const WmReading *readings; /* n_readings as known at the as-at, sorted by period, one each */
    size_t n_readings;
    WmDay as_at;
    WmDay plan_start;     /* WM_NO_DAY when not given */
    int reading_lag_days; /* a reading is due this long after its period's end */
    int stale_after_days; /* and so long after that without it, the latest says little of today; 0: never */
    WmTrendOptions trend;
    const WmTrend *known_trend; /* of the same readings, fitted before; NULL to fit */
    const WmPolicy *policy;     /* NULL for the default */
    int signal;                 /* of WmStatusEvidence; 0 where nobody looked */
    WmAssessScope scope;
    bool is_public; /* what is suppressed is known, but not to the reader: a series that ends so is not judged by older readings */
} WmAssessmentInput;

/** A milestone and the chance of meeting it. due is WM_NO_DAY when there is none. */
typedef struct {
    WmDay due;
    double target; /* indicator's unit */
    double chance; /* 0..1; NAN with too little data, or once judged */
} WmProspect;

/** What a chance rests on. */
typedef enum {
    WM_BASIS_NONE,     /* there is none: too little data, or nothing ahead */
    WM_BASIS_POSITION, /* the reading that judges has come */
    WM_BASIS_PRIOR,    /* so few readings that what is usual of similar series weighs more */
    WM_BASIS_MODEL,
    WM_N_BASES,
} WmBasis;

/** The chance that makes a pace safe: "what would have to be true". */
#define WM_SAFE_CHANCE 0.8

typedef struct {
    WmDay as_at;
    bool has_value;    /* whether any reading carries a value */
    WmReading reading; /* the latest that does */
    double baseline;   /* indicator's unit; NAN when there is none */
    double trajectory; /* T at the reading's end */
    double gap;        /* + better than plan */
    WmMonthsGap months_gap;
    WmProspect pending;   /* the first milestone that is due, and awaits its reading */
    WmProspect next;      /* the first one after the as-at that is not judged yet */
    WmProspect last;      /* the plan's last milestone */
    WmDay expected;       /* end of the month in which the central path meets `next` (or, with none ahead, a `last` not met now);
                             WM_NO_DAY: not within 10 years */
    WmDay expected_lo;    /* with a chance of 0.1 it is met by this month */
    WmDay expected_hi;    /* with a chance of 0.9; WM_NO_DAY: not within 10 years */
    double required_pace; /* indicator's unit a month, signed, from the latest reading to `next` */
    double achieved_pace; /* fitted slope, indicator's unit a month, signed */
    double safe_pace; /* constant pace from the latest reading that gives `next` a chance of WM_SAFE_CHANCE; NAN where none does */
    WmBasis basis;    /* of next.chance */
    WmForecastEffect effect; /* of the latest intervention with readings on both sides; period.kind WM_PERIOD_NONE without one */
    double noise;            /* sd of one reading when nothing changes, indicator's unit; NAN with fewer than three */
    WmPosition position;
    WmOutlook outlook;
    WmVerdict verdict;         /* what is shown: the evidence's, until held (wm_assessment_hold) or overridden */
    WmStatusEvidence evidence; /* of this day alone */
    WmReason reasons[WM_MAX_REASONS];
    size_t n_reasons;
    WmTrend trend;
} WmAssessment;

/** The milestone whose chance makes the outlook: the one that awaits its reading, else the next. Its due is WM_NO_DAY for none. */
const WmProspect *wm_assessment_question(const WmAssessment *assessment);

/** How far ahead the expected month is sought. */
#define WM_EXPECTED_HORIZON_MONTHS 120

/** Whether a code is among the reasons. */
bool wm_assessment_has_reason(const WmAssessment *assessment, WmReasonCode code);

/** The policy of the design: likely from 0.5, uncertain from 0.2. Copied. */
WmPolicy wm_policy_default(void);

/** What the policy's table says of one day, and what it would say within noise. Grey, as ruled, where the gap is NAN. */
WmStatusEvidence wm_policy_weigh(const WmPolicy *policy, const WmMeasure *measure, const WmStatusNumbers *numbers);

/** What is shown after n days of evidence, oldest first: a fold, so that the same past always shows the same.
 *
 * A day's verdict is taken where a rule decides or did the day before, where the milestone ahead is another one, where the latest
 * reading is a signal in that direction, where the shown status is not within noise of the evidence, or where hold_readings
 * readings in a row have spoken for that side. Else the shown status stays. The first day's verdict stands. Grey with n = 0.
 */
WmStanding wm_policy_hold(const WmPolicy *policy, const WmStatusEvidence *past, size_t n);

/** Show a standing in place of the evidence's verdict, with the reason where it is held. */
void wm_assessment_hold(WmAssessment *assessment, const WmStanding *standing);

/** The status by the figures: what is shown, or where a person has set that what it stands in place of. */
WmRag wm_verdict_computed(WmVerdict verdict);

/** A status in words, with the one by the figures where a person has set it: "red", "amber, set by a person (red by the figures)".
 * Returns text. */
#define WM_VERDICT_TEXT 64
const char *wm_verdict_format(WmVerdict verdict, char text[WM_VERDICT_TEXT]);

/** The sd of one reading of a series that does not change: median |difference of neighbours| / 0.954, which a single jump hardly
 * moves (Montgomery 2013, Introduction to Statistical Quality Control, 7th ed., appendix VI: d4 = 0.954 for n = 2). The last
 * WM_FORECAST_READINGS count. NAN with fewer than three values. */
double wm_reading_noise(const WmReading *readings, size_t n_readings);

/** Assess one series at one as-at. Writes *out in every case. O(n_readings * n_milestones), with few milestones. */
void wm_assess(const WmAssessmentInput *input, WmAssessment *out);

/** What became of a milestone.
 *
 * Due at its month's end, it is judged by the last period that ends by then. Where that period has no value and a later
 * one has come, the last value before it judges, or for want of one the first after it; where none has come, it is pending. Of what
 * is told once, the last word by its date judges when the reading lag has passed. Held and recovered look at the last two readings,
 * or the last one of a yearly measure.
 */
WmMilestoneOutcome wm_milestone_judge(const WmAssessmentInput *input, WmMilestone milestone);

/** The chance of meeting one milestone, 0..1, from an assessment of the same input. NAN once it is judged, without a trend,
 * without a polarity, or where the newest reading is hidden; 0 or 1 where the reading that will judge it has come already. */
double wm_milestone_chance(const WmAssessmentInput *input, const WmAssessment *assessment, WmMilestone milestone);

/** When a milestone is judged, in months: the end of the last period of the measure's frequency that ends by `due`. The periods
 * follow the latest reading's: yearly readings of March judge in March. NAN for WM_NO_DAY. */
double wm_milestone_months(const WmAssessmentInput *input, WmDay due);

/** First month's end, after `from_months`, at which the trend predicts a reading and by which the chance of meeting `target` is at
 * least `chance`; WM_NO_DAY if not within the horizon. 0.5 is the central path. */
WmDay wm_expected_month(const WmTrend *trend, const WmMeasure *measure, double target, double from_months, double chance);

/** The same for n wanted chances in one walk. */
void wm_expected_months(const WmTrend *trend, const WmMeasure *measure, double target, double from_months, const double *wanted,
                        size_t n, WmDay *out);

/** Longest sentence that wm_assessment_explain writes, with its terminating 0. */
#define WM_SENTENCE_TEXT 768

/** Say an assessment in one plain sentence or two: position, expected month, chance, or why it cannot be judged.
 *
 * @param measure_unit  "%", "weeks", …; "" for a bare number; borrowed
 * @return text
 */
const char *wm_assessment_explain(const WmAssessment *assessment, const WmMeasure *measure, const char *measure_unit,
                                  char text[WM_SENTENCE_TEXT]);

/** Write a value with its unit as people read it: "41.0%", "12 weeks", "1,322"; "n/a" for NAN. At most 64 bytes. Returns text. */
#define WM_VALUE_TEXT 64
const char *wm_value_format(double value, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT]);

/** Two values of one thing, with as many more decimals as it takes to tell them apart: never "from 89% to 89%". NAN is "no figure".
 */
void wm_value_format_pair(double was, double now, const WmMeasure *measure, const char *measure_unit, char was_text[WM_VALUE_TEXT],
                          char now_text[WM_VALUE_TEXT]);

/** The same, and how far they lie apart, with as many decimals as it takes for the three to add up as they stand: never "from 80%
 * to 86%, 5.7 points". Without a change (NAN) the third is "n/a". */
void wm_revision_format(double was, double now, const WmMeasure *measure, const char *measure_unit, char was_text[WM_VALUE_TEXT],
                        char now_text[WM_VALUE_TEXT], char change_text[WM_VALUE_TEXT]);

/** A target, without decimals that say nothing ("50%", not "50.0%") and with those it needs ("121.6"). Returns text. */
const char *wm_target_format(double target, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT]);

/** A chance of 0..1 as "18%", "under 1%", "over 99%"; "n/a" for NAN. Returns text. */
const char *wm_chance_format(double chance, char text[WM_VALUE_TEXT]);

/** The same for a difference: "4.0 points" for percent, "+"-less, of |value|. One of a whole-number measure that is no whole number
 * has a decimal below 100. Returns text. */
const char *wm_difference_format(double value, const WmMeasure *measure, const char *measure_unit, char text[WM_VALUE_TEXT]);

/** Names in files. The pointer lives for ever; the mark WM_PLAIN is "". */
const char *wm_rag_name(WmRag rag);
const char *wm_mark_name(WmMark mark);
const char *wm_position_name(WmPosition position);
const char *wm_outlook_name(WmOutlook outlook);
const char *wm_basis_name(WmBasis basis);
const char *wm_reason_name(WmReasonCode code);
const char *wm_milestone_state_name(WmMilestoneState state);
const char *wm_months_bound_name(WmMonthsBound bound);

/** The reverse; false, leaving *out, for no such name. wm_rag_parse also reads the seeds' words: nys, complete, unknown. */
bool wm_rag_parse(const char *text, WmRag *out);
bool wm_mark_parse(const char *text, WmMark *out);

#ifdef __cplusplus
}
#endif
#endif
