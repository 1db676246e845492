/* engine/data/month/problems_private.h: findings about a plan whose tables lie elsewhere than their names say. */
#ifndef WM_DATA_PROBLEMS_PRIVATE_H
#define WM_DATA_PROBLEMS_PRIVATE_H

#include <waymark/problems.h>

/* From now on a finding about `file` is about `place`, and where its message or advice names the file it says `words`. Copied. */
void problems_rename_place(WmProblems *self, const char *file, const char *place, const char *words);

#endif
