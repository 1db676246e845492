/* How the figures differ from those of the last pack that was put to the board. */
#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

#define MAX_ROWS 12 /* of a kind; the others are counted */

static const struct {
    WmDiffKind kind;
    const char *title;
} LISTS[] = {
    {WM_DIFF_METHOD, "Method"},
    {WM_DIFF_STATUS, "Statuses that have changed, and why"},
    {WM_DIFF_REVISION, "Figures that have been revised"},
    {WM_DIFF_PLAN, "What was edited in the plan"},
};

static bool is_immaterial(const WmDiffRow *row)
{
    return row->kind == WM_DIFF_REVISION && !row->is_material;
}

static void add_list(WmDocument *document, const WmDiff *diff, size_t i_list)
{
    WmBlock *list = NULL;
    size_t n = 0;
    for (size_t i = 0; i < diff->n_rows; i++) {
        const WmDiffRow *row = &diff->rows[i];
        if (row->kind != LISTS[i_list].kind || is_immaterial(row) || n++ >= MAX_ROWS)
            continue;
        if (!list) {
            WmProse *title = wm_document_prose(document, "");
            wm_prose_add(title, WM_RUN_STRONG, LISTS[i_list].title);
            wm_document_paragraph(document, title)->is_kept = true;
            list = wm_document_list(document);
        }
        wm_list_add(list, wm_document_prose(document, wm_say_edit(document, diff->month->plan, diff->to, row)));
    }
    if (n > MAX_ROWS)
        wm_document_paragraph(document,
                              wm_document_prosef(document, "And %zu more: waymark diff --from lists them all.", n - MAX_ROWS));
}

/* Figures whose revision the plan does not call material are counted alone. */
static void add_immaterial(WmDocument *document, const WmDiff *diff)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n_rows; i++)
        n += is_immaterial(&diff->rows[i]);
    if (n)
        wm_document_paragraph(document, wm_document_prosef(document,
                                                           "%s by less than the plan calls material: waymark diff --from lists "
                                                           "%s.",
                                                           n == 1 ? "1 figure was revised"
                                                                  : wm_document_textf(document, "%zu figures were revised", n),
                                                           n == 1 ? "it" : "them"));
}

static bool has_any(const WmDiff *diff)
{
    size_t n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(LISTS); i++)
        n += diff->n_kind[LISTS[i].kind];
    return n > 0;
}

void wm_document_add_issued(WmDocument *document, const WmMonth *month)
{
    const WmDiff *diff = month->since_issued;
    if (!diff)
        return;
    const char *day = wm_say_day(document, diff->from);
    wm_document_heading(document, 2, "issued", wm_document_textf(document, "Since the pack of %s was issued", day));
    if (!has_any(diff)) {
        wm_document_paragraph(document, wm_document_prosef(document,
                                                           "Every figure and status that the board was given then stands, and the "
                                                           "plan is the same. %s come since.",
                                                           diff->n_kind[WM_DIFF_READING] == 1
                                                               ? "1 new reading has"
                                                               : wm_document_textf(document, "%zu new readings have",
                                                                                   diff->n_kind[WM_DIFF_READING])));
        return;
    }
    wm_document_paragraph(
        document, wm_document_prosef(document, "What the board was given then (pack %s) is kept as it was. Since then: %s, %s, %s.",
                                     diff->issued->name, wm_say_count(document, diff->n_kind[WM_DIFF_REVISION], "revised figure"),
                                     wm_say_count(document, diff->n_kind[WM_DIFF_PLAN], "plan edit"),
                                     wm_say_count(document, diff->n_kind[WM_DIFF_READING], "new reading")));
    for (size_t i = 0; i < G_N_ELEMENTS(LISTS); i++)
        add_list(document, diff, i);
    add_immaterial(document, diff);
}

WmProse *wm_say_issued(WmDocument *document, const WmMonth *month)
{
    const WmDiff *diff = month->since_issued;
    if (!diff)
        return NULL;
    const char *day = wm_say_day(document, diff->from);
    if (!has_any(diff))
        return wm_document_prosef(document, "Every figure and status of the pack of %s stands.", day);
    return wm_document_prosef(document, "Against the pack of %s: %s, %s, %s%s.", day,
                              wm_say_count(document, diff->n_kind[WM_DIFF_REVISION], "revised figure"),
                              wm_say_count(document, diff->n_kind[WM_DIFF_PLAN], "plan edit"),
                              diff->n_kind[WM_DIFF_STATUS] == 1
                                  ? "1 status has changed"
                                  : wm_document_textf(document, "%zu statuses have changed", diff->n_kind[WM_DIFF_STATUS]),
                              diff->n_kind[WM_DIFF_METHOD] ? ", and another method" : "");
}
