/* waymark/spc.h: is it real or noise? Control charts, their rules, and what they say of a target.
 *
 * A *chart* has a centre line and *limits*: where readings of a stable process fall. A *phase* is a stretch with one set of limits;
 * nothing (no range, run or trend) crosses into the next. A *signal* is a pattern that chance alone seldom makes; its *effect* says
 * what it means under the indicator's polarity. *Variation* is the effect at the latest reading; *assurance* says whether the
 * process, left as it is, will meet its target: always, never, or now and then.
 *
 * Values are in the indicator's unit. Charts of a proportion or rate (p, pp, u, up) plot numerator / denominator, times 100 for
 * percents. Every function is pure: same arguments, same bits. Formulas, sources and deliberate differences: docs/methods-spc.md.
 *
 *     WmSpcScratch *scratch = wm_spc_scratch_new();
 *     WmSpc spc;
 *     if (wm_spc_analyse(points, n_points, NULL, scratch, &spc) == WM_OK)
 *         printf("%s, %s\n", wm_effect_name(spc.variation), wm_assurance_name(spc.assurance));
 *     wm_spc_scratch_free(scratch);
 */
#ifndef WAYMARK_SPC_H
#define WAYMARK_SPC_H

#include <waymark/reading.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    WM_SPC_AUTO, /* the chart that suits the kind and the denominators */
    WM_SPC_XMR,  /* individuals, mean +- 2.66 average moving range (Making Data Count) */
    WM_SPC_I,    /* the same with 3 / 1.128 */
    WM_SPC_C,    /* counts in equal areas of opportunity */
    WM_SPC_U,    /* rates: counts over denominators */
    WM_SPC_UP,   /* u', Laney: rates that vary more, or less, than Poisson */
    WM_SPC_P,    /* proportions */
    WM_SPC_PP,   /* p', Laney: proportions that vary more, or less, than binomial */
    WM_SPC_G,    /* cases between rare events */
    WM_SPC_T,    /* time between rare events */
    WM_SPC_RUN,  /* a median and no limits */
    WM_N_SPC_CHARTS,
} WmSpcChart;

/** Why this chart. */
typedef enum {
    WM_SPC_REASON_FORCED,
    WM_SPC_REASON_FORCED_NO_DENOMINATORS,  /* asked for, but no reading has what it needs: nothing can be drawn */
    WM_SPC_REASON_NO_DENOMINATORS,         /* a percent or rate published without them: xmr */
    WM_SPC_REASON_DENOMINATORS_INCOMPLETE, /* some readings have them and some not: xmr, so that none is lost */
    WM_SPC_REASON_SMALL_DENOMINATORS,      /* chance alone explains much of the variation: p or u */
    WM_SPC_REASON_LARGE_DENOMINATORS,      /* so large that chance explains almost none of it: Laney's p' or u' */
    WM_SPC_REASON_SMALL_COUNTS,            /* c */
    WM_SPC_REASON_RARE_COUNTS,             /* c, but fewer than one event a period: cases (g) or time (t) between events say more */
    WM_SPC_REASON_LARGE_COUNTS,            /* counts that vary more than Poisson as a rule: xmr */
    WM_SPC_REASON_MEASUREMENT,             /* weeks, days, scores, money: xmr */
    WM_N_SPC_REASONS,
} WmSpcReason;

typedef enum { WM_SPC_MDC, WM_SPC_ANHOEJ, WM_SPC_NELSON, WM_N_SPC_RULES } WmSpcRules;

/** Signals, in the order in which one of several is shown. */
typedef enum {
    WM_SIGNAL_NONE,
    WM_SIGNAL_OUTSIDE,
    WM_SIGNAL_TREND,
    WM_SIGNAL_TWO_OF_THREE,
    WM_SIGNAL_RUN,
    WM_SIGNAL_NELSON_1,
    WM_SIGNAL_NELSON_2,
    WM_SIGNAL_NELSON_3,
    WM_SIGNAL_NELSON_4,
    WM_SIGNAL_NELSON_5,
    WM_SIGNAL_NELSON_6,
    WM_SIGNAL_NELSON_7,
    WM_SIGNAL_NELSON_8,
    WM_SIGNAL_LONG_RUN,
    WM_SIGNAL_FEW_CROSSINGS,
    WM_N_SIGNALS,
} WmSignal;

typedef enum {
    WM_EFFECT_COMMON,
    WM_EFFECT_IMPROVEMENT,
    WM_EFFECT_CONCERN,
    WM_EFFECT_NEUTRAL_HIGH,
    WM_EFFECT_NEUTRAL_LOW,
    WM_N_EFFECTS,
} WmEffect;

