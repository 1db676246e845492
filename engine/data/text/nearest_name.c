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

const char *nearest_name(const char *text, const char *const *names, size_t n)
{
    const char *best = NULL;
    guint least = (guint)MAX(strlen(text) / 3, 1);
    for (size_t i = 0; i < n; i++) {
        const guint slips = slips_between(text, names[i]);
        if (slips > least || (best && slips == least))
            continue;
        least = slips;
        best = names[i];
    }
    return best;
}
