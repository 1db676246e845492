/* The store, read: blocks, series and their vintages, quarantine. */
#include "engine/data/store/store_private.h"

#include <math.h>
#include <string.h>

GArray *store_gather(WmStore *self, sqlite3_stmt *statement, guint row_size, GDestroyNotify clear,
                     void (*read_row)(sqlite3_stmt *statement, GArray *out), GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, row_size);
    if (clear)
        g_array_set_clear_func(rows, clear);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        read_row(statement, rows);
    const gboolean is_read = code == SQLITE_DONE || store_fail(self->db, self->path, "read the store", error);
    sqlite3_reset(statement);
    return is_read ? g_steal_pointer(&rows) : NULL;
}

char *store_text(sqlite3_stmt *statement, int i)
{
    return g_strdup((const char *)sqlite3_column_text(statement, i));
}

WmDay store_day(sqlite3_stmt *statement, int i)
{
    return sqlite3_column_type(statement, i) == SQLITE_NULL ? WM_NO_DAY : sqlite3_column_int(statement, i);
}

static gboolean fail_damaged(const WmStore *self, GError **error)
{
    wm_error_set(error, WM_ERROR_FILE,
                 &(WmErrorPlace){.file = self->path,
                                 .advice = "it is damaged: move it away and run again, the drops folder rebuilds it; "
                                           "`waymark store verify` says more"},
                 "cannot read the store: a block of readings is not what was written");
    return FALSE;
}

/* One reading of a block stands for every drop of its content. */
static void add_vintages(const WmStore *self, const BlockQuery *query, const DropFact *fact, const BlockReading *reading,
                         GArray *out)
{
    const DropFact *facts = &g_array_index(self->facts, DropFact, 0);
    for (;; fact = &facts[fact->next]) {
        if (!fact->is_silent || query->with_silent) {
            const ChainVintage vintage = {*reading, (guint32)(fact - facts), fact->since, fact->withdrawn, fact->replaced_by};
            g_array_append_val(out, vintage);
        }
        if (fact->next < 0)
            return;
    }
}

static gboolean read_block(const WmStore *self, const BlockQuery *query, sqlite3_stmt *statement, const DropFact *fact, GArray *out)
{
    const void *bytes = sqlite3_column_blob(statement, 3);
    const size_t length = (size_t)sqlite3_column_bytes(statement, 3);
    if (block_crc(bytes, length) != (guint32)sqlite3_column_int64(statement, 2))
        return FALSE;
    BlockCursor cursor;
    BlockReading reading;
    BlockStep step;
    block_cursor_init(&cursor, bytes, length, block_bunch(sqlite3_column_int64(statement, 0)));
    while ((step = block_next(&cursor, &reading)) == BLOCK_READING) {
        if (query->series && reading.series > query->series)
            return TRUE;
        if (!query->series || reading.series == query->series)
            add_vintages(self, query, fact, &reading, out);
    }
    return step == BLOCK_END;
}

/* The first drop of a content; NULL when no drop is known to have it. */
static const DropFact *first_of(const WmStore *self, gint64 content)
{
    const int place = GPOINTER_TO_INT(g_hash_table_lookup(self->contents, GSIZE_TO_POINTER((gsize)content)));
    return place ? &g_array_index(self->facts, DropFact, place - 1) : NULL;
}

gboolean store_read_blocks(WmStore *self, const BlockQuery *query, GArray *out, GError **error)
{
    if (!store_facts(self, error))
        return FALSE;
    sqlite3_stmt *statement = STORE_BOUND(self, LIST_BLOCKS, error, block_id(query->first_bunch, 0, 0),
                                          block_id(query->last_bunch + 1, 0, 0) - 1, query->first_period, query->last_period);
    if (!statement)
        return FALSE;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const DropFact *fact = first_of(self, sqlite3_column_int64(statement, 1));
        if (!fact || !read_block(self, query, statement, fact, out)) {
            sqlite3_reset(statement);
            return fail_damaged(self, error);
        }
    }
    const gboolean is_read = code == SQLITE_DONE || store_fail(self->db, self->path, "read the store", error);
    sqlite3_reset(statement);
    return is_read;
}

static void clear_series(gpointer data)
{
    const WmSeriesKey *key = data;
    g_free((gpointer)key->indicator);
    g_free((gpointer)key->unit);
    g_free((gpointer)key->cohort);
}

static void read_series(sqlite3_stmt *statement, GArray *out)
{
    const WmSeriesKey key = {sqlite3_column_int64(statement, 0), store_text(statement, 1), store_text(statement, 2),
                             store_text(statement, 3)};
    g_array_append_val(out, key);
}

GArray *wm_store_series(WmStore *self, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, LIST_SERIES, error);
    return statement ? store_gather(self, statement, sizeof(WmSeriesKey), clear_series, read_series, error) : NULL;
}

