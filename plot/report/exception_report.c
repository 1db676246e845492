/* The exception report: what a board must see this month, and the evidence for it. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

/* The order in which a reader counts: the worst first, then what is well, then what says nothing yet. */
static const WmRag HEADLINE_ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};

static void add_counts(WmDocument *document, const WmMonth *month)
{
    WmBlock *cards = wm_document_key_figures(document);
    for (size_t i = 0; i < G_N_ELEMENTS(HEADLINE_ORDER); i++) {
        const WmRag rag = HEADLINE_ORDER[i];
        wm_key_figures_add(document, cards, wm_document_textf(document, "%zu", month->n_status[rag]), wm_status_look(rag)->count,
                           &rag);
    }
}

static void add_illustrative_notice(WmDocument *document, const WmMonth *month)
{
    if (month->is_illustrative)
        wm_document_notice(
            document, WM_NOTICE_WARNING, "Illustrative figures.",
            "Some readings in this report were made up to show how such a report works. They say nothing about how the "
            "area is doing. Each measure concerned says so beside its figures.");
}

static void add_exceptions(WmDocument *document, const WmMonth *month)
{
    wm_document_heading(document, 2, "attention", "What needs attention");
    if (month->n_exceptions == 0) {
        wm_document_paragraph(document,
                              wm_document_prosef(document, "No measure is off its plan in a way that the board must see.%s",
                                                 month->n_series ? " \"All measures\" below shows where each one stands." : ""));
    }
    wm_exception_add_memory(document, month);
    const size_t n_shown = wm_document_most_sections(document, month->n_exceptions);
    for (size_t i = 0; i < n_shown; i++)
        wm_exception_add_block(document, month, &month->series[month->exceptions[i]], i + 1);
}

WmDocument *wm_report_exception(const WmMonth *month, GError **error)
{
    (void)error;
    WmDocument *document = wm_document_for_month(month, "Exception report");
    add_illustrative_notice(document, month);
    wm_document_heading(document, 2, "headline", "Headline");
    wm_document_paragraph(document, wm_say_headline(document, month));
    if (month->n_series > 0)
        add_counts(document, month);
    wm_exception_add_changes(document, month);
    wm_document_add_issued(document, month);
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    add_exceptions(document, month);
    wm_exception_add_explained(document, month);
    if (month->n_series > 0)
        wm_exception_add_signals(document, month);
    wm_exception_add_data(document, month);
    wm_exception_add_scorecard(document, month);
    wm_exception_add_method(document, month);
    return document;
}
