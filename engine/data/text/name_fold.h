/* engine/data/text/name_fold.h: names that people would call the same. */
#ifndef WM_DATA_NAME_FOLD_H
#define WM_DATA_NAME_FOLD_H

#include <glib.h>

/* A text with every run of blanks (no-break and thin ones too) made one space, none at its ends, and no invisible marks. New. */
char *name_clean(const char *text);

/* The same without what keeps equal names apart: letter case, & for "and", curly quotes, long dashes. New. */
char *name_fold(const char *text);

#endif