static gint by_key(gconstpointer a, gconstpointer b)
{
    const WmSeriesKey *x = a, *y = b;
    int order = strcmp(x->indicator, y->indicator);
    order = order ? order : strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->cohort, y->cohort);
}

GArray *wm_store_series_of(WmStore *self, const GPtrArray *units, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(WmSeriesKey));
    g_array_set_clear_func(all, clear_series);
    for (guint i = 0; i < units->len; i++) {
        sqlite3_stmt *statement = store_statement(self, LIST_SERIES_OF, error);
        if (!statement)
            return NULL;
        sqlite3_bind_text(statement, 1, g_ptr_array_index(units, i), -1, SQLITE_TRANSIENT);
        int code;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW)
            read_series(statement, all);
        const gboolean is_read = code == SQLITE_DONE || store_fail(self->db, self->path, "read the store", error);
        sqlite3_reset(statement);
        if (!is_read)
            return NULL;
    }
    g_array_sort(all, by_key);
    return g_steal_pointer(&all);
}

static void read_unit(sqlite3_stmt *statement, GArray *out)
{
    char *unit = store_text(statement, 0);
    g_array_append_val(out, unit);
}

GHashTable *wm_store_units(WmStore *self, GError **error)
{
    sqlite3_stmt *statement = store_statement(self, LIST_UNITS, error);
    g_autoptr(GArray) units = statement ? store_gather(self, statement, sizeof(char *), NULL, read_unit, error) : NULL;
    if (!units)
        return NULL;
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < units->len; i++)
        g_hash_table_add(set, g_array_index(units, char *, i));
    return set;
}

gboolean store_read_note(WmStore *self, guint32 note, char **out, GError **error)
{
    *out = NULL;
    sqlite3_stmt *statement = STORE_BOUND(self, READ_NOTE, error, note);
    if (!statement)
        return FALSE;
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return store_fail(self->db, self->path, "read the store", error);
    *out = code == SQLITE_ROW ? store_text(statement, 0) : g_strdup("");
    sqlite3_reset(statement);
    return TRUE;
}

#define ILLUSTRATIVE "illustrative" /* a note that begins so marks a reading as made up */

/* The notes of some vintages: by number, whether they say so. */
static gboolean find_illustrative(WmStore *self, const GArray *vintages, GHashTable *out, GError **error)
{
    for (guint i = 0; i < vintages->len; i++) {
        const guint32 note = g_array_index(vintages, ChainVintage, i).reading.note;
        g_autofree char *text = NULL;
        if (!note || g_hash_table_contains(out, GUINT_TO_POINTER(note)))
            continue;
        if (!store_read_note(self, note, &text, error))
            return FALSE;
        const gboolean is_illustrative = g_ascii_strncasecmp(text, ILLUSTRATIVE, strlen(ILLUSTRATIVE)) == 0;
        g_hash_table_insert(out, GUINT_TO_POINTER(note), GINT_TO_POINTER(is_illustrative));
    }
    return TRUE;
}

typedef struct {
    const WmStore *store;
    GHashTable *illustrative;
    WmDay as_at;
    GArray *out;
} Unfold;

static void unfold_one(const Unfold *self, const ChainVintage *from, WmDay day)
{
    const WmVintage vintage = {
        .reading = chain_reading(&from->reading),
        .drop = g_array_index(self->store->facts, DropFact, from->order).id,
        .received = day,
        .is_illustrative = GPOINTER_TO_INT(g_hash_table_lookup(self->illustrative, GUINT_TO_POINTER(from->reading.note))),
    };
    g_array_append_val(self->out, vintage);
}

/* A withdrawal leaves what counted without it, or nothing. */
static void unfold_withdrawal(const Unfold *self, const ChainVintage *vintages, size_t n, const ChainVintage *withdrawn)
{
    const WmDay day = withdrawn->withdrawn;
    const ChainVintage *left = chain_at(vintages, n, day);
    if (left) {
        unfold_one(self, left, day);
        return;
    }
    const WmVintage none = {.reading = {block_period(withdrawn->reading.period), NAN, NAN, NAN, WM_MISSING},
                            .drop = g_array_index(self->store->facts, DropFact, withdrawn->order).id,
                            .received = day,
                            .is_gone = true};
    g_array_append_val(self->out, none);
}

static gboolean never_counted(const ChainVintage *vintage)
{
    return vintage->withdrawn != WM_NO_DAY && vintage->withdrawn <= vintage->since;
}

/* Whether it was what counted, until it was withdrawn. */
static gboolean was_in_force(const ChainVintage *vintages, size_t n, size_t i)
{
    const WmDay day = vintages[i].withdrawn;
    for (size_t k = i + 1; k < n; k++)
        if (vintages[k].since <= day && !never_counted(&vintages[k]) &&
            (vintages[k].withdrawn == WM_NO_DAY || vintages[k].withdrawn >= day))
            return FALSE;
    return TRUE;
}

