/* waymark/report.h: the board's papers, made from an assessed month. Each is one document, written as HTML or as PDF. */
#ifndef WAYMARK_REPORT_H
#define WAYMARK_REPORT_H

#include <waymark/month.h>

G_BEGIN_DECLS

/** One document: headings, paragraphs, tables and charts, before it is written in a format. */
typedef struct WmDocument WmDocument;

void wm_document_free(WmDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmDocument, wm_document_free)

/** The month on one A4 page: counts by status now and before, the few measures that need a decision, what changed, the next dates.
 * Borrows the month. */
WmDocument *wm_report_summary(const WmMonth *month, GError **error);

/** The exception report: headline counts, what changed, one block an exception, data quality, the full scorecard. Borrows the
 * month. */
WmDocument *wm_report_exception(const WmMonth *month, GError **error);

/** Whether a month's last report was a year ago: then its performance report is the annual one. */
bool wm_month_is_annual(const WmMonth *month);

/** The performance report: every theme's measures beside the same period last year and the year to date, with trend, commentary and
 * evidence; of a year also every milestone that fell due, and what came of it; actions and risks in brief; data quality and method.
 * Borrows the month. */
WmDocument *wm_report_quarterly(const WmMonth *month, GError **error);

/** The impact scorecard: of every measure the baseline, and target and outcome 3, 6 and 12 months after the plan's start, which the
 * plan must have; then the evidence of impact. Borrows the month. */
WmDocument *wm_report_scorecard(const WmMonth *month, GError **error);

/** The action tracker: declared status at each monitoring date, the status that dates imply, what a sharp reader asks, and whether
 * the linked measures moved. Borrows the month. */
WmDocument *wm_report_actions(const WmMonth *month, GError **error);

/** The risk register: scores before and after mitigation, movement, reviews, and the measures that each risk threatens. Borrows the
 * month. */
WmDocument *wm_report_risks(const WmMonth *month, GError **error);

/** The chase list: what is due or overdue, from whom, by date. Borrows the month. */
WmDocument *wm_report_chase(const WmMonth *month, GError **error);

/** One pack of a batch: a plan, or one unit of a nation's. Texts are "" when absent. */
typedef struct {
    const char *name, *area;
    const char *folder;  /* of its papers, from the index's own */
    const char *message; /* what went wrong; "" where it was made */
    WmDay as_at;
    size_t n_series, n_status[WM_N_RAGS], n_exceptions, n_changes, n_errors, n_warnings;
} WmBatchPack;

/** A file about all packs, which the index leads to. */
typedef struct {
    const char *path;  /* from the index's own */
    const char *what;  /* is in it, as a clause */
    const char *title; /* of a page that sets all units beside each other; NULL: any other file */
} WmBatchFile;

/** The index of a batch: what all packs come to together, what failed, which need attention first, the files about all of them, and
 * every pack with links to its papers, in the order given. `as_at` is WM_NO_DAY where packs have their own. Texts are copied. */
WmDocument *wm_report_batch(const char *title, WmDay as_at, const WmBatchPack *packs, size_t n_packs, const WmBatchFile *files,
                            size_t n_files);

/** The area comparison: the units of the plan beside each other, measure by measure: rank, quarter, against all, region and
 * neighbours, funnel and small multiples. Borrows the month. */
WmDocument *wm_report_areas(const WmMonth *month, GError **error);

/** One HTML file: no network, no script, a data table beside each chart. New. */
GBytes *wm_document_to_html(const WmDocument *self, GError **error);

/** How many pages it takes on A4 paper; 0 with an error. */
size_t wm_document_count_pages(const WmDocument *self, GError **error);

/** A4 PDF with bookmarks, page numbers, embedded fonts, metadata dated by the as-at. New. */
GBytes *wm_document_to_pdf(const WmDocument *self, GError **error);

G_END_DECLS
#endif
