/* What is known beside the figures: themes, case studies, complaints, what families say. */
#include "plot/report/evidence.h"

#include <math.h>
#include <string.h>

#include "plot/report/wording.h"

static const struct {
    const char *kind, *title;
} KINDS[] = {
    {"complaints", "Complaints"},
    {"case_study", "Case study"},
    {"theme", "Theme"},
    {"voice", "What families say"},
    {"audit", "Audit"},
    {"dip_review", "Dip review"},
    {"survey", "Survey"},
    {"document", "Document"},
    {"compliments", "Compliments"},
    {"visit", "Visit"},
    {"", "Evidence"},
};

/* The kind in words: ours, else its own with blanks. */
static const char *say_kind(WmDocument *document, const char *kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(KINDS); i++)
        if (g_ascii_strcasecmp(kind, KINDS[i].kind) == 0)
            return KINDS[i].title;
    g_autofree char *words = g_strdelimit(g_strdup(kind), "_", ' ');
    *words = g_ascii_toupper(*words);
    return wm_document_text(document, words);
}

static bool is_known(const WmMonth *month, const WmEvidence *row)
{
    return row->as_at == WM_NO_DAY || row->as_at <= month->as_at;
}

/* The count of the same kind about the same thing that came before. */
static const WmEvidence *find_before(const WmMonth *month, const WmEvidence *row)
{
    const WmEvidence *before = NULL;
    for (size_t i = 0; i < month->plan->n_evidence; i++) {
        const WmEvidence *one = &month->plan->evidence[i];
        if (one != row && !isnan(one->count) && one->as_at < row->as_at && strcmp(one->indicator, row->indicator) == 0 &&
            strcmp(one->theme, row->theme) == 0 && strcmp(one->kind, row->kind) == 0 && (!before || one->as_at > before->as_at))
            before = one;
    }
    return before;
}

static const char *say_count(WmDocument *document, const WmMonth *month, const WmEvidence *row)
{
    static const WmMeasure WHOLE = {.kind = WM_KIND_COUNT};
    char now[WM_VALUE_TEXT], then[WM_VALUE_TEXT];
    if (isnan(row->count))
        return "";
    const WmEvidence *before = find_before(month, row);
    wm_value_format(row->count, &WHOLE, "", now);
    if (!before)
        return wm_document_textf(document, "%s. ", now);
    return wm_document_textf(document, "%s, before that %s in %s. ", now, wm_value_format(before->count, &WHOLE, "", then),
                             wm_say_month(document, before->as_at));
}

WmProse *wm_say_evidence(WmDocument *document, const WmMonth *month, const WmEvidence *row)
{
    const char *day = wm_say_day(document, row->as_at);
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_addf(prose, WM_RUN_STRONG, "%s.", say_kind(document, row->kind));
    wm_prose_addf(prose, WM_RUN_PLAIN, " %s%s", say_count(document, month, row), row->summary);
    if (*row->source || *day)
        wm_prose_addf(prose, WM_RUN_SMALL, " (%s%s%s)", row->source, *row->source && *day ? ", " : "", day);
    return prose;
}

static gint latest_first(gconstpointer a, gconstpointer b)
{
    const WmEvidence *x = *(const WmEvidence *const *)a, *y = *(const WmEvidence *const *)b;
    return x->as_at != y->as_at ? (x->as_at > y->as_at ? -1 : 1) : x < y ? -1 : x > y;
}

static size_t add_rows(WmDocument *document, const WmMonth *month, GPtrArray *rows, size_t max)
{
    g_ptr_array_sort(rows, latest_first);
    WmBlock *list = rows->len ? wm_document_list(document) : NULL;
    for (guint i = 0; i < rows->len && i < max; i++)
        wm_list_add(list, wm_say_evidence(document, month, g_ptr_array_index(rows, i)));
    if (rows->len > max)
        wm_document_paragraph(document, wm_document_prosef(document, "%zu earlier entries are in evidence.csv.", rows->len - max));
    return rows->len;
}

static bool is_about(const WmMonth *month, const WmEvidence *row, const WmSeries *series)
{
    return is_known(month, row) && strcmp(row->indicator, series->indicator) == 0;
}

bool wm_month_has_evidence(const WmMonth *month, const WmSeries *series)
{
    for (const WmSeries *one = month->series; one < series; one++)
        if (strcmp(one->indicator, series->indicator) == 0)
            return false;
    for (size_t i = 0; i < month->plan->n_evidence; i++)
        if (is_about(month, &month->plan->evidence[i], series))
            return true;
    return false;
}

size_t wm_document_add_evidence(WmDocument *document, const WmMonth *month, const WmSeries *series, size_t max)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    for (size_t i = 0; i < month->plan->n_evidence; i++)
        if (is_about(month, &month->plan->evidence[i], series))
            g_ptr_array_add(rows, (gpointer)(guintptr)&month->plan->evidence[i]);
    return add_rows(document, month, rows, max);
}

size_t wm_document_add_theme_evidence(WmDocument *document, const WmMonth *month, const char *theme, size_t max)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    for (size_t i = 0; i < month->plan->n_evidence; i++) {
        const WmEvidence *row = &month->plan->evidence[i];
        if (is_known(month, row) && !*row->indicator && strcmp(row->theme, theme) == 0)
            g_ptr_array_add(rows, (gpointer)(guintptr)row);
    }
    return add_rows(document, month, rows, max);
}

static const char *say_pace(WmDocument *document, const WmEvidenceItem *item)
{
    return item->every_months == 0   ? "as it comes"
           : item->every_months == 1 ? "every month"
                                     : wm_document_textf(document, "every %d months", item->every_months);
}

/* Findings that are to come at their own pace, as the figures do at theirs. */
void wm_document_add_evidence_items(WmDocument *document, const WmMonth *month)
{
    static const WmColumn COLUMNS[] = {{"Evidence", WM_ALIGN_START, true},
                                       {"To come", WM_ALIGN_START, false},
                                       {"Last", WM_ALIGN_START, false},
                                       {"Next due", WM_ALIGN_START, false}};
    const WmPlan *plan = month->plan;
    if (plan->n_evidence_items == 0)
        return;
    WmTable *table = wm_document_table(document, "Evidence that is to come", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->is_dense = true;
    for (size_t i = 0; i < plan->n_evidence_items; i++) {
        const WmEvidenceItem *item = &plan->evidence_items[i];
        const WmEvidence *last = wm_plan_evidence_on(plan, item, month->as_at);
        const WmDay due = wm_plan_evidence_due(plan, item, month->as_at);
        wm_table_row(document, table,
                     (WmProse *[]){wm_say_stacked(document, *item->title ? item->title : item->item, item->owner_role),
                                   wm_document_prose(document, say_pace(document, item)),
                                   wm_say_stacked(document, last ? wm_say_day(document, last->as_at) : "none yet", ""),
                                   wm_say_stacked(document, due == WM_NO_DAY ? "" : wm_say_day(document, due),
                                                  due != WM_NO_DAY && due < month->as_at ? "overdue" : "")});
    }
    wm_document_add_table(document, table);
}
