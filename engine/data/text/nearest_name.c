/* The name nearest to a text, by the number of single slips that lead from one to the other. */
#include "engine/data/text/nearest_name.h"

#include <string.h>

#define LONGEST 200 /* bytes; no id is longer, and the time is the product of two lengths */

/* Levenshtein, V. I. (1966), Soviet Physics Doklady 10, 707-710, over bytes without letter case; one row of the table is kept. */
static guint slips_between(const char *a, const char *b)
{
    guint row[LONGEST + 1];
    const size_t n_a = strlen(a), n_b = strlen(b);
    if (n_a > LONGEST || n_b > LONGEST)
        return G_MAXUINT;
    for (guint k = 0; k <= n_b; k++)
        row[k] = k;
    for (guint i = 1; i <= n_a; i++) {
        guint diagonal = row[0];
        row[0] = i;
        for (guint k = 1; k <= n_b; k++) {
            const guint is_other = g_ascii_tolower(a[i - 1]) != g_ascii_tolower(b[k - 1]);
            const guint best = MIN(MIN(row[k] + 1, row[k - 1] + 1), diagonal + is_other);
            diagonal = row[k];
            row[k] = best;
        }
    }
    return row[n_b];
}

/* As many slips as a text of its length may hold. */
static guint most_slips(const char *text)
{
    return (guint)MAX(strlen(text) / 3, 1);
}

const char *nearest_name(const char *text, const char *const *names, size_t n)
{
    const char *best = NULL;
    guint least = most_slips(text);
    for (size_t i = 0; i < n; i++) {
        const guint slips = slips_between(text, names[i]);
        if (slips > least || (best && slips == least))
            continue;
        least = slips;
        best = names[i];
    }
    return best;
}

size_t nearest_names(const char *text, const char *const *names, size_t n, const char **out, size_t max)
{
    const guint most = strpbrk(text, "0123456789") ? 1 : most_slips(text);
    size_t n_out = 0;
    for (guint slips = 0; slips <= most; slips++)
        for (size_t i = 0; i < n && n_out < max; i++)
            if (*names[i] && slips_between(text, names[i]) == slips)
                out[n_out++] = names[i];
    return n_out;
}
