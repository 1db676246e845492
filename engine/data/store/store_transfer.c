/* All of a store into another, and back again to see that it arrived. */
#include <math.h>
#include <string.h>

#include "engine/data/store/store_private.h"

#define AT_ONCE (128 * 1024) /* readings */

typedef struct {
    WmStore *from, *to;
    GHashTable *series; /* id there -> id here */
    GHashTable *notes;  /* number there -> number here */
    GArray *readings;   /* of BlockReading, with the numbers of `to` */
    GArray *arrived;    /* what `to` says of the same */
    guint32 part;
    WmStoreTransfer n;
} Transfer;

typedef enum { A_WHOLE, A_DAY, A_FLAG, A_TEXT } ColumnKind;

static const ColumnKind DROP[] = {A_WHOLE, A_DAY,   A_TEXT,  A_TEXT, A_WHOLE, A_WHOLE, A_WHOLE, A_WHOLE, A_WHOLE, A_WHOLE,
                                  A_FLAG,  A_WHOLE, A_WHOLE, A_DAY,  A_FLAG,  A_DAY,   A_WHOLE, A_TEXT,  A_WHOLE, A_WHOLE};
static const ColumnKind REFUSED[] = {A_WHOLE, A_WHOLE, A_TEXT, A_TEXT, A_TEXT};
static const ColumnKind FINDING[] = {A_WHOLE, A_WHOLE, A_WHOLE, A_TEXT, A_TEXT, A_TEXT, A_TEXT};

static void copy_column(StoreQuery *row, int column, ColumnKind kind, StoreQuery *to, int parameter)
{
    switch (kind) {
    case A_WHOLE:
        if (query_text(row, column))
            query_set_whole(to, parameter, query_whole(row, column));
        else
            query_set_null(to, parameter);
        break;
    case A_DAY:
        query_set_day(to, parameter, query_day(row, column));
        break;
    case A_FLAG:
        query_set_flag(to, parameter, query_flag(row, column));
        break;
    case A_TEXT:
        query_set_text(to, parameter, query_text(row, column));
        break;
    }
}

static gboolean is_same_column(StoreQuery *a, StoreQuery *b, int i, ColumnKind kind)
{
    switch (kind) {
    case A_WHOLE:
        return query_whole(a, i) == query_whole(b, i) && !query_text(a, i) == !query_text(b, i);
    case A_DAY:
        return query_day(a, i) == query_day(b, i);
    case A_FLAG:
        return query_flag(a, i) == query_flag(b, i);
    case A_TEXT:
        return g_strcmp0(query_text(a, i), query_text(b, i)) == 0;
    }
    return FALSE;
}

/* Rows of one kind: what lists them, what adds one, and for one drop or all of them (0). */
typedef struct {
    Statement list, add;
    const ColumnKind *kinds;
    int n;
} Rows;

static const Rows DROP_ROWS = {LIST_WHOLE_DROPS, PUT_WHOLE_DROP, DROP, G_N_ELEMENTS(DROP)};
static const Rows REFUSED_ROWS = {LIST_QUARANTINE, ADD_QUARANTINE, REFUSED, G_N_ELEMENTS(REFUSED)};
static const Rows FINDING_ROWS = {LIST_FINDINGS, ADD_FINDING, FINDING, G_N_ELEMENTS(FINDING)};

static StoreQuery *list_rows(WmStore *store, const Rows *rows, gint64 drop, GError **error)
{
    return drop ? STORE_BOUND(store, rows->list, error, drop) : store_query(store, rows->list, error);
}

static gboolean copy_rows(Transfer *self, const Rows *rows, gint64 drop, gint64 *n, GError **error)
{
    StoreQuery *row = list_rows(self->from, rows, drop, error);
    StoreStep step = row ? STEP_DONE : STEP_FAILED;
    while (row && (step = query_step(row, "read the store", error)) == STEP_ROW) {
        StoreQuery *add = drop ? STORE_BOUND(self->to, rows->add, error, drop) : store_query(self->to, rows->add, error);
        for (int i = 0; add && i < rows->n; i++)
            copy_column(row, i, rows->kinds[i], add, i + 1 + (drop != 0));
        if (!store_run(add, "fill the store", error))
            step = STEP_FAILED;
        if (step == STEP_FAILED)
            break;
        (*n)++;
    }
    if (row)
        query_reset(row);
    return step == STEP_DONE;
}

static gboolean fail_other(const Transfer *self, const char *what, gint64 drop, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE,
                 &(WmErrorPlace){.file = self->to->path,
                                 .advice = "nothing was kept there; run `waymark store verify` on the store that "
                                           "was read"},
                 "%s of drop %" G_GINT64_FORMAT " did not arrive as sent", what, drop);
    return FALSE;
}