typedef enum { WM_ASSURANCE_PASS, WM_ASSURANCE_FAIL, WM_ASSURANCE_INCONSISTENT, WM_ASSURANCE_NONE, WM_N_ASSURANCES } WmAssurance;

/** Whether moving ranges of 3.267 times their average or more are left out, once, before the average is taken again. */
typedef enum { WM_SPC_SCREEN_YES, WM_SPC_SCREEN_NO, WM_N_SPC_SCREENS } WmSpcScreen;

/** How phases come about, besides the points that start one. */
typedef enum {
    WM_SPC_ESTABLISH_NO,
    WM_SPC_ESTABLISH_SSA, /* the Stable Shift Algorithm re-establishes limits where a shift lasts */
    WM_N_SPC_ESTABLISHES,
} WmSpcEstablish;

/** How targets through time are read. */
typedef enum {
    WM_SPC_TARGET_STEPPED, /* constant or by steps: the latest step in force is judged against the latest limits */
    WM_SPC_TARGET_MOVING,  /* a trajectory: the gap of each reading is charted, and the gap's limits are judged against 0 */
} WmSpcTargetShape;

/** One period. */
typedef struct {
    double value;       /* indicator's unit; NAN when suppressed or missing */
    double numerator;   /* events or cases; NAN when not published */
    double denominator; /* people, days or cases at risk; NAN when not published */
    double target;      /* in force in this period; NAN when there is none */
    bool starts_phase;  /* limits are set afresh from here */
    bool is_excluded;   /* plays no part in the limits; still drawn and judged */
} WmSpcPoint;

/** Stable Shift Algorithm; wm_spc_options_default gives the defaults named here. */
typedef struct {
    size_t period_min;           /* readings that set limits, and without which none are set; 21 */
    size_t shift_length;         /* readings on one side that are a shift; 8 */
    size_t max_exclusions;       /* extreme readings left out of a period's limits, at most; 3 */
    size_t max_screens;          /* times that large moving ranges are screened out; 1; ignored with WM_SPC_SCREEN_NO */
    double centre_tolerance;     /* a reading this near to the centre line is on it, in the indicator's unit; 1.49e-8 */
    bool no_regrets;             /* wait while a return is still possible, so that later readings seldom undo limits; true */
    bool overhanging_reversions; /* a return that is complete only after the period's end rejects it too; true; false needs
                                    no_regrets false */
    bool every_shift;            /* skip the test of stability: any shift re-establishes; false */
} WmSsaOptions;

/** Readings behind limits without which a month says nothing: seven on one side, the longest pattern asked for, stand out only
 * among more than seven. */
#define WM_SPC_FEWEST 8

typedef struct {
    WmSpcChart chart;         /* WM_SPC_AUTO */
    WmSpcRules rules;         /* WM_SPC_MDC */
    WmSpcScreen screen;       /* WM_SPC_SCREEN_YES */
    WmSpcEstablish establish; /* WM_SPC_ESTABLISH_NO */
    WmKind kind;              /* WM_N_KINDS when not known; percent puts p charts on the scale of 100 */
    WmPolarity polarity;      /* WM_POLARITY_NONE */
    double low, high;         /* smallest and largest possible value: limits are cut there; NAN, NAN */
    size_t fix_after;         /* limits from the first N readings of each phase; 0: from all. With SSA, of its first period only */
    WmSpcTargetShape target_shape;  /* WM_SPC_TARGET_STEPPED */
    unsigned lengths[WM_N_SIGNALS]; /* readings that make each signal; 0: the rule's own (run 7, trend 7, nelson_2 9 …) */
    size_t fewest;                  /* readings behind limits that say anything: a phase with fewer is mute, and so is one whose
                                       limits have no width although it varied; 0: none is, as in other software */
    WmSsaOptions ssa;
} WmSpcOptions;

/** What is drawn and said at one period. */
typedef struct {
    double value;                /* as drawn; NAN when missing or without a usable denominator */
    double centre, lower, upper; /* NAN when there are none */
    double sigma;                /* a third of the distance from centre to limit before cutting; NAN on a t chart */
    size_t i_phase;
    uint32_t signals; /* every signal that holds: bit 1u << WmSignal */
    WmSignal signal;  /* the first of them */
    int direction;    /* of that signal: +1 high or rising, -1 low or falling, 0 none */
    WmEffect effect;
    double target;    /* in force in this period, as given; NAN for none */
    bool sets_limits; /* the reading was used for its phase's limits */
    bool is_excluded; /* left out of them, by the caller or by SSA */
} WmSpcVerdict;

