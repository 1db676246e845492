/* Series and notes by number: series have theirs in the database, many learnt in few questions; a note is a text of its reading's
 * row, and has a number here alone. */
#include <string.h>

#include "engine/data/store/postgres/postgres_store.h"

#define KEYS_AT_ONCE 10000

enum { TEXT_INDICATOR, TEXT_UNIT, TEXT_COHORT, N_TEXTS };

static void append_element(GString *array, const char *text)
{
    g_string_append(array, array->len > 1 ? ",\"" : "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            g_string_append_c(array, '\\');
        g_string_append_c(array, *text);
    }
    g_string_append_c(array, '"');
}

/* The texts at `i` of some keys, as the server writes an array. New. */
static char *array_of(const GPtrArray *keys, size_t i)
{
    GString *array = g_string_new("{");
    for (guint k = 0; k < keys->len; k++) {
        g_autofree char *valid = g_utf8_make_valid(names_text(g_ptr_array_index(keys, k), i), -1);
        append_element(array, valid);
    }
    g_string_append_c(array, '}');
    return g_string_free(array, FALSE);
}

static gsize key_length(const char *key)
{
    const char *last = names_text(key, N_TEXTS - 1);
    return (gsize)(last - key) + strlen(last) + 1;
}

#define ASKED "unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS a (indicator, unit, cohort, place)"

/* Each by the index: a join would sort, or hash, all series that there are for every few thousand that are asked for. */
#define FIND                                                                                                                 \
    "SELECT (SELECT s.id FROM waymark.series s WHERE s.indicator = a.indicator AND s.unit = a.unit AND s.cohort = a.cohort)" \
    " FROM " ASKED " ORDER BY a.place"

#define ADD                                                                                                                     \
    "INSERT INTO waymark.series (indicator, unit, cohort) SELECT a.indicator, a.unit, a.cohort FROM " ASKED " ORDER BY a.place" \
    " RETURNING id, indicator, unit, cohort"

/* Ask about some keys, a row each. New; NULL with *error set. */
static PGresult *ask_about(PostgresStore *self, const char *sql, const GPtrArray *keys, GError **error)
{
    char *arrays[N_TEXTS];
    for (size_t i = 0; i < N_TEXTS; i++)
        arrays[i] = array_of(keys, i);
    PGresult *result = PQexecParams(self->connection, sql, N_TEXTS, NULL, (const char *const *)arrays, NULL, NULL, 1);
    for (size_t i = 0; i < N_TEXTS; i++)
        g_free(arrays[i]);
    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == (int)keys->len)
        return result;
    postgres_fail(self, result, "add to the store", error);
    PQclear(result);
    return NULL;
}

/* Know the keys that have an id, and return the others; NULL with *error set. New. */
static GPtrArray *find(PostgresStore *self, const GPtrArray *keys, GHashTable *found, GError **error)
{
    PGresult *result = ask_about(self, FIND, keys, error);
    if (!result)
        return NULL;
    GPtrArray *missing = g_ptr_array_new();
    for (guint i = 0; i < keys->len; i++) {
        gpointer key = g_ptr_array_index(keys, i);
        if (PQgetisnull(result, (int)i, 0))
            g_ptr_array_add(missing, key);
        else
            g_hash_table_insert(found, key, GINT_TO_POINTER(postgres_int(result, (int)i, 0)));
    }
    PQclear(result);
    return missing;
}

static gboolean is_row_of(const PGresult *result, int row, const char *key)
{
    for (int i = 0; i < N_TEXTS; i++)
        if (strcmp(PQgetvalue(result, row, 1 + i), names_text(key, (size_t)i)) != 0)
            return FALSE;
    return TRUE;
}

/* Know the keys whose rows stand where they do, and return the others: the order of what comes back is nobody's promise. New. */
static GPtrArray *take_added(const PGresult *result, const GPtrArray *keys, GHashTable *found)
{
    GPtrArray *others = g_ptr_array_new();
    for (guint i = 0; i < keys->len; i++) {
        gpointer key = g_ptr_array_index(keys, i);
        if (is_row_of(result, (int)i, key))
            g_hash_table_insert(found, key, GINT_TO_POINTER(postgres_int(result, (int)i, 0)));
        else
            g_ptr_array_add(others, key);
    }
    return others;
}

