/* plot/report/exception_parts.h: the parts of the exception report, one a file, each added at the document's end. */
#ifndef WM_PLOT_EXCEPTION_PARTS_H
#define WM_PLOT_EXCEPTION_PARTS_H

#include <waymark/diff.h>

#include "plot/report/document.h"

G_BEGIN_DECLS

/** "What changed since the last report". */
void wm_exception_add_changes(WmDocument *document, const WmMonth *month);

/** One exception: sentence, chart, figures, who answers for it, commentary. */
void wm_exception_add_block(WmDocument *document, const WmMonth *month, const WmSeries *series, size_t i_exception);

/** A paragraph "**title** text after"; none where there is no text. */
void wm_document_add_statement(WmDocument *document, const char *title, const char *text, const char *after);

/** Explanation and recovery of an exception, with who said it and when; or that nothing has been said. */
void wm_exception_add_commentary(WmDocument *document, const WmMonth *month, const WmSeries *series);

/** Commentary that nobody asked for: given since the last report (in a first one, in its month) on what is no exception. A row for
 * every unit stands once, and not where an exception shows it. @return new: const WmSeries * -> const WmCommentary * */
GHashTable *wm_commentary_unasked(const WmMonth *month);

/** "Explained, though no exception": the same, with the status of each measure. Nothing where there is none. */
void wm_exception_add_explained(WmDocument *document, const WmMonth *month);

/** Every exception since when it is open, which way it moves and at which level it stands; missed recovery dates; what has closed
 * since the last report; what is suppressed. */
void wm_exception_add_memory(WmDocument *document, const WmMonth *month);

/** Recovery dates that have passed, of exceptions that the board sees. */
size_t wm_exception_n_missed(const WmMonth *month);

/** The same of one exception, as facts. */
void wm_exception_add_memory_facts(WmDocument *document, WmTable *facts, const WmMonth *month, const WmSeries *series);

/** "Since the pack of 31 March 2022 was issued": revised figures, changed statuses with why, plan edits. Nothing where none was.
 * For every paper but the one of one page. */
void wm_document_add_issued(WmDocument *document, const WmMonth *month);

/** The same in one sentence, for a paper of one page; NULL where none was issued. */
WmProse *wm_say_issued(WmDocument *document, const WmMonth *month);

/** "Recruit four caseworkers: new date 31 Oct 2026 (was none)": a row of a diff about an edit of the plan, without files and ids.
 * A status or a suppression that is refused, or has run out by the as-at, is not called new. */
const char *wm_say_edit(WmDocument *document, const WmPlan *plan, WmDay as_at, const WmDiffRow *row);

/** Which measures signal a real change, beside what chance alone would give. */
void wm_exception_add_signals(WmDocument *document, const WmMonth *month);

/** A finding's text with the title of the measure that it is about, in quotation marks, for its id, which a board does not know. */
const char *wm_say_of_measure(WmDocument *document, const WmMonth *month, const char *indicator, const char *text);

/** The drops received, and what is wrong with the data. */
void wm_exception_add_data(WmDocument *document, const WmMonth *month);

/** Every series in one table, by theme, and the statuses that a person has set. */
void wm_exception_add_scorecard(WmDocument *document, const WmMonth *month);

/** How to read the report, and how it was made. */
void wm_exception_add_method(WmDocument *document, const WmMonth *month);

/** "Set to Amber by the Programme Lead until 31 May 2022: … By the figures it is Red.", or that such a word has run out since the
 * last report. NULL where there is nothing to say. */
WmProse *wm_say_override(WmDocument *document, const WmMonth *month, const WmSeries *series);

G_END_DECLS
#endif
