/* engine/data/drop/drop_row.h: the readings of one row of a drop, understood and checked, or refused with a reason.
 *
 * A recipe and a file's header make *extracts*: one for each reading that a row may hold (a long file has one, a wide one many).
 * Each says where every field of its reading stands. A row is read by every extract whose filters let it pass.
 */
#ifndef WM_DATA_DROP_ROW_H
#define WM_DATA_DROP_ROW_H

#include "engine/data/plan/unit_names.h"
#include "engine/data/recipe/recipe.h"

/* One place of a field's text, now that the columns are known. */
typedef struct {
    int column;           /* from 0; -1: a constant */
    const char *constant; /* borrowed from the header or the recipe */
    gboolean is_joined;   /* to the one before, by a space or SUM_SIGN; else it is the next choice */
} BoundTerm;

typedef struct {
    const BoundTerm *terms;
    guint n_terms;      /* 0: the file has none */
    gboolean is_shared; /* by every extract of the row: what is wrong with it is wrong with the row */
    gboolean is_figure; /* terms that are joined are a sum */
} BoundField;

#define SUM_SIGN " + " /* between the parts of a figure's text */

typedef struct {
    BoundField column;
    const Filter *filter;
    gint64 n_passed;
    GPtrArray *samples; /* of char *: what the column holds, for the advice where nothing passes */
} BoundFilter;

typedef struct {
    const WmIndicator *indicator; /* NULL: by its field */
    BoundField fields[N_FIELDS];
    double scale;       /* NAN: not said */
    GPtrArray *filters; /* of BoundFilter, its own; NULL for none */
} Extract;

/* What became of the rows below the header. */
typedef struct {
    gint64 n_rows;          /* all of them */
    gint64 n_filtered;      /* that no filter let pass */
    gint64 n_without;       /* banners and section lines: no figure in them */
    gint64 n_unknown_units; /* left out by unknown_units = skip */
    gint64 n_named_units;   /* whose unit's column says something */
    gint64 n_without_unit;  /* that are the area's because it says nothing */
} RowCounts;

/* Percents as they come, to tell a column of fractions. */
typedef struct {
    gint64 n, n_inside; /* figures; figures strictly between 0 and 1 */
    double largest;
} ShareCensus;

typedef struct {
    const WmPlan *plan;
    const WmRecipe *recipe; /* may be NULL */
    size_t n_columns;
    gboolean is_wide;   /* several figures a row: an empty cell says nothing */
    GArray *extracts;   /* of Extract */
    GPtrArray *filters; /* of BoundFilter, for all extracts */
    UnitNames *unit_names;
    GHashTable *unit_ids;      /* a text that is no id or code -> the id it means, NULL for none; some */
    GHashTable *nearest_units; /* an unknown unit's text -> what it may be meant for */
    GString *scratch[N_FIELDS];
    ShareCensus *shares; /* one an indicator of the plan */
    RowCounts counts;
    gint64 unit_row;         /* the last whose unit was counted, as n_rows has it */
    gboolean *is_used;       /* n_columns; some field or filter reads the column */
    gboolean has_places;     /* columns are found by {period} and the like: one more beside them is perhaps one missed */
    GArray *unread;          /* of guint: the others, as long as no figure is seen in them */
    GArray *unread_figures;  /* of guint: those in which one was */
    int part_column;         /* time_identifier, where nothing reads it; -1: none */
    int year_column;         /* time_period; -1: none */
    char *part_text;         /* the first of its texts that is a part of a year; NULL: none yet */
    GPtrArray *filter_lists; /* every list of BoundFilter */
    GPtrArray *owned;        /* what the extracts borrow */
} DropHeader;

/* Why a row, or one figure of it, was refused. */
typedef struct {
    int column;       /* from 1; 0 for the row */
    const char *code; /* static */
    const char *message;
} Refusal;

/* Where readings and refusals go; FALSE stops, with *error set. Texts are borrowed for the call. */
typedef struct {
    gboolean (*reading)(const WmStoredReading *reading, const SheetRow *row, gpointer data, GError **error);
    gboolean (*refusal)(const Refusal *why, const SheetRow *row, gpointer data, GError **error);
    gpointer data;
} DropSink;

/* Read one row into readings and refusals. Texts of a reading are borrowed from the row, the plan or the recipe. */
gboolean drop_row_read(DropHeader *self, const SheetRow *row, const DropSink *sink, GError **error);

#endif
