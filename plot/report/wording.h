/* plot/report/wording.h: what is said of a series in reports, in the same words everywhere.
 *
 * Numbers go through wm_value_format and its kin, dates through wm_day_format and wm_period_format. Texts are the document's.
 */
#ifndef WM_PLOT_WORDING_H
#define WM_PLOT_WORDING_H

#include "plot/report/document.h"
#include "plot/report/status_look.h"

G_BEGIN_DECLS

/** A new document about a month: front matter from the plan, `subtitle` says what paper it is. */
WmDocument *wm_document_for_month(const WmMonth *month, const char *subtitle);

/** "3 of the plan's 12 measures need the board's attention: …", and how many are new. */
WmProse *wm_say_headline(WmDocument *document, const WmMonth *month);

#define WM_DASH "\xE2\x80\x93"

/** "Plans issued within 20 weeks", with the unit and cohort where they are not the plan's own area and everybody. */
const char *wm_say_name(WmDocument *document, const WmSeries *series);

const char *wm_say_value(WmDocument *document, const WmSeries *series, double value);

/** A text with a smaller one below it; a dash where there is neither. */
WmProse *wm_say_stacked(WmDocument *document, const char *text, const char *below);

/** The latest value, with its period and state below it; a dash before the first. */
WmProse *wm_say_latest(WmDocument *document, const WmSeries *series);

/** "under 50%", "to be confirmed". */
const char *wm_say_baseline(WmDocument *document, const WmSeries *series);

/** What stands below it: its month, and a second figure that the plan prints beside it. "" for neither. */
const char *wm_say_baseline_below(WmDocument *document, const WmSeries *series);

/** "provisional", "suppressed" …; "" for a final reading. Lives for ever. */
const char *wm_say_state(WmReadingState state);

/** "4.0 points worse than plan", "on plan"; "" when there is no gap. Briefly: "4.0 points worse". */
const char *wm_say_gap(WmDocument *document, const WmSeries *series);
const char *wm_say_gap_briefly(WmDocument *document, const WmSeries *series);

/** "3 months behind", "12 months or more ahead"; "" when there is none or it rounds to nothing. */
const char *wm_say_months(WmDocument *document, WmMonthsGap gap);

/** "50% by Aug 2021"; "" when there is none. */
const char *wm_say_target(WmDocument *document, const WmSeries *series, const WmProspect *prospect);

/** "18% chance"; "" when there is none. */
const char *wm_say_chance(WmDocument *document, double chance);

/** "up 2.1 points a month", or a year where a month of it would show as nothing; "" for NAN. */
const char *wm_say_change_a_month(WmDocument *document, const WmSeries *series, double change);

/** "needed: up 2.1 points a month; so far: up 0.8 points a month"; "" when neither is known. */
const char *wm_say_pace(WmDocument *document, const WmSeries *series);

/** "off its plan; the next milestone is unlikely". */
const char *wm_say_standing(WmDocument *document, const WmAssessment *assessment);

/** "The plan sets no target": the clause of its sentence that says why a measure is not judged; "" where it is judged. */
const char *wm_say_why_not(WmDocument *document, const WmSeries *series);

/** "Worse: was Green", "No change"; "" when there was no report before. */
const char *wm_say_change(WmDocument *document, const WmSeries *series);

const char *wm_say_day(WmDocument *document, WmDay day);
const char *wm_say_month(WmDocument *document, WmDay day);
const char *wm_say_due(WmDocument *document, WmDay due);
const char *wm_say_period(WmDocument *document, WmPeriod period);

/* The period of the latest reading that is shown, and whether newer ones are hidden from the public. */
const char *wm_say_latest_period(WmDocument *document, const WmSeries *series);

/** "1 measure", "3 measures". The plural adds an s. */
const char *wm_say_count(WmDocument *document, size_t n, const char *noun);

/** "2 met; 1 missed, since recovered", of the states that have any; "" where none has. What is ahead is not said. */
const char *wm_say_outcomes(WmDocument *document, const size_t n_outcome[WM_MILESTONE_RECOVERED + 1]);

/** "missed, since recovered"; "" of what is ahead. Lives for ever. */
const char *wm_say_outcome(WmMilestoneState state);

/** The full stop that a text of the plan's still needs: "" where it ends a sentence already. Lives for ever. */
const char *wm_say_stop(const char *text);

G_END_DECLS
#endif
