/* Column names. */
#include "engine/data/recipe/sheet_header.h"

#include <string.h>

#define MAX_DISTANCE_LETTERS 80 /* of a name that is compared: the cost is its square */

SheetHeader *sheet_header_new(void)
{
    SheetHeader *self = g_new0(SheetHeader, 1);
    self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    self->names = g_ptr_array_new_with_free_func(g_free);
    return self;
}

void sheet_header_free(SheetHeader *self)
{
    if (!self)
        return;
    g_ptr_array_unref(self->rows);
    g_ptr_array_unref(self->names);
    g_free(self);
}

/* What nobody sees: byte order marks that stand once too often, and zero-width spaces. */
static gboolean is_unseen(gunichar c)
{
    return c == 0xFEFF || c == 0x200B;
}

#define MARK_MISREAD "\xC3\xAF\xC2\xBB\xC2\xBF" /* UTF-8's mark, read as Windows-1252 by what saved the file */

/* Line ends and runs of blanks are one space: a name is what a reader sees. New. */
static char *squeeze(const char *text)
{
    GString *out = g_string_new(NULL);
    if (g_str_has_prefix(text, MARK_MISREAD))
        text += strlen(MARK_MISREAD);
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (is_unseen(c))
            continue;
        if (!g_unichar_isspace(c))
            g_string_append_unichar(out, c);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    return g_strchomp(g_string_free(out, FALSE));
}

void sheet_header_add(SheetHeader *self, const SheetRow *row)
{
    char **texts = g_new0(char *, row->n_fields + 1);
    for (size_t i = 0; i < row->n_fields; i++)
        texts[i] = squeeze(row->fields[i]);
    g_ptr_array_add(self->rows, texts);
    self->line = row->line;
}

static guint widest(const SheetHeader *self)
{
    guint n = 0;
    for (guint i = 0; i < self->rows->len; i++)
        n = MAX(n, g_strv_length(g_ptr_array_index(self->rows, i)));
    return n;
}

/* Every row as wide as the widest, so that a cell can be asked for anywhere. Of borrowed texts. New. */
static const char ***grid_new(const SheetHeader *self, guint n_columns)
{
    const char ***grid = g_new0(const char **, self->rows->len + 1);
    for (guint r = 0; r < self->rows->len; r++) {
        char **row = g_ptr_array_index(self->rows, r);
        grid[r] = g_new0(const char *, n_columns + 1);
        for (guint c = 0, n = g_strv_length(row); c < n_columns; c++)
            grid[r][c] = c < n ? row[c] : "";
    }
    return grid;
}

static gboolean has_text_below(const char *const *const *grid, guint n_rows, guint row, guint column)
{
    for (guint r = row + 1; r < n_rows; r++)
        if (*grid[r][column])
            return TRUE;
    return FALSE;
}

/* A group ends where the row, or one above it, says something new. `starts` marks the columns where a row above did. */
static void carry_forward(const char ***grid, guint n_rows, guint n_columns, guint row, gboolean *starts)
{
    const char *carried = "";
    for (guint c = 0; c < n_columns; c++) {
        const gboolean is_new = *grid[row][c] != 0;
        if (is_new || starts[c])
            carried = grid[row][c];
        else if (has_text_below((const char *const *const *)grid, n_rows, row, c))
            grid[row][c] = carried;
        starts[c] |= is_new;
    }
}

void sheet_header_join(SheetHeader *self)
{
    const guint n_rows = self->rows->len, n_columns = widest(self);
    const char ***grid = grid_new(self, n_columns);
    g_autofree gboolean *starts = g_new0(gboolean, n_columns + 1);
    for (guint r = 0; r + 1 < n_rows; r++)
        carry_forward(grid, n_rows, n_columns, r, starts);
    g_ptr_array_set_size(self->names, 0);
    for (guint c = 0; c < n_columns; c++) {
        GString *name = g_string_new(NULL);
        for (guint r = 0; r < n_rows; r++)
            if (*grid[r][c] && (r == 0 || strcmp(grid[r][c], grid[r - 1][c]) != 0)) /* a cell merged over rows says it once */
                g_string_append_printf(name, "%s%s", name->len ? HEADER_JOINT : "", grid[r][c]);
        g_ptr_array_add(self->names, g_string_free(name, FALSE));
    }
    for (guint r = 0; r < n_rows; r++)
        g_free(grid[r]);
    g_free(grid);
}

guint sheet_header_n(const SheetHeader *self)
{
    return self->names->len;
}

const char *sheet_header_name(const SheetHeader *self, guint column)
{
    return g_ptr_array_index(self->names, column);
}

int sheet_header_find(const SheetHeader *self, const char *name, guint from)
{
    for (guint i = from; i < self->names->len; i++)
        if (g_ascii_strcasecmp(g_ptr_array_index(self->names, i), name) == 0)
            return (int)i;
    return -1;
}

/* Levenshtein's distance over characters, letter case ignored (V. I. Levenshtein 1966). */
static guint distance(const char *a, const char *b)
{
    g_autofree char *low_a = g_utf8_casefold(a, -1), *low_b = g_utf8_casefold(b, -1);
    glong n_a, n_b;
    g_autofree gunichar *x = g_utf8_to_ucs4_fast(low_a, -1, &n_a), *y = g_utf8_to_ucs4_fast(low_b, -1, &n_b);
    n_a = MIN(n_a, MAX_DISTANCE_LETTERS);
    n_b = MIN(n_b, MAX_DISTANCE_LETTERS);
    guint row[MAX_DISTANCE_LETTERS + 1];
    for (glong k = 0; k <= n_b; k++)
        row[k] = (guint)k;
    for (glong i = 1; i <= n_a; i++) {
        guint diagonal = row[0];
        row[0] = (guint)i;
        for (glong k = 1; k <= n_b; k++) {
            const guint changed = diagonal + (x[i - 1] != y[k - 1]);
            diagonal = row[k];
            row[k] = MIN(changed, MIN(row[k], row[k - 1]) + 1);
        }
    }
    return row[n_b];
}

const char *sheet_header_nearest(const SheetHeader *self, const char *name)
{
    const char *best = NULL;
    guint best_distance = (guint)g_utf8_strlen(name, -1) * 2 / 3 + 1;
    for (guint i = 0; i < self->names->len; i++) {
        const char *other = g_ptr_array_index(self->names, i);
        const guint d = *other ? distance(name, other) : best_distance;
        if (d < best_distance) {
            best = other;
            best_distance = d;
        }
    }
    return best;
}