/* Whether it counted on the day from which it was to: of a drop read again, what came later in its place may stand before it. */
static gboolean came_to_count(const ChainVintage *vintages, size_t n, size_t i)
{
    for (size_t k = i + 1; k < n; k++)
        if (vintages[k].since < vintages[i].since &&
            (vintages[k].withdrawn == WM_NO_DAY || vintages[k].withdrawn > vintages[i].since))
            return FALSE;
    return TRUE;
}

/* One period's vintages as they counted, day by day. */
static void unfold(const Unfold *self, ChainVintage *vintages, size_t n)
{
    chain_complete(vintages, n);
    for (size_t i = 0; i < n; i++) {
        const ChainVintage *one = &vintages[i];
        if (never_counted(one) || one->since > self->as_at || !came_to_count(vintages, n, i))
            continue;
        unfold_one(self, one, one->since);
        if (one->withdrawn != WM_NO_DAY && one->withdrawn <= self->as_at && was_in_force(vintages, n, i))
            unfold_withdrawal(self, vintages, n, one);
    }
}

/* Readings are handed over by their period's end, and periods of several kinds may share a series. What came on one day keeps its
 * order: the sort is stable. */
static gint by_period(gconstpointer a, gconstpointer b)
{
    const WmVintage *x = a, *y = b;
    const int order = wm_period_compare(x->reading.period, y->reading.period);
    if (order)
        return order;
    return (x->received > y->received) - (x->received < y->received);
}

GArray *store_read_series(WmStore *self, gint64 series, GError **error)
{
    g_autoptr(GArray) vintages = g_array_new(FALSE, FALSE, sizeof(ChainVintage));
    const guint32 bunch = (guint32)series / BUNCH_SERIES;
    const BlockQuery query = {.first_bunch = bunch, .last_bunch = bunch, .last_period = G_MAXUINT32, .series = (guint32)series};
    if (!store_read_blocks(self, &query, vintages, error))
        return NULL;
    g_array_sort(vintages, chain_order);
    return g_steal_pointer(&vintages);
}

static GArray *read_vintages(WmStore *self, gint64 series, WmDay as_at, GError **error)
{
    g_autoptr(GArray) chains = store_read_series(self, series, error);
    g_autoptr(GHashTable) illustrative = g_hash_table_new(g_direct_hash, g_direct_equal);
    if (!chains || !find_illustrative(self, chains, illustrative, error))
        return NULL;
    const Unfold unfolding = {self, illustrative, as_at == WM_NO_DAY ? INT32_MAX : as_at,
                              g_array_sized_new(FALSE, FALSE, sizeof(WmVintage), chains->len)};
    ChainVintage *all = (ChainVintage *)(gpointer)chains->data;
    for (size_t i = 0, end; i < chains->len; i = end) {
        end = chain_end(all, chains->len, i);
        unfold(&unfolding, all + i, end - i);
    }
    g_array_sort(unfolding.out, by_period);
    return unfolding.out;
}

GArray *wm_store_vintages(WmStore *self, gint64 series, WmDay as_at, GError **error)
{
    if (!wm_store_begin_read(self, error))
        return NULL;
    GArray *vintages = read_vintages(self, series, as_at, error);
    wm_store_end_read(self);
    return vintages;
}

static void clear_quarantined(gpointer data)
{
    const WmQuarantined *row = data;
    g_free((gpointer)row->code);
    g_free((gpointer)row->message);
    g_free((gpointer)row->raw);
}

static void read_quarantined(sqlite3_stmt *statement, GArray *out)
{
    const WmQuarantined row = {sqlite3_column_int(statement, 0), sqlite3_column_int(statement, 1), store_text(statement, 2),
                               store_text(statement, 3), store_text(statement, 4)};
    g_array_append_val(out, row);
}

GArray *wm_store_quarantine(WmStore *self, gint64 drop, GError **error)
{
    sqlite3_stmt *statement = STORE_BOUND(self, LIST_QUARANTINE, error, drop);
    return statement ? store_gather(self, statement, sizeof(WmQuarantined), clear_quarantined, read_quarantined, error) : NULL;
}

bool wm_store_each_quarantined(WmStore *self, gint64 drop, bool (*func)(const WmQuarantined *row, void *data, GError **error),
                               void *data, GError **error)
{
    sqlite3_stmt *statement = STORE_BOUND(self, LIST_QUARANTINE, error, drop);
    if (!statement)
        return false;
    int code;
    bool goes_on = true;
    while (goes_on && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const WmQuarantined row = {sqlite3_column_int(statement, 0), sqlite3_column_int(statement, 1),
                                   (const char *)sqlite3_column_text(statement, 2), (const char *)sqlite3_column_text(statement, 3),
                                   (const char *)sqlite3_column_text(statement, 4)};
        goes_on = func(&row, data, error);
    }
    const bool is_read = !goes_on || code == SQLITE_DONE || store_fail(self->db, self->path, "read the store", error);
    sqlite3_reset(statement);
    return goes_on && is_read;
}
