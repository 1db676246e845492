/* The chase list as a paper: what is overdue, what is due next, and from whom. */
#include <waymark/chase.h>

#include <string.h>

#include "plot/report/exception_parts.h"
#include "plot/report/wording.h"

#define MAX_ROWS   60 /* of each table; all are in chase.csv */
#define MAX_OWNERS 12

static const WmColumn COLUMNS[] = {{"Due", WM_ALIGN_START, true},
                                   {"What", WM_ALIGN_START, false},
                                   {"About", WM_ALIGN_START, false},
                                   {"From", WM_ALIGN_START, false}};

/* "31 Jul 2022" and, where it has passed, how long ago. */
static WmProse *say_due(WmDocument *document, const WmChaseItem *item)
{
    WmProse *prose = wm_document_prose(document, wm_say_day(document, item->due));
    if (item->days < 0) {
        wm_prose_break(prose);
        wm_prose_addf(prose, WM_RUN_SMALL, "%s ago", wm_say_count(document, (size_t)-item->days, "day"));
    }
    return prose;
}

static WmProse *say_what(WmDocument *document, const WmChaseItem *item)
{
    const bool is_numbered = item->kind == WM_CHASE_ACTION || item->kind == WM_CHASE_RISK_REVIEW;
    WmProse *prose = wm_document_prosef(document, "%s%s%s", is_numbered ? item->id : "", is_numbered ? " " : "", item->title);
    if (*item->text) {
        wm_prose_break(prose);
        wm_prose_add(prose, WM_RUN_SMALL, item->text);
    }
    return prose;
}

static void add_row(WmDocument *document, WmTable *table, const WmChaseItem *item)
{
    wm_table_row(document, table,
                 (WmProse *[]){say_due(document, item), wm_document_prose(document, wm_chase_kind_title(item->kind)),
                               say_what(document, item),
                               wm_document_prose(document, *item->owner_role ? item->owner_role : WM_DASH)});
}

/* Overdue, or not yet; first readings have a section of their own. */
static size_t add_part(WmDocument *document, const WmChase *chase, const char *caption, bool wants_overdue)
{
    WmTable *table = wm_document_table(document, "", COLUMNS, G_N_ELEMENTS(COLUMNS));
    table->label = caption;
    size_t n = 0;
    for (size_t i = 0; i < chase->n_items; i++) {
        const WmChaseItem *item = &chase->items[i];
        if (item->kind != WM_CHASE_FIRST_READING && (item->days < 0) == wants_overdue && n++ < MAX_ROWS)
            add_row(document, table, item);
    }
    if (n > 0)
        wm_document_add_table(document, table);
    if (n > MAX_ROWS)
        wm_document_paragraph(document,
                              wm_document_prosef(document, "The first %d of %zu are shown; all are in chase.csv.", MAX_ROWS, n));
    return n;
}

/* First readings, which a section of its own names: where they are counted, so that the counts above come out. */
static void add_first_counted(WmDocument *document, const WmChase *chase, bool wants_overdue, bool has_others)
{
    size_t n = 0;
    for (size_t i = 0; i < chase->n_items; i++)
        n += chase->items[i].kind == WM_CHASE_FIRST_READING && (chase->items[i].days < 0) == wants_overdue;
    if (n == 0 && !has_others)
        wm_document_paragraph(document, wm_document_prose(document, wants_overdue ? "Nothing is overdue." : "Nothing."));
    if (n == 0)
        return;
    WmProse *prose = wm_document_prosef(
        document, "%s%s of %s %s %s: see \xE2\x80\x9C", has_others ? "Besides, the first reading" : "The first reading",
        n == 1 ? "" : "s", wm_say_count(document, n, "measure"), n == 1 ? "is" : "are", wants_overdue ? "overdue" : "due");
    wm_prose_add_link(prose, "Measures without a reading yet", "first");
    wm_prose_add(prose, WM_RUN_PLAIN, "\xE2\x80\x9D.");
    wm_document_paragraph(document, prose);
}

