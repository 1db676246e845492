/* waymark/export.h: readings out of the store, in the contract's columns, so that what was loaded can be taken elsewhere.
 *
 * What is exported loads again as the same readings. Derived indicators are not in the store, and are not exported.
 */
#ifndef WAYMARK_EXPORT_H
#define WAYMARK_EXPORT_H

#include <waymark/store.h>

G_BEGIN_DECLS

/** Which readings. */
typedef struct {
    const char *indicator; /* NULL: every one; borrowed */
    const char *unit;      /* NULL: every one; "" is the plan's area; borrowed */
    WmDay as_at;           /* WM_NO_DAY: everything received */
    bool all_vintages;     /* what each drop said, not only what counts */
} WmExportQuery;

/** One of them; texts are borrowed for the call. */
typedef struct {
    WmStoredReading stored;
    gint64 drop;    /* that said so */
    WmDay received; /* the day that drop was received */
} WmExportedReading;

/** FALSE stops, with *error set. */
typedef bool (*WmExportFunc)(const WmExportedReading *one, gpointer data, GError **error);

/** Hand over readings by indicator, unit, cohort, period, and received. */
bool wm_store_export(WmStore *store, const WmExportQuery *query, WmExportFunc func, gpointer data, GError **error);

/** The contract's columns of a reading in a drop, in its order, ended by NULL. */
extern const char *const WM_READING_COLUMNS[];

/** The number of columns in it. */
#define WM_N_READING_COLUMNS 9

/** The texts of those columns; the array's texts are new, for g_ptr_array_unref. A reading without a value that has both counts
 * carries its marker in the value ("[c]"), for its counts would else be read as its value. */
GPtrArray *wm_reading_texts(const WmStoredReading *stored);

G_END_DECLS
#endif
