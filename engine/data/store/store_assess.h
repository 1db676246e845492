/* engine/data/store/store_assess.h: assessments made by the server that has the readings, where there is one that can: one row a
 * series comes back, however many readings it has. */
#ifndef WM_DATA_STORE_ASSESS_H
#define WM_DATA_STORE_ASSESS_H

#include <waymark/store.h>

/* Series of one unit, on one day. */
typedef struct {
    const char *unit;
    const GArray *series; /* of gint64 */
    WmDay day;
    const char *options; /* JSON: indicator, then cohort, then the options of waymark_assess_record */
} AssessQuestion;

/* What a series comes to, as engine/core/assess_record.h has it. Borrowed for the call. */
typedef void (*AssessedFunc)(const char *indicator, const char *cohort, const guint8 *record, gsize n, gpointer data);

/* Whether the store's server assesses as this program does: its database has the extension, of the same method. A file never does.
 * FALSE with *error. */
gboolean store_can_assess(WmStore *self, gboolean *can, GError **error);

/* Ask it, within a read of the store. */
gboolean store_assess(WmStore *self, const AssessQuestion *question, AssessedFunc func, gpointer data, GError **error);

#endif
