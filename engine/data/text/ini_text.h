/* engine/data/text/ini_text.h: sections of `key = value` lines, in the file's order, each with its line.
 *
 * GKeyFile forgets lines, merges sections of one name, and takes no `[c]` for a key; a recipe needs all three. A line that begins
 * with # or ; is a comment. A key or value in double quotes is taken as it stands ("" within is one quote). Entries may also follow
 * their section on its line, two or more spaces between them.
 */
#ifndef WM_DATA_INI_TEXT_H
#define WM_DATA_INI_TEXT_H

#include <waymark/error.h>

typedef struct {
    const char *section;
    const char *key;        /* NULL: the section begins */
    const char *value;      /* trimmed, its quotes still on; "" where there is none */
    gboolean is_quoted_key; /* the key stood in quotes */
    gboolean is_negated;    /* `key != value` */
    int line;
} IniEntry;

/* FALSE stops, with *error set. */
typedef gboolean (*IniFunc)(const IniEntry *entry, gpointer data, GError **error);

/* Read a text; `path` is for messages. */
gboolean ini_text_read(const char *text, const char *path, IniFunc func, gpointer data, GError **error);

/* A text out of its quotes, where it stands in them. New. *is_quoted, if not NULL, says whether it did. */
char *ini_unquote(const char *text, gboolean *is_quoted);

/* Where a text is next cut by `mark` outside quotes: the mark's place, or NULL. */
const char *ini_find_outside_quotes(const char *text, const char *mark);

#endif
