/* waymark/calendar.h: periods as people in public services write them, and the one scale of time that the models use.
 *
 * A *period* is what a reading covers: a month, a financial quarter, an autumn term, a single day. It has a first and a
 * last day. A reading stands at its period's end.
 *
 * *Months* (t_months) are the models' time: a double that is a whole number at each month's end, so that month-ends are equally
 * spaced whatever the month's length, and leap years do not bend a straight line.
 */
#ifndef WAYMARK_CALENDAR_H
#define WAYMARK_CALENDAR_H

#include <waymark/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Days since 1970-01-01, proleptic Gregorian. */
typedef int32_t WmDay;

#define WM_NO_DAY INT32_MIN

/** Years that are accepted on input: 1900 to 2199. */
#define WM_YEAR_MIN 1900
#define WM_YEAR_MAX 2199

typedef struct {
    int year;
    int month; /* 1..12 */
    int day;   /* 1..31 */
} WmDate;

/** Kinds of period. Two kinds may cover the same days (Q1 2021/22 and Q2 2021): they compare equal and keep their own label. */
typedef enum {
    WM_PERIOD_NONE = 0,
    WM_PERIOD_DAY,              /* 22 Apr 2026 */
    WM_PERIOD_MONTH,            /* Jul 2021 */
    WM_PERIOD_QUARTER,          /* Q2 2021/22: July to September 2021, of a financial year */
    WM_PERIOD_CALENDAR_QUARTER, /* Q2 2021: April to June */
    WM_PERIOD_TERM,             /* Autumn term 2020/21: September to December; spring to April; summer to August */
    WM_PERIOD_HALF,             /* H1 2021/22: April to September 2021 */
    WM_PERIOD_CALENDAR_HALF,    /* H1 2021: January to June */
    WM_PERIOD_YEAR,             /* 2021 */
    WM_PERIOD_ACADEMIC_YEAR,    /* AY 2022/23: September 2022 to August 2023 */
    WM_PERIOD_FINANCIAL_YEAR,   /* 2021/22: April 2021 to March 2022 */
    WM_N_PERIOD_KINDS,
} WmPeriodKind;

typedef struct {
    WmPeriodKind kind;
    int32_t start; /* first month as year * 12 + month - 1; for a day, its WmDay */
} WmPeriod;

/** Longest text that wm_period_format or wm_day_format writes, with its terminating 0. */
#define WM_PERIOD_TEXT 40

/** Read a period as people write it.
 *
 * Accepts, in any letter case and with stray spaces: `Jul-21` `Sept 2021` `July 2021` `2021-07` `07/2021` `202107` · `Q2 2021/22`
 * `2021/22 Q2` `2018/19-Q1` `Q2 2021` · `2020/21 autumn term` `Autumn term 2020` · `H1 2021/22` `2021 H2` · `AY 2022/23` `FY
 * 2021-22` `2021/22` `2021` · `22/04/2026` `2026-04-22` `22 April 2026` (day before month, as in Britain). A two-digit year is 1970
 * to 2069. A year pair without a prefix (`2021/22`, `202122`) is `pair_kind`: WM_PERIOD_FINANCIAL_YEAR or WM_PERIOD_ACADEMIC_YEAR.
 * `Autumn term 2020` means the term that runs in that calendar year.
 *
 * @return false, with *out set to WM_PERIOD_NONE, when the text is none of these or its year lies outside 1900 to 2199
 */
bool wm_period_parse(const char *text, WmPeriodKind pair_kind, WmPeriod *out);

/** Write a period as it is read ("Jul 2021", "Q2 2021/22", "Autumn term 2020/21", "22 Apr 2026"); "" for WM_PERIOD_NONE.
 * wm_period_parse reads it back to the same period. Returns text. */
const char *wm_period_format(WmPeriod period, char text[WM_PERIOD_TEXT]);

/** Write a period for machines: "2021-07", "2021-04-22", "2021", "AY 2022/23" …; sortable within its kind, and parses back. Returns
 * text. */
const char *wm_period_format_iso(WmPeriod period, char text[WM_PERIOD_TEXT]);

/** First day of a period; WM_NO_DAY for WM_PERIOD_NONE. */
WmDay wm_period_start(WmPeriod period);

/** Last day of a period; WM_NO_DAY for WM_PERIOD_NONE. */
WmDay wm_period_end(WmPeriod period);

/** Order by end, then by start: negative, zero or positive. The kinds' labels play no part. */
int wm_period_compare(WmPeriod a, WmPeriod b);

/** The period of the same kind `n` steps later (earlier when negative). */
WmPeriod wm_period_step(WmPeriod period, int n);

/** Steps from `from` to `to` of the same kind; truncated towards zero where they are not aligned, 0 where kinds differ in length.
 */
int wm_period_steps_between(WmPeriod from, WmPeriod to);

/** The period of `kind` that contains `day`. */
WmPeriod wm_period_containing(WmPeriodKind kind, WmDay day);

/** The last period of `kind` that ends on or before `day`. */
WmPeriod wm_period_ending_by(WmPeriodKind kind, WmDay day);

/** Months that a period of this kind covers: 1, 3, 4, 6 or 12; 0 for a day. */
int wm_period_kind_months(WmPeriodKind kind);

/** Name of a kind in files: `month`, `academic_year` … */
const char *wm_period_kind_name(WmPeriodKind kind);

WmDay wm_day_from_date(int year, int month, int day);
WmDate wm_day_to_date(WmDay day);

/** Whether a date exists in the Gregorian calendar (29 February only in leap years) and its year is accepted. */
bool wm_date_is_valid(int year, int month, int day);

/** The last day of the month of `day`. */
WmDay wm_day_month_end(WmDay day);

/** Read a day: any day that wm_period_parse reads, or the *end* of any other period ("Jul-21" is 31 July 2021). */
bool wm_day_parse(const char *text, WmPeriodKind pair_kind, WmDay *out);

/** Write a day as "2021-07-31". Returns text. */
const char *wm_day_format_iso(WmDay day, char text[WM_PERIOD_TEXT]);

/** Write a day as "31 Jul 2021". Returns text. */
const char *wm_day_format(WmDay day, char text[WM_PERIOD_TEXT]);

/** Write the month of a day as "Jul 2021". Returns text. */
const char *wm_day_format_month(WmDay day, char text[WM_PERIOD_TEXT]);

/** Write a day by which something is due: "Jul 2021" where it ends its month, as plans give dates, else "10 Jul 2021". Returns
 * text. */
const char *wm_day_format_due(WmDay day, char text[WM_PERIOD_TEXT]);

/** A day on the models' scale: year * 12 + month - 1 + day / days in month, so 31 July 2021 is 2021*12 + 7 exactly. */
double wm_day_to_months(WmDay day);

/** Whole months from one day's month to another's: 31 July to 1 September is 2. */
int wm_months_between(WmDay from, WmDay to);

/** The day at which the months scale has reached `t_months`: the inverse of wm_day_to_months, rounded up to a whole day.
 * WM_NO_DAY for NAN or a year outside 1 to 9999. */
WmDay wm_day_from_months(double t_months);

#ifdef __cplusplus
}
#endif
#endif