/* Whoever writes holds the store's lock: what is missing is nobody else's to add. */
static gboolean add(PostgresStore *self, const GPtrArray *keys, GHashTable *found, GError **error)
{
    PGresult *result = ask_about(self, ADD, keys, error);
    g_autoptr(GPtrArray) others = result ? take_added(result, keys, found) : NULL;
    PQclear(result);
    if (!others || others->len == 0)
        return others != NULL;
    g_autoptr(GPtrArray) missing = find(self, others, found, error);
    return missing && (missing->len == 0 || postgres_fail(self, NULL, "add to the store", error));
}

static gboolean learn(PostgresStore *self, const GPtrArray *keys, GArray *ids, GError **error)
{
    g_autoptr(GHashTable) found = g_hash_table_new(g_direct_hash, g_direct_equal);
    g_autoptr(GPtrArray) missing = find(self, keys, found, error);
    if (!missing || (missing->len && !add(self, missing, found, error)))
        return FALSE;
    for (guint i = 0; i < keys->len; i++) {
        const char *key = g_ptr_array_index(keys, i);
        const gint64 id = GPOINTER_TO_INT(g_hash_table_lookup(found, key));
        g_hash_table_insert(self->series, GSIZE_TO_POINTER((gsize)id), g_memdup2(key, key_length(key)));
        g_array_append_val(ids, id);
    }
    return TRUE;
}

/* What is there of another's and what is not there at all are refused with the same words. */
static gboolean are_own(const PostgresStore *self, const GPtrArray *keys, GError **error)
{
    for (guint i = 0; self->own && i < keys->len; i++) {
        const char *unit = names_text(g_ptr_array_index(keys, i), TEXT_UNIT);
        if (g_hash_table_contains(self->own, unit))
            continue;
        wm_error_set(error, WM_ERROR_INPUT,
                     &(WmErrorPlace){.file = self->base.path,
                                     .advice = "leave its rows out, or ask who keeps the database to give you the unit; nothing of "
                                               "the drop was kept"},
                     *unit ? "this role may not give readings of unit “%s”"
                           : "this role may not give readings of the area as a whole%s",
                     unit);
        return FALSE;
    }
    return TRUE;
}

gboolean postgres_learn_series(WmStore *base, const FreshNames *names, GArray *ids, GError **error)
{
    PostgresStore *self = (PostgresStore *)base;
    if (names->is_anew)
        g_hash_table_remove_all(self->series);
    if (!are_own(self, names->keys, error))
        return FALSE;
    for (guint from = 0; from < names->keys->len; from += KEYS_AT_ONCE) {
        g_autoptr(GPtrArray) some = g_ptr_array_new();
        for (guint i = from; i < MIN(from + KEYS_AT_ONCE, names->keys->len); i++)
            g_ptr_array_add(some, g_ptr_array_index(names->keys, i));
        if (!learn(self, some, ids, error))
            return FALSE;
    }
    return TRUE;
}

guint32 postgres_note_number(PostgresStore *self, const char *note)
{
    if (!*note)
        return 0;
    const guint32 known = GPOINTER_TO_UINT(g_hash_table_lookup(self->note_numbers, note));
    if (known)
        return known;
    char *kept = g_strdup(note);
    g_ptr_array_add(self->notes, kept);
    g_hash_table_insert(self->note_numbers, kept, GUINT_TO_POINTER(self->notes->len));
    return self->notes->len;
}

gboolean postgres_learn_notes(WmStore *self, const FreshNames *names, GArray *ids, GError **error)
{
    (void)error;
    for (guint i = 0; i < names->keys->len; i++) {
        g_autofree char *valid = g_utf8_make_valid(g_ptr_array_index(names->keys, i), -1);
        const gint64 number = postgres_note_number((PostgresStore *)self, valid);
        g_array_append_val(ids, number);
    }
    return TRUE;
}

gboolean postgres_read_note(WmStore *base, guint32 note, char **out, GError **error)
{
    (void)error;
    const PostgresStore *self = (PostgresStore *)base;
    *out = g_strdup(note ? g_ptr_array_index(self->notes, note - 1) : "");
    return TRUE;
}
