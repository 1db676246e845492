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

size_t wm_document_add_evidence(WmDocument *document, const WmMonth *month, const WmSeries *series, size_t max)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new();
    for (size_t i = 0; i < month->plan->n_evidence; i++)
        if (is_known(month, &month->plan->evidence[i]) && strcmp(month->plan->evidence[i].indicator, series->indicator) == 0)
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
