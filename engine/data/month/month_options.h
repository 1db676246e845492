/* engine/data/month/month_options.h: every stored series of a plan with what the extension in PostgreSQL is told of it, so that SQL
 * assesses it as the month does. */
#ifndef WM_DATA_MONTH_OPTIONS_H
#define WM_DATA_MONTH_OPTIONS_H

#include <waymark/export.h>
#include <waymark/plan.h>

/* One of them; texts are borrowed for the call. `options` is a JSON object. */
typedef struct {
    const char *indicator, *unit, *cohort, *options;
} SeriesOptionsRow;

/* FALSE stops, with *error set. */
typedef gboolean (*SeriesOptionsFunc)(const SeriesOptionsRow *one, gpointer data, GError **error);

/* Hand over those that are asked for (all_vintages says nothing here), in the plan's order, by unit, then cohort. Derived series
 * have no readings in the store, and of texts nothing is computed: neither is told of. */
gboolean month_options(const WmPlan *plan, WmStore *store, const WmExportQuery *query, SeriesOptionsFunc func, gpointer data,
                       GError **error);

#endif
