/* plot/report/action_parts.h: the parts of the action tracker, one a file, each added at the document's end. */
#ifndef WM_PLOT_ACTION_PARTS_H
#define WM_PLOT_ACTION_PARTS_H

#include <waymark/tracker.h>

#include "plot/report/document.h"

G_BEGIN_DECLS

/** A group of more actions than this is counted, with the weightiest named: each of them stands in "All actions" with its mark. */
#define WM_ACTIONS_LISTED 10

/** What is asked about actions, under one heading for each question. */
void wm_action_add_questions(WmDocument *document, const WmTracker *tracker);

/** The at most `max` longest overdue, as a list; nothing where none is. */
void wm_action_add_latest(WmDocument *document, const WmTracker *tracker, guint max);

/** How many actions have a finding that needs an answer. */
size_t wm_action_count_asked(const WmTracker *tracker);

/** Every action by theme: due date, declared status at each date, the one that dates imply, and the marks of its findings. */
void wm_action_add_all(WmDocument *document, const WmTracker *tracker);

/** Whether the measures moved that the actions should move. */
void wm_action_add_links(WmDocument *document, const WmTracker *tracker);

/** "6 months overdue; to be escalated": all findings of an action, as briefly as a table asks. */
const char *wm_action_say_marks(WmDocument *document, const WmTrackedAction *one);

/** When it is due, in the plan's words where it has no date; and when by another table of the plan. Months in words as elsewhere:
 * "from Sep 2018", where the plan has "from 2018-09". */
const char *wm_action_say_due(WmDocument *document, const WmAction *action);
const char *wm_action_say_timeline(WmDocument *document, const WmAction *action);

/** "Blue"; a dash where nothing is declared. */
WmProse *wm_action_say_status(WmDocument *document, WmRag rag);

G_END_DECLS
#endif
