/* Two plans side by side: rows that came or went, cells and settings that are others. */
#include <string.h>

#include "engine/data/issue/diff_private.h"
#include "engine/data/plan/plan_ini.h"
#include "engine/data/plan/plan_source.h"

/* What tells one row of a table from another. */
static const struct {
    const char *file, *keys[WM_DIFF_MAX_KEYS];
    const char *moves; /* of these the one that may move, so that what is gone under one date is there under another */
    const char *what;  /* what is moved */
} TABLES[] = {
    {"indicators.csv", {"indicator"}},
    {"definitions.csv", {"indicator", "source"}},
    {"baselines.csv", {"indicator", "unit", "role"}},
    {"targets.csv", {"indicator", "unit", "due"}, "due", "target"},
    {"comparators.csv", {"indicator", "unit", "comparator", "period"}},
    {"trajectory.csv", {"indicator", "unit", "period"}},
    {"themes.csv", {"theme"}},
    {"units.csv", {"unit"}},
    {"neighbours.csv", {"unit", "neighbour"}},
    {"milestones.csv", {"milestone"}},
    {"actions.csv", {"action"}},
    {"action_rag.csv", {"action", "as_at"}},
    {"risks.csv", {"risk"}},
    {"risk_scores.csv", {"risk", "as_at"}},
    {"events.csv", {"indicator", "unit", "period"}},
    {"commentary.csv", {"indicator", "unit", "as_at"}},
    {"evidence.csv", {"indicator", "theme", "as_at", "kind"}},
    {"evidence_items.csv", {"item"}},
    {"overrides.csv", {"indicator", "unit", "from"}},
    {"suppressions.csv", {"indicator", "unit", "from"}},
};

typedef struct {
    GPtrArray *header; /* of char * */
    GPtrArray *rows;   /* of GStrv, as long as the header */
} Sheet;

static Sheet sheet_new(void)
{
    return (Sheet){g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev)};
}

static void sheet_clear(Sheet *self)
{
    g_ptr_array_unref(self->header);
    g_ptr_array_unref(self->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sheet, sheet_clear)

static gboolean take_row(const SheetRow *row, gpointer data, GError **error)
{
    Sheet *self = data;
    (void)error;
    if (self->header->len == 0) {
        for (size_t i = 0; i < row->n_fields; i++)
            g_ptr_array_add(self->header, g_strdup(row->fields[i]));
        return TRUE;
    }
    GStrv cells = g_new0(char *, self->header->len + 1);
    for (guint i = 0; i < self->header->len; i++)
        cells[i] = g_strdup(i < row->n_fields ? row->fields[i] : "");
    g_ptr_array_add(self->rows, cells);
    return TRUE;
}

static gboolean read_sheet(Sheet *self, const PlanSource *source, const char *file, GError **error)
{
    gboolean was_windows_1252;
    return !plan_source_has(source, file) || plan_source_read(source, file, take_row, self, &was_windows_1252, error);
}

static const char *cell_of(const Sheet *self, guint i_row, const char *column)
{
    for (guint i = 0; i < self->header->len; i++)
        if (strcmp(g_ptr_array_index(self->header, i), column) == 0)
            return ((GStrv)g_ptr_array_index(self->rows, i_row))[i];
    return "";
}

/* "EHC20, 2021-08". New. */
static char *name_of(const Sheet *self, guint i_row, size_t i_table)
{
    GString *name = g_string_new(NULL);
    for (size_t i = 0; i < WM_DIFF_MAX_KEYS && TABLES[i_table].keys[i]; i++) {
        const char *cell = cell_of(self, i_row, TABLES[i_table].keys[i]);
        if (*cell)
            g_string_append_printf(name, "%s%s", name->len ? ", " : "", cell);
    }
    return g_string_free(name, FALSE);
}

/* Rows by their name and how many of that name came before. New: char * -> row + 1. */
static GHashTable *index_rows(const Sheet *self, size_t i_table)
{
    GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < self->rows->len; i++) {
        g_autofree char *name = name_of(self, i, i_table);
        char *key = g_strdup(name);
        for (int n = 2; g_hash_table_contains(rows, key); n++) {
            g_free(key);
            key = g_strdup_printf("%s (%d)", name, n);
        }
        g_hash_table_insert(rows, key, GUINT_TO_POINTER(i + 1));
    }
    return rows;
}

