/* Names as numbers. A key is its texts one after another, each ended by NUL. */
#include "engine/data/store/store_names.h"

#include <string.h>

#define CHUNK_BYTES (64 * 1024)

struct Names {
    GHashTable *numbers; /* Name -> number */
    GStringChunk *texts;
    GString *key; /* scratch */
    guint n;
    GPtrArray *fresh; /* keys that have not been handed over; in `texts` */
    guint last;       /* the name asked for last, and its key; NULL: none */
    const char *last_key;
    gsize last_length;
    gboolean is_handed_over; /* some of it */
    Names *before;           /* the full book whose place it took, until it is handed over */
};

typedef struct {
    const char *bytes;
    gsize length;
    guint hash;
} Name;

static guint name_hash(gconstpointer data)
{
    return ((const Name *)data)->hash;
}

static gboolean name_equal(gconstpointer a, gconstpointer b)
{
    const Name *x = a, *y = b;
    return x->hash == y->hash && x->length == y->length && memcmp(x->bytes, y->bytes, x->length) == 0;
}

/* FNV-1a, Fowler, Noll and Vo. */
static guint hash_bytes(const char *bytes, gsize length)
{
    guint hash = 2166136261u;
    for (gsize i = 0; i < length; i++)
        hash = (hash ^ (guchar)bytes[i]) * 16777619u;
    return hash;
}

Names *names_new(void)
{
    Names *self = g_new0(Names, 1);
    self->numbers = g_hash_table_new_full(name_hash, name_equal, g_free, NULL);
    self->texts = g_string_chunk_new(CHUNK_BYTES);
    self->key = g_string_new(NULL);
    self->fresh = g_ptr_array_new();
    return self;
}

void names_free(Names *self)
{
    if (!self)
        return;
    g_hash_table_unref(self->numbers);
    g_string_chunk_free(self->texts);
    g_string_free(self->key, TRUE);
    g_ptr_array_unref(self->fresh);
    names_free(self->before);
    g_free(self);
}

void fresh_names_init(FreshNames *self)
{
    *self = (FreshNames){.keys = g_ptr_array_new()};
}

void fresh_names_reset(FreshNames *self)
{
    g_ptr_array_set_size(self->keys, 0);
    self->is_anew = FALSE;
    g_clear_pointer(&self->retired, names_free);
}

void fresh_names_clear(FreshNames *self)
{
    fresh_names_reset(self);
    g_ptr_array_unref(self->keys);
}

void names_hand_over(Names **names, FreshNames *out)
{
    Names *self = *names;
    GPtrArray *emptied = out->keys;
    *out = (FreshNames){self->fresh, !self->is_handed_over, g_steal_pointer(&self->before)};
    self->fresh = emptied;
    self->is_handed_over = TRUE;
    if (self->n < MAX_NAMES)
        return;
    *names = names_new();
    (*names)->before = self;
}

gboolean names_can_go_ahead(const Names *self, guint n)
{
    return self->fresh->len >= n && self->n < MAX_NAMES;
}

static guint remember(Names *self, guint number, const char *key)
{
    self->last = number;
    self->last_key = key;
    self->last_length = self->key->len;
    return number;
}

static guint add(Names *self, Name name)
{
    name.bytes = g_string_chunk_insert_len(self->texts, self->key->str, (gssize)self->key->len);
    g_hash_table_insert(self->numbers, g_memdup2(&name, sizeof name), GUINT_TO_POINTER(self->n));
    g_ptr_array_add(self->fresh, (gpointer)name.bytes);
    return remember(self, self->n++, name.bytes);
}

static void append_key(GString *key, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        g_string_append_len(key, texts[i], (gssize)strlen(texts[i]) + 1);
}

char *names_key(const char *const *texts, size_t n)
{
    GString *key = g_string_new(NULL);
    append_key(key, texts, n);
    return g_string_free(key, FALSE);
}

guint names_number(Names *self, const char *const *texts, size_t n)
{
    g_string_truncate(self->key, 0);
    append_key(self->key, texts, n);
    const char *key = self->key->str;
    if (self->last_key && self->last_length == self->key->len && memcmp(self->last_key, key, self->key->len) == 0)
        return self->last; /* a series' readings often stand together */
    const Name name = {key, self->key->len, hash_bytes(key, self->key->len)};
    gpointer known, number;
    if (g_hash_table_lookup_extended(self->numbers, &name, &known, &number))
        return remember(self, GPOINTER_TO_UINT(number), ((const Name *)known)->bytes);
    return add(self, name);
}

const char *names_text(const char *key, size_t i)
{
    for (; i > 0; i--)
        key += strlen(key) + 1;
    return key;
}
