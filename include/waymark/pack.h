/* waymark/pack.h: the month's figures as tables: what stands in NAME.csv, NAME.json and a sheet of pack.xlsx alike.
 *
 * A table is made once, as CSV; its rows are that CSV's fields, so that whatever is written from them says the same.
 */
#ifndef WAYMARK_PACK_H
#define WAYMARK_PACK_H

#include <waymark/dictionary.h>
#include <waymark/month.h>

G_BEGIN_DECLS

/** A table; everything is borrowed from the pack. */
typedef struct {
    const WmDictionaryTable *spec;
    const char *csv;              /* the whole file */
    const char *const *names;     /* n_columns, as the CSV's header has them */
    const WmField *const *fields; /* n_columns; NULL for a column that the dictionary does not have */
    size_t n_columns;
    const char *const *cells; /* n_rows times n_columns, row by row; "" where empty */
    size_t n_rows;
} WmPackTable;

typedef struct WmPackStorage WmPackStorage;

typedef struct {
    const WmMonth *month;      /* borrowed; outlives the pack */
    const WmPackTable *tables; /* n_tables, in the dictionary's order; a plan without actions has no table of them */
    size_t n_tables;
    WmPackStorage *storage;
} WmPack;

/** Make every table of a month. New. */
WmPack *wm_pack_new(const WmMonth *month);
void wm_pack_free(WmPack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WmPack, wm_pack_free)

/** NAME.json: what the month is, and under the table's name its rows, with null for what is empty. Caller frees. */
char *wm_pack_table_to_json(const WmPack *self, const WmPackTable *table);

/** `readings.csv`, `prospects.csv` and `drops.csv`. Caller frees. */
char *wm_month_readings_to_csv(const WmMonth *self);
char *wm_month_prospects_to_csv(const WmMonth *self);
char *wm_month_drops_to_csv(const WmMonth *self);

G_END_DECLS
#endif