/* ---- by whom ---- */

typedef struct {
    const char *role;
    size_t n_overdue, n_ahead;
} Owner;

static gint by_load(gconstpointer a, gconstpointer b)
{
    const Owner *x = a, *y = b;
    if (x->n_overdue != y->n_overdue)
        return x->n_overdue > y->n_overdue ? -1 : 1;
    if (x->n_ahead != y->n_ahead)
        return x->n_ahead > y->n_ahead ? -1 : 1;
    return strcmp(x->role, y->role);
}

static GArray *find_owners(const WmChase *chase)
{
    GArray *owners = g_array_new(FALSE, FALSE, sizeof(Owner));
    for (size_t i = 0; i < chase->n_items; i++) {
        const WmChaseItem *item = &chase->items[i];
        guint k = 0;
        while (k < owners->len && strcmp(g_array_index(owners, Owner, k).role, item->owner_role) != 0)
            k++;
        if (k == owners->len) {
            const Owner owner = {item->owner_role, 0, 0};
            g_array_append_val(owners, owner);
        }
        Owner *owner = &g_array_index(owners, Owner, k);
        *(item->days < 0 ? &owner->n_overdue : &owner->n_ahead) += 1;
    }
    g_array_sort(owners, by_load);
    return owners;
}

static void add_owners(WmDocument *document, const WmChase *chase)
{
    const WmColumn columns[] = {
        {"From", WM_ALIGN_START, true}, {"Overdue", WM_ALIGN_END, false}, {"Due next", WM_ALIGN_END, false}};
    g_autoptr(GArray) owners = find_owners(chase);
    if (owners->len == 0)
        return;
    wm_document_heading(document, 2, "owners", "Who is asked for most");
    WmTable *table = wm_document_table(document, "", columns, G_N_ELEMENTS(columns));
    table->label = "What is overdue and due next, by who is asked";
    for (guint i = 0; i < owners->len && i < MAX_OWNERS; i++) {
        const Owner *owner = &g_array_index(owners, Owner, i);
        wm_table_row(document, table,
                     (WmProse *[]){wm_document_prose(document, *owner->role ? owner->role : "Nobody is named"),
                                   wm_document_prosef(document, "%zu", owner->n_overdue),
                                   wm_document_prosef(document, "%zu", owner->n_ahead)});
    }
    wm_document_add_table(document, table);
    if (owners->len > MAX_OWNERS)
        wm_document_paragraph(
            document, wm_document_prosef(document, "And %s with less.", wm_say_count(document, owners->len - MAX_OWNERS, "other")));
}

/* ---- measures of which nothing has come ---- */

static void add_of_owner(WmDocument *document, WmBlock *list, const WmChase *chase, const char *role)
{
    WmProse *prose = wm_document_prose(document, "");
    size_t n = 0;
    wm_prose_addf(prose, WM_RUN_STRONG, "%s:", *role ? role : "Nobody is named");
    for (size_t i = 0; i < chase->n_items; i++)
        if (chase->items[i].kind == WM_CHASE_FIRST_READING && strcmp(chase->items[i].owner_role, role) == 0)
            wm_prose_addf(prose, WM_RUN_PLAIN, "%s %s", n++ ? ";" : "", chase->items[i].title);
    if (n == 0)
        return;
    wm_prose_add(prose, WM_RUN_PLAIN, ".");
    wm_list_add(list, prose);
}

static void add_first_readings(WmDocument *document, const WmChase *chase)
{
    size_t n = 0;
    for (size_t i = 0; i < chase->n_items; i++)
        n += chase->items[i].kind == WM_CHASE_FIRST_READING;
    if (n == 0)
        return;
    wm_document_heading(document, 2, "first", wm_document_textf(document, "Measures without a reading yet (%zu)", n));
    WmBlock *list = wm_document_list(document);
    g_autoptr(GArray) owners = find_owners(chase);
    for (guint i = 0; i < owners->len; i++)
        add_of_owner(document, list, chase, g_array_index(owners, Owner, i).role);
}

