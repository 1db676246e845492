/* engine/data/month/month_export.h: the parts of assessments.json. */
#ifndef WM_DATA_MONTH_EXPORT_H
#define WM_DATA_MONTH_EXPORT_H

#include <cjson/cJSON.h>
#include <waymark/month.h>

/* Add the revisions since the previous as-at, material ones in full and the others counted. */
void month_export_revisions(cJSON *root, const WmMonth *month);

#endif
