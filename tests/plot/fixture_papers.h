/* tests/plot/fixture_papers.h: months that the papers are told from, each with what one of them must say. */
#ifndef WM_TESTS_FIXTURE_PAPERS_H
#define WM_TESTS_FIXTURE_PAPERS_H

#include "plot/fixture_month.h"

#define HOSTILE "<script>alert(1)</script>\"&'><img src=x onerror=y>"

/** An action that is late and declared green. */
WmAction late_action(void);

MonthFixture *busy_month(void);
/** A dozen actions that say nothing: more than are listed one by one. */
MonthFixture *silent_month(void);
/** All measures are well, and one of two actions is late and declared green. */
MonthFixture *calm_month(void);
/** Nothing to decide on, and nine changes: the page has room for all. */
MonthFixture *nine_changes_month(void);
/** One of the measures can be judged. */
MonthFixture *one_judged_month(void);
/** The same dozen, each a month later than the one before. */
MonthFixture *late_month(void);
/** Every risk is low after mitigation. */
MonthFixture *low_month(void);
MonthFixture *doubtful_month(void);
/** Twelve actions without an end, each with another date in the plan's timeline. */
MonthFixture *dated_month(void);
/** One action, on time and declared red. */
MonthFixture *red_month(void);
/** Two actions on time, of which one waits for a post to be filled. */
MonthFixture *vacant_month(void);
/** This month a lead explains a measure that is no exception; another did so before the last report. */
MonthFixture *explained_month(void);
/** Complaints twice about the first measure, and a theme's own evidence. */
MonthFixture *complaints_month(void);
/** A second tagging, a second baseline, and evidence that is to come. */
MonthFixture *tagged_month(void);
/** The last report was a year ago, and in that year a milestone fell due and was met. */
MonthFixture *annual_month(void);
/** The horizons lie in May 2021, Aug 2021 and Feb 2022, and no target falls due in any of these months. */
MonthFixture *between_month(void);
/** No target has fallen due, and no horizon has come. */
MonthFixture *early_month(void);
/** All the evidence is dated after the as-at. */
MonthFixture *unknown_month(void);
/** A risk scored twice by the as-at (19082). */
MonthFixture *scored_month(void);
/** Of the first measure nothing has come since the plan began. */
MonthFixture *unread_month(void);
/** More than the page can list. */
MonthFixture *changed_month(void);
/** One action, which is done. */
MonthFixture *finished_month(void);
MonthFixture *set_month(void);

#endif