/* One of a kind, and more. */
static const char *const NOUNS[WM_N_CHASE_KINDS][2] = {
    [WM_CHASE_COMMENTARY] = {"explanation", "explanations"},
    [WM_CHASE_RECOVERY] = {"recovery", "recoveries"},
    [WM_CHASE_READING] = {"reading", "readings"},
    [WM_CHASE_FIRST_READING] = {"first reading of a measure", "first readings of measures"},
    [WM_CHASE_MILESTONE] = {"milestone", "milestones"},
    [WM_CHASE_DELIVERABLE] = {"deliverable", "deliverables"},
    [WM_CHASE_ACTION] = {"action", "actions"},
    [WM_CHASE_RISK_REVIEW] = {"review of a risk", "reviews of risks"},
    [WM_CHASE_EVIDENCE] = {"piece of evidence", "pieces of evidence"},
    [WM_CHASE_OVERRIDE] = {"status set by a person", "statuses set by persons"},
};

/* ", 9 of them overdue" */
static const char *say_late(WmDocument *document, size_t n, size_t n_late)
{
    return n_late == 0   ? ""
           : n_late == n ? (n == 1 ? ", overdue" : ", all overdue")
                         : wm_document_textf(document, ", %zu of them overdue", n_late);
}

static void add_headline(WmDocument *document, const WmChase *chase)
{
    const size_t n_ahead = chase->n_items - chase->n_overdue;
    WmProse *prose = wm_document_prose(document, "");
    wm_document_heading(document, 2, "headline", "Headline");
    if (chase->n_items == 0) {
        wm_document_paragraph(document, wm_document_prosef(document, "Nothing is overdue, and nothing falls due by %s.",
                                                           wm_say_day(document, chase->as_at + WM_CHASE_AHEAD_DAYS)));
        return;
    }
    const char *overdue = chase->n_overdue == 0   ? "Nothing is"
                          : chase->n_overdue == 1 ? "1 thing is"
                                                  : wm_document_textf(document, "%zu things are", chase->n_overdue);
    const char *ahead = n_ahead == 0   ? "nothing falls"
                        : n_ahead == 1 ? "1 falls"
                                       : wm_document_textf(document, "%zu fall", n_ahead);
    wm_prose_addf(prose, WM_RUN_STRONG, "%s overdue, and %s due by %s", overdue, ahead,
                  wm_say_day(document, chase->as_at + WM_CHASE_AHEAD_DAYS));
    const char *before = ":";
    for (int kind = 0; kind < WM_N_CHASE_KINDS; kind++) {
        size_t n = 0, n_late = 0;
        for (size_t i = 0; i < chase->n_items; i++) {
            n += chase->items[i].kind == (WmChaseKind)kind;
            n_late += chase->items[i].kind == (WmChaseKind)kind && chase->items[i].days < 0;
        }
        if (n == 0)
            continue;
        wm_prose_addf(prose, WM_RUN_PLAIN, "%s %zu %s%s", before, n, NOUNS[kind][n != 1], say_late(document, n, n_late));
        before = ";";
    }
    wm_prose_add(prose, WM_RUN_PLAIN, ".");
    wm_document_paragraph(document, prose);
}

WmDocument *wm_report_chase(const WmMonth *month, GError **error)
{
    (void)error;
    g_autoptr(WmChase) chase = wm_chase_new(month);
    WmDocument *document = wm_document_for_month(month, "Chase list");
    add_headline(document, chase);
    wm_document_mark(document, WM_BLOCK_CONTENTS);
    wm_document_heading(document, 2, "overdue", "Overdue");
    add_first_counted(document, chase, true, add_part(document, chase, "What is overdue", true) > 0);
    wm_document_heading(document, 2, "next", "Due next");
    add_first_counted(document, chase, false, add_part(document, chase, "What is due next", false) > 0);
    add_owners(document, chase);
    add_first_readings(document, chase);
    wm_document_add_issued(document, month);
    return document;
}
