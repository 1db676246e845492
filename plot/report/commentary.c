/* What is said of measures: by whoever answers for an exception, and of what is none. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

void wm_document_add_statement(WmDocument *document, const char *title, const char *text, const char *after)
{
    if (!*text)
        return;
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_addf(prose, WM_RUN_STRONG, "%s", title);
    wm_prose_addf(prose, WM_RUN_PLAIN, " %s%s", text, after);
    wm_document_paragraph(document, prose);
}

/* " (Head of SEND, 28 Feb 2022)" */
static const char *say_author(WmDocument *document, const WmCommentary *row)
{
    const char *day = wm_say_day(document, row->as_at);
    return wm_document_textf(document, "%s%s%s%s%s", *row->author_role || *day ? " (" : "", row->author_role,
                             *row->author_role && *day ? ", " : "", day, *row->author_role || *day ? ")" : "");
}

static void add_row(WmDocument *document, const WmMonth *month, const WmCommentary *row)
{
    const char *due = wm_say_day(document, row->recovery_due);
    const bool is_past = row->recovery_due != WM_NO_DAY && row->recovery_due < month->as_at;
    wm_document_add_statement(document, "Explanation.", row->explanation, say_author(document, row));
    wm_document_add_statement(document, "Recovery.", row->recovery,
                              *due ? wm_document_textf(document, " %s %s.", is_past ? "This was due by" : "Due by", due) : "");
}

void wm_exception_add_commentary(WmDocument *document, const WmMonth *month, const WmSeries *series)
{
    const WmCommentary *row = wm_plan_commentary_on(month->plan, series, month->as_at);
    if (row)
        add_row(document, month, row);
    else
        wm_document_paragraph(document, wm_document_prose(document, "No commentary has been given."));
}

/* ---- of what is no exception ---- */

/* Given since the last report; of a first report, in the month of its as-at. */
static bool is_of_month(const WmMonth *month, const WmCommentary *row)
{
    if (month->previous_as_at != WM_NO_DAY)
        return row->as_at > month->previous_as_at;
    return row->as_at != WM_NO_DAY && wm_months_between(row->as_at, month->as_at) == 0;
}

GHashTable *wm_commentary_unasked(const WmMonth *month)
{
    GHashTable *unasked = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) shown = g_hash_table_new(NULL, NULL); /* a row for every unit stands once */
    for (size_t i = 0; i < month->n_exceptions; i++)
        g_hash_table_add(
            shown, (gpointer)(guintptr)wm_plan_commentary_on(month->plan, &month->series[month->exceptions[i]], month->as_at));
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        const WmCommentary *row = series->is_exception ? NULL : wm_plan_commentary_on(month->plan, series, month->as_at);
        if (row && is_of_month(month, row) && g_hash_table_add(shown, (gpointer)(guintptr)row))
            g_hash_table_insert(unasked, (gpointer)(guintptr)series, (gpointer)(guintptr)row);
    }
    return unasked;
}

void wm_exception_add_explained(WmDocument *document, const WmMonth *month)
{
    g_autoptr(GHashTable) unasked = wm_commentary_unasked(month);
    if (g_hash_table_size(unasked) == 0)
        return;
    wm_document_heading(document, 2, "explained", "Explained, though no exception");
    for (size_t i = 0; i < month->n_series; i++) {
        const WmSeries *series = &month->series[i];
        const WmCommentary *row = g_hash_table_lookup(unasked, series);
        if (!row)
            continue;
        WmProse *name = wm_document_prose(document, "");
        wm_prose_addf(name, WM_RUN_STRONG, "%s  ", wm_say_name(document, series));
        wm_prose_add_status(name, series->assessment.verdict);
        wm_document_paragraph(document, name)->is_kept = true;
        add_row(document, month, row);
    }
}
