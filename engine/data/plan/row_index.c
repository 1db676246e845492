/* Rows by indicator and unit: their numbers, sorted. */
#include "engine/data/plan/row_index.h"

#include <string.h>

struct RowIndex {
    const char *rows;
    size_t row_size;
    guint *sorted;
    guint n;
};

static WmRowKey key_at(const RowIndex *self, guint row)
{
    WmRowKey key;
    memcpy(&key, self->rows + row * self->row_size, sizeof key);
    return key;
}

/* Most texts of a plan that are alike are one and the same. */
static int compare_text(const char *a, const char *b)
{
    return a == b ? 0 : strcmp(a, b);
}

static int compare_key(const WmRowKey *a, const WmRowKey *b)
{
    const int order = compare_text(a->indicator, b->indicator);
    return order ? order : compare_text(a->unit, b->unit);
}

static gint by_key(gconstpointer a, gconstpointer b, gpointer data)
{
    const guint i = *(const guint *)a, k = *(const guint *)b;
    const WmRowKey x = key_at(data, i), y = key_at(data, k);
    const int order = compare_key(&x, &y);
    return order ? order : i < k ? -1 : 1;
}

RowIndex *row_index_new(gconstpointer rows, size_t n, size_t row_size)
{
    RowIndex *self = g_new0(RowIndex, 1);
    *self = (RowIndex){.rows = rows, .row_size = row_size, .sorted = g_new(guint, n), .n = (guint)n};
    for (guint i = 0; i < self->n; i++)
        self->sorted[i] = i;
    g_qsort_with_data(self->sorted, (gint)n, sizeof *self->sorted, by_key, self);
    return self;
}

void row_index_free(RowIndex *self)
{
    if (!self)
        return;
    g_free(self->sorted);
    g_free(self);
}

/* The first place whose key is not before `key`, or with `is_after`, the first behind it. */
static guint find_bound(const RowIndex *self, const WmRowKey *key, gboolean is_after)
{
    guint low = 0, high = self->n;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        const WmRowKey one = key_at(self, self->sorted[middle]);
        if (compare_key(&one, key) < (is_after ? 1 : 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

PlanRows row_index_find(const RowIndex *self, const char *indicator, const char *unit)
{
    const WmRowKey key = {indicator, unit};
    if (self->n == 0) /* then there is no array either */
        return (PlanRows){NULL, 0};
    const guint from = find_bound(self, &key, FALSE);
    return (PlanRows){self->sorted + from, find_bound(self, &key, TRUE) - from};
}