/* Both sides side by side. */
static gboolean compare_rows(Transfer *self, const Rows *rows, const char *what, gint64 drop, GError **error)
{
    StoreQuery *sent = list_rows(self->from, rows, drop, error), *arrived = sent ? list_rows(self->to, rows, drop, error) : NULL;
    gboolean is_same = arrived != NULL;
    for (StoreStep step = STEP_ROW; is_same && step == STEP_ROW;) {
        step = query_step(sent, "read the store", error);
        const StoreStep other = step == STEP_FAILED ? STEP_FAILED : query_step(arrived, "read the store", error);
        is_same = step != STEP_FAILED && other != STEP_FAILED;
        gboolean is_equal = step == other;
        for (int i = 0; is_equal && step == STEP_ROW && i < rows->n; i++)
            is_equal = is_same_column(sent, arrived, i, rows->kinds[i]);
        if (is_same && !is_equal)
            is_same = fail_other(self, what, drop ? drop : step == STEP_ROW ? query_whole(sent, 0) : 0, error);
    }
    if (sent)
        query_reset(sent);
    if (arrived)
        query_reset(arrived);
    return is_same;
}

static gint by_id(gconstpointer a, gconstpointer b)
{
    const WmSeriesKey *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* In the order of their numbers, so that those of the new ones are in the same order. */
static gboolean copy_series(Transfer *self, GError **error)
{
    g_autoptr(GArray) all = wm_store_series(self->from, error);
    if (!all)
        return FALSE;
    g_array_sort(all, by_id);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < all->len; i++) {
        const WmSeriesKey *one = &g_array_index(all, WmSeriesKey, i);
        g_ptr_array_add(keys, names_key((const char *const[]){one->indicator, one->unit, one->cohort}, 3));
    }
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    if (keys->len && !self->to->backend->learn_series(self->to, &(FreshNames){.keys = keys, .is_anew = TRUE}, ids, error))
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        g_hash_table_insert(self->series, GSIZE_TO_POINTER((gsize)g_array_index(all, WmSeriesKey, i).id),
                            GSIZE_TO_POINTER((gsize)g_array_index(ids, gint64, i)));
    self->n.n_series = all->len;
    return TRUE;
}

static gboolean copy_note(Transfer *self, guint32 *note, GError **error)
{
    gpointer number;
    if (!*note)
        return TRUE;
    if (!g_hash_table_lookup_extended(self->notes, GUINT_TO_POINTER(*note), NULL, &number)) {
        g_autofree char *text = NULL;
        g_autoptr(GPtrArray) keys = g_ptr_array_new();
        g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
        if (!self->from->backend->read_note(self->from, *note, &text, error))
            return FALSE;
        g_ptr_array_add(keys, text);
        if (!self->to->backend->learn_notes(self->to, &(FreshNames){.keys = keys}, ids, error))
            return FALSE;
        number = GSIZE_TO_POINTER((gsize)g_array_index(ids, gint64, 0));
        g_hash_table_insert(self->notes, GUINT_TO_POINTER(*note), number);
    }
    *note = GPOINTER_TO_UINT(number);
    return TRUE;
}

static gboolean gather(gint64 content, const BlockReading *reading, gpointer data)
{
    (void)content;
    Transfer *self = data;
    BlockReading one = *reading;
    one.series = GPOINTER_TO_UINT(g_hash_table_lookup(self->series, GUINT_TO_POINTER(reading->series)));
    g_array_append_val(self->readings, one);
    return one.series != 0;
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const BlockReading *x = a, *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    return (x->period > y->period) - (x->period < y->period);
}

/* What is gathered, as one part of the drop. */
static gboolean put_gathered(Transfer *self, gint64 drop, GError **error)
{
    const BlockReading *all = (BlockReading *)(gpointer)self->readings->data;
    for (guint i = 0, end; i < self->readings->len; i = end) {
        for (end = i + 1; end < self->readings->len && all[end].series / BUNCH_SERIES == all[i].series / BUNCH_SERIES;)
            end++;
        if (!self->to->backend->add_readings(self->to, drop, self->part, all + i, end - i, error))
            return FALSE;
    }
    self->part++;
    self->n.n_readings += self->readings->len;
    return self->to->backend->end_part(self->to, error);
}

static gboolean gather_arrived(gint64 content, const BlockReading *reading, gpointer data)
{
    (void)content;
    const Transfer *self = data;
    const BlockReading *sent = (BlockReading *)(gpointer)self->readings->data;
    if (reading->series >= sent[0].series && reading->series <= sent[self->readings->len - 1].series)
        g_array_append_val(self->arrived, *reading);
    return TRUE;
}

