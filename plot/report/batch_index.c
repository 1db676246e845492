/* The index of a batch: a table of contents with figures, to be read before any pack. */
#include <waymark/report.h>

#include <stdlib.h>
#include <string.h>

#include "plot/report/wording.h"

#define N_WORST 10 /* packs that are named first */

static bool has_failed(const WmBatchPack *pack)
{
    return *pack->message;
}

static const char *name_of(const WmBatchPack *pack)
{
    return *pack->area ? pack->area : pack->name;
}

static void add_headline(WmDocument *document, const WmBatchPack *packs, size_t n)
{
    static const WmRag ORDER[] = {WM_RED, WM_AMBER, WM_GREEN, WM_BLUE, WM_WHITE, WM_GREY};
    size_t n_failed = 0, n_series = 0, n_exceptions = 0, n_status[WM_N_RAGS] = {0};
    for (size_t i = 0; i < n; i++) {
        n_failed += has_failed(&packs[i]) ? 1 : 0;
        n_series += packs[i].n_series;
        n_exceptions += packs[i].n_exceptions;
        for (int rag = 0; rag < WM_N_RAGS; rag++)
            n_status[rag] += packs[i].n_status[rag];
    }
    wm_document_heading(document, 2, "headline", "Headline");
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_addf(prose, WM_RUN_STRONG, "%s in %s", wm_say_count(document, n_series, "measure"),
                  wm_say_count(document, n - n_failed, "pack"));
    wm_prose_addf(prose, WM_RUN_PLAIN, ", with %s for boards to see.", wm_say_count(document, n_exceptions, "exception"));
    wm_document_paragraph(document, prose);
    WmBlock *figures = wm_document_key_figures(document);
    for (size_t i = 0; n > n_failed && i < G_N_ELEMENTS(ORDER); i++)
        wm_key_figures_add(document, figures, wm_document_textf(document, "%zu", n_status[ORDER[i]]),
                           wm_status_look(ORDER[i])->count, &ORDER[i]);
    if (n_failed)
        wm_document_notice(document, WM_NOTICE_WARNING,
                           wm_document_textf(document, "%s failed.", wm_say_count(document, n_failed, "pack")),
                           "The other packs are not affected; what stands below is about them alone.");
}

static void add_failures(WmDocument *document, const WmBatchPack *packs, size_t n)
{
    WmBlock *list = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!has_failed(&packs[i]))
            continue;
        if (!list) {
            wm_document_heading(document, 2, "failed", "Packs that failed");
            list = wm_document_list(document);
        }
        WmProse *item = wm_document_prose(document, "");
        wm_prose_addf(item, WM_RUN_STRONG, "%s:", packs[i].name);
        wm_prose_addf(item, WM_RUN_PLAIN, " %s", packs[i].message);
        wm_list_add(list, item);
    }
}

/* More red first, then more amber, then as they come. */
static int by_concern(const void *a, const void *b)
{
    const WmBatchPack *x = *(const WmBatchPack *const *)a, *y = *(const WmBatchPack *const *)b;
    if (x->n_status[WM_RED] != y->n_status[WM_RED])
        return x->n_status[WM_RED] > y->n_status[WM_RED] ? -1 : 1;
    if (x->n_status[WM_AMBER] != y->n_status[WM_AMBER])
        return x->n_status[WM_AMBER] > y->n_status[WM_AMBER] ? -1 : 1;
    return x < y ? -1 : x > y;
}

static bool is_as_far_off(const WmBatchPack *a, const WmBatchPack *b)
{
    return b->n_status[WM_RED] > 0 && a->n_status[WM_RED] == b->n_status[WM_RED] && a->n_status[WM_AMBER] == b->n_status[WM_AMBER];
}

static WmProse *say_link(WmDocument *document, const WmBatchPack *pack)
{
    WmProse *prose = wm_document_prose(document, "");
    wm_prose_add_file(prose, name_of(pack), wm_document_textf(document, "%s/exception-report.html", pack->folder));
    return prose;
}

static void add_worst(WmDocument *document, const WmBatchPack *packs, size_t n)
{
    g_autofree const WmBatchPack **order = g_new(const WmBatchPack *, n + 1);
    for (size_t i = 0; i < n; i++)
        order[i] = &packs[i];
    qsort(order, n, sizeof *order, by_concern);
    if (n <= N_WORST || order[0]->n_status[WM_RED] == 0)
        return;
    wm_document_heading(document, 2, "first", "Most off plan");
    WmBlock *list = wm_document_list(document);
    size_t n_alike = 0;
    for (size_t i = N_WORST; i < n && is_as_far_off(order[i], order[N_WORST - 1]); i++)
        n_alike++;
    for (size_t i = 0; i < N_WORST && order[i]->n_status[WM_RED] > 0; i++) {
        WmProse *item = say_link(document, order[i]);
        wm_prose_addf(item, WM_RUN_PLAIN, ": %zu red and %zu amber of %zu", order[i]->n_status[WM_RED],
                      order[i]->n_status[WM_AMBER], order[i]->n_series);
        wm_list_add(list, item);
    }
    if (n_alike) {
        WmProse *prose = wm_document_prose(document, "");
        wm_prose_addf(prose, WM_RUN_PLAIN, "%s as far off as the last of them: see every pack, below.",
                      n_alike == 1 ? "One more pack is" : wm_document_textf(document, "%zu more packs are", n_alike));
        wm_document_paragraph(document, prose);
    }
}