typedef struct {
    size_t i_first, i_end;              /* periods i_first .. i_end - 1 */
    size_t i_calc_end;                  /* limits come from readings before this period */
    size_t n_readings;                  /* with a value */
    size_t n_used;                      /* for the limits */
    double centre, lower, upper, sigma; /* at the phase's last reading */
    bool is_constant;                   /* every reading is the same: no signal, and assurance by value */
    bool is_short;                      /* limits from fewer than 13 readings: provisional */
    bool is_mute;                       /* too little to say anything (WmSpcOptions.fewest): no signal, no assurance, no p-value */
    size_t n_useful;                    /* readings off the centre line; this and what follows with WM_SPC_ANHOEJ only, else 0 */
    size_t longest_run, longest_run_max;
    size_t n_crossings, n_crossings_min;
} WmSpcPhase;

/** What the Stable Shift Algorithm did, step by step. */
typedef enum {
    WM_SSA_ESTABLISHED,        /* first limits of a segment */
    WM_SSA_TOO_FEW,            /* fewer readings than period_min: no limits */
    WM_SSA_ACCEPTED,           /* a shift that lasts: new limits from here */
    WM_SSA_REJECTED_REVERSION, /* a shift, but within its candidate period the process turned back */
    WM_SSA_REJECTED_OPEN,      /* a shift, but its last run may yet turn out to be a return (no_regrets) */
    WM_SSA_ENDED_TOO_FEW,      /* fewer than period_min readings left */
    WM_SSA_ENDED_NO_SHIFT,     /* no further shift against the limits in force */
    WM_N_SSA_STEPS,
} WmSsaStep;

typedef struct {
    WmSsaStep step;
    size_t i_point;      /* where the shift begins, or where the algorithm stood */
    int direction;       /* of the shift; 0 for none */
    double centre;       /* the centre line set or considered; NAN for none */
    double lower, upper; /* and its limits at i_point */
} WmSsaEntry;

/** A charted series. Arrays are borrowed from the scratch, until its next use. */
typedef struct {
    WmSpcChart chart; /* never WM_SPC_AUTO */
    WmSpcReason reason;
    size_t n_points;
    const WmSpcVerdict *points; /* n_points, as given */
    size_t n_phases;
    const WmSpcPhase *phases; /* at least one when there are points */
    size_t n_log;
    const WmSsaEntry *log;
    size_t i_last;                 /* latest point with a value; SIZE_MAX when none has one */
    double target;                 /* the one that assurance is about, at the latest reading; NAN for none */
    WmSpcTargetShape target_shape; /* as asked for */
    WmEffect variation;
    WmAssurance assurance;
} WmSpc;

/** Memory kept from series to series; one per thread. */
typedef struct WmSpcScratch WmSpcScratch;

/** New, or NULL without memory. Caller frees. */
WmSpcScratch *wm_spc_scratch_new(void);
void wm_spc_scratch_free(WmSpcScratch *self);

/** Every member as its comment says. */
WmSpcOptions wm_spc_options_default(void);

/** Chart a series: choose the chart, set the limits, apply the rules, judge variation and assurance.
 *
 * A period without a value (or, on p, pp, u and up, without a positive denominator) is passed over: ranges, runs and trends go
 * from the reading before it to the one after, and it carries the lines but no signal. A reading on the centre line is on neither
 * side and breaks a run; equal neighbours break a trend. One reading has a centre and no limits. Where every range is 0, screening
 * leaves none and there are no limits; without screening, and in SSA periods, they lie on the centre line. Infinite numbers count
 * as missing.
 *
 * O(n_points), and no allocation once the scratch has grown; with SSA, O(n_points) for each shift considered.
 *
 * @param points   n_points in order of time; borrowed
 * @param options  NULL for all defaults; borrowed
 * @param scratch  borrowed; *out points into it
 * @param out      written in every case
 * @return WM_OK, or WM_NO_MEMORY with an empty *out
 */
WmStatus wm_spc_analyse(const WmSpcPoint *points, size_t n_points, const WmSpcOptions *options, WmSpcScratch *scratch, WmSpc *out);

/** The latest reading against the limits of its own series: is it evidence of a change, or noise? */
typedef struct {
    size_t i_point;       /* the latest point with a value; SIZE_MAX when none has one, and then all else is empty */
    double value;         /* as charted */
    double centre, sigma; /* of its phase: what one reading varies by when nothing changes; NAN where there are no limits */
    double distance;      /* (value - centre) / sigma; NAN with sigma */
    size_t n_used;        /* readings behind the limits; below 13 they are provisional */
    WmSignal signal;      /* at that reading */
    int direction;        /* +1 high or rising, -1 low or falling, 0 none */
    WmEffect effect;
    size_t n_signal;      /* readings, back from the latest, that carry the signal in its direction; 0 for none */
    bool can_tell;        /* limits from at least 8 readings: without them the absence of a signal says nothing */
    bool is_beyond_noise; /* whether there is a signal, from however few readings */
} WmSpcLatest;

