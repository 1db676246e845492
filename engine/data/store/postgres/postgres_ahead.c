/* Series read ahead: a question to a server takes its time however little is asked, and a plan asks for thousands of series.
 *
 * What was listed is likely to be read in that order. So a series that is asked for brings those that follow it in the list: none
 * at first, unless it is the list's first one, and each time that a reader comes to the end of what was brought, twice as many. Who
 * reads here and there pays for what he asks; several readers, as the parts of a formula are, each have a run of their own. The
 * readings that are kept are bounded. */
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

enum {
    FIRST_SERIES_AHEAD = 32,    /* where a list is read from its beginning */
    MAX_SERIES_AHEAD = 512,     /* in one question */
    MAX_READINGS_AHEAD = 16384, /* in one question, as far as the one before it tells */
    MAX_READINGS_KEPT = 65536,  /* some 5 MiB; the page that was read last is kept in any case */
    MAX_EXPECTED = 1 << 20,     /* series whose order is known */
};

typedef struct {
    gint64 content;
    BlockReading reading;
} AheadReading;

/* What one question brought. */
typedef struct {
    GArray *readings; /* of AheadReading, by series */
    GArray *series;   /* of guint32: that were asked for */
} Page;

/* Where a series' readings are. */
typedef struct {
    const Page *page;
    guint first, n;
} Span;

struct PostgresAhead {
    GArray *expected;   /* of guint32: series in the order in which they are likely to be asked for */
    GHashTable *places; /* series -> its place there, and 1 */
    GHashTable *runs;   /* place, and 1, at which a run goes on -> how many series to bring */
    GQueue pages;       /* of Page, the oldest first */
    GHashTable *spans;  /* series -> Span */
    gsize n_kept;       /* readings in the pages */
};

static void page_free(gpointer data)
{
    Page *self = data;
    g_array_unref(self->readings);
    g_array_unref(self->series);
    g_free(self);
}

PostgresAhead *postgres_ahead_new(void)
{
    PostgresAhead *self = g_new0(PostgresAhead, 1);
    self->expected = g_array_new(FALSE, FALSE, sizeof(guint32));
    self->places = g_hash_table_new(g_direct_hash, g_direct_equal);
    self->runs = g_hash_table_new(g_direct_hash, g_direct_equal);
    self->spans = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    g_queue_init(&self->pages);
    return self;
}

void postgres_ahead_forget(PostgresAhead *self)
{
    g_array_set_size(self->expected, 0);
    g_hash_table_remove_all(self->places);
    g_hash_table_remove_all(self->runs);
    g_hash_table_remove_all(self->spans);
    g_queue_clear_full(&self->pages, page_free);
    self->n_kept = 0;
}

void postgres_ahead_free(PostgresAhead *self)
{
    postgres_ahead_forget(self);
    g_array_unref(self->expected);
    g_hash_table_unref(self->places);
    g_hash_table_unref(self->runs);
    g_hash_table_unref(self->spans);
    g_free(self);
}

void postgres_expect(WmStore *base, const GArray *keys)
{
    PostgresAhead *self = ((PostgresStore *)base)->ahead;
    if (self->expected->len + keys->len > MAX_EXPECTED)
        postgres_ahead_forget(self);
    const guint n_known = self->expected->len;
    for (guint i = 0; i < MIN(keys->len, MAX_EXPECTED); i++) {
        const guint32 series = (guint32)g_array_index(keys, WmSeriesKey, i).id;
        if (g_hash_table_contains(self->places, GUINT_TO_POINTER(series)))
            continue; /* it has its place in a longer list */
        g_array_append_val(self->expected, series);
        g_hash_table_insert(self->places, GUINT_TO_POINTER(series), GUINT_TO_POINTER(self->expected->len));
    }
    if (self->expected->len > n_known)
        g_hash_table_insert(self->runs, GUINT_TO_POINTER(n_known + 1), GUINT_TO_POINTER(FIRST_SERIES_AHEAD));
}

/* ---- a page ---- */

/* The series that a question for this one is to bring, itself first. New. */
static GArray *series_from(PostgresAhead *self, guint32 series, guint n)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof series);
    const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(self->places, GUINT_TO_POINTER(series)));
    g_array_append_val(out, series);
    for (guint i = place; place && i < self->expected->len && out->len < n; i++) {
        const guint32 next = g_array_index(self->expected, guint32, i);
        if (!g_hash_table_contains(self->spans, GUINT_TO_POINTER(next)))
            g_array_append_val(out, next);
    }
    return out;
}