/* Where a row stands, or a cell of it; keys are the sheet's. */
static WmDiffEdit edit_of(const Sheet *self, guint i_row, size_t i_table, const char *column)
{
    WmDiffEdit edit = {.file = TABLES[i_table].file, .column = column};
    for (size_t i = 0; i < WM_DIFF_MAX_KEYS && TABLES[i_table].keys[i]; i++)
        edit.keys[i] = cell_of(self, i_row, TABLES[i_table].keys[i]);
    return edit;
}

static void add(WmDiff *diff, WmDiffEdit edit, const char *name, const char *was, const char *now)
{
    const char *file = edit.file, *column = edit.column;
    g_autofree char *item = g_strdup_printf("%s: %s%s%s", file, name, *column ? ": " : "", column);
    g_autofree char *sentence = *column ? g_strdup_printf("In %s, %s: %s is “%s”, was “%s”.", file, name, column, now, was)
                                        : g_strdup_printf("In %s, %s %s.", file, name, *now ? "is new" : "is gone");
    diff_add_edit(diff, &edit, item, was, now, sentence);
}

static gboolean is_of_move(size_t i_table, const char *column)
{
    return strcmp(column, TABLES[i_table].moves) == 0 || strcmp(column, TABLES[i_table].what) == 0;
}

static void compare_rows(WmDiff *diff, size_t i_table, const char *name, const Sheet *was, guint i_was, const Sheet *now,
                         guint i_now)
{
    const gboolean is_moved = TABLES[i_table].moves &&
                              strcmp(cell_of(was, i_was, TABLES[i_table].moves), cell_of(now, i_now, TABLES[i_table].moves)) != 0;
    for (guint i = 0; i < now->header->len; i++) {
        const char *column = g_ptr_array_index(now->header, i);
        const char *before = cell_of(was, i_was, column), *after = cell_of(now, i_now, column);
        if (strcmp(before, after) != 0 && !(is_moved && is_of_move(i_table, column)))
            add(diff, edit_of(now, i_now, i_table, column), name, before, after);
    }
    for (guint i = 0; i < was->header->len; i++) { /* a column that is gone */
        const char *column = g_ptr_array_index(was->header, i), *before = cell_of(was, i_was, column);
        if (*before && !g_ptr_array_find_with_equal_func(now->header, column, g_str_equal, NULL))
            add(diff, edit_of(now, i_now, i_table, column), name, before, "");
    }
}

/* ---- rows that moved ---- */

static gboolean have_same_keys(const Sheet *was, guint i_was, const Sheet *now, guint i_now, size_t i_table)
{
    for (size_t i = 0; i < WM_DIFF_MAX_KEYS && TABLES[i_table].keys[i]; i++) {
        const char *key = TABLES[i_table].keys[i];
        if (strcmp(key, TABLES[i_table].moves) != 0 && strcmp(cell_of(was, i_was, key), cell_of(now, i_now, key)) != 0)
            return FALSE;
    }
    return TRUE;
}

/* Of the rows that are new, the one that a row that is gone has become: with the same content if there is one, else the first. The
 * name of it, or NULL. */
static const char *find_moved(const Sheet *was, guint i_was, const Sheet *now, GHashTable *before, GHashTable *after, GList *names,
                              size_t i_table)
{
    const char *found = NULL;
    for (GList *at = names; at; at = at->next) {
        const guint i_now = GPOINTER_TO_UINT(g_hash_table_lookup(after, at->data));
        if (!i_now || g_hash_table_contains(before, at->data) || !have_same_keys(was, i_was, now, i_now - 1, i_table))
            continue;
        if (strcmp(cell_of(was, i_was, TABLES[i_table].what), cell_of(now, i_now - 1, TABLES[i_table].what)) == 0)
            return at->data;
        found = found ? found : at->data;
    }
    return found;
}

static void add_moved(WmDiff *diff, size_t i_table, const char *name, const Sheet *was, guint i_was, const Sheet *now, guint i_now)
{
    const char *file = TABLES[i_table].file, *moves = TABLES[i_table].moves, *what = TABLES[i_table].what;
    g_autofree char *item = g_strdup_printf("%s: %s: moved", file, name);
    g_autofree char *before = g_strdup_printf("%s by %s", cell_of(was, i_was, what), cell_of(was, i_was, moves));
    g_autofree char *after = g_strdup_printf("%s by %s", cell_of(now, i_now, what), cell_of(now, i_now, moves));
    g_autofree char *sentence = g_strdup_printf("In %s, %s has moved: it is %s, was %s.", file, name, after, before);
    const WmDiffEdit edit = edit_of(now, i_now, i_table, "");
    diff_add_edit(diff, &edit, item, before, after, sentence);
    compare_rows(diff, i_table, name, was, i_was, now, i_now);
}

