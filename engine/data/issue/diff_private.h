/* engine/data/issue/diff_private.h: what the files of a diff share. */
#ifndef WM_DATA_DIFF_PRIVATE_H
#define WM_DATA_DIFF_PRIVATE_H

#include <waymark/diff.h>

struct WmDiffStorage {
    GArray *rows; /* of WmDiffRow */
    GStringChunk *texts;
};

/* Add a row; its texts are copied. Borrowed, until the next is added. */
WmDiffRow *diff_add(WmDiff *self, WmDiffKind kind, size_t i_series, const char *item, const char *was, const char *now,
                    unsigned causes, const char *sentence);

/* Add a row about an edit of the plan; keys that are NULL are "". */
void diff_add_edit(WmDiff *self, const WmDiffEdit *edit, const char *item, const char *was, const char *now, const char *sentence);

/* Every cell of the plan's tables and every setting that differ between a folder of an earlier plan and the plan of now. */
gboolean diff_plans(WmDiff *self, const char *was_folder, const char *now_folder, GError **error);

#endif