/** What a chart says of its latest reading. O(n_points) at worst. */
WmSpcLatest wm_spc_latest(const WmSpc *spc);

/** Whether its latest reading can signal at all, so that the absence of a signal says something: at least 3 readings, not all the
 * same, and a phase that is not mute. */
bool wm_spc_can_signal(const WmSpc *spc);

/** Where the Stable Shift Algorithm would re-establish limits: a suggestion with its evidence, for a chart that does not ask for
 * it. */
typedef struct {
    size_t i_point;       /* where the latest lasting shift begins; SIZE_MAX where nothing is suggested, and all else is empty */
    int direction;        /* of the shift */
    size_t n_beyond;      /* readings in a row from there that lie on the shift's side of the centre before */
    double centre_before; /* of the limits in force until then */
    double centre, lower, upper; /* of those that it would set, at their first reading */
} WmSpcSuggestion;

/** Look for a lasting shift since the latest point that starts a phase. Options are those of the chart; nothing is suggested where
 * they ask for the algorithm already, fix the limits, or draw a run chart. *out is written in every case.
 * @return WM_OK, or WM_NO_MEMORY */
WmStatus wm_spc_suggest(const WmSpcPoint *points, size_t n_points, const WmSpcOptions *options, WmSpcScratch *scratch,
                        WmSpcSuggestion *out);

/** Longest text of wm_signal_describe, with its terminating 0. */
#define WM_SIGNAL_TEXT 160

/** Say a signal in words: "7 months above the mean", "Oct 2021 is below the lower limit", "two of the last three near the upper
 * limit".
 *
 * @param n_signal  readings that carry it (WmSpcLatest)
 * @param noun      what one reading covers: "month", "reading"
 * @param period    the latest reading's, as it is shown
 * @param centre    what the centre line is called: "the mean", "the median"
 * @return text
 */
const char *wm_signal_describe(WmSignal signal, int direction, size_t n_signal, const char *noun, const char *period,
                               const char *centre, char text[WM_SIGNAL_TEXT]);

/** Read run lengths: "run 8, trend 6" (or "run=8,trend=6"): signals by name with the readings that make each, into lengths[].
 * False, with lengths unchanged, for no such signal, one without a length (outside, nelson_1, few_crossings), or a length that
 * makes no pattern. "" is none. */
bool wm_spc_lengths_parse(const char *text, unsigned lengths[WM_N_SIGNALS]);

/** Choose a chart for the kind and denominators; WM_SPC_AUTO is never returned. Any other options->chart is kept. O(n_points). */
WmSpcChart wm_spc_chart_choose(const WmSpcPoint *points, size_t n_points, const WmSpcOptions *options, WmSpcReason *reason);

/** Names as in files: "xmr", "two_of_three", "neutral_high" … The pointer lives for ever. */
const char *wm_spc_chart_name(WmSpcChart chart);
const char *wm_spc_rules_name(WmSpcRules rules);
const char *wm_signal_name(WmSignal signal);
const char *wm_effect_name(WmEffect effect);
const char *wm_assurance_name(WmAssurance assurance);
const char *wm_ssa_step_name(WmSsaStep step);

/** As people call it: "XmR chart", "p′ chart". */
const char *wm_spc_chart_title(WmSpcChart chart);
const char *wm_spc_screen_name(WmSpcScreen screen);
const char *wm_spc_establish_name(WmSpcEstablish establish);

/** Why this chart: a code ("small_denominators"), and one plain clause. */
const char *wm_spc_reason_name(WmSpcReason reason);
const char *wm_spc_reason_text(WmSpcReason reason);

/** The reverse of the names; false, leaving *out, when `text` is no such name. Letter case is ignored. */
bool wm_spc_chart_parse(const char *text, WmSpcChart *out);
bool wm_spc_rules_parse(const char *text, WmSpcRules *out);
bool wm_signal_parse(const char *text, WmSignal *out);
bool wm_effect_parse(const char *text, WmEffect *out);
bool wm_assurance_parse(const char *text, WmAssurance *out);
bool wm_ssa_step_parse(const char *text, WmSsaStep *out);
bool wm_spc_screen_parse(const char *text, WmSpcScreen *out);
bool wm_spc_establish_parse(const char *text, WmSpcEstablish *out);
bool wm_spc_reason_parse(const char *text, WmSpcReason *out);

/** Smallest count with at least the probability `share` below or at it, of `n` fair coins: qbinom(share, n, 1/2). 0 for n = 0. */
size_t wm_fair_coins_quantile(double share, size_t n);

#ifdef __cplusplus
}
#endif
#endif