static gboolean is_same_figure(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static gboolean is_same_reading(const BlockReading *a, const BlockReading *b)
{
    return a->series == b->series && a->period == b->period && a->note == b->note && a->state == b->state &&
           is_same_figure(a->value, b->value) && is_same_figure(a->numerator, b->numerator) &&
           is_same_figure(a->denominator, b->denominator);
}

/* What is gathered was sent before: it is there. */
static gboolean compare_gathered(Transfer *self, gint64 drop, GError **error)
{
    const BlockReading *sent = (BlockReading *)(gpointer)self->readings->data;
    const guint n = self->readings->len;
    const ReadingRange range = {.first_bunch = sent[0].series / BUNCH_SERIES,
                                .last_bunch = sent[0].series / BUNCH_SERIES,
                                .last_period = G_MAXUINT32,
                                .content = drop};
    g_array_set_size(self->arrived, 0);
    for (ReadingRange one = range; one.first_bunch <= sent[n - 1].series / BUNCH_SERIES; one.last_bunch = ++one.first_bunch)
        if (!self->to->backend->each_reading(self->to, &one, gather_arrived, self, error))
            return FALSE;
    g_array_sort(self->arrived, by_place);
    gboolean is_same = self->arrived->len == n;
    for (guint i = 0; is_same && i < n; i++)
        is_same = is_same_reading(&sent[i], &g_array_index(self->arrived, BlockReading, i));
    return is_same || fail_other(self, "a reading", drop, error);
}

/* All readings of a drop, many at a time, through a function; each time sorted and with the numbers of `to`. */
static gboolean each_gathered(Transfer *self, gint64 drop, gboolean (*func)(Transfer *self, gint64 drop, GError **error),
                              GError **error)
{
    g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(ReadingRange));
    if (!self->from->backend->list_ranges(self->from, drop, ranges, error))
        return FALSE;
    g_array_set_size(self->readings, 0);
    for (guint i = 0; i < ranges->len; i++) {
        ReadingRange range = g_array_index(ranges, ReadingRange, i);
        range.content = drop;
        if (!self->from->backend->each_reading(self->from, &range, gather, self, error))
            return FALSE;
        if (self->readings->len == 0 || (self->readings->len < AT_ONCE && i + 1 < ranges->len))
            continue;
        g_array_sort(self->readings, by_place);
        for (guint k = 0; k < self->readings->len; k++)
            if (!copy_note(self, &g_array_index(self->readings, BlockReading, k).note, error))
                return FALSE;
        if (!func(self, drop, error))
            return FALSE;
        g_array_set_size(self->readings, 0);
    }
    return TRUE;
}

static gboolean copy_drop(Transfer *self, gint64 drop, GError **error)
{
    gint64 n_findings = 0;
    self->part = 0;
    return copy_rows(self, &REFUSED_ROWS, drop, &self->n.n_refused, error) &&
           copy_rows(self, &FINDING_ROWS, drop, &n_findings, error) && each_gathered(self, drop, put_gathered, error);
}

static gboolean compare_drop(Transfer *self, gint64 drop, GError **error)
{
    return compare_rows(self, &REFUSED_ROWS, "a refused row", drop, error) &&
           compare_rows(self, &FINDING_ROWS, "a finding", drop, error) && each_gathered(self, drop, compare_gathered, error);
}

/* The drops whose readings are their own. */
static gboolean each_content(Transfer *self, gboolean (*func)(Transfer *self, gint64 drop, GError **error), GError **error)
{
    const GArray *facts = store_facts(self->from, error);
    for (guint i = 0; facts && i < facts->len; i++) {
        const DropFact *fact = &g_array_index(facts, DropFact, i);
        if (fact->id == fact->content && !func(self, fact->id, error))
            return FALSE;
    }
    return facts != NULL;
}

static gboolean is_empty(WmStore *store, GError **error)
{
    const GArray *facts = store_facts(store, error);
    g_autoptr(GArray) series = facts ? wm_store_series(store, error) : NULL;
    if (series && (facts->len || series->len))
        wm_error_set(error, WM_ERROR_FILE,
                     &(WmErrorPlace){.file = store->path, .advice = "choose a place where there is no store yet"},
                     "the store there has drops already");
    return series && facts->len == 0 && series->len == 0;
}

static gboolean transfer(Transfer *self, GError **error)
{
    return is_empty(self->to, error) && copy_series(self, error) && copy_rows(self, &DROP_ROWS, 0, &self->n.n_drops, error) &&
           each_content(self, copy_drop, error) && compare_rows(self, &DROP_ROWS, "a count", 0, error) &&
           each_content(self, compare_drop, error);
}

static gboolean transfer_within(Transfer *self, GError **error)
{
    static const char DOING[] = "fill the store";
    if (!store_begin_write(self->to, DOING, error))
        return FALSE;
    const gboolean is_done = transfer(self, error) && store_commit_write(self->to, DOING, error);
    if (!is_done)
        store_rollback_write(self->to);
    store_forget_facts(self->to);
    return is_done;
}

bool wm_store_transfer(WmStore *from, WmStore *to, WmStoreTransfer *out, GError **error)
{
    g_autoptr(GHashTable) series = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GHashTable) notes = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GArray) readings = g_array_new(FALSE, FALSE, sizeof(BlockReading));
    g_autoptr(GArray) arrived = g_array_new(FALSE, FALSE, sizeof(BlockReading));
    Transfer self = {.from = from, .to = to, .series = series, .notes = notes, .readings = readings, .arrived = arrived};
    if (!wm_store_begin_read(from, error))
        return false;
    const bool is_done = transfer_within(&self, error);
    wm_store_end_read(from);
    if (is_done && out)
        *out = self.n;
    return is_done;
}
