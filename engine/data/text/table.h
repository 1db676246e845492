/* engine/data/text/table.h: a table of a plan, a CSV file or a sheet, read into an array of structs by a description of its
 * columns.
 *
 * A column is a row of a table: its name, the kind of cell, where the value goes. Nothing about a table is written twice.
 */
#ifndef WM_DATA_TABLE_H
#define WM_DATA_TABLE_H

#include <waymark/calendar.h>
#include <waymark/problems.h>

#include "engine/data/plan/plan_source.h"

typedef enum {
    CELL_TEXT,      /* const char *; "" when empty */
    CELL_NUMBER,    /* double; NAN when empty */
    CELL_COUNT,     /* int, 0 or more; the column's `otherwise` when empty */
    CELL_DAY,       /* WmDay; a period's end; WM_NO_DAY when empty */
    CELL_FIRST_DAY, /* WmDay; a period's start; WM_NO_DAY when empty */
    CELL_SOFT_DAY,  /* WmDay; WM_NO_DAY when empty or in words ("ongoing") */
    CELL_PERIOD,    /* WmPeriod; WM_PERIOD_NONE when empty */
    CELL_WORD,      /* an enum, as int; the column's `otherwise` when empty */
} CellKind;

/* Reads one word of an enum. */
typedef gboolean (*CellWordFunc)(const char *text, int *out);

/* Define a CellWordFunc from an enum's own parser. */
#define CELL_WORD_FUNC(name, Type, parse)              \
    static gboolean name(const char *text, int *out)   \
    {                                                  \
        Type value;                                    \
        const gboolean is_known = parse(text, &value); \
        if (is_known)                                  \
            *out = (int)value;                         \
        return is_known;                               \
    }

typedef struct {
    const char *name;
    CellKind kind;
    size_t offset;        /* of the member in the row's struct */
    gboolean is_required; /* a row without it is left out */
    CellWordFunc word;    /* CELL_WORD only */
    const char *choices;  /* CELL_WORD only: the words, for the advice */
    int otherwise;        /* CELL_WORD and CELL_COUNT: the value of an empty cell */
} Column;

typedef struct {
    const char *file; /* in the plan folder */
    size_t row_size;
    size_t line_offset; /* of the int that takes the row's line */
    const Column *columns;
    size_t n_columns;
    gboolean is_required; /* a plan without it is none */
} TableSpec;

/* Where a cell stands, for a problem about it. */
typedef struct {
    const char *file;
    int line, column;
    GStringChunk *texts; /* takes the texts that a row keeps */
    WmProblems *problems;
} CellPlace;

/* Read `text` into the member of `row` that the column names. FALSE, with a problem added, when it cannot be read. */
gboolean cell_read(const Column *column, const char *text, gpointer row, const CellPlace *place);

/* Read the table spec->file of a plan, appending rows to `rows`; `fields`, if not NULL, takes "FILE:COLUMN" -> field number from 1.
 * Rows that cannot be used are left out, with problems. FALSE with *error set only when the file exists and cannot be read, or is
 * required and absent. */
gboolean table_read(const TableSpec *spec, const PlanSource *source, GArray *rows, GHashTable *fields, GStringChunk *texts,
                    WmProblems *problems, GError **error);

#endif
