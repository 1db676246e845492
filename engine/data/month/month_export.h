/* engine/data/month/month_export.h: the parts of assessments.json. */
#ifndef WM_DATA_MONTH_EXPORT_H
#define WM_DATA_MONTH_EXPORT_H

#include <cjson/cJSON.h>
#include <waymark/month.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(cJSON, cJSON_Delete)

/* Say what the month is: plan, area, versions, dates. */
void month_export_heading(cJSON *root, const WmMonth *month);

/* Add the revisions since the previous as-at, material ones in full and the others counted. */
void month_export_revisions(cJSON *root, const WmMonth *month);

#endif
