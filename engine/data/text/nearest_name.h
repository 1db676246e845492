/* engine/data/text/nearest_name.h: what somebody may have meant. */
#ifndef WM_DATA_NEAREST_NAME_H
#define WM_DATA_NEAREST_NAME_H

#include <glib.h>

/* A name among `names` (n of them) that is a slip away from `text`: at most a third of its letters are wrong. NULL for none.
 * Borrowed. */
const char *nearest_name(const char *text, const char *const *names, size_t n);

/* The same, up to `max` of them, the nearest first; of a text with a digit in it, a code, those that differ by one slip. Returns
 * how many. */
size_t nearest_names(const char *text, const char *const *names, size_t n, const char **out, size_t max);

#endif
