/* waymark/dictionary.h: the data dictionary: every column of every table that `waymark run` writes, described once.
 *
 * docs/data-dictionary.md, the JSON Schemas of docs/schema, the types of JSON members and the formats of the workbook's cells are
 * all made from it. A column that a table has and the dictionary has not is text to all of them, and fails a test.
 */
#ifndef WAYMARK_DICTIONARY_H
#define WAYMARK_DICTIONARY_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

typedef enum {
    WM_FIELD_TEXT,
    WM_FIELD_WORD,   /* one of a list */
    WM_FIELD_CODES,  /* several of a list, by blanks */
    WM_FIELD_NUMBER, /* shortest text that reads back to the same number */
    WM_FIELD_WHOLE,
    WM_FIELD_DAY,    /* 2021-07-31 */
    WM_FIELD_PERIOD, /* 2021-07, 2021-Q2, 2021/22 … */
    WM_N_FIELD_KINDS,
} WmFieldKind;

/** The unit of a column whose numbers are in the indicator's own unit, and of one that is in that unit a month. */
#define WM_UNIT_MEASURE       "the indicator's"
#define WM_UNIT_MEASURE_MONTH "the indicator's, a month"

/** The i-th word of a list; NULL after the last. */
typedef const char *(*WmWordFunc)(size_t i);

/** A column. Texts live for ever. */
typedef struct {
    const char *name;
    WmFieldKind kind;
    const char *unit; /* "" for what has none */
    WmWordFunc word;  /* WORD and CODES; NULL for others */
    double low, high; /* smallest and largest possible number where has_range; NAN for an open end */
    bool has_range;
    const char *meaning; /* with the sign, where it has one */
    const char *empty;   /* when it is empty; "" for never */
} WmField;

/** A table: NAME.csv, NAME.json, a sheet of pack.xlsx. */
typedef struct {
    const char *name;      /* assessments */
    const char *sheet;     /* in pack.xlsx; at most 31 characters, and no name of a plan's table */
    const char *about;     /* what a row is */
    const WmField *fields; /* in their order, ended by one without a name */
} WmDictionaryTable;

/** Every table. @param n set to how many; lives for ever */
const WmDictionaryTable *wm_dictionary(size_t *n);

/** A table by its name, or NULL. */
const WmDictionaryTable *wm_dictionary_table(const char *name);

/** A column by its name, or NULL. */
const WmField *wm_dictionary_field(const WmDictionaryTable *table, const char *name);

/** text word codes number whole day period. */
const char *wm_field_kind_name(WmFieldKind kind);

/** The words of a column, joined by blanks; "" for none. Caller frees. */
char *wm_field_words(const WmField *field);

/** "0 to 1", "0 or more"; "" for any. Caller frees. */
char *wm_field_range(const WmField *field);

/** docs/data-dictionary.md. Caller frees. */
char *wm_dictionary_to_markdown(void);

/** The JSON Schema (draft 2020-12) of NAME.json. Caller frees. */
char *wm_dictionary_to_schema(const WmDictionaryTable *table);

G_END_DECLS
#endif