static char *array_text(const GArray *series)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < series->len; i++)
        g_string_append_printf(text, "%c%u", i ? ',' : '{', g_array_index(series, guint32, i));
    g_string_append_c(text, '}');
    return g_string_free(text, FALSE);
}

static gboolean fill(PostgresStore *store, Page *page, const PGresult *list, GError **error)
{
    for (int i = 0; i < PQntuples(list); i++) {
        AheadReading one;
        if (!postgres_take_reading(store, list, i, &one.content, &one.reading))
            return store_fail_damaged(&store->base, error);
        g_array_append_val(page->readings, one);
    }
    return TRUE;
}

/* New; it takes the series. */
static Page *read_page(PostgresStore *store, GArray *series, GError **error)
{
    Page *page = g_new(Page, 1);
    *page = (Page){g_array_new(FALSE, FALSE, sizeof(AheadReading)), series};
    g_autofree char *text = array_text(series);
    PGresult *list = postgres_list(store, LIST_OF_SERIES, (const char *const[]){text}, 1, error);
    const gboolean is_read = list && fill(store, page, list, error);
    PQclear(list);
    if (!is_read)
        g_clear_pointer(&page, page_free);
    return page;
}

static void drop_oldest(PostgresAhead *self)
{
    Page *page = g_queue_pop_head(&self->pages);
    for (guint i = 0; i < page->series->len; i++)
        g_hash_table_remove(self->spans, GUINT_TO_POINTER(g_array_index(page->series, guint32, i)));
    self->n_kept -= page->readings->len;
    page_free(page);
}

static Span *span_of(PostgresAhead *self, guint32 series)
{
    return g_hash_table_lookup(self->spans, GUINT_TO_POINTER(series));
}

static void keep_page(PostgresAhead *self, Page *page)
{
    for (guint i = 0; i < page->series->len; i++) {
        Span *span = g_new(Span, 1);
        *span = (Span){.page = page};
        g_hash_table_insert(self->spans, GUINT_TO_POINTER(g_array_index(page->series, guint32, i)), span);
    }
    for (guint i = 0; i < page->readings->len; i++) {
        Span *span = span_of(self, g_array_index(page->readings, AheadReading, i).reading.series);
        if (span->n++ == 0)
            span->first = i;
    }
    g_queue_push_tail(&self->pages, page);
    self->n_kept += page->readings->len;
    while (self->n_kept > MAX_READINGS_KEPT && self->pages.length > 1)
        drop_oldest(self);
}

/* ---- runs ---- */

/* How many series to bring from this place on: as the run says that goes on here. */
static guint take_run(PostgresAhead *self, guint32 series)
{
    gpointer place = g_hash_table_lookup(self->places, GUINT_TO_POINTER(series));
    const guint n = place ? GPOINTER_TO_UINT(g_hash_table_lookup(self->runs, place)) : 0;
    if (n)
        g_hash_table_remove(self->runs, place);
    return MAX(n, 1);
}

/* The run goes on behind the last series of the page, which has so many readings a series. */
static void continue_run(PostgresAhead *self, const Page *page)
{
    const guint32 last = g_array_index(page->series, guint32, page->series->len - 1);
    const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(self->places, GUINT_TO_POINTER(last)));
    const guint fitting = MAX_READINGS_AHEAD * page->series->len / MAX(page->readings->len, 1);
    const guint n = MIN(MIN(2 * page->series->len, MAX_SERIES_AHEAD), MAX(fitting, 1));
    if (place)
        g_hash_table_insert(self->runs, GUINT_TO_POINTER(place + 1), GUINT_TO_POINTER(n));
}

gboolean postgres_each_of_series(PostgresStore *store, guint32 series, ReadingFunc func, gpointer data, GError **error)
{
    PostgresAhead *self = store->ahead;
    if (!span_of(self, series)) {
        Page *page = read_page(store, series_from(self, series, take_run(self, series)), error);
        if (!page)
            return FALSE;
        keep_page(self, page);
        continue_run(self, page);
    }
    const Span *span = span_of(self, series);
    for (guint i = 0; i < span->n; i++) {
        const AheadReading *one = &g_array_index(span->page->readings, AheadReading, span->first + i);
        if (!func(one->content, &one->reading, data))
            return store_fail_damaged(&store->base, error);
    }
    return TRUE;
}
