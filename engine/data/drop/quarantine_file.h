/* engine/data/drop/quarantine_file.h: a drop's refused rows as a file. */
#ifndef WM_DATA_QUARANTINE_FILE_H
#define WM_DATA_QUARANTINE_FILE_H

#include <waymark/ingest.h>

/* Remove the file of a drop, which is written again when it is next asked for; `file` is the drop's. */
void quarantine_file_remove(const WmPlan *plan, const char *file);

#endif
