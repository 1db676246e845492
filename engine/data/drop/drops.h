/* engine/data/drop/drops.h: the files of a plan's drops folder, in the order in which they count. */
#ifndef WM_DATA_DROPS_H
#define WM_DATA_DROPS_H

#include <waymark/plan.h>
#include <waymark/problems.h>

typedef struct {
    const char *name, *path; /* drops/2026-10-31/x.csv, and where that is */
    WmDay received;
} DropFile;

/* FALSE stops, with *error set. What it is given is borrowed for the call. */
typedef gboolean (*DropFileFunc)(const DropFile *file, gpointer data, GError **error);

/* Call `func` for every file that is to be read. What lies there and is not is told in `problems`. */
gboolean drops_each_file(const WmPlan *plan, WmProblems *problems, DropFileFunc func, gpointer data, GError **error);

#endif
