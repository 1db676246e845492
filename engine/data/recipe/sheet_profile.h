/* engine/data/recipe/sheet_profile.h: what a file that nobody has described holds: where its table begins and ends, and what each
 * column is like. Read in two passes and bounded memory: the first rows for the header, all rows for the columns. */
#ifndef WM_DATA_SHEET_PROFILE_H
#define WM_DATA_SHEET_PROFILE_H

#include <waymark/calendar.h>

#include "engine/data/recipe/sheet_header.h"
#include "engine/data/drop/source.h"

typedef struct {
    const char *name;                /* borrowed from the header */
    gint64 n_texts;                  /* cells that hold something */
    gint64 n_numbers;                /* of them figures */
    gint64 n_markers;                /* texts that stand for a state */
    gint64 n_failed;                 /* formulas that failed, such as #N/A */
    gint64 n_percents;               /* figures with a % sign */
    gint64 n_parts;                  /* figures that are not whole */
    gint64 n_periods;                /* texts that are a period */
    gint64 n_codes;                  /* GSS codes, such as E10000027 */
    double smallest, largest;        /* figures; NAN for none */
    gint64 kinds[WM_N_PERIOD_KINDS]; /* of the periods */
    WmDay first, last;               /* the ends of the earliest and latest period */
    GHashTable *texts;               /* distinct texts -> how often + 0, as pointers; as many as MAX_DISTINCT */
    gboolean has_more;               /* distinct texts than that */
    GHashTable *others;              /* texts that are no figure -> how often; some */
} ColumnProfile;

typedef struct {
    CsvFacts facts;
    gboolean is_workbook;
    gboolean has_decimal_commas;
    int first_header_row, last_header_row; /* as a spreadsheet numbers them */
    SheetHeader *names;
    GArray *columns; /* of ColumnProfile */
    gint64 n_rows;   /* with a figure in them */
    char *notes;     /* the first text below the table; NULL for none */
} SheetProfile;

SheetProfile *sheet_profile_read(const char *path, const SourceOptions *options, GError **error);
void sheet_profile_free(SheetProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SheetProfile, sheet_profile_free)

ColumnProfile *sheet_profile_column(const SheetProfile *self, guint column);

/* How many distinct texts the column holds, at most one more than are kept. */
guint column_n_distinct(const ColumnProfile *self);

/* Whether a row below the header belongs to the table. */
gboolean sheet_profile_is_data(const SheetProfile *self, const SheetRow *row);

/* Whether a text is a period as drops write them, of any frequency. */
gboolean text_is_period(const char *text, WmPeriod *out);

#endif