/* Tell of each row that moved, and take it out of those that are gone and those that are new. */
static void compare_moved(WmDiff *diff, size_t i_table, const Sheet *was, const Sheet *now, GHashTable *before, GHashTable *after,
                          GList *names)
{
    for (GList *at = names; at && TABLES[i_table].moves; at = at->next) {
        const guint i_was = GPOINTER_TO_UINT(g_hash_table_lookup(before, at->data));
        if (!i_was || g_hash_table_contains(after, at->data))
            continue;
        const char *moved = find_moved(was, i_was - 1, now, before, after, names, i_table);
        if (!moved)
            continue;
        add_moved(diff, i_table, at->data, was, i_was - 1, now, GPOINTER_TO_UINT(g_hash_table_lookup(after, moved)) - 1);
        g_hash_table_insert(before, g_strdup(at->data), NULL); /* its name stays in the list, and its row is done */
        g_hash_table_insert(after, g_strdup(moved), NULL);
    }
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}

static gboolean compare_table(WmDiff *diff, size_t i_table, const PlanSource *was_source, const PlanSource *now_source,
                              GError **error)
{
    const char *file = TABLES[i_table].file;
    g_auto(Sheet) was = sheet_new(), now = sheet_new();
    if (!read_sheet(&was, was_source, file, error) || !read_sheet(&now, now_source, file, error))
        return FALSE;
    g_autoptr(GHashTable) before = index_rows(&was, i_table), after = index_rows(&now, i_table);
    g_autoptr(GList) names = g_list_sort(g_list_concat(g_hash_table_get_keys(before), g_hash_table_get_keys(after)), by_text);
    compare_moved(diff, i_table, &was, &now, before, after, names);
    for (GList *at = names; at; at = at->next) {
        const char *name = at->data;
        if (at->prev && strcmp(at->prev->data, name) == 0)
            continue;
        const guint i_was = GPOINTER_TO_UINT(g_hash_table_lookup(before, name));
        const guint i_now = GPOINTER_TO_UINT(g_hash_table_lookup(after, name));
        if (!i_was && !i_now)
            continue; /* it has moved */
        if (i_was && i_now)
            compare_rows(diff, i_table, name, &was, i_was - 1, &now, i_now - 1);
        else
            add(diff, i_now ? edit_of(&now, i_now - 1, i_table, "") : edit_of(&was, i_was - 1, i_table, ""), name,
                i_was ? "a row" : "", i_now ? "a row" : "");
    }
    return TRUE;
}

static const char *setting_of(const PlanIni *ini, const PlanKey *key)
{
    const PlanKey *found = plan_ini_find(ini, key->group, key->key);
    return found ? found->value : "";
}

static void add_setting(WmDiff *diff, const PlanKey *key, const char *was, const char *now)
{
    g_autofree char *name = g_strdup_printf("[%s] %s", key->group, key->key);
    g_autofree char *sentence = g_strdup_printf("In plan.ini, %s is “%s”, was “%s”.", name, now, was);
    const WmDiffEdit edit = {.file = "plan.ini", .keys = {key->group, key->key}, .column = key->key};
    diff_add_edit(diff, &edit, name, was, now, sentence);
}

static gboolean compare_settings(WmDiff *diff, const PlanSource *was_source, const PlanSource *now_source, GError **error)
{
    g_autoptr(WmProblems) problems = wm_problems_new();
    g_autoptr(PlanIni) was = plan_ini_read(was_source, problems, error);
    g_autoptr(PlanIni) now = was ? plan_ini_read(now_source, problems, error) : NULL;
    if (!now)
        return FALSE;
    for (guint i = 0; i < now->keys->len; i++) {
        const PlanKey *key = &g_array_index(now->keys, PlanKey, i);
        if (strcmp(setting_of(was, key), key->value) != 0)
            add_setting(diff, key, setting_of(was, key), key->value);
    }
    for (guint i = 0; i < was->keys->len; i++) {
        const PlanKey *key = &g_array_index(was->keys, PlanKey, i);
        if (!plan_ini_find(now, key->group, key->key))
            add_setting(diff, key, key->value, "");
    }
    return TRUE;
}

gboolean diff_plans(WmDiff *self, const char *was_folder, const char *now_folder, GError **error)
{
    g_autoptr(PlanSource) was = plan_source_open(was_folder, error);
    g_autoptr(PlanSource) now = was ? plan_source_open(now_folder, error) : NULL;
    if (!now || !compare_settings(self, was, now, error))
        return FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(TABLES); i++)
        if (!compare_table(self, i, was, now, error))
            return FALSE;
    return TRUE;
}