static void add_files(WmDocument *document, const WmBatchFile *files, size_t n)
{
    if (n == 0)
        return;
    wm_document_heading(document, 2, "files", "All packs together");
    WmBlock *list = wm_document_list(document);
    for (size_t i = 0; i < n; i++) {
        if (files[i].title)
            continue;
        WmProse *item = wm_document_prose(document, "");
        wm_prose_add_file(item, files[i].path, files[i].path);
        wm_prose_addf(item, WM_RUN_PLAIN, ": %s", files[i].what);
        wm_list_add(list, item);
    }
}

static void add_pages(WmDocument *document, const WmBatchFile *files, size_t n)
{
    WmBlock *list = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!files[i].title)
            continue;
        if (!list) {
            wm_document_heading(document, 2, "areas", "Areas beside each other");
            list = wm_document_list(document);
        }
        WmProse *item = wm_document_prose(document, "");
        wm_prose_add_file(item, files[i].title, files[i].path);
        if (*files[i].what)
            wm_prose_addf(item, WM_RUN_PLAIN, ": %s", files[i].what);
        wm_list_add(list, item);
    }
}

static WmProse *say_number(WmDocument *document, size_t n)
{
    return wm_document_prosef(document, "%zu", n);
}

/* Area and papers; then the pack's own name where that is another, its as-at where packs have their own, and its figures. */
static WmProse *say_pack(WmDocument *document, const WmBatchPack *pack, bool has_own_day)
{
    WmProse *prose = say_link(document, pack);
    wm_prose_break(prose);
    if (strcmp(name_of(pack), pack->name) != 0)
        wm_prose_addf(prose, WM_RUN_SMALL, "%s, ", pack->name);
    if (has_own_day)
        wm_prose_addf(prose, WM_RUN_SMALL, "as at %s, ", wm_say_day(document, pack->as_at));
    wm_prose_add_file(prose, "figures (CSV)", wm_document_textf(document, "%s/assessments.csv", pack->folder));
    return prose;
}

static void add_packs(WmDocument *document, const WmBatchPack *packs, size_t n, bool have_own_days)
{
    static const WmColumn COLUMNS[] = {
        {"Pack", WM_ALIGN_START, true},   {"Measures", WM_ALIGN_END, false},   {"Red", WM_ALIGN_END, false},
        {"Amber", WM_ALIGN_END, false},   {"Green", WM_ALIGN_END, false},      {"Blue", WM_ALIGN_END, false},
        {"White", WM_ALIGN_END, false},   {"Grey", WM_ALIGN_END, false},       {"Exceptions", WM_ALIGN_END, false},
        {"Changes", WM_ALIGN_END, false}, {"Data errors", WM_ALIGN_END, false}};
    WmTable *table = wm_document_table(document, "", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->label = "Every pack";
    table->is_whole = true;
    wm_document_heading(document, 2, "packs", "Every pack");
    for (size_t i = 0; i < n; i++) {
        const WmBatchPack *pack = &packs[i];
        const size_t *status = pack->n_status;
        if (has_failed(pack))
            continue;
        wm_table_row(document, table,
                     (WmProse *[]){say_pack(document, pack, have_own_days), say_number(document, pack->n_series),
                                   say_number(document, status[WM_RED]), say_number(document, status[WM_AMBER]),
                                   say_number(document, status[WM_GREEN]), say_number(document, status[WM_BLUE]),
                                   say_number(document, status[WM_WHITE]), say_number(document, status[WM_GREY]),
                                   say_number(document, pack->n_exceptions), say_number(document, pack->n_changes),
                                   say_number(document, pack->n_errors)});
    }
    wm_document_add_table(document, table);
}

WmDocument *wm_report_batch(const char *title, WmDay as_at, const WmBatchPack *packs, size_t n_packs, const WmBatchFile *files,
                            size_t n_files)
{
    const WmFrontMatter front = {.title = title,
                                 .subtitle = "Index of packs",
                                 .area = "",
                                 .board = "",
                                 .author_role = "",
                                 .plan_version = "",
                                 .as_at = as_at,
                                 .previous_as_at = WM_NO_DAY};
    WmDocument *document = wm_document_new(&front);
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    add_headline(document, packs, n_packs);
    add_failures(document, packs, n_packs);
    add_worst(document, packs, n_packs);
    add_files(document, files, n_files);
    add_packs(document, packs, n_packs, as_at == WM_NO_DAY);
    add_pages(document, files, n_files);
    return document;
}
