/* The delimiter of a CSV, from its beginning. */
#include "engine/data/text/csv_file.h"

#include <string.h>

#define MAX_RECORDS 64 /* looked at; a banner of a few lines must not outvote the table */

/* How many of each delimiter stand outside quotes in each of the first records. */
typedef struct {
    guint counts[MAX_RECORDS];
    guint n_records;
} Census;

static void count_records(const char *bytes, size_t length, char delimiter, Census *out)
{
    gboolean is_quoted = FALSE;
    guint n = 0;
    *out = (Census){0};
    for (size_t i = 0; i < length && out->n_records < MAX_RECORDS; i++) {
        if (bytes[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (bytes[i] == '\n' || bytes[i] == '\r')) {
            if (i > 0 && bytes[i - 1] != '\n' && bytes[i - 1] != '\r')
                out->counts[out->n_records++] = n;
            n = 0;
        } else if (!is_quoted && bytes[i] == delimiter)
            n++;
    }
    if (out->n_records == 0 && n > 0)
        out->counts[out->n_records++] = n;
}

/* How many records are cut into the same number of fields, two or more. */
static guint most_alike(const Census *census)
{
    guint best = 0;
    for (guint i = 0; i < census->n_records; i++) {
        guint n_alike = 0;
        for (guint k = 0; k < census->n_records; k++)
            n_alike += census->counts[k] == census->counts[i];
        if (census->counts[i] > 0)
            best = MAX(best, n_alike);
    }
    return best;
}

char csv_guess_delimiter(const char *bytes, size_t length)
{
    static const char DELIMITERS[] = ",;\t|"; /* a tie goes to the first */
    char best = ',';
    guint best_alike = 0;
    for (const char *delimiter = DELIMITERS; *delimiter; delimiter++) {
        Census census;
        count_records(bytes, length, *delimiter, &census);
        const guint n_alike = most_alike(&census);
        if (n_alike > best_alike) {
            best = *delimiter;
            best_alike = n_alike;
        }
    }
    return best;
}
